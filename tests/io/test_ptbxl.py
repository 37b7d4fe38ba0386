"""PTB-XL is read as published; anything else is refused by name."""

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.io import ptbxl

STATEMENTS = """,description,diagnostic,form,rhythm,diagnostic_class
NORM,normal ECG,1.0,,,NORM
IMI,inferior myocardial infarction,1.0,,,MI
NDT,non-diagnostic T abnormalities,1.0,1.0,,STTC
SR,sinus rhythm,,,1.0,
"""
HEADER = "ecg_id,patient_id,age,sex,scp_codes,strat_fold,filename_lr,pacemaker,static_noise\n"
ROWS = """1,15709,56.0,1,"{'NORM': 100.0, 'SR': 0.0}",3,records100/00000/00001_lr,,
2,,,0,"{'IMI': 0.0, 'NDT': 35.0}",9,records100/00000/00002_lr,"ja, pacemaker",I-AVF
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scp_statements.csv").write_text(STATEMENTS, encoding="utf-8")
    (tmp_path / "ptbxl_database.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def record(tmp_path):
    base = tmp_path / "00001_lr"
    samples = np.random.default_rng(0).integers(-2000, 2000, (1000, 12)).astype("<i2")
    samples.tofile(base.with_suffix(".dat"))
    lines = ["00001_lr 12 100 1000"] + [f"00001_lr.dat 16 1000.0(0)/mV 16 0 0 0 0 {lead.upper()}" for lead in LEADS12]
    base.with_suffix(".hea").write_text("\n".join(lines) + "\n", encoding="ascii")
    return base, samples


def test_labels(folder):
    database = ptbxl.read_database(folder)
    assert database.superclasses().tolist() == [[1, 0, 0, 0, 0], [0, 1, 1, 0, 0]]
    assert database.statements(("SR", "IMI")).tolist() == [[1, 0], [0, 1]]
    assert database.folds(9).entries == (database.entries[1],)
    assert database.frequent_statements(1) == ("NORM", "IMI", "NDT", "SR")
    assert database.frequent_statements(2) == ()


def test_a_statement_of_unknown_likelihood_counts(folder):
    assert ptbxl.read_database(folder).entries[1].scp["IMI"] == 0
    assert ptbxl.read_database(folder).superclasses()[1, 1]


def test_missing_fields_stay_missing(folder):
    first, second = ptbxl.read_database(folder).entries
    assert (first.patient_id, first.age, first.sex, first.noise, first.pacemaker) == (15709, 56.0, 1, (), False)
    assert np.isnan(second.age)
    assert (second.noise, second.pacemaker) == (("static_noise",), True)


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("ptbxl_database.csv", "ecg_id,patient_id\n1,2\n", "lacks the column age"),
        ("ptbxl_database.csv", HEADER + "x,1,1,1,{},1,a,,\n", "no whole ecg_id"),
        ("ptbxl_database.csv", HEADER + "1,1,1,1,__import__('os'),1,a,,\n", "unreadable scp_codes"),
        ("scp_statements.csv", "code\nNORM\n", "lacks the column"),
    ],
)
def test_damaged_tables_are_refused(folder, file, text, problem):
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=problem):
        ptbxl.read_database(folder)


def test_samples_are_those_of_the_file(record):
    base, samples = record
    np.testing.assert_array_equal(ptbxl.read_signal(base), samples.T)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (" 100 1000\n", " 500 1000\n", "100 Hz"),
        ("0 AVR", "0 AVL", "usual order"),
        (".dat 16 1000.0(0)/mV 16 0 0 0 0 V3", ".dat 212 1000.0(0)/mV 16 0 0 0 0 V3", "format 16"),
        (".dat 16 1000.0(0)/mV 16 0 0 0 0 V3", ".dat 16 200.0(0)/mV 16 0 0 0 0 V3", "1000 units per mV"),
        (" 100 1000\n", " 100 999\n", "holds 12000 samples where the header says 11988"),
        (" 100 1000\n", "\n", "damaged header"),
    ],
)
def test_another_layout_is_refused(record, old, new, problem):
    base, _ = record
    header = base.with_suffix(".hea")
    text = header.read_text(encoding="ascii")
    assert old in text
    header.write_text(text.replace(old, new), encoding="ascii")
    with pytest.raises(ReadError, match=problem):
        ptbxl.read_signal(base)


def test_matches_wfdb(shared):
    import wfdb

    path = sorted((shared / "ptbxl500").glob("*.hea"))[0].with_suffix("")
    physical = wfdb.rdrecord(str(path)).p_signal.T
    np.testing.assert_allclose(ptbxl.read_signal(path, 500) / ptbxl.UNITS_PER_MV, physical, atol=1e-9)


def test_cache_belongs_to_its_records(folder, tmp_path):
    database = ptbxl.read_database(folder)
    for number, entry in enumerate(database.entries):
        entry.path.parent.mkdir(parents=True, exist_ok=True)
        np.full((1000, 12), number, dtype="<i2").tofile(entry.path.with_suffix(".dat"))
        name = entry.path.name
        lines = [f"{name} 12 100 1000"] + [f"{name}.dat 16 1000.0(0)/mV 16 0 0 0 0 {lead.upper()}" for lead in LEADS12]
        entry.path.with_suffix(".hea").write_text("\n".join(lines) + "\n", encoding="ascii")
    cache = tmp_path / "cache" / "all.npy"
    both = np.array(ptbxl.cached_signals(database, cache))
    again = np.array(ptbxl.cached_signals(database, cache))
    one = np.array(ptbxl.cached_signals(database.folds(9), cache))
    np.testing.assert_array_equal(both, again)
    assert both.shape == (2, 12, 1000)
    assert one.shape == (1, 12, 1000)
    assert (one == 1).all()


def test_the_recorder_is_named_without_its_version(tmp_path):
    (tmp_path / "scp_statements.csv").write_text(
        ",description,diagnostic,diagnostic_class\nNORM,normal ECG,1.0,NORM\n", encoding="utf-8"
    )
    header = "ecg_id,patient_id,age,sex,device,scp_codes,strat_fold,filename_lr\n"
    rows = "1,1,60,0,AT-6 C 5.5,{},9,a\n2,2,60,0,CS-12   E,{},9,b\n3,3,60,0,,{},9,c\n"
    (tmp_path / "ptbxl_database.csv").write_text(header + rows, encoding="utf-8")
    assert [entry.device for entry in ptbxl.read_database(tmp_path).entries] == ["AT-6", "CS-12", ""]
