"""How long a command takes, against what nothing written with click can beat: ``python -c "import click"``.

python benchmarks/bench_startup.py [RUNS]
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from dossier import words, write_docx, write_pdf
from measure import Row, interleaved, show

START = "from achats_check.cli import main; main()"
"""What the installed command does."""
FAILED = 2
"""Exit codes from here on say that there was no check."""


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_docx(folder / "RC.docx")
        pages = write_pdf(folder / "RC.pdf")
        settings = environment(folder)
        candidates = {
            "python -c pass": command(settings, "pass"),
            "import click": command(settings, "import click"),
            "--help": command(settings, START, "--help"),
            "--version": command(settings, START, "--version"),
            "docx": command(settings, START, str(folder / "RC.docx")),
            "pdf": command(settings, START, str(folder / "RC.pdf")),
        }
        _warm(candidates["docx"], candidates["pdf"])
        times = interleaved(candidates, runs)
    base = times["import click"]

    def row(name: str, what: str, goal: float | None = None) -> Row:
        return Row(what, times[name], times[name] / base, goal)

    show(
        f"Démarrage et vérification entière ({words()} mots ; médianes de {runs})",
        [
            row("python -c pass", "python -c pass"),
            row("import click", 'python -c "import click"'),
            row("--help", "achats-check --help", 1.2),
            row("--version", "achats-check --version", 1.2),
            row("docx", f"achats-check RC.docx ({pages} pages)", 2.2),
            row("pdf", f"achats-check RC.pdf ({pages} pages)", 2.8),
        ],
    )


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of the commands: a cache of their own, and compiled modules allowed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "XDG_CACHE_HOME": str(folder / "cache")}


def command(settings: dict[str, str], code: str, *arguments: str) -> Callable[[], None]:
    """Return the run of some Python code with arguments, in an environment; it must succeed and say no error."""

    def run() -> None:
        found = subprocess.run([sys.executable, "-c", code, *arguments], env=settings, capture_output=True)
        if found.returncode >= FAILED or found.stderr:
            sys.exit(f"{arguments}: {found.stderr.decode()}")

    return run


def _warm(*checks: Callable[[], None]) -> None:
    """Fill the caches: rules, then patterns; twice, as the second run writes what the first was too early to."""
    for _ in range(2):
        for check in checks:
            check()


if __name__ == "__main__":
    main()
