"""What would differ on Windows and macOS, as far as it can be seen on any system.

Nobody ran the program there; these are the traps that a review on paper found, each with what keeps it shut.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest
from PySide6.QtGui import QAction, QKeySequence

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.file_names import kept_path, path_from, shown
from cardio_desktop.io import open_record
from cardio_desktop.io.writers.convert import file_stem
from cardio_desktop.ui.main_window import MainWindow
from tests.ui.conftest import settings as settings
from tests.ui.conftest import window as window

PACKAGE = Path(__file__).resolve().parents[1] / "cardio_desktop"
UNIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios"}
UNIX_CALLS = {"chown", "fork", "geteuid", "getuid", "killpg", "mkfifo", "setsid", "statvfs", "sysconf"}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield f"{path.relative_to(PACKAGE.parent).as_posix()}:{node.lineno}", name, node


def test_every_text_file_names_its_encoding() -> None:
    """Windows would take the code page of the country."""
    loose = []
    for place, name, call in calls():
        named = any(keyword.arg == "encoding" for keyword in call.keywords)
        modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        mode = next((mode for mode in modes if re.fullmatch(r"[rwaxbt+]+", mode)), "")
        text = (
            (name == "read_text" and not call.args)
            or (name == "write_text" and len(call.args) < 2)
            or (name in {"open", "fdopen"} and mode and "b" not in mode)
        )
        if text and not named:
            loose.append(place)
    assert loose == []


def test_nothing_of_unix_alone_is_imported_or_called_unguarded() -> None:
    loose = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:  # within a function it is guarded by a question for the system
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            loose += [f"{path.name}: {name}" for name in names if name.split(".")[0] in UNIX_ONLY]
        guarded = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.Try | ast.If)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Call)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in UNIX_CALLS:
                loose += [] if id(node) in guarded else [f"{path.name}:{node.lineno} {node.func.attr}"]
    assert loose == []


def test_processes_are_spawned_everywhere_as_windows_and_macos_do() -> None:
    """A fork would inherit what the others do not have, and hide it."""
    contexts = [(place, ast.unparse(call)) for place, name, call in calls() if name == "get_context"]
    assert contexts
    assert [place for place, text in contexts if "spawn" not in text] == []
    pools = [(place, call) for place, name, call in calls() if name in {"ProcessPoolExecutor", "Pool"}]
    assert [place for place, call in pools if not any(k.arg in {"mp_context", "context"} for k in call.keywords)] == []
    main = (PACKAGE / "__main__.py").read_text(encoding="utf-8")
    assert main.index("freeze_support()") < main.index("import main"), "a frozen helper would start a window"


def test_times_are_written_with_what_every_system_knows() -> None:
    """The C library of Windows knows no "%-d" and ends the program at it."""
    texts = [
        f"{path.name}: {node.value}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"%-[dmHIMSjy]", node.value)
    ]
    assert texts == []


@pytest.mark.parametrize("name", ["CON", "nul", "Aux", "com1", "LPT9"])
def test_no_file_is_written_under_the_name_of_a_device(name: str) -> None:
    assert file_stem(name) == f"ecg_{name}"
    assert file_stem(f"{name}x") == f"{name}x"


@pytest.mark.parametrize("name", ["a.", "a ", "a:b", "a?", "M\u00fcller/..\\x", "\\\\server\\share\\a", "C:\\a"])
def test_names_of_files_are_written_with_letters_that_every_disk_takes(name: str) -> None:
    assert re.fullmatch(r"[-\w]+", file_stem(name), re.ASCII)


@pytest.mark.parametrize("file", ["C:\\secret.dat", "\\\\server\\share\\x.dat", "..\\x.dat", "C:x.dat", "/etc/passwd"])
def test_a_header_names_no_file_by_drive_share_or_way_up(file: str, tmp_path: Path) -> None:
    path = tmp_path / "x.hea"
    path.write_bytes(f"x 1 500 1000\n{file} 16 200(0)/mV 16 0 0 0 0 I\n".encode())
    with pytest.raises(ReadError, match="outside its own folder"):
        open_record(path)


def test_half_letters_of_windows_names_are_shown_and_kept() -> None:
    name = "M\ud83dller.edf"
    assert shown(name) == "M\\ud83dller.edf"
    shown(name).encode("utf-8")
    assert shown("M\udcfcller.edf") == "M\\xfcller.edf"
    long = Path("/data") / ("x" * 200) / ("y" * 200) / "z.edf"
    assert path_from(kept_path(long)) == long


def test_windows_paths_are_their_own_text() -> None:
    for text in ("C:\\ECG\\a b.hea", "\\\\server\\share\\ecg\\a.hea", "D:a.hea"):
        assert str(PureWindowsPath(text)) == text
        assert kept_path(Path(text)) == text


def test_macos_moves_only_what_belongs_into_the_programs_menu(window: MainWindow) -> None:
    roles = {name: window.actions_table[name].menuRole() for name in window.actions_table.commands}
    moved = {name for name, role in roles.items() if role is not QAction.MenuRole.NoRole}
    assert moved == {"about", "quit"}


def test_no_key_is_one_that_macos_keeps_for_itself(window: MainWindow) -> None:
    """Qt's Ctrl is the Command key there: hide, minimise all, switch programs, look something up."""
    kept = {QKeySequence(keys).toString() for keys in ("Ctrl+H", "Ctrl+Tab", "Ctrl+Alt+H", "Ctrl+Alt+Esc", "Ctrl+`")}
    used = {
        key.toString(): name for name in window.actions_table.commands for key in window.actions_table[name].shortcuts()
    }
    assert not kept & set(used)
