"""Writes files that grow as recorders let them: EDF+ with its count left at -1, WFDB behind its header, and tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np

from cardio_desktop.core.record import MISSING
from cardio_desktop.live.source import Block, Counts, Layout


class Writer(Protocol):
    """Takes blocks that follow one another."""

    def write(self, block: Block) -> None:
        """Append a block."""
        ...

    def close(self) -> None:
        """End the file as a recorder would that was switched off."""
        ...


def writer_for(path: Path, layout: Layout) -> Writer:
    """Return the writer by the ending of `path`; raises ValueError for one that it does not know."""
    kinds: dict[str, Callable[[Path, Layout], Writer]] = {".edf": EdfWriter, ".csv": CsvWriter}
    if path.suffix == ".hea":
        from cardio_desktop.live.wfdb_writer import WfdbGrowth

        return WfdbGrowth(path, layout)
    if path.suffix not in kinds:
        raise ValueError(f"{path.name}: a growing file is .edf, .hea or .csv")
    return kinds[path.suffix](path, layout)


class EdfWriter:
    """EDF whose data records are a second long each, and whose count stays -1 as EDF+ wants it while recording."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._stream = path.open("wb")
        self._layout, self._per = layout, round(layout.rate_hz)
        self._rest: Counts = np.zeros((len(layout.leads), 0), dtype=np.int32)
        count = len(layout.leads)
        reach = [
            (f"{(-32768 - o) * g * 1000:.8g}"[:8], f"{(32767 - o) * g * 1000:.8g}"[:8])
            for g, o in zip(layout.gains, layout.offsets, strict=True)
        ]

        def fields(texts: list[str], letters: int) -> bytes:
            return "".join(text[:letters].ljust(letters) for text in texts).encode("ascii")

        who = "simulated" if layout.simulated else "X"
        self._stream.write(
            b"".join(
                (
                    fields(["0"], 8), fields([f"X X X {who}"], 80), fields(["Startdate X X X X"], 80),
                    fields(["01.01.85", "00.00.00", str(256 * (count + 1))], 8), fields([""], 44),
                    fields(["-1", "1"], 8), fields([str(count)], 4), fields(list(layout.leads), 16),
                    fields([""] * count, 80), fields(["uV"] * count, 8),
                    fields([low for low, _ in reach], 8), fields([high for _, high in reach], 8),
                    fields(["-32768"] * count, 8), fields(["32767"] * count, 8), fields([""] * count, 80),
                    fields([str(self._per)] * count, 8), fields([""] * count, 32),
                )
            )
        )  # fmt: skip
        self._stream.flush()

    def write(self, block: Block) -> None:
        """Append the whole data records; the rest waits."""
        counts = np.concatenate([self._rest, block.counts], axis=1)
        while counts.shape[1] >= self._per:
            part = np.clip(counts[:, : self._per], -32768, 32767).astype("<i2")
            self._stream.write(part.tobytes())
            counts = counts[:, self._per :]
        self._rest = counts
        self._stream.flush()

    def close(self) -> None:
        """Close the file; what is no whole data record is lost, as it is in a recorder."""
        self._stream.close()


class CsvWriter:
    """A table of times in seconds and leads in mV."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="\n")
        self._layout = layout
        names = ",".join(f"{name} (mV)" for name in layout.leads)
        simulated = "# simulated: yes\n" if layout.simulated else ""
        self._stream.write(f"# sampling rate: {layout.rate_hz:g} Hz\n{simulated}time (s),{names}\n")
        self._stream.flush()

    def write(self, block: Block) -> None:
        """Append a line a sample, nothing in the cell of a missing one."""
        mv = self._layout.millivolts(block.counts)
        lines = []
        for k in range(len(block)):
            cells = (
                "" if count == MISSING else f"{value:.4f}"
                for count, value in zip(block.counts[:, k], mv[:, k], strict=True)
            )
            lines.append(f"{(block.first + k) / self._layout.rate_hz:.6f},{','.join(cells)}\n")
        self._stream.write("".join(lines))
        self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
