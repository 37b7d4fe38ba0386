"""What is said to have changed between two ECGs is true of the hearts that were simulated, and nothing else is."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest

from cardio_desktop.core.findings import Findings, Quality, RRIntervals, Sentence
from cardio_desktop.narrative.changes import AXIS_SD_DEG, SURE, Changes, changes_between, error_of, is_notable
from cardio_desktop.reading.pipeline import analyze
from cardio_desktop.simulate import simulate, simulate_rhythm
from cardio_desktop.words import Remark, verbatim

EARLIER, LATER = datetime(2019, 3, 12, 8, 30), datetime(2026, 1, 5, 9, 30)


@cache
def heart(kind: str = "normal", **changed: float) -> Findings:
    return analyze(simulate(kind, **changed).record, None)  # type: ignore[arg-type]


@cache
def rhythm(kind: str) -> Findings:
    return analyze(simulate_rhythm(kind).record, None)


def changes(before: Findings, after: Findings) -> Changes:
    return changes_between(before, after, EARLIER, LATER)


def notable(before: Findings, after: Findings, language: str = "en") -> str:
    return "".join(text for text, bold in changes(before, after).parts(language) if bold)


def test_the_same_heart_recorded_again_has_not_changed() -> None:
    for seed in (2, 3, 4):
        found = changes(heart(seed=1), heart(seed=seed))
        assert found.notable == ()
        assert found.text().startswith("Since 12 March 2019: no change beyond the error of measurement.")
    assert changes(heart(), heart("noisy-normal")).notable == ()


@pytest.mark.parametrize(
    ("changed", "name", "truth"),
    [
        ({"rate_bpm": 94.0}, "rate", 24.0),
        ({"rate_bpm": 50.0}, "rate", -20.0),
        ({"pr_s": 0.24}, "PR", 80.0),
        ({"qtc_s": 0.49}, "QTc (Fridericia)", 80.0),
    ],
)
def test_a_quantity_that_changed_is_told_with_its_change(changed: dict[str, float], name: str, truth: float) -> None:
    before, after = heart(), heart(**changed)
    told = {str(c.remark.values["name"].code): c for c in changes(before, after).notable if "change" in c.remark.values}
    assert len(told) == 1
    (found,) = told.values()
    assert found.remark.values["change"] == pytest.approx(truth, abs=4.0)
    assert notable(before, after).startswith(f"{name} {found.remark.values['change']:+.0f}")
    back = changes(after, before).notable[0].remark.values["change"]
    assert back == pytest.approx(-found.remark.values["change"])


def test_an_infarction_is_new_in_one_direction_and_gone_in_the_other() -> None:
    normal, infarct = heart(), heart("anterior-mi")
    told = notable(normal, infarct)
    assert "new ST elevation V1-V5" in told
    assert "new ST depression III, aVF" in told
    assert "new Q waves V1-V4" in told
    assert "ST elevation V1-V5 gone" in notable(infarct, normal)
    assert "neu: ST-Hebung V1-V5" in notable(normal, infarct, "de")
    assert changes(infarct, infarct).notable == ()


def test_an_elevation_that_grows_is_told_with_its_voltage() -> None:
    before, after = heart("anterior-mi"), heart("anterior-mi", st_mv=0.6)
    leads = [found.measurements.leads or {} for found in (before, after)]
    grown = (leads[1]["V3"].j_mv or 0.0) - (leads[0]["V3"].j_mv or 0.0)
    assert f"ST elevation {grown:+.2f} mV in V3" in notable(before, after)
    assert f"{-grown:+.2f} mV in V3" in notable(after, before)


def test_a_bundle_branch_block_is_told_and_what_it_hides_has_not_gone() -> None:
    assert "new left bundle branch block" in notable(heart(), heart("lbbb"))
    assert "left bundle branch block gone" in notable(heart("lbbb"), heart())
    told = changes(heart("anterior-mi"), heart("lbbb")).text()
    assert "left bundle branch block" in told
    assert "gone" not in told  # ST and Q are not judged with the block: silence is no healing


def test_another_rhythm_is_told_and_a_faster_sinus_rhythm_is_only_a_rate() -> None:
    assert "atrial fibrillation instead of sinus rhythm" in notable(heart(), rhythm("af"))
    assert "sinus rhythm instead of atrial fibrillation" in notable(rhythm("af"), heart())
    assert "Vorhofflimmern statt Sinusrhythmus" in notable(heart(), rhythm("af"), "de")
    assert "instead" not in changes(heart(), heart(rate_bpm=115.0)).text()


def test_a_change_counts_only_beyond_the_error_of_both_measurements() -> None:
    base = heart()
    spread = error_of("qrs_ms", base)
    assert spread is not None
    for times, sure in ((0.9, False), (1.1, True)):
        wider = base.measurements.qrs_ms + times * SURE * 2**0.5 * spread  # type: ignore[operator]
        after = replace(base, measurements=replace(base.measurements, qrs_ms=wider))
        assert is_notable("qrs_ms", base, after) is sure
    axis = base.measurements.qrs_axis_deg
    assert axis is not None
    for turned, sure in ((0.9 * SURE * 2**0.5 * AXIS_SD_DEG, False), (340.0, True), (359.0, False)):
        after = replace(base, measurements=replace(base.measurements, qrs_axis_deg=axis + turned))
        assert is_notable("qrs_axis_deg", base, after) is sure
    unknown = replace(base, measurements=replace(base.measurements, uncertainty_ms={}))
    assert is_notable("qrs_ms", base, unknown) is None


def test_an_irregular_rate_is_less_sure() -> None:
    base = heart()
    rr = base.measurements.rr_ms
    assert rr is not None
    loose = replace(base, measurements=replace(base.measurements, rr_ms=RRIntervals(rr.mean, 200.0, 400.0, 1400.0)))
    assert error_of("heart_rate_bpm", loose) > error_of("heart_rate_bpm", base)  # type: ignore[operator]


def test_a_finding_that_crosses_its_limit_by_a_hair_is_no_news() -> None:
    before, after = heart(pr_s=0.196), heart(pr_s=0.206)
    added = [s for s in heart(pr_s=0.24).sentences if s.code == "1AVB"]
    after = replace(after, sentences=(*(s for s in after.sentences if s.code != "1AVB"), *added))
    found = changes(before, after)
    assert "first-degree" not in "".join(text for text, bold in found.parts() if bold)
    assert "first-degree" in found.text()


def test_an_elevation_within_the_error_is_not_bold_and_has_not_gone() -> None:
    infarct = heart("anterior-mi")
    silent = replace(infarct, sentences=tuple(s for s in infarct.sentences if s.code != "STE_"))
    assert "ST elevation" not in notable(silent, infarct)
    assert "new ST elevation" in changes(silent, infarct).text()
    assert "gone" not in changes(infarct, silent).text()


def test_q_waves_count_where_their_depth_has_changed() -> None:
    infarct, normal = heart("anterior-mi"), heart()
    silent = replace(infarct, sentences=tuple(s for s in infarct.sentences if s.section != "infarction"))
    assert "Q waves" not in notable(silent, infarct)
    assert "new Q waves V1-V4" in changes(silent, infarct).text()
    assert "Q waves V1-V4 gone" in notable(infarct, normal)


def test_findings_on_voltages_of_unknown_error_are_told_but_not_as_sure() -> None:
    base = heart()
    high = Sentence("hypertrophy", verbatim("left ventricular hypertrophy"), verdict="abnormal", code="LVH")
    found = changes(base, replace(base, sentences=(*base.sentences, high)))
    assert found.notable == ()
    assert "new left ventricular hypertrophy" in found.text()


def test_diffuse_ischaemia_counts_where_st_has_moved() -> None:
    base, infarct = heart(), heart("anterior-mi")
    wide = Sentence("ischaemia", verbatim("ischaemia"), leads=("V2", "V3"), verdict="abnormal", code="ISC_")
    assert "ischaemia" not in notable(base, replace(base, sentences=(*base.sentences, wide)))
    assert "new ischaemia" in notable(base, replace(infarct, sentences=(*infarct.sentences, wide)))


def test_a_block_that_is_less_sure_is_the_same_block() -> None:
    block = heart("lbbb")
    sure = next(item for item in block.sentences if item.code == "CLBBB")
    less = replace(sure, code="LBBB", short=Remark("short-LBBB"))
    after = replace(block, sentences=tuple(less if item is sure else item for item in block.sentences))
    assert changes(block, after).notable == ()
    assert "block" not in changes(block, after).text()


@pytest.mark.parametrize(
    ("quality", "words"),
    [
        (Quality(False), "the later ECG is not usable as a whole"),
        (Quality(True, reversal="RA/LA"), "the electrodes RA/LA of the later ECG seem swapped"),
    ],
)
def test_findings_of_an_ecg_that_cannot_be_judged_are_not_compared(quality: Quality, words: str) -> None:
    found = changes(heart("anterior-mi"), replace(heart(), quality=quality))
    assert words in found.text()
    assert "gone" not in found.text()
    assert found.unjudged is not None
    assert words not in found.text("de")


def test_when_the_earlier_ecg_was_made_is_said_as_far_as_it_is_known() -> None:
    base = heart()
    assert changes_between(base, base).text().startswith("Since the earlier ECG (its date is not known): no change")
    assert changes_between(base, base, EARLIER, None).text("de").startswith("Seit 12. März 2019: keine Änderung")
    same_day = changes_between(base, base, EARLIER, EARLIER.replace(hour=17))
    assert same_day.text().startswith("Since 12 March 2019, 08:30: ")
    assert same_day.since.values["day"] == Remark("day", same_day.since.values["day"].values)
