"""Write packaging/constraints.txt: the versions here of all that the project asks for, and of what that asks for.

Usage: python packaging/make_constraints.py    (by `.venv` with every extra on Python 3.11, after `.ci/run`)
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = Path(__file__).with_name("constraints.txt")
HEAD = """\
# The versions that the tests passed with, on Debian 12 with Python 3.11 and all extras. Kept where CARDIO_TESTED=1 is
# set (see CONTRIBUTING); made by packaging/make_constraints.py.
"""


def asked_for(pyproject: Path) -> list[str]:
    """Return what the project asks for, with all its extras."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return [line for lines in (project["dependencies"], *project["optional-dependencies"].values()) for line in lines]


def closure(
    wanted: Iterable[str],
    requires: Callable[[str], list[str] | None] = metadata.requires,
    version: Callable[[str], str] = metadata.version,
) -> dict[str, str]:
    """Return name -> version of what is wanted and all that it needs here, without local parts such as "+cpu".

    Raises PackageNotFoundError for what is not installed.
    """
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    todo = [(Requirement(line), "") for line in wanted]
    while todo:
        one, of_extra = todo.pop()
        if one.marker is not None and not one.marker.evaluate({"extra": of_extra}):
            continue
        name = canonicalize_name(one.name)
        found[name] = Version(version(name)).public
        for extra in ("", *one.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                todo += [(Requirement(line), extra) for line in requires(name) or ()]
    return dict(sorted(found.items()))


def main() -> int:
    """Write the file and say how many packages it has."""
    found = closure(asked_for(ROOT / "pyproject.toml"))
    lines = [f"{name}=={version}\n" for name, version in found.items()]
    CONSTRAINTS.write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{CONSTRAINTS.name}: {len(lines)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
