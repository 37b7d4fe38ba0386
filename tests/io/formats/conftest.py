"""Writers of small ECG files in clinics' formats, after the standards and independent of the readers."""

import base64
import binascii
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

LEADS8 = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
CODES = {"I": 1, "II": 2, "V1": 3, "V2": 4, "V3": 5, "V4": 6, "V5": 7, "V6": 8, "III": 61, "aVR": 62}


@pytest.fixture(scope="session")
def counts8() -> np.ndarray:
    """Eight leads of 1,000 counts: a slow wander with steep peaks, as differences of an ECG are."""
    rng = np.random.default_rng(7)
    counts = np.cumsum(rng.integers(-4, 5, (8, 1000)), axis=1)
    counts[:, 200::250] += np.arange(400, 1200, 100)[:, None]
    counts[:, 203::250] -= 350
    return counts.astype(np.int64)


# ---------------------------------------------------------------- SCP-ECG


def crc(raw: bytes) -> bytes:
    return struct.pack("<H", binascii.crc_hqx(raw, 0xFFFF))


def section(number: int, body: bytes, protocol: int = 20) -> bytes:
    body += b"\0" * (len(body) % 2)
    head = struct.pack("<HIBB6x", number, 16 + len(body), 20, protocol)
    return crc(head + body) + head + body


def huffman_default(values: Sequence[int]) -> bytes:
    """Encode by the default table (EN 1064 annex C), bits from the top of each byte."""
    bits = []
    for value in map(int, values):
        if value == 0:
            bits.append("0")
        elif abs(value) <= 8:
            bits.append("1" * abs(value) + "0" + ("0" if value > 0 else "1"))
        elif -128 <= value <= 127:
            bits.append("1111111110" + f"{value & 0xFF:08b}")
        else:
            bits.append("1111111111" + f"{value & 0xFFFF:016b}")
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big") if text else b""


def huffman_own(values: Sequence[int]) -> bytes:
    """Encode by `OWN_TABLES`: small values in table 1, a switch to table 2 for each run of literals and back."""
    bits, table = [], 1
    for value in map(int, values):
        small = value in {0, 1, -1}
        if small and table == 2:
            bits.append("1")
            table = 1
        if not small and table == 1:
            bits.append("111")
            table = 2
        bits.append({0: "0", 1: "10", -1: "110"}[value] if table == 1 else "0" + f"{value & 0xFFFF:016b}")
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def own_tables() -> bytes:
    def code(prefix: str, total: int, mode: int, value: int) -> bytes:
        return struct.pack("<BBBhI", len(prefix), total, mode, value, int(prefix[::-1], 2))

    one = [code("0", 1, 1, 0), code("10", 2, 1, 1), code("110", 3, 1, -1), code("111", 3, 0, 2)]
    two = [code("0", 17, 1, 0), code("1", 1, 0, 1)]
    return struct.pack("<HH", 2, len(one)) + b"".join(one) + struct.pack("<H", len(two)) + b"".join(two)


def differences(values: np.ndarray, order: int) -> np.ndarray:
    if order == 0:
        return values
    first = np.diff(values)
    if order == 1:
        return np.concatenate([values[:1], first])
    return np.concatenate([values[:2], np.diff(first)])


