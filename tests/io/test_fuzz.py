"""Thousands of damaged files: a record whose values can be trusted, or one sentence.

Trusted means: where the reference reader of the format (wfdb, pyedflib) opens the damaged file too, both see the same
values.
"""

import contextlib
import re
import warnings
from datetime import timedelta

import numpy as np
import pyedflib
import pytest
import wfdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cardio_desktop.core.errors import CardioError
from cardio_desktop.core.record import MISSING, Channel, Record
from cardio_desktop.io import open_record
from cardio_desktop.io.files import MAX_RECORD_S
from cardio_desktop.words import say
from tests.memory import peak_kib, reset_peak_kib


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


pytestmark = pytest.mark.fuzz

CASES = 2000
FUZZ = settings(
    max_examples=CASES,
    deadline=timedelta(seconds=5),  # what counts as a hang
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NASTY = st.sampled_from(
    [
        b"", b" ", b"-1", b"0", b"1", b"99999999", b"-99999999", b"1e308", b"nan", b"inf", b"1,5", b"0x7f", b"\0",
        b"\xff" * 8, b"..", b"/", b"../x", b"~", b"#", b"\n", b"\r\n", b"+", b"\x14", b"\x15", b"+9999999", b"EDF+D",
        b"EDF+C", b"BDF+D", b"2147483648", b"32768", b"EDF Annotations ", "é".encode(), b"2", b"10", b"12.5", b"-200",
    ]
)  # fmt: skip
# In place most of the time: what moves a header's fields is refused at once and teaches little.
KINDS = st.sampled_from(
    ["flip", "flip", "flip", "field", "field", "field", "swap", "insert", "delete", "cut", "double"]
)


@st.composite
def mutations(draw, size: int, header: int) -> list[tuple[str, int, bytes]]:
    """Draw up to three changes at places below `size`, half of them within the first `header` bytes."""
    changes = []
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, (header if draw(st.booleans()) else size) - 1))
        kind = draw(KINDS)
        payload = draw(NASTY) if kind in {"field", "insert"} else bytes([draw(st.integers(1, 255))])
        changes.append((kind, place, payload))
    return changes


