import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop import __version__, cli
from cardio_desktop.cli import main
from cardio_desktop.paths import asset

SAMPLES = asset("resources/samples")
NORMAL = str(SAMPLES / "normal.hea")
INFARCTION = str(SAMPLES / "anterior-mi-edf.edf")


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_analyze_writes_one_line_for_each_record(capsys):
    assert main(["analyze", NORMAL, INFARCTION, "--json", "-"]) == 0
    captured = capsys.readouterr()
    first, second = lines(captured.out)
    assert first["record"]["path"] == NORMAL
    assert second["record"]["path"] == INFARCTION
    assert first["prediction"] is not None
    assert captured.err == ""


def test_a_failed_record_is_a_line_of_its_own_and_the_others_are_done(capsys, tmp_path):
    broken = tmp_path / "broken.edf"
    broken.write_bytes(b"0       " + bytes(300))
    missing = str(tmp_path / "missing.hea")
    assert main(["analyze", str(broken), NORMAL, missing, "--json", "-"]) == 1
    captured = capsys.readouterr()
    first, second, third = lines(captured.out)
    for made, path in ((first, str(broken)), (third, missing)):
        assert set(made) == {"path", "error"}
        assert made["path"] == path
        assert set(made["error"]) == {"kind", "message", "code", "values"}
        assert Path(path).name in made["error"]["message"]
    assert second["schema"] == 1
    assert captured.err.count("\n") == 2
    assert captured.err.startswith("cardio-desktop: broken.edf")


def test_json_and_evidence_go_to_files(capsys, tmp_path):
    out, evidence = tmp_path / "out.jsonl", tmp_path / "evidence.npz"
    assert main(["analyze", INFARCTION, "--json", str(out), "--evidence", str(evidence)]) == 0
    assert capsys.readouterr().out == ""
    (made,) = lines(out.read_text())
    with np.load(evidence, allow_pickle=False) as stored:
        for k, score in enumerate(made["prediction"]["classes"]):
            assert stored["classes"][k] == score["code"]
            total = float(stored["evidence"][k].sum(dtype=np.float64) + stored["bias"][k])
            assert total == pytest.approx(score["logit"], abs=1e-3)


def test_without_json_the_findings_are_told_in_sentences(capsys):
    assert main(["analyze", NORMAL]) == 0
    text = capsys.readouterr().out
    assert text.startswith(NORMAL)
    assert "risk tier" in text
    assert "Not a diagnosis." in text


def test_a_range_can_be_chosen(capsys):
    assert main(["analyze", NORMAL, "--from", "2", "--to", "8", "--json", "-"]) == 0
    (made,) = lines(capsys.readouterr().out)
    assert made["analysed"] == {"start_s": 2.0, "end_s": 8.0}
    assert all(2 <= beat["time_s"] < 8 for beat in made["beats"])
    assert any("2 to 8 s" in warning for warning in made["warnings"])


@pytest.mark.parametrize(("low", "high"), [("8", "2"), ("-1", "5"), ("0", "99"), ("nan", "5"), ("10", "12")])
def test_a_range_outside_the_record_is_one_sentence(capsys, low, high):
    assert main(["analyze", NORMAL, f"--from={low}", f"--to={high}", "--json", "-"]) == 1
    (made,) = lines(capsys.readouterr().out)
    assert made["error"]["kind"] == "range"
    assert made["error"]["message"].endswith("is not a stretch of this record; choose one within 0 to 10 s.")


def test_measure_asks_no_network(capsys, monkeypatch):
    monkeypatch.setattr("cardio_desktop.reading.batch.load_models", lambda _folder: pytest.fail("a model was loaded"))
    assert main(["measure", NORMAL, "--json", "-"]) == 0
    (made,) = lines(capsys.readouterr().out)
    assert "prediction" not in made
    assert "risk" not in made
    assert 40 < made["measurements"]["heart_rate_bpm"] < 120
    assert 80 < made["measurements"]["qrs_ms"] < 110
    assert 350 < made["measurements"]["qt_ms"] < 450


