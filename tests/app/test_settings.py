from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

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
    store.set_screen_px_per_mm("DP-1", 4.2)
    assert settings(file).screen_px_per_mm("DP-1") == 4.2
    assert settings(file).screen_px_per_mm("HDMI-1") is None
    store.set_screen_px_per_mm("DP-1", None)
    assert settings(file).screen_px_per_mm("DP-1") is None
