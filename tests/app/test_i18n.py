"""German: every text has its translation, and what comes from below the window is German too."""

import ast
import dataclasses
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from cardio_desktop.app import i18n, terms
from cardio_desktop.app.i18n import language_of, use_language
from cardio_desktop.core.findings import CLASS_NAMES, Quality, Tier
from cardio_desktop.core.record import Patient
from cardio_desktop.paths import asset
from cardio_desktop.words import Remark

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def translate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "packaging" / "translate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(qapp: QCoreApplication) -> Iterator[None]:
    assert use_language("de") == "de"
    yield
    use_language("en")


def test_every_text_is_translated_and_keeps_its_values(translate: ModuleType) -> None:
    wanted = translate.texts()
    assert len(wanted) > 400
    done = translate.read(translate.FOLDER / "cardio_de.ts")
    # Mend with: python packaging/translate.py --todo, and the missing lines in resources/translations/cardio_de.ts.
    assert translate.faults(wanted, done) == []


def test_the_compiled_file_says_what_the_source_says(translate: ModuleType, qapp: QCoreApplication) -> None:
    done = translate.read(translate.FOLDER / "cardio_de.ts")
    translator = QTranslator()
    assert translator.load("cardio_de", str(asset("resources/translations")))
    stale = [text for text, german in done.items() if translator.translate("cardio", text) != german]
    assert stale == []


def test_faults_are_found(translate: ModuleType) -> None:
    wanted = {"&Open {file}…": ["a.py"], "Close": ["a.py"]}
    done = {"&Open {file}…": "Öffnen {datei}", "Gone": "Weg"}
    told = "\n".join(translate.faults(wanted, done))
    for words in (
        "not translated: 'Close'",
        "no longer used: 'Gone'",
        "values differ",
        "no menu key",
        "dots of a dialog",
    ):
        assert words in told


def test_a_text_that_is_no_literal_cannot_be_collected(translate: ModuleType, tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text('tr("one")\ntr("two " "three")\n')
    assert set(translate.source_texts(package)) == {"one", "two three"}
    (package / "b.py").write_text('tr(f"no {name}")\n')
    with pytest.raises(ValueError, match=r"b\.py:1: tr\(\) takes one literal"):
        translate.source_texts(package)


def test_no_text_is_translated_before_the_language_is_chosen(translate: ModuleType) -> None:
    early = []
    for path in sorted((ROOT / "cardio_desktop").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(call) for node in ast.walk(tree) if isinstance(node, FUNCTIONS) for call in translate.tr_calls(node)
        }
        early += [f"{path.name}:{call.lineno}" for call in translate.tr_calls(tree) if id(call) not in inside]
    assert early == []


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@pytest.mark.parametrize(
    ("setting", "system", "expected"),
    [
        ("system", "de_AT", "de"),
        ("system", "fr_FR", "en"),
        ("en", "de_DE", "en"),
        ("de", "en_US", "de"),
        ("xx", "C", "en"),
    ],
)
def test_the_setting_or_the_system_chooses(setting: str, system: str, expected: str) -> None:
    assert language_of(setting, system) == expected


def test_qts_own_buttons_come_in_german_too(german: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert i18n.language() == "de"


def test_what_the_layers_below_say_is_german(german: None) -> None:
    assert [terms.term(name) for name in CLASS_NAMES.values()][1] == "Myokardinfarkt"
    assert [terms.tier_name(tier) for tier in Tier] == ["Niedrig", "Mittel", "Hoch", "Nicht beurteilt"]
    assert terms.statement_name("LAFB", "left anterior fascicular block") == "linksanteriorer Hemiblock"
    assert terms.term(Remark("rhythm-AFIB")) == "Vorhofflimmern"
    chance = Remark("chance-of", {"what": Remark("class-MI"), "probability": 0.76})
    told = terms.term(Remark("tier-high", {"chances": (chance,), "limit": 0.59}))
    assert told == "76 %: Myokardinfarkt wahrscheinlich (Grenze für Hoch 59 %)."
    assert terms.term("What a file says of itself.") == "What a file says of itself."


def warnings_of_the_pipeline(folder: Path) -> list[Remark]:
    from cardio_desktop.core.findings import Beat, Prediction
    from cardio_desktop.core.record import Gap
    from cardio_desktop.reading.passage import NOT_ASKED, Opinion, Passage
    from cardio_desktop.reading.warnings import warnings_on
    from tests.ui.conftest import step_record

    record = dataclasses.replace(step_record(folder), simulated=False, patient=Patient())
    prediction = Prediction("n", "1", "0" * 64, (), (), (), ("V1",))
    opinion = Opinion(NOT_ASKED.risk, prediction, withheld=("V2",), slow=("V1", "V2"))
    swapped = Quality(True, reversal="RA/LA")
    few, many = (Gap(1.0, 2.0), Gap(3.0, 9.5)), tuple(Gap(float(k), k + 0.5) for k in range(9))
    passages = [
        Passage(record, 0.0, 10.0, few, swapped, opinion=opinion),
        Passage(record, 1.0, 100.0, many, swapped),
        Passage(record, 0.0, 1000.0, beats=(Beat(1.0),)),
    ]
    return list(dict.fromkeys(said for passage in passages for said in warnings_on(passage, to_the_end=False)))


def test_every_warning_of_the_pipeline_is_german_on_screen_and_in_the_report(german: None, tmp_path: Path) -> None:
    from cardio_desktop.report.language import Language
    from cardio_desktop.report.page_findings import _told

    said = warnings_of_the_pipeline(tmp_path)
    assert len(said) >= 9
    english = re.compile(r"\b(the|and|to|were|leads?|network|only|more|of|for|age|hold)\b", re.IGNORECASE)
    told = [terms.term(sentence) for sentence in said]
    assert [text for text in told if english.search(text)] == []
    assert told == [_told(sentence, Language("de")) for sentence in said]
    assert any("1,0 bis 2,0 s" in text for text in told)


def test_english_stays_as_it_is(qapp: QCoreApplication) -> None:
    use_language("en")
    assert terms.term("High") == "High"
    assert terms.term(Remark("rhythm-SR")) == "sinus rhythm"
