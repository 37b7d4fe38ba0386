"""The translations of the interface: collects every text of the program, keeps the .ts files whole and compiles them.

Texts are the literals given to `tr(...)` and those of the fixed tables that `cardio_desktop.app.terms.tables()` names.

    python packaging/translate.py            collect, keep what is translated, write .ts and .qm
    python packaging/translate.py --check    change nothing; status 1 if anything is missing or stale
    python packaging/translate.py --todo     print what is not translated
"""

from __future__ import annotations

import argparse
import ast
import string
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cardio_desktop"
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
CONTEXT = "cardio"


def tr_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of `tr` in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            yield node


def literal(call: ast.Call) -> str | None:
    """Return the text of a call of `tr`, None where it is not one literal (which could not be collected)."""
    if len(call.args) == 1 and not call.keywords and isinstance(call.args[0], ast.Constant):
        value = call.args[0].value
        return value if isinstance(value, str) else None
    return None


def source_texts(package: Path = PACKAGE) -> dict[str, list[str]]:
    """Return every text of the sources with the files it stands in; ValueError for a call that is no literal."""
    found: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        for call in tr_calls(ast.parse(path.read_text(encoding="utf-8"))):
            text = literal(call)
            name = path.relative_to(package.parent).as_posix()
            if text is None:
                raise ValueError(f"{name}:{call.lineno}: tr() takes one literal; put values in with .format() after it")
            places = found.setdefault(text, [])
            if name not in places:
                places.append(name)
    return found


def texts() -> dict[str, list[str]]:
    """Return every text that is to be translated, with the files it stands in."""
    from cardio_desktop.app.terms import tables

    found = source_texts()
    for text in tables():
        found.setdefault(text, ["fixed tables"])
    return found


def placeholders(text: str) -> set[str]:
    """Return the names of the values that are put into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read(path: Path) -> dict[str, str]:
    """Return the finished translations of a .ts file; {} where there is none."""
    if not path.exists():
        return {}
    done = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        source = message.findtext("source") or ""
        if translation is not None and translation.get("type") is None and translation.text:
            done[source] = translation.text
    return done


def write(path: Path, wanted: dict[str, list[str]], done: dict[str, str], language: str) -> None:
    """Write a .ts file with exactly the wanted texts, those without translation marked as unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text in sorted(wanted):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        ElementTree.SubElement(message, "extracomment").text = ", ".join(wanted[text])
        translation = ElementTree.SubElement(message, "translation")
        if text in done:
            translation.text = done[text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def compile_qm(source: Path) -> bytes:
    """Return the compiled form of a .ts file; RuntimeError with the compiler's words where it fails."""
    import PySide6

    program = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    target = source.with_suffix(".qm.new")
    command = [str(program), "-silent", "-nounfinished", str(source), "-qm", str(target)]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode or not target.exists():
        raise RuntimeError(f"{program.name} failed: {(ran.stdout + ran.stderr).strip()}")
    compiled = target.read_bytes()
    target.unlink()
    return compiled


def faults(wanted: dict[str, list[str]], done: dict[str, str]) -> list[str]:
    """Return what is wrong with the translations, a line each."""
    lines = [f"not translated: {text!r} ({', '.join(places)})" for text, places in wanted.items() if text not in done]
    lines += [f"no longer used: {text!r}" for text in done if text not in wanted]
    for text in wanted:
        if text in done and placeholders(text) != placeholders(done[text]):
            lines.append(f"values differ: {text!r} and {done[text]!r}")
        if text in done and text.count("&") == 1 and "&" not in done[text]:
            lines.append(f"no menu key: {done[text]!r}")
        if text in done and text.endswith("…") != done[text].endswith("…"):
            lines.append(f"dots of a dialog differ: {done[text]!r}")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Collect, check or write; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; status 1 if anything is wrong")
    parser.add_argument("--todo", action="store_true", help="print what is not translated")
    options = parser.parse_args(arguments)
    wanted, status = texts(), 0
    for language in LANGUAGES:
        path = FOLDER / f"cardio_{language}.ts"
        done = read(path)
        if options.todo:
            for text in wanted:
                if text not in done:
                    print(repr(text))
            continue
        if not options.check:
            write(path, wanted, {text: done[text] for text in wanted if text in done}, language)
            path.with_suffix(".qm").write_bytes(compile_qm(path))
            done = read(path)
        lines = faults(wanted, done)
        if options.check and not lines and path.with_suffix(".qm").read_bytes() != compile_qm(path):
            lines.append(f"{path.with_suffix('.qm').name} is stale: run packaging/translate.py")
        for line in lines:
            print(line, file=sys.stderr)
        status = status or int(bool(lines))
    if not (options.check or options.todo):
        from cardio_desktop.paths import write_manifest

        write_manifest(ROOT)  # the compiled texts are assets
    return status


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    raise SystemExit(main())
