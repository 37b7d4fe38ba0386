"""The first page: preliminary until somebody signed, true millimetres, and nothing dropped without a mark."""

import dataclasses
import re
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from cardio_desktop.core.conclusion import Conclusion, Draft, Signer, make_addendum, make_signature
from cardio_desktop.core.events import Event, critical_of
from cardio_desktop.core.findings import Measurements, Sentence
from cardio_desktop.core.leads import LEADS12
from cardio_desktop.core.record import ArraySamples, Channel, Patient, Record
from cardio_desktop.core.recount import Recount
from cardio_desktop.core.units import POINTS_PER_MM
from cardio_desktop.report import style
from cardio_desktop.report.letterhead import Letterhead
from cardio_desktop.report.pdf import ReportOptions, pdf_bytes
from cardio_desktop.report.reader import ReaderOpinion
from cardio_desktop.simulate import simulate_record
from cardio_desktop.words import Remark, verbatim

from .test_pdf import grid_of, near, paths_of, texts

WHEN = datetime(2026, 11, 30, 10, 12, tzinfo=timezone(timedelta(hours=1)))
ANNA, BEN = Signer("Dr. Anna Vogel", "consultant"), Signer("Prof. Ben Amsler", "head")
LINE = "Sinus rhythm 75/min, all that matters."


def signed(text: str = "Own words.", source: str = "own", *, addenda=(), second: str = "") -> Conclusion:
    made = [make_signature("key", Draft(text, source), ANNA, WHEN)]
    if second:
        made.append(make_signature("key", Draft(second, "own"), BEN, WHEN + timedelta(hours=3), meaning="second"))
    added = tuple(make_addendum("key", words, BEN, WHEN + timedelta(hours=5)) for words in addenda)
    return Conclusion(Draft(text, source), tuple(made), added, True)


@pytest.fixture(scope="module")
def record() -> Record:
    return dataclasses.replace(
        simulate_record("normal"),
        simulated=False,
        path=Path("aufnahme.hea"),
        device="Cart 7",
        patient=Patient("4711", "Łukasz Müller", "male", 63, "1962-11-03"),
    )


@pytest.fixture
def printed(record, findings_of, created):
    """Return what prints: (text of all pages, one after another with single spaces) of a report of some options."""

    def make(of: Record = record, changes=None, **options) -> list[str]:
        told = {"sentences": (Sentence("conclusion", verbatim(LINE.rstrip("."))),)}
        findings = findings_of(of, **(told | (changes or {})))
        data = pdf_bytes(of, findings, ReportOptions(**options), created=created)
        return [re.sub(r"\s+", " ", text) for text in texts(data)]

    return make


UNSIGNED = {
    "new": Conclusion(),
    "read": Conclusion(read=True),
    "draft": Conclusion(Draft("Perhaps LBBB.")),
    "accepted": Conclusion(Draft(LINE, "machine"), read=True),
    "damaged": Conclusion(Draft("Perhaps LBBB."), damaged=("a1",)),
}


@pytest.mark.parametrize("state", UNSIGNED)
@pytest.mark.parametrize(("language", "stamp"), [("en", "PRELIMINARY: not signed"), ("de", "VORLÄUFIG: nicht")])
def test_what_nobody_signed_is_preliminary_on_every_page(printed, state, language, stamp):
    pages = printed(conclusion=UNSIGNED[state], language=language)
    assert len(pages) > 1
    assert all(stamp in page for page in pages)
    assert not any("Confirmed" in page or "Bestätigt" in page or "confirmed," in page for page in pages)
    assert ("not confirmed" if language == "en" else "nicht bestätigt") in pages[0]
    assert "Signed electronically" not in pages[0]


def test_a_report_for_which_nobody_looked_does_not_say_that_nobody_signed(printed):
    pages = printed(conclusion=None, opinions=(ReaderOpinion("", "", "Own reading."),))
    assert all("PRELIMINARY: printed without the reading" in page for page in pages)
    assert not any("not signed" in page for page in pages)
    assert "Nobody looked up what a reader concluded." in pages[0]
    assert "Own reading." in pages[0]


def test_a_reading_of_old_that_is_the_draft_is_told_once(printed):
    opinions = (ReaderOpinion("", "", "Perhaps LBBB."), ReaderOpinion("", "", "Something else."))
    page = printed(conclusion=Conclusion(Draft("Perhaps LBBB.")), opinions=opinions)[0]
    assert page.count("Perhaps LBBB.") == 1
    assert "Something else." in page


