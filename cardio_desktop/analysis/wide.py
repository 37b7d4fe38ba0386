"""Tachycardia with wide complexes: ventricular until proven otherwise.

Wide (120 ms and more) and fast (above 100 per minute) without a P wave at a fixed distance is ventricular tachycardia
in four of five patients (Brugada, Circulation 1991;83:1649). What tells it apart is asked in turn: did it begin among
narrower beats, do atria and ventricles beat apart, is the axis one that no bundle branch block has, are the complexes
broader than such a block makes them. Where nothing decides, it is called a tachycardia with wide complexes and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cardio_desktop.analysis.p_waves import PWaves
from cardio_desktop.analysis.pulse import Pulse

WIDE_S = 0.120
"""As long as a complete bundle branch block makes it at least (AHA/ACC/HRS 2009); Brugada's criteria begin there."""
VERY_WIDE_S = 0.160
"""Broader than left bundle branch block usually makes a complex (160 ms: Wellens, Am J Med 1978;64:27)."""
FAST_BPM, SURE_BPM, SURER_BPM = 100.0, 120.0, 140.0
"""What a tachycardia is, and up to where `BLOCK_SAID` explains it; a fifth less or more of any of the three changes one
of 945 records of PTB-XL, folds 1 to 8."""
PACED_SAID = 0.03
"""Of such rhythms between 50 and 100 per minute two thirds are paced; the network, which does not see spikes, then
rarely says so clearly: of those above this, 13 of 16 were (PTB-XL, folds 1 to 8)."""
SLOW_BPM = 50.0
"""An accelerated idioventricular rhythm is faster than an escape rhythm of the ventricles."""
REGULAR = 0.08
"""Median change from one interval to the next; fibrillating atria conduct more irregularly, one focus does not."""
P_MOST = 0.35
"""Share of conducted P waves up to which they are chance."""
BLOCK_SAID, SINUS_SAID = 0.6, 0.3
"""The network's bundle branch block, and sinus rhythm or tachycardia, that explain a wide complex below 120 and 140 per
minute: above, P waves are hidden from it as from us. On PTB-XL, folds 1 to 8, 0.1 % of the records are called so."""
SINUS_LIKELY, SINUS_MOST_BPM = 0.5, 160.0
"""Sinus rhythm that is likelier than not explains a wide complex below 140 per minute, whatever its axis (infarction
turns that too), and one that is only just wide up to what a sinus node seldom exceeds at rest."""
JUST_WIDE_S = 0.130
"""Below, all leads together show a narrow complex now and then, as its outermost edges are measured: of the 13 records
of 1,094 of PTB-XL, folds 1 to 8, that were called wide tachycardias without being such, three lay here."""
UNEVEN, UNEVEN_TOGETHER, TOGETHER = 0.05, 0.135, 4
"""Upper quarters, as shares of the interval, of the change from one to the next and of what four together differ from
the usual four, from which on fibrillating atria drive the beats. A beat marked too late lengthens one interval and
shortens the next, the four stay: in noise, simulated ventricular tachycardias reach 0.11, the fibrillation with bundle
branch block of PTB-XL, folds 1 to 8, that was called a wide tachycardia begins at 0.17."""
NO_MANS_LAND_DEG = (-180.0, -90.0)
"""A frontal axis between these comes from the apex."""


@dataclass(frozen=True)
class Wide:
    """A rhythm of wide complexes: its code (VT, WCT, VE_RUN or PACE), how sure, and by what.

    `grounds` are onset, dissociation, axis and width.
    """

    code: str
    sure: float
    grounds: tuple[str, ...] = ()


