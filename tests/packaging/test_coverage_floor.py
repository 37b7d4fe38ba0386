"""The floors of coverage: a share below one is told, a share above is not."""

import sys
from pathlib import Path

import pytest

FILES = {
    "cardio_desktop/core/a.py": {
        "summary": {"num_statements": 8, "num_branches": 2, "covered_lines": 8, "covered_branches": 1}
    },
    "cardio_desktop/corer.py": {
        "summary": {"num_statements": 10, "num_branches": 0, "covered_lines": 0, "covered_branches": 0}
    },
}


@pytest.fixture
def floor(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(root / "packaging"))
    import coverage_floor

    yield coverage_floor
    sys.modules.pop("coverage_floor", None)


def test_lines_and_branches_count_and_a_folder_is_not_its_namesake(floor) -> None:
    assert floor.reached(FILES, "core") == pytest.approx(90.0)
    assert floor.reached(FILES, "corer.py") == 0.0
    assert floor.reached(FILES) == pytest.approx(45.0)


def test_what_lies_below_its_floor_is_told(floor) -> None:
    told = floor.below(FILES, {"whole": 40, "parts": {"core": 95}})
    assert told == ["core: 90.0 % of 95 % reached"]
    assert floor.below(FILES, {"whole": 40, "parts": {"core": 90}}) == []
