"""Try the frozen program as a user would: outside the checkout, with an environment that knows nothing of Python.

Usage: python packaging/smoke.py [PROGRAM]

Every line of output that is not expected is a failure: a frozen program that lacks a module often says so only there.
Where Xvfb is installed the real window is opened on a virtual screen and its picture is read from there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "resources" / "samples"
TIMEOUT_S = 120
SCREEN = (1600, 1000)
# Qt's offscreen platform says this of every window with a smallest size; a real screen does not.
EXPECTED = ("This plugin does not support propagateSizeHints()",)


def program_path() -> Path:
    """Return the frozen program that `make package` leaves."""
    if sys.platform == "darwin":
        return ROOT / "dist" / "Cardio Desktop.app" / "Contents" / "MacOS" / "cardio-desktop"
    # On Windows the windowed program has no output: its twin with a console is what a script calls.
    return ROOT / "dist" / "cardio-desktop" / ("cardio-desktop-cli.exe" if os.name == "nt" else "cardio-desktop")


class SmokeError(Exception):
    """Something that a user would notice."""


@dataclass(frozen=True)
class Program:
    """The frozen program and an empty home for it; `prefix` is what starts it in another system's root."""

    path: Path
    home: Path
    prefix: tuple[str, ...] = ()

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment without anything of this checkout or its interpreter."""
        kept = {key: os.environ[key] for key in ("SYSTEMROOT", "WINDIR", "TEMP", "TMP") if key in os.environ}
        home = str(self.home)
        return {
            **kept,
            "HOME": home,
            "USERPROFILE": home,
            "APPDATA": home,
            "LANG": "C.UTF-8",
            "PATH": "/usr/bin",
            **more,
        }

    def run(self, *arguments: str, status: int = 0, complaint: str = "") -> str:
        """Run it offscreen and return its standard output; its status and its other lines must be as told.

        A `complaint` is what its one line of error must contain.
        """
        done = subprocess.run(
            [*self.prefix, str(self.path), *arguments],
            cwd=self.home,
            env=self.environment(QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
        )
        named = f"cardio-desktop {' '.join(arguments)}"
        if done.returncode != status:
            raise SmokeError(f"{named}: exit status {done.returncode}, not {status}:\n{done.stdout}{done.stderr}")
        strange = unexpected(done.stderr)
        if complaint and len(strange) == 1 and complaint in strange[0]:
            strange = []
        if strange:
            raise SmokeError(f"{named}: unexpected output:\n" + "\n".join(strange))
        return done.stdout


def unexpected(text: str) -> list[str]:
    """Return the lines that nobody expects."""
    return [line for line in text.splitlines() if line.strip() and line.strip() not in EXPECTED]


def only_names(target: Path, printed: str) -> None:
    """Fail if a command that writes `target` prints anything but its name."""
    if printed.strip() != str(target):
        raise SmokeError(f"{target.name}: unexpected output:\n{printed}")


def check_analysis(program: Program, record: Path) -> str:
    """Analyse `record` and return a word on its result."""
    printed = program.run("analyze", str(record), "--json", "-")
    lines = printed.splitlines()
    if len(lines) != 1:
        raise SmokeError(f"analyze {record.name}: {len(lines)} lines of JSON, not one:\n{printed[:2000]}")
    found = json.loads(lines[0])
    if found.get("error") or not found.get("prediction"):
        raise SmokeError(f"analyze {record.name}: no prediction: {found.get('error') or found.get('risk')}")
    classes = {entry["code"]: entry["probability"] for entry in found["prediction"]["classes"]}
    if len(classes) != 5 or not all(0 <= value <= 1 for value in classes.values()) or not found["beats"]:
        raise SmokeError(f"analyze {record.name}: strange result: {classes}, {len(found['beats'])} beats")
    return f"{found['record']['format']}, {len(found['beats'])} beats, tier {found['risk']['tier']}"


def check_report(program: Program, record: Path) -> str:
    """Write the PDF of `record` and return a word on it."""
    target = program.home / "report.pdf"
    only_names(target, program.run("report", str(record), "-o", str(target)))
    data = target.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    if not data.startswith(b"%PDF-") or pages < 1 or len(data) < 20_000:
        raise SmokeError(f"report {record.name}: {len(data)} bytes, {pages} pages")
    return f"{pages} pages, {len(data) // 1024} kB"


def check_picture(program: Program, record: Path) -> str:
    """Let the program grab its own window and return a word on the picture."""
    from PIL import Image

    target = program.home / "window.png"
    only_names(target, program.run("screenshot", str(record), "-o", str(target), "--size", "1600x1000"))
    with Image.open(target) as image:
        size, colours = image.size, len(image.convert("RGB").getcolors(maxcolors=1 << 24) or ())
    if size != SCREEN or colours < 100:
        raise SmokeError(f"screenshot {record.name}: {size}, {colours} colours")
    return f"{size[0]} x {size[1]}, {colours} colours"


def check_failure(program: Program) -> str:
    """Give it a file that is no ECG: one sentence, status 1, no trace of Python."""
    bad = program.home / "letter.edf"
    bad.write_bytes(b"Dear colleague, no ECG is enclosed.")
    found = json.loads(program.run("analyze", str(bad), "--json", "-", status=1, complaint=bad.name))
    message = str(found["error"]["message"])
    if bad.name not in message or "Traceback" in message:
        raise SmokeError(f"analyze letter.edf: {message}")
    return message


def frame_colours(buffer: Path) -> Counter[str]:
    """Return how often each colour ("#rrggbb") stands in a sparse sample of Xvfb's screen (an XWD file)."""
    try:
        data = buffer.read_bytes()
        header = struct.unpack(">25I", data[:100])
    except (OSError, struct.error):
        return Counter()
    start, bytes_per_line, height = header[0] + 12 * header[19], header[12], header[5]
    colours: Counter[str] = Counter()
    for row in range(0, height, 7):
        line = data[start + row * bytes_per_line : start + (row + 1) * bytes_per_line]
        colours.update(f"#{line[k : k + 3][::-1].hex()}" for k in range(0, len(line) - 3, 20))
    return colours


