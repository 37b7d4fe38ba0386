"""What the program remembers of its reader: who signs, the PIN's hash, own acronyms, favourite statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSettings

from cardio_desktop.app.pin import hash_pin, is_pin
from cardio_desktop.core.conclusion import Signer


class ReaderSettings:
    """Typed access to the reader's part of the settings; whatever is damaged reads as the default."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    def signer(self) -> Signer | None:
        """Return who signed last on this computer; None where nobody has yet."""
        name = self._text("reader/name")
        return Signer(name, self.role_of(name)) if name.strip() else None

    def set_signer(self, signer: Signer) -> None:
        """Remember who signs, beside those who signed before."""
        self._change(signer.name, role=signer.role)
        self._store.setValue("reader/name", signer.name)

    def names(self) -> tuple[str, ...]:
        """Return the names of all who signed on this computer."""
        return tuple(self._signers())

    def role_of(self, name: str) -> str:
        """Return the role that a reader signed in last."""
        return self._signers().get(name, {}).get("role", "")

    def has_pin(self, name: str) -> bool:
        """Return whether a reader is asked for a PIN at each signature."""
        return bool(self._signers().get(name, {}).get("pin"))

    def set_pin(self, name: str, pin: str) -> None:
        """Ask a reader for this PIN from now on, "" for none; only its salted hash is kept. ValueError if short."""
        self._change(name, pin=hash_pin(pin) if pin else "")

    def is_pin(self, name: str, pin: str) -> bool:
        """Return whether this is the PIN of a reader."""
        return is_pin(pin, self._signers().get(name, {}).get("pin", ""))

    def _signers(self) -> dict[str, dict[str, str]]:
        found = self._json("reader/signers", {})
        if not isinstance(found, dict):
            return {}
        return {
            name: {k: v for k, v in values.items() if isinstance(v, str)}
            for name, values in found.items()
            if name.strip() and isinstance(values, dict)
        }

    def _change(self, name: str, **values: str) -> None:
        signers = self._signers()
        signers[name] = {**signers.get(name, {}), **values}
        self._store.setValue("reader/signers", json.dumps(signers))

    def goes_on(self) -> bool:
        """Return whether the next unsigned record is opened after signing."""
        return self._text("reader/goes_on", "yes") != "no"

    def set_goes_on(self, on: bool) -> None:
        """Remember whether the next unsigned record is opened after signing."""
        self._store.setValue("reader/goes_on", "yes" if on else "no")

    def acronyms(self) -> dict[str, str]:
        """Return the reader's own acronyms, in small letters, with what each of them stands for."""
        found = self._json("reader/acronyms", {})
        return {k: v for k, v in found.items() if isinstance(v, str) and k} if isinstance(found, dict) else {}

    def set_acronyms(self, acronyms: Mapping[str, str]) -> None:
        """Remember the reader's own acronyms."""
        self._store.setValue("reader/acronyms", json.dumps({k.casefold(): v for k, v in acronyms.items()}))

    def favourites(self) -> tuple[str, ...]:
        """Return the codes of the statements that the reader chose as favourites, in that order."""
        found = self._json("reader/favourites", [])
        return tuple(code for code in found if isinstance(code, str)) if isinstance(found, list) else ()

    def set_favourites(self, codes: Sequence[str]) -> None:
        """Remember the favourite statements."""
        self._store.setValue("reader/favourites", json.dumps(list(codes)))

    def _text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _json(self, key: str, default: Any) -> Any:
        try:
            return json.loads(self._text(key, json.dumps(default)))
        except ValueError:
            return default