@dataclass
class ScpSpec:
    """An SCP-ECG file of `counts` (leads, samples); `reference` and `beats` make it one of subtracted beats."""

    counts: np.ndarray
    labels: Sequence[str] = LEADS8
    nanovolts: int = 2500
    step_us: int = 2000
    order: int = 2
    coding: str = "default"  # default, own, none
    first: int = 1
    reference: np.ndarray | None = None
    reference_nanovolts: int = 2500
    fiducial: int = 0
    beats: Sequence[tuple[int, int, int, int]] = ()
    protected: Sequence[tuple[int, int]] = ()
    subtracted: bool = False
    decimation: int = 1
    protocol: int = 20
    extra: dict[int, bytes] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        length = self.counts.shape[1]
        rhythm = self.counts.copy()
        if self.subtracted:
            for kind, start, fiducial, end in self.beats:
                for n in range(start, end + 1):
                    place = n - fiducial + self.fiducial - 1
                    if kind == 0 and 0 <= place < self.reference.shape[1] and 1 <= n <= length:
                        rhythm[:, n - 1] -= self.reference[:, place] * self.reference_nanovolts // self.nanovolts
        stored = [self._thinned(row) for row in rhythm] if self.decimation > 1 else list(rhythm)
        sections = {1: self._section1()}
        if self.coding != "none":
            sections[2] = struct.pack("<H", 19999) if self.coding == "default" else own_tables()
        ends = [(self.first, self.first + length - 1 if self.first else length, CODES[name]) for name in self.labels]
        flags = (1 if self.subtracted else 0) | 4 | len(self.labels) << 3
        sections[3] = bytes([len(self.labels), flags]) + b"".join(struct.pack("<IIB", *end) for end in ends)
        if self.reference is not None:
            length_ms = self.reference.shape[1] * self.step_us // 1000
            sections[4] = struct.pack("<HHH", length_ms, self.fiducial, len(self.beats))
            sections[4] += b"".join(struct.pack("<HIII", *beat) for beat in self.beats)
            sections[4] += b"".join(struct.pack("<II", *zone) for zone in self.protected)
            sections[5] = self._waves(list(self.reference), self.reference_nanovolts, self.step_us, 0)
        sections[6] = self._waves(stored, self.nanovolts, self.step_us * self.decimation, int(self.decimation > 1))
        sections |= self.extra
        pointers, bodies, at = b"", b"", 6 + 16 + 120
        for number in range(1, 12):
            if number not in sections:
                pointers += struct.pack("<HII", number, 0, 0)
                continue
            made = section(number, sections[number], self.protocol)
            pointers += struct.pack("<HII", number, len(made), at + 1)
            bodies, at = bodies + made, at + len(made)
        head = struct.pack("<HIBB6s", 0, 136, 20, self.protocol, b"SCPECG")
        first = crc(head + struct.pack("<HII", 0, 136, 7) + pointers) + head + struct.pack("<HII", 0, 136, 7) + pointers
        rest = struct.pack("<I", 6 + len(first) + len(bodies)) + first + bodies
        return crc(rest) + rest

    def _thinned(self, row: np.ndarray) -> np.ndarray:
        keep = np.zeros(len(row), dtype=bool)
        for start, end in self.protected:
            keep[start - 1 : end] = True
        out, n = [], 0
        while n < len(row):
            if keep[n]:
                out.append(row[n])
                n += 1
                continue
            stop = n
            while stop < len(row) and stop < n + self.decimation and not keep[stop]:
                stop += 1
            out.append(round(float(np.mean(row[n:stop]))))
            n = stop
        return np.array(out)

    def _waves(self, leads: Sequence[np.ndarray], nanovolts: int, step_us: int, flag: int) -> bytes:
        encode: Callable[[np.ndarray], bytes] = {
            "default": huffman_default,
            "own": huffman_own,
            "none": lambda values: np.asarray(values).astype("<i2").tobytes(),
        }[self.coding]
        packed = [encode(differences(np.asarray(lead), self.order)) for lead in leads]
        packed = [raw + b"\0" * (len(raw) % 2) for raw in packed]
        head = struct.pack("<HHBB", nanovolts, step_us, self.order, flag)
        return head + b"".join(struct.pack("<H", len(raw)) for raw in packed) + b"".join(packed)

    def _section1(self) -> bytes:
        device = bytearray(36)
        device[8:14], device[16] = b"TESTER", 0x01
        tags = {
            0: b"M\xfcller\0", 1: b"Eva\0", 2: b"P-1\0", 5: struct.pack("<HBB", 1980, 2, 29),
            6: struct.pack("<HB", 170, 1), 7: struct.pack("<HB", 154, 3), 8: b"\2", 10: b"\0\0\0Digoxin\0",
            14: bytes(device) + b"\0A1\0", 25: struct.pack("<HBB", 2020, 3, 1), 26: b"\x0a\x0b\x0c",
            27: struct.pack("<H", 5), 28: struct.pack("<H", 150), 29: b"\2", 30: b"patient moved\0",
        }  # fmt: skip
        return b"".join(struct.pack("<BH", tag, len(value)) + value for tag, value in tags.items()) + b"\xff\0\0"


@pytest.fixture(scope="session")
def scp_spec() -> type[ScpSpec]:
    return ScpSpec


# ---------------------------------------------------------------- GE MUSE


