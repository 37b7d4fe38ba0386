"""Kinds and shapes of beats: ectopic beats put into simulated rhythms, invariants, and MIT-BIH."""

import numpy as np
import pytest

from cardio_desktop.analysis.beat_types import type_beats, without_early
from cardio_desktop.analysis.beats import detect_beats, search_beats
from cardio_desktop.analysis.scoring import match_beats
from cardio_desktop.core.findings import Beat
from cardio_desktop.core.leads import LEADS12

RATE_HZ = 250.0
PEAK = 0.3


def bell(times_s, at_s, width_s):
    return np.exp(-0.5 * ((times_s - at_s) / width_s) ** 2)


def trace(kinds: str, gains, rr_s=0.8, scale=1.0):
    """Twelve leads (gains of each) of narrow beats N, early narrow ones S and early broad ones V; and their times."""
    beats, now = [], 1.0
    for k, kind in enumerate(kinds):
        before = kinds[k - 1] if k else "N"
        now += {"N": 1.4 * rr_s if before == "V" else rr_s, "S": 0.7 * rr_s, "V": 0.6 * rr_s}[kind]
        beats.append(now)
    times_s = np.arange(0.0, now + 1.0, 1.0 / RATE_HZ)
    leads = {}
    for name, (usual, other) in gains.items():
        mv = np.zeros(times_s.size)
        for at_s, kind in zip(beats, kinds, strict=True):
            if kind == "V":
                mv += other * (1.6 * bell(times_s, at_s, 0.035) - 0.7 * bell(times_s, at_s + 0.25, 0.06))
            else:
                mv += 0.12 * bell(times_s, at_s - 0.16, 0.02) + 0.25 * usual * bell(times_s, at_s + 0.28, 0.05)
                mv += usual * (bell(times_s, at_s, 0.010) - 0.2 * bell(times_s, at_s + 0.025, 0.010))
        leads[name] = scale * mv
    return leads, np.array(beats)


GAINS = {name: (1.0 - 0.15 * k, (0.5 + 0.03 * k) * (-1) ** k) for k, name in enumerate(LEADS12)}
RHYTHM = "NNNNVNNNNSNNNNNVVNNNN"
NAMES = {"N": "normal", "S": "supraventricular", "V": "ventricular"}


def kinds(record) -> list[str]:
    return [beat.kind for beat in type_beats(record, detect_beats(record))]


@pytest.mark.parametrize("names", [LEADS12, ("II",), ("II", "V1")], ids=["twelve", "one", "two"])
def test_ectopic_beats_are_told_by_time_and_shape(names, record_of):
    leads, _ = trace(RHYTHM, {name: GAINS[name] for name in names})
    assert kinds(record_of(leads, RATE_HZ)) == [NAMES[kind] for kind in RHYTHM]


def test_polarity_gain_and_rate_do_not_change_the_kind(record_of):
    truth = [NAMES[kind] for kind in RHYTHM]
    leads, _ = trace(RHYTHM, GAINS)
    assert kinds(record_of({name: -mv for name, mv in leads.items()}, RATE_HZ)) == truth
    assert kinds(record_of({name: 0.3 * mv for name, mv in leads.items()}, RATE_HZ)) == truth
    slow = {
        name: np.interp(np.arange(0, mv.size / RATE_HZ, 0.01), np.arange(mv.size) / RATE_HZ, mv)
        for name, mv in leads.items()
    }
    assert kinds(record_of(slow, 100.0)) == truth


def test_in_bigeminy_the_broad_early_beat_is_the_ventricular_one(record_of):
    rhythm = "NV" * 8 + "N"
    leads, _ = trace(rhythm, GAINS)
    assert kinds(record_of(leads, RATE_HZ)) == [NAMES[kind] for kind in rhythm]


def test_shapes_are_numbered_from_the_commonest(record_of):
    leads, _ = trace(RHYTHM, GAINS)
    record = record_of(leads, RATE_HZ)
    typed = type_beats(record, detect_beats(record))
    shapes = [beat.shape for beat in typed if beat.kind == "normal"]
    assert shapes.count(0) >= 0.8 * len(shapes)
    assert 0 not in {beat.shape for beat in typed if beat.kind == "ventricular"}


def test_a_broad_rhythm_without_early_beats_is_not_ventricular(record_of):
    leads, _ = trace("N" * 20, {name: (other, 0.0) for name, (_, other) in GAINS.items()})
    broad = {name: np.convolve(mv, np.hanning(30) / 15, "same") for name, mv in leads.items()}
    assert set(kinds(record_of(broad, RATE_HZ))) == {"normal"}


def test_irregular_narrow_beats_are_hardly_called_early(record_of):
    rng = np.random.default_rng(4)
    times_s = np.arange(0.0, 40.0, 1.0 / RATE_HZ)
    at = np.cumsum(rng.uniform(0.45, 1.1, 48))
    mv = sum(bell(times_s, t, 0.010) for t in at[at < 39.0])
    found = kinds(record_of({"II": mv, "V1": -mv}, RATE_HZ))
    assert set(found) <= {"normal", "supraventricular"}
    assert found.count("supraventricular") <= 0.1 * len(found)


