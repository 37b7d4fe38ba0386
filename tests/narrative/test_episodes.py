"""What comes and goes within a record is said with its time, and nothing else may deny it."""

from dataclasses import replace

import pytest

from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Findings
from cardio_desktop.narrative.consistency import contradictions
from cardio_desktop.narrative.critical import critical, untold
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import simulate_rhythm
from cardio_desktop.words import Remark, say
from tests.report.measured import case_of

MINUTES = {"duration_s": 150.0, "start_s": 60.0, "end_s": 125.0}


@pytest.fixture(scope="module")
def injured() -> Findings:
    return analyze(simulate_rhythm("st", **MINUTES).record, None)  # type: ignore[arg-type]


def texts(found: Findings, section: str) -> list[str]:
    return [item.text() for item in found.sentences if item.section == section]


def test_a_minute_of_marked_elevation_is_critical_and_concluded(injured: Findings) -> None:
    (event,) = [event for event in injured.critical if event.code == "STE"]
    assert (event.start_s, event.end_s) == pytest.approx((60.0, 125.0), abs=1.5)
    assert event.values["st_mv"] > 0.3
    assert {"V2", "V3"} <= set(event.leads)
    (told,) = texts(injured, "critical")
    assert told.startswith("Marked ST elevation in")
    (conclusion,) = texts(injured, "conclusion")
    assert "transient extensive anterior ST elevation 01:00 to 02:0" in conclusion
    assert "acute infarction?" in conclusion


def test_nothing_denies_it(injured: Findings) -> None:
    assert "no ST shift" not in " ".join(injured.narrative)
    assert contradictions(injured.sentences) == []
    assert sum("ST elevation in" in text for text in injured.narrative) == 1
    assert any(text.startswith("ST depression in") and "01:00 to 02:0" in text for text in texts(injured, "ischaemia"))


def test_without_a_change_nothing_of_the_kind_is_said() -> None:
    calm = analyze(simulate_rhythm("sinus", duration_s=90.0).record, None)
    assert not [item for item in calm.sentences if "episode" in item.remark.code]
    assert "no ST shift" in " ".join(calm.narrative)


@pytest.mark.parametrize(
    ("start_s", "end_s", "english", "german"),
    [
        (2.0, 5.0, "2.0 to 5.0 s", "2,0 bis 5,0 s"),
        (200.0, 260.4, "03:20 to 04:20", "03:20 bis 04:20"),
        (200.2, 203.1, "200.2 to 203.1 s", "200,2 bis 203,1 s"),
    ],
)
def test_what_is_short_is_timed_by_tenths_of_a_second(start_s: float, end_s: float, english: str, german: str) -> None:
    told = Remark("event-AF", {"start_s": start_s, "end_s": end_s, "rate_bpm": 96.0})
    assert say(told) == f"atrial fibrillation, 96/min, {english}"
    assert say(told, "de") == f"Vorhofflimmern, 96/min, {german}"


def test_of_many_pauses_the_longest_is_told_with_their_number() -> None:
    pauses = tuple(Event("PAUSE", 2.0 * k, 2.0 * k + 2.1 + k / 10, values={"length_s": 2.1 + k / 10}) for k in range(8))
    told = critical(replace(case_of(), events=pauses), ())
    assert [item.text() for item in told] == ["Pause of 2.8 s at 14.0 s (8 in all)."]
    assert told[0].text("de") == "Pause von 2,8 s bei 14,0 s (insgesamt 8)."
    assert len(told[0].marks) == 8
    assert untold(told, ()) == told
