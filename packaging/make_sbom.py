"""Write the list of what the program is made of (CycloneDX 1.6): packages, networks, fonts; with licences and hashes.

Usage: python packaging/make_sbom.py OUT.json [--frozen FOLDER]    by an environment in which the program is installed

With --frozen the shared libraries that lie beside the frozen program, and belong to no package, are listed as well.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
import uuid
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from make_constraints import closure

from cardio_desktop import __version__
from cardio_desktop.paths import listed_assets

ROOT = Path(__file__).resolve().parents[1]
LICENCES = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
LONGEST_NAME = 80
"""Some packages put the whole text of their licence where its name belongs."""
KINDS = {".onnx": "machine-learning-model", ".ttf": "data"}


def asked_for() -> list[str]:
    """Return what the program needs at run time, with a clinic's database."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"].get("clinic", [])]


def licence(name: str) -> dict[str, Any] | None:
    """Return a package's licence as CycloneDX writes it, None where the package does not say it."""
    told = metadata.metadata(name)
    if expression := told.get_all("License-Expression"):
        return {"expression": expression[0]}
    known = [LICENCES[line] for line in told.get_all("Classifier") or [] if line in LICENCES]
    if known:
        return {"license": {"id": known[0]}}
    free = "".join(told.get_all("License") or []).strip().partition("\n")[0]
    return {"license": {"name": free[:LONGEST_NAME]}} if free else None


def package(name: str, version: str) -> dict[str, Any]:
    """Return a Python package as a component."""
    found = licence(name)
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        **({"licenses": [found]} if found else {}),
    }


def own_files() -> list[dict[str, Any]]:
    """Return the networks and fonts that come with the program."""
    return [
        {
            "type": KINDS[Path(name).suffix],
            "bom-ref": name,
            "name": name,
            "version": __version__,
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        for name, digest in listed_assets().items()
        if Path(name).suffix in KINDS
    ]


def loose_libraries(folder: Path) -> list[dict[str, Any]]:
    """Return the shared libraries of the system that were frozen with the program."""
    files = sorted(path for path in (folder / "_internal").glob("lib*.so*") if path.is_file() and not path.is_symlink())
    return [
        {
            "type": "file",
            "bom-ref": f"frozen:{path.name}",
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in files
    ]


def bill(versions: dict[str, str], more: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the whole list; the same parts give the same list."""
    components = [*(package(name, version) for name, version in sorted(versions.items())), *more]
    whole = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, whole)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "cardio-desktop",
                "name": "cardio-desktop",
                "version": __version__,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "cardio-desktop", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def main() -> int:
    """Write the list and say how long it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--frozen", type=Path, metavar="FOLDER")
    args = parser.parse_args()
    more = [*own_files(), *(loose_libraries(args.frozen) if args.frozen else [])]
    made = bill(closure(asked_for()), more)
    args.out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"{args.out}: {len(made['components'])} parts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
