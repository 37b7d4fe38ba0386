"""Run the Windows installer on Linux, around a stand-in, with Wine: install, look, remove, look for what is left.

Usage: python packaging/try_setup.py    needs NSIS and wine64 of Debian

The installer of a release has 32-bit code, which Wine runs only with a 32-bit system beside it; so the same script is
built once as it is released and once in 64 bits, and the latter is run. What is installed is no program: that the
program works on Windows is tried where a release is made (windows/try_setup.ps1).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from file_kinds import own_kinds, shared_suffixes
from windows_files import PROGRAM_ID
from windows_installer import build, stand_in

WINE = Path("/usr/lib/wine/wine64")
SERVER = WINE.with_name("wineserver64")
CLASSES = r"Software\Classes"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\CardioDesktop"
WAIT_S = 120.0


class SetupError(Exception):
    """Something that a user or administrator would notice."""


class Wine:
    """A Windows of its own below a folder."""

    def __init__(self, folder: Path) -> None:
        kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        self.environment = {
            **kept,
            "WINEPREFIX": str(folder / "wine"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # it would ask for them, and fetch them
        }
        self.users = folder / "wine" / "drive_c" / "users"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of it."""
        return subprocess.run(
            [str(WINE), *command], env=self.environment, capture_output=True, encoding="utf-8", timeout=WAIT_S
        )

    def keys(self, name: str) -> dict[str, str]:
        """Return a key of the registry and all within it, each with what `reg query` prints of it; {} for none."""
        done = self.run("reg", "query", name, "/s")
        parts = re.split(r"(?m)^(HKEY_CURRENT_USER\\.*)$", done.stdout) if done.returncode == 0 else []
        return {
            key.strip().removeprefix("HKEY_CURRENT_USER\\"): body
            for key, body in zip(parts[1::2], parts[2::2], strict=True)
        }

    def find(self, pattern: str) -> Path:
        """Return the one path below the users' folders; raises SetupError."""
        found = [path for path in self.users.rglob(pattern) if "Public" not in path.parts]
        if len(found) != 1:
            raise SetupError(f"{pattern}: {len(found)} found, not one")
        return found[0]

    def close(self) -> None:
        """End it."""
        subprocess.run([str(SERVER), "-k"], env=self.environment, capture_output=True)


def check_installed(wine: Wine) -> Path:
    """Return where it is; raises SetupError for what is not as told."""
    program = wine.find("Programs/Cardio Desktop/cardio-desktop.exe")
    wine.find("Cardio Desktop.lnk")
    for path in ("_internal/ä/long name.txt", "cardio-desktop-cli.exe", "uninstall.exe"):
        if not (program.parent / path).is_file():
            raise SetupError(f"{path} was not installed")
    keys = wine.keys(rf"HKCU\{CLASSES}")
    for suffix in (suffix for kind in own_kinds() for suffix in kind.suffixes):
        if PROGRAM_ID not in keys.get(rf"{CLASSES}\{suffix}", ""):
            raise SetupError(f"{suffix} is not opened by the program")
    for suffix in shared_suffixes():
        if PROGRAM_ID not in keys.get(rf"{CLASSES}\{suffix}\OpenWithProgids", ""):
            raise SetupError(f"{suffix} is not offered to the program")
    if "QuietUninstallString" not in wine.keys(rf"HKCU\{UNINSTALL}").get(UNINSTALL, ""):
        raise SetupError("Windows is not told how to remove it")
    return program.parent


def check_removed(wine: Wine, place: Path) -> None:
    """Fail for anything of ours that is left, and for anything else that has gone."""
    left = sorted(path.name for path in place.rglob("*") if path.is_file())
    if left != ["notes.txt"]:
        raise SetupError(f"left in the folder, where only a foreign file should be: {left}")
    if not (wine.find("AppData/Roaming/CardioDesktop") / "reading").is_file():
        raise SetupError("the readings went with the program")
    if list(wine.users.rglob("Cardio Desktop.lnk")):
        raise SetupError("the start menu still shows it")
    told = [key for key, body in wine.keys(rf"HKCU\{CLASSES}").items() if PROGRAM_ID in key + body]
    if told := [*told, *wine.keys(rf"HKCU\{UNINSTALL}")]:
        raise SetupError("left in the registry: " + ", ".join(told))


def try_setup(folder: Path) -> None:
    """Install, look, remove, look."""
    setup = folder / "cardio-setup.exe"
    build(stand_in(folder / "program"), folder / "cardio-released-setup.exe")
    build(folder / "program", setup, "amd64-unicode")
    wine = Wine(folder)
    try:
        wine.run("wineboot", "-i")
        if (status := wine.run(str(setup), "/S").returncode) != 0:
            raise SetupError(f"the installer ended with {status}")
        place = check_installed(wine)
        print("installed   program, start menu, kinds of files", flush=True)
        data = place.parents[2] / "Roaming" / "CardioDesktop"
        data.mkdir(parents=True)
        (data / "reading").write_text("stays", encoding="utf-8")
        (place / "notes.txt").write_text("somebody's", encoding="utf-8")
        wine.run(str(place / "uninstall.exe"), "/S")
        end = time.monotonic() + WAIT_S  # it copies itself away and works on
        while (place / "uninstall.exe").exists() and time.monotonic() < end:
            time.sleep(0.2)
        time.sleep(2)
        check_removed(wine, place)
        print("removed     nothing is left but readings and a foreign file", flush=True)
    finally:
        wine.close()


def main() -> int:
    """Try it; returns 1 at the first thing that a user would notice."""
    began = time.monotonic()
    if not WINE.exists():
        print("FAILED: wine64 is missing (Debian: apt-get install wine64).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        try:
            try_setup(Path(name))
        except (SetupError, OSError, subprocess.SubprocessError) as error:
            print(f"FAILED: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
    print(f"The installer's script installs and removes ({time.monotonic() - began:.0f} s, Wine).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
