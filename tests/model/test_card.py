"""Only a whole model folder is loaded; everything else is refused by name."""

import json

import pytest

from cardio_desktop.core.errors import ModelError
from cardio_desktop.model.card import CARD_FILE, load_card


def rewrite(folder, change):
    path = folder / CARD_FILE
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def test_the_shipped_card_is_whole(model_copy):
    card = load_card(model_copy)
    assert card.classes == ("NORM", "MI", "STTC", "CD", "HYP")
    assert card.bin_s <= 0.08
    assert card.window_bins * card.bin_s == pytest.approx(card.window_s)
    assert card.bin_samples == card.bin_s * card.rate_hz
    assert 0 < card.thresholds.low_any < card.thresholds.high_any < 1
    assert set(card.calibration) == set(card.heads)
    assert card.onnx_path.stat().st_size < 6e6
    assert 10 not in card.raw["training"]["folds"]["train"]


def test_a_changed_network_is_refused(model_copy):
    path = load_card(model_copy).onnx_path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"classifier\.onnx: has the SHA-256 .* install the model folder again"):
        load_card(model_copy)


def test_a_missing_network_is_refused(model_copy):
    load_card(model_copy).onnx_path.unlink()
    with pytest.raises(ModelError, match=r"classifier\.onnx: is missing"):
        load_card(model_copy)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"classifier\.json: cannot be read"):
        load_card(tmp_path / "nowhere")


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "\x00\xff"])
def test_a_card_that_is_no_json_object_is_refused(model_copy, text):
    (model_copy / CARD_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(ModelError, match=r"classifier\.json"):
        load_card(model_copy)


KEYS = [
    "schema", "name", "version", "onnx", "classes", "statements", "leads", "rate_hz", "bin_s", "window_s", "min_s",
    "max_missing_leads", "scale_mv", "calibration", "thresholds", "training", "metrics", "intended_use", "not_assessed",
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_key_is_named(model_copy, key):
    rewrite(model_copy, lambda raw: raw.pop(key))
    with pytest.raises(ModelError, match=f"lacks '{key}'"):
        load_card(model_copy)


CHANGES = {
    "another schema": (lambda raw: raw.update(schema=99), "schema 99"),
    "a path outside": (lambda raw: raw["onnx"].update(file="../classifier.onnx"), "file name"),
    "no hash": (lambda raw: raw["onnx"].update(sha256="abc"), "SHA-256"),
    "classes in another order": (lambda raw: raw["classes"].reverse(), "classes are HYP"),
    "leads in another order": (lambda raw: raw["leads"].reverse(), "leads are V6"),
    "a statement twice": (lambda raw: raw["statements"].append(raw["statements"][0]), "statements must be different"),
    "a statement without words": (lambda raw: raw["statements"][0].pop("description"), "code and description"),
    "rate as text": (lambda raw: raw.update(rate_hz="100"), "rate_hz"),
    "rate not a number": (lambda raw: raw.update(rate_hz=float("nan")), "rate_hz is not a number"),
    "bins that do not fit": (lambda raw: raw.update(bin_s=0.077), "whole number"),
    "calibration of a class missing": (lambda raw: raw["calibration"].pop("MI"), "calibration lacks MI"),
    "falling line": (lambda raw: raw["calibration"].update(MI={"slope": -1, "offset": 0}), r"calibration\.MI\.slope"),
    "falling curve": (
        lambda raw: raw["calibration"].update(MI={"knots": [0, 1], "values": [1, 0]}),
        r"calibration\.MI\.knots and values do not rise",
    ),
    "a threshold missing": (lambda raw: raw["thresholds"].pop("low_mi"), r"thresholds\.low_mi"),
    "a threshold over one": (lambda raw: raw["thresholds"].update(high_any=1.2), r"thresholds\.high_any is 1\.2"),
    "Low above High": (lambda raw: raw["thresholds"].update(low_any=0.9, high_any=0.5), "not below"),
    "true for a number": (lambda raw: raw.update(max_missing_leads=True), "max_missing_leads"),
    "longer least than window": (lambda raw: raw.update(min_s=11), "min_s is 11"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_strange_value_is_named(model_copy, name):
    change, message = CHANGES[name]
    rewrite(model_copy, change)
    with pytest.raises(ModelError, match=message):
        load_card(model_copy)
