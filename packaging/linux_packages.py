"""Make the Linux packages of the frozen program in dist/: .deb, .rpm, and a .run for a user without rights.

Usage: python packaging/linux_packages.py [deb rpm run]    default: all three, from dist/cardio-desktop

What the packages ask of the system is read off the libraries themselves: what they need and the folder does not hold.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from linux_files import HOMEPAGE, NAME, NO_DEVICE, SUMMARY, write_share

from cardio_desktop import __version__

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "dist" / NAME
BUILD = ROOT / "build" / "linux"
OPT = Path("opt") / NAME
MAINTAINER = "The Cardio Desktop authors <cardio-desktop@users.noreply.github.com>"

DEBIAN_PACKAGE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libcups.so.2": "libcups2 | libcups2t64",
    "libdrm.so.2": "libdrm2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
"""Libraries that the folder leaves to the system, because they must fit its drivers, display or printers."""
OF_THE_C_LIBRARY = re.compile(r"(ld-linux.*|lib(c|dl|m|pthread|rt|resolv|util|mvec))\.so\.\d")
ALSO_DEBIAN = ("fontconfig-config", "xkb-data", "shared-mime-info")
"""No libraries, but read by those of the folder: where fonts are, what keys mean, what kinds of files there are."""
ALSO_RPM = ("fontconfig", "xkeyboard-config", "shared-mime-info")


class PackageError(Exception):
    """A package that cannot be made."""


@dataclass(frozen=True)
class Needs:
    """What the libraries of a folder ask of a system: sonames, and the C library's version ("2.36")."""

    sonames: tuple[str, ...]
    glibc: str


