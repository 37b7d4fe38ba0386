"""What was said before the rhythm had a name does not contradict it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cardio_desktop.core.findings import Measurements, Quality, Rhythm, Risk, Tier
from cardio_desktop.reading.passage import Measured, Opinion, Passage
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.reading.settled import settled
from cardio_desktop.simulate import simulate_record, simulate_rhythm
from cardio_desktop.words import Remark, say


def passage(*codes: str, swap: str = "V2/V3") -> Passage:
    because = Remark("atria-fibrillate")
    reasons = {"p_ms": Remark("absent", {"because": because}), "pr_ms": Remark("not-measurable", {"because": because})}
    swapped = Remark("tier-swapped", {"reason": Remark("tier-no-opinion"), "swap": swap})
    return Passage(
        simulate_record("normal"),
        0.0,
        10.0,
        quality=Quality(True, (Remark("swap-chest", {"first": "V2", "second": "V3"}), Remark("noisy")), {}, swap),
        measured=Measured((), None, Measurements(not_measured=reasons)),
        opinion=Opinion(Risk(Tier.MODERATE, swapped)),
        rhythm=Rhythm(Remark(f"rhythm-{codes[0]}"), 0.9, codes) if codes else None,
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [("AFIB", "the atria fibrillate"), ("AFLT", "the atria flutter"), ("PACE", "no P waves"), ("VT", "no P waves")],
)
def test_p_is_absent_for_the_reason_that_the_rhythm_gives(code: str, words: str) -> None:
    reasons = settled(passage(code)).measured.measurements.not_measured
    assert all(words in say(reason) for reason in reasons.values())
    assert reasons["p_ms"].code == "absent"


@pytest.mark.parametrize("code", ["PACE", "VT", "WCT", "IVR", "VF"])
def test_no_electrodes_are_called_swapped_in_a_rhythm_from_the_ventricles(code: str) -> None:
    found = settled(passage(code))
    assert found.quality.reversal is None
    assert [reason.code for reason in found.quality.reasons] == ["noisy"]
    assert found.opinion.risk.reason.code == "tier-no-opinion"


def test_in_other_rhythms_the_alarm_stays() -> None:
    for before in (passage("SR"), passage("AFIB"), passage()):
        assert settled(before).quality.reversal == "V2/V3"
        assert settled(before).opinion.risk.reason.code == "tier-swapped"


def test_whoever_is_paced_has_no_swapped_electrodes() -> None:
    by_spikes = replace(passage("SR"), opinion=Opinion(Risk(Tier.NOT_ASSESSED, Remark("tier-paced"), {}, True)))
    assert settled(by_spikes).quality.reversal is None


@pytest.mark.parametrize("kind", ["paced", "vt"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_simulated_rhythm_from_the_ventricles_raises_the_alarm(kind: str, seed: int) -> None:
    found = analyze(simulate_rhythm(kind, duration_s=10.0, seed=seed).record, None)
    assert found.quality.reversal is None
    assert not [item for item in found.sentences if item.code == "SWAP"]


def test_ventricular_tachycardia_is_said_once_and_as_surely_each_time() -> None:
    found = analyze(simulate_rhythm("vt", duration_s=10.0).record, None)
    named = [text for text in found.narrative if "ventricular tachycardia" in text.lower()]
    assert [item.section for item in found.sentences if item.section in ("critical", "conclusion")][:1] == ["critical"]
    assert len(named) == 2  # what is critical, and the conclusion
    assert not any("robably" in text for text in named)
    assert sum("not judged" in text for text in found.narrative) == 1
    assert not any("atria" in text or "P wave" in text or "P axis" in text for text in found.narrative)
