"""Install the wheel with pipx into a clean environment and try it; and look whether other systems could install it.

Usage: python packaging/try_wheel.py [install] [closure]    default: both; needs pip's index, and pipx (extra `package`)

`closure` asks pip to resolve the wheel for Windows and macOS with every supported Python, wheels only. pip reads the
conditions of a requirement ("; sys_platform == 'win32'") for the system it runs on; so they are read here once more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS: dict[str, dict[str, str]] = {
    "win_amd64": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    "macosx_14_0_arm64": {
        "sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64",
    },
}  # fmt: skip
"""Wheel tags of the systems without a packager of their own here, and what conditions see there."""


KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "PIP_FIND_LINKS")
"""What pip and the system cannot do without."""
ASSETS = ("resources/translations/cardio_de.qm", "resources/icons/cardio-desktop-64.png", "docs/manual/de/index.md")
"""One of each kind of file that the wheel must bring beside samples and models, which the smoke test opens."""


class WheelError(Exception):
    """A wheel that cannot be installed, or does not work."""


def run(*command: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a command and return its standard output; raises WheelError with its words where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd)
    if done.returncode:
        said = (done.stdout + done.stderr)[-3000:]
        raise WheelError(f"{' '.join(command[:6])} ...: status {done.returncode}:\n{said}")
    return done.stdout


def build_wheel(folder: Path) -> Path:
    """Build the wheel of the checkout."""
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


def try_install(wheel: Path, folder: Path) -> str:
    """Install by pipx, away from the checkout and all it knows, and let the program try itself in both languages."""
    home = folder / "user"
    home.mkdir()
    clean = {key: os.environ[key] for key in KEPT if key in os.environ}
    clean |= {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home), "QT_QPA_PLATFORM": "offscreen"}
    clean |= {f"PIPX_{key}": str(folder / key.lower()) for key in ("HOME", "BIN_DIR", "MAN_DIR")}
    clean["PIP_CACHE_DIR"] = run(sys.executable, "-m", "pip", "cache", "dir").strip()
    run(sys.executable, "-m", "pipx", "install", "--python", sys.executable, str(wheel), env=clean, cwd=home)
    program = folder / "bin_dir" / ("cardio-desktop.exe" if os.name == "nt" else "cardio-desktop")
    run(str(program), "--smoke-test", env=clean, cwd=home)
    installed = next((folder / "home" / "venvs" / "cardio-desktop").rglob("cardio_desktop/_assets"))
    for name in (
        "resources/translations/cardio_de.qm",
        "resources/icons/cardio-desktop-64.png",
        "docs/manual/de/index.md",
    ):
        if not (installed / name).exists():
            raise WheelError(f"the wheel does not bring {name}")
    return run(str(program), "--version", env=clean, cwd=home).strip()


def resolve(wheel: Path, tag: str, python: str, more: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return what pip would install for a system: the metadata of each package. Nothing is downloaded but metadata."""
    options = ["--dry-run", "--ignore-installed", "-q", "--only-binary=:all:", "--target", "unused", "--report", "-"]
    system = ["--platform", tag, "--python-version", python, "--implementation", "cp"]
    report = json.loads(run(sys.executable, "-m", "pip", "install", *options, *system, str(wheel), *more))
    return [entry["metadata"] for entry in report["install"]]


def left_out(found: list[dict[str, Any]], system: dict[str, str], python: str) -> list[str]:
    """Return the requirements that hold on the other system and that pip, which runs on this one, did not see."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    there = {canonicalize_name(package["name"]) for package in found}
    place = {**system, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    wanted = [Requirement(text) for package in found for text in package.get("requires_dist", [])]
    return sorted(
        {
            f"{one.name}{one.specifier}"
            for one in wanted
            if one.marker and one.marker.evaluate(place) and canonicalize_name(one.name) not in there
        }
    )


def check_closure(wheel: Path) -> None:
    """Resolve the wheel for every system and Python."""
    for tag, system in SYSTEMS.items():
        for python in PYTHONS:
            found = resolve(wheel, tag, python)
            if more := left_out(found, system, python):
                found = resolve(wheel, tag, python, more)
            print(f"closure     {tag}, Python {python}: {len(found)} wheels", flush=True)


def main() -> int:
    """Build and try the wheel; returns 1 at the first thing that a user would notice."""
    wanted = sys.argv[1:] or ["install", "closure"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            wheel = build_wheel(folder)
            print(f"wheel       {wheel.name}, {wheel.stat().st_size / 2**20:.1f} MB", flush=True)
            if "install" in wanted:
                print(f"pipx        {try_install(wheel, folder)} works where nothing else is installed", flush=True)
            if "closure" in wanted:
                check_closure(wheel)
        except (WheelError, OSError, StopIteration) as error:
            print(f"FAILED: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
