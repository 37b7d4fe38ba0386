"""The validation command: scoring rules on made-up marks, and a real run on a part of LUDB."""

import json

import numpy as np
import pytest

from cardio_desktop.cli import main
from cardio_desktop.core.findings import Wave
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation.validate.boundaries import score_record, summary
from cardio_desktop.io.ludb import FOLDS, LudbRecord, MarkedWave, fold_of, marked_waves, parts_of, read_ludb


def record(**leads: tuple[MarkedWave, ...]) -> LudbRecord:
    waves = {name: leads.get(name, ()) for name in LEADS12}
    return LudbRecord("1", 500.0, np.zeros((12, 5000), dtype=np.float32), waves, {"rhythm": "Sinus rhythm"})


QRS = [MarkedWave("QRS", at - 20, at, at + 20) for at in (1000, 1500, 2000)]


def found(*peaks_s: float, late_s: float = 0.0) -> list[Wave]:
    return [Wave("II", "QRS", s - 0.04 + late_s, s, s + 0.04) for s in peaks_s]


def test_a_mark_belongs_to_the_peak_beside_it():
    marks = [[5, "N"], [9, ")"], [20, "("], [25, "p"], [30, ")"], [40, "("], [44, "N"]]
    assert marked_waves(marks) == (
        MarkedWave("QRS", None, 5, 9),
        MarkedWave("P", 20, 25, 30),
        MarkedWave("QRS", 40, 44, None),
    )


def test_errors_are_signed_and_counted_once():
    score = score_record(record(II=tuple(QRS)), found(2.0, 3.0, 4.0, late_s=0.006))
    assert score["QRS"]["onset"] == pytest.approx([6.0] * 3)
    assert score["QRS"]["offset"] == pytest.approx([0.0] * 3)
    assert (score["QRS"]["hit"], score["QRS"]["missed"], score["QRS"]["false"]) == (3, 0, 0)


def test_what_is_missed_counts_against_the_share_and_what_lies_outside_the_marks_does_not():
    score = score_record(record(II=tuple(QRS)), found(0.5, 2.0, 3.5, 9.0))
    assert (score["QRS"]["hit"], score["QRS"]["missed"], score["QRS"]["false"]) == (1, 2, 1)
    shares = summary([score], [False])["boundaries"]
    assert shares["QRS onset"]["share"] == pytest.approx(1 / 3)


def test_p_waves_in_fibrillation_are_counted_by_beat():
    p = [Wave("II", "P", 2.5, 2.55, 2.6)]
    result = summary([score_record(record(II=tuple(QRS)), [*found(2.0, 3.0, 4.0), *p])], [True])
    assert result["fibrillation"]["p_share"] == pytest.approx(1 / 3)


def test_the_split_is_by_record_whole_and_spreads_rare_rhythms(shared):
    records = read_ludb(shared / "ludb")
    folds = fold_of(records)
    sizes = [list(folds.values()).count(k) for k in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1
    fibrillating = [folds[r.number] for r in records if r.fibrillates]
    assert {fibrillating.count(k) for k in range(FOLDS)} <= {2, 3}
    parts = parts_of(records)
    assert parts == parts_of(records[::-1])
    assert {n for n, part in parts.items() if part == "test"} == {n for n, k in folds.items() if k == 0}


@pytest.mark.parametrize("what", ["boundaries", "intervals"])
def test_the_command_prints_and_writes_its_figures(shared, tmp_path, capsys, what):
    out = tmp_path / "figures.json"
    arguments = ["validate", "--what", what, "--data", str(shared / "ludb"), "--part", "select", "--json", str(out)]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    result = json.loads(out.read_text())
    assert result["what"] == what
    assert "13 records" in text
    if what == "boundaries":
        assert result["detection"]["QRS"]["f1"] > 0.99
        assert all(row["share"] > 0.5 for row in result["boundaries"].values())
    else:
        assert result["intervals"]["qrs_ms"]["records"] == 13


def test_a_folder_without_the_data_is_one_sentence(tmp_path, capsys):
    assert main(["validate", "--what", "boundaries", "--data", str(tmp_path)]) == 1
    complaint = capsys.readouterr().err
    assert "no LUDB here" in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("level_db", [24, 6])
def test_noise_has_the_level_that_it_is_called_by(shared, level_db):
    from cardio_desktop.evaluation.validate.noise import at_rate, with_noise
    from cardio_desktop.io.ptbxl import read_noise

    clean = read_ludb(shared / "ludb")[0]
    bank = at_rate(*read_noise(shared / "nstdb" / "ma", "test"), clean.rate_hz)
    noisy = with_noise(clean, bank, level_db, np.random.default_rng(1))
    added = (noisy.leads_mv - clean.leads_mv).astype(np.float64)
    for k in (0, 1, 6, 11):
        size = np.median(np.ptp(clean.leads_mv[k].reshape(8, 625), axis=1))
        assert 10 * np.log10(size**2 / 8 / added[k].var()) == pytest.approx(level_db, abs=0.5)
    assert added[2] == pytest.approx(added[1] - added[0], abs=1e-5)


def test_noise_needs_its_folder(tmp_path, capsys):
    assert main(["validate", "--what", "noise", "--data", str(tmp_path)]) == 2
    assert "--noise" in capsys.readouterr().err