def read_needs(headers: str, present: Iterable[str]) -> Needs:
    """Return what `objdump -p` of all libraries asks for, less the files that are `present` and the C library's own."""
    needed = set(re.findall(r"^\s+NEEDED\s+(\S+)$", headers, re.MULTILINE)) - set(present)
    versions = [tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_(\d+(?:\.\d+)+)", headers)]
    newest = max(versions, default=(0,))
    outside = sorted(name for name in needed if not OF_THE_C_LIBRARY.fullmatch(name))
    return Needs(tuple(outside), ".".join(map(str, newest)))


def needs_of(folder: Path) -> Needs:
    """Return what the libraries and programs in a folder ask of the system."""
    files = [path for path in folder.rglob("*") if path.is_file() and _is_elf(path)]
    headers = subprocess.run(["objdump", "-p", *map(str, files)], capture_output=True, text=True, check=True).stdout
    return read_needs(headers, {path.name for path in folder.rglob("*.so*")})


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def debian_depends(needs: Needs) -> str:
    """Return the packages that the .deb depends on; raises PackageError for a library that nobody has named."""
    if strange := [name for name in needs.sonames if name not in DEBIAN_PACKAGE]:
        raise PackageError(
            f"{', '.join(strange)}: neither in the folder nor in DEBIAN_PACKAGE; ship it or name the package."
        )
    named = (f"libc6 (>= {needs.glibc})", *(DEBIAN_PACKAGE[name] for name in needs.sonames), *ALSO_DEBIAN)
    return ", ".join(named)


def stage(root: Path) -> None:
    """Lay the program out below `root` as it will lie on the system."""
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    # Hard links: the folder is large, and nothing in it is changed.
    shutil.copytree(FROZEN, root / OPT, symlinks=True, copy_function=_link)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / NAME).symlink_to(f"/{OPT}/{NAME}")
    write_share(root / "usr" / "share")
    papers = root / "usr" / "share" / "doc" / NAME
    papers.mkdir(parents=True)
    (papers / "copyright").write_text((ROOT / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    for folder in (path for path in root.rglob("*") if path.is_dir()):
        folder.chmod(0o755)


def _link(source: str, target: str) -> str:
    try:
        Path(target).hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)
    return target


def deb(root: Path, needs: Needs, out: Path) -> Path:
    """Make the .deb of what lies below `root`."""
    size_kb = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
    control = {
        "Package": NAME,
        "Version": __version__,
        "Architecture": _run("dpkg", "--print-architecture").strip(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size_kb),
        "Depends": debian_depends(needs),
        "Recommends": "desktop-file-utils, fonts-dejavu-core",
        "Section": "science",
        "Priority": "optional",
        "Homepage": HOMEPAGE,
        "Description": f"{SUMMARY}\n {NO_DEVICE}",
    }
    place = root / "DEBIAN"
    place.mkdir()
    (place / "control").write_text("".join(f"{k}: {v}\n" for k, v in control.items()), encoding="utf-8")
    target = out / f"{NAME}_{__version__}_{control['Architecture']}.deb"
    _run("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(root), str(target))
    shutil.rmtree(place)
    return target


SPEC = """\
Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: Apache-2.0
URL: {url}
AutoReqProv: no
{requires}
%description
{summary}. {notice}
%install
cp -a --link {root}/. %{{buildroot}}/ 2>/dev/null || cp -a {root}/. %{{buildroot}}/
%files
/{opt}
/usr/bin/{name}
/usr/share/applications/*
/usr/share/doc/{name}
/usr/share/icons/hicolor/*/apps/{name}.*
/usr/share/man/man1/*
/usr/share/metainfo/*
/usr/share/mime/packages/*
"""


def rpm(root: Path, needs: Needs, out: Path) -> Path:
    """Make the .rpm of what lies below `root`; it asks for libraries, which all distributions name alike."""
    wanted = (f"libc.so.6(GLIBC_{needs.glibc})(64bit)", *(f"{name}()(64bit)" for name in needs.sonames), *ALSO_RPM)
    spec = SPEC.format(
        name=NAME, version=__version__, summary=SUMMARY, url=HOMEPAGE, notice=NO_DEVICE, root=root, opt=OPT,
        requires="".join(f"Requires: {one}\n" for one in wanted),
    )  # fmt: skip
    place = BUILD / "rpm"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{NAME}.spec").write_text(spec, encoding="utf-8")
    settings = {
        "_topdir": str(place),
        "_build_id_links": "none",
        "__os_install_post": "%{nil}",  # it would strip and compile what was frozen
        "__spec_install_post": "%{nil}",
        "_binary_payload": "w9.zstdio",
        "debug_package": "%{nil}",
    }
    defines = [part for key, value in settings.items() for part in ("--define", f"{key} {value}")]
    _run("rpmbuild", "-bb", "--quiet", *defines, str(place / f"{NAME}.spec"))
    made = next((place / "RPMS").rglob("*.rpm"))
    shutil.move(made, out / made.name)
    return out / made.name


def run_file(out: Path) -> Path:
    """Make the self-extracting installer for a user without rights."""
    place = BUILD / "run"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(FROZEN, place / "program", symlinks=True, copy_function=_link)
    # The menu entry is completed by the installer, which alone knows the home.
    write_share(place / "share", "@PROGRAM@")
    installer = place / "install.sh"
    shutil.copyfile(ROOT / "packaging" / "linux" / "install.sh", installer)
    installer.chmod(0o755)
    machine = _run("uname", "-m").strip()
    target = out / f"{NAME}-{__version__}-{machine}.run"
    options = ["--nox11", "--quiet", "--gzip", "--complevel", "3", "--sha256", "--tar-quietly"]
    _run("makeself", *options, str(place), str(target), f"Cardio Desktop {__version__}", "./install.sh")
    return target


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise PackageError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-1500:]}")
    return done.stdout


def main() -> int:
    """Make the packages that were asked for and say how large they are."""
    wanted = sys.argv[1:] or ["deb", "rpm", "run"]
    out = FROZEN.parent
    try:
        needs = needs_of(FROZEN)
        root = BUILD / "root"
        stage(root)
        print(f"needs       glibc {needs.glibc}, {', '.join(needs.sonames)}", flush=True)
        makers = {
            "deb": lambda: deb(root, needs, out),
            "rpm": lambda: rpm(root, needs, out),
            "run": lambda: run_file(out),
        }
        for kind in wanted:
            made = makers[kind]()
            print(f"{kind:11} {made.name}, {made.stat().st_size / 2**20:.0f} MB", flush=True)
    except (PackageError, OSError) as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
