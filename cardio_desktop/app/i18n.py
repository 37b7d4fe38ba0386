"""The language of the interface: every text that a user reads goes through `tr`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from cardio_desktop.core import numerals
from cardio_desktop.core.errors import CardioError
from cardio_desktop.paths import AssetError, intact

CONTEXT = "cardio"
LANGUAGES = ("system", "en", "de")


def tr(text: str) -> str:
    """Return `text`, a literal in English, in the language of the interface."""
    return QCoreApplication.translate(CONTEXT, text)


def decimals(text: str) -> str:
    """Return a text with its numbers as the language of the interface writes them: "0.5" is "0,5" in German."""
    return numerals.decimals(text, language())


def said(error: CardioError) -> str:
    """Return an error's one sentence in the language of the interface."""
    return error.said(language())


def language_of(setting: str, system: str | None = None) -> str:
    """Return "en" or "de" for a setting; "system" follows the system's language where there is a translation."""
    if setting in LANGUAGES and setting != "system":
        return setting
    name = system if system is not None else QLocale.system().name()
    return "de" if name.lower().startswith("de") else "en"


class _Language:
    """The translators that are installed: one language for the whole program."""

    code = "en"
    translators: tuple[QTranslator, ...] = ()
    problem: AssetError | None = None


def language() -> str:
    """Return the language that is in force, "en" or "de"."""
    return _Language.code


def language_problem() -> AssetError | None:
    """Return why the language that was asked for is not in force; None where it is."""
    return _Language.problem


def use_language(setting: str) -> str:
    """Put a language in force for every text made from now on and return it; texts that stand already keep theirs.

    Where its file is missing or damaged the interface stays English, and `language_problem` says why.
    """
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a language needs the application first")
    for translator in _Language.translators:
        app.removeTranslator(translator)
    _Language.translators, _Language.code, _Language.problem = (), "en", None
    QLocale.setDefault(QLocale("en_US"))
    wanted = language_of(setting)
    if wanted == "en":
        return "en"
    own, of_qt, file = QTranslator(app), QTranslator(app), f"resources/translations/cardio_{wanted}.qm"
    try:
        folder = intact(file).parent
        if not own.load(f"cardio_{wanted}", str(folder)):
            raise AssetError(f"{file} cannot be used as a translation; install Cardio Desktop again.")
    except AssetError as error:
        _Language.problem = error
        return "en"
    installed = [own]
    # The words on Qt's own buttons; without them the interface is still understood.
    if of_qt.load(f"qtbase_{wanted}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        installed.append(of_qt)
    for translator in installed:
        app.installTranslator(translator)
    _Language.translators, _Language.code = tuple(installed), wanted
    QLocale.setDefault(QLocale(wanted))  # for the decimal sign of boxes and of what is painted
    return wanted
