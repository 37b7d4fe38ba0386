"""Rhythms whose truth is known: what atria, node and ventricles do is written down, then drawn as heart vectors.

A script says when each P wave and each QRS complex begins, of which shape the complex is, and what beats on without a
pause (flutter and fibrillation). `simulate_rhythm` draws it on the torso of `simulate`, with the same noise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.beat_kinds import BeatKind
from cardio_desktop.core.events import Event
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.record import Record
from cardio_desktop.simulate.heart import HEARTS, Heart, Lobe, Vector, deflections, drawn, injured
from cardio_desktop.simulate.noise import QUIET, Noise, electrode_noise
from cardio_desktop.simulate.record import record_of
from cardio_desktop.simulate.torso import electrode_matrix, leads_from_electrodes

Floats = NDArray[np.float64]
Generator = np.random.Generator


@dataclass(frozen=True)
class Stroke:
    """One ventricular beat: when its QRS begins, the heart that draws it, what kind it is, the RR before it."""

    onset_s: float
    heart: Heart
    kind: BeatKind = BeatKind.NORMAL
    rr_s: float = 0.8


@dataclass
class Script:
    """What happens in a record of `duration_s`."""

    duration_s: float
    p_s: list[float] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    spikes_s: list[float] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    flutter_hz: float = 0.0
    flutter_mv: float = 0.16
    fibrillation_mv: float = 0.0
    chaos_s: tuple[float, float] | None = None
    """From when to when the ventricles fibrillate."""


@dataclass(frozen=True, eq=False)
class RhythmTruth:
    """A simulated record with its beats (typed, as the largest vector of each QRS), P onsets, events and spikes."""

    record: Record
    beats: tuple[Beat, ...]
    p_s: tuple[float, ...]
    events: tuple[Event, ...]
    spikes_s: tuple[float, ...]


def _wide(main: Vector, late: Vector, t: Vector, qrs_s: float) -> Heart:
    """Return a ventricle that is activated from within its muscle: slowly, from one side, T the other way."""
    first = (0.35 * main[0], 0.35 * main[1], 0.35 * main[2])
    lobes = (
        Lobe(first, 0.00, 0.18, 0.42),
        Lobe(main, 0.08, 0.40, 0.74),
        Lobe(late, 0.40, 0.70, 1.00),
    )
    return replace(HEARTS["normal"], qrs=lobes, t=(Lobe(t, 0.0, 0.6, 1.0),), qrs_s=qrs_s, qtc_s=0.44, t_s=0.27)


WIDE: tuple[Heart, ...] = (
    _wide((-0.8, 1.3, 0.3), (-0.4, 0.8, -0.5), (0.3, -0.4, -0.1), 0.150),  # outflow tract: inferior axis
    _wide((-0.7, -1.2, 0.9), (-0.5, -0.5, 0.4), (0.3, 0.4, -0.3), 0.165),  # apex: superior axis, right bundle pattern
    _wide((1.2, -0.9, -0.7), (0.9, -0.6, -0.8), (-0.4, 0.3, 0.3), 0.155),  # right ventricle: left bundle pattern
)
PACED = _wide((1.0, -1.1, -0.9), (0.8, -0.7, -0.7), (-0.4, 0.35, 0.35), 0.160)


def _steady(start_s: float, end_s: float, rr_s: float, jitter: float, rng: Generator) -> Floats:
    """Return onsets from `start_s` to `end_s`, each interval changed by chance within a share of it."""
    count = int((end_s - start_s) / rr_s) + 4
    steps = rr_s * (1.0 + jitter * rng.uniform(-1.0, 1.0, count))
    onsets = start_s + np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(onsets[onsets < end_s])


def _beats(onsets_s: Floats, heart: Heart, kind: BeatKind = BeatKind.NORMAL) -> list[Stroke]:
    rr_s = np.diff(onsets_s, prepend=onsets_s[0] - 60.0 / heart.rate_bpm) if onsets_s.size else onsets_s
    return [Stroke(float(t), heart, kind, float(rr)) for t, rr in zip(onsets_s, rr_s, strict=True)]


def _sinus(script: Script, heart: Heart, start_s: float, end_s: float, rng: Generator, jitter: float = 0.03) -> Floats:
    """Add conducted sinus beats; return their QRS onsets."""
    onsets = _steady(start_s, end_s, 60.0 / heart.rate_bpm, jitter, rng)
    script.strokes += _beats(onsets, heart)
    script.p_s += [float(t) - heart.pr_s for t in onsets]
    return onsets


def tachycardia(
    duration_s: float, rng: Generator, *, rate_bpm: float = 180.0, shape: int = 0, start_s: float = 0.0,
    beats: int | None = None, sinus_bpm: float = 80.0,
) -> Script:  # fmt: skip
    """Ventricular tachycardia from `start_s`, for ever or for some `beats`; the sinus node goes on regardless."""
    made = Script(duration_s)
    heart = replace(HEARTS["normal"], rate_bpm=sinus_bpm)
    rr_s = 60.0 / rate_bpm
    stop_s = duration_s + 1.0 if beats is None else start_s + (beats - 0.5) * rr_s
    run = _steady(start_s - (0.3 * rr_s if start_s == 0.0 else 0.0), stop_s, rr_s, 0.015, rng)
    if start_s > 0.0:
        onsets = _sinus(made, heart, 0.3, start_s - 0.6 * rr_s, rng)
        run = run - run[0] + onsets[-1] + min(1.1 * rr_s, 0.5)
    made.strokes += _beats(run, WIDE[shape % len(WIDE)], BeatKind.VENTRICULAR)
    if beats is not None:
        _sinus(made, heart, float(run[-1]) + 1.2 * 60.0 / sinus_bpm, duration_s + 1.0, rng)
    made.p_s += [t for t in _steady(run[0] + 0.13, run[-1], 60.0 / sinus_bpm, 0.02, rng) if t > run[0]]
    code = "VT" if rate_bpm > 100.0 else "VE_RUN"
    low, high = max(float(run[0]), 0.0), min(float(run[-1]) + 0.1, duration_s)
    made.events.append(Event(code, low, high, values={"rate_bpm": rate_bpm}))
    return made


def fibrillating_ventricles(duration_s: float, rng: Generator, *, start_s: float = 3.0) -> Script:
    """Sinus rhythm that ends in ventricular fibrillation."""
    made = Script(duration_s)
    if start_s > 0.0:
        _sinus(made, HEARTS["normal"], 0.3, start_s - 0.2, rng)
    made.chaos_s = (start_s, duration_s)
    made.events.append(Event("VF", start_s, duration_s))
    return made


def flutter(
    duration_s: float, rng: Generator, *, atrial_bpm: float = 290.0, conduction: tuple[int, ...] = (2,),
    heart: str = "normal", mv: float = 0.16,
) -> Script:  # fmt: skip
    """Atrial flutter with saw-tooth waves; each number of `conduction` is how many waves one beat takes, by turns."""
    made = Script(duration_s, flutter_hz=atrial_bpm / 60.0, flutter_mv=mv)
    own = HEARTS[heart]
    rr_s, onsets, k = 60.0 / atrial_bpm, [0.25], 0
    while onsets[-1] < duration_s + 1.0:
        waves = conduction[k % len(conduction)] if len(conduction) < 4 else int(rng.choice(conduction))
        onsets.append(onsets[-1] + waves * rr_s * (1.0 + 0.008 * float(rng.normal())))
        k += 1
    made.strokes += _beats(np.array(onsets), own)
    made.events.append(Event("AFL", 0.0, duration_s, values={"atrial_bpm": atrial_bpm}))
    return made


def fibrillation(duration_s: float, rng: Generator, *, rate_bpm: float = 90.0, mv: float = 0.05) -> Script:
    """Atrial fibrillation."""
    made = Script(duration_s, fibrillation_mv=mv)
    rr_s = 60.0 / rate_bpm
    steps = np.clip(rr_s * (1.0 + 0.24 * rng.normal(size=int(duration_s / rr_s) + 12)), 0.32, 2.2 * rr_s)
    made.strokes += _beats(0.2 + np.cumsum(steps) - steps[0], HEARTS["normal"])
    made.events.append(Event("AF", 0.0, duration_s))
    return made


def first_degree(duration_s: float, rng: Generator, *, pr_s: float = 0.26, rate_bpm: float = 70.0) -> Script:
    """First-degree AV block."""
    made = Script(duration_s)
    _sinus(made, replace(HEARTS["normal"], pr_s=pr_s, rate_bpm=rate_bpm), 0.4, duration_s + 1.0, rng)
    return made


def wenckebach(duration_s: float, rng: Generator, *, rate_bpm: float = 78.0, waves: int = 4) -> Script:
    """Second-degree block of the first type: PR grows until one of `waves` P waves is not conducted."""
    made = Script(duration_s)
    heart = HEARTS["normal"]
    onsets = []
    for k, t in enumerate(_steady(0.1, duration_s + 1.0, 60.0 / rate_bpm, 0.01, rng)):
        made.p_s.append(float(t))
        step = k % waves
        if step < waves - 1:
            onsets.append(float(t) + 0.17 + (0.0, 0.09, 0.14, 0.17, 0.19)[min(step, 4)])
    made.strokes += _beats(np.array(onsets), heart)
    made.events.append(Event("AVB2", 0.0, duration_s, values={"atrial_bpm": rate_bpm}))
    return made


def two_to_one(duration_s: float, rng: Generator, *, rate_bpm: float = 84.0, pr_s: float = 0.17) -> Script:
    """Second-degree block in which every other P wave is not conducted."""
    made = Script(duration_s)
    p = _steady(0.1, duration_s + 1.0, 60.0 / rate_bpm, 0.01, rng)
    made.p_s += [float(t) for t in p]
    made.strokes += _beats(p[::2] + pr_s, replace(HEARTS["normal"], rate_bpm=rate_bpm / 2))
    made.events.append(Event("AVB2", 0.0, duration_s, values={"atrial_bpm": rate_bpm}))
    return made


def complete_block(
    duration_s: float, rng: Generator, *, atrial_bpm: float = 82.0, rate_bpm: float = 38.0, wide: bool = True
) -> Script:
    """Third-degree block: the atria and an escape rhythm, each for itself."""
    made = Script(duration_s)
    made.p_s += [float(t) for t in _steady(0.15, duration_s + 1.0, 60.0 / atrial_bpm, 0.02, rng)]
    heart = replace(HEARTS["lbbb"] if wide else HEARTS["normal"], rate_bpm=rate_bpm)
    kind = BeatKind.VENTRICULAR if wide else BeatKind.NORMAL  # a narrow escape comes from the junction
    made.strokes += _beats(_steady(0.5, duration_s + 2.0, 60.0 / rate_bpm, 0.01, rng), heart, kind)
    made.events.append(Event("AVB3", 0.0, duration_s, values={"atrial_bpm": atrial_bpm, "rate_bpm": rate_bpm}))
    return made


def pause(
    duration_s: float, rng: Generator, *, length_s: float = 3.0, at_s: float = 4.0, rate_bpm: float = 70.0
) -> Script:
    """Sinus arrest of `length_s` from one beat to the next."""
    made = Script(duration_s)
    heart = replace(HEARTS["normal"], rate_bpm=rate_bpm)
    before = _sinus(made, heart, 0.4, at_s, rng)
    last_s = float(before[-1])
    _sinus(made, heart, last_s + length_s, duration_s + 1.0, rng)
    code = "ASYSTOLE" if length_s >= 6.0 else "PAUSE"
    if length_s >= 2.0:
        made.events.append(Event(code, last_s, min(last_s + length_s, duration_s), values={"length_s": length_s}))
    return made


def paced(
    duration_s: float, rng: Generator, *, rate_bpm: float = 70.0, atrial: bool = False, failing: int = 0
) -> Script:
    """Pacing of the right ventricle, of whose spikes every one in `failing` does not capture (0: all do)."""
    made = Script(duration_s)
    heart = replace(PACED, rate_bpm=rate_bpm)
    spikes = _steady(0.35, duration_s + 1.0, 60.0 / rate_bpm, 0.0, rng)
    caught = np.array([not failing or (k + 1) % failing != 0 for k in range(spikes.size)])
    made.spikes_s += [float(t) for t in spikes]
    made.strokes += _beats(spikes[caught] + 0.006, heart, BeatKind.PACED)
    if atrial:
        made.spikes_s += [float(t) - 0.18 for t in spikes]
        made.p_s += [float(t) - 0.15 for t in spikes]
    made.events += [Event("PACE_FAIL", float(t), float(t)) for t in spikes[~caught] if t < duration_s]
    return made


def ectopy(
    duration_s: float, rng: Generator, *, pattern: str = "NNNNV", rate_bpm: float = 72.0, shape: int = 0,
    early: float = 0.62,
) -> Script:  # fmt: skip
    """Sinus rhythm with ectopic beats by turns as `pattern` has them: N, V (with a full pause after it) or S."""
    made = Script(duration_s)
    heart, rr_s = replace(HEARTS["normal"], rate_bpm=rate_bpm), 60.0 / rate_bpm
    now, k, before = 0.45, 0, "N"
    while now < duration_s + 1.0:
        kind = pattern[k % len(pattern)]
        swing = rr_s * (1.0 + 0.015 * float(rng.uniform(-1.0, 1.0)))
        step = swing * (early if kind in "VS" else (2.0 - early) if before == "V" else 1.0)
        now += step if made.strokes else 0.0
        name = {"N": BeatKind.NORMAL, "V": BeatKind.VENTRICULAR, "S": BeatKind.SUPRAVENTRICULAR}[kind]
        made.strokes.append(Stroke(now, WIDE[shape % len(WIDE)] if kind == "V" else heart, name, step))
        if kind != "V":
            made.p_s.append(now - heart.pr_s + (0.02 if kind == "S" else 0.0))
        before, k = kind, k + 1
    return made


def supraventricular(duration_s: float, rng: Generator, *, rate_bpm: float = 180.0, heart: str = "normal") -> Script:
    """Supraventricular tachycardia whose P waves lie within the complexes."""
    made = Script(duration_s)
    own = replace(HEARTS[heart], rate_bpm=rate_bpm)
    made.strokes += _beats(_steady(0.1, duration_s + 1.0, 60.0 / rate_bpm, 0.004, rng), own)
    made.events.append(Event("SVT", 0.0, duration_s, values={"rate_bpm": rate_bpm}))
    return made


def junctional(duration_s: float, rng: Generator, *, rate_bpm: float = 48.0) -> Script:
    """Junctional rhythm: narrow, regular, no P wave before it."""
    made = Script(duration_s)
    heart = replace(HEARTS["normal"], rate_bpm=rate_bpm)
    made.strokes += _beats(_steady(0.3, duration_s + 1.0, 60.0 / rate_bpm, 0.01, rng), heart)
    return made


def sinus(
    duration_s: float, rng: Generator, *, rate_bpm: float = 72.0, heart: str = "normal", pr_s: float | None = None
) -> Script:
    """Sinus rhythm of any kind of heart, as with bundle branch block at 130 per minute."""
    made = Script(duration_s)
    own = HEARTS[heart]
    own = replace(own, rate_bpm=rate_bpm, pr_s=own.pr_s if pr_s is None else pr_s)
    _sinus(made, own, 0.4, duration_s + 1.0, rng)
    return made


def injury(
    duration_s: float, rng: Generator, *, start_s: float = 20.0, end_s: float = 50.0, scale: float = 1.6,
    rate_bpm: float = 75.0,
) -> Script:  # fmt: skip
    """Sinus rhythm in which an injury current of the front wall comes and goes."""
    made = Script(duration_s)
    heart = replace(HEARTS["normal"], rate_bpm=rate_bpm)
    onsets = _sinus(made, heart, 0.4, duration_s + 1.0, rng)
    x, y, z = HEARTS["anterior-mi"].st
    hurt = replace(heart, st=(scale * x, scale * y, scale * z))
    made.strokes = [
        replace(stroke, heart=hurt) if start_s <= stroke.onset_s < end_s else stroke for stroke in made.strokes
    ]
    inside = onsets[(onsets >= start_s) & (onsets < end_s)]
    made.events.append(Event("ST_UP", float(inside[0]), float(inside[-1])))
    return made


def recovery(
    duration_s: float, rng: Generator, *, start_s: float = 20.0, end_s: float = 50.0, scale: float = -0.9,
    alternating: bool = False, heart: str = "normal", rate_bpm: float = 75.0,
) -> Script:  # fmt: skip
    """Sinus rhythm whose T wave is `scale` times the usual one for a while, or every second one of that while."""
    made = Script(duration_s)
    own = replace(HEARTS[heart], rate_bpm=rate_bpm)
    onsets = _sinus(made, own, 0.4, duration_s + 1.0, rng, 0.01)
    lobes = tuple(
        replace(lobe, vector=(scale * lobe.vector[0], scale * lobe.vector[1], scale * lobe.vector[2])) for lobe in own.t
    )
    changed = [
        start_s <= stroke.onset_s < end_s and (not alternating or k % 2 == 0) for k, stroke in enumerate(made.strokes)
    ]
    made.strokes = [
        replace(stroke, heart=replace(own, t=lobes)) if yes else stroke
        for stroke, yes in zip(made.strokes, changed, strict=True)
    ]
    inside = onsets[(onsets >= start_s) & (onsets < end_s)]
    if inside.size:
        code = "T_ALT" if alternating else "T_INV" if scale < 0.0 else "T_FLAT" if scale < 0.5 else "T_UP"
        made.events.append(Event(code, float(inside[0]), float(inside[-1])))
    return made


RHYTHMS: Mapping[str, Callable[..., Script]] = {
    "vt": tachycardia,
    "vf": fibrillating_ventricles,
    "flutter": flutter,
    "af": fibrillation,
    "avb1": first_degree,
    "wenckebach": wenckebach,
    "avb2": two_to_one,
    "avb3": complete_block,
    "pause": pause,
    "paced": paced,
    "ectopy": ectopy,
    "svt": supraventricular,
    "junctional": junctional,
    "sinus": sinus,
    "st": injury,
    "t": recovery,
}


def simulate_rhythm(
    kind: str,
    *,
    rate_hz: float = 500.0,
    duration_s: float = 10.0,
    seed: int = 1,
    noise: Noise = QUIET,
    **options: object,
) -> RhythmTruth:
    """Simulate one of `RHYTHMS`; `options` are those of its function. Raises ValueError for an unknown kind."""
    if kind not in RHYTHMS:
        raise ValueError(f"no simulated rhythm of kind {kind!r}: choose one of {', '.join(RHYTHMS)}")
    rng = np.random.default_rng([seed, list(RHYTHMS).index(kind), 77])
    script = RHYTHMS[kind](duration_s, rng, **options)
    times_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    vector, beats = _drawn(script, times_s, rng)
    potentials = electrode_matrix() @ vector + electrode_noise(noise, times_s, rng)
    if script.chaos_s is not None:
        beats = [beat for beat in beats if not script.chaos_s[0] <= beat.time_s < script.chaos_s[1]]
    inside = tuple(beat for beat in beats if 0.0 <= beat.time_s < duration_s)
    return RhythmTruth(
        record_of(f"rhythm-{kind}", rate_hz, leads_from_electrodes(potentials)),
        inside,
        tuple(sorted(t for t in script.p_s if 0.0 <= t < duration_s)),
        tuple(script.events),
        tuple(sorted(t for t in script.spikes_s if 0.0 <= t < duration_s)),
    )


SPIKE: Vector = (0.9, 1.6, -0.8)
SPIKE_HZ = 250.0
"""Recorders below this rate filter a spike of half a millisecond away."""


def _drawn(script: Script, times_s: Floats, rng: Generator) -> tuple[Floats, list[Beat]]:
    """Return the heart vector (xyz, time) and the beats, ascending."""
    vector = np.zeros((3, times_s.size))
    beats = []
    for stroke in script.strokes:
        _, qrs, t = deflections(stroke.heart, stroke.onset_s, min(stroke.rr_s, 1.4))
        for lobes, wave in ((stroke.heart.qrs, qrs), (stroke.heart.t, t), *injured(stroke.heart, qrs, t)):
            drawn(vector, times_s, lobes, wave)
        beats.append(Beat(qrs.peak_s, stroke.kind))
    atria = HEARTS["normal"]
    for onset_s in script.p_s:
        p, _, _ = deflections(atria, onset_s + atria.pr_s, 0.8)
        drawn(vector, times_s, atria.p, p)
    if script.flutter_hz:
        # Down slowly and up fast where it is seen from the feet; upright from the front right.
        phase = 2.0 * np.pi * script.flutter_hz * times_s + float(rng.uniform(0.0, 6.28))
        saw = np.sin(phase) + 0.42 * np.sin(2.0 * phase + 0.5) + 0.18 * np.sin(3.0 * phase + 1.0)
        vector += script.flutter_mv * np.outer((-0.15, -0.9, 0.45), saw)
    if script.fibrillation_mv:
        vector += script.fibrillation_mv * _band(times_s, (4.5, 8.5), rng)
    if script.chaos_s is not None:
        inside = (times_s >= script.chaos_s[0]) & (times_s < script.chaos_s[1])
        vector += 0.55 * _band(times_s, (4.0, 6.5), rng) * inside
    rate_hz = 1.0 / (times_s[1] - times_s[0])
    if rate_hz >= SPIKE_HZ:
        for spike_s in script.spikes_s:
            at = round(spike_s * rate_hz)
            if 1 <= at < times_s.size - 20:
                tail = 0.06 * np.exp(-np.arange(20) / (0.008 * rate_hz))
                vector[:, at] += SPIKE
                vector[:, at + 1 : at + 21] -= np.outer(SPIKE, tail)
    return vector, sorted(beats, key=lambda beat: beat.time_s)


def _band(times_s: Floats, band_hz: tuple[float, float], rng: Generator) -> Floats:
    """Return chance waves (xyz, time) within a band, of unit rms."""
    n, rate_hz = times_s.size, 1.0 / (times_s[1] - times_s[0])
    f = np.fft.rfftfreq(n, 1.0 / rate_hz)
    spectrum = np.fft.rfft(rng.normal(size=(3, n)), axis=1) * ((f >= band_hz[0]) & (f <= band_hz[1]))
    waves = np.fft.irfft(spectrum, n, axis=1)
    return np.asarray(waves / np.maximum(waves.std(axis=1, keepdims=True), 1e-12))
