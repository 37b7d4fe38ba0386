from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from cardio_desktop.analysis.display_filters import DisplayFilter
from cardio_desktop.app.settings import RECENT_FILES, Settings
from cardio_desktop.app.viewport import Viewport


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def settings(file: Path) -> Settings:
    return Settings(QSettings(str(file), QSettings.Format.IniFormat))


def test_the_way_of_looking_is_remembered(file: Path) -> None:
    chosen = replace(Viewport(), layout_id="6x2", speed_mm_per_s=50.0, gain_mm_per_mv=5.0, zoom=1.0, opacity=0.3)
    settings(file).set_viewport(chosen)
    assert settings(file).viewport() == chosen


def test_the_place_in_a_record_is_not_remembered_for_the_next_record(file: Path) -> None:
    settings(file).set_viewport(replace(Viewport(), start_s=77.0, evidence_class="MI"))
    assert settings(file).viewport().start_s == 0.0
    assert settings(file).viewport().evidence_class is None


@pytest.mark.parametrize(
    "text",
    [
        "[view]\nlayout=99x9\nspeed_mm_per_s=fast\ngain_mm_per_mv=-3\nopacity=nan\n",
        "\x00\x01",
        "recent_files=@Invalid()",
    ],
)
def test_damaged_settings_read_as_defaults(file: Path, text: str) -> None:
    file.write_text(text)
    found = settings(file).viewport()
    assert (found.layout_id, found.speed_mm_per_s, found.gain_mm_per_mv) == ("3x4+1", 25.0, 10.0)
    assert 0.1 <= found.opacity <= 1.0
    assert settings(file).recent_files() == []


def test_recent_files_newest_first_each_once_without_the_gone(file: Path, tmp_path: Path) -> None:
    names = [tmp_path / f"{k}.hea" for k in range(RECENT_FILES + 3)]
    store = settings(file)
    for name in names:
        name.touch()
        store.add_recent_file(name)
    store.add_recent_file(names[5])
    recent = settings(file).recent_files()
    assert len(recent) == RECENT_FILES
    assert recent[:2] == [names[5], names[-1]]
    names[5].unlink()
    assert names[5] not in settings(file).recent_files()
    store.clear_recent_files()
    assert settings(file).recent_files() == []


def test_a_measured_screen_is_remembered_by_its_name(file: Path) -> None:
    store = settings(file)
    store.set_screen_density("DP-1 Maker / 4711 3840x2160", (7.2, 7.3))
    assert settings(file).screen_density("DP-1 Maker / 4711 3840x2160") == (7.2, 7.3)
    assert settings(file).screen_density("DP-1 Maker / 4712 3840x2160") is None
    store.set_screen_density("DP-1 Maker / 4711 3840x2160", None)
    assert settings(file).screen_density("DP-1 Maker / 4711 3840x2160") is None


def test_everything_a_reader_chooses_about_the_paper_is_remembered(file: Path) -> None:
    chosen = replace(
        Viewport(),
        layout_id="disclosure",
        rhythm_lead="V5",
        speed_mm_per_s=6.25,
        gain_mm_per_mv=40.0,
        auto_gain=True,
        chest_half=True,
        filter=DisplayFilter(0.15, 100.0, 60.0, True),
        filter_on=True,
        paper="blue",
    )
    settings(file).set_viewport(chosen)
    assert settings(file).viewport() == chosen


def test_dragging_along_a_record_writes_no_settings(file: Path) -> None:
    store = settings(file)
    store.set_viewport(Viewport())
    inner = store._store
    inner.clear()
    store.set_viewport(replace(Viewport(), start_s=3.0, offset_x_mm=2.0))
    assert inner.allKeys() == []
    store.set_viewport(replace(Viewport(), start_s=3.0, paper="grey"))
    assert "view/paper" in inner.allKeys()


def test_theme_and_letters_are_remembered_within_bounds(file: Path) -> None:
    store = settings(file)
    assert (store.theme(), store.font_percent()) == ("system", 100)
    store.set_theme("dark")
    store.set_font_percent(9000)
    assert (settings(file).theme(), settings(file).font_percent()) == ("dark", 250)
    file.write_text("[look]\ntheme=pink\nfont_percent=inf\n")
    assert (settings(file).theme(), settings(file).font_percent()) == ("system", 100)
