"""The model card: the JSON beside the network that says what it reads, what it was measured on and what it may say."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cardio_desktop.core.errors import ModelError
from cardio_desktop.core.findings import CLASS_NAMES
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.model.calibration import Calibration, from_json

CARD_FILE = "classifier.json"
SCHEMA = 1
REMEDY = "install the model folder again"
_KINDS: dict[str, tuple[type, ...]] = {
    "schema": (int,),
    "name": (str,),
    "version": (str,),
    "onnx": (dict,),
    "classes": (list,),
    "statements": (list,),
    "leads": (list,),
    "rate_hz": (int, float),
    "bin_s": (int, float),
    "window_s": (int, float),
    "min_s": (int, float),
    "max_missing_leads": (int,),
    "scale_mv": (int, float),
    "calibration": (dict,),
    "thresholds": (dict,),
    "training": (dict,),
    "metrics": (dict,),
    "intended_use": (str,),
    "not_assessed": (list,),
}
_THRESHOLDS = ("low_mi", "low_any", "high_any")
YOUNG_YEARS = 40
"""Below this age Low has a limit of its own: the ill are few among the young, and the network is least sure of them."""


@dataclass(frozen=True)
class Thresholds:
    """Calibrated probabilities that divide the tiers; "any" is the greatest probability of MI, STTC, CD, HYP."""

    low_mi: float
    low_any: float
    high_any: float
    low_any_young: float | None = None
    """What stands for `low_any` under `YOUNG_YEARS`; None where the card knows no other."""

    def for_age(self, age_years: float | None) -> Thresholds:
        """Return the thresholds that hold at an age; where it is not known, those of all ages."""
        if self.low_any_young is None or age_years is None or not age_years < YOUNG_YEARS:
            return self
        return replace(self, low_any=min(self.low_any, self.low_any_young))

    def as_mapping(self) -> dict[str, float]:
        """Return the thresholds that divide the tiers by name."""
        return {"low_mi": self.low_mi, "low_any": self.low_any, "high_any": self.high_any}

    def as_json(self) -> dict[str, float]:
        """Return everything as it stands in the card."""
        young = {} if self.low_any_young is None else {"low_any_young": self.low_any_young}
        return self.as_mapping() | young


@dataclass(frozen=True)
class Card:
    """A checked model card; `raw` is the whole JSON, with the figures that the program only shows."""

    name: str
    version: str
    onnx_path: Path
    sha256: str
    classes: tuple[str, ...]
    statements: tuple[str, ...]
    descriptions: Mapping[str, str]
    leads: tuple[str, ...]
    rate_hz: float
    bin_s: float
    window_s: float
    min_s: float
    max_missing_leads: int
    calibration: Mapping[str, Calibration]
    thresholds: Thresholds
    raw: Mapping[str, Any]

    @property
    def heads(self) -> tuple[str, ...]:
        """Codes of the logits in order: classes, then statements."""
        return self.classes + self.statements

    @property
    def window_bins(self) -> int:
        """Bins of a whole window."""
        return round(self.window_s / self.bin_s)

    @property
    def bin_samples(self) -> int:
        """Samples of a bin at the network's rate."""
        return round(self.bin_s * self.rate_hz)

    def description(self, code: str) -> str:
        """Return a class or statement in words."""
        return CLASS_NAMES.get(code) or self.descriptions.get(code, code)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _fault(path: Path, problem: str) -> ModelError:
    return ModelError(f"{path.name}: {problem}; {REMEDY} ({path.parent}).")


def _finite(path: Path, value: object, key: str, low: float = -math.inf, high: float = math.inf) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _fault(path, f"{key} is not a number")
    if not low <= value <= high:
        raise _fault(path, f"{key} is {value}, outside {low} to {high}")
    return float(value)


def _codes(path: Path, values: list[Any], key: str) -> tuple[str, ...]:
    if not all(isinstance(value, str) and value for value in values) or len(set(values)) != len(values):
        raise _fault(path, f"{key} must be different non-empty codes")
    return tuple(values)


