"""Files that grow are followed: whole records, frames and lines only, and every trouble is a sentence, not an error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import ReadError
from cardio_desktop.core.record import MISSING, Record
from cardio_desktop.live import followed
from cardio_desktop.live.followed import GrowingFile
from cardio_desktop.live.growing import open_growing
from cardio_desktop.live.growing_writers import writer_for
from cardio_desktop.live.replay import ReplaySource, write_growing
from cardio_desktop.live.source import Block
from cardio_desktop.simulate import simulate_record

RATE_HZ = 250.0


@pytest.fixture(scope="module")
def record() -> Record:
    return simulate_record(rate_hz=RATE_HZ, duration_s=12.0)


def read_all(source: GrowingFile) -> list[Block]:
    blocks = []
    while (block := source.read(0.0)) is not None:
        blocks.append(block)
    return blocks


def millivolts(source: GrowingFile, blocks: list[Block]) -> np.ndarray:
    return np.concatenate([source.layout.millivolts(block.counts) for block in blocks], axis=1)


@pytest.mark.parametrize("ending", [".edf", ".hea", ".csv"])
def test_what_is_written_bit_by_bit_is_read_as_it_was(tmp_path: Path, record: Record, ending: str) -> None:
    path = tmp_path / f"growing{ending}"
    replay = ReplaySource(record, block_s=0.3)
    writer = writer_for(path, replay.layout)
    source, blocks = None, []
    while (block := replay.read(0.0)) is not None:
        writer.write(block)
        if source is None and block.stop > 2 * RATE_HZ:
            source = open_growing(path, from_start=True)
            source.open()
        if source is not None:
            blocks += read_all(source)
    assert source is not None
    writer.close()
    blocks += read_all(source)
    assert [b.first for b in blocks[1:]] == [b.stop for b in blocks[:-1]], "pieces touch, none twice"
    assert blocks[0].first == 0
    assert blocks[-1].stop == 12 * RATE_HZ
    assert source.layout.leads == ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
    assert source.layout.rate_hz == RATE_HZ
    assert source.layout.simulated
    truth = np.stack([record.leads[name].millivolts() for name in source.layout.leads])
    np.testing.assert_allclose(millivolts(source, blocks), truth, atol=0.0006)  # half a count of 1 microvolt


@pytest.mark.parametrize("ending", [".edf", ".hea", ".csv"])
def test_by_default_the_newest_ten_seconds_come_first(tmp_path: Path, record: Record, ending: str) -> None:
    path = tmp_path / f"growing{ending}"
    write_growing(record, path, speed=0.0)
    source = open_growing(path)
    source.open()
    blocks = read_all(source)
    assert blocks[-1].stop - blocks[0].first == pytest.approx(10 * RATE_HZ, abs=0.05 * RATE_HZ)
    if ending != ".csv":  # the place of a line is only known by counting all that come before
        assert blocks[-1].stop == 12 * RATE_HZ


def test_a_half_written_record_or_line_waits(tmp_path: Path, record: Record) -> None:
    for ending in (".edf", ".csv"):
        path = tmp_path / f"half{ending}"
        write_growing(record, path, speed=0.0)
        whole = path.read_bytes()
        path.write_bytes(whole[:-7])
        source = open_growing(path, from_start=True)
        source.open()
        held = read_all(source)[-1].stop
        assert held < 12 * RATE_HZ
        with path.open("ab") as stream:
            stream.write(whole[-7:])
        assert read_all(source)[-1].stop == 12 * RATE_HZ


def test_a_count_that_is_far_too_large_does_not_keep_an_edf_from_being_followed(tmp_path: Path, record: Record) -> None:
    path = tmp_path / "stale.edf"
    write_growing(record, path, speed=0.0)
    raw = bytearray(path.read_bytes())
    raw[236:244] = b"86400   "
    path.write_bytes(bytes(raw))
    source = open_growing(path, from_start=True)
    source.open()
    assert read_all(source)[-1].stop == 12 * RATE_HZ


def test_an_edf_with_gaps_places_its_records_by_their_onsets(tmp_path: Path, record: Record) -> None:
    from dataclasses import replace

    from cardio_desktop.core.record import GappedSamples
    from cardio_desktop.io.writers.convert import convert

    length = 12 * int(RATE_HZ)
    split = [
        replace(c, samples=GappedSamples(((0, c.samples), (length + 5 * int(RATE_HZ), c.samples)), 2 * length + 1250))
        for c in record.channels
    ]
    path = tmp_path / "gaps.edf"
    path = convert(replace(record, channels=tuple(split)), "edf", tmp_path).files[0]
    source = open_growing(path, from_start=True)
    source.open()
    places = {index for block in read_all(source) for index in range(block.first, block.stop)}
    assert places == {*range(length), *range(length + 1250, 2 * length + 1250)}


def test_a_table_leaps_where_its_times_do_and_leaves_out_what_comes_twice(tmp_path: Path) -> None:
    path = tmp_path / "leap.csv"
    lines = ["time (s),II (mV)"] + [f"{k / 250:.4f},0.1" for k in range(300)]
    lines += [f"{k / 250:.4f},0.2" for k in (298, 299)] + [f"{k / 250:.4f},0.3" for k in range(320, 360)]
    path.write_text("\n".join(lines) + "\n")
    source = open_growing(path, from_start=True)
    source.open()
    blocks = read_all(source)
    counts = np.concatenate([b.counts for b in blocks], axis=1)[0]
    assert blocks[0].first == 0
    assert counts.size == 360
    assert (counts[:300] == 1000).all()
    assert (counts[300:320] == MISSING).all()
    assert (counts[320:] == 3000).all()


def test_trouble_is_a_sentence_and_never_an_error(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trouble.edf"
    write_growing(record, path, speed=0.0)
    raw = path.read_bytes()

    def opened() -> GrowingFile:
        path.write_bytes(raw)
        source = open_growing(path, from_start=True)
        source.open()
        assert read_all(source)
        assert source.trouble is None
        return source

    shrunk = opened()
    path.write_bytes(raw[:-5000])
    assert shrunk.read(0.0) is None
    assert (shrunk.ended, shrunk.trouble and shrunk.trouble.code) == (True, "live-shrunk")

    replaced = opened()
    other = tmp_path / "other.edf"
    other.write_bytes(raw + raw[-6000:])
    other.replace(path)
    assert replaced.read(0.0) is None
    assert (replaced.ended, replaced.trouble and replaced.trouble.code) == (True, "live-replaced")

    gone = opened()
    path.unlink()
    assert gone.read(0.0) is None
    assert (gone.ended, gone.trouble and gone.trouble.code) == (False, "live-gone")
    monkeypatch.setattr(followed, "GONE_S", -1.0)
    assert gone.read(0.0) is None
    assert gone.ended

    still = opened()
    monkeypatch.setattr(followed, "STILL_S", -1.0)
    assert still.read(0.0) is None
    assert (still.ended, still.trouble and still.trouble.code) == (False, "live-still")


def test_what_cannot_be_followed_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(ReadError, match="choose an EDF"):
        open_growing(path)
