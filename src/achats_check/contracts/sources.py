"""One source: a file of contracts → partitions and a report, in a folder that exists only once it is whole."""

import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from achats_check.contracts import formats
from achats_check.contracts.column_map import CONTROLS, ColumnMap, load_map, own_names
from achats_check.contracts.contract_reader import CURRENT, VERSION, ContractReader, Origin, contracts_in
from achats_check.contracts.csv_rows import Header, csv_rows, csv_starts, header_of
from achats_check.contracts.generic import GenericReader, unknown_columns
from achats_check.contracts.json_records import json_records, json_starts, names_in
from achats_check.contracts.notes import Note
from achats_check.contracts.ocds import OcdsShape
from achats_check.contracts.parquet_rows import parquet_columns, parquet_rows, parquet_starts
from achats_check.contracts.partitions import PartitionWriter, schema_of
from achats_check.contracts.portions import WHOLE, Portion, Start, portions, portions_data, portions_from
from achats_check.contracts.quality import (
    Ledger,
    PortionQuality,
    SourceQuality,
    portion_data,
    portion_from,
    whole_quality,
)
from achats_check.contracts.records import Item, Record, Refusal
from achats_check.contracts.settings import Settings, load_settings
from achats_check.contracts.streams import head, is_plain
from achats_check.contracts.tabular import SHIFTED, TabularShape
from achats_check.contracts.xml_records import xml_records
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook

REPORT = "bilan.json"
_CUTS, _UNFINISHED = "tranches.json", ".encours"
Rows = tuple[dict[str, Any], list[Note]]
Shape = Callable[[Record], Iterator[Rows | Refusal]]


_Read = tuple[Callable[[Portion], Iterator[Item]], Callable[[int], Iterator[Start]]]
"""What a portion holds, and where portions start."""


class SourceTask(NamedTuple):
    """A file to read: picklable, and the same result wherever it is done."""

    path: str
    shown: str
    """How the file is named in results."""
    folder: str
    """Where its partitions go."""
    today: date
    correspondence: str = ""
    """File of correspondence of columns, or ""."""
    also: tuple[str, ...] = ()
    """Names of other files that have the same content, and are not read."""
    portion: Portion = WHOLE
    """What is read of it."""
    size: int = 0
    """Its bytes."""


class _Plan(NamedTuple):
    """How a source is read."""

    format: str
    items: Callable[[Portion], Iterator[Item]]
    """What a portion of it holds."""
    starts: Callable[[int], Iterator[Start]]
    """Where it may be cut, so many bytes apart."""
    facts: tuple[str, ...]
    shape: Shape


def read_source(task: SourceTask, book: Rulebook) -> SourceQuality:
    """Read one file into its folder; the same file read again gives the same bytes.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read, or nothing can be written.
    """
    return whole_quality(task.shown, [read_portion(task, book)])


def read_portion(task: SourceTask, book: Rulebook) -> PortionQuality:
    """Read a portion of a file, or the whole of it, into its folder.

    The folder appears under its name once all is written: one that is there is whole, and is left as it is.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read, or nothing can be written.
    """
    folder = Path(task.folder)
    done = folder / REPORT
    if done.is_file():
        return portion_from(json.loads(done.read_text(encoding="utf-8")))
    started = folder.with_name(f"{folder.name}.{uuid4().hex}{_UNFINISHED}")
    started.mkdir(parents=True)
    try:
        plan = _plan(task, book)
        writer = PartitionWriter(started, schema_of(plan.facts, book.vocabulary, hidden=True))
        quality = _read(task, plan, writer)
        (started / REPORT).write_text(json.dumps(portion_data(quality), ensure_ascii=False, indent=1), encoding="utf-8")
        _settle(started, folder)
    finally:
        shutil.rmtree(started, ignore_errors=True)
    return quality


