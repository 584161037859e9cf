"""A PostgreSQL of the tests' own, where its programs are installed: no network, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "essai"
_UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to be run by the administrator of the machine."""
_NEEDED = ("initdb", "postgres", "psql")
_SEPARATOR, _NULL = "\x1f", "\x1e"


def programs() -> Path | None:
    """Return the folder of the programs of the server, which most systems leave out of the usual path."""
    usual = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    named = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    return next((folder for folder in (*usual, *named) if all((folder / name).exists() for name in _NEEDED)), None)


class Server:
    """A running server, asked through ``psql``."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self._psql = [str(folder / "psql"), "-h", str(socket), "-U", _USER, "-d", "postgres"]

    def answers(self) -> bool:
        """Say whether the server is ready."""
        return subprocess.run([*self._psql, "-c", "SELECT 1"], capture_output=True, check=False).returncode == 0

    def ask(self, text: str) -> list[list[str | None]]:
        """Run statements and return the rows of the queries among them, every value as a text.

        Raises:
            AssertionError: What the server says of a statement that it refuses.
        """
        told = [*self._psql, "-qAtX", "-v", "ON_ERROR_STOP=1", "-F", _SEPARATOR, "-P", f"null={_NULL}", "-f", "-"]
        run = subprocess.run(told, input=text, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        rows = [line.split(_SEPARATOR) for line in run.stdout.splitlines()]
        return [[None if value == _NULL else value for value in row] for row in rows]


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start a server in a folder of its own, and end it.

    Args:
        folder: That of its programs.
    """
    home = Path(tempfile.mkdtemp(prefix="pg"))  # a socket has a short path, and those of pytest are long
    user = _UNPRIVILEGED if os.getuid() == 0 else None
    if user:
        shutil.chown(home, user)
    data = home / "data"
    options = {"user": user, "cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = [str(folder / "initdb"), "-D", str(data), "-A", "trust", "-U", _USER, "-N", "-E", "UTF8", "--locale=C"]
    subprocess.run(made, check=True, **options)  # type: ignore[call-overload]
    started = [str(folder / "postgres"), "-D", str(data), "-k", str(home), "-F", "-c", "listen_addresses="]
    process = subprocess.Popen(started, **options)  # type: ignore[call-overload]
    try:
        yield _ready(Server(folder, home), process)
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def _ready(server: Server, process: subprocess.Popen[bytes]) -> Server:
    for _ in range(300):
        if server.answers():
            return server
        assert process.poll() is None, "the server ended before it was ready"
        time.sleep(0.1)
    raise AssertionError("the server is not ready after 30 s")
