import csv

import numpy as np
import pytest

from cardio_desktop.core.leads import LEADS12
from cardio_desktop.simulate import simulate

KINDS = {"normal": {"NORM": 100.0, "SR": 0.0}, "anterior-mi": {"ASMI": 80.0}, "lbbb": {"CLBBB": 100.0}}
STATEMENTS = [("NORM", "normal ECG", "NORM"), ("ASMI", "anteroseptal infarction", "MI"), ("CLBBB", "LBBB", "CD")]


@pytest.fixture(scope="session")
def ptbxl(tmp_path_factory):
    """A small folder laid out like PTB-XL: simulated normals, infarctions and bundle branch blocks in nine folds."""
    folder = tmp_path_factory.mktemp("ptbxl")
    with (folder / "scp_statements.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["", "description", "diagnostic", "form", "rhythm", "diagnostic_class"])
        writer.writerows([code, text, "1.0", "", "", group] for code, text, group in STATEMENTS)
        writer.writerow(["SR", "sinus rhythm", "", "", "1.0", ""])
    columns = [
        "ecg_id",
        "patient_id",
        "age",
        "sex",
        "scp_codes",
        "strat_fold",
        "filename_lr",
        "pacemaker",
        "static_noise",
    ]
    rng = np.random.default_rng(0)
    rows = []
    clean = {kind: [simulate(kind, rate_hz=100.0, seed=seed).clean_mv for seed in range(3)] for kind in KINDS}
    for ecg_id in range(1, 82):
        kind = list(KINDS)[ecg_id % 3]
        name = f"records100/00000/{ecg_id:05d}_lr"
        base = folder / name
        base.parent.mkdir(parents=True, exist_ok=True)
        signal = clean[kind][ecg_id % 2] * rng.uniform(0.8, 1.2) + rng.normal(0, 0.01, (12, 1000))
        np.rint(1000 * signal.T).astype("<i2").tofile(base.with_suffix(".dat"))
        lines = [f"{base.name} 12 100 1000"]
        lines += [f"{base.name}.dat 16 1000.0(0)/mV 16 0 0 0 0 {lead.upper()}" for lead in LEADS12]
        base.with_suffix(".hea").write_text("\n".join(lines) + "\n", encoding="ascii")
        noisy = "I-AVF" if ecg_id == 5 else ""
        rows.append([ecg_id, 1000 + ecg_id // 2, 61.0, ecg_id % 2, KINDS[kind], (ecg_id - 1) // 9 + 1, name, "", noisy])
    with (folder / "ptbxl_database.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return folder