def wide_rhythm(
    pulse: Pulse,
    qrs_s: float | None,
    p: PWaves | None,
    said: Mapping[str, float],
    *,
    axis_deg: float | None = None,
    unlike_others: bool = False,
    paced: bool = False,
    fibrillates: bool = False,
    all_leads: bool = True,
) -> Wide | None:
    """Return what a rhythm of wide complexes is; None where it is none, or another rhythm explains it.

    `qrs_s` is the usual duration of all leads together; `unlike_others` says that the wide beats differ from narrower
    ones of the same record, `fibrillates` that the atria were judged to, `all_leads` that chest leads were measured
    too. Irregular ones are left to the judgement of the atria.
    """
    if paced or qrs_s is None or qrs_s < WIDE_S or pulse.change > REGULAR:
        return None
    conducted = float(p.conducted.mean()) if p is not None and p.pr_s.size else 0.0
    if conducted > P_MOST and not unlike_others:
        return None
    rate = pulse.rate_bpm
    driven = fibrillates and not unlike_others and _uneven(pulse)
    dissociated = p is not None and _dissociated(p)
    block = max(said.get("CLBBB", 0.0), said.get("CRBBB", 0.0))
    sinus = max(said.get("STACH", 0.0), said.get("SR", 0.0))
    if rate <= FAST_BPM:
        unexplained = conducted <= P_MOST and qrs_s >= WIDE_S + 0.02 and block < BLOCK_SAID / 2
        ventricular = conducted <= P_MOST and (unexplained and max(said.get("IVCD", 0.0), sinus) < BLOCK_SAID)
        if rate < SLOW_BPM or not ventricular:
            return None
        if said.get("PACE", 0.0) >= PACED_SAID:
            return Wide("PACE", 0.7)
        return None if driven else Wide("VE_RUN", 0.7)
    if driven:
        return None
    extreme = axis_deg is not None and NO_MANS_LAND_DEG[0] <= axis_deg <= NO_MANS_LAND_DEG[1]
    explained = _explained(rate, qrs_s, said, just_wide=all_leads and qrs_s < JUST_WIDE_S)
    if not (unlike_others or dissociated):
        if rate < SURER_BPM and sinus >= SINUS_LIKELY:
            return None
        if explained and not (extreme and qrs_s >= WIDE_S + 0.02):
            return None
    grounds = []
    if unlike_others:
        grounds.append("onset")
    if dissociated:
        grounds.append("dissociation")
    if extreme:
        grounds.append("axis")
    # A left block reaches that breadth too: it speaks for the ventricle only where somebody looked for a block.
    if qrs_s >= VERY_WIDE_S and {"CLBBB", "CRBBB"} <= said.keys() and block < BLOCK_SAID:
        grounds.append("width")
    return Wide("VT", 0.8 if len(grounds) > 1 else 0.7, tuple(grounds)) if grounds else Wide("WCT", 0.6)


def _explained(rate_bpm: float, qrs_s: float, said: Mapping[str, float], *, just_wide: bool) -> bool:
    """Return whether sinus rhythm or a bundle branch block makes a wide complex likely that shows no P wave."""
    # A right block seldom makes a complex so broad (Wellens: more than 140 ms speaks for the ventricle).
    right = said.get("CRBBB", 0.0) if qrs_s < VERY_WIDE_S else 0.0
    block = max(said.get("CLBBB", 0.0), right)
    sinus = max(said.get("STACH", 0.0), said.get("SR", 0.0))
    if rate_bpm < SURE_BPM:
        # A complex of a block's breadth may be called by any name of one.
        any_block = said.get("CLBBB", 0.0) + right + said.get("IVCD", 0.0)
        return any_block >= BLOCK_SAID or sinus >= SINUS_SAID or qrs_s < WIDE_S + 0.02
    if rate_bpm < SURER_BPM:
        return block >= BLOCK_SAID or just_wide
    return just_wide and rate_bpm < SINUS_MOST_BPM and sinus >= SINUS_LIKELY


def _uneven(pulse: Pulse) -> bool:
    """Return whether intervals change as they do where atria fibrillate, even at a rate that hides most of it."""
    if pulse.rr_s.size <= TOGETHER:
        return False
    rr = pulse.rr_s / float(np.median(pulse.rr_s))
    four = np.convolve(rr, np.ones(TOGETHER), "valid")
    steps, away = np.abs(np.diff(rr)), np.abs(four - np.median(four))
    return bool(np.quantile(steps, 0.75) >= UNEVEN and np.quantile(away, 0.75) >= UNEVEN_TOGETHER)


def _dissociated(p: PWaves) -> bool:
    """Return whether P waves walk through the complexes: there are many, and they keep no distance."""
    known = p.known_s
    if known.size < 4 or known.size < 0.4 * p.pr_s.size:
        return False
    return float(np.subtract(*np.quantile(known, (0.9, 0.1)))) > 0.12