def write_muse(
    counts: np.ndarray, rate: int = 500, labels: Sequence[str] = LEADS8, measured: str = "", more: str = "", **lead: str
) -> bytes:
    """Return a MUSE document; `lead` overrides elements of every LeadData."""

    def waveform(kind: str, rows: np.ndarray) -> str:
        text = ""
        for label, row in zip(labels, rows, strict=True):
            raw = row.astype("<i2").tobytes()
            fields = {
                "LeadByteCountTotal": str(len(raw)), "LeadSampleCountTotal": str(len(row)),
                "LeadAmplitudeUnitsPerBit": "4.88", "LeadAmplitudeUnits": "MICROVOLTS", "LeadID": label,
                "LeadSampleSize": "2", "LeadDataCRC32": str(zlib.crc32(raw)),
                "WaveFormData": base64.encodebytes(raw).decode(), **lead,
            }  # fmt: skip
            text += "<LeadData>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items()) + "</LeadData>"
        return (
            f"<Waveform><WaveformType>{kind}</WaveformType><SampleBase>{rate}</SampleBase>"
            f"<SampleExponent>0</SampleExponent><HighPassFilter>5</HighPassFilter><LowPassFilter>150</LowPassFilter>"
            f"{text}</Waveform>"
        )

    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE RestingECG SYSTEM "restecg.dtd">\n<RestingECG>'
        f"<RestingECGMeasurements>{measured}</RestingECGMeasurements>{more}"
        f"{waveform('Median', counts[:, :300])}{waveform('Rhythm', counts)}</RestingECG>"
    ).encode("latin-1")


@pytest.fixture(scope="session")
def muse_xml() -> Callable[..., bytes]:
    return write_muse


# ---------------------------------------------------------------- HL7 aECG


def write_aecg(
    sets: Sequence[tuple[str, np.ndarray]], step: str = "0.002", labels: Sequence[str] = LEADS8, more: str = ""
) -> bytes:
    """Return an aECG document of sequence sets, each (start as a time stamp, counts)."""
    text = ""
    for start, counts in sets:
        text += (
            "<component><sequenceSet><component><sequence><code code='TIME_ABSOLUTE'/><value xsi:type='GLIST_TS'>"
            f"<head value='{start}'/><increment value='{step}' unit='s'/></value></sequence></component>"
        )
        for label, row in zip(labels, counts, strict=True):
            text += (
                f"<component><sequence><code code='MDC_ECG_LEAD_{label.upper()}'/><value xsi:type='SLIST_PQ'>"
                f"<origin value='10' unit='uV'/><scale value='2.5' unit='uV'/>"
                f"<digits>{' '.join(map(str, row))}</digits>"
                "</value></sequence></component>"
            )
        text += "</sequenceSet></component>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><AnnotatedECG xmlns="urn:hl7-org:v3" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><series><code code="RHYTHM"/>'
        f"{text}{more}</series></component></AnnotatedECG>"
    ).encode()


@pytest.fixture(scope="session")
def aecg_xml() -> Callable[..., bytes]:
    return write_aecg


# ---------------------------------------------------------------- DICOM


