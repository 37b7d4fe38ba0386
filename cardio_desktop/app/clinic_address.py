"""Where a clinic's database is: named by its administrator, in a file or a variable; without that there is none."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

from cardio_desktop.core.errors import CardioError
from cardio_desktop.words import Remark

VARIABLE = "CARDIO_DESKTOP_DATABASE"
FILE_NAME = "clinic.toml"
SCHEMES = ("postgresql://", "postgres://")


class AddressError(CardioError):
    """What an administrator wrote is no address of a database."""

    kind = "setting"


def administrators_file() -> Path:
    """Return where an administrator names the database for everybody at this computer."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "cardio-desktop" / FILE_NAME
    if sys.platform == "darwin":
        return Path("/Library/Application Support/cardio-desktop") / FILE_NAME
    return Path("/etc/cardio-desktop") / FILE_NAME


def clinic_address(file: Path | None = None, setting: str = "") -> str:
    """Return the address of the clinic's database, "" where nobody named one.

    The variable CARDIO_DESKTOP_DATABASE goes before the administrator's file, and that before a user's `setting`.
    Raises AddressError where one of them holds something else.
    """
    file = file or administrators_file()
    named = os.environ.get(VARIABLE, "").strip()
    source = VARIABLE
    if not named and file.is_file():
        source = str(file)
        try:
            named = str(tomllib.loads(file.read_text(encoding="utf-8"))["database"]).strip()
        except (OSError, ValueError, KeyError) as error:
            raise AddressError(Remark("clinic-file", {"file": source})) from error
    if not named:
        named, source = setting.strip(), "clinic/database"
    if named and not named.startswith(SCHEMES):
        raise AddressError(Remark("clinic-address", {"source": source}))
    return named
