"""The whole program tried on its own samples: what a frozen application has to prove before it is shipped."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path

from cardio_desktop.core.errors import CardioError
from cardio_desktop.paths import asset

SAMPLES = ("anterior-mi.hea", "anterior-mi-edf.edf")
SAMPLE_FOLDER = "resources/samples"


class SmokeError(CardioError):
    """A part of the program that does not work."""

    kind = "smoke test"


def demo(file: str | None, out: Path) -> list[Path]:
    """Write JSON, PDF and a picture of the window for `file` (default: a sample) into `out` and return their paths.

    Raises CardioError where something cannot be read or written.
    """
    from cardio_desktop.io import open_record
    from cardio_desktop.reading.pipeline import analyze, load_models, with_gaps
    from cardio_desktop.report.files import write_whole
    from cardio_desktop.report.json_report import findings_to_json
    from cardio_desktop.report.pdf import ReportOptions, customary_evidence, write_pdf
    from cardio_desktop.ui.screenshot import save_screenshot

    source = Path(file) if file is not None else asset(f"{SAMPLE_FOLDER}/{SAMPLES[0]}")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SmokeError(f"{out}: cannot be made a folder ({error.strerror}); choose another place.") from error
    record = open_record(source)
    findings = analyze(record, load_models())
    record = with_gaps(record, findings.start_s, findings.end_s)
    stem = source.stem
    paths = [out / f"{stem}.json", out / f"{stem}.pdf", out / f"{stem}.png"]
    write_whole(paths[0], (json.dumps(findings_to_json(record, findings), indent=1, allow_nan=False) + "\n").encode())
    options = ReportOptions(evidence=customary_evidence(findings))
    write_pdf(record, findings, paths[1], options, created=datetime.now().astimezone())
    save_screenshot(source, paths[2])
    return paths


def smoke_test(out: Path | None = None) -> int:
    """Open, judge and print the WFDB and EDF samples and grab the window; one line for each, raises what fails."""
    with tempfile.TemporaryDirectory() as folder:
        target = out if out is not None else Path(folder)
        for name in SAMPLES:
            paths = demo(str(asset(f"{SAMPLE_FOLDER}/{name}")), target)
            said = _checked(paths)
            print(f"OK {name}: {said}", flush=True)
        print(f"OK commands: {_commands(Path(folder))}", flush=True)
    print("OK smoke test", flush=True)
    return 0


def _commands(folder: Path) -> int:
    """Return how many commands a window has; raises SmokeError for one without words, or that no menu shows."""
    from PySide6.QtCore import QSettings

    from cardio_desktop.app.session import Session
    from cardio_desktop.app.settings import Settings
    from cardio_desktop.ui.application import make_application
    from cardio_desktop.ui.main_window import MainWindow

    make_application()
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow(Session(settings, analyze=False))
    commands = list(window.actions_table.commands.values())
    window.close()
    for command in commands:
        if command.menu is None or not command.text or not command.tip:
            raise SmokeError(f"the command {command.id} has no words or no place in a menu.")
    return len(commands)


def _checked(paths: list[Path]) -> str:
    """Return what the files show in a few words; raises SmokeError where one is not what it should be."""
    made, pdf, picture = paths
    found = json.loads(made.read_text(encoding="utf-8"))
    if found["prediction"] is None:
        raise SmokeError(f"{made.name}: the network gave no opinion; {found['risk']['reason']}")
    if not found["beats"]:
        raise SmokeError(f"{made.name}: no beats were found in a sample that has some.")
    for path, magic in ((pdf, b"%PDF-"), (picture, b"\x89PNG")):
        data = path.read_bytes()
        if not data.startswith(magic) or len(data) < 10_000:
            raise SmokeError(f"{path.name}: is not the file it should be ({len(data)} bytes).")
    return f"{found['record']['format']}, {len(found['beats'])} beats, tier {found['risk']['tier']}, PDF, PNG"
