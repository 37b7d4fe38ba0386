"""Every file that the program reads of its own is what was shipped, or is named in one sentence."""

import json
import shutil
from pathlib import Path

import pytest

from cardio_desktop import paths
from cardio_desktop.analysis import acceptability, electrodes
from cardio_desktop.reading import models


def test_the_manifest_is_that_of_the_files_beside_it(root: Path) -> None:
    listed = json.loads((root / paths.MANIFEST).read_text(encoding="utf-8"))["files"]
    assert listed == paths.manifest_of(root), "run: python packaging/make_manifest.py"
    assert {"model_assets/classifier.json", "model_assets/delineator_edges.npz", "model_assets/electrodes.json"} <= set(
        listed
    )


@pytest.fixture
def copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in paths.FOLDERS:
        shutil.copytree(root / folder, tmp_path / folder)
    monkeypatch.setattr(paths, "asset_roots", lambda: (tmp_path,))
    for cached in (models._own_models, models.own_delineator, acceptability._weights):
        cached.cache_clear()
    yield tmp_path
    for cached in (models._own_models, models.own_delineator, acceptability._weights):
        cached.cache_clear()


def test_one_changed_digit_of_a_threshold_is_one_sentence_naming_the_file(copy: Path) -> None:
    assert models.load_models().delineator is not None
    models._own_models.cache_clear()
    card = copy / "model_assets" / "classifier.json"
    text = card.read_text(encoding="utf-8")
    place = text.index('"low_mi": 0.') + len('"low_mi": 0.')
    card.write_text(text[:place] + ("9" if text[place] != "9" else "8") + text[place + 1 :], encoding="utf-8")
    with pytest.raises(paths.AssetError, match=r"^model_assets/classifier\.json is damaged: .*install Cardio Desktop"):
        models.load_models()


@pytest.mark.parametrize("name", ["quality.json", "electrodes.json", "delineator_edges.npz", "delineator.json"])
def test_a_flipped_bit_in_any_asset_is_noticed(copy: Path, name: str) -> None:
    path = copy / "model_assets" / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(paths.AssetError, match=f"^model_assets/{name} is damaged"):
        paths.intact(f"model_assets/{name}")
    with pytest.raises(paths.AssetError, match=name):
        models.load_models()


def test_a_damaged_manifest_names_itself(copy: Path) -> None:
    (copy / paths.MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(paths.AssetError, match=r"manifest\.json is damaged"):
        paths.intact("model_assets")
    (copy / paths.MANIFEST).unlink()
    with pytest.raises(paths.AssetError, match=r"manifest\.json is missing"):
        paths.intact("model_assets")


def test_what_weighs_the_quality_and_the_electrodes_is_checked_where_it_is_read() -> None:
    for module in (acceptability, electrodes):
        assert module.intact is paths.intact
        assert not hasattr(module, "asset")