def cut_source(task: SourceTask, size: int, book: Rulebook) -> Iterator[Portion]:
    """Yield the portions of a file, each as soon as it is known; they are kept in its folder.

    XML and what is packed or written in 16 or 32 bits is not cut: it is one portion.

    Args:
        task: The file, and where the folders of its portions go.
        size: Bytes of a portion, at least.
        book: The rules.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read, or nothing can be written.
    """
    kept = Path(task.folder) / _CUTS
    if kept.is_file():
        yield from portions_from(json.loads(kept.read_text(encoding="utf-8")))
        return
    found: list[Portion] = []
    starts = _plan(task, book).starts(size) if is_plain(Path(task.path)) else iter(())
    for portion in portions(starts):
        found.append(portion)
        yield portion
    kept.parent.mkdir(parents=True, exist_ok=True)
    started = kept.with_name(f"{_CUTS}.{uuid4().hex}{_UNFINISHED}")
    with started.open("w", encoding="utf-8") as written:
        json.dump(portions_data(found), written, ensure_ascii=False)
        os.fsync(written.fileno())
    started.replace(kept)


def portion_task(task: SourceTask, portion: Portion) -> SourceTask:
    """Return the task of a portion of a file, which has a folder of its own in that of the file."""
    return task._replace(folder=str(Path(task.folder) / f"{portion.rank:05d}"), portion=portion)


def _settle(started: Path, folder: Path) -> None:
    """Push what is written to the disk, then give it its name; what another process read meanwhile is the same."""
    for file in started.iterdir():
        with file.open("r+b") as written:
            os.fsync(written.fileno())
    try:
        started.replace(folder)
    except OSError:
        if not (folder / REPORT).is_file():
            raise


