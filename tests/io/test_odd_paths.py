"""Whatever a path leads to: a record or one sentence, at once. Pipes and devices once made the program wait."""

import errno
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from cardio_desktop.core.errors import CardioError
from cardio_desktop.io import open_record
from cardio_desktop.io.files import open_file
from cardio_desktop.io.folder import Listing, describe_file, list_records
from cardio_desktop.io.registry import files_of
from cardio_desktop.io.wfdb_annotation_writer import is_own_file
from cardio_desktop.words import say


def said(record) -> tuple[str, ...]:
    return tuple(map(say, record.warnings))


pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither such names nor such files")

# In a process of its own: what hangs must not hang the tests.
CHILD = textwrap.dedent(
    """
    import json, os, sys, time
    from cardio_desktop.core.errors import CardioError
    from cardio_desktop.io import open_record
    from tests.memory import peak_kib
    for name in json.load(sys.stdin):
        path = os.fsdecode(bytes.fromhex(name))
        began = time.process_time()
        try:
            record = open_record(path)
            for channel in record.channels:
                channel.physical(0, 100)
            said = "opened"
        except CardioError as error:
            said = str(error)
        print(json.dumps([said, time.process_time() - began, peak_kib()]), flush=True)
    """
)


def odd_paths(folder: Path, edf: bytes) -> dict[bytes, bool | None]:
    """Return paths of every odd kind, with whether they must open (None: either)."""
    found: dict[bytes, bool | None] = {}

    def put(name: bytes, opens: bool | None) -> bytes:
        path = os.fsencode(folder) + b"/" + name
        found[path] = opens
        return path

    names = [
        b"a b.edf", b" lead.edf", b"trail .edf", b"a\nb.edf", b"\n", b"a\tb.edf", b"\x1b[31mred.edf", b"\x7f.edf",
        b"-x.edf", b"--help", b"*.edf", b"?.edf", b"[a].edf", b"%s%n.edf", b"{0}.edf", b"$HOME.edf", b"`id`.edf",
        b"a;b.edf", b"a'b.edf", b'a"b.edf', b"a\\b.edf", b"a:b.edf", b"a|b.edf", b".edf", b"..edf", b"...", b"x.",
        b"x.edf.", b"\xff\xfe.edf", b"\xe9t\xe9.edf", b"caf\xc3\xa9.edf", b"cafe\xcc\x81.edf", "心電図.edf".encode(),
        "❤️".encode(), b"\xe2\x80\xae\x66de.edf", b"\xc2\xa0.edf", b"CON", b"nul.edf", b"x" * 255,
        b"y" * 251 + b".edf", b"\xff" * 255,
    ]  # fmt: skip
    for name in names:
        Path(os.fsdecode(put(name, True))).write_bytes(edf)
    for name in (b"dir.edf", b"dir.hea", b"dir.dat", b"dir"):
        Path(os.fsdecode(put(name, False))).mkdir()
    for name in (b"pipe.edf", b"pipe.hea", b"pipe.dat", b"pipe"):
        os.mkfifo(os.fsdecode(put(name, False)))
    links = [
        (b"broken.edf", "nothing"), (b"broken.hea", "nothing"), (b"self.edf", "self.edf"), (b"two.edf", "three.edf"),
        (b"three.edf", "two.edf"), (b"zero.edf", "/dev/zero"), (b"null.hea", "/dev/null"), (b"up.edf", ".."),
    ]  # fmt: skip
    for name, target in links:
        Path(os.fsdecode(put(name, False))).symlink_to(target)
    Path(os.fsdecode(put(b"good link.edf", True))).symlink_to("a b.edf")
    for name in (b"z" * 256, b"d/" * 3000, b"a b.edf/x", b"not/there.edf", b"nul\0inside"):
        put(name, False)
    for path in (
        "/dev/zero",
        "/dev/urandom",
        "/dev/null",
        "/proc/self/mem",
        "/proc/self/environ",
        "/proc/1",
        "/",
        ".",
        "",
    ):
        found[os.fsencode(path)] = False
    # A pipe where the record's other files are looked for: beside it, as its signals, as its segment.
    header = b"%s 1 500 100\n%s 16 200 16 0 0 0 0 II\n"
    for name, other in ((b"w1", b"w1.dat"), (b"w2", b"pipe.dat")):
        Path(os.fsdecode(put(name + b".hea", False))).write_bytes(header % (name, other))
    os.mkfifo(folder / "w1.dat")
    Path(os.fsdecode(put(b"w3.hea", False))).write_bytes(b"w3/2 1 500 200\npipe 100\npipe 100\n")
    Path(os.fsdecode(put(b"w4.hea", True))).write_bytes(header % (b"w4", b"w4.dat"))
    (folder / "w4.dat").write_bytes(bytes(200))
    os.mkfifo(folder / "w4.atr")
    Path(os.fsdecode(put(b"lonely.dat", False))).write_bytes(bytes(200))  # every header is asked, pipe.hea as well
    return found


