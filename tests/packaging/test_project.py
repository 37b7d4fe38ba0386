"""What must hold for the project as a whole: layers, licence, versions, forbidden names."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_packaging_does_not_hide_the_package_of_that_name(root: Path) -> None:
    assert not (root / "packaging" / "__init__.py").exists()
    from packaging.requirements import Requirement

    assert Requirement("numpy>=2").name == "numpy"


def test_dependencies_keep_clear_of_known_traps(project: dict[str, Any]) -> None:
    from packaging.requirements import Requirement

    runtime = {found.name: found for found in map(Requirement, project["project"]["dependencies"])}
    assert "PySide6-Essentials" in runtime
    assert "6.12.0" not in runtime["PySide6-Essentials"].specifier, "6.12.0 aborts on Python 3.11"
    assert not {"torch", "PySide6", "matplotlib", "onnx"} & set(runtime), "too heavy for the program itself"
    train = {found.name: found for found in map(Requirement, project["project"]["optional-dependencies"]["train"])}
    assert str(train["torch"].specifier) == "==2.13.0"


def test_every_package_stands_in_the_layers(project: dict[str, Any], root: Path) -> None:
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = {name.strip() for layer in layers for name in re.split(r"[|:]", layer)}
    packages = {
        f"cardio_desktop.{entry.stem}"
        for entry in (root / "cardio_desktop").iterdir()
        if (entry.suffix == ".py" or (entry / "__init__.py").exists()) and entry.stem != "__init__"
    }
    assert packages
    assert packages <= {name.strip("() ") for name in named}


def test_the_wheel_carries_samples_model_and_manual(project: dict[str, Any]) -> None:
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {
        "resources": "cardio_desktop/_assets/resources",
        "model_assets": "cardio_desktop/_assets/model_assets",
        "docs/manual": "cardio_desktop/_assets/docs/manual",
        "docs/pictures": "cardio_desktop/_assets/docs/pictures",
        "CHANGELOG.md": "cardio_desktop/_assets/CHANGELOG.md",
    }


def test_the_changelog_names_the_version(root: Path) -> None:
    found = re.search(r'__version__ = "([^"]+)"', (root / "cardio_desktop" / "__init__.py").read_text(encoding="utf-8"))
    assert found
    assert f"## [{found[1]}]" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_network_code_in_the_program(root: Path) -> None:
    """The program is offline: none of its modules imports a network client."""
    forbidden = re.compile(
        r"^\s*(?:from|import)\s+(?:socket|http|urllib|requests|aiohttp|ftplib|smtplib|PySide6\.QtNetwork)\b"
    )
    sources = list((root / "cardio_desktop").rglob("*.py"))
    assert sources
    guilty = [
        f"{path}: {line}"
        for path in sources
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.match(line)
    ]
    assert guilty == []
