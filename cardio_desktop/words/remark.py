"""A remark: what is to be said, as a code and values, before it is put into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

Value = Any
"""A number, a text that is nobody's sentence (the name of a file or lead), a remark, or a tuple of them."""


@dataclass(frozen=True)
class Remark:
    """Something to be said: `code` names it ("lead-flat"), `values` are what it is built from, units in their names."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lock the values."""
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        """Hash by code alone: values may hold what cannot be hashed."""
        return hash(self.code)

    def __reduce__(self) -> tuple[type[Remark], tuple[str, dict[str, Value]]]:
        """Let a remark pass between processes."""
        return Remark, (self.code, dict(self.values))

    @property
    def numbers(self) -> dict[str, float]:
        """The values that are numbers, those of remarks within it among them."""
        return dict(_numbers(self))

    def plain(self) -> dict[str, Value]:
        """Return code and values as what JSON knows."""
        return {"code": self.code, "values": {name: _plain(value) for name, value in self.values.items()}}

    @staticmethod
    def of(plain: Mapping[str, Value]) -> Remark:
        """Return the remark that `plain` made; KeyError or TypeError where it is none."""
        return Remark(str(plain["code"]), {name: _back(value) for name, value in plain["values"].items()})


def verbatim(text: str) -> Remark:
    """Return words that are nobody's to translate: what a file or another program says."""
    return Remark("verbatim", {"text": text})


def _numbers(remark: Remark) -> Iterator[tuple[str, float]]:
    for name, item in remark.values.items():
        if isinstance(item, Remark):
            yield from _numbers(item)
        elif isinstance(item, tuple | list):
            for k, part in enumerate(item, start=1):
                if isinstance(part, Remark):
                    # Several of one kind are told apart by their place.
                    yield from ((own if len(item) == 1 else f"{own}_{k}", v) for own, v in _numbers(part))
        elif isinstance(item, int | float) and not isinstance(item, bool):
            yield name, float(item)


def _plain(value: Value) -> Value:
    if isinstance(value, Remark):
        return value.plain()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return value


def _back(value: Value) -> Value:
    if isinstance(value, Mapping):
        return Remark.of(value) if set(value) == {"code", "values"} else {k: _back(v) for k, v in value.items()}
    return tuple(_back(item) for item in value) if isinstance(value, list | tuple) else value
