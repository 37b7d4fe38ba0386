import numpy as np
import pytest

from cardio_desktop.core.leads import LEADS12
from cardio_desktop.evaluation import accuracy, noise_checks
from cardio_desktop.model.classifier import Classifier
from cardio_desktop.paths import asset
from cardio_desktop.simulate import simulate

KINDS = {"normal": "{'NORM': 100.0}", "anterior-mi": "{'ASMI': 100.0}", "lbbb": "{'CLBBB': 100.0}"}
STATEMENTS = """,description,diagnostic,diagnostic_class
NORM,normal ECG,1.0,NORM
ASMI,anteroseptal infarction,1.0,MI
CLBBB,left bundle branch block,1.0,CD
SR,sinus rhythm,,
"""


@pytest.fixture(scope="session")
def classifier():
    return Classifier.load(asset("model_assets"), threads=1)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Thirty simulated records in fold 9."""
    made = tmp_path_factory.mktemp("ptbxl")
    (made / "scp_statements.csv").write_text(STATEMENTS, encoding="utf-8")
    rows = ["ecg_id,patient_id,age,sex,scp_codes,strat_fold,filename_lr"]
    rng = np.random.default_rng(0)
    for ecg_id in range(30):
        kind = list(KINDS)[ecg_id % 3]
        signal = simulate(kind, rate_hz=100.0, seed=ecg_id // 3).clean_mv + rng.normal(0, 0.01, (12, 1000))
        base = made / f"{ecg_id:05d}_lr"
        np.rint(1000 * signal.T).astype("<i2").tofile(base.with_suffix(".dat"))
        lines = [f"{base.name} 12 100 1000"] + [f"{base.name}.dat 16 1000/mV 16 0 0 0 0 {lead}" for lead in LEADS12]
        base.with_suffix(".hea").write_text("\n".join(lines) + "\n", encoding="ascii")
        rows.append(f'{ecg_id},{ecg_id // 2},60,0,"{KINDS[kind]}",9,{base.name}')
    (made / "ptbxl_database.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="session", autouse=True)
def _few_draws():
    """Intervals of a handful of draws: their width is tested with the metrics, here they only cost time."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((accuracy, "REPEATS"), (accuracy, "FEW_REPEATS"), (noise_checks, "REPEATS")):
            patch.setattr(module, name, 20)
        yield