def mutate(raw: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    data = bytearray(raw)
    for kind, place, payload in changes:
        at = min(place, len(data))
        if kind == "flip" and at < len(data):
            data[at] ^= payload[0]
        elif kind == "field":  # a whole eight-byte field, as EDF has them, or the word there
            start = at - at % 8
            data[start : start + 8] = payload.ljust(8)
        elif kind == "insert":
            data[at:at] = payload
        elif kind == "delete":
            del data[at : at + payload[0]]
        elif kind == "cut":
            del data[at:]
        elif kind == "double":
            data[at:at] = data[at : at + payload[0]]
        elif kind == "swap":
            data[at : at + 16] = data[at + 8 : at + 16] + data[at : at + 8]
    return bytes(data)


def replace_word(text: bytes, number: int, word: bytes) -> bytes:
    """Return a header with its `number`-th word replaced."""
    words = list(re.finditer(rb"\S+", text))
    found = words[number % len(words)]
    return text[: found.start()] + word + text[found.end() :]


def opened(path) -> Record | None:
    """Return the record, or None where it was refused in one sentence that names the file."""
    try:
        record = open_record(path)
        assert_consistent(record)
    except CardioError as error:
        sentence = str(error)
        assert "\n" not in sentence
        assert sentence.isprintable()
        assert len(sentence) < 1000
        assert re.match(r"[fg]\.(hea|dat|edf): .+; .+\.$", sentence), sentence
        return None
    return record


def assert_consistent(record: Record) -> None:
    assert record.channels
    for channel in record.channels:
        length = len(channel.samples)
        assert 0 < length < 1e9
        assert 0 < channel.rate_hz < 1e9
        assert 0 < channel.duration_s <= MAX_RECORD_S * 1.001
        for start in (0, length // 2, max(length - 500, 0)):
            counts = channel.counts(start, min(start + 500, length))
            values = channel.physical(start, min(start + 500, length))
            assert len(counts) == len(values) == min(500, length - start)
            assert np.isfinite(values[counts != MISSING]).all()
            assert not np.isfinite(values[counts == MISSING]).any()
    ends = 0.0
    for gap in record.gaps:
        assert ends <= gap.start_s < gap.end_s <= record.duration_s + 1e-6
        ends = gap.end_s
    for annotation in record.annotations:
        assert np.isfinite(annotation.time_s)
    for text in (*said(record), *(a.text for a in record.annotations)):
        assert text.isprintable()


@pytest.fixture(autouse=True)
def memory_stays_low():
    """Fail where one of the files made the process grow by 500 MB."""
    before_kib = reset_peak_kib()
    yield
    assert (peak_kib() - before_kib) / 1024 < 500


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def wfdb_case(folder, wfdb_spec, signal5):
    """Return (headers, signal bytes, annotation bytes): format 16 with two signals, 212, 310, and two segments."""
    rng = np.random.default_rng(2)
    counts = rng.integers(-500, 500, (2, 400))
    wfdb_spec(counts, comments=["age: 60", "sex: F"]).write(folder, "f")
    marks = {"symbol": ["N", "V", "+"], "aux_note": ["", "", "(N"]}
    wfdb.wrann("f", "atr", np.array([20, 90, 350]), write_dir=str(folder), **marks)
    base = (folder / "f.hea").read_bytes()
    annotations = (folder / "f.atr").read_bytes()
    headers = [
        base,
        b"f 2 360/720(5) 300 10:11:12 01/02/2003\nf.dat 212 200(1024)/mV 11 1024 0 0 0 MLII\n"
        b"f.dat 212 200(1024)/mV 11 1024 0 0 0 V5\n",
        b"f 3 250\nf.dat 310x2:3+8 200/uV 10 0 0 0 0 I\n"
        b"f.dat 310:0+8 200/uV 10 0 0 0 0 II\nf.dat 310+8 4.5e1/uV 10 0 0 0 0 vx\n",
        b"f/3 2 500 900\ng 400\n~ 100\ng 400\n",
        b"f 1 100 1600\nf.dat 8 20/mV 8 0 0 0 0 I\n",
    ]
    (folder / "g.hea").write_bytes(base.replace(b"f 2 ", b"g 2 "))
    return headers, (folder / "f.dat").read_bytes(), annotations


def test_fuzz_wfdb(folder, wfdb_case):
    headers, data, annotations = wfdb_case
    tally = {"refused": 0, "read": 0, "compared": 0}

    @FUZZ
    @given(data_=st.data(), header=st.sampled_from(headers), how=st.sampled_from(["word", "bytes", "body", "marks"]))
    def run(data_, header, how):
        body, marks = data, annotations
        if how == "word":
            for _ in range(data_.draw(st.integers(1, 3))):
                header = replace_word(header, data_.draw(st.integers(0, 60)), data_.draw(NASTY))
        elif how == "bytes":
            header = mutate(header, data_.draw(mutations(len(header), len(header))))
        elif how == "body":
            body = mutate(data, data_.draw(mutations(len(data), 64)))
        else:
            marks = mutate(annotations, data_.draw(mutations(len(annotations), len(annotations))))
        (folder / "f.hea").write_bytes(header)
        (folder / "f.dat").write_bytes(body)
        (folder / "f.atr").write_bytes(marks)
        record = opened(folder / "f.hea")
        tally["refused" if record is None else "read"] += 1
        if record is not None:
            tally["compared"] += same_as_wfdb(record, folder / "f")

    run()
    assert tally["refused"] + tally["read"] >= CASES
    assert min(tally.values()) > CASES // 10, tally


def same_as_wfdb(record: Record, name) -> bool:
    """Assert that wfdb sees the same values; where it fails or is more lenient there is no verdict."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            other = wfdb.rdrecord(str(name), smooth_frames=False)
        except Exception:
            return False
    values = other.e_p_signal
    assert len(values) == len(record.channels)
    for channel, expected, unit, label in zip(record.channels, values, other.units, other.sig_name, strict=True):
        if unit != channel.unit or (label or "") != channel.label:
            return False  # wfdb drops what is not ASCII from its header
        length = min(len(expected), len(channel.samples))  # where header and segments disagree, wfdb takes the header
        ours, expected = channel.physical(0, length), expected[:length]
        both = np.isfinite(ours) & np.isfinite(expected)
        np.testing.assert_allclose(ours[both], expected[both], rtol=1e-9, atol=1e-9)
        assert not np.isfinite(ours[~both]).any()
    return True


@pytest.mark.parametrize("kind", ["EDF", "EDF+C", "EDF+D", "BDF", "BDF+C", "BDF+D"])
def test_fuzz_edf_and_bdf(folder, kind, twelve_leads):
    width = 3 if kind.startswith("BDF") else 2
    onsets = [f"+{i}" for i in range(6)] + [f"+{i}.5" for i in range(8, 12)] if kind.endswith("D") else None
    changes = {"reserved": kind if "+" in kind else "", "width": width}
    if "+" not in kind or onsets:
        changes["onsets"] = onsets
    spec = twelve_leads(**changes)
    spec.signals = [spec.signals[i] for i in (0, 1, 6)]
    for signal in spec.signals:
        signal.counts = signal.counts[:, :20]
    raw = spec.to_bytes()
    header = 256 * (4 if "+" not in kind else 5)
    path = folder / "f.edf"
    tally = {"refused": 0, "read": 0, "compared": 0}

    @FUZZ
    @given(changes=mutations(len(raw), header))
    def run(changes):
        damaged = mutate(raw, changes)
        path.write_bytes(damaged)
        record = opened(path)
        tally["refused" if record is None else "read"] += 1
        if record is not None:
            channels = [(channel, channel.physical()) for channel in record.channels if len(channel.samples) < 1e6]
            # pyedflib refuses files with gaps: there it is shown the same data records as continuous.
            path.write_bytes(damaged[:192] + damaged[192:197].replace(b"+D", b"+C") + damaged[197:])
            tally["compared"] += same_as_pyedflib(channels, path)

    run()
    assert tally["refused"] + tally["read"] >= CASES
    assert min(tally.values()) > CASES // 20, tally


def same_as_pyedflib(channels: list[tuple[Channel, np.ndarray]], path) -> bool:
    """Assert that pyedflib sees the same values; it refuses more files than we do, then there is no verdict."""
    with contextlib.ExitStack() as stack:
        try:
            reader = stack.enter_context(
                pyedflib.EdfReader(str(path), annotations_mode=pyedflib.DO_NOT_READ_ANNOTATIONS)
            )
        except Exception:
            return False
        # To pyedflib an annotations signal is a signal like others where the file does not call itself EDF+.
        labels = [label.strip() for label in reader.getSignalLabels()]
        numbers = [i for i, label in enumerate(labels) if label not in {"EDF Annotations", "BDF Annotations"}]
        assert len(numbers) >= len(channels)
        for i, (channel, values) in zip(numbers, channels, strict=False):
            expected = reader.readSignal(i)
            ours = values[np.isfinite(values)]  # without the gaps
            scale = max(abs(reader.getPhysicalMaximum(i)), abs(reader.getPhysicalMinimum(i)), 1e-9)
            np.testing.assert_allclose(ours, expected[: len(ours)], rtol=1e-9, atol=1e-9 * scale)
            assert len(ours) <= len(expected)
            assert channel.rate_hz == pytest.approx(reader.getSampleFrequency(i), rel=1e-6)
    return True
