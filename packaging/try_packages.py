"""Install the Linux packages as a user would, into a bare Debian, use them, remove them, and look for what is left.

Usage: python packaging/try_packages.py [--if-possible] [ROOT]    as root, on Debian with debootstrap; needs dist/*

With --if-possible a machine on which no bare Debian can be made (no mirror, no chroot) is said, and is no failure.

The .deb goes in by apt, which must find all it depends on. The program then reads, prints and shows a record as a plain
user under Xvfb. After its removal the system must be as it was, but for the user's own files. The .run is installed and
removed by that user; the .rpm must hold what the .deb holds. ROOT is a bare system to use; otherwise one is made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from smoke import Program, SmokeError, check_analysis, check_report, check_traces, check_window, copy_records

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
NAME, USER, USER_ID = "cardio-desktop", "reader", 1000
IF_POSSIBLE = "--if-possible"
MIRROR = "http://deb.debian.org/debian"
KEPT_BY_SYSTEM = (
    "var/lib",
    "var/cache",
    "var/log",
    "etc/ld.so.cache",
    "usr/share/mime",
    "usr/share/info",
    "proc",
    "tmp",
    "run",
)
"""Where the system's own tools write when anything at all is installed."""


class Bare:
    """A bare Debian below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def make(self) -> None:
        """Fill it, with the release that this machine runs."""
        release = _release()
        _run("debootstrap", "--variant=minbase", release, str(self.root), MIRROR)

    def prepare(self) -> None:
        """Give it a user and names of hosts."""
        shutil.copyfile("/etc/resolv.conf", self.root / "etc" / "resolv.conf")
        if not (self.root / "home" / USER).exists():
            self.run("useradd", "--create-home", "--uid", str(USER_ID), USER)
        # Within a mount namespace of our own, and gone with us. Without it onnxruntime complains of the processor.
        place = self.root / "proc"
        if subprocess.run(["mount", "-t", "proc", "proc", str(place)], capture_output=True).returncode:
            shutil.copyfile("/proc/cpuinfo", place / "cpuinfo")
        self.run("apt-get", "-qq", "update")

    def run(self, *command: str) -> str:
        """Run a command in it as root and return what it prints."""
        return _run("chroot", str(self.root), "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", *command)

    def as_user(self) -> tuple[str, ...]:
        """Return what a command is begun with to run in it as the user."""
        return (str(shutil.which("chroot")), f"--userspec={USER_ID}:{USER_ID}", str(self.root))

    def files(self) -> set[str]:
        """Return every file, link and folder but those that belong to tools of the system and to the user."""
        return set(self._walk())

    def _walk(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.root):
            inside = Path(folder).relative_to(self.root).as_posix()
            folders[:] = [name for name in folders if not _skipped(f"{inside}/{name}".removeprefix("./"))]
            yield from (
                path for name in (*folders, *files) if not _skipped(path := f"{inside}/{name}".removeprefix("./"))
            )


def _skipped(path: str) -> bool:
    return path.startswith((*KEPT_BY_SYSTEM, "home")) or path.endswith(("-", "__pycache__"))


def _release() -> str:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    named = dict(line.split("=", 1) for line in lines if "=" in line)
    return named["VERSION_CODENAME"].strip('"')


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SmokeError(f"{' '.join(command)}: status {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def newest(pattern: str) -> Path:
    """Return the one package of a kind; raises SmokeError where there is none."""
    found = sorted(DIST.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        raise SmokeError(f"no {pattern} in {DIST}; run packaging/linux_packages.py")
    return found[-1]


def home_in(bare: Bare) -> Path:
    """Return the user's home by a path that means the same folder in the bare system and here."""
    real = bare.root / "home" / USER
    for path in (real, *real.rglob("*")):
        os.chown(path, USER_ID, USER_ID)
    link = Path("/home") / USER
    if link.is_symlink():
        link.unlink()
    if link.exists():
        raise SmokeError(f"{link} exists on this machine: this script needs that name.")
    link.symlink_to(real)
    return link


def try_deb(bare: Bare, deb: Path) -> None:
    """Install, use and remove the .deb."""
    shutil.copyfile(deb, bare.root / "tmp" / deb.name)
    before = bare.files()
    bare.run(
        "apt-get",
        "-qq",
        "install",
        "--yes",
        "-o",
        "APT::Install-Recommends=0",
        f"/tmp/{deb.name}",
        "desktop-file-utils",
    )
    print(f"installed   {deb.name}, with {bare.run('dpkg-query', '-W').count(chr(10))} packages in all", flush=True)
    check_desktop(bare)
    home = home_in(bare)
    try:
        use(Program(Path("/usr/bin") / NAME, home, bare.as_user()), home)
    finally:
        home.unlink()
    bare.run("apt-get", "-qq", "purge", "--yes", NAME)
    bare.run("apt-get", "-qq", "purge", "--yes", "--autoremove", "desktop-file-utils")
    left = sorted(bare.files() - before)
    left += [str(path) for path in (bare.root / "var" / "lib" / "dpkg" / "info").glob(f"{NAME}*")]
    if left:
        raise SmokeError("left behind by the .deb:\n" + "\n".join(left[:40]))
    kept = [path for path in (bare.root / "home" / USER).rglob("*") if path.is_file()]
    if not any(path.suffix == ".sqlite" for path in kept):
        raise SmokeError("the reader's work went with the program")
    print(f"removed     nothing is left but {len(kept)} files of the user", flush=True)


