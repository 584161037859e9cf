"""Rows to Parquet files of bounded size; the only place that writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from achats_check.contracts.contract_reader import AMENDMENTS, SILENT
from achats_check.readers.notices.flat import CURRENT, VERSION
from achats_check.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pyarrow

ROWS = 100_000
"""Rows of a partition."""
_PACKED = 5_000
_CONTROLS = {
    "uid": "text",
    "source": "text",
    "rang": "whole",
    "annee": "whole",
    "titulaires": "texts",
    "titulaires_noms": "texts",
    "date_publication": "day",
    "montant_initial_ht": "number",
    "duree_initiale_mois": "whole",
    "avenants": "whole",
    "considerations_sociales": "texts",
    "considerations_environnementales": "texts",
    "etat_sociales": "text",
    "etat_environnementales": "text",
    "repares": "texts",
    "refuses": "texts",
}
HIDDEN = {VERSION: "whole", CURRENT: "truth", AMENDMENTS: "text", SILENT: "truth"}
"""Columns that only the sources have, before versions are put together."""
CONTROLS = tuple(_CONTROLS)
"""Control columns of the generic table, in order."""
_KINDS = {
    "montant": "number",
    "nombre": "number",
    "pourcent": "number",
    "part": "number",
    "entier": "whole",
    "booleen": "truth",
    "date": "day",
}


def part_name(rank: int) -> str:
    """Return the name of the partition of a rank, from 0."""
    return f"part-{rank:05d}.parquet"


def schema_of(facts: Iterable[str], vocabulary: Vocabulary, *, hidden: bool = False) -> pyarrow.Schema:
    """Return the columns of the generic table that has some facts."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "numbers": pa.list_(pa.float64()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "day": pa.date32(),
        "truth": pa.bool_(),
    }
    kinds = {name: _kind(name, vocabulary) for name in sorted(facts)}
    columns = {**_CONTROLS, **(HIDDEN if hidden else {}), **kinds}
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def _kind(name: str, vocabulary: Vocabulary) -> str:
    spec = vocabulary[name]
    if spec.type == "liste":
        return "numbers" if spec.item == "montant" else "texts"
    return _KINDS.get(spec.type, "text")


class NotWritten(OSError):
    """A partition, or what goes with it, that cannot be written: what is read is not at fault."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Tell a failure to write from a failure to read.

    Raises:
        NotWritten: What is done within failed to write.
    """
    try:
        yield
    except OSError as error:
        raise NotWritten(error.errno, error.strerror or str(error), str(folder)) from error


class PartitionWriter:
    """Rows in, files of a folder out, a file for each ``ROWS``."""

    def __init__(self, folder: Path, schema: pyarrow.Schema, rows: int = ROWS) -> None:
        self.count = 0
        """Rows written."""
        self._folder = folder
        self._schema = schema
        self._rows = rows
        self._held: list[Mapping[str, Any]] = []
        """The last rows; they take ten times less room once they are a table."""
        self._tables: list[pyarrow.Table] = []
        self._parts = 0

    @property
    def total(self) -> int:
        """Rows added."""
        return self.count + sum(int(table.num_rows) for table in self._tables) + len(self._held)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row; a column that it does not have is unknown."""
        self._held.append(row)
        if len(self._held) >= min(_PACKED, self._rows):
            self._pack()
            if self.total - self.count >= self._rows:
                self.flush()

    def flush(self) -> None:
        """Write what is held; a folder has one partition at least, be it without rows."""
        import pyarrow as pa

        self._pack()
        whole = pa.concat_tables(self._tables).combine_chunks()
        if whole.num_rows or not self._parts:
            with writing(self._folder):
                write_part(self._folder, self._parts, whole)
            self._parts += 1
            self.count += whole.num_rows
        self._tables = []

    def _pack(self) -> None:
        import pyarrow as pa

        columns = {field.name: _column(self._held, field.name) for field in self._schema}
        self._tables.append(pa.table(columns, schema=self._schema))
        self._held = []


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    values = [row.get(name) for row in rows]
    return [float(value) if type(value) is Decimal else value for value in values]


def write_part(folder: Path, rank: int, table: pyarrow.Table) -> Path:
    """Write one partition, under its name once it is whole."""
    from pyarrow import parquet

    target = folder / part_name(rank)
    started = target.with_suffix(".encours")
    parquet.write_table(table, started, compression="zstd", store_schema=False)
    started.replace(target)
    return target
