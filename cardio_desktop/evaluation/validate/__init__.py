"""`cardio-desktop validate`: rerun the figures that the program claims, on data that is named.

Each kind is a module of its own with `validate(data, options)`, which returns plain JSON values, and `table(result)`,
which returns them as text. A new kind is one line in `KINDS`.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Sequence
from pathlib import Path

from cardio_desktop.report.files import write_whole

KINDS = {
    "boundaries": "P, QRS and T boundaries in every lead; --data is the LUDB folder",
    "intervals": "global P, PR, QRS and QT per record; --data is the LUDB folder",
    "beats": "beats and ventricular beats; --data is a folder of WFDB records with .atr, such as MIT-BIH's",
    "quality": "acceptable and unacceptable records; --data is the CinC 2011 folder",
    "reversal": "swapped electrodes, simulated; --data is the PTB-XL folder, of which fold 9 is used",
    "rhythm": "fibrillation, P waves in it, slow and fast sinus rhythm; --data is the PTB-XL folder",
    "events": "critical events; --data is `simulation`, MIT-BIH's folder, PTB-XL's, or one of any WFDB records",
    "noise": "change of P, QRS and QT with noise; --data is the LUDB folder, --noise the nstdb folder",
    "narrative": "sentences against the labels of PTB-XL; --data is its folder, --folds and --limit choose records",
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of `cardio-desktop validate`."""
    kinds = "; ".join(f"{name}: {text}" for name, text in KINDS.items())
    made = argparse.ArgumentParser(prog="cardio-desktop validate", description=__doc__, epilog=kinds)
    made.add_argument("--what", required=True, choices=tuple(KINDS))
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the data that --what names")
    made.add_argument("--noise", type=Path, metavar="DIR", help="nstdb folder, for --what noise")
    made.add_argument("--method", choices=("network", "classical"), default="network", help="which delineator")
    made.add_argument("--part", choices=("train", "select", "test"), default="test", help="which records of LUDB")
    made.add_argument("--records", type=int, metavar="N", help="noise: the first N records of the part")
    made.add_argument("--every", type=int, default=1, metavar="N", help="for --what rhythm: one record in N")
    made.add_argument(
        "--folds", type=int, nargs="+", default=[9], metavar="N", help="of PTB-XL, for rhythm and narrative"
    )
    made.add_argument("--limit", type=int, metavar="N", help="for --what narrative: at most so many records, by chance")
    made.add_argument("--json", metavar="OUT", help="write the figures there, - for standard output instead of tables")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Validate as the command line says, print tables and return the exit status."""
    options = parser().parse_args(arguments)
    kind = importlib.import_module(f"{__name__}.{options.what}")
    result = {"what": options.what, **kind.validate(options.data, options)}
    line = json.dumps(result, allow_nan=False)
    if options.json == "-":
        print(line)
        return 0
    if options.json:
        write_whole(options.json, (line + "\n").encode())
    print(kind.table(result))
    return 0
