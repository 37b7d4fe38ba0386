"""XML from unknown hands: parsed without entities, without anything outside the file, within limits of size.

Entities of a document's own (a few hundred bytes that unfold into gigabytes) and external ones (which read other files
or open sockets) have no place in an ECG: such a file is refused. A bare DOCTYPE, as GE MUSE writes it, is harmless.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import math
import re
from pathlib import Path
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from cardio_desktop.core.errors import ReadError
from cardio_desktop.io.files import file_size, read_bytes
from cardio_desktop.words import Remark

MAX_XML_BYTES = 64 << 20
"""Ten seconds of twelve leads take 0.5 MB; twenty minutes as text stay below this."""
MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 80
_EXPORT = Remark("export-again")
_DECLARED = re.compile(r"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_PLAIN_TEXT = re.compile(
    r"(?:utf[-_]?8|(?:us-)?ascii|iso[-_]?8859[-_]?\d{1,2}|latin[-_]?\d|(?:windows|cp)[-_]?\d{3,4}|koi8[-_][ru]|gbk|gb2312|"
    r"gb18030|big5|shift[-_]?jis|euc[-_](?:jp|kr))",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\s,;]+")


def parse_xml(path: Path) -> Element:
    """Return the root of an XML document, all names without their namespace prefix; raises ReadError."""
    if file_size(path) > MAX_XML_BYTES:
        size = Remark("xml-too-large", {"most_mb": MAX_XML_BYTES >> 20})
        raise ReadError(path, size, Remark("export-edf-wfdb"))
    text = decode_xml(path, read_bytes(path, MAX_XML_BYTES))
    return _Builder(path).parse(text)


def decode_xml(path: Path, raw: bytes) -> str:
    """Return the text of a document in the encoding that its first bytes or its declaration name; raises ReadError."""
    name = "utf-8"
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        name = "utf-16"
    elif raw[:4] == b"<\0?\0" or raw[:4] == b"<\0r\0":
        name = "utf-16-le"
    elif raw[:4] == b"\0<\0?":
        name = "utf-16-be"
    elif raw[:3] == codecs.BOM_UTF8:
        name = "utf-8-sig"
    elif found := _DECLARED.match(raw[:300].decode("latin-1").lstrip()):
        name = found[1]
        # The bytes are single ones, so a declared UTF-16 is what a string in memory once was.
        if name.casefold().startswith("utf-16"):
            name = "utf-8"
        elif not _PLAIN_TEXT.fullmatch(name):
            raise ReadError(path, Remark("encoding-unknown", {"text": name}), _EXPORT)
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        raise ReadError(
            path, Remark("byte-not-text", {"number": error.start, "text": name.upper()}), _EXPORT
        ) from error
    except LookupError as error:
        raise ReadError(path, Remark("encoding-unknown", {"text": name}), _EXPORT) from error


class _Builder:
    """Builds the tree and stops at the first thing that an ECG has no use for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tree = TreeBuilder()
        self._depth = 0
        self._count = 0

    def parse(self, text: str) -> Element:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._tree.data
        parser.EntityDeclHandler = self._entity
        parser.UnparsedEntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        try:
            parser.Parse(text.encode("utf-8", "surrogatepass"), True)
            return self._tree.close()
        except expat.ExpatError as error:
            problem = Remark("xml-malformed", {"text": expat.ErrorString(error.code), "number": error.lineno})
            raise ReadError(self.path, problem, Remark("copy-it-from-source")) from error

    def _start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise ReadError(self.path, Remark("xml-nested"), Remark("open-device-export"))
        names = (_local(key) for key in attributes[::2])
        self._tree.start(_local(name), dict(zip(names, attributes[1::2], strict=True)))

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_local(name))

    def _entity(self, *_args: object) -> NoReturn:
        problem = Remark("xml-entities")
        raise ReadError(self.path, problem, Remark("export-no-entities"))


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first child of the first child ... of these names, or None."""
    for name in names:
        element = element.find(name) if element is not None else None
    return element


def text_of(element: Element | None, *names: str) -> str:
    """Return the text of a descendant named step by step, white space at the ends removed; "" where there is none."""
    found = child(element, *names)
    return (found.text or "").strip() if found is not None else ""


def number(text: str | None) -> float | None:
    """Return a finite number, or None where the text is none; a decimal comma is taken as a point."""
    try:
        value = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def number_of(element: Element | None, *names: str) -> float | None:
    """Return the number in a descendant named step by step, or None."""
    return number(text_of(element, *names))


def integers(path: Path, text: str, what: Remark, most: int) -> NDArray[np.int32]:
    """Return the integers in a list parted by spaces, commas or semicolons; raises ReadError."""
    words = [word for word in _DIGITS.split(text) if word]
    if len(words) > most:
        raise ReadError(path, Remark("more-samples", {"what": what, "most": most}), _EXPORT)
    try:
        values = np.array(words, dtype=np.float64) if words else np.zeros(0)
    except ValueError as error:
        raise ReadError(path, Remark("sample-no-number", {"what": what}), _EXPORT) from error
    if not (np.abs(values) < 2**31).all() or (values != np.round(values)).any():
        raise ReadError(path, Remark("sample-not-whole", {"what": what}), _EXPORT)
    return values.astype(np.int32)


def base64_bytes(path: Path, text: str, what: Remark, expected: int | None = None) -> bytes:
    """Return what a base64 text holds, its length checked before anything is decoded; raises ReadError."""
    packed = "".join(text.split())
    size = len(packed) * 3 // 4 - packed[-2:].count("=")
    if expected is not None and size != expected:
        raise ReadError(
            path, Remark("bytes-announced", {"what": what, "held": size, "claimed": expected}), Remark("export-again")
        )
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReadError(path, Remark("no-base64-text", {"what": what}), Remark("copy-it-from-source")) from error
