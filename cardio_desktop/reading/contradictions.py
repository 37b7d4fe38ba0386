"""Where what was measured and what the network says cannot both be believed: the tier says so, and is not Low."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cardio_desktop.core.events import Event, critical_of
from cardio_desktop.core.findings import Prediction, Sentence, Tier, tier_limits
from cardio_desktop.narrative import conduction, episodes, infarction, ischaemia, repolarisation
from cardio_desktop.narrative.case import Case
from cardio_desktop.narrative.critical import event_remark, events_of
from cardio_desktop.reading.passage import Passage
from cardio_desktop.words import Remark

OTHER = ("AF", "AFL")
"""Beside what is critical: the network has no class for them, so that its Low says nothing of them."""
ST_EVENTS = ("STE", "ST_UP", "ST_DOWN")
ISCHAEMIA = ("MI", "STTC")
"""Classes of which one at least has to be possible where ST or T is as an infarction makes them."""
CLASSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("CLBBB", "CRBBB", "LAFB", "LPFB", "qrs-long"), ("CD",)),
    "q-infarct": ("MI",),
    **dict.fromkeys(("ste", "std", "left-main", "t-inverted", "t-concordant"), ISCHAEMIA),
    **dict.fromkeys(("sgarbossa-up", "sgarbossa-down", "smith", "ste-episode", "std-episode", "t-episode"), ISCHAEMIA),
}
"""What an abnormal sentence says -> the network's classes for it."""
ONLY_MARKED: dict[str, Callable[[Sentence], bool]] = {
    "ste": lambda item: bool(item.remark.values["marked"]) or "reading" in item.remark.values,
    "std": lambda item: bool(item.remark.values["marked"]),
    "t-inverted": lambda item: item.remark.values["degree"] != "inverted",
}
"""Of these healthy adults have the slighter ones: 10 of 1,018 of PTB-XL, folds 1 to 8, whom the network holds for Low,
have a slight ST shift. They have a sentence of their own and do not move the tier."""
RULES: tuple[Callable[[Case], list[Sentence]], ...] = (
    conduction.qrs_duration,
    conduction.fascicles,
    infarction.q_waves,
    ischaemia.st_segment,
    episodes.st_changes,
    repolarisation.t_waves,
    episodes.t_changes,
)
EPISODES = {"ste-episode": ("ST_UP",), "std-episode": ("ST_DOWN",), "t-episode": ("T_INV", "T_ALT")}
MOST_NAMED = 3


def doubted(passage: Passage) -> Passage:
    """Return the passage with a tier of at least Moderate where a measured finding contradicts Low, which says so.

    These are critical events, atrial fibrillation and flutter, and findings that are certain or marked where the
    network holds every class that they belong to for as improbable as Low allows. Such a finding is told whatever the
    tier is; a critical event of the rhythm, of which the network knows nothing, beside Low and Moderate.
    """
    opinion = passage.opinion
    if opinion.prediction is None or opinion.risk.tier is Tier.NOT_ASSESSED:
        return passage
    case = passage.case()
    case = replace(case, events=events_of(case))
    low = opinion.risk.tier is Tier.LOW
    denied = [*_denied(case, opinion.prediction, low)]
    apart = [event for event in critical_of(case.events) if event.code not in ST_EVENTS]
    apart += [event for event in case.events if low and event.code in OTHER]
    beside = [] if opinion.risk.tier is Tier.HIGH else [event_remark(event, case) for event in apart]
    unique = tuple(dict.fromkeys([*beside, *denied]))[:MOST_NAMED]
    if not unique:
        return passage
    code = "tier-contradicted" if low or denied else "tier-beside"
    reason = Remark(code, {"reason": opinion.risk.reason, "because": unique})
    risk = replace(opinion.risk, tier=Tier.MODERATE if low else opinion.risk.tier, reason=reason)
    return replace(passage, opinion=replace(opinion, risk=risk))


def _denied(case: Case, prediction: Prediction, low: bool) -> Iterator[Remark]:
    """Yield what was measured and what the network holds for no more probable than Low allows."""
    raised = [event for event in case.events if event.code == "STE"]
    for event in raised:
        if low or not _possible(case, prediction, ISCHAEMIA, event):
            yield event_remark(event, case)
    if case.unjudged is not None or not case.quality.usable:
        return
    said = {item.remark.code: item for rule in RULES for item in rule(case) if item.verdict == "abnormal"}
    for code, item in said.items():
        classes = CLASSES.get(code, ())
        slight = code in ONLY_MARKED and not ONLY_MARKED[code](item)
        if not classes or slight or (raised and code in ("ste", "ste-episode")):
            continue
        episode = next((event for event in case.events if event.code in EPISODES.get(code, ())), None)
        if not _possible(case, prediction, classes, episode):
            chances = {code: _chance(prediction, code, episode) for code in classes}
            best = max(chances, key=lambda code: chances[code])
            values = {"finding": item.short or item.remark, "what": Remark(f"class-{best}")}
            yield Remark("contra", {**values, "probability": chances[best]})


def _possible(case: Case, prediction: Prediction, classes: tuple[str, ...], episode: Event | None) -> bool:
    """Return whether the network holds one of the classes for more probable than Low allows, of an episode then."""
    for code in classes:
        limits = tier_limits(code, case.risk.thresholds)
        if not limits or _chance(prediction, code, episode) >= limits[0]:
            return True
    return False


def _chance(prediction: Prediction, code: str, episode: Event | None) -> float:
    """Return the probability of a class: of the whole, or the greatest of the windows that an episode touches."""
    if episode is None:
        return prediction.probability(code)
    inside = [w for w in prediction.windows if w.start_s < episode.end_s and w.end_s > episode.start_s]
    return max((w.probabilities[code] for w in inside), default=prediction.probability(code))
