"""How a file of contracts is read: its format, the records that it holds, what a record gives, where it may be cut."""

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.contracts import formats
from achats_check.contracts.column_map import CONTROLS, ColumnMap, load_map, own_names
from achats_check.contracts.contract_reader import (
    SILENT,
    ContractReader,
    Origin,
    contracts_in,
    first_publication,
)
from achats_check.contracts.csv_rows import Header, csv_rows, csv_starts, header_of
from achats_check.contracts.generic import GenericReader, unknown_columns
from achats_check.contracts.json_records import json_records, json_starts, names_in
from achats_check.contracts.notes import Note
from achats_check.contracts.ocds import OcdsShape
from achats_check.contracts.parquet_rows import parquet_columns, parquet_rows, parquet_starts
from achats_check.contracts.portions import WHOLE, Portion, Start
from achats_check.contracts.records import Item, Record, Refusal
from achats_check.contracts.settings import Settings, load_settings
from achats_check.contracts.streams import head
from achats_check.contracts.xml_records import xml_records
from achats_check.contracts.xml_starts import xml_starts
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.readers.notices.flat import AMENDED, CURRENT, SHIFTED, VERSION, TabularShape, flattened

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
    """Its bytes; for a Parquet, those that its rows would take in another format."""


class Plan(NamedTuple):
    """How a source is read."""

    format: str
    items: Callable[[Portion], Iterator[Item]]
    """What a portion of it holds."""
    starts: Callable[[int], Iterator[Start]]
    """Where it may be cut, so many bytes apart."""
    facts: tuple[str, ...]
    shape: Shape


def plan_of(task: SourceTask, book: Rulebook) -> Plan:
    """Return how a file is read.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read.
    """
    path = Path(task.path)
    settings = load_settings()
    found = formats.table_format(path, book.vocabulary, mapped=bool(task.correspondence))
    if found is None:
        raise UsageError(f"{task.shown} : ce n'est pas un fichier de contrats ({', '.join(formats.FORMATS.values())}).")
    if found in {formats.TABLE_CSV, formats.TABLE_PARQUET}:
        return _generic(task, found, book, settings)
    reader = ContractReader(book, settings, task.today)
    if found == formats.DECP_XML:
        read = partial(xml_records, path), partial(xml_starts, path)
        return Plan(found, *read, reader.facts, _contracts(reader, task))
    if found in {formats.DECP_JSON, formats.OCDS}:
        shape = _contracts(reader, task) if found == formats.DECP_JSON else _releases(reader, task, settings)
        return Plan(found, *_json(path), reader.facts, shape)
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


def _tabular(task: SourceTask, found: str, reader: ContractReader, settings: Settings) -> Plan:
    path = Path(task.path)
    if found == formats.DECP_PARQUET:
        tabular = TabularShape(parquet_columns(path), settings.tabular)
        read = _parquet(path)
    elif found == formats.DECP_FLAT:
        tabular = TabularShape(names_in(head(path)), settings.tabular)
        read = _json(path)
    else:
        header = header_of(head(path))
        tabular = TabularShape(header.columns, settings.tabular)
        read = _csv(path, header, tabular.is_header)
    origin = Origin(task.shown, tabular.has_considerations, tabular.tells_in_turn)

    def shape(item: Record) -> Iterator[Rows | Refusal]:
        record, fits = tabular.record(flattened(item.value))
        if not fits:
            sample = " ; ".join(str(value) for value in item.value.values() if value)[:120]
            yield Refusal(item.rank, SHIFTED, sample, "" if found == formats.DECP_FLAT else f"ligne {item.rank}")
            return
        version, current, amended = (record.pop(name, None) for name in (VERSION, CURRENT, AMENDED))
        row, notes = reader.row(record, item.rank, origin)
        row[SILENT] = tabular.is_silent
        if version is None and amended:
            version = 1
        elif version is not None and not tabular.has_considerations:
            row["uid"] = first_publication(row["uid"], _whole(version) or 0)
        yield _versioned(row, version, current), notes

    return Plan(found, *read, reader.facts, shape)


def _versioned(row: dict[str, Any], version: Any, current: Any) -> dict[str, Any]:
    """Say which version of its contract a row is: what it gives is initial only in version 0."""
    number = _whole(version)
    if number is not None:
        row[VERSION] = row["avenants"] = number
        if number:
            row["montant_initial_ht"] = row["duree_initiale_mois"] = None
    row[CURRENT] = {"true": True, "oui": True, "1": True, "false": False, "non": False, "0": False}.get(
        str(current).lower()
    )
    return row


def _whole(version: Any) -> int | None:
    """Return the number of a version, None for what is none."""
    written = str(version).removesuffix(".0") if version is not None else ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None


def _generic(task: SourceTask, found: str, book: Rulebook, settings: Settings) -> Plan:
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
    reader, origin = GenericReader(said, book, settings, task.today), Origin(task.shown)

    def shape(item: Record) -> Iterator[Rows]:
        yield reader.row(item.value, item.rank, origin)

    return Plan(found, *read, reader.facts, shape)


def _mostly(cells: Sequence[str], names: Container[str]) -> bool:
    """Whether a row is a header: most of its cells are names of columns."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and sum(cell in names for cell in filled) * 2 > len(filled)
