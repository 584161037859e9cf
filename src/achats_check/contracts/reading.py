"""Files of contracts → the generic table and its quality: the whole reading on one page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from achats_check import __version__
from achats_check.columns.extra import need
from achats_check.contracts.assembling import assemble, known_values
from achats_check.contracts.parquet_rows import parquet_size
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.quality import Quality, SourceQuality, quality_data
from achats_check.contracts.sources import read_source
from achats_check.law.rulebook import Rulebook

Performed = Iterable[SourceQuality]
Executor = Callable[[Sequence[SourceTask], Rulebook], Performed]
"""Performs tasks, in any order and anywhere; each leaves its folder behind it."""
BLOCK = 16 * 2**20
"""Bytes of a file that are read before it is told: a file that has less is read at once."""
_CHUNK = 2**20
LIBRARIES = ("polars", "duckdb", "pyarrow", "orjson")


def read_contracts(
    files: Sequence[tuple[Path, str]],
    target: Path,
    book: Rulebook,
    *,
    today: date,
    work: Path,
    correspondence: Path | None = None,
    perform: Executor | None = None,
) -> Quality:
    """Write the generic table of some files of contracts, and return the report of their quality.

    Args:
        files: Each file, and how it is named in results.
        target: The folder of the partitions.
        book: Vocabulary and tables of fields.
        today: Dates after it are refused.
        work: Where each source keeps its own partitions, under the hash of its content: a source that is there is not
            read again.
        correspondence: Column map of the generic tables.
        perform: What performs the reading of sources; here, one after the other, by default.

    Raises:
        UsageError: A library is missing, a file is none of contracts, or the correspondence does not fit.
        OSError: A file cannot be read, or nothing can be written.
    """
    for library in LIBRARIES:
        need(library)
    tasks = source_tasks(files, work, book, today=today, correspondence=correspondence)
    reports = sorted((perform or _in_turn)(tasks, book), key=lambda report: report.source)
    merge = assemble([Path(task.folder) for task in tasks], target, work / "assemblage", book)
    return Quality(tuple(reports), known_values(sorted(target.glob("part-*.parquet"))), merge)


def _ignored() -> None:
    """Tell nobody."""


def blocks(path: Path) -> int:
    """Return how many blocks of a file are read for its key.

    Raises:
        OSError: The file is not there.
    """
    return path.stat().st_size // BLOCK


def source_tasks(
    files: Sequence[tuple[Path, str]],
    work: Path,
    book: Rulebook,
    *,
    today: date,
    correspondence: Path | None = None,
    done: Callable[[], None] = _ignored,
) -> list[SourceTask]:
    """Return the task of each file; a file given twice, under any names, is read once, under the first of them.

    Args:
        files: Each file, and how it is named in results.
        work: Where each keeps its partitions.
        book: The rules.
        today: Dates after it are refused.
        correspondence: Column map of the generic tables.
        done: Called for each of the ``blocks`` that are read: the content of a file is part of its key.

    Raises:
        OSError: A file cannot be read.
    """
    tasks: dict[str, SourceTask] = {}
    said = correspondence.read_bytes() if correspondence else b""
    for path, shown in sorted(files, key=lambda item: item[1]):
        key = source_key(path, shown, book, today, said, done)
        content = key.partition("-")[0]
        if content in tasks:
            tasks[content] = tasks[content]._replace(also=(*tasks[content].also, shown))
        else:
            folder, size = str(work / key), max(path.stat().st_size, parquet_size(path))
            tasks[content] = SourceTask(str(path), shown, folder, today, str(correspondence or ""), size=size)
    return list(tasks.values())


def source_key(
    path: Path,
    shown: str,
    book: Rulebook,
    today: date,
    correspondence: bytes = b"",
    done: Callable[[], None] = _ignored,
) -> str:
    """Return what a source is known by from one run to the next: its content, then its name and how it is read."""
    content, told = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            content.update(chunk)
            while file.tell() // BLOCK > told:
                told += 1
                done()
    how = sha256(f"{shown}|{__version__}|{book.version}|{today}|".encode() + correspondence).hexdigest()
    return f"{content.hexdigest()[:24]}-{how[:12]}"


def _in_turn(tasks: Sequence[SourceTask], book: Rulebook) -> Iterator[SourceQuality]:
    return (read_source(task, book) for task in tasks)


def write_quality(quality: Quality, target: Path) -> None:
    """Write ``qualite.json``."""
    text = json.dumps(quality_data(quality), ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
