"""What is done with every record of a run, and with which program and networks: a result holds for these alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cardio_desktop import __version__
from cardio_desktop.core.errors import CardioError
from cardio_desktop.paths import asset

FORM = 1
"""Counts up whenever results of an older program must not stand for those of this one."""
ANALYZE, MEASURE, REPORT = "analyze", "measure", "report"
MANIFEST = "manifest.json"
"""It lists what else the program ships, such as translations."""


@dataclass(frozen=True)
class Job:
    """What a run does with each record; plain values, so that it travels to other processes and machines.

    `do` is ANALYZE, MEASURE or REPORT; `text` asks for sentences in `language` instead of JSON; `out` and `options`
    are the folder of the reports and how they look.
    """

    do: str = ANALYZE
    start_s: float | None = None
    end_s: float | None = None
    model: str | None = None
    deidentify: bool = False
    text: bool = False
    language: str = "en"
    given: Mapping[str, float | str] = field(default_factory=dict)
    out: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    memory_mb: int = 0

    def plain(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Job:
        """Return the job that `plain` made these values of."""
        return cls(**values)

    @cached_property
    def versions(self) -> str:
        """What a result depends on beside the record: program, networks and options; JSON with sorted keys."""
        options = {key: value for key, value in asdict(self).items() if key not in {"model", "memory_mb", "out"}}
        made = {"program": __version__, "form": FORM, "networks": networks(self.model), **options}
        return json.dumps(made, sort_keys=True)


def networks(folder: str | None) -> dict[str, str]:
    """Return name and start of the SHA-256 of every file of the networks, those of `folder` first.

    Raises CardioError where they cannot be read.
    """
    found: dict[str, str] = {}
    for place in (asset("model_assets"), *([Path(folder)] if folder is not None else ())):
        try:
            files = sorted(file for file in place.iterdir() if file.suffix in {".onnx", ".json", ".npz"})
            found |= {
                file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in files if file.name != MANIFEST
            }
        except OSError as error:
            raise CardioError(f"{place}: the networks cannot be read ({error.strerror}); choose another.") from error
    return found
