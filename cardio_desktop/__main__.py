"""`python -m cardio_desktop` and the frozen application."""

import multiprocessing

if __name__ == "__main__":
    # Before any import that could start a process: a frozen application would start itself over and over.
    multiprocessing.freeze_support()

    import sys

    from cardio_desktop.cli import main

    sys.exit(main())
