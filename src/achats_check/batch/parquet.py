"""Rows to JSON Lines and Parquet side by side: explicit columns, the same bytes for the same rows."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from achats_check.batch.schemas import DAY, FIELDS, NUMBER, RECORDS, TEXTS, WHOLE, Columns
from achats_check.columns import reading
from achats_check.columns.reading import Column

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 16 * 2**20
"""Bytes of JSON that make a group of rows: the memory that a file of any size takes to write."""
_ROWS = 5_000
"""Rows of a group of the table of consultations."""


class _File:
    """A Parquet file being written."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        import pyarrow.parquet as pq

        self.schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    def write(self, table: "pa.Table") -> None:
        """Write a group of rows."""
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))


class Lines:
    """A file of JSON Lines and its Parquet twin, written together; use it as a context manager."""

    def __init__(self, folder: Path, name: str, columns: Columns) -> None:
        """Begin two files.

        Args:
            folder: Where they go.
            name: Their name, without extension.
            columns: Their columns.

        Raises:
            OSError: They cannot be written.
        """
        self._open = ExitStack()
        self._days = [column for column, kind in columns if kind == DAY]
        self._text = self._open.enter_context((folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
        self._parquet = self._open.enter_context(_File(folder / f"{name}.parquet", _schema(columns)))
        self._waiting: list[str] = []
        self._size = 0

    def __enter__(self) -> Self:
        """Return the pair."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the two files."""
        with self._open:
            if kind is None:
                self._flush()

    def add(self, lines: str) -> None:
        """Write lines of JSON, each ended by a line feed, whose keys are the columns."""
        self._text.write(lines)
        self._waiting.append(lines)
        self._size += len(lines)
        if self._size > _GROUP:
            self._flush()

    def add_row(self, row: Mapping[str, Any]) -> None:
        """Write one row."""
        self.add(f"{json.dumps(row, ensure_ascii=False, allow_nan=False)}\n")

    def _flush(self) -> None:
        if not self._size:
            return
        import pyarrow as pa
        from pyarrow import json as arrow_json

        data = "".join(self._waiting).encode()
        self._waiting, self._size = [], 0
        schema = self._parquet.schema
        read = pa.schema([field.with_type(pa.string()) if field.name in self._days else field for field in schema])
        table = arrow_json.read_json(
            BytesIO(data),
            read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(data) + 1),
            parse_options=arrow_json.ParseOptions(explicit_schema=read, unexpected_field_behavior="error"),
        )
        self._parquet.write(table.cast(schema))


def _schema(columns: Columns) -> "pa.Schema":
    import pyarrow as pa

    return pa.schema([pa.field(name, _type(name, kind)) for name, kind in columns])


def _type(name: str, kind: str) -> "pa.DataType":
    import pyarrow as pa

    if kind == RECORDS:
        return pa.list_(pa.struct(list(_schema(FIELDS[name]))))
    if kind == TEXTS:
        return pa.list_(pa.string())
    return {WHOLE: pa.int64(), NUMBER: pa.float64(), DAY: pa.date32()}.get(kind, pa.string())


class Rows:
    """A Parquet file of the generic table, filled row by row; use it as a context manager."""

    def __init__(self, path: Path, columns: Mapping[str, Column]) -> None:
        """Begin the file.

        Args:
            path: The file.
            columns: Its columns, as ``columns.reading`` names their kinds.

        Raises:
            OSError: It cannot be written.
        """
        import pyarrow as pa

        schema = pa.schema([pa.field(name, _column_type(column)) for name, column in columns.items()])
        self._days = [name for name, column in columns.items() if column.kind == reading.DAY]
        self._file = _File(path, schema)
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        """Return the file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the file."""
        with self._file:
            if kind is None:
                self._flush()

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a row; columns that it has not are null."""
        days = {name: date.fromisoformat(row[name]) for name in self._days if row.get(name)}
        self._rows.append({**row, **days})
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._file.write(pa.Table.from_pylist(self._rows, schema=self._file.schema))
        self._rows = []


def _column_type(column: Column) -> "pa.DataType":
    import pyarrow as pa

    if column.kind == reading.STRUCTS:
        return pa.list_(pa.struct([pa.field(name, _column_type(Column(kind))) for name, kind in column.fields]))
    return {
        reading.BOOLEAN: pa.bool_(),
        reading.INTEGER: pa.int64(),
        reading.FLOAT: pa.float64(),
        reading.DAY: pa.date32(),
        reading.STRINGS: pa.list_(pa.string()),
        reading.AMOUNTS: pa.list_(pa.float64()),
    }.get(column.kind, pa.string())
