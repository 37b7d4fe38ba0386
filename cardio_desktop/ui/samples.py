"""The simulated records that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cardio_desktop.app.i18n import tr
from cardio_desktop.paths import asset, intact

FOLDER = "resources/samples"


def titles() -> dict[str, str]:
    """Return the names of the samples by file, in teaching order."""
    return {
        "normal": tr("Normal"),
        "anterior-mi": tr("Anterior infarction"),
        "lbbb": tr("Left bundle branch block"),
        "noisy-normal": tr("Noisy normal"),
    }


@dataclass(frozen=True)
class Sample:
    """A bundled record; all are simulated."""

    title: str
    path: Path

    def check(self) -> None:
        """Raise AssetError, which names the file, where the record is not what was shipped."""
        for ending in ("hea", "dat"):
            intact(f"{FOLDER}/{self.path.stem}.{ending}")


def sample_records() -> list[Sample]:
    """Return the bundled records that are there, in teaching order."""
    try:
        folder = asset(FOLDER)
    except Exception:
        return []
    return [
        Sample(title, folder / f"{name}.hea") for name, title in titles().items() if (folder / f"{name}.hea").exists()
    ]