def test_what_was_signed_names_who_when_and_what_for(printed):
    (page,) = printed(conclusion=signed("LBBB.\nNo change."), annex=False)
    assert "PRELIMINARY" not in page
    assert "Confirmed by Dr. Anna Vogel, consultant, 2026-11-30 10:12" in page
    assert "Conclusion LBBB. No change." in page
    assert "Dr. Anna Vogel, consultant, 2026-11-30 10:12 UTC+01:00 (reading)" in page
    assert f"{LINE} Risk tier: High." in page
    assert "not confirmed" in page
    assert "Not a diagnosis" not in page
    for part in ("Łukasz Müller", "ID 4711", "born 1962-11-03", "male", "63 years", "Cart 7", "2026-01-05 09:30:00"):
        assert part in page
    for part in ("Heart rate", "PR interval", "QRS duration", "QTc (Fridericia)", "P axis", "T axis", "75/min"):
        assert part in page


@pytest.mark.parametrize(
    ("conclusion", "confirmed"),
    [
        (signed(LINE, "machine"), True),
        (signed(LINE.upper(), "machine"), True),
        (signed(LINE, "own"), False),
        (signed("Other line of another version.", "machine"), False),
        (signed(LINE, "machine", addenda=("But new.",)), False),
        (Conclusion(Draft(LINE, "machine")), False),
    ],
)
def test_the_programs_line_is_confirmed_only_where_that_very_line_was_signed(printed, conclusion, confirmed):
    (page,) = printed(conclusion=conclusion, annex=False)
    assert ("confirmed by the reader" in page) == confirmed
    assert ("not confirmed" in page) != confirmed


def test_addenda_and_a_second_reader_are_told_with_their_names(printed):
    (page,) = printed(conclusion=signed("First.", addenda=("Came too late.",), second="Second thought."), annex=False)
    assert "Confirmed by Dr. Anna Vogel, consultant, 2026-11-30 10:12" in page
    assert "Confirmed by Prof. Ben Amsler, head, 2026-11-30 13:12" in page
    assert "Amended 2026-11-30 15:12" in page
    assert "Second thought." in page
    assert "Prof. Ben Amsler, head, 2026-11-30 15:12 UTC+01:00: Came too late." in page
    assert "Before that" in page
    assert "2026-11-30 10:12 UTC+01:00: First." in page
    assert "(second reading)" in page


def test_damaged_signatures_are_told(printed):
    (page,) = printed(conclusion=UNSIGNED["damaged"], annex=False)
    assert "1 signatures or addenda are damaged and count for nothing." in page


def test_readers_remarks_stand_on_the_first_page(printed):
    opinions = (ReaderOpinion("ST segment", "disagree", "early repolarisation"), ReaderOpinion("QT", "agree"))
    page = printed(opinions=opinions)[0]
    assert "ST segment: disagrees: early repolarisation" in page
    assert "QT: agrees" in page


def test_a_deidentified_report_names_no_reader_and_no_time(printed):
    conclusion = signed("Seen by Vogel for Mr Müller.", addenda=("Amsler agrees.",), second="Müller again.")
    text = " ".join(printed(conclusion=conclusion, deidentify=True))
    for secret in ("Vogel", "Anna", "Amsler", "Müller", "2026-11", "10:12", "Cart 7"):
        assert secret not in text
    assert "Confirmed; names and times are removed" in text
    assert "consultant" not in text
    assert "Seen by [removed] for Mr [removed]" in text


LONG = " ".join(f"word{k}" for k in range(340))


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_long_conclusion_goes_on_with_a_mark_and_loses_no_word(printed, paper):
    conclusion = signed(LONG, addenda=(LONG.replace("word", "more"),))
    pages = printed(conclusion=conclusion, annex=False, paper=paper, letterhead=Letterhead("Clinic", ("Street",)))
    assert len(pages) == 3
    assert "… continued on the next page" in pages[0]
    assert LINE in pages[0]
    assert "Continued from the first page" in pages[1]
    text = " ".join(pages)
    assert [word for word in text.split() if re.fullmatch(r"word\d+", word)] == LONG.split()
    assert all(f" more{k} " in f" {text} " for k in range(340))


def test_without_more_to_tell_there_is_one_page_and_no_mark(printed):
    pages = printed(conclusion=signed(), annex=False)
    assert len(pages) == 1
    assert "continued" not in pages[0]
    assert "Page 1 of 1" in pages[0]
    assert len(printed(conclusion=signed())) > 1


