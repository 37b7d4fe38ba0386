"""What was measured as rows of a table, in words: the same rows for the panel and the printed report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cardio_desktop.core.findings import Measurements
from cardio_desktop.core.quantities import FROM_WAVES, QUANTITIES, quantity_name
from cardio_desktop.words import Remark, say
from cardio_desktop.words.say import WORDS

NOT_MEASURED = Remark("not-measured")


@dataclass(frozen=True)
class Row:
    """One line: `key` of the quantity (or of the field without a value), its name, its value and its usual limits.

    Without a value `value` is "" and `reason` says why.
    """

    key: str
    name: str
    value: str = ""
    limits: str = ""
    reason: Remark | None = None


def measured_rows(found: Measurements, language: str = "en", sex: str | None = None) -> Iterator[Row]:
    """Yield a row for everything that is measured once for the record, in the order of the table of quantities.

    What has no value is one row with its reason; derived criteria and formulas without one have no row. The last row
    is that of the voltages where there are none.
    """
    words, told = WORDS[language], set[str]()
    for item in QUANTITIES:
        value = item.value(found)
        if value is None:
            if item.field != "criteria" and getattr(found, item.field) is None and item.field not in told:
                told.add(item.field)
                yield _missing(item.field, found, language)
            continue
        limits = item.usual.text(words, sex, item.unit if item.is_angle else "") if item.usual is not None else ""
        text = item.text(words, value, item.spread(found))
        if item.key == "rr_ms" and (rr := found.rr_ms) is not None:
            # How beats differ is no uncertainty, so it is told apart.
            parts = {"mean_ms": rr.mean, "sd_ms": rr.sd, "min_ms": rr.min, "max_ms": rr.max}
            text = say(Remark("rr-told", parts), language)
        yield Row(item.key, item.name(language), text, limits)
    if not found.leads:
        yield _missing("leads", found, language)


def missing_measurements(measurements: Measurements) -> dict[Remark, list[str]]:
    """Return the fields ("pr_ms") that need waves and have no value, by reason."""
    by_reason: dict[Remark, list[str]] = {}
    for name in FROM_WAVES:
        if getattr(measurements, name) is None:
            by_reason.setdefault(measurements.not_measured.get(name, NOT_MEASURED), []).append(name)
    return by_reason


def _missing(name: str, found: Measurements, language: str) -> Row:
    return Row(name, quantity_name(name, language), reason=found.not_measured.get(name, NOT_MEASURED))
