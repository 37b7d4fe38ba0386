"""How many keys a reading takes, from "next" to "signed", in the real window with the real analysis."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.io import open_record
from cardio_desktop.ui.main_window import MainWindow

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "drive_signing.py"


@pytest.fixture(scope="module")
def driver() -> ModuleType:
    spec = importlib.util.spec_from_file_location("drive_signing", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_normal_ecg_takes_two_keys_and_an_abnormal_one_no_mouse(
    qtbot, settings: Settings, driver: ModuleType, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    window = MainWindow(Session(settings))
    qtbot.addWidget(window)
    window.worklist._analyze = False  # only the record that is read is analysed
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    found = driver.drive(window, tmp_path)
    keys = {name: count for name, (count, _seconds, _steps) in found.items()}
    assert keys == {"normal, from next": 2, "normal, gone on by itself": 1, "abnormal, in own words": 11}
    store = window.session.store
    read = [store.conclusion(store.key_of(open_record(path))) for path in sorted(tmp_path.glob("*.hea"))]
    assert [found.state for found in read] == ["new", "signed", "signed", "signed", "new"]
    assert read[3].text == "Sinus rhythm, left bundle branch block."
    assert read[3].codes == ("SR", "CLBBB")
    assert all("normal ECG" in found.text for found in read[1:3])
    window.close()
