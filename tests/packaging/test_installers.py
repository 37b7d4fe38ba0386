"""What systems are told of the program is made from its own tables, and what is asked of them is complete."""

import json
import plistlib
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cardio_desktop import __version__
from cardio_desktop.cli import COMMANDS
from cardio_desktop.io.formats import readable, record_suffixes

Load = Callable[[str], ModuleType]


def test_every_suffix_of_the_table_is_offered_to_the_system(script: Load) -> None:
    kinds = script("file_kinds")
    own = {suffix for kind in kinds.own_kinds() for suffix in kind.suffixes}
    parts = {suffix for row in readable() if row.main_suffix for suffix in row.suffixes} - {".hea"}
    assert {".hea", ".edf", ".bdf", ".scp", ".ecg", ".atc"} <= own
    assert own | set(kinds.shared_suffixes()) | parts | {".txt"} == set(record_suffixes())
    assert not own & set(kinds.SHARED), "a suffix of other programs is not ours"
    assert len(set(kinds.mime_types())) == len(kinds.mime_types())


def test_menu_entry_kinds_catalogue_and_manual_page(script: Load, tmp_path: Path) -> None:
    linux = script("linux_files")
    for path in linux.write_share(tmp_path, "cardio-desktop"):
        assert path.stat().st_size > 0
    entry = (tmp_path / "applications" / "cardio-desktop.desktop").read_text(encoding="utf-8")
    assert "Exec=cardio-desktop %F\n" in entry
    assert "application/x-wfdb;" in entry
    ElementTree.parse(tmp_path / "mime" / "packages" / "cardio-desktop.xml")
    ElementTree.parse(next((tmp_path / "metainfo").iterdir()))
    page = linux.manual_page()
    for command in COMMANDS:
        assert f".SH {command.upper()}\n" in page
    assert __version__ in page
    assert "%(" not in page, "argparse's own placeholders"


def test_what_the_libraries_ask_for_is_named_or_the_package_is_not_made(script: Load) -> None:
    packages = script("linux_packages")
    needed = "".join(f"  NEEDED               {name}\n" for name in ("libEGL.so.1", "libown.so.3", "libc.so.6"))
    headers = f"{needed}0x0 GLIBC_2.4 GLIBC_2.34 GLIBC_2.9\n"
    needs = packages.read_needs(headers, ["libown.so.3"])
    assert needs == packages.Needs(("libEGL.so.1",), "2.34")
    assert packages.debian_depends(needs).startswith("libc6 (>= 2.34), libegl1, ")
    with pytest.raises(packages.PackageError, match=r"libstray\.so\.1"):
        packages.debian_depends(packages.Needs(("libstray.so.1",), "2.34"))


def test_windows_forgets_all_that_it_was_told(script: Load) -> None:
    windows = script("windows_files")
    assert windows.four_numbers("1.2.3rc4") == (1, 2, 3, 0)
    register, forget = windows.association_macros().split("!macroend\n", 1)
    told = set(re.findall(r"Classes\\(\.\w+)", register))
    assert told == set(re.findall(r"Classes\\(\.\w+)", forget))
    assert {".hea", ".edf", ".xml"} <= told
    for line in register.splitlines():
        assert "HKLM" not in line, "for one user, without an administrator"
    # What belongs to others becomes ours nowhere.
    assert '"Software\\Classes\\.xml" "" ' not in register


def test_the_version_resource_is_what_pyinstaller_reads(script: Load) -> None:
    class Node:
        def __init__(self, *parts: Any, **named: Any) -> None:
            self.parts, self.named = parts, named

    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    made = eval(script("windows_files").version_resource("cardio-desktop"), dict.fromkeys(names, Node))
    assert made.named["ffi"].named["filevers"] == script("windows_files").four_numbers()


def test_macos_is_told_of_every_kind(script: Load, root: Path) -> None:
    mac = script("macos_files")
    plist = plistlib.loads(plistlib.dumps(mac.info_plist()))
    declared = {one["UTTypeIdentifier"] for one in plist["UTImportedTypeDeclarations"]}
    opened = {name for one in plist["CFBundleDocumentTypes"] for name in one.get("LSItemContentTypes", ())}
    assert opened == declared
    assert len(declared) == len(script("file_kinds").own_kinds())
    rights = plistlib.loads((root / "packaging" / "macos" / "entitlements.plist").read_bytes())
    assert not [key for key in rights if "network" in key or "device" in key]


def test_icons_are_the_drawing(script: Load, root: Path) -> None:
    icons = script("make_icons")
    assert (icons.FOLDER / "cardio-desktop.svg").read_text(encoding="utf-8") == icons.svg(256)
    for size in icons.SIZES:
        header = (icons.FOLDER / f"cardio-desktop-{size}.png").read_bytes()[:24]
        assert int.from_bytes(header[16:20], "big") == int.from_bytes(header[20:24], "big") == size
    assert (root / "packaging" / "windows" / "cardio-desktop.ico").read_bytes()[:4] == b"\0\0\1\0"
    assert (root / "packaging" / "macos" / "cardio-desktop.icns").read_bytes()[:4] == b"icns"


def test_shell_scripts_and_workflow_name_what_is_there(root: Path) -> None:
    scripts = [*(root / "packaging").rglob("*.sh"), root / ".ci" / "run"]
    for path in scripts:
        subprocess.run(["bash", "-n", str(path)], check=True)
    text = (root / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    named = {name.replace("\\", "/") for name in re.findall(r"packaging[/\\][\w/\\.-]+\.(?:py|sh|ps1)", text)}
    assert len(named) >= 8
    assert [name for name in named if not (root / name).is_file()] == []
    uses = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", one) for one in uses), uses


def test_the_bill_of_materials_is_valid_and_names_networks_and_packages(script: Load) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    sbom = script("make_sbom")
    made = sbom.bill({"numpy": "2.4.6", "pyside6-essentials": "6.11.3"}, sbom.own_files())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None
    parts = {one["name"]: one for one in made["components"]}
    assert parts["model_assets/classifier.onnx"]["hashes"][0]["alg"] == "SHA-256"
    assert parts["numpy"]["licenses"]
    assert made == sbom.bill({"numpy": "2.4.6", "pyside6-essentials": "6.11.3"}, sbom.own_files())


def test_conditions_of_other_systems_are_read_for_those_systems(script: Load) -> None:
    wheel = script("try_wheel")
    found = [{"name": "a", "requires_dist": ["colorama>=0.4; sys_platform == 'win32'", "b; sys_platform == 'linux'"]}]
    assert wheel.left_out(found, wheel.SYSTEMS["win_amd64"], "3.12") == ["colorama>=0.4"]
    assert wheel.left_out(found, wheel.SYSTEMS["macosx_14_0_arm64"], "3.12") == []
    assert wheel.left_out([*found, {"name": "Colorama"}], wheel.SYSTEMS["win_amd64"], "3.12") == []
