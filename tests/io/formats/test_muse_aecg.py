"""GE MUSE XML and HL7 aECG: counts, scales and axes exact; numbers in the unit that fits; hostile XML refused."""

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io import open_record
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


def put(tmp_path, raw, name="x.xml"):
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def test_muse_gives_counts_medians_and_derived_leads(tmp_path, muse_xml, counts8):
    record = open_record(put(tmp_path, muse_xml(counts8)))
    assert record.format == "GE MUSE XML"
    assert record.derived_leads == ("III", "aVR", "aVL", "aVF")
    for channel, row in zip(record.channels, counts8, strict=True):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_allclose(channel.millivolts(), row * 0.00488, rtol=1e-12)
    np.testing.assert_allclose(record.stored.median.leads["V1"], counts8[2, :300] * 0.00488)
    assert record.stored.filters["high_pass_hz"] == 0.05
    assert said(record) == ()


MEASURED = (
    "<VentricularRate>69</VentricularRate><PRInterval>180</PRInterval><QRSDuration>56</QRSDuration>"
    "<QOnset>115</QOnset><QOffset>129</QOffset><POnset>70</POnset><PAxis>0</PAxis><QTcFrederica>0</QTcFrederica>"
)


@pytest.mark.parametrize(("rate", "rr", "time"), [(250, 216, 93), (500, 864, 372)])
def test_muse_rr_is_taken_in_the_unit_that_fits_the_rate(tmp_path, muse_xml, counts8, rate, rr, time):
    more = f"<QRSTimesTypes><QRS><Time>{time}</Time></QRS><GlobalRR>{rr}</GlobalRR></QRSTimesTypes>"
    stored = (record := open_record(put(tmp_path, muse_xml(counts8, rate, measured=MEASURED, more=more)))).stored
    assert stored.measurements["rr_ms"] == 864
    assert "qtc_fridericia_ms" not in stored.measurements  # 0 is how MUSE says that there is none
    assert stored.measurements["p_axis_deg"] == 0
    assert [a.time_s for a in record.annotations] == [0.372]
    if rate == 250:
        assert stored.fiducials_ms["qrs_offset"] - stored.fiducials_ms["qrs_onset"] == 56
        assert stored.doubts == ()
    else:  # limits in samples of 250 Hz under a median of 500 Hz
        assert any("do not agree" in say(doubt) for doubt in stored.doubts)


def test_muse_rr_that_fits_no_unit_is_doubted_and_left_out(tmp_path, muse_xml, counts8):
    more = "<QRSTimesTypes><GlobalRR>400</GlobalRR></QRSTimesTypes>"
    stored = open_record(put(tmp_path, muse_xml(counts8, measured=MEASURED, more=more))).stored
    assert "rr_ms" not in stored.measurements
    assert any("RR of 400" in say(doubt) for doubt in stored.doubts)


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        ({"LeadAmplitudeUnits": "PASCAL"}, "not in microvolts"),
        ({"LeadAmplitudeUnitsPerBit": ""}, "how many microvolts"),
        ({"LeadSampleCountTotal": "99999999"}, "announced"),
        ({"LeadSampleCountTotal": "999"}, "announced"),
        ({"LeadSampleSize": "3"}, "3 bytes"),
        ({"WaveFormData": "????"}, "announced"),
    ],
)
def test_a_damaged_muse_lead_is_refused(tmp_path, muse_xml, counts8, lead, words):
    with pytest.raises(ReadError, match=words):
        open_record(put(tmp_path, muse_xml(counts8, **lead)))


def test_a_muse_lead_that_does_not_fit_its_checksum_is_told(tmp_path, muse_xml, counts8):
    record = open_record(put(tmp_path, muse_xml(counts8, LeadDataCRC32="12345")))
    assert any("checksum" in warning for warning in said(record))


def test_aecg_scale_origin_and_rate(tmp_path, aecg_xml, counts8):
    record = open_record(put(tmp_path, aecg_xml([("20200301101112.500", counts8)], step="0.00333333")))
    assert record.format == "HL7 aECG"
    assert record.rate_hz == 300
    assert record.start_time.isoformat() == "2020-03-01T10:11:12.500000"
    for channel, row in zip(record.channels, counts8, strict=True):
        np.testing.assert_array_equal(channel.counts(), row)
        np.testing.assert_allclose(channel.millivolts(), (10 + 2.5 * row) / 1000, atol=1e-12)


