"""What the window can do: commands, their menus and keys."""
