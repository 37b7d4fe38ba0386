"""Copies of records with known changes, and what the loss makes of evidence that notices them elsewhere."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from cardio_desktop.simulate import simulate
from cardio_desktop.training.config import FitConfig
from cardio_desktop.training.copies import (
    Copies,
    altered,
    beats_of,
    hide,
    kept_cells,
    make_copies,
    steepest,
    waves_changed,
)
from cardio_desktop.training.device import chosen_device
from cardio_desktop.training.loss import Batch, batch_loss
from cardio_desktop.training.network import Network, NetworkConfig, SharedDropout

SHAPE = NetworkConfig(heads=7, widths=(4, 6, 8, 8), gate_width=4)


@pytest.fixture(scope="module")
def records():
    kinds = ("normal", "anterior-mi", "lbbb", "normal")
    signals = [simulate(kind, rate_hz=100.0, seed=k).clean_mv[:, :400] for k, kind in enumerate(kinds)]
    return np.stack(signals).astype(np.float32)


@pytest.fixture
def network():
    torch.manual_seed(0)
    made = Network(SHAPE).eval()
    made.weight.data.mul_(30)  # as large as after some training
    return made


def test_hidden_cells_are_whole_leads_or_short_runs():
    keep = kept_cells(400, 50, np.random.default_rng(0))
    leads, cells = keep[::2], keep[1::2]
    whole = leads.any(axis=2) == leads.all(axis=2)
    assert whole.all()
    assert set((12 - leads.any(axis=2).sum(axis=1)).tolist()) == {1, 2, 3, 6}
    assert 0.1 < 1 - cells.mean() < 0.4
    assert cells.any(axis=2).all()  # no lead goes as a whole


def test_short_runs_are_mostly_single_cells_and_pairs():
    cells = kept_cells(400, 50, np.random.default_rng(0), longest=2)[1::2]
    gone = np.pad(~cells, ((0, 0), (0, 0), (1, 1))).reshape(-1, 52).astype(int)
    lengths = np.concatenate([np.flatnonzero(np.diff(row) < 0) - np.flatnonzero(np.diff(row) > 0) for row in gone])
    assert np.mean(lengths <= 2) > 0.8  # the others are runs that met
    assert 0.05 < gone.mean() < 0.25


def test_hiding_flattens_exactly_the_cells_asked_for():
    x = torch.randn(2, 12, 40) + 0.5
    keep = torch.ones(2, 12, 5)
    keep[0, 3] = 0
    keep[1, 7, 2] = 0
    hidden = hide(x, keep, 8)
    assert not hidden[0, 3].any()
    median = x[1, 7].median()
    torch.testing.assert_close(hidden[1, 7, 16:24], median.expand(8))
    untouched = keep.repeat_interleave(8, 2).bool()
    torch.testing.assert_close(hidden[untouched], x[untouched])


def test_the_steepest_sample_lies_in_a_qrs(records):
    rng = np.random.default_rng(1)
    slope = np.abs(np.diff(records, axis=2)).sum(axis=1)
    for _ in range(5):
        found = steepest(records, rng)
        assert (slope[np.arange(4), found] > 5 * np.median(slope, axis=1)).all()


def test_altered_stretches_are_where_they_say_and_nowhere_else(records):
    rng = np.random.default_rng(2)
    seen = np.zeros(4)
    for _ in range(20):
        changed, touched = altered(records, rng)
        assert np.array_equal(changed[~touched], records[~touched])
        seen += touched.any(axis=(1, 2))
        # No step of more than the record's own steepest, give or take a bump with edges.
        assert np.abs(np.diff(changed, axis=2)).max() < np.abs(np.diff(records, axis=2)).max() + 1.5
        assert 0.002 < touched.mean() < 0.2
    assert (seen == 20).all()


def test_copies_come_hidden_first_then_altered(records):
    copies = make_copies(records, 2, 2, 8, np.random.default_rng(3), longest=2)
    assert copies.labelled == 2
    same = (copies.ecg_mv == torch.from_numpy(records)).reshape(4, 12, 50, 8).all(3).float()
    assert (copies.known[:2] == 1).all()
    assert (copies.keep[2:] == 1).all()
    # A cell that may speak as before is the cell of the record, sample by sample.
    assert (same[:2][copies.keep[:2] > 0] == 1).all()
    assert (same[2:][copies.known[2:] > 0] == 1).all()
    assert (copies.known[2:] == 0).any()


def test_a_changed_wave_is_changed_in_every_beat_and_nothing_else_is(records):
    rng = np.random.default_rng(4)
    kinds = np.zeros(2, dtype=int)
    for _ in range(12):
        changed, flat, other = waves_changed(records, rng)
        assert not (flat & other).any()
        assert np.array_equal(changed[~(flat | other)], records[~(flat | other)])
        for record, at, new, before in zip(changed, flat, other, records, strict=True):
            for kind, mask in enumerate((at, new)):
                for lead in np.flatnonzero(mask.any(axis=1)):
                    kinds[kind] += 1
                    runs = np.diff(np.concatenate([[0], mask[lead].astype(int), [0]])).clip(0).sum()
                    assert runs >= len(beats_of(before)) - 2  # beats at the ends may have lost theirs
                    if kind == 0:
                        assert (record[lead, mask[lead]] == np.median(before[lead])).all()
    assert (kinds > 20).all()


def test_every_beat_is_found_once(records):
    for record in records:
        beats = sorted(beats_of(record))
        rest = np.diff(beats)
        assert len(beats) >= 3
        assert rest.min() > 0.7 * np.median(rest)
        assert rest.max() < 1.4 * np.median(rest)


def test_nothing_beats_in_silence():
    assert beats_of(np.zeros((12, 400), dtype=np.float32)) == []
    silence = np.zeros((2, 12, 400), dtype=np.float32)
    changed, flat, other = waves_changed(silence, np.random.default_rng(0))
    assert not changed.any()
    assert not (flat | other).any()


def test_of_a_flat_wave_whole_cells_must_go_and_of_an_exchanged_one_nothing_is_known(records):
    copies = make_copies(records, 0, 0, 8, np.random.default_rng(5), longest=2, waves=4)
    assert copies.labelled == 0
    same = (copies.ecg_mv == torch.from_numpy(records)).reshape(4, 12, 50, 8)
    assert (same.all(3)[(copies.keep > 0) & (copies.known > 0)]).all()
    assert (copies.keep[copies.known == 0] == 1).all()
    gone = copies.ecg_mv.reshape(4, 12, 50, 8)[copies.keep == 0]
    assert (gone == gone[:, :1]).all()


def test_consistency_is_nothing_without_gates_and_something_with_them(network):
    keep = torch.ones(2, 12, 200 // SHAPE.stride)
    keep[:, :5] = 0
    x = 0.3 * torch.randn(4, 12, 200)
    copies = Copies(hide(x[:2], keep, SHAPE.stride), keep, torch.ones_like(keep), 2)
    batch = Batch(x, torch.zeros(4, SHAPE.heads), copies=copies)

    def gap(**weight):
        off = FitConfig(consistency=0.0, locality=0.0)
        return float((batch_loss(network, batch, replace(off, **weight)) - batch_loss(network, batch, off)).detach())

    # Fresh gates are all 1: dropping leads then takes away exactly their evidence.
    assert gap(consistency=1.0) == pytest.approx(0, abs=1e-6)
    assert gap(locality=1.0) == pytest.approx(0, abs=1e-5)
    for block in network.blocks:
        torch.nn.init.normal_(block.gate.squeeze.weight)
        torch.nn.init.normal_(block.gate.excite.weight)
    assert gap(consistency=1.0) > 1e-5
    assert gap(locality=1.0) > 1e-3


def test_locality_sees_a_slip_by_one_bin_that_sums_do_not():
    """Evidence of the next bin's signal: a hidden cell takes its neighbour's evidence, and the sum stays right."""

    class Slipped(Network):
        slip = 1

        def features(self, ecg_mv, copies=0):
            strength = ecg_mv.abs().reshape(*ecg_mv.shape[:2], -1, 8).mean(3)
            return torch.roll(strength, -self.slip, 2)[:, None].expand(-1, self.config.widths[-1], -1, -1)

    network = Slipped(SHAPE)
    keep = torch.ones(4, 12, 25)
    keep[:, 2, 9] = 0
    x = torch.rand(4, 12, 200) + 1
    flat = x * keep.repeat_interleave(8, 2)
    batch = Batch(x, torch.zeros(4, SHAPE.heads), copies=Copies(flat, keep, torch.ones_like(keep), 4))

    def cost(slip, **weight):
        network.slip = slip
        off = FitConfig(consistency=0.0, locality=0.0)
        return float((batch_loss(network, batch, replace(off, **weight)) - batch_loss(network, batch, off)).detach())

    assert cost(0, locality=1.0) == pytest.approx(0, abs=1e-6)
    # The sum differs only by how unlike two cells are, the cells by both of them.
    assert cost(1, locality=1.0) > 3 * cost(1, consistency=1.0)


def test_what_was_altered_may_speak_and_its_label_is_not_believed(network):
    x = 0.3 * torch.randn(2, 12, 200)
    changed = x.clone()
    changed[:, 4, 80:120] += 0.5
    known = torch.ones(2, 12, 25)
    known[:, 4] = 0
    labels = torch.zeros(2, SHAPE.heads)
    free = Batch(x, labels, copies=Copies(changed, torch.ones_like(known), known, 0))
    # Fresh gates: only the lead's own evidence moves, all of it free; and there is no label to miss.
    config = FitConfig(locality=1.0, consistency=1.0)
    held = Batch(x, labels, copies=Copies(changed, torch.ones_like(known), torch.ones_like(known), 0))
    with torch.no_grad():
        alone, with_free, with_held = (float(batch_loss(network, b, config)) for b in (Batch(x, labels), free, held))
    assert with_free == pytest.approx(alone, rel=1e-4)
    assert with_held > with_free + 0.01


def test_dropout_treats_a_copy_like_its_record():
    drop = SharedDropout(0.5)
    torch.manual_seed(1)
    drop.copies = 2
    found = drop(torch.ones(6, 40, 12, 3))
    torch.testing.assert_close(found[4:], found[:2])
    assert not torch.equal(found[2:4], found[:2])
    assert set(found.unique().tolist()) == {0.0, 2.0}
    assert torch.equal(drop.eval()(found), found)


def test_devices_are_found_or_named_in_the_refusal():
    assert chosen_device("cpu").type == "cpu"
    assert chosen_device("auto").type in ("cuda", "mps", "cpu")
    if not torch.cuda.is_available():
        with pytest.raises(SystemExit, match="--device cuda: torch finds no such device"):
            chosen_device("cuda")