def test_aecg_sets_in_turn_become_one_record_with_a_gap(tmp_path, aecg_xml, counts8):
    record = open_record(put(tmp_path, aecg_xml([("20200301101112", counts8), ("20200301101117", counts8)])))
    assert record.duration_s == 7
    assert [(gap.start_s, gap.end_s) for gap in record.gaps] == [(2, 5)]
    values = record.leads["V2"].millivolts()
    np.testing.assert_array_equal(values[:1000], values[2500:])
    assert np.isnan(values[1000:2500]).all()


def test_aecg_sets_at_one_time_are_refused(tmp_path, aecg_xml, counts8):
    with pytest.raises(ReadError, match="same time"):
        open_record(put(tmp_path, aecg_xml([("20200301101112", counts8), ("20200301101113", counts8)])))


def test_aecg_measurements_statements_and_waves(tmp_path, aecg_xml, counts8):
    def annotation(code, value):
        return f"<component><annotation><code code='{code}'/>{value}</annotation></component>"

    wave = (
        "<value xsi:type='CE' code='MDC_ECG_WAVC_QRSWAVE'/><support><supportingROI><component><boundary>"
        "<code code='TIME_ABSOLUTE'/><value><low value='20200301101112.400'/><high value='20200301101112.500'/></value>"
        "</boundary></component></supportingROI></support>"
    )
    more = (
        "<subjectOf><annotationSet>"
        + annotation("MDC_ECG_HEART_RATE", "<value xsi:type='PQ' value='75' unit='bpm'/>")
        + annotation("MDC_ECG_TIME_PD_PR", "<value xsi:type='PQ' value='0.16' unit='s'/>")
        + annotation("MDC_ECG_TIME_PD_QT", "<value xsi:type='PQ' value='9' unit='s'/>")
        + annotation(
            "MDC_ECG_INTERPRETATION", "<component><annotation><value>Sinus rhythm</value></annotation></component>"
        )
        + annotation("MDC_ECG_WAVC", wave)
        + "</annotationSet></subjectOf>"
    )
    record = open_record(put(tmp_path, aecg_xml([("20200301101112", counts8)], more=more)))
    assert record.stored.measurements == {"heart_rate_bpm": 75, "pr_ms": 160}
    assert any("QT interval of 9000" in say(doubt) for doubt in record.stored.doubts)
    assert record.stored.statements == ("Sinus rhythm",)
    assert [(a.time_s, a.symbol, a.text) for a in record.annotations] == [(0.4, "(", "QRS"), (0.5, ")", "QRS")]


BOMB = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'<!DOCTYPE RestingECG [<!ENTITY a0 "lol">{BOMB}]><RestingECG>&a9;</RestingECG>', "entities"),
        ('<!DOCTYPE RestingECG [<!ENTITY x SYSTEM "file:///etc/passwd">]><RestingECG>&x;</RestingECG>', "entities"),
        ('<!DOCTYPE RestingECG SYSTEM "a.dtd"><RestingECG>&unknown;</RestingECG>', "entities"),
        ("<RestingECG>" + "<a>" * 200 + "</a>" * 200 + "</RestingECG>", "nested"),
        ("<RestingECG><a></RestingECG>", "well-formed"),
        ("<RestingECG/>", "no rhythm"),
        ('<?xml version="1.0" encoding="klingon"?><RestingECG/>', "encoding 'klingon'"),
        ('<?xml version="1.0" encoding="hex"?><RestingECG/>', "encoding 'hex'"),
    ],
)
def test_hostile_xml_gets_one_sentence(tmp_path, text, words):
    with pytest.raises(ReadError, match=words):
        open_record(put(tmp_path, text.encode()))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_every_usual_encoding_opens(tmp_path, muse_xml, counts8, encoding):
    more = "<PatientDemographics><PatientLastName>Müller</PatientLastName></PatientDemographics>"
    text = muse_xml(counts8, more=more).decode("latin-1")
    text = text.replace("ISO-8859-1", {"utf-16": "UTF-16", "utf-8-sig": "UTF-8", "latin-1": "ISO-8859-1"}[encoding])
    assert open_record(put(tmp_path, text.encode(encoding))).patient.name == "Müller"


def test_text_that_is_not_in_its_declared_encoding_is_refused(tmp_path, muse_xml, counts8):
    raw = muse_xml(counts8, more="<PatientDemographics><PatientLastName>Müller</PatientLastName></PatientDemographics>")
    with pytest.raises(ReadError, match="UTF-8, as it claims"):
        open_record(put(tmp_path, raw.replace(b"ISO-8859-1", b"UTF-8")))
