"""The tested versions: all that the project asks for, and nothing that it forbids."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def wanted(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]


@pytest.fixture(scope="module")
def tested(root: Path) -> dict[str, str]:
    lines = (root / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def test_each_dependency_stands_in_the_constraints_within_its_bounds(wanted, tested):
    assert len(wanted) > 20
    outside = [
        f"{one.name}: {tested.get(canonicalize_name(one.name), 'missing')} for {one.specifier or 'any'}"
        for one in wanted
        if not one.specifier.contains(tested.get(canonicalize_name(one.name), "0"), prereleases=False)
        or canonicalize_name(one.name) not in tested
    ]
    assert outside == []


def test_versions_can_be_installed_from_any_index(tested):
    assert "cardio-desktop" not in tested
    assert not [f"{name}=={version}" for name, version in tested.items() if "+" in version or " " in version]


def test_what_is_needed_by_what_is_wanted_is_pinned_without_local_parts(script):
    versions = {"torch": "2.13.0+cpu", "filelock": "3.1", "coverage": "7.6", "tomli": "2.0", "stray": "1.0"}
    needs = {
        "torch": ["filelock>=3", "nvidia-cuda ; sys_platform == 'nowhere'"],
        "coverage": ["tomli ; extra == 'toml'", "stray ; extra == 'docs'"],
    }
    found = script("make_constraints").closure(["Torch==2.13.0", "coverage[toml]>=7"], needs.get, versions.__getitem__)
    assert found == {"coverage": "7.6", "filelock": "3.1", "tomli": "2.0", "torch": "2.13.0"}