@pytest.fixture
def odd(tmp_path: Path, twelve_leads) -> dict[bytes, bool | None]:
    return odd_paths(tmp_path, twelve_leads().to_bytes())


def test_an_odd_path_opens_or_gets_one_sentence_and_nothing_waits(odd: dict[bytes, bool | None]) -> None:
    assert len(odd) >= 66
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps([path.hex() for path in odd]),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = [json.loads(line) for line in done.stdout.splitlines()]
    for (path, opens), (said, _seconds, _grown) in zip(odd.items(), results, strict=True):
        assert opens is None or (said == "opened") == opens, (path, said)
        if said != "opened":
            assert said.isprintable(), path
            assert said.endswith("."), path
            assert "; " in said, path
    assert max(grown for _, _, grown in results) < 500 * 1024


def test_a_folder_of_odd_names_is_listed_without_links_and_pipes(tmp_path: Path, odd: dict[bytes, bool | None]) -> None:
    listed = {os.fsencode(found.path) for batch in list_records(tmp_path, Listing()) for found in batch}
    records = {path for path, opens in odd.items() if opens and not Path(os.fsdecode(path)).is_symlink()}
    visible = {path for path in records if not path.rpartition(b"/")[2].startswith(b".")}
    assert visible <= listed
    assert not {path for path in listed if b"pipe" in path}


def test_no_other_door_waits_for_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "p.hea"
    os.mkfifo(pipe)
    for door in (open_record, describe_file, open_file):
        with pytest.raises(CardioError, match="device"):
            door(pipe)
    assert not is_own_file(pipe)
    assert files_of(pipe) == {pipe}
    assert files_of(tmp_path / "p.dat") == {tmp_path / "p.dat"}


def test_what_the_system_refuses_is_one_sentence(tmp_path: Path, monkeypatch, twelve_leads) -> None:
    path = tmp_path / "x.edf"
    path.write_bytes(twelve_leads().to_bytes())
    for number in (errno.EACCES, errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENAMETOOLONG, errno.ELOOP):

        def refuse(*_args, number=number, **_options):
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", refuse)
            with pytest.raises(CardioError, match=r"^x\.edf: .+; .+\.$"):
                open_record(path)


def test_many_marks_records_and_segments_are_cut_before_the_work(
    tmp_path: Path, wfdb_spec, edf_spec, edf_signal
) -> None:
    header = wfdb_spec(np.ones((1, 1000), int)).write(tmp_path)
    (tmp_path / "rec.atr").write_bytes(b"\x00\x04" * 300_001 + b"\0\0")
    (tmp_path / "rec.xyz").write_bytes(b"\x00\x04" * 300_001 + b"\0\0")
    record = open_record(header)
    assert len(record.annotations) == 300_000
    (warning,) = said(record)
    assert "only the first 300,000" in warning
    (tmp_path / "w.hea").write_text("w/20001 1 500\n" + "rec 1000\n" * 20_001)
    with pytest.raises(CardioError, match="20,001 segments"):
        open_record(tmp_path / "w.hea")


def test_a_folder_of_many_files_can_be_left_at_any_time(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number}.txt").write_bytes(b"words")
    calls = []

    def report(_percent: float) -> None:
        calls.append(1)
        if len(calls) == 4:
            raise KeyError

    with pytest.raises(KeyError):
        list(list_records(tmp_path, Listing(), report))
    calls.clear()
    assert not list(list_records(tmp_path, Listing(), lambda percent: calls.append(1)))
    assert len(calls) >= 10
