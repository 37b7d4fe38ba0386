"""What cannot be read is named with its times, and costs the rest nothing."""

import numpy as np
import pytest

from cardio_desktop.analysis.quality import assess_quality
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import Record
from cardio_desktop.reading.passage import look
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.report.json_report import findings_to_json
from cardio_desktop.simulate import simulate
from cardio_desktop.words import say

RATE_HZ = 250.0


@pytest.fixture(scope="module")
def minute():
    return simulate("normal", rate_hz=RATE_HZ, duration_s=60.0, seed=4)


@pytest.fixture
def spoilt(minute, record_of):
    def make(change, low_s: float, high_s: float, names: tuple[str, ...] = LEADS12) -> Record:
        leads = {name: minute.record.leads[name].millivolts().copy() for name in LEADS12}
        part = slice(round(low_s * RATE_HZ), round(high_s * RATE_HZ))
        for k, name in enumerate(names):
            leads[name][part] = change(leads[name][part], np.random.default_rng(k))
        return record_of(leads, RATE_HZ)

    return make


def muscle(mv, rng):
    return mv + 0.7 * rng.normal(size=mv.size)


def off(mv, _rng):
    return np.full(mv.size, 0.3)


def inside(minute, *spans: tuple[float, float]) -> int:
    return sum(any(low <= at < high for low, high in spans) for at in minute.beats_s)


def test_a_flat_beginning_is_named_to_the_sample_and_the_rest_is_read(minute, spoilt):
    findings = analyze(spoilt(off, 0.0, 27.0), None)
    (only,) = findings.quality.stretches
    assert (only.start_s, only.end_s) == pytest.approx((0.0, 27.0), abs=0.05)
    assert only.blind
    assert only.leads == LEADS12
    assert findings.quality.usable
    assert all(lead.usable for lead in findings.quality.leads.values())
    assert len(findings.beats) == pytest.approx(inside(minute, (27.0, 60.0)), abs=1)
    assert findings.measurements.rr_ms.max < 2000
    assert findings.measurements.qrs_ms is not None
    assert "0.0 to 27.0 s (flat line" in " ".join(findings.narrative)
    assert not any("Nothing was recorded" in say(warning) for warning in findings.warnings)


def test_noise_is_named_with_its_times_and_gives_no_beats(minute, spoilt):
    record = spoilt(muscle, 22.0, 41.0)
    findings = analyze(record, None)
    (only,) = [one for one in findings.quality.stretches if one.blind]
    assert (only.start_s, only.end_s) == pytest.approx((22.0, 41.0), abs=3.0)
    assert not any(23.0 <= beat.time_s < 40.0 for beat in findings.beats)
    expected = inside(minute, (0.0, only.start_s), (only.end_s, 60.0))
    assert len(findings.beats) == pytest.approx(expected, abs=2)
    made = findings_to_json(record, findings)["quality"]["stretches"]
    assert made[0]["leads"] == list(LEADS12)
    assert made[0]["start_s"] == only.start_s
    assert made[0]["reason"]


def test_one_noisy_lead_is_named_and_blinds_nobody(minute, spoilt):
    quality = assess_quality(spoilt(muscle, 20.0, 30.0, ("V3",)))
    assert quality.leads["V3"].usable
    assert quality.blind_s == ()
    assert {one.leads for one in quality.stretches} == {("V3",)}
    assert quality.unread_s("V3")
    assert quality.unread_s("V4") == ()


def test_a_heart_that_stands_still_between_two_beats_is_no_loose_electrode(minute, spoilt):
    def still(mv, rng):
        return 0.02 + 0.002 * rng.normal(size=mv.size)

    passage = look(spoilt(still, 20.0, 29.0), 0.0, 60.0)
    assert passage.quality.blind_s == ()
    assert passage.missing == ()
    assert np.diff([beat.time_s for beat in passage.beats]).max() > 8.0


def test_a_record_that_is_noise_throughout_is_refused_as_before(spoilt):
    quality = assess_quality(spoilt(muscle, 0.0, 60.0))
    assert not quality.usable
    assert quality.stretches == ()


def test_ten_seconds_are_judged_as_a_whole(record_of):
    leads = {name: simulate("normal", seed=4).record.leads[name].millivolts().copy() for name in LEADS12}
    for mv in leads.values():
        mv[:1800] = 0.1
    assert assess_quality(record_of(leads, 500)).stretches == ()
