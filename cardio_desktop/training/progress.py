"""What a training shows while it runs: a bar or lines, and a picture of its log."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cardio_desktop.io.ptbxl import SUPERCLASSES

EVERY = 20


class Progress:
    """The steps of one epoch: a bar with the loss and the last macro-AUC, or a line every twenty steps."""

    def __init__(self, title: str, steps: int, score: str, say: Callable[[str], None], bar: bool) -> None:
        self.title, self.steps, self.score, self.say = title, steps, score, say
        self.done, self.began = 0, time.monotonic()
        self.bar: Any = None
        if bar:
            from tqdm import tqdm

            self.bar = tqdm(total=steps, desc=title, dynamic_ncols=True, leave=False)

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.close()

    def step(self, loss: float) -> None:
        """Tell the mean loss after one more step."""
        self.done += 1
        if self.bar is not None:
            self.bar.set_postfix({"loss": f"{loss:.4f}", **({"macro-AUC": self.score} if self.score else {})}, False)
            self.bar.update()
        elif self.done % EVERY == 0 or self.done == self.steps:
            pace = (time.monotonic() - self.began) / self.done
            self.say(f"{self.title} step {self.done}/{self.steps} loss {loss:.4f} {pace:.2f} s/step")


def draw_log(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Draw loss and areas under the curve over the epochs of `rows` as PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    epochs = [int(row["epoch"]) for row in rows]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.plot(epochs, [float(row["loss"]) for row in rows], marker=".")
    left.set(xlabel="epoch", ylabel="training loss")
    for name in ("macro_auc", *SUPERCLASSES, "statements_auc"):
        width = 2.5 if name == "macro_auc" else 1.0
        right.plot(epochs, [float(row[name]) for row in rows], linewidth=width, marker=".", label=name)
    right.set(xlabel="epoch", ylabel="area under the ROC curve, fold 8")
    right.legend(fontsize=8)
    figure.savefig(path, dpi=90)
    plt.close(figure)