def parse_card(path: Path) -> Card:
    """Read and check the card at `path`; raises ModelError naming the file, the fault and the remedy."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise _fault(path, f"cannot be read as a model card ({error})") from error
    if not isinstance(raw, dict):
        raise _fault(path, "is not a JSON object")
    for key, kinds in _KINDS.items():
        if key not in raw:
            raise _fault(path, f"lacks {key!r}")
        if not isinstance(raw[key], kinds) or isinstance(raw[key], bool):
            raise _fault(path, f"{key!r} is a {type(raw[key]).__name__}")
    if raw["schema"] != SCHEMA:
        raise _fault(path, f"has schema {raw['schema']}, this program reads {SCHEMA}")
    onnx = raw["onnx"]
    file, sha256 = onnx.get("file"), onnx.get("sha256")
    if not isinstance(file, str) or Path(file).name != file or not file:
        raise _fault(path, "onnx.file must be a file name in the same folder")
    if not isinstance(sha256, str) or len(sha256) != 64:
        raise _fault(path, "onnx.sha256 is not a SHA-256")
    classes = _codes(path, raw["classes"], "classes")
    if classes != tuple(CLASS_NAMES):
        raise _fault(path, f"classes are {', '.join(classes)}, this program needs {', '.join(CLASS_NAMES)}")
    if not all(isinstance(s, dict) and isinstance(s.get("description"), str) for s in raw["statements"]):
        raise _fault(path, "statements must be objects with code and description")
    statements = _codes(path, [s.get("code") for s in raw["statements"]], "statements")
    leads = _codes(path, raw["leads"], "leads")
    if leads != LEADS12:
        raise _fault(path, f"leads are {', '.join(leads)}, this program needs {', '.join(LEADS12)}")
    rate_hz = _finite(path, raw["rate_hz"], "rate_hz", 50, 2000)
    bin_s = _finite(path, raw["bin_s"], "bin_s", 0.005, 1)
    window_s = _finite(path, raw["window_s"], "window_s", 1, 60)
    for key, span, unit in (("bin_s", bin_s * rate_hz, "samples"), ("window_s", window_s / bin_s, "bins")):
        if abs(span - round(span)) > 1e-6:
            raise _fault(path, f"{key} is not a whole number of {unit}")
    calibration = {}
    for code in classes + statements:
        pair = raw["calibration"].get(code)
        if not isinstance(pair, dict):
            raise _fault(path, f"calibration lacks {code}")
        try:
            calibration[code] = from_json(pair)
        except ValueError as error:
            raise _fault(path, f"calibration.{code}.{error}") from error
    limits = {key: _finite(path, raw["thresholds"].get(key), f"thresholds.{key}", 0, 1) for key in _THRESHOLDS}
    if "low_any_young" in raw["thresholds"]:
        young = raw["thresholds"]["low_any_young"]
        limits["low_any_young"] = _finite(path, young, "thresholds.low_any_young", 0, limits["low_any"])
    if limits["low_any"] >= limits["high_any"]:
        raise _fault(path, "thresholds.low_any is not below thresholds.high_any")
    return Card(
        name=raw["name"],
        version=raw["version"],
        onnx_path=path.parent / file,
        sha256=sha256.lower(),
        classes=classes,
        statements=statements,
        descriptions={s["code"]: s["description"] for s in raw["statements"]},
        leads=leads,
        rate_hz=rate_hz,
        bin_s=bin_s,
        window_s=window_s,
        min_s=_finite(path, raw["min_s"], "min_s", bin_s, window_s),
        max_missing_leads=int(_finite(path, raw["max_missing_leads"], "max_missing_leads", 0, 11)),
        calibration=calibration,
        thresholds=Thresholds(**limits),
        raw=raw,
    )


def variant_of(card: Card, precision: str) -> Card:
    """Return the card with the smaller network of `precision` ("float16", "int8") in place; raises ModelError."""
    path = card.onnx_path.parent / CARD_FILE
    variants = card.raw.get("variants", [])
    for variant in variants if isinstance(variants, list) else []:
        if isinstance(variant, dict) and variant.get("precision") == precision:
            file, sha256 = variant.get("file"), variant.get("sha256")
            if not isinstance(file, str) or Path(file).name != file or not isinstance(sha256, str):
                raise _fault(path, f"the variant {precision} lacks a file name in the same folder or its SHA-256")
            return replace(card, onnx_path=card.onnx_path.parent / file, sha256=sha256.lower())
    raise ModelError(f"{path}: holds no network in {precision}; choose float32.")


def load_card(folder: Path, precision: str = "float32") -> Card:
    """Read the card in `folder` and check that the network beside it is the one it speaks of; raises ModelError."""
    card = parse_card(Path(folder) / CARD_FILE)
    if precision != "float32":
        card = variant_of(card, precision)
    if not card.onnx_path.is_file():
        raise _fault(card.onnx_path, "is missing")
    if (found := file_sha256(card.onnx_path)) != card.sha256:
        raise _fault(card.onnx_path, f"has the SHA-256 {found[:12]}..., the card says {card.sha256[:12]}...")
    return card