def show_findings_at_once(home: Path) -> None:
    """Write the settings of a reader who does not read first: findings would otherwise wait for a key."""
    from cardio_desktop.app.settings import APPLICATION, ORGANIZATION

    settings = home / ".config" / ORGANIZATION / f"{APPLICATION}.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[reading]\nread_first=off\n", encoding="utf-8")


def check_window(program: Program, record: Path) -> str:
    """Open the window on a virtual screen and return when window, ECG and findings were seen."""
    if shutil.which("Xvfb") is None:
        return "left out, Xvfb is not installed"
    first_s, paper_s, tier_s = watch_window(program, record)
    return f"painted after {first_s:.2f} s, with the ECG after {paper_s:.2f} s, with findings after {tier_s:.2f} s"


def watch_window(program: Program, record: Path) -> tuple[float, float, float]:
    """Open the window on a virtual screen and return the seconds until window, ECG and findings were seen."""
    from cardio_desktop.core.colors import TIER_COLORS
    from cardio_desktop.core.findings import Tier
    from cardio_desktop.render.colors import RED_PAPER

    banner = TIER_COLORS[Tier.HIGH]
    server = shutil.which("Xvfb")
    if server is None:
        raise SmokeError("Xvfb is not installed")
    folder = program.home / "screen"
    folder.mkdir(exist_ok=True)
    show_findings_at_once(program.home)
    read_end, write_end = os.pipe()
    xvfb = subprocess.Popen(
        [server, "-displayfd", str(write_end), "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-fbdir", str(folder)],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as pipe:
            display = f":{pipe.readline().strip()}"
        buffer = folder / "Xvfb_screen0"
        log = program.home / "window.log"
        with log.open("w", encoding="utf-8") as output:
            began = time.monotonic()
            shown = subprocess.Popen(
                [*program.prefix, str(program.path), str(record)],
                cwd=program.home,
                env=program.environment(DISPLAY=display),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                seen = partial(frame_colours, buffer)
                first_s = wait_for(lambda: len(seen()) > 3, began, shown, log)
                paper_s = wait_for(lambda: seen()[RED_PAPER.fine] > 200, began, shown, log)
                tier_s = wait_for(lambda: seen()[banner] > 3, began, shown, log)
                time.sleep(2)  # what it would complain of while analysing
                if shown.poll() is not None:
                    raise SmokeError(f"the window closed by itself with status {shown.returncode}:\n{log.read_text()}")
            finally:
                shown.terminate()
                shown.wait(timeout=20)
        if strange := unexpected(log.read_text(encoding="utf-8")):
            raise SmokeError("the window: unexpected output:\n" + "\n".join(strange))
    finally:
        xvfb.terminate()
        xvfb.wait(timeout=20)
    return first_s, paper_s, tier_s


def wait_for(seen: Callable[[], bool], began: float, shown: subprocess.Popen[bytes], log: Path) -> float:
    """Wait until `seen()` and return the seconds since `began`."""
    while not seen():
        if shown.poll() is not None or time.monotonic() - began > TIMEOUT_S:
            raise SmokeError(f"the window was not painted:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.02)
    return time.monotonic() - began


def check_traces(program: Program) -> str:
    """Look for what was written outside the program's own folders: libraries keep caches and events of their own."""
    own = ("CardioDesktop", "Cardio Desktop", "fontconfig", "mesa_shader_cache")
    hidden = [path for folder in (".cache", ".config", ".local") for path in (program.home / folder).rglob("*")]
    names = [path.relative_to(program.home) for path in hidden if path.is_file()]
    if strange := [str(name) for name in names if not any(part.startswith(own) for part in name.parts)]:
        raise SmokeError("written outside the program's own folders: " + ", ".join(sorted(strange)))
    return f"{len(names)} files, all of them the program's own"


def size_mb(folder: Path) -> float:
    """Return what the files of a folder take."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink()) / 2**20


def copy_records(home: Path) -> tuple[Path, Path]:
    """Copy the samples into a folder of the user's, away from the checkout; returns the WFDB and the EDF one."""
    records = home / "My records (ä)"
    shutil.copytree(SAMPLES, records)
    return records / "anterior-mi.hea", next(records.glob("*.edf"))


def main() -> int:
    """Run all checks; return 1 at the first thing that a user would notice."""
    path = Path(sys.argv[1]).resolve() if sys.argv[1:] else program_path()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        wfdb, edf = copy_records(home)
        program = Program(path, home)
        try:
            print(f"program     {path}, {size_mb(path.parent):.0f} MB", flush=True)
            print(f"version     {program.run('--version').strip()}", flush=True)
            for record in (wfdb, edf):
                print(f"analyze     {record.name}: {check_analysis(program, record)}", flush=True)
            program.run("--smoke-test")
            print(f"report      {check_report(program, edf)}", flush=True)
            print(f"screenshot  {check_picture(program, wfdb)}", flush=True)
            print(f"bad file    {check_failure(program)}", flush=True)
            print(f"window      {check_window(program, wfdb)}", flush=True)
            print(f"traces      {check_traces(program)}", flush=True)
        except (SmokeError, subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
            print(f"FAILED: {type(error).__name__}: {error}", file=sys.stderr)
            return 1
    print("The frozen program works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
