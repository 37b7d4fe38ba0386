"""What Windows wants of an installed program: a version resource, and the file kinds as NSIS takes them."""

from __future__ import annotations

import re
from pathlib import Path

from file_kinds import own_kinds, shared_suffixes

from cardio_desktop import __version__

PUBLISHER = "The Cardio Desktop authors"
PROGRAM_ID = "CardioDesktop.Recording"
"""The class under which Windows keeps how our files are opened."""


def four_numbers(version: str = __version__) -> tuple[int, int, int, int]:
    """Return a version as Windows writes it: 0.4.0rc1 is 0.4.0.0."""
    found = [int(part) for part in re.findall(r"\d+", version.split("rc")[0].split(".dev")[0])][:4]
    major, minor, patch, build = (*found, 0, 0, 0, 0)[:4]
    return major, minor, patch, build


def version_resource(name: str) -> str:
    """Return PyInstaller's text of the version resource of the program `name`."""
    numbers = four_numbers()
    strings = {
        "CompanyName": PUBLISHER,
        "FileDescription": "Cardio Desktop",
        "FileVersion": __version__,
        "InternalName": name,
        "LegalCopyright": "Apache License 2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "Cardio Desktop",
        "ProductVersion": __version__,
        "Comments": "Decision support for trained readers. Not a certified medical device.",
    }
    table = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('040904B0', "
        f"[{table}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def association_macros() -> str:
    """Return the NSIS macros that tell Windows of our files, and that take it back.

    Only what nobody else opens becomes ours, and only where nobody has it yet; the others get us under "Open with".
    """
    register, forget = ["!macro RegisterKinds"], ["!macro ForgetKinds"]
    own = [suffix for kind in own_kinds() for suffix in kind.suffixes]
    for suffix in (*own, *shared_suffixes()):
        key = f'HKCU "Software\\Classes\\{suffix}'
        register.append(f'  WriteRegNone {key}\\OpenWithProgids" "{PROGRAM_ID}"')
        forget.append(f'  DeleteRegValue {key}\\OpenWithProgids" "{PROGRAM_ID}"')
        forget.append(f'  DeleteRegKey /ifempty {key}\\OpenWithProgids"')
        register.append(f'  WriteRegStr HKCU "${{CAPABILITIES}}\\FileAssociations" "{suffix}" "{PROGRAM_ID}"')
        if suffix in own:
            register += [
                f'  ReadRegStr $0 {key}" ""',
                '  ${If} $0 == ""',
                f'    WriteRegStr {key}" "" "{PROGRAM_ID}"',
                "  ${EndIf}",
            ]
            forget += [
                f'  ReadRegStr $0 {key}" ""',
                f'  ${{If}} $0 == "{PROGRAM_ID}"',
                f'    DeleteRegValue {key}" ""',
                "  ${EndIf}",
            ]
        forget.append(f'  DeleteRegKey /ifempty {key}"')
    return "\n".join([*register, "!macroend", *forget, "!macroend", ""])


def write_includes(folder: Path) -> None:
    """Write what the NSIS script includes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kinds.nsh").write_text(association_macros(), encoding="utf-8")
    numbers = ".".join(map(str, four_numbers()))
    defines = {"VERSION": __version__, "VERSION4": numbers, "PUBLISHER": PUBLISHER, "PROGRAM_ID": PROGRAM_ID}
    text = "".join(f'!define {key} "{value}"\n' for key, value in defines.items())
    (folder / "version.nsh").write_text(text, encoding="utf-8")
