"""Pauses and rhythms of known truth are counted as the table says."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Beat
from cardio_desktop.evaluation.validate import events, simulated
from cardio_desktop.evaluation.validate.simulated import matched, same, shares_of_pauses, silences
from cardio_desktop.simulate import RHYTHMS


def told(*spans: tuple[float, float]) -> SimpleNamespace:
    return SimpleNamespace(events=[Event("PAUSE", *span, values={"length_s": span[1] - span[0]}) for span in spans])


def test_a_pause_is_found_where_most_of_it_is_told() -> None:
    assert same((2.0, 5.0), (2.1, 5.0))
    assert not same((2.0, 5.0), (2.0, 4.0))
    assert not same((2.0, 5.0), (6.0, 9.0))


def test_pauses_are_counted_and_what_is_nearly_one_counts_neither_way() -> None:
    spans = silences([Beat(t, "normal") for t in (0.0, 1.0, 4.0, 5.0, 6.95, 8.0)])
    assert spans == [(1.0, 4.0), (5.0, 6.95)]
    assert matched(spans, told((1.0, 4.0))) == {"real": 1, "found": 1, "told": 1, "wrong": 0}
    assert matched(spans, told((5.0, 6.95))) == {"real": 1, "found": 0, "told": 1, "wrong": 0}
    assert matched(spans, told((10.0, 13.0))) == {"real": 1, "found": 0, "told": 1, "wrong": 1}
    shares = shares_of_pauses(Counter({"real": 4, "found": 3, "told": 5, "wrong": 1}))
    assert (shares["found_share"]["share"], shares["false_share"]["share"]) == (0.75, 0.2)
    assert "found 3 of 4, 75.0 (" in simulated.pause_line(shares)
    assert simulated.pause_line(shares_of_pauses(Counter())) == "pauses: none"


def test_every_simulated_rhythm_is_one_that_the_simulator_knows() -> None:
    assert {kind for _, kind, _, _ in simulated.SIMULATED} <= set(RHYTHMS)
    assert len({name for name, *_ in simulated.SIMULATED}) == len(simulated.SIMULATED)


def test_the_table_of_simulated_rhythms_names_what_was_read() -> None:
    chosen = [made for made in simulated.SIMULATED if made[0] in ("pause 3 s", "sinus")]
    found = simulated.simulated(chosen, rates_hz=(250.0,), seeds=(1,))
    assert [row["records"] for row in found["rows"]] == [len(simulated.NOISES)] * 2
    assert found["pauses"]["real"] == len(simulated.NOISES)
    assert found["pauses"]["wrong"] == 0
    rows = {row["name"]: row for row in found["rows"]}
    assert rows["pause 3 s"]["by_noise"]["quiet"]["share"] == 1.0
    assert "SR" in rows["sinus"]["rhythms"]
    text = events.table({"data": "simulation", "kind": events.SIMULATION, **found})
    assert "pauses from 2 s: found 3 of 3" in text
    assert text.count("told:") == 2


def test_reference_beats_make_pauses_and_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    marks = [(1.0, "N"), (2.0, "V"), (2.4, "V"), (2.8, "V"), (4.0, "N"), (7.0, "N")]
    notes = [SimpleNamespace(time_s=t, symbol=symbol, source="atr") for t, symbol in marks]
    record = SimpleNamespace(duration_s=10.0, annotations=notes)
    found = (*told((4.0, 7.0)).events, Event("VT", 2.0, 2.8, values={"rate_bpm": 150.0}))
    for name in ("a.hea", "a.atr"):
        (tmp_path / name).touch()
    monkeypatch.setattr(events, "open_record", lambda _path: record)
    monkeypatch.setattr(events, "analyze", lambda *_, **__: SimpleNamespace(events=found))
    result = events.validate(tmp_path, argparse.Namespace())
    assert result["rows"][-1] == {"record": "all", "pause": [1, 0, 0], "vt": [1, 0, 0]}
    assert "pauses from 2 s: found 1 of 1" in events.table(result)
