"""A PostgreSQL server of its own in a folder that is thrown away: for tests and for measuring, never for a clinic.

It needs the server's programs, on Debian `apt-get install postgresql`; they refuse to run as root and are then run as
the user postgres.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

SERVER_USER = "postgres"


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none."""
    named = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb")
    return named[-1].parent if named else Path(found).parent if found else None


class Server:
    """A server that listens on a socket in its folder only. As a context it is started, and thrown away at the end."""

    def __init__(self, *, durable: bool = False) -> None:
        """Prepare a server; one that is not `durable` does not wait for the disk."""
        where = programs()
        if where is None:
            raise FileNotFoundError("PostgreSQL's initdb is not installed")
        self._programs, self._durable = where, durable
        self._as = ["runuser", "-u", SERVER_USER, "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        if self._as:
            shutil.chown(self.folder, SERVER_USER, SERVER_USER)
        self._count = 0

    def _run(self, name: str, *arguments: str) -> None:
        command: Sequence[str] = [*self._as, str(self._programs / name), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")

    def __enter__(self) -> Server:
        """Make the server and start it."""
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8",
        )  # fmt: skip
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Stop the server and remove all of it."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-c listen_addresses='' -k {self.folder} -c fsync={'on' if self._durable else 'off'}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """End the server at once, as a failing computer would."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        self._count += 1
        name = f"clinic_{self._count}"
        self._run("createdb", "-h", str(self.folder), "-U", SERVER_USER, name)
        return f"postgresql://{SERVER_USER}@/{name}?host={self.folder}"
