"""Which files beside a header are taken for its annotations."""

import os
from pathlib import Path

from cardio_desktop.io.wfdb_annotations import annotation_files


def test_a_folder_that_has_changed_is_listed_anew(tmp_path: Path) -> None:
    header = tmp_path / "r1.hea"
    header.write_bytes(b"")
    past_ns = 1_500_000_000_000_000_000
    for names in (["r1.atr"], ["r1.atr", "r1.qrs"], ["r1.qrs"]):
        for path in tmp_path.iterdir():
            path.unlink()
        for name in [*names, "r1.hea", "r1.dat", "r1.old.atr", "r10.atr"]:
            (tmp_path / name).write_bytes(b"\0\0")
        past_ns += 10_000_000_000
        os.utime(tmp_path, ns=(past_ns, past_ns))
        for _ in range(2):
            assert sorted(path.name for path in annotation_files(header, frozenset({"r1.dat"}))) == names
