"""A clinic's letterhead: what a file may hold, and one clear sentence for each way in which it is wrong."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cardio_desktop.core.errors import ReportError
from cardio_desktop.report import letterhead
from cardio_desktop.report.letterhead import read_letterhead


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 24), mode: str = "RGB") -> bytes:
    target = BytesIO()
    Image.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 0)).save(target, kind)
    return target.getvalue()


def written(folder: Path, text: str, name: str = "head.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_toml_and_json_say_the_same(tmp_path):
    (tmp_path / "logo.png").write_bytes(picture())
    values = {"clinic": "Herzzentrum Ä", "lines": ["Street 1", " ", "Telephone 2"], "logo": "logo.png"}
    toml = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    first = read_letterhead(written(tmp_path, toml))
    second = read_letterhead(written(tmp_path, json.dumps(values), "head.json"))
    assert first == second
    assert (first.clinic, first.lines, first.logo_size) == ("Herzzentrum Ä", ("Street 1", "Telephone 2"), (60, 24))
    assert Image.open(BytesIO(first.logo)).getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P")])
def test_logos_are_drawn_on_white_and_no_larger_than_needed(tmp_path, kind, mode):
    (tmp_path / "logo").write_bytes(picture(kind, (3000, 1000), mode))
    made = read_letterhead(written(tmp_path, 'logo = "logo"'))
    assert made.logo_size == (1200, 400)
    if mode == "RGBA":  # wholly transparent
        assert Image.open(BytesIO(made.logo)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("clinic = 3", 'Letterhead head.toml: clinic is 3; write the clinic\'s name in quotes.'),
        ('lines = "one"', 'lines is "one"; write a list of texts, lines = ["street", "telephone"].'),
        ('lines = ["one", 2]', "write a list of texts"),
        ('clinic = "a"\nphone = "b"', 'it has "phone", which is no part of a letterhead; only clinic, lines and logo'),
        ('lines = ["1", "2", "3", "4", "5"]', "it has 5 lines; leave at most 4."),
        (f'clinic = "{"x" * 121}"', "has 121 letters; leave at most 120."),
        ("", "it names neither clinic nor lines nor logo; write at least clinic"),
        ("clinic = ", r"it is no TOML (Invalid value (at end of document)); correct that place."),
        ("logo = 1", "logo is 1; name a PNG or JPEG file beside the letterhead."),
        ('logo = "https://example.org/logo.png"', 'logo is "https://example.org/logo.png"; name a PNG or JPEG file'),
        ('logo = "missing.png"', "Letterhead missing.png: there is no such file; name another file."),
        ('logo = "head.toml"', "Letterhead head.toml: it is no PNG or JPEG picture that can be read; save the logo"),
        ('logo = "a\\u0000b"', "name a PNG or JPEG file beside the letterhead"),
        ('clinic = "' + "y" * 70_000 + '"', "it is larger than 64 KiB; a letterhead is a small text file."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(tmp_path, text, told):
    with pytest.raises(ReportError) as caught:
        read_letterhead(written(tmp_path, text))
    assert told in str(caught.value)
    assert str(caught.value).startswith("Letterhead ")
    german = caught.value.said("de")
    assert german.startswith("Briefkopf ")
    assert german != str(caught.value)


def test_files_that_are_no_text_or_no_object_are_told(tmp_path):
    (tmp_path / "head.toml").write_bytes(b"clinic = '\xff'")
    with pytest.raises(ReportError, match="it is no text in UTF-8; save it as UTF-8"):
        read_letterhead(tmp_path / "head.toml")
    with pytest.raises(ReportError, match=r"it holds \[1, 2\]; write an object"):
        read_letterhead(written(tmp_path, "[1, 2]", "head.json"))
    with pytest.raises(ReportError, match="it is no JSON"):
        read_letterhead(written(tmp_path, "{", "head.json"))
    with pytest.raises(ReportError, match="there is no such file"):
        read_letterhead(tmp_path)
    with pytest.raises(ReportError, match="there is no such file"):
        read_letterhead(tmp_path / "nowhere.toml")


def test_pictures_that_would_unfold_are_refused_before_they_do(tmp_path, monkeypatch):
    monkeypatch.setattr(letterhead, "MOST_PIXELS", 100)
    (tmp_path / "logo.png").write_bytes(picture(size=(40, 20)))
    with pytest.raises(ReportError, match="the picture has 40 × 20 pixels; make it smaller than"):
        read_letterhead(written(tmp_path, 'logo = "logo.png"'))
    monkeypatch.setattr(letterhead, "MOST_LOGO_BYTES", 50)
    with pytest.raises(ReportError, match="larger than 0 KiB; make it smaller"):
        read_letterhead(written(tmp_path, 'logo = "logo.png"'))


def test_a_damaged_picture_is_told(tmp_path):
    (tmp_path / "logo.png").write_bytes(picture(size=(300, 200))[:200])
    with pytest.raises(ReportError, match=r"logo\.png: it is no PNG or JPEG picture that can be read"):
        read_letterhead(written(tmp_path, 'logo = "logo.png"'))