def test_names_too_long_for_their_place_stand_in_full_overleaf(record, printed):
    long_name = " ".join(f"Name{k}" for k in range(40))
    of = dataclasses.replace(record, patient=Patient("7" * 60, long_name, "female", 40, "1985-01-01"))
    reader = Signer(" ".join(f"Reader{k}" for k in range(30)), "role")
    conclusion = Conclusion(None, (make_signature("key", Draft("Fine."), reader, WHEN),))
    pages = printed(of, conclusion=conclusion, annex=False)
    assert "… continued on the next page" in pages[0]
    assert long_name in pages[1]
    assert "7" * 60 in pages[1]
    assert reader.name in pages[1]


@pytest.mark.parametrize("letters", [60, 300])
def test_a_long_name_of_the_recorder_is_cut_only_with_its_full_text_overleaf(record, printed, letters):
    device = "Cart " * (letters // 5)
    pages = printed(dataclasses.replace(record, device=device.strip()), conclusion=signed(), annex=False)
    assert len(pages) == (1 if letters == 60 else 2)
    assert device.strip() in pages[-1]


def test_an_amended_report_of_many_readers_is_stamped_amended(printed):
    many = tuple(make_signature("key", Draft("Fine."), Signer(f"Reader {k}"), WHEN) for k in range(4))
    late = (make_addendum("key", "Late.", ANNA, WHEN),)
    page = printed(conclusion=Conclusion(None, many, late), annex=False)[0]
    assert "and 2 more Amended 2026-11-30 10:12" in page


def test_more_signatures_than_lines_are_all_told(printed):
    many = tuple(make_signature("key", Draft("Fine."), Signer(f"Reader {k}"), WHEN) for k in range(6))
    pages = printed(conclusion=Conclusion(None, many), annex=False)
    assert "and 4 more" in pages[0]
    assert all(f"Reader {k}, 2026-11-30 10:12 UTC+01:00 (reading)" in pages[1] for k in range(6))


def test_letters_the_font_lacks_are_codes_in_the_readers_words_too(printed):
    (page,) = printed(conclusion=signed("李 says שלום 😀"), annex=False)
    assert "[U+674E] says [U+05E9]" in page


def test_a_longer_record_says_which_part_is_shown(record, printed):
    long = dataclasses.replace(simulate_record("normal", duration_s=60.0), simulated=False)
    (page,) = printed(long, start_s=30.0, annex=False)
    assert "This page shows 30 s to 40 s of a record of 60 s (2026-01-05 09:30:30 – 09:30:40)" in page
    assert "Measured from 0 to 60 s." in page
    (page,) = printed(long, start_s=30.0, annex=False, deidentify=True)
    assert "of a record of 60 s" in page
    assert "09:30" not in page
    assert "This page shows" not in printed(record, annex=False)[0]


def test_hours_are_told_as_a_clock_does(printed):
    flat = Channel("II", 10.0, "mV", 1.0, 0.0, ArraySamples(np.zeros(80_000)), lead="II")
    day = Record(path=Path("day.hea"), format="test", channels=(flat,))
    page = printed(day, start_s=7000.0, annex=False)[0]
    assert "This page shows 1:56:40 h to 1:56:50 h of a record of 2:13:20 h" in page


def test_measurements_that_are_missing_or_edited_say_so(record, printed):
    found = Measurements(
        heart_rate_bpm=130.0,
        qrs_ms=150.0,
        not_measured={"pr_ms": verbatim("no P waves"), "p_axis_deg": verbatim("no P waves")},
    )
    after = Recount((), dataclasses.replace(found, heart_rate_bpm=88.0), None, ())
    (page,) = printed(changes={"measurements": found}, recount=after, annex=False)
    assert "Not measured: PR interval, P axis (no P waves)." in page
    assert "130/min" in page
    assert "After the reader's edits of beats: Heart rate 88/min." in page
    assert "Bold: outside the usual limits of adults." in page
    child = dataclasses.replace(record, patient=Patient(age_years=3))
    assert "Bold" not in printed(child, changes={"measurements": found}, annex=False)[0]
    (page,) = printed(
        changes={"measurements": Measurements()}, recount=Recount((), Measurements(), None, ()), annex=False
    )
    assert "Heart rate not measured." in page
    assert "these values stay" in page


def test_the_tier_never_stands_without_what_it_stands_for(printed):
    (page,) = printed(scope=(verbatim("The tier is that of the worst ten seconds"),), annex=False)
    assert "Risk tier: High. The tier is that of the worst ten seconds." in page


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_letterhead_stands_above_and_the_trace_stays_true(record, findings_of, created, paper):
    target = BytesIO()
    Image.new("RGB", (60, 24), "red").save(target, "PNG")
    head = Letterhead("Heart Centre", ("Street 1", "Town", "Telephone", "Mail"), target.getvalue(), (60, 24))
    options = ReportOptions(paper=paper, letterhead=head, conclusion=signed(), annex=False)
    data = pdf_bytes(record, findings_of(record), options, created=created)
    assert pdf_bytes(record, findings_of(record), options, created=created) == data
    page = PdfReader(BytesIO(data)).pages[0]
    assert [image.image.size for image in page.images] == [(60, 24)]
    text = page.extract_text()
    assert all(part in text for part in ("Heart Centre", "Street 1", "Mail", "Łukasz Müller"))
    for places in grid_of(paths_of(data), style.FINE_GRID):
        assert np.array(places[10:]) - np.array(places[:-10]) == pytest.approx(28.346, abs=0.003)


def critical(*codes: str):
    return critical_of([Event(code, 1.0 + k, 2.0 + k, values=dict(VALUES)) for k, code in enumerate(codes)])


VALUES = {"rate_bpm": 187.0, "length_s": 3.1, "qtc_ms": 520.0, "st_mv": 0.4}


@pytest.mark.parametrize("codes", [("VT",), ("VT", "PAUSE"), ("VT", "WCT", "VF", "ASYSTOLE", "PAUSE", "AVB3", "QT500")])
def test_all_that_is_critical_is_told_and_the_conclusion_first(printed, codes):
    (page, *more) = printed(changes={"critical": critical(*codes)}, conclusion=signed(), annex=False)
    assert not more
    assert page.index("Critical: ") >= 0
    whole = "Critical, by the program" in page
    assert whole == (len(codes) > 2)
    if whole:
        assert page.index("Own words.") < page.index("Critical, by the program")
        told = page[page.index("Critical, by the program") :]
        for part in ("Very long QT", "187/min", "asystole", "AV block"):
            assert part.lower() in told.lower()


def test_what_the_program_does_not_judge_is_not_bold(printed):
    found = Measurements(heart_rate_bpm=70.0, qrs_ms=175.0)
    values = {"rhythm": verbatim("Paced"), "codes": (), "findings": (), "why": verbatim("in a paced rhythm")}
    paced = (Sentence("conclusion", Remark("conclusion-unjudged", values)),)
    assert "Bold" in printed(changes={"measurements": found}, annex=False)[0]
    assert "Bold" not in printed(changes={"measurements": found, "sentences": paced}, annex=False)[0]


def spiked(values: dict[str, tuple[int, float]]) -> Record:
    flat = {name: np.zeros(5000) for name in LEADS12}
    for name, (sample, millivolts) in values.items():
        flat[name][sample] = millivolts
    channels = tuple(Channel(name, 500.0, "mV", 1.0, 0.0, ArraySamples(row), lead=name) for name, row in flat.items())
    return Record(path=Path("made.hea"), format="test", channels=channels)


def traced(data: bytes, page: int = 0) -> np.ndarray:
    lines = [p.lines[0] for p in paths_of(data, page) if near(p.color, style.INK) and p.lines and len(p.lines[0]) > 100]
    return np.array([point for line in lines for point in line])


def test_rows_move_before_a_trace_is_cut_and_stay_true(findings_of, created):
    """4 mV in I is more than the first row has above its zero line; nothing else moves the scale."""
    made = spiked({"I": (500, 4.0), "V3": (3500, -2.5)})
    data = pdf_bytes(made, findings_of(made), ReportOptions(annex=False), created=created)
    assert len(PdfReader(BytesIO(data)).pages) == 1
    assert "cut at" not in texts(data)[0]
    across, up = grid_of(paths_of(data), style.FINE_GRID)
    points = traced(data)
    peak = points[points[:, 1].argmax()]
    zero = points[np.abs(points[:, 0] - (peak[0] - 20)).argmin()][1]
    assert (peak[1] - zero) / POINTS_PER_MM == pytest.approx(40.0, abs=0.02)
    assert (peak[0] - across[0]) / POINTS_PER_MM == pytest.approx(10.0 + 25.0, abs=0.02)
    assert peak[1] < up[-1] + 5.6 * POINTS_PER_MM
    feet = sorted({round(line[0][1], 1) for p in paths_of(data) for line in p.lines if len(line) == 6})
    rows = sorted({round(y, 1) for y in points[:, 1] if np.sum(np.abs(points[:, 1] - y) < 0.06) > 1000})
    assert feet == pytest.approx(rows, abs=0.11)  # each row's pulse stands on its zero line
    assert len(rows) == 4


def test_what_no_row_has_room_for_follows_on_a_whole_sheet(findings_of, created):
    made = spiked({"I": (500, 9.0), "II": (900, 9.0)})
    data = pdf_bytes(made, findings_of(made), ReportOptions(annex=False), created=created)
    pages = texts(data)
    assert len(pages) == 2
    assert "cut at the paper's edge: I" in pages[0]
    assert "continued on the next page" in pages[0]
    assert "V6" in pages[1]


def test_leads_beyond_the_twelve_follow_on_a_sheet(findings_of, created):
    made = spiked({})
    extra = tuple(Channel(f"V{k}", 500.0, "mV", 1.0, 0.0, ArraySamples(np.full(5000, 0.1))) for k in (7, 8, 9))
    made = dataclasses.replace(made, channels=(*made.channels, *extra))
    pages = texts(pdf_bytes(made, findings_of(made), ReportOptions(annex=False), created=created))
    assert "not on this sheet: V7, V8, V9" in pages[0]
    assert "continued on the next page" in pages[0]
    assert [name for name in ("V7", "V8", "V9") if name in pages[1]] == ["V7", "V8", "V9"]
    assert len(pages) == 2


@pytest.mark.parametrize(("layout", "shown"), [("12x1", "3x4+1"), ("cabrera-12x1", "cabrera-3x4+1")])
def test_a_layout_of_many_rows_follows_on_its_own_sheet(record, findings_of, created, layout, shown):
    pages = texts(pdf_bytes(record, findings_of(record), ReportOptions(layout=layout, annex=False), created=created))
    assert len(pages) == 2
    assert ("-aVR" in pages[0]) == shown.startswith("cabrera")
    assert "continued on the next page" in pages[0]


def test_a_short_record_has_columns_of_whole_beats_and_no_second_sheet(findings_of, created):
    short = simulate_record("normal", duration_s=4.0)
    pages = texts(pdf_bytes(short, findings_of(short), ReportOptions(annex=False), created=created))
    assert len(pages) == 1
    assert "0 to 4 s of 4 s" in pages[0]


def test_the_annex_begins_with_the_evidence(record, findings_of, created):
    whole = texts(pdf_bytes(record, findings_of(record), ReportOptions(evidence="MI"), created=created))
    assert "speaks for it" not in whole[0]
    assert "speaks for it" in whole[1]
    alone = texts(pdf_bytes(record, findings_of(record), ReportOptions(evidence="MI", annex=False), created=created))
    assert len(alone) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_no_text_of_a_crowded_first_page_runs_into_another(record, findings_of, created, paper, language):
    from reportlab.pdfbase.pdfmetrics import stringWidth

    found = Measurements(not_measured={"pr_ms": verbatim("no P waves " * 8)})
    options = ReportOptions(
        paper=paper,
        language=language,
        conclusion=signed(LONG, addenda=("Late. " * 20,), second="Other words."),
        letterhead=Letterhead("Clinic", ("1", "2", "3", "4")),
        opinions=(ReaderOpinion("ST segment", "disagree", "no"),),
        recount=Recount((), Measurements(heart_rate_bpm=50.0), None, ()),
        scope=(Remark("disclaimer"),),
    )
    long = dataclasses.replace(record, patient=dataclasses.replace(record.patient, name="Anna Maria " * 20))
    data = pdf_bytes(long, findings_of(long, measurements=found), options, created=created)
    for page in PdfReader(BytesIO(data)).pages[:2]:
        pieces: list[tuple[float, float, float, float]] = []

        def visit(text, cm, tm, fonts, size, pieces=pieces):
            if text.strip():
                name = "DejaVuSans-Bold" if "Bold" in fonts["/BaseFont"] else "DejaVuSans"
                pieces.append((tm[4], tm[5], tm[4] + stringWidth(text.strip(), name, size) - 0.1, tm[5] + 0.7 * size))

        page.extract_text(visitor_text=visit)
        boxes = np.array(pieces)
        assert boxes[:, 0].min() > 20
        assert boxes[:, 1].min() > 10
        assert boxes[:, 2].max() < float(page.mediabox.width) - 20
        for k, one in enumerate(boxes):
            rest = boxes[k + 1 :]
            apart = (rest[:, 0] >= one[2]) | (rest[:, 2] <= one[0]) | (rest[:, 1] >= one[3]) | (rest[:, 3] <= one[1])
            assert apart.all(), (one, rest[~apart])