def check_desktop(bare: Bare) -> None:
    """Fail unless the menus know the program, and the system knows its kinds of files."""
    share = bare.root / "usr" / "share"
    cache = (share / "applications" / "mimeinfo.cache").read_text(encoding="utf-8")
    globs = (share / "mime" / "globs2").read_text(encoding="utf-8")
    for suffix, mime in ((".hea", "application/x-wfdb"), (".edf", "application/x-edf"), (".bdf", "application/x-edf")):
        if f":{mime}:*{suffix}" not in globs or f"{mime}={NAME}.desktop" not in cache:
            raise SmokeError(f"{suffix} is not known as {mime} and opened by {NAME}")
    for place in (f"man/man1/{NAME}.1.gz", f"icons/hicolor/scalable/apps/{NAME}.svg", f"doc/{NAME}/copyright"):
        if not (share / place).is_file():
            raise SmokeError(f"/usr/share/{place} is missing")
    print("desktop     menu entry, kinds of files, icon and manual page are in place", flush=True)


def use(program: Program, home: Path) -> None:
    """Read, print and show a record as a plain user."""
    wfdb, edf = copy_records(home)
    for path in (home.resolve(), *home.resolve().rglob("*")):
        os.chown(path, USER_ID, USER_ID)
    print(f"version     {program.run('--version').strip()}", flush=True)
    print(f"analyze     {edf.name}: {check_analysis(program, edf)}", flush=True)
    print(f"report      {check_report(program, wfdb)}", flush=True)
    print(f"window      {check_window(program, wfdb)}", flush=True)
    print(f"traces      {check_traces(program)}", flush=True)


def try_run(bare: Bare, installer: Path) -> None:
    """Install, use and remove the .run as a user without rights."""
    real = bare.root / "home" / USER
    before = {path for path in real.rglob("*") if not path.is_dir()}
    place = bare.root / "tmp" / installer.name
    shutil.copyfile(installer, place)
    place.chmod(0o755)
    inside = Path("/home") / USER / ".local"
    say = ["env", f"HOME=/home/{USER}", "PATH=/usr/bin:/bin", "QT_QPA_PLATFORM=offscreen", "LANG=C.UTF-8"]
    _run(*bare.as_user(), *say, f"/tmp/{installer.name}", "--quiet")
    started = str(inside / "bin" / NAME)
    print(f"run file    {_run(*bare.as_user(), *say, started, '--version').strip()}", flush=True)
    _run(
        *bare.as_user(),
        *say,
        started,
        "report",
        f"{inside}/opt/{NAME}/_internal/resources/samples/lbbb.hea",
        "-o",
        "/tmp/l.pdf",
    )
    entry = (real / ".local" / "share" / "applications" / f"{NAME}.desktop").read_text(encoding="utf-8")
    if f'Exec="{inside}/opt/{NAME}/{NAME}" %F' not in entry:
        raise SmokeError(f"the menu entry does not start the program:\n{entry}")
    _run(*bare.as_user(), *say, str(inside / "opt" / NAME / "uninstall"))
    left = sorted(str(path) for path in real.rglob("*") if not path.is_dir() and path not in before)
    # What the desktop's own tools keep of all kinds of files, and the user's own.
    left = [
        path for path in left if "/share/mime/" not in path and "CardioDesktop" not in path and "mimeinfo" not in path
    ]
    if left:
        raise SmokeError("left behind by the .run:\n" + "\n".join(left[:40]))
    print("run file    removed, nothing is left", flush=True)


def try_rpm(rpm: Path, deb: Path) -> None:
    """Fail unless the .rpm holds what the .deb holds, and asks for libraries by name."""
    listed = set(_run("rpm", "-qlp", str(rpm)).splitlines())
    contents = _run("dpkg-deb", "--contents", str(deb)).splitlines()
    named = (line.split(" ./", 1)[1].split(" -> ")[0] for line in contents if not line.startswith("d"))
    files = {f"/{name}" for name in named}
    if missing := sorted(files - listed):
        raise SmokeError("not in the .rpm:\n" + "\n".join(missing[:20]))
    wanted = _run("rpm", "-qp", "--requires", str(rpm))
    if "libEGL.so.1()(64bit)" not in wanted:
        raise SmokeError(f"the .rpm does not ask for its libraries:\n{wanted}")
    print(f"rpm         {len(files)} files as in the .deb", flush=True)


def main() -> int:
    """Try all three; returns 1 at the first thing that a user or administrator would notice."""
    if os.environ.get("CARDIO_OWN_MOUNTS") != "1":
        own = {**os.environ, "CARDIO_OWN_MOUNTS": "1"}
        # Where a container forbids mounts, the program runs without /proc too.
        apart = ["unshare", "--mount"] if not subprocess.run(["unshare", "--mount", "true"]).returncode else []
        return subprocess.run([*apart, sys.executable, *sys.argv], env=own).returncode
    began = time.monotonic()
    places = [argument for argument in sys.argv[1:] if argument != IF_POSSIBLE]
    with tempfile.TemporaryDirectory() as folder:
        bare = Bare(Path(places[0]).resolve() if places else Path(folder) / "debian")
        try:
            try:
                if not (bare.root / "etc").exists():
                    bare.make()
                bare.prepare()
            except (SmokeError, OSError) as error:
                if IF_POSSIBLE not in sys.argv:
                    raise
                print(f"NOT TRIED: no bare Debian can be made here: {error}", file=sys.stderr)
                return 0
            print(f"bare system {_release()}, after {time.monotonic() - began:.0f} s", flush=True)
            deb = newest("*.deb")
            try_deb(bare, deb)
            try_run(bare, newest("*.run"))
            try_rpm(newest("*.rpm"), deb)
        except (SmokeError, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
            print(f"FAILED: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
        finally:
            subprocess.run(["umount", "--lazy", str(bare.root / "proc")], capture_output=True)
    print(f"The packages install, work and go without a trace ({time.monotonic() - began:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
