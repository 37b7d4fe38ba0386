"""Beats that most leads do not show."""

from dataclasses import replace

import numpy as np
import pytest

from cardio_desktop.analysis.lone_leads import without_lone
from cardio_desktop.analysis.seen import seen_in
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.leads import CHEST_LEADS, LEADS12
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import NOISY, simulate_rhythm
from cardio_desktop.simulate.record import record_of


def knocked(record, at_s, names, height_mv=1.5):
    """Return the record with a knock of 80 ms in some leads."""
    leads = np.array([record.leads[name].millivolts() for name in LEADS12])
    times = np.arange(leads.shape[1]) / record.rate_hz
    knock = height_mv * np.exp(-(((times - at_s) / 0.02) ** 2))
    return record_of("knocked", record.rate_hz, leads + np.outer([name in names for name in LEADS12], knock))


def with_beat(truth, at_s):
    return tuple(sorted((*truth.beats, Beat(at_s)), key=lambda beat: beat.time_s))


def test_a_knock_in_one_lead_is_no_beat_and_hides_no_pause():
    truth = simulate_rhythm("pause", length_s=3.0, duration_s=12.0)
    longest = int(np.argmax(np.diff([beat.time_s for beat in truth.beats])))
    at_s = truth.beats[longest].time_s + 1.5
    record = knocked(truth.record, at_s, {"V4"})
    kept = without_lone(record, with_beat(truth, at_s))
    assert [beat.time_s for beat in kept] == [beat.time_s for beat in truth.beats]
    found = [beat.time_s for beat in seen_in(record, (), 0.0, 12.0).beats]
    assert max(np.diff(found)) > 2.9


@pytest.mark.parametrize(("kind", "options"), [("ectopy", {"pattern": "NNV"}), ("pause", {}), ("avb3", {}), ("af", {})])
def test_beats_of_any_kind_stay(kind, options):
    truth = simulate_rhythm(kind, duration_s=12.0, **options)
    assert without_lone(truth.record, truth.beats) == truth.beats


def test_what_most_leads_show_is_a_beat():
    truth = simulate_rhythm("sinus", rate_bpm=40.0)
    at_s = (truth.beats[2].time_s + truth.beats[3].time_s) / 2.0
    record = knocked(truth.record, at_s, set(CHEST_LEADS))
    assert len(without_lone(record, with_beat(truth, at_s))) == len(truth.beats) + 1


def test_few_leads_or_beats_do_not_tell():
    truth = simulate_rhythm("sinus")
    at_s = (truth.beats[2].time_s + truth.beats[3].time_s) / 2.0
    few = replace(truth.record, channels=tuple(c for c in truth.record.channels if c.lead in ("I", "II", "V4")))
    assert len(without_lone(few, with_beat(truth, at_s))) == len(truth.beats) + 1
    three = (*truth.beats[:2], Beat(at_s))
    assert without_lone(truth.record, three) == three


def test_a_beat_that_the_end_cuts_stays():
    truth = simulate_rhythm("sinus")
    beats = (Beat(0.02), *truth.beats)
    assert without_lone(truth.record, beats)[0].time_s == 0.02


def test_leads_that_are_off_do_not_tell():
    truth = simulate_rhythm("sinus")
    leads = np.array([truth.record.leads[name].millivolts() for name in LEADS12])
    leads[6:, : leads.shape[1] // 2] = 0.0
    off = record_of("off", truth.record.rate_hz, leads)
    assert without_lone(off, truth.beats) == truth.beats
    leads[6:] = 0.0
    at_s = (truth.beats[2].time_s + truth.beats[3].time_s) / 2.0
    still = record_of("still", truth.record.rate_hz, leads)
    assert len(without_lone(still, with_beat(truth, at_s))) == len(truth.beats) + 1


def test_nothing_is_taken_away_where_the_usual_beats_are_noise():
    truth = simulate_rhythm("paced", noise=NOISY, duration_s=12.0)
    found = analyze(truth.record, None)
    assert not {"PAUSE", "ASYSTOLE"} & {event.code for event in found.events}
