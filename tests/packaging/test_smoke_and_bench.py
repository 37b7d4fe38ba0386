"""The judges themselves: a smoke test that overlooks a line, or a bench that calls a miss a hit, would be worthless."""

import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


def test_one_strange_line_is_noticed(script: Load) -> None:
    smoke = script("smoke")
    assert smoke.unexpected("\n  \n" + smoke.EXPECTED[0] + "\n") == []
    assert smoke.unexpected(smoke.EXPECTED[0] + "\nModuleNotFoundError: No module named 'pandas'") == [
        "ModuleNotFoundError: No module named 'pandas'"
    ]


def test_only_the_name_of_the_file_may_be_printed(script: Load, tmp_path: Path) -> None:
    smoke = script("smoke")
    target = tmp_path / "a.pdf"
    smoke.only_names(target, f"{target}\n")
    with pytest.raises(smoke.SmokeError, match="unexpected"):
        smoke.only_names(target, f"a warning\n{target}\n")


def test_the_frozen_program_gets_nothing_of_our_environment(
    script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DISPLAY", "QT_PLUGIN_PATH"):
        monkeypatch.setenv(name, "/somewhere")
    environment = script("smoke").Program(tmp_path / "p", tmp_path).environment()
    assert environment["HOME"] == str(tmp_path)
    assert "/somewhere" not in environment.values()


def test_what_a_library_leaves_in_the_home_is_noticed(script: Load, tmp_path: Path) -> None:
    smoke = script("smoke")
    program = smoke.Program(tmp_path / "p", tmp_path)
    own = tmp_path / ".cache" / "CardioDesktop" / "worklist.sqlite"
    own.parent.mkdir(parents=True)
    own.touch()
    assert smoke.check_traces(program) == "1 files, all of them the program's own"
    stray = tmp_path / ".cache" / "Microsoft" / "deviceid"
    stray.parent.mkdir()
    stray.touch()
    with pytest.raises(smoke.SmokeError, match="Microsoft/deviceid"):
        smoke.check_traces(program)


def xwd(path: Path, width: int, height: int, pixels: bytes) -> Path:
    header = [0] * 25
    header[0], header[4], header[5], header[12] = 100, width, height, 4 * width
    path.write_bytes(struct.pack(">25I", *header) + pixels)
    return path


def test_colours_are_read_off_the_screen(script: Load, tmp_path: Path) -> None:
    frame_colours = script("smoke").frame_colours
    assert not frame_colours(tmp_path / "none")
    assert set(frame_colours(xwd(tmp_path / "black", 40, 14, bytes(4 * 40 * 14)))) == {"#000000"}
    # Every 7th row and every 5th pixel is looked at; a pixel is blue, green, red, nothing.
    painted = b"".join(bytes([row, column, 0xAB, 0]) for row in range(14) for column in range(40))
    seen = frame_colours(xwd(tmp_path / "painted", 40, 14, painted))
    assert seen == {f"#ab{column:02x}{row:02x}": 1 for row in (0, 7) for column in range(0, 40, 5)}


class TestFigure:
    def test_a_ratio_is_held_against_its_limit(self, script: Load) -> None:
        figure = script("bench").Figure
        assert figure("frame", 7.0, "ms", 10.0, 0.75).ok is True
        assert figure("frame", 8.0, "ms", 10.0, 0.75).ok is False
        assert figure("frame", 8.0, "ms", 10.0, 0.75).ratio == pytest.approx(0.8)

    def test_a_value_without_baseline_is_held_against_it_itself(self, script: Load) -> None:
        figure = script("bench").Figure
        assert figure("memory", 399.0, "MB", None, 400).ok is True
        assert figure("memory", 401.0, "MB", None, 400).ok is False
        assert figure("modules", 1, "", None, 0).ok is False

    def test_a_missing_measurement_is_no_success(self, script: Load) -> None:
        assert script("bench").Figure("memory", float("nan"), "MB", None, 400).ok is False

    def test_the_table_says_no_aloud(self, script: Load) -> None:
        bench = script("bench")
        assert " NO" in bench.line(bench.Figure("frame", 8.0, "ms", 10.0, 0.75))
        assert " yes" in bench.line(bench.Figure("frame", 7.0, "ms", 10.0, 0.75))


def test_the_benchmark_looks_for_every_heavy_module_of_the_rules(script: Load, root: Path) -> None:
    import tomllib

    ruff = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    banned = set(ruff["flake8-tidy-imports"]["banned-module-level-imports"])
    assert set(script("bench_tools").HEAVY) <= banned
