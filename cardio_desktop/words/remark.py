"""A remark: what is to be said, as a code and values, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
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
