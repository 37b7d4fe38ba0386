"""What is known of a live recording, from events: rates go stale, alarms end, leads come back, opinions cover pages."""

import numpy as np
import pytest

from cardio_desktop.app.live_now import MOST_ALARMS, OPINIONS, STALE_S, LiveNow, shown_class
from cardio_desktop.core.findings import PATHOLOGIES, ClassScore, Evidence, Prediction, Risk, Tier
from cardio_desktop.live.events import LiveEvent
from cardio_desktop.reading.passage import Opinion
from cardio_desktop.words import Remark


def opinion_at(start_s: float, tier: Tier = Tier.HIGH) -> Opinion:
    evidence = Evidence(("MI",), ("I",), np.zeros((1, 1, 100), np.float32), 0.1, start_s, np.zeros(1), np.zeros(1))
    scores = tuple(ClassScore(code, 0.0, 0.9 if code == "MI" else 0.1, 0.0) for code in ("NORM", *PATHOLOGIES))
    return Opinion(Risk(tier, Remark("live-over")), Prediction("n", "1", "", (), scores), evidence)


def test_a_rate_without_a_beat_is_not_shown_for_long() -> None:
    now = LiveNow()
    assert now.rate_bpm(0.0) is None
    now.take(LiveEvent("rate", "heart", 5.3, 5.0, 5.0, (), {"rate_bpm": 72.0}))
    assert now.rate_bpm(5.5) == 72.0
    assert now.rate_bpm(5.0 + STALE_S + 0.1) is None


def test_an_alarm_is_told_once_and_its_end_is_added() -> None:
    now = LiveNow()
    begin = LiveEvent("critical", "VF", 12.0, 10.0, None, (), {}, Remark("live-VF"))
    alarm = now.take(begin)
    assert alarm is not None
    assert alarm.critical
    assert [one.code for one in now.going_on] == ["VF"]
    assert now.take(LiveEvent("critical", "VF", 20.0, 10.0, 19.0, (), {}, Remark("live-over"))) is None
    assert now.going_on == ()
    assert len(now.alarms) == 1
    assert now.alarms[0].end_s == 19.0
    assert now.alarms[0].remark == Remark("live-VF")
    assert now.take(LiveEvent("critical", "VF", 32.0, 30.0)) is not None
    assert [one.start_s for one in now.alarms] == [30.0, 10.0]
    lost = now.take(LiveEvent("source", "gap", 40.0, 38.0, 39.0))
    assert lost is not None
    assert not lost.critical
    assert [one.code for one in now.going_on] == ["VF"]


def test_leads_are_told_as_they_are_and_as_they_were() -> None:
    now = LiveNow()
    now.take(LiveEvent("quality", "flat", 6.0, 5.0, None, ("V3",)))
    assert set(now.leads) == {"V3"}
    now.take(LiveEvent("quality", "noise", 7.0, 5.0, 7.0, ("V3",)))
    assert set(now.leads) == {"V3"}  # another reason is over, not this one
    now.take(LiveEvent("quality", "flat", 9.0, 5.0, 9.0, ("V3",)))
    assert now.leads == {}
    now.take(LiveEvent("quality", "noise", 20.0, 18.0, None, ("I",)))
    assert set(now.leads_between(8.0, 12.0)) == {"V3"}
    assert set(now.leads_between(10.0, 17.0)) == set()
    assert set(now.leads_between(0.0, 30.0)) == {"V3", "I"}


def test_the_opinion_of_a_page_is_the_one_that_covers_most_of_it() -> None:
    now = LiveNow()
    for start_s in (0.0, 2.0, 4.0, 6.0):
        now.take(
            LiveEvent("opinion", "High", start_s + 10, start_s, None, (), {"rhythm": "SR"}, None, opinion_at(start_s))
        )
    found = now.evidence_on(2.0, 12.0)
    assert found is not None
    assert found[1].start_s == 2.0
    newest = now.evidence_on(0.0, 30.0)
    assert newest is not None
    assert newest[1].start_s == 6.0
    assert now.evidence_on(40.0, 50.0) is None
    assert now.rhythm == "SR"


@pytest.mark.parametrize(("tier", "code"), [(Tier.HIGH, "MI"), (Tier.LOW, None), (Tier.NOT_ASSESSED, None)])
def test_evidence_is_shown_only_where_something_is_suspected(tier: Tier, code: str | None) -> None:
    assert shown_class(opinion_at(0.0, tier)) == code


def test_nothing_grows_without_end() -> None:
    now = LiveNow()
    for k in range(MOST_ALARMS + 50):
        now.take(LiveEvent("critical", "PAUSE", k, float(k), k + 0.5))
        now.take(LiveEvent("opinion", "High", k, float(k), None, (), {}, None, opinion_at(float(k))))
        now.take(LiveEvent("tier", "High" if k % 2 else "Low", k, float(k)))
    assert len(now.alarms) == MOST_ALARMS
    assert len(now.opinions) == OPINIONS
    assert now.tier is Tier.HIGH
