"""What a Linux desktop wants beside the program: menu entry, kinds of files, icons, manual page, catalogue entry.

All of it is made from the program's own tables (formats, commands, changelog), so that nothing is written twice.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from file_kinds import mime_types, own_kinds

from cardio_desktop import __version__
from cardio_desktop.cli import COMMANDS, window_parser

ROOT = Path(__file__).resolve().parents[1]
NAME, APP_ID = "cardio-desktop", "org.cardio_desktop.CardioDesktop"
ICONS = ROOT / "resources" / "icons"
SUMMARY = "Read ECGs on true paper, offline, with a network that shows its evidence"
SUMMARY_DE = "EKGs auf maßstäblichem Papier befunden, offline, mit sichtbarer Evidenz"
NO_DEVICE = "Decision support for trained readers, not a diagnosis, and not a certified medical device."
HOMEPAGE = "https://github.com/cardio-desktop/cardio-desktop"


def desktop_entry(program: str = NAME) -> str:
    """Return the menu entry that starts `program`."""
    lines = {
        "Type": "Application",
        "Name": "Cardio Desktop",
        "GenericName": "ECG reading room",
        "GenericName[de]": "EKG-Befundplatz",
        "Comment": SUMMARY,
        "Comment[de]": SUMMARY_DE,
        "Exec": f"{program} %F",
        "Icon": NAME,
        "Terminal": "false",
        "Categories": "Science;MedicalSoftware;",
        "Keywords": "ECG;EKG;cardiology;Holter;",
        "MimeType": "".join(f"{mime};" for mime in mime_types()),
        "StartupWMClass": "Cardio Desktop",
    }
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def mime_package() -> str:
    """Return the kinds of files that are ours, for shared-mime-info; our globs weigh less than anybody's magic."""
    parts = []
    for kind in own_kinds():
        globs = "".join(f"    <glob pattern={quoteattr('*' + suffix)}/>\n" for suffix in kind.suffixes)
        icon = '    <generic-icon name="x-office-document"/>\n'
        parts.append(
            f"  <mime-type type={quoteattr(kind.mime)}>\n    <comment>{escape(kind.title)}</comment>\n{icon}{globs}"
            "  </mime-type>\n"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    body = "".join(parts)
    return f'{head}<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{body}</mime-info>\n'


def releases() -> list[tuple[str, str]]:
    """Return version and date of the releases that the changelog dates, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.findall(r"^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)$", text, re.MULTILINE)


def metainfo() -> str:
    """Return the entry for software catalogues (AppStream)."""
    listed = "".join(f"    <release version={quoteattr(v)} date={quoteattr(d)}/>\n" for v, d in releases())
    released = f"  <releases>\n{listed}  </releases>\n" if listed else ""
    provided = "".join(f"    <mediatype>{mime}</mediatype>\n" for mime in mime_types())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{APP_ID}</id>
  <name>Cardio Desktop</name>
  <summary>Read ECGs on true paper, offline</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0</project_license>
  <developer id="org.cardio_desktop"><name>The Cardio Desktop authors</name></developer>
  <description>
    <p>{SUMMARY}.</p>
    <p>{NO_DEVICE}</p>
  </description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <url type="homepage">{HOMEPAGE}</url>
  <content_rating type="oars-1.1"/>
  <provides>
    <binary>{NAME}</binary>
{provided}  </provides>
{released}</component>
"""


def _roff(text: str) -> str:
    """Return plain text as roff takes it: no hyphen that becomes a dash, no line that begins like a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or "--help" in action.option_strings:
            continue
        metavar = action.metavar if isinstance(action.metavar, str) else (action.dest.upper() if action.choices else "")
        name = ", ".join(action.option_strings) or metavar or action.dest
        value = f" {metavar}" if action.option_strings and action.nargs != 0 and metavar else ""
        told = (action.help or "") % {"default": action.default, "prog": parser.prog} if action.help else ""
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
        yield f".TP\n.B {_roff(name + value)}\n{_roff((told + choices).strip() or 'see above')}\n"


def manual_page() -> str:
    """Return the manual page, section 1: the window's options and every command with its own."""
    parser = window_parser()
    parts = [
        f'.TH CARDIO\\-DESKTOP 1 "" "Cardio Desktop {__version__}" "User Commands"\n',
        f".SH NAME\ncardio\\-desktop \\- {_roff(SUMMARY[0].lower() + SUMMARY[1:])}\n",
        ".SH SYNOPSIS\n.B cardio\\-desktop\n[\\fIFILE\\fR or \\fIFOLDER\\fR ...]\n.br\n.B cardio\\-desktop\n"
        "\\fICOMMAND\\fR [\\fIoptions\\fR]\n",
        f".SH DESCRIPTION\n{_roff(parser.description or '')}\nThe manual is in the program: press F1.\n",
        ".SH OPTIONS\n",
        *_options(parser),
    ]
    for name, (describe, run) in COMMANDS.items():
        own = argparse.ArgumentParser(prog=f"{NAME} {name}", add_help=False)
        describe(own)
        parts.append(f".SH {_roff(name.upper())}\n{_roff((run.__doc__ or '').strip())}\n")
        parts += _options(own)
    parts.append(
        ".SH EXIT STATUS\n0 done, 1 some record failed, 2 wrong usage, 130 interrupted\n"
        ".SH FILES\n.TP\n.I ~/.local/share/CardioDesktop/\nthe reader's work, and the log; it stays when the program is"
        " removed\n.TP\n.I ~/.config/CardioDesktop/\nsettings\n"
        f".SH NOTES\n{_roff(NO_DEVICE)}\n"
    )
    return "".join(parts)


def write_share(share: Path, program: str = NAME) -> list[Path]:
    """Write all of it below `share` (/usr/share, ~/.local/share) and return the files; `program` is what is started."""
    texts = {
        share / "applications" / f"{NAME}.desktop": desktop_entry(program).encode(),
        share / "mime" / "packages" / f"{NAME}.xml": mime_package().encode(),
        share / "metainfo" / f"{APP_ID}.metainfo.xml": metainfo().encode(),
        share / "man" / "man1" / f"{NAME}.1.gz": gzip.compress(manual_page().encode(), mtime=0),
    }
    for path, data in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    made = list(texts)
    for picture in sorted(ICONS.iterdir()):
        size = picture.stem.removeprefix(f"{NAME}-")
        place = "scalable" if picture.suffix == ".svg" else f"{size}x{size}"
        target = share / "icons" / "hicolor" / place / "apps" / f"{NAME}{picture.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, target)
        made.append(target)
    return made
