import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.conclusion import Conclusion, Draft, Signer, make_addendum, make_signature
from cardio_desktop.core.errors import ReportError
from cardio_desktop.core.findings import LeadAmplitudes, LeadQuality, Measurements, Quality, Rhythm, Sentence, Wave
from cardio_desktop.core.record import Gap
from cardio_desktop.io import open_record
from cardio_desktop.narrative.telling import tell
from cardio_desktop.report.files import write_whole
from cardio_desktop.report.json_report import (
    deidentified,
    error_to_json,
    findings_to_json,
    measurements_to_json,
    to_line,
    write_evidence,
)
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark, verbatim

from .conftest import made_findings
from .measured import case_of

CONTRACT = {
    "": {
        *("schema", "record", "quality", "beats", "waves", "measurements", "prediction", "risk", "rhythm", "narrative"),
        *("warnings", "software", "sentences", "median"),
    },
    "record": {
        *("path", "format", "rate_hz", "duration_s", "start_time", "leads", "derived_leads", "source_leads", "gaps_s"),
    },
    "quality": {"usable", "reasons", "leads", "reversal", "score", "snr_db"},
    "measurements": {
        *("heart_rate_bpm", "rr_ms", "p_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "p_axis_deg", "qrs_axis_deg"),
        *("t_axis_deg", "leads", "not_measured"),
    },
    "prediction": {"model", "windows", "classes", "statements"},
    "risk": {"tier", "reason", "meaning", "thresholds"},
}


@pytest.fixture(scope="module")
def record():
    return dataclasses.replace(simulate_record("lbbb"), gaps=(Gap(2.0, 2.5),))


def read(value):
    return json.loads(to_line(value), parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


def test_every_key_of_the_contract_is_there(record, findings_of):
    made = read(findings_to_json(record, findings_of(record)))
    for part, keys in CONTRACT.items():
        assert keys <= set(made[part] if part else made), part
    assert made["schema"] == 1
    assert made["record"]["leads"][:3] == ["I", "II", "III"]
    assert made["record"]["gaps_s"] == [[2.0, 2.5]]
    assert made["record"]["start_time"] == "2026-01-05T09:30:00"
    assert set(made["prediction"]["model"]) == {"name", "version", "sha256"}
    assert set(made["prediction"]["classes"][0]) == {"code", "logit", "probability", "bias"}
    assert set(made["prediction"]["statements"][0]) == {"code", "description", "probability"}
    assert {"start_s", "end_s"} <= set(made["prediction"]["windows"][0])
    assert made["beats"][0]["flags"][0] == {"class": "MI", "lead": "V2", "wave": "ST", "evidence": 0.21}
    assert set(made["measurements"]["rr_ms"]) == {"mean", "sd", "min", "max"}
    assert made["risk"]["tier"] in ("Low", "Moderate", "High", "Not assessed")


def test_nothing_of_the_patient_is_told(record, findings_of):
    named = dataclasses.replace(
        record, patient=dataclasses.replace(record.patient, name="Erika Mustermann", id="99881")
    )
    line = to_line(findings_to_json(named, findings_of(named)))
    assert "Mustermann" not in line
    assert "99881" not in line


def test_one_record_is_one_line_of_ascii(record, findings_of):
    odd = dataclasses.replace(record, path=Path("für\nalle\udcff.hea"))
    line = to_line(findings_to_json(odd, findings_of(odd, warnings=(verbatim("zwei\nZeilen"),))))
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["record"]["path"] == "für\nalle\udcff.hea"


def test_every_null_measurement_has_a_reason(record, findings_of):
    for measurements in (
        Measurements(),
        Measurements(
            heart_rate_bpm=float("nan"), qt_ms=np.float32(np.inf), not_measured={"pr_ms": verbatim("no P waves")}
        ),
    ):
        made = read(findings_to_json(record, findings_of(record, measurements=measurements)))["measurements"]
        empty = {name for name, value in made.items() if value is None}
        assert "heart_rate_bpm" in empty
        assert empty <= set(made["not_measured"])
        assert all(made["not_measured"].values())
    assert made["not_measured"]["pr_ms"] == "no P waves"
    assert "qt_ms" in empty


def test_measured_values_keep_their_places(record, findings_of):
    measurements = Measurements(
        heart_rate_bpm=np.float64(61.5),
        qtc_ms={"bazett": 410.0, "fridericia": 405.0},
        leads={"V2": LeadAmplitudes(r_mv=0.4, s_mv=-1.25, st60_mv=0.31)},
    )
    findings = findings_of(
        record,
        measurements=measurements,
        waves=(Wave("global", "QRS", 0.9, None, 1.02),),
        rhythm=Rhythm(
            Remark("rhythm", {"basic": Remark("rhythm-SR"), "more": ()}),
            0.9,
            ("SR",),
            (Remark("ground-rate", {"rate_bpm": 70.0}),),
            {"SR": 0.8},
        ),
        quality=Quality(
            True, (), {"I": LeadQuality(True, (), 20.5), "II": LeadQuality(False, (verbatim("flat"),))}, "RA/LA"
        ),
    )
    made = read(findings_to_json(record, findings))
    assert made["measurements"]["heart_rate_bpm"] == 61.5
    assert made["measurements"]["qtc_ms"]["fridericia"] == 405.0
    assert made["measurements"]["leads"]["V2"]["s_mv"] == -1.25
    assert made["measurements"]["leads"]["V2"]["p_mv"] is None
    assert made["waves"] == [{"lead": "global", "wave": "QRS", "onset_s": 0.9, "peak_s": None, "offset_s": 1.02}]
    made["rhythm"].pop("remarks")
    assert made["rhythm"] == {
        "statement": "Sinus rhythm",
        "confidence": 0.9,
        "codes": ["SR"],
        "details": ["rate 70/min"],
        "network": {"SR": 0.8},
    }
    flat = made["quality"]["leads"]["II"]
    assert (flat["usable"], flat["reasons"]) == (False, ["flat"])
    assert flat["remarks"] == [{"code": "verbatim", "values": {"text": "flat"}, "text": "flat"}]
    assert made["quality"]["snr_db"] == {"I": 20.5}
    assert made["quality"]["reversal"] == "RA/LA"


def test_without_an_opinion_the_place_is_null(record, findings_of):
    assert read(findings_to_json(record, findings_of(record, prediction=None)))["prediction"] is None


def test_every_sentence_comes_with_its_grounds():
    case = case_of("lbbb", sex="female")
    sentences = tell(case)
    record = simulate_record("lbbb")
    made = read(findings_to_json(record, made_findings(record, sentences=sentences, median=case.median)))
    assert made["narrative"] == [item.english for item in sentences]
    block = next(item for item in made["sentences"] if item["code"] == "CLBBB")
    assert block["source"] == "measured"
    assert block["values"]["qrs_ms"] == pytest.approx(140, abs=3)
    assert block["german"].startswith("Kompletter Linksschenkelblock, QRS 140")
    assert {mark["lead"] for mark in block["marks"]} == set(block["leads"])
    assert all(mark["end_s"] - mark["start_s"] == pytest.approx(0.140, abs=0.01) for mark in block["marks"])
    assert made["median"]["marks_s"]["qrs_onset"] < 0 < made["median"]["marks_s"]["qrs_offset"]
    assert made["median"]["beats"] > 5


def test_measurements_alone_hold_no_opinion(record, findings_of):
    made = measurements_to_json(record, findings_of(record))
    assert not {"prediction", "risk", "narrative"} & set(made)
    assert made["measurements"]["heart_rate_bpm"] == 75.0


def test_a_failed_record_has_kind_and_sentence(tmp_path):
    with pytest.raises(Exception) as caught:
        open_record(tmp_path / "nothing.hea")
    made = read(error_to_json(tmp_path / "nothing.hea", caught.value))
    assert made["path"].endswith("nothing.hea")
    assert set(made["error"]) == {"kind", "message", "code", "values"}
    assert made["error"]["code"] == "file-problem"
    assert "nothing" in made["error"]["message"]


def test_evidence_adds_up_to_the_logits_and_needs_no_pickle(record, findings_of, tmp_path):
    findings = findings_of(record)
    write_evidence(findings.evidence, tmp_path / "out.npz")
    with np.load(tmp_path / "out.npz", allow_pickle=False) as stored:
        assert set(stored) == {"evidence", "bin_s", "start_s", "classes", "leads", "logit", "bias"}
        assert stored["evidence"].dtype == np.float32
        assert stored["evidence"].shape == (5, 12, 125)
        assert stored["evidence"].sum(axis=(1, 2)) + stored["bias"] == pytest.approx(stored["logit"], abs=1e-5)
        assert list(stored["classes"]) == ["NORM", "MI", "STTC", "CD", "HYP"]
        assert list(stored["leads"])[-1] == "V6"
        assert float(stored["bin_s"]) == 0.08


def test_files_appear_whole_or_not_at_all(tmp_path):
    write_whole(tmp_path / "a", b"1")
    write_whole(tmp_path / "a", b"22")
    assert (tmp_path / "a").read_bytes() == b"22"
    with pytest.raises(ReportError, match="choose another place"):
        write_whole(tmp_path / "no" / "a", b"1")
    with pytest.raises(ReportError, match="choose another place"):
        write_whole(tmp_path / "a" / "b", b"1")
    with pytest.raises(ReportError, match="choose another place"):
        write_whole("nul\0byte", b"1")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_what_readers_concluded_stands_beside_the_programs_line(record, findings_of):
    when = datetime(2026, 11, 30, 10, 12, tzinfo=UTC)
    anna = Signer("Dr. Anna Vogel", "consultant")
    signature = make_signature("key", Draft("LBBB, known.", "own", ("CLBBB",)), anna, when, machine="Its line.")
    addendum = make_addendum("key", "Seen by Vogel too.", Signer("Ben Amsler"), when)
    done = Conclusion(None, (signature,), (addendum,), True)
    told = (Sentence("conclusion", verbatim("sinus rhythm")),)
    found = findings_of(record, sentences=told)
    plain = findings_to_json(record, found)["conclusion"]
    made = read(findings_to_json(record, found, done))["conclusion"]
    assert {key: made[key] for key in plain} == plain
    assert (made["state"], made["final"], made["reader_text"]) == ("amended", True, "LBBB, known.")
    assert made["reader_codes"] == ["CLBBB"]
    assert made["signatures"] == [
        {
            "id": signature.id,
            "text": "LBBB, known.",
            "name": "Dr. Anna Vogel",
            "role": "consultant",
            "signed_at": signature.signed_at,
            "digest": signature.digest,
            "meaning": "read",
            "source": "own",
            "codes": ["CLBBB"],
        }
    ]
    assert [one["text"] for one in made["addenda"]] == ["Seen by Vogel too."]
    draft = read(findings_to_json(record, found, Conclusion(Draft("Perhaps."))))["conclusion"]
    assert (draft["state"], draft["final"], draft["reader_text"], draft["signatures"]) == (
        "read",
        False,
        "Perhaps.",
        [],
    )
    hidden = deidentified(record, found, concluded=done)["conclusion"]
    line = to_line(hidden)
    for secret in ("Vogel", "Anna", "Amsler", "2026-11-30", signature.digest, signature.id):
        assert secret not in line
    assert (hidden["state"], hidden["reader_text"]) == ("amended", "LBBB, known.")
    assert hidden["addenda"][0]["text"] == "Seen by [removed] too."


def test_a_readers_conclusion_needs_no_line_of_the_program(record, findings_of):
    found = findings_of(record, sentences=(Sentence("quality", verbatim("noise")),))
    assert findings_to_json(record, found)["conclusion"] is None
    made = findings_to_json(record, found, Conclusion(Draft("Asystole.")))["conclusion"]
    assert (made["text"], made["codes"], made["state"], made["reader_text"]) == (None, [], "read", "Asystole.")
