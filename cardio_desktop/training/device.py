"""Where torch computes."""

from __future__ import annotations

import torch

DEVICES = ("auto", "cpu", "cuda", "mps")


def chosen_device(name: str) -> torch.device:
    """Return the device called `name`; `auto` is the first of cuda, mps and cpu that this machine has.

    Ends with a sentence where a device is asked for by name that is not there.
    """
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        return torch.device(next(kind for kind, found in there.items() if found))
    if not there[name]:
        raise SystemExit(f"--device {name}: torch finds no such device here; use --device auto or cpu.")
    return torch.device(name)
