"""The bootstrap: what it installs, when it does nothing, what it says where it may not."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


def test_it_needs_only_the_standard_library(root: Path) -> None:
    tree = ast.parse((root / "packaging" / "dev.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_old_python_can_read_it_far_enough_to_say_what_is_wrong(root: Path) -> None:
    # Grammar of 3.8: whoever calls it with an old Python gets the sentence, not a SyntaxError.
    ast.parse((root / "packaging" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10, 12), False), ((3, 11, 0), True), ((3, 13, 9), True), ((3, 14, 0), False), ((4, 0, 0), False)],
)
def test_supported_versions_are_those_of_pyproject(
    dev: ModuleType, root: Path, version: tuple[int, ...], fits: bool
) -> None:
    assert 'requires-python = ">=3.11,<3.14"' in (root / "pyproject.toml").read_text(encoding="utf-8")
    assert dev.supported(version) is fits


def test_wrong_python_is_one_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as ended:
        dev.main(["run"])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "needs Python 3.11 to 3.13, this is 3.9" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "task", "rest"),
    [
        (["run"], "run", []),
        (["run", "a b.edf"], "run", ["a b.edf"]),
        (["test", "-k", "lead", "--lf", "-n0"], "test", ["-k", "lead", "--lf", "-n0"]),
        (["bench", "--quick"], "bench", ["--quick"]),
    ],
)
def test_everything_behind_the_task_is_handed_on(dev: ModuleType, line: list[str], task: str, rest: list[str]) -> None:
    assert dev.parse(line) == (task, rest)


def test_every_task_has_its_extras_and_all_of_them_exist(dev: ModuleType, root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(dev.EXTRAS) == set(dev.TASKS)
    assert {extra for extras in dev.EXTRAS.values() for extra in extras} == set(project["optional-dependencies"])


def test_running_installs_no_torch(dev: ModuleType) -> None:
    assert dev.EXTRAS["run"] == ()


class TestStamp:
    def test_same_key_and_extras_need_nothing(self, dev: ModuleType) -> None:
        assert dev.missing_extras({"key": "a", "extras": ["test", "train"]}, "a", ["test"]) is None
        assert dev.missing_extras({"key": "a", "extras": []}, "a", []) is None

    def test_a_first_run_installs_the_bare_package(self, dev: ModuleType) -> None:
        assert dev.missing_extras({}, "a", []) == ()

    def test_a_new_extra_keeps_the_old_ones(self, dev: ModuleType) -> None:
        assert dev.missing_extras({"key": "a", "extras": ["lint"]}, "a", ["test"]) == ("lint", "test")

    def test_a_new_key_renews_what_was_there(self, dev: ModuleType) -> None:
        assert dev.missing_extras({"key": "a", "extras": ["lint"]}, "b", []) == ("lint",)

    def test_a_damaged_stamp_counts_as_none(self, dev: ModuleType, tmp_path: Path) -> None:
        for text in ("", "{", "[1]", "\0"):
            (tmp_path / "stamp").write_text(text)
            assert dev.read_stamp(tmp_path / "stamp") == {}
        assert dev.missing_extras({"key": "a", "extras": "lint"}, "a", []) == ()

    def test_the_key_follows_dependencies_python_and_place(self, dev: ModuleType) -> None:
        keys = {
            dev.stamp_key(text, version, folder)
            for text in (b"one", b"two")
            for version in ((3, 11, 2), (3, 12, 0))
            for folder in (Path("/a"), Path("/b"))
        }
        assert len(keys) == 8
        assert dev.stamp_key(b"one", (3, 11, 2), Path("/a")) in keys

    def test_tested_versions_are_installed_anew_and_when_they_change(self, dev: ModuleType) -> None:
        keys = {dev.stamp_key(b"one", (3, 11, 2), Path("/a"), pinned) for pinned in (b"", b"numpy==2.1", b"numpy==2.2")}
        assert len(keys) == 3

    @pytest.mark.parametrize(("value", "tested"), [(None, False), ("", False), ("0", False), ("1", True)])
    def test_tested_versions_are_asked_for(self, dev: ModuleType, value: str | None, tested: bool) -> None:
        assert dev.tested_only({} if value is None else {"CARDIO_TESTED": value}) is tested
        assert ("-c" in dev.install_arguments(["lint"], tested)) is tested
        assert dev.install_arguments(["lint"], tested)[-2:] == ["-e", f"{dev.ROOT}[lint]"]


def test_the_version_of_an_environment_is_read_without_starting_it(dev: ModuleType, tmp_path: Path) -> None:
    assert dev.venv_version(tmp_path) is None
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n")
    assert dev.venv_version(tmp_path) is None, "no interpreter in it"
    python = dev.venv_python(tmp_path)
    python.parent.mkdir()
    python.touch()
    assert dev.venv_version(tmp_path) == (3, 11, 2)


class TestDebian:
    listing = "ii libgl1\nii libglib2.0-0t64\nrc xvfb\nun xauth\nhi fonts-dejavu-core\n"

    def test_absent_packages(self, dev: ModuleType) -> None:
        wanted = ["libgl1", "libglib2.0-0", "xvfb", "xauth", "fonts-dejavu-core", "libegl1"]
        assert dev.absent(wanted, self.listing) == ["xvfb", "xauth", "libegl1"]

    def test_a_window_needs_more_than_a_picture(self, dev: ModuleType) -> None:
        assert set(dev.system_packages("run", headless=True)) < set(dev.system_packages("run", headless=False))
        assert "xvfb" not in dev.system_packages("run", headless=False)
        assert dev.system_packages("lint", headless=True) == ()

    def test_root_needs_no_sudo(self, dev: ModuleType) -> None:
        assert dev.apt_prefix(True) == []
        assert dev.apt_prefix(False, which=lambda name: None) is None

    def test_where_it_may_not_install_it_says_the_command_once(
        self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(dev, "missing_packages", lambda wanted: ["libegl1", "libgl1"])
        monkeypatch.setattr(dev, "apt_prefix", lambda is_root: None)
        assert dev.install_system_packages(["libegl1", "libgl1"]) is False
        said = capsys.readouterr().err
        assert said.endswith("apt-get install --no-install-recommends libegl1 libgl1\n")
        assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("platform", "environ", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_display(dev: ModuleType, platform: str, environ: dict[str, str], seen: bool) -> None:
    assert dev.has_display(platform, environ) is seen


def test_run_opens_the_window_or_writes_results(dev: ModuleType) -> None:
    assert dev.run_command([], True, Path("out")) == ["-m", "cardio_desktop", str(dev.SAMPLE)]
    assert dev.SAMPLE.is_file()
    assert dev.run_command(["a.edf"], True, Path("out")) == ["-m", "cardio_desktop", "a.edf"]
    assert dev.run_command(["a.edf"], False, Path("out")) == ["-m", "cardio_desktop", "demo", "a.edf", "--out", "out"]


def test_the_whole_suite_runs_on_two_processes_a_part_as_asked(dev: ModuleType) -> None:
    assert "2" in dev.pytest_command([])
    assert dev.pytest_command(["tests/core"]) == ["-m", "pytest", "tests/core"]


def test_a_prepared_checkout_starts_at_once(dev: ModuleType, tmp_path: Path, root: Path) -> None:
    """With a fitting stamp nothing is created or installed: a false `pip` and `apt-get` would be noticed."""
    copy = tmp_path / "checkout"
    (copy / "packaging").mkdir(parents=True)
    for name in ("packaging/dev.py", "pyproject.toml"):
        (copy / name).write_bytes((root / name).read_bytes())
    python = dev.venv_python(copy / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()  # it cannot be executed: any attempt to install would fail
    (copy / ".venv" / "pyvenv.cfg").write_text("version = 3.11.2\n")
    key = dev.stamp_key((copy / "pyproject.toml").read_bytes(), (3, 11, 2), copy.resolve())
    (copy / ".venv" / "cardio-setup.json").write_text(json.dumps({"key": key, "extras": list(dev.EXTRAS["setup"])}))
    code = "import dev; dev.make_ready('test'); dev.make_ready('run')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(copy / "packaging"), "CARDIO_TESTED": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
