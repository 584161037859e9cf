"""What reading PDFs in other processes costs, and what reading several at a time gives back.

python benchmarks/bench_isolation.py [RUNS]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from achats_check.model.document import Document
from achats_check.readers import isolation, read
from achats_check.readers.isolation import Readings
from achats_check.readers.piece_file import PieceFile
from dossier import write_pdf
from measure import Row, interleaved, show

PIECES = 8


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with TemporaryDirectory() as name:
        files = [PieceFile(Path(name) / f"{rank}.pdf", f"{rank}.pdf") for rank in range(PIECES)]
        pages = [write_pdf(file.path) for file in files]
        if not all(isinstance(found, Document) for found in apart(files, 1)):
            sys.exit("un PDF n'a pas pu être lu")
        times = interleaved(
            {
                "here": lambda: read(files[0].path),
                "apart": lambda: apart(files[:1], 1),
                "one": lambda: apart(files, 1),
                "two": lambda: apart(files, 2),
            },
            runs,
        )
    show(
        f"Lecture de PDF de {pages[0]} pages dans d'autres processus (médianes de {runs})",
        [
            Row("un PDF, dans ce processus", times["here"], 1.0),
            Row("le même, dans un processus à part", times["apart"], times["apart"] / times["here"]),
            Row(f"{PIECES} PDF, un processus à part", times["one"], 1.0),
            Row(f"{PIECES} PDF, deux processus à la fois", times["two"], times["two"] / times["one"], 0.7),
        ],
    )


def apart(files: list[PieceFile], workers: int) -> list[object]:
    """Read files in so many other processes."""
    with patch.object(isolation, "_slots", lambda size: workers), Readings(files) as readings:
        return list(readings.results())


if __name__ == "__main__":
    main()
