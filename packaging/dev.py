"""One command for every task of the project: run, test, quick, lint, bench, package, samples, pictures, setup.

Standard library only, so that it works before anything is installed. It prepares `.venv` and, on Debian and its
descendants, the system libraries that Qt needs, and remembers both in a stamp, so that the next call starts at once.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "cardio-setup.json"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
TESTED = "CARDIO_TESTED"  # set to 1, the versions of CONSTRAINTS are installed instead of the newest that are allowed
SAMPLE = ROOT / "resources" / "samples" / "anterior-mi.hea"
OLDEST, NEWEST = (3, 11), (3, 13)

OFFSCREEN_LIBRARIES = (
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libfontconfig1",
    "libxkbcommon0",
    "libdbus-1-3",
    "fonts-dejavu-core",
)
WINDOW_LIBRARIES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libx11-xcb1",
)
VIRTUAL_SCREEN = ("xvfb", "xauth")
PACKAGERS = ("rpm", "makeself", "libcups2")
"""What makes packages; CUPS so that Qt's plug-in for printing is frozen, which then uses the system's."""

EXTRAS: dict[str, tuple[str, ...]] = {
    "run": (),
    "samples": ("test",),
    "pictures": (),
    "test": ("test", "train", "clinic", "archive", "live"),
    "quick": ("test", "lint", "clinic", "archive", "live"),
    "lint": ("lint", "docs"),
    "bench": ("test", "train", "clinic", "archive", "live"),
    "package": ("package", "clinic"),
    "setup": ("test", "train", "lint", "docs", "package", "clinic", "archive", "live"),
}
# PyTorch's own index has a processor-only build for Linux; the public one would bring gigabytes of CUDA.
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def say(text: str) -> None:
    """Print one line of progress at once, on standard error: standard output belongs to results."""
    print(f"[cardio] {text}", file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """End with one sentence and status 1."""
    say(text)
    raise SystemExit(1)


# Python and the virtual environment


def supported(version: tuple[int, ...]) -> bool:
    """Return whether Cardio Desktop runs on this Python version."""
    return OLDEST <= version[:2] <= NEWEST


def version_sentence(version: tuple[int, ...]) -> str:
    """Return the sentence for a Python that is too old or too new."""
    found = ".".join(str(part) for part in version[:2])
    return (
        f"Cardio Desktop needs Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}, this is {found}: "
        f"install Python 3.11 and use `make PYTHON=/path/to/python3.11 ...` or `python3.11 packaging/dev.py ...`."
    )


def venv_python(venv: Path = VENV, windows: bool = os.name == "nt") -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def venv_version(venv: Path = VENV) -> tuple[int, ...] | None:
    """Return the Python version of a virtual environment without starting it, or None where there is none."""
    try:
        text = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^version\s*=\s*(\d+)\.(\d+)\.(\d+)", text, re.MULTILINE)
    return tuple(int(part) for part in found.groups()) if found and venv_python(venv).exists() else None


def stamp_key(pyproject: bytes, version: tuple[int, ...], folder: Path, pinned: bytes = b"") -> str:
    """Return what an installation depends on: the dependencies, the Python version and where the checkout lies.

    `pinned` is the file of constraints where it is to be kept.
    """
    text = b"\0".join((pyproject, repr(tuple(version)).encode(), str(folder).encode(), *([pinned] if pinned else ())))
    return hashlib.sha256(text).hexdigest()


def tested_only(environ: Mapping[str, str]) -> bool:
    """Return whether only the versions that were tested are to be installed."""
    return environ.get(TESTED, "") not in ("", "0")


def missing_extras(stamp: Mapping[str, object], key: str, wanted: Iterable[str]) -> tuple[str, ...] | None:
    """Return the extras to install beside those that are there: None if nothing is to do, () for the bare package.

    A changed key asks for everything again that was installed before, so that no extra stays behind in an old version.
    """
    listed = stamp.get("extras")
    had = {str(extra) for extra in listed} if isinstance(listed, list) else None
    if had is not None and stamp.get("key") == key and had.issuperset(wanted):
        return None
    return tuple(sorted((had or set()).union(wanted)))


def read_stamp(path: Path = STAMP) -> dict[str, object]:
    """Return what the last set-up left, {} where there was none or it was damaged."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_venv() -> tuple[int, ...]:
    """Make sure that `.venv` exists with a supported Python and return its version."""
    version = venv_version()
    if version and supported(version):
        return version
    if importlib.util.find_spec("ensurepip") is None:
        install_system_packages([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            stop("This Python cannot make a virtual environment: install its venv and ensurepip modules.")
    say(f"Making {VENV.relative_to(ROOT)} with Python {sys.version.split()[0]} ...")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        stop(f"The virtual environment could not be made: {(made.stdout + made.stderr).strip()}")
    return sys.version_info[:3]


def torch_index() -> list[str]:
    """Return pip's options for the small processor-only build of PyTorch, none where its index is out of reach."""
    if not sys.platform.startswith("linux"):
        return []
    try:
        with urllib.request.urlopen(f"{TORCH_CPU_INDEX}/torch/", timeout=5):
            return ["--extra-index-url", TORCH_CPU_INDEX]
    except OSError:  # of which URLError is one
        return []


def install_arguments(extras: Sequence[str], tested: bool) -> list[str]:
    """Return pip's arguments that install the checkout editable, with these extras, in tested versions or any."""
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    return [*(("-c", str(CONSTRAINTS)) if tested else ()), "-e", target]


def install_package(extras: Sequence[str], tested: bool = False) -> None:
    """Install the checkout editable, with these extras, into `.venv`."""
    options = torch_index() if "train" in extras else []
    say(f"Installing Cardio Desktop{' with ' + ', '.join(extras) if extras else ''}: a few minutes the first time ...")
    command = [str(venv_python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *options]
    if subprocess.run([*command, *install_arguments(extras, tested)], cwd=ROOT).returncode:
        stop("The packages could not be installed; pip says why in the lines above.")


def make_ready(task: str) -> None:
    """Create and fill `.venv` as `task` needs it; does nothing where an earlier call already did."""
    version = make_venv()
    tested = tested_only(os.environ)
    pinned = CONSTRAINTS.read_bytes() if tested else b""
    key = stamp_key((ROOT / "pyproject.toml").read_bytes(), version, ROOT, pinned)
    extras = missing_extras(read_stamp(), key, EXTRAS[task])
    if extras is not None:
        install_package(extras, tested)
        STAMP.write_text(json.dumps({"key": key, "extras": list(extras)}), encoding="utf-8")
        say("Ready.")


# Debian's libraries


def system_packages(task: str, headless: bool) -> tuple[str, ...]:
    """Return the Debian packages that `task` needs beside Python."""
    if task == "run" and not headless:
        return OFFSCREEN_LIBRARIES + WINDOW_LIBRARIES
    if task in ("package", "setup"):
        # PyInstaller reads libraries with objdump and ships libpython and the libraries of Qt's window plug-in.
        return (*OFFSCREEN_LIBRARIES, *WINDOW_LIBRARIES, *VIRTUAL_SCREEN, *PACKAGERS, "binutils", *shared_python())
    if task == "pictures":
        return (*OFFSCREEN_LIBRARIES, "poppler-utils")
    return () if task == "lint" else OFFSCREEN_LIBRARIES


def shared_python(executable: str = os.path.realpath(sys.executable)) -> tuple[str, ...]:
    """Return the Debian package of libpython where the interpreter is Debian's own, whose library comes apart."""
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return (f"lib{name}",) if executable == f"/usr/bin/{name}" else ()


def absent(wanted: Iterable[str], listing: str) -> list[str]:
    """Return the packages that dpkg-query's `listing` ("ii  name" a line) does not show as installed.

    Since 2024 Debian calls some libraries "...t64"; the old name still asks apt for the right one.
    """
    there = {line[3:].strip() for line in listing.splitlines() if line[1:2] == "i"}
    return [name for name in wanted if name not in there and f"{name}t64" not in there]


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Return the wanted Debian packages that are not installed; none where this is no Debian."""
    if not wanted or not shutil.which("dpkg-query"):
        return []
    names = [*wanted, *(f"{name}t64" for name in wanted)]
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Package}\\n", *names], capture_output=True, text=True
    )
    return absent(wanted, asked.stdout)


def apt_prefix(is_root: bool, which: Callable[[str], str | None] = shutil.which) -> list[str] | None:
    """Return how apt-get may be called: [] as root, with sudo where it asks for no password, None where neither."""
    if is_root:
        return []
    if which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
        return ["sudo", "-n"]
    return None


def apt_sentence(packages: Sequence[str]) -> str:
    """Return the sentence for a user who may not install system packages."""
    return (
        f"This account may not install the missing system packages; ask an administrator to run: "
        f"apt-get install --no-install-recommends {' '.join(packages)}"
    )


def install_system_packages(packages: Sequence[str]) -> bool:
    """Install Debian packages and return whether they are there now; where that is not permitted, say what to run."""
    missing = missing_packages(packages)
    if not missing:
        return True
    prefix = apt_prefix(hasattr(os, "geteuid") and os.geteuid() == 0)
    if prefix is None:
        say(apt_sentence(missing))
        return False
    say(f"Installing Debian packages: {' '.join(missing)} ...")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*quiet, "update"], stdout=subprocess.DEVNULL)
    command = [*quiet, "install", "--yes", "--no-install-recommends", *missing]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        say(f"apt-get could not install {' '.join(missing)}: {done.stdout.strip()[-600:]}")
    return not done.returncode


def make_libraries_ready(task: str, headless: bool) -> None:
    """Install the system libraries of `task`; stop only where Qt cannot be loaded without them."""
    if install_system_packages(system_packages(task, headless)):
        return
    loaded = subprocess.run([str(venv_python()), "-c", "import PySide6.QtWidgets"], capture_output=True)
    if loaded.returncode:
        raise SystemExit(1)


# Tasks


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Return whether a window would be seen: always on Windows and macOS, elsewhere with an X or Wayland display."""
    if environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc", "linuxfb"):
        return False
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run_command(files: Sequence[str], display: bool, out: Path) -> list[str]:
    """Return the arguments after `python` that show `files` or a sample: in the window, without a display in `out`."""
    program = ["-m", "cardio_desktop"]
    return [*program, *(files or [str(SAMPLE)])] if display else [*program, "demo", *files, "--out", str(out)]


COVERAGE = ("--cov", "--cov-report=json:.coverage.json", "--cov-report=")
QUICK = (
    *("tests/core", "tests/words", "tests/narrative", "tests/render"),
    *("tests/analysis/test_constants.py", "tests/packaging/test_project.py"),
)
"""What needs no window, no network and no real data: an answer in half a minute while one works."""


def pytest_command(arguments: Sequence[str], covered: bool = False) -> list[str]:
    """Return the arguments after `python` for the tests: all of them on two processes unless told otherwise."""
    every = ["-n", "2", "--dist", "worksteal", *(COVERAGE if covered else ())]
    return ["-m", "pytest", *(arguments or every)]


def test(arguments: Sequence[str]) -> int:
    """Run the tests; in continuous integration all of them with the share of the code that they reach."""
    covered = os.environ.get("CI") == "true" and not arguments
    status = in_venv(pytest_command(arguments, covered), ROOT)
    return status or (in_venv([str(ROOT / "packaging" / "coverage_floor.py")], ROOT) if covered else 0)


def quick(arguments: Sequence[str]) -> int:
    """Check style and run the fast tests."""
    status = subprocess.run([str(venv_python().with_name("ruff")), "check", "."], cwd=ROOT).returncode
    return status or in_venv(["-m", "pytest", "-q", "-n", "2", *QUICK, *arguments], ROOT)


LINT_STEPS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("mkdocs", "build", "--strict", "--quiet", "-f", "packaging/mkdocs.yml"),
    ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", ".github/workflows/release.yml"),
)


def in_venv(arguments: Sequence[str], cwd: Path | None = None) -> int:
    """Run the interpreter of `.venv` and return its exit status."""
    try:
        return subprocess.run([str(venv_python()), *arguments], cwd=cwd).returncode
    except KeyboardInterrupt:
        return 130


def run(files: Sequence[str]) -> int:
    """Open `files` or a sample in the window; without a display analyse them and write `out/`."""
    display = has_display(sys.platform, os.environ)
    make_ready("run")
    make_libraries_ready("run", headless=not display)
    if not display:
        say("No display: analysing without a window; the results go to out/.")
    return in_venv(run_command(files, display, ROOT / "out"))


def lint() -> int:
    """Run every check of style, types, layers and the manual's links, and return 1 if any of them complains."""
    failed = []
    for tool, *rest in LINT_STEPS:
        say(" ".join((tool, *rest)))
        program = venv_python().with_name(f"{tool}.exe" if os.name == "nt" else tool)
        if subprocess.run([str(program), *rest], cwd=ROOT).returncode:
            failed.append(" ".join((tool, *rest)))
    say(f"Failed: {'; '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def package(arguments: Sequence[str]) -> int:
    """Freeze the program into dist/, try the result as a user would, and on Linux make its packages."""
    say("Freezing the program into dist/cardio-desktop ...")
    spec = ROOT / "packaging" / "cardio-desktop.spec"
    build = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", "dist", "--workpath", "build"]
    status = in_venv([*build, str(spec)], ROOT)
    status = status or in_venv([str(ROOT / "packaging" / "smoke.py"), *arguments], ROOT)
    if status or not sys.platform.startswith("linux"):
        return status
    return in_venv([str(ROOT / "packaging" / "linux_packages.py")], ROOT)


TASKS = {
    "run": "start the program on FILE or a sample; without a display write out/",
    "test": "all tests, or pytest with the given arguments",
    "quick": "style and the tests that need neither window nor network, in half a minute",
    "lint": "ruff, mypy, import-linter, links of the manual, workflows",
    "bench": "the program's figures beside their baselines",
    "package": "freeze the program, try the result, make its packages",
    "samples": "make resources/ again",
    "pictures": "make the README's pictures again",
    "setup": "only prepare .venv and the system libraries, for every task",
}


def parse(arguments: Sequence[str] | None = None) -> tuple[str, list[str]]:
    """Return the task and everything that stands behind it."""
    tasks = "\n".join(f"  {name:9} {text}" for name, text in TASKS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        epilog=f"tasks:\n{tasks}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=TASKS, metavar="TASK", help="one of the tasks below")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the task")
    options = parser.parse_args(arguments)
    return options.task, options.arguments


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one task and return its exit status."""
    task, rest = parse(arguments)
    version = sys.version_info[:3]
    if not supported(version):
        stop(version_sentence(version))
    if task == "run":
        return run(rest)
    make_ready(task)
    make_libraries_ready(task, headless=True)
    if task == "test":
        return test(rest)
    if task == "quick":
        return quick(rest)
    if task == "lint":
        return lint()
    if task == "package":
        return package(rest)
    if task == "setup":
        return 0
    script = {"bench": "bench.py", "samples": "make_samples.py", "pictures": "make_pictures.py"}[task]
    return in_venv([str(ROOT / "packaging" / script), *rest], ROOT)


if __name__ == "__main__":
    sys.exit(main())