@pytest.mark.parametrize("depth", [0.15, 0.25])
def test_breathing_makes_no_early_beats(record_of, depth):
    rr_s = 0.9 * (1 + depth * np.sin(2 * np.pi * np.arange(40) / 7))
    at = 0.6 + np.cumsum(rr_s)
    times_s = np.arange(0.0, at[-1] + 1.0, 1.0 / RATE_HZ)
    mv = sum(bell(times_s, t, 0.010) for t in at)
    assert set(kinds(record_of({"II": mv, "V1": -mv}, RATE_HZ))) == {"normal"}


def test_many_early_beats_do_not_hide_themselves(record_of):
    rhythm = "NNNSNNSNNNSNSNNSNNNSNN"
    leads, _ = trace(rhythm, GAINS)
    assert kinds(record_of(leads, RATE_HZ)) == [NAMES[kind] for kind in rhythm]


def test_no_beat_is_early_where_atria_fibrillate():
    beats = [Beat(1.0, "supraventricular", shape=2), Beat(2.0, "ventricular"), Beat(3.0)]
    assert without_early(beats) == (Beat(1.0, "normal", shape=2), *beats[1:])
    assert without_early(beats, [(2.0, 4.0)]) == tuple(beats)
    assert without_early(beats, [(0.0, 1.5)]) == without_early(beats)


def test_two_beats_are_not_compared_and_none_give_none(record_of):
    leads, _ = trace("NN", GAINS)
    record = record_of(leads, RATE_HZ)
    assert {beat.kind for beat in type_beats(record, detect_beats(record))} == {"unknown"}
    assert type_beats(record, ()) == ()


def test_beats_known_as_paced_stay_so(record_of):
    leads, at = trace("NNNNN", GAINS)
    typed = type_beats(record_of(leads, RATE_HZ), [Beat(t) for t in at], paced=np.array([1, 1, 0, 0, 0], dtype=bool))
    assert [beat.kind for beat in typed] == ["paced", "paced", "normal", "normal", "normal"]


def test_flutter_has_no_beats_and_tremor_in_one_lead_takes_none(record_of):
    leads, at = trace("N" * 14, {"II": GAINS["II"], "V1": GAINS["V1"], "V5": GAINS["V5"]})
    waves = 0.5 * np.sin(2 * np.pi * 4.0 * np.arange(leads["II"].size) / RATE_HZ)
    here = (np.arange(waves.size) / RATE_HZ > 4.3) & (np.arange(waves.size) / RATE_HZ < 9.0)
    search = search_beats(record_of({name: np.where(here, waves, mv) for name, mv in leads.items()}, RATE_HZ))
    ((low_s, high_s),) = search.flutter_s
    assert abs(low_s - 4.3) < 1.5
    assert abs(high_s - 9.0) < 1.5
    assert not [b for b in search.beats if low_s <= b.time_s <= high_s]
    trembling = search_beats(record_of(leads | {"V1": leads["V1"] + waves}, RATE_HZ))
    assert trembling.flutter_s == ()
    assert len(trembling.beats) == len(at)


def test_ventricular_beats_of_mit_bih(shared, record_of):
    import wfdb

    found = missed = invented = 0
    for number in (106, 119):
        path = str(shared / "mitdb" / str(number))
        signals, header = wfdb.rdsamp(path)
        marks = wfdb.rdann(path, "atr")
        beats = [
            (s / header["fs"], y) for s, y in zip(marks.sample, marks.symbol, strict=True) if y in "NV" and s < 216_000
        ]
        record = record_of({n: signals[:216_000, k] for k, n in enumerate(header["sig_name"])}, header["fs"])
        typed = type_beats(record, detect_beats(record))
        pairs = match_beats([t for t, _ in beats], [b.time_s for b in typed])
        for i, j in pairs:
            said, true = typed[j].kind == "ventricular", beats[i][1] == "V"
            found, missed, invented = (
                found + (said and true),
                missed + (true and not said),
                invented + (said and not true),
            )
    assert found / (found + missed) >= 0.97
    assert found / (found + invented) >= 0.95


def test_supraventricular_beats_of_mit_bih(shared, record_of):
    import wfdb

    found = called = marked = 0
    for number in (207, 223):
        path = str(shared / "mitdb" / str(number))
        signals, header = wfdb.rdsamp(path)
        marks = wfdb.rdann(path, "atr")
        theirs = [(s / header["fs"], m) for s, m in zip(marks.sample, marks.symbol, strict=True) if m in "NLRVAaJSEFe"]
        record = record_of({"II": signals[:, 0], "V1": signals[:, 1]}, float(header["fs"]))
        beats = type_beats(record, detect_beats(record))
        pairs = match_beats([t for t, _ in theirs], [beat.time_s for beat in beats])
        early = {j for j, beat in enumerate(beats) if beat.kind == "supraventricular"}
        found += sum(theirs[i][1] in "AaJS" and j in early for i, j in pairs)
        called += len(early)
        marked += sum(m in "AaJS" for _, m in theirs)
    assert found / marked > 0.75
    assert found / called > 0.75
