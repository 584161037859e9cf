"""A whole check of a very long PDF, against ``python -c "import click"``, in processor time of the commands.

python benchmarks/bench_long.py [RUNS]
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_startup import START, command, environment
from dossier import write_pdf
from long_dossier import long_pieces
from measure import Row, interleaved, show


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with TemporaryDirectory() as name:
        path = Path(name) / "CCTP.pdf"
        pages = write_pdf(path, long_pieces())
        settings = environment(Path(name))
        check = command(settings, START, str(path))
        for _ in range(2):  # the rules, then the patterns, are kept for the next runs
            check()
        times = interleaved({"click": command(settings, "import click"), "check": check}, runs, spent_by_commands)
    show(
        f"Vérification entière d'un PDF de {pages} pages (médianes de {runs})",
        [
            Row('python -c "import click"', times["click"], 1.0),
            Row("achats-check CCTP.pdf", times["check"], times["check"] / times["click"], 13),
        ],
    )


def spent_by_commands() -> float:
    """Return the processor time of the commands that have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
