"""Build the Windows installer with NSIS around the frozen program, or, with --stand-in, around a made-up folder.

Usage: python packaging/windows_installer.py [--stand-in] [--out FOLDER]

The stand-in proves the script on any system: it has the program's names and no program. The variable CARDIO_SIGN names
the command that signs a file ("%1" stands for its name), on the machine that holds the certificate.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from windows_files import write_includes

from cardio_desktop import __version__

ROOT = Path(__file__).resolve().parents[1]
NAME = "cardio-desktop"


def stand_in(folder: Path) -> Path:
    """Make a folder that looks like the frozen program."""
    for name in (f"{NAME}.exe", f"{NAME}-cli.exe", "_internal/model_assets/manifest.json", "_internal/ä/long name.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a stand-in, no program\n")
    return folder


def build(source: Path, target: Path, target_system: str = "") -> None:
    """Run makensis; any warning is an error. Raises CalledProcessError or FileNotFoundError (no makensis).

    `target_system` is NSIS's, "amd64-unicode" for an installer without 32-bit code.
    """
    program = shutil.which("makensis")
    if program is None:
        raise FileNotFoundError("makensis is missing; install NSIS 3 (Debian: apt-get install nsis).")
    with tempfile.TemporaryDirectory() as folder:
        write_includes(Path(folder))
        # NSIS 3.08 knows /WX; a bare -D would be taken for a file on Windows.
        defines = {
            "SOURCE": source.resolve(), "OUTPUT": target.resolve(), "INCLUDES": folder, "LICENSE": ROOT / "LICENSE",
            "ICON": ROOT / "packaging" / "windows" / f"{NAME}.ico",
        }  # fmt: skip
        if command := os.environ.get("CARDIO_SIGN"):
            defines["SIGN"] = command
        if target_system:
            defines["TARGET"] = target_system
        sign = "/" if os.name == "nt" else "-"
        options = [f"{sign}WX", f"{sign}V2", *(f"{sign}D{key}={value}" for key, value in defines.items())]
        target.parent.mkdir(parents=True, exist_ok=True)
        script = ROOT / "packaging" / "windows" / f"{NAME}.nsi"
        subprocess.run([program, f"{sign}INPUTCHARSET", "UTF8", *options, str(script)], check=True)


def main() -> int:
    """Build the installer and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stand-in", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    args = parser.parse_args()
    target = args.out / f"{NAME}-{__version__}-setup.exe"
    with tempfile.TemporaryDirectory() as folder:
        source = stand_in(Path(folder)) if args.stand_in else ROOT / "dist" / NAME
        try:
            build(source, target)
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
    print(f"{target}, {target.stat().st_size / 2**20:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
