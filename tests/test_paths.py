import sys
from pathlib import Path

import pytest

from cardio_desktop import paths


def test_assets_of_a_checkout_are_its_top_folders():
    root = Path(__file__).resolve().parents[1]
    assert paths.asset("resources/fonts/DejaVuSans.ttf") == root / "resources/fonts/DejaVuSans.ttf"


def test_assets_of_a_wheel_lie_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "cardio_desktop"
    (package / "_assets" / "resources").mkdir(parents=True)
    (tmp_path / "site-packages" / "resources").mkdir()  # of another distribution
    monkeypatch.setattr(paths, "PACKAGE", package)
    assert paths.asset("resources") == package / "_assets" / "resources"


@pytest.mark.parametrize("inside", ["resources", "cardio_desktop/_assets/resources"])
def test_assets_of_the_frozen_application_come_first(tmp_path, monkeypatch, inside):
    (tmp_path / inside).mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.asset("resources") == tmp_path / inside


def test_a_missing_asset_is_named_in_one_sentence():
    with pytest.raises(paths.AssetError, match=r"^resources/nothing\.here is missing .*install it again\.$"):
        paths.asset("resources/nothing.here")