def write_dicom(path: Path, groups: Sequence[dict], sop_class: str = "1.2.840.10008.5.1.4.1.1.9.1.2", **tags) -> Path:
    """Write a DICOM waveform; a group has counts (channels, samples) and what overrides the usual elements."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.sequence import Sequence as Items
    from pydicom.uid import ExplicitVRLittleEndian, generate_uid

    def code(value: str, scheme: str = "SCPECG", meaning: str = "x") -> Items:
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
        return Items([item])

    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = sop_class, generate_uid(entropy_srcs=["test"])
    data.PatientName, data.PatientID, data.PatientSex, data.PatientBirthDate = "Doe^Jane", "7", "F", "19700102"
    data.AcquisitionDateTime = "20200301101112.500"
    items = []
    for spec in groups:
        counts = spec["counts"]
        item = Dataset()
        item.WaveformOriginality = spec.get("originality", "ORIGINAL")
        item.MultiplexGroupLabel = spec.get("label", "RHYTHM")
        item.MultiplexGroupTimeOffset = spec.get("offset_ms", 0)
        item.NumberOfWaveformChannels, item.NumberOfWaveformSamples = counts.shape[0], counts.shape[1]
        item.SamplingFrequency = spec.get("rate", 500)
        kind = spec.get("kind", "SS")
        width = {"B": 1, "S": 2, "L": 4}[kind[1]]
        dtype = ("i" if kind[0] == "S" else "u") + str(width)
        channels = []
        for name in spec.get("labels", LEADS8):
            channel = Dataset()
            channel.ChannelSourceSequence = spec.get("source", lambda n: code(f"5.6.3-9-{CODES[n]}"))(name)
            channel.ChannelSensitivity, channel.ChannelSensitivityUnitsSequence = "2.5", code("uV", "UCUM", "microvolt")
            channel.ChannelSensitivityCorrectionFactor, channel.ChannelBaseline = "1", "0"
            channel.WaveformBitsStored = 8 * width
            for tag, value in spec.get("channel", {}).items():
                if value is None:
                    delattr(channel, tag)
                else:
                    setattr(channel, tag, value)
            channels.append(channel)
        item.ChannelDefinitionSequence = Items(channels)
        item.WaveformBitsAllocated, item.WaveformSampleInterpretation = 8 * width, spec.get("declared", kind)
        if "padding" in spec:
            item.add_new(0x5400100A, "OW", np.array([spec["padding"]], dtype=f"<{dtype}").tobytes())
        raw = np.ascontiguousarray(counts.T.astype(f"<{dtype}")).tobytes()
        item.add_new(0x54001010, "OW", spec.get("data", raw + b"\0" * (len(raw) % 2)))
        items.append(item)
    data.WaveformSequence = Items(items)
    for tag, value in tags.items():
        setattr(data, tag, value)
    data.file_meta = FileMetaDataset()
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta.MediaStorageSOPClassUID, data.file_meta.MediaStorageSOPInstanceUID = sop_class, data.SOPInstanceUID
    data.save_as(path, enforce_file_format=True)
    return path


@pytest.fixture(scope="session")
def dicom_file() -> Callable[..., Path]:
    return write_dicom


# ---------------------------------------------------------------- Philips Sierra


def xli(leads: Sequence[np.ndarray]) -> bytes:
    """Return leads as XLI: differences with feedback, high bytes before low ones, LZW of literals alone."""
    out = b""
    for row in leads:
        row = [int(v) for v in row]
        # Each stored word says how far the line through the two samples before it misses the next but one.
        start = 2 * row[1] - row[0] - row[2]
        words = [*row[:2], *(2 * row[n] - row[n - 1] - row[n + 1] + 64 for n in range(2, len(row) - 1)), 0]
        plain = np.array(words, dtype=">i2").view(np.uint8).reshape(-1, 2).T.tobytes()
        bits = "".join(f"{byte:010b}" for byte in plain)
        bits += "0" * (-len(bits) % 8)
        packed = int(bits, 2).to_bytes(len(bits) // 8, "big")
        out += struct.pack("<ihh", len(packed), 0, start) + packed
    return out


def write_sierra(counts: np.ndarray, version: str = "1.04", labels: Sequence[str] = (), **changes: str) -> bytes:
    """Return a Sierra document in UTF-16; the limb leads of `counts` are stored as Philips stores them."""
    labels = labels or ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")[: len(counts)]
    rows = {name: row.astype(np.int64) for name, row in zip(labels, counts, strict=True)}
    one, two, three = rows["I"], rows["II"], rows["III"]
    stored = dict(rows)
    stored["III"] = two - one - three
    stored["aVR"] = -np.floor_divide(one + two, 2) - rows["aVR"]
    stored["aVL"] = np.floor_divide(one - three, 2) - rows["aVL"]
    stored["aVF"] = np.floor_divide(two + three, 2) - rows["aVF"]
    attributes = {
        "dataencoding": "Base64", "compression": "XLI", "numberofleads": str(len(labels)), "resolution": "5",
        "leadlabels": " ".join(labels), "durationperchannel": str(counts.shape[1] * 2), "samplespersecond": "500",
        **changes,
    }  # fmt: skip
    text = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    data = base64.encodebytes(xli(list(stored.values()))).decode()
    beat = base64.b64encode(counts[0, :50].astype("<i2").tobytes()).decode()
    return (
        '<?xml version="1.0" encoding="UTF-16"?><restingecgdata xmlns="http://www3.medical.philips.com">'
        f"<documentinfo><documenttype>PhilipsECG</documenttype><documentversion>{version}</documentversion></documentinfo>"
        '<dataacquisition date="2020-05-18" time="15:48:11"><machine>PageWriter</machine><signalcharacteristics/>'
        "</dataacquisition><interpretations><interpretation><globalmeasurements><heartrate>64</heartrate>"
        "<rrint>938</rrint><print>164</print><qtcf>408</qtcf></globalmeasurements><mdsignatureline>Unconfirmed"
        "</mdsignatureline><statement><leftstatement>Sinus rhythm</leftstatement><rightstatement>normal P axis"
        "</rightstatement></statement></interpretation></interpretations>"
        f"<waveforms><parsedwaveforms {text}>{data}</parsedwaveforms><repbeats dataencoding='Base64' "
        f"samplespersec='1000' resolution='1.0'><repbeat leadname='I'><waveform>{beat}</waveform></repbeat></repbeats>"
        "</waveforms></restingecgdata>"
    ).encode("utf-16")


@pytest.fixture(scope="session")
def sierra_xml() -> Callable[..., bytes]:
    return write_sierra


@pytest.fixture(scope="session")
def counts12(counts8) -> np.ndarray:
    """Twelve leads: the limb leads follow from I and II within a count."""
    one, two = counts8[:2]
    limbs = [one, two, two - one, -(one + two) // 2, (2 * one - two) // 2, (2 * two - one) // 2]
    return np.vstack([*limbs, counts8[2:]])


# ---------------------------------------------------------------- ISHNE and AliveCor


def write_ishne(
    path: Path, counts: np.ndarray, codes: Sequence[int] = (5, 6, 11), beats: Sequence[tuple[str, int]] = (),
    resolution: int = 2500, remarks: bytes = b"",
) -> Path:  # fmt: skip
    """Write an ISHNE file and, where there are beats (label, sample), its annotation file."""

    def head(magic: bytes) -> bytes:
        raw = bytearray(522)
        struct.pack_into("<iiiih", raw, 10, len(remarks), counts.shape[1], 522, 522 + len(remarks), 1)
        raw[28:31], raw[68:73], raw[108:111] = b"Eva", b"Adams", b"P-1"
        struct.pack_into("<hh", raw, 128, 2, 0)
        struct.pack_into("<12h", raw, 132, 29, 2, 1980, 1, 3, 2020, 1, 3, 2020, 10, 11, 12)
        struct.pack_into("<h", raw, 156, len(codes))
        struct.pack_into(f"<{len(codes)}h", raw, 158, *codes)
        struct.pack_into("<12h", raw, 206, *([resolution] * len(codes)), *([-9] * (12 - len(codes))))
        raw[232:238] = b"Holter"
        struct.pack_into("<h", raw, 272, 200)
        raw[:8] = magic
        raw[8:10] = crc(bytes(raw[10:]) + remarks)
        return bytes(raw) + remarks

    path.write_bytes(head(b"ISHNE1.0") + counts.T.astype("<i2").tobytes())
    if beats:
        places = [0, *(place for _, place in beats)]
        marks = b"".join(
            struct.pack("<ccH", label.encode(), b"#", place - before)
            for (label, place), before in zip(beats, places, strict=False)
        )
        path.with_suffix(".ann").write_bytes(head(b"ANN  1.0") + struct.pack("<i", 0) + marks)
    return path


@pytest.fixture(scope="session")
def ishne_file() -> Callable[..., Path]:
    return write_ishne


def write_atc(leads: dict[str, np.ndarray], rate: int = 300, nanovolts: int = 500) -> bytes:
    def block(name: bytes, data: bytes) -> bytes:
        raw = name + struct.pack("<I", len(data)) + data
        return raw + struct.pack("<I", sum(raw) % 2**32)

    out = b"ALIVE\0\0\0" + struct.pack("<I", 3)
    out += block(b"info", b"2016-06-01T18:15:25.777-04:00".ljust(264, b"\0"))
    out += block(b"fmt ", struct.pack("<BHHBH", 1, rate, nanovolts, 0, 0))
    for name, row in leads.items():
        out += block(name.encode(), row.astype("<i2").tobytes())
    return out


@pytest.fixture(scope="session")
def atc_bytes() -> Callable[..., bytes]:
    return write_atc


# ---------------------------------------------------------------- other XML


def write_schiller(counts: np.ndarray, labels: Sequence[str] = LEADS8, exponent: str = "1", unit: str = "UV") -> bytes:
    def wave(kind: str, rows: np.ndarray) -> str:
        channels = "".join(
            f"<channel><name>{label}</name><data>{','.join(map(str, row))}</data><datastype>COMMASEPARATE</datastype>"
            f"<samplecount>{len(row)}</samplecount></channel>"
            for label, row in zip(labels, rows, strict=True)
        )
        return (
            f"<wavedata><type>{kind}</type><resolution><samplerate><exponent>{exponent}</exponent><value>500</value>"
            f"</samplerate><yres><unitperbit>2.5</unitperbit><units>{unit}</units></yres></resolution>{channels}</wavedata>"
        )

    numbers = {"HR": 75, "PQ": 160, "QRS": 96, "P_ON": 100, "QRS_ON": 180, "QRS_OFF": 228}
    said = "".join(
        f"<annotation_global><name>{k}</name><value>{v}</value></annotation_global>" for k, v in numbers.items()
    )
    return (
        "<com.xiriuz.sema.xml.schillerEDI.SchillerEDI><patdata><id>7</id><gender>MALE</gender></patdata><examdescript>"
        "<startdatetime><date>20060502</date><time>140610000</time></startdatetime></examdescript><eventdata><event>"
        f"{wave('ECG_AVERAGES', counts[:, :300])}{wave('ECG_RHYTHMS', counts)}{said}<textdata><type>MEDICATION</type>"
        "<textdata>Digoxin</textdata></textdata></event></eventdata></com.xiriuz.sema.xml.schillerEDI.SchillerEDI>"
    ).encode()


def write_cardiosoft(counts: np.ndarray, labels: Sequence[str] = LEADS8, units: str = "uVperLsb") -> bytes:
    waves = "".join(
        f'<WaveformData lead="{label}">{",".join(map(str, row))}</WaveformData>'
        for label, row in zip(labels, counts, strict=True)
    )
    return (
        "<CardiologyXML><ObservationDateTime><Hour>10</Hour><Minute>11</Minute><Second>12</Second><Day>1</Day>"
        "<Month>3</Month><Year>2020</Year></ObservationDateTime><PatientInfo><PID>7</PID><Gender>FEMALE</Gender>"
        '<Age units="YEARS">40</Age></PatientInfo><RestingECGMeasurements><VentricularRate units="BPM">75'
        '</VentricularRate><PQInterval units="ms">160</PQInterval><QRSDuration units="s">96</QRSDuration>'
        f'</RestingECGMeasurements><StripData><NumberOfLeads>8</NumberOfLeads><SampleRate units="Hz">500</SampleRate>'
        f"<ChannelSampleCountTotal>{counts.shape[1]}</ChannelSampleCountTotal>"
        f'<Resolution units="{units}">5</Resolution>{waves}</StripData></CardiologyXML>'
    ).encode()


def write_mortara(counts: np.ndarray, labels: Sequence[str] = LEADS8, per_mv: str = "400") -> bytes:
    def data(row: np.ndarray) -> str:
        return base64.b64encode(row.astype("<i2").tobytes()).decode()

    channels = "".join(
        f'<CHANNEL OFFSET="0" BITS="16" FORMAT="SIGNED" UNITS_PER_MV="{per_mv}" DURATION="{len(row)}" NAME="{label}" '
        f'SAMPLE_FREQ="500" ENCODING="BASE64" DATA="{data(row)}"/>'
        for label, row in zip(labels, counts, strict=True)
    )
    beat = f'<TYPICAL_CYCLE_CHANNEL NAME="I" DATA="{data(counts[0, :50])}"/>'
    return (
        '<ECG ACQUISITION_TIME="20200301101112" VENT_RATE="75" AVERAGE_RR="800"><SUBJECT LAST_NAME="Doe" GENDER="F"/>'
        '<AUTOMATIC_INTERPRETATION><STATEMENT TEXT="SINUS RHYTHM" REASON="P"/></AUTOMATIC_INTERPRETATION>'
        f'<TYPICAL_CYCLE PR_DURATION="160" SAMPLE_FREQ="500" UNITS_PER_MV="400">{beat}</TYPICAL_CYCLE>{channels}</ECG>'
    ).encode()


@pytest.fixture(scope="session")
def other_xml() -> dict[str, Callable[..., bytes]]:
    return {"schiller": write_schiller, "cardiosoft": write_cardiosoft, "mortara": write_mortara}