def test_a_fault_of_the_program_spoils_one_record_only(capsys, monkeypatch):
    from cardio_desktop.reading import batch

    real = batch.analyze

    def faulty(record, models, **others):
        if record.path.name.startswith("normal"):
            raise ZeroDivisionError("division\nby zero")
        return real(record, models, **others)

    monkeypatch.setattr(batch, "analyze", faulty)
    assert main(["analyze", NORMAL, INFARCTION, "--json", "-"]) == 1
    captured = capsys.readouterr()
    first, second = lines(captured.out)
    assert first["error"]["kind"] == "internal"
    assert "ZeroDivisionError: division by zero" in first["error"]["message"]
    assert second["schema"] == 1
    assert "Traceback" not in captured.err


def test_a_model_that_is_missing_fails_every_record(capsys, tmp_path):
    assert main(["analyze", NORMAL, "--model", str(tmp_path), "--json", "-"]) == 1
    (made,) = lines(capsys.readouterr().out)
    assert made["error"]["kind"] == "model"


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze"],
        ["analyze", NORMAL, "--from", "x"],
        ["analyze", NORMAL, INFARCTION, "--evidence", "e.npz"],
        ["analyze", NORMAL, "--json", "/no/such/folder/out.json"],
        ["measure", NORMAL],
        ["report", NORMAL, "--layout", "5x5"],
        ["report", NORMAL, "--paper", "a3"],
        ["report", NORMAL, "--evidence", "XYZ"],
        ["report", NORMAL, "-o", NORMAL],
        ["screenshot", NORMAL],
        ["screenshot", NORMAL, "-o", "x.png", "--size", "big"],
        ["evaluate"],
        ["--unknown"],
        ["--out", "x"],
    ],
)
def test_wrong_usage_is_status_2_with_a_word_on_standard_error(capsys, arguments):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err


def test_results_never_go_over_a_record(capsys, tmp_path):
    for name in ("normal.hea", "normal.dat"):
        shutil.copy(SAMPLES / name, tmp_path)
    before = (tmp_path / "normal.hea").read_bytes(), (tmp_path / "normal.dat").read_bytes()
    record = str(tmp_path / "normal.hea")
    assert main(["analyze", record, "--json", record]) == 2
    assert main(["analyze", record, "--evidence", record]) == 2
    for name in ("normal.hea", "normal.dat"):
        assert main(["report", record, "-o", str(tmp_path / name)]) == 2
    assert ((tmp_path / "normal.hea").read_bytes(), (tmp_path / "normal.dat").read_bytes()) == before
    assert capsys.readouterr().out == ""


def wfdb_with_odd_names(folder: Path) -> Path:
    """A record of two segments, a signal file of another name and an annotation file."""
    (folder / "whole.hea").write_text("whole/2 1 100 400\npart 200\npart 200\n")
    (folder / "part.hea").write_text("part 1 100 200\nvoltages_e.dat 16 200 16 0 0 0 0 II\n")
    (folder / "voltages_e.dat").write_bytes(bytes(400))
    (folder / "whole.qrs").write_bytes(bytes(2))
    return folder / "whole.hea"


@pytest.mark.parametrize("name", ["voltages_e.dat", "part.hea", "whole.hea", "whole.qrs", "whole.dat"])
@pytest.mark.parametrize("source", ["whole.hea", "whole"])
def test_results_never_go_over_any_file_of_the_record(capsys, tmp_path, monkeypatch, name, source):
    wfdb_with_odd_names(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    assert main(["analyze", source, "--json", str(tmp_path / name)]) == 2
    assert f"{name} belongs to the record" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_header_of_a_record_that_is_opened_by_its_signal_file_is_kept(capsys, tmp_path):
    wfdb_with_odd_names(tmp_path)
    signal_file = str(tmp_path / "voltages_e.dat")
    assert main(["analyze", signal_file, "--json", str(tmp_path / "part.hea")]) == 2
    assert (tmp_path / "part.hea").read_text().startswith("part 1")
    capsys.readouterr()
    main(["analyze", signal_file, "--json", str(tmp_path / "voltages_e.json")])
    assert (tmp_path / "voltages_e.json").is_file()


@pytest.mark.parametrize(("platform", "status"), [("", 1), ("xcb", 1), ("offscreen", 0)])
def test_without_a_display_one_sentence_names_the_remedy(capsys, monkeypatch, platform, status):
    import cardio_desktop.ui.application as module

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module, "run", lambda files: 0)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert main([NORMAL]) == status
    said = capsys.readouterr().err
    assert said.count("\n") == status
    assert ("cardio-desktop report FILE" in said) == bool(status)
    monkeypatch.setenv("DISPLAY", ":0")
    assert main([NORMAL]) == 0