def forget_others(work: Path, kept: Iterable[SourceTask]) -> None:
    """Remove from a folder what was read of sources that are no longer there, or otherwise, or not to the end.

    Each folder loses its name first: one that is half removed must not pass for whole.
    """
    names = {Path(task.folder).name for task in kept}
    doomed = work / "oubli"
    for folder in sorted(work.iterdir()) if work.is_dir() else ():
        shutil.rmtree(doomed, ignore_errors=True)
        if folder.name not in names and folder != doomed:
            folder.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
        for left in folder.glob(f"*{_UNFINISHED}"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _read(task: SourceTask, plan: _Plan, writer: PartitionWriter) -> PortionQuality:
    ledger = Ledger(task.shown)
    refused = 0
    stop: tuple[str, ...] = ()
    for item in plan.items(task.portion):
        for found in plan.shape(item) if isinstance(item, Record) else [item]:
            if isinstance(found, Refusal):
                ledger.refuse(found)
                refused += not found.fatal
                stop = (found.reason, found.place) if found.fatal else stop
            else:
                row, notes = found
                writer.add(row)
                ledger.add(notes, row["uid"], row["rang"])
    writer.flush()
    return PortionQuality(plan.format, writer.count, refused, stop, ledger.defects())


def _plan(task: SourceTask, book: Rulebook) -> _Plan:
    path = Path(task.path)
    settings = load_settings()
    found = formats.table_format(path, book.vocabulary, mapped=bool(task.correspondence))
    if found is None:
        raise UsageError(f"{task.shown} : ce n'est pas un fichier de contrats ({', '.join(formats.FORMATS.values())}).")
    if found in {formats.TABLE_CSV, formats.TABLE_PARQUET}:
        return _generic(task, found, book, settings)
    reader = ContractReader(book, settings, task.today)
    if found == formats.DECP_XML:
        return _Plan(found, lambda _: xml_records(path), lambda _: iter(()), reader.facts, _contracts(reader, task))
    if found in {formats.DECP_JSON, formats.OCDS}:
        shape = _contracts(reader, task) if found == formats.DECP_JSON else _releases(reader, task, settings)
        return _Plan(found, *_json(path), reader.facts, shape)
    return _tabular(task, found, reader, settings)


def _json(path: Path) -> _Read:
    return partial(json_records, path), partial(json_starts, path)


def _parquet(path: Path) -> _Read:
    return partial(parquet_rows, path), partial(parquet_starts, path)


def _csv(path: Path, header: Header, is_header: Callable[[Sequence[str]], bool]) -> _Read:
    return partial(csv_rows, path, header, is_header), partial(csv_starts, path, header, is_header)


def _contracts(reader: ContractReader, task: SourceTask) -> Shape:
    origin = Origin(task.shown)

    def shape(item: Record) -> Iterator[Rows]:
        for record in contracts_in(item.value):
            yield reader.row(record, item.rank, origin)

    return shape


def _releases(reader: ContractReader, task: SourceTask, settings: Settings) -> Shape:
    ocds, origin = OcdsShape(settings), Origin(task.shown, has_considerations=False)

    def shape(item: Record) -> Iterator[Rows]:
        for record in ocds.records(item.value):
            yield reader.row(record, item.rank, origin)

    return shape


def _tabular(task: SourceTask, found: str, reader: ContractReader, settings: Settings) -> _Plan:
    path = Path(task.path)
    if found == formats.DECP_PARQUET:
        tabular = TabularShape(parquet_columns(path), settings)
        read = _parquet(path)
    elif found == formats.DECP_FLAT:
        tabular = TabularShape(names_in(head(path)), settings)
        read = _json(path)
    else:
        header = header_of(head(path))
        tabular = TabularShape(header.columns, settings)
        read = _csv(path, header, tabular.is_header)
    origin = Origin(task.shown, has_considerations=tabular.has_considerations)

    def shape(item: Record) -> Iterator[Rows | Refusal]:
        record, fits = tabular.record(item.value)
        if not fits:
            sample = " ; ".join(str(value) for value in item.value.values() if value)[:120]
            yield Refusal(item.rank, SHIFTED, sample, "" if found == formats.DECP_FLAT else f"ligne {item.rank}")
            return
        version, current = record.pop(VERSION, None), record.pop(CURRENT, None)
        row, notes = reader.row(record, item.rank, origin)
        yield _versioned(row, version, current), notes

    return _Plan(found, *read, reader.facts, shape)


def _versioned(row: dict[str, Any], version: Any, current: Any) -> dict[str, Any]:
    """Say which version of its contract a row is: what it gives is initial only in version 0."""
    written = str(version).removesuffix(".0") if version is not None else ""
    if written.isascii() and written.isdigit() and len(written) < 6:
        row[VERSION] = int(written)
        row["avenants"] = int(written)
        if int(written):
            row["montant_initial_ht"] = row["duree_initiale_mois"] = None
    row[CURRENT] = {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}.get(
        str(current).lower()
    )
    return row


def _generic(task: SourceTask, found: str, book: Rulebook, settings: Settings) -> _Plan:
    path = Path(task.path)
    if found == formats.TABLE_PARQUET:
        columns, read = parquet_columns(path), _parquet(path)
    else:
        header = header_of(head(path))
        names = {*header.columns, *book.vocabulary, *CONTROLS}
        columns, read = header.columns, _csv(path, header, lambda cells: _mostly(cells, names))
    said: ColumnMap = (
        load_map(Path(task.correspondence), book.vocabulary)
        if task.correspondence
        else own_names(columns, book.vocabulary)
    )
    faults = unknown_columns(path, said, columns)
    if faults:
        raise UsageError("\n".join(faults))
    reader, origin = GenericReader(said, book.vocabulary, settings, task.today), Origin(task.shown)

    def shape(item: Record) -> Iterator[Rows]:
        yield reader.row(item.value, item.rank, origin)

    return _Plan(found, *read, reader.facts, shape)


def _mostly(cells: Sequence[str], names: Container[str]) -> bool:
    """Whether a row is a header: most of its cells are names of columns."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and sum(cell in names for cell in filled) * 2 > len(filled)
