"""Which wave belongs to which beat."""

import pytest

from cardio_desktop.core.beat_waves import assigned
from cardio_desktop.core.findings import Wave


def wave(name: str, onset_s: float, length_s: float) -> Wave:
    return Wave("global", name, onset_s, None, onset_s + length_s)


def beats(rr_s: float, pr_s: float, count: int = 8) -> tuple[list[float], list[Wave], list[Wave], list[Wave]]:
    onsets = [1.0 + k * rr_s for k in range(count)]
    p = [wave("P", onset - pr_s, 0.1) for onset in onsets]
    return (
        [on + 0.04 for on in onsets],
        p,
        [wave("QRS", on, 0.09) for on in onsets],
        [wave("T", on + 0.25, 0.15) for on in onsets],
    )


SWEEP = [(rr_s, pr_s) for rr_s in (0.6, 0.75, 1.0, 1.5) for pr_s in (0.10, 0.16, 0.22, 0.30, 0.40, 0.50, 0.60)]


@pytest.mark.parametrize(("rr_s", "pr_s"), [(rr_s, pr_s) for rr_s, pr_s in SWEEP if pr_s <= rr_s - 0.1])
def test_a_p_wave_belongs_to_the_next_beat_whatever_rate_and_pr(rr_s, pr_s):
    own = assigned(*beats(rr_s, pr_s))
    assert [w.pr_s for w in own[1:]] == pytest.approx([pr_s] * 7)
    assert all(w.t is not None and w.qrs is not None for w in own)
    assert [w.beat for w in own] == list(range(8))


def test_one_far_wave_is_no_beats_p():
    times, p, qrs, t = beats(1.2, 0.16)
    p[4] = wave("P", qrs[4].onset_s - 0.55, 0.1)
    own = assigned(times, p, qrs, t)
    assert own[4].p is None
    assert sum(w.p is not None for w in own) == 7


def test_of_two_waves_the_later_is_the_beats_own():
    times, p, qrs, t = beats(1.4, 0.18)
    blocked = [wave("P", w.onset_s - 0.70, 0.1) for w in qrs]
    own = assigned(times, sorted([*p, *blocked], key=lambda w: w.onset_s), qrs, t)
    assert [w.pr_s for w in own] == pytest.approx([0.18] * 8)


def test_a_wave_that_ends_within_the_complex_or_begins_just_before_it_is_none():
    times, _, qrs, t = beats(1.0, 0.16)
    assert all(w.p is None for w in assigned(times, [wave("P", w.onset_s - 0.03, 0.1) for w in qrs], qrs, t))
    assert all(w.p is None for w in assigned(times, [wave("P", w.onset_s - 0.08, 0.12) for w in qrs], qrs, t))


def test_the_previous_complex_hides_what_lies_before_it():
    times, p, qrs, t = beats(0.4, 0.30)
    assert sum(w.p is not None for w in assigned(times, p, qrs, t)) == 8
    times, p, qrs, t = beats(0.4, 0.50)
    assert not any(w.p is not None and w.complex.onset_s - w.p.onset_s > 0.4 for w in assigned(times, p, qrs, t)[1:])


def test_a_late_second_hump_is_no_t_wave():
    times, p, qrs, _ = beats(1.4, 0.16)
    own = assigned(times, p, qrs, [wave("T", w.offset_s + 0.6, 0.1) for w in qrs])
    assert all(w.t is None for w in own)