def test_sentences_and_reports_come_in_german(capsys, tmp_path):
    assert main(["analyze", NORMAL, "--language", "de"]) == 0
    said = capsys.readouterr().out
    assert "Sinusrhythmus" in said
    assert "normales EKG." in said
    assert "Keine Diagnose." in said
    assert "Heart rate" not in said
    out = tmp_path / "befund.pdf"
    assert main(["report", NORMAL, "-o", str(out), "--language", "de"]) == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_report_writes_a_pdf_and_says_where(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", INFARCTION]) == 0
    assert capsys.readouterr().out == "anterior-mi-edf.pdf\n"
    assert (tmp_path / "anterior-mi-edf.pdf").read_bytes().startswith(b"%PDF")
    arguments = ["--layout", "12x1", "--paper", "letter", "--evidence", "MI", "--deidentify", "-o", "other.pdf"]
    assert main(["report", NORMAL, *arguments]) == 0
    from pypdf import PdfReader

    pages = PdfReader(tmp_path / "other.pdf").pages
    texts = [page.extract_text() for page in pages]
    assert {float(page.mediabox.width) for page in pages} == {792.0}
    assert any("Evidence of the network for Myocardial infarction" in text for text in texts)
    assert all("De-identified" in text for text in texts)


def test_a_deidentified_report_does_not_bear_the_records_name(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["report", NORMAL, "--deidentify"]) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["ecg-deidentified.pdf"]


def test_a_report_that_cannot_be_made_is_one_sentence(capsys, tmp_path):
    assert main(["report", str(tmp_path / "missing.hea"), "-o", str(tmp_path / "x.pdf")]) == 1
    assert main(["report", NORMAL, "-o", str(tmp_path / "no" / "x.pdf")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 2


def test_screenshot_passes_its_wishes_on(capsys, monkeypatch, tmp_path):
    import cardio_desktop.ui.screenshot as module

    calls = []
    monkeypatch.setattr(module, "save_screenshot", lambda *arguments: calls.append(arguments))
    out = tmp_path / "x.png"
    assert (
        main(["screenshot", NORMAL, "-o", str(out), "--layout", "6x2", "--evidence", "none", "--size", "800x600"]) == 0
    )
    assert main(["screenshot", NORMAL, "-o", str(out)]) == 0
    assert calls == [(NORMAL, out, "6x2", "none", (800, 600), {}), (NORMAL, out, "3x4+1", None, (1600, 1000), {})]
    assert capsys.readouterr().out == f"{out}\n{out}\n"


def test_files_without_a_command_open_the_window(monkeypatch):
    import cardio_desktop.ui.application as module

    calls = []
    monkeypatch.setattr(module, "run", lambda files: calls.append(files) or 0)
    assert main([]) == 0
    assert main(["a.hea", "./report"]) == 0
    assert calls == [[], ["a.hea", "./report"]]


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Cardio Desktop {__version__}\n"


@pytest.mark.parametrize("command", [*cli.COMMANDS, *cli.PASSED_ON])
def test_every_command_explains_itself(capsys, command):
    assert main([command, "--help"]) == 0
    assert "usage: cardio-desktop " + command in capsys.readouterr().out


def test_training_without_torch_is_one_sentence(capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["train", "--data", "x", "--out", "y"]) == 1
    assert "pip install cardio-desktop[train]" in capsys.readouterr().err


def test_an_interrupt_is_status_130(monkeypatch):
    def interrupted(_args):
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.COMMANDS, "demo", (cli.COMMANDS["demo"][0], interrupted))
    assert main(["demo"]) == 130


def test_a_program_without_streams_still_runs(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    status = main(["report", NORMAL, "-o", str(tmp_path / "x.pdf")])
    streams = [sys.stdout, sys.stderr]
    monkeypatch.undo()
    for stream in streams:
        stream.close()
    assert status == 0
    assert (tmp_path / "x.pdf").exists()


def test_a_reader_that_goes_away_ends_the_program_quietly():
    command = [sys.executable, "-m", "cardio_desktop", "analyze", *[NORMAL] * 3, "--json", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        complaint = process.stderr.read()
        assert process.wait(60) == 1
    assert complaint == b""


def test_the_window_loads_nothing_heavy():
    """The first painted window must not wait for the libraries of reading, judging and printing."""
    program = (
        "import sys, cardio_desktop.cli, cardio_desktop.reading.pipeline, cardio_desktop.report.pdf\n"
        "heavy = {'scipy', 'pandas', 'wfdb', 'edfio', 'onnxruntime', 'reportlab', 'torch', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_empty_window_is_painted_without_its_paper():
    """Nobody sees the paper before a record is open; pyqtgraph would take a third of the time of the start."""
    program = (
        "import sys\n"
        "from PySide6.QtCore import QSettings\n"
        "from cardio_desktop.app.session import Session\n"
        "from cardio_desktop.app.settings import Settings\n"
        "from cardio_desktop.ui.application import make_application\n"
        "from cardio_desktop.ui.main_window import MainWindow\n"
        "make_application()\n"
        "window = MainWindow(Session(Settings(QSettings('none.ini', QSettings.Format.IniFormat)), analyze=False))\n"
        "window.grab()\n"
        "heavy = {'pyqtgraph', 'scipy', 'pandas', 'wfdb', 'edfio', 'onnxruntime', 'reportlab', 'torch'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "[]"


def test_demo_leaves_json_pdf_and_picture(capsys, tmp_path, monkeypatch):
    import cardio_desktop.ui.screenshot as module

    monkeypatch.setattr(module, "save_screenshot", lambda path, out: Path(out).write_bytes(b"\x89PNG" + bytes(20000)))
    out = tmp_path / "new" / "out"
    assert main(["demo", "--out", str(out)]) == 0
    names = ["anterior-mi.json", "anterior-mi.pdf", "anterior-mi.png"]
    assert capsys.readouterr().out.splitlines() == [str(out / name) for name in names]
    assert sorted(p.name for p in out.iterdir()) == names
    assert json.loads((out / names[0]).read_text())["record"]["simulated"] is True
    (tmp_path / "file").touch()
    assert main(["demo", "--out", str(tmp_path / "file")]) == 1


def test_the_smoke_test_says_ok_for_each_sample_and_fails_without_an_opinion(capsys, tmp_path, monkeypatch):
    import cardio_desktop.ui.screenshot as module
    from cardio_desktop.reading import pipeline

    monkeypatch.setattr(module, "save_screenshot", lambda path, out: Path(out).write_bytes(b"\x89PNG" + bytes(20000)))
    assert main(["--smoke-test", "--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 4
    assert all(line.startswith("OK ") for line in said)
    monkeypatch.setattr(pipeline, "load_models", lambda _folder=None: None)
    assert main(["--smoke-test"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "the network gave no opinion" in captured.err


def test_deidentified_json_has_neither_path_nor_date(tmp_path, capsys):
    folder = tmp_path / "Mustermann Max"
    folder.mkdir()
    for suffix in (".hea", ".dat"):
        text = (SAMPLES / f"lbbb{suffix}").read_bytes()
        (folder / f"Mustermann_20240131{suffix}").write_bytes(text.replace(b"lbbb.dat", b"Mustermann_20240131.dat"))
    header = folder / "Mustermann_20240131.hea"
    lines = header.read_bytes().splitlines(keepends=True)
    lines[0] = b" ".join([*lines[0].split()[:4], b"10:20:30 31/01/2024\n"])
    header.write_bytes(b"".join(lines))
    gone = folder / "Mustermann_gone.edf"
    assert main(["analyze", str(header), str(gone), "--json", "-", "--deidentify"]) == 1
    said = capsys.readouterr().out
    done, failed = map(json.loads, said.splitlines())
    assert done["record"]["path"] is None
    assert done["record"]["start_time"] is None
    assert failed["path"] is None
    assert failed["error"]["kind"]
    for word in ("Mustermann", "2024-01", "20240131", "31/01", "10:20", str(tmp_path)):
        assert word not in said
    assert main(["analyze", str(header), "--json", "-"]) == 0
    assert "2024-01-31T10:20:30" in capsys.readouterr().out
    assert main(["analyze", str(header), "--deidentify"]) == 2


@pytest.mark.skipif(os.name != "posix", reason="names are bytes there only")
def test_a_file_name_that_is_no_text_gives_report_and_json(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/M\xfcller.edf")
    Path(odd).write_bytes((SAMPLES / "anterior-mi-edf.edf").read_bytes())
    assert main(["report", odd, "-o", str(tmp_path / "x.pdf")]) == 0
    assert (tmp_path / "x.pdf").stat().st_size > 10_000
    assert main(["report", odd]) == 0
    capsys.readouterr()
    assert main(["analyze", odd, "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["record"]["path"] == odd


def test_a_table_without_rate_and_unit_gets_them_by_options(tmp_path, capsys):
    table = tmp_path / "x.csv"
    table.write_text("I;II\n" + "\n".join(f"{n % 9},25;{-(n % 7)},5" for n in range(5000)))
    assert main(["measure", str(table), "--json", "-"]) == 1
    said = capsys.readouterr()
    assert "--csv-rate and --csv-unit" in said.err
    assert json.loads(said.out)["error"]["kind"] == "needs options"
    assert main(["measure", str(table), "--json", "-", "--csv-rate", "500", "--csv-unit", "uV"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["record"]["rate_hz"] == 500
    assert len([warning for warning in made["warnings"] if "given by hand" in warning]) == 2
    assert main(["report", str(table), "-o", str(tmp_path / "x.pdf"), "--csv-rate", "500", "--csv-unit", "uV"]) == 0
    given = ["--csv-rate", "500", "--csv-unit", "uV"]
    assert main(["convert", str(table), "--to", "edf", "--out", str(tmp_path), *given]) == 0
    assert main(["results", str(table), "--as", "csv", "--outbox", str(tmp_path / "out"), *given]) == 0
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".csv"]
    for wrong in (["--csv-rate", "0"], ["--csv-rate", "fast"], ["--csv-unit", "kg"]):
        assert main(["measure", str(table), "--json", "-", *wrong]) == 2


def test_convert_writes_every_format_and_says_what_is_lost(capsys, tmp_path):
    from cardio_desktop.io import open_record

    for kind in ("wfdb", "edf", "dicom", "aecg", "csv"):
        assert main(["convert", NORMAL, INFARCTION, "--to", kind, "--out", str(tmp_path / kind)]) == 0
        captured = capsys.readouterr()
        paths = [Path(line) for line in captured.out.splitlines()]
        assert {path.stem.removesuffix("-annotations") for path in paths} == {"normal", "anterior-mi-edf"}
        for path in paths:
            if "annotations" not in path.name and path.suffix != ".atr":
                assert open_record(path).leads.keys() >= {"I", "II", "V1"}
        assert "Traceback" not in captured.err
    assert main(["convert", NORMAL, "--to", "edf", "--out", str(tmp_path / "edf")]) == 1
    assert "exists" in capsys.readouterr().err
    assert main(["convert", NORMAL, "--to", "edf", "--out", str(tmp_path / "edf"), "--replace"]) == 0


def test_convert_never_replaces_the_record_itself(capsys, tmp_path):
    for ending in (".hea", ".dat"):
        shutil.copy(SAMPLES / f"normal{ending}", tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["convert", str(tmp_path / "normal.hea"), "--to", "wfdb", "--out", str(tmp_path), "--replace"]) == 2
    assert main(["convert", str(tmp_path / "normal.hea"), "--to", "wfdb", "--out", str(tmp_path)]) == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert capsys.readouterr().err.count("\n") == 2


def test_convert_without_identity_uses_one_name_for_a_patient(capsys, tmp_path):
    arguments = ["convert", NORMAL, NORMAL, str(tmp_path / "missing.edf"), "--to", "edf", "--deidentify"]
    assert main([*arguments, "--out", str(tmp_path / "out"), "--language", "de"]) == 1
    captured = capsys.readouterr()
    first, second = (Path(line).stem for line in captured.out.splitlines())
    assert first.removesuffix("-1") == second.removesuffix("-2")
    assert "Entfernt:" in captured.err
    assert "missing.edf" in captured.err


def test_results_are_put_into_an_outbox(capsys, tmp_path):
    missing = str(tmp_path / "missing.edf")
    assert main(["results", NORMAL, missing, "--as", "csv", "hl7", "--outbox", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    assert [Path(line).name for line in captured.out.splitlines()] == ["normal-measurements.csv", "normal.hl7"]
    assert "missing.edf" in captured.err
    assert len(list((tmp_path / "out").iterdir())) == 2
