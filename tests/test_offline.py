"""Nothing leaves this computer, and nothing is written but into the program's own folders.

Every part of the program runs in processes of its own for which the kernel forbids network sockets: the first one ends
its process. That holds for native libraries and for the helpers too, which a guard written in Python would not see.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cardio_desktop.paths import asset

ROOT = Path(__file__).resolve().parents[1]
OWN = ("cardio-desktop", "Cardio Desktop", "CardioDesktop")
SYSTEM = (".cache/fontconfig",)
"""What the system's own font library keeps for every program alike: the names of fonts."""

GUARD = """
import ctypes, platform, struct, sys

SOCKET, ARCHITECTURE = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}[platform.machine()]
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
AF_UNIX = 1
program = b"".join(struct.pack("HBBI", *step) for step in [
    (LOAD, 0, 0, 4), (EQUAL, 0, 5, ARCHITECTURE),
    (LOAD, 0, 0, 0), (EQUAL, 0, 3, SOCKET),
    (LOAD, 0, 0, 16), (EQUAL, 1, 0, AF_UNIX),  # the desktop's own channels: display, fonts
    (RETURN, 0, 0, KILL), (RETURN, 0, 0, ALLOW),
])
code = ctypes.create_string_buffer(program, len(program))
filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
libc = ctypes.CDLL(None, use_errno=True)
for step in ((38, 1, 0, 0, 0), (22, 2, filter_, 0, 0)):  # PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP
    if libc.prctl(*step) != 0:
        sys.exit(77)
"""

COMMAND = (
    GUARD
    + """
from cardio_desktop.cli import main
sys.exit(main(sys.argv[1:]))
"""
)

WINDOW = (
    GUARD
    + """
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from cardio_desktop.app.session import Session
from cardio_desktop.app.settings import Settings
from cardio_desktop.app.store import Store, default_folder
from cardio_desktop.ui.application import make_application
from cardio_desktop.ui.main_window import MainWindow

folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
app = make_application()
settings = Settings()
settings.set_read_first(False)
store = Store(default_folder())
window = MainWindow(Session(settings, store=store))
window.show()
window.worklist.open_folder(folder)
window.session.open(folder / "anterior-mi.hea")
started = time.monotonic()
done = False
while time.monotonic() - started < seconds or not done:
    app.processEvents()
    time.sleep(0.01)
    done = window.session.state.findings is not None and not window.worklist.progress.running
    if time.monotonic() - started > 300:
        sys.exit("the worklist was not done")
problems = [entry.problem for entry in window.worklist.entries if entry.problem]
assert not problems, problems  # a helper that is killed leaves one
assert len(window.worklist.entries) == 5
window.session.conclusions.write("seen")
QTimer.singleShot(500, lambda: app.activeModalWidget().accept())  # it notes where files were chosen
QFileDialog.getExistingDirectory(window, "", str(folder))
window.session.write_report(folder / "window.pdf")
while window.session.state.busy:
    app.processEvents()
window.close()
store.close()
assert (folder / "window.pdf").stat().st_size > 10_000
"""
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def run(code: str, home: Path, *arguments: str) -> None:
    """Run `code` as a user's program would be: with nothing of our environment, which tells tests from use."""
    temporary = home.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    environment = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, timeout=400
    )
    if done.returncode == 77:
        pytest.skip("this kernel lets no process forbid itself sockets")
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr}"


def strays(home: Path) -> list[str]:
    """Return what was written outside the program's own folders."""
    left = [path for root in (home, home.parent / "tmp") for path in root.rglob("*") if path.is_file()]
    names = [path.relative_to(home.parent).as_posix().removeprefix("home/") for path in left]
    return [name for name in names if not name.startswith(SYSTEM) and not any(f"/{own}" in f"/{name}" for own in OWN)]


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the guard is Linux's seccomp")


@linux
def test_the_guard_ends_a_process_that_opens_a_socket(home: Path) -> None:
    with pytest.raises(AssertionError, match="ended with -31"):
        run(GUARD + "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)", home)
    run(GUARD + "import socket; socket.socket(socket.AF_UNIX)", home)


@linux
def test_analysis_report_and_picture_open_no_socket_and_leave_nothing_behind(home: Path) -> None:
    sample, out = str(asset("resources/samples") / "lbbb.hea"), home.parent / "out"
    out.mkdir()
    run(COMMAND, home, "analyze", sample, "--json", str(out / "x.json"))
    run(COMMAND, home, "report", sample, "-o", str(out / "x.pdf"))
    run(COMMAND, home, "screenshot", sample, "-o", str(out / "x.png"))
    assert len(list(out.iterdir())) == 3
    assert strays(home) == []


@linux
def test_many_records_with_a_ledger_open_no_socket_in_any_process(home: Path) -> None:
    out = home.parent / "out"
    out.mkdir()
    pattern, ledger = str(asset("resources/samples") / "*bb.hea"), str(out / "ledger")
    run(COMMAND, home, "analyze", pattern, "--ledger", ledger, "--json", str(out / "x.jsonl"))
    run(COMMAND, home, "query", ledger, "--csv", str(out / "x.csv"))
    run(COMMAND, home, "summary", ledger, "-o", str(out / "x.pdf"))
    assert sorted(file.name for file in out.iterdir()) == ["ledger", "x.csv", "x.jsonl", "x.pdf"]
    assert strays(home) == []


@linux
def test_dicom_and_results_open_no_socket(home: Path) -> None:
    sample, out = str(asset("resources/samples") / "lbbb.hea"), home.parent / "out"
    run(COMMAND, home, "convert", sample, "--to", "dicom", "--out", str(out))
    run(COMMAND, home, "results", str(out / "lbbb.dcm"), "--outbox", str(out))
    assert len(list(out.iterdir())) == 6
    assert strays(home) == []


@linux
def test_a_minute_of_window_and_worklist_opens_no_socket_and_writes_only_in_its_own_folders(home: Path) -> None:
    folder = home.parent / "records"
    folder.mkdir()
    for sample in asset("resources/samples").iterdir():
        (folder / sample.name).write_bytes(sample.read_bytes())
    run(WINDOW, home, str(folder), "60")
    assert strays(home) == []
    assert [path.name for path in home.rglob("reading-room.sqlite")] == ["reading-room.sqlite"]


def test_onnxruntime_is_imported_in_one_place_only_and_told_to_be_silent_before() -> None:
    places = {
        path.relative_to(ROOT).as_posix()
        for path in [*(ROOT / "cardio_desktop").rglob("*.py"), *(ROOT / "packaging").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(name.name.split(".")[0] == "onnxruntime" for name in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "onnxruntime")
    }
    assert places == {"cardio_desktop/model/runtime.py"}
    code = (
        "import os, cardio_desktop; assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'\n"
        "os.environ.pop('ORT_DISABLE_TELEMETRY')\n"
        "from cardio_desktop.model.classifier import Classifier\n"
        "from cardio_desktop.paths import asset\n"
        "assert Classifier.load(asset('model_assets')).session\n"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ORT_DISABLE_TELEMETRY": "0"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
