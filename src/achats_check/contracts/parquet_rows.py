"""Rows of a Parquet file of any size, some thousands at a time; the only place that reads one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from achats_check.contracts.portions import WHOLE, Portion, Start
from achats_check.contracts.records import Item, Record, Refusal
from achats_check.contracts.streams import BROKEN, text_of

if TYPE_CHECKING:
    import pyarrow

_BATCH = 20_000
_ROW = 1024
"""Bytes that a contract takes in other formats."""
_DAMAGED = "le Parquet n'est plus lisible à partir d'ici ; ce qui précède est lu"
_NO_PARQUET = "ce n'est pas un Parquet lisible, ou il est coupé : sa table des matières est à la fin"
_LOST = "\ufffd"
"""What stands for a value that cannot be told; it is flagged where it is read."""


def parquet_columns(path: Path) -> tuple[str, ...]:
    """Return the columns of a file, () when it cannot be read."""
    import pyarrow
    from pyarrow import parquet

    try:
        return tuple(parquet.read_schema(path).names)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
        return ()


def parquet_rows(path: Path, portion: Portion = WHOLE) -> Iterator[Item]:
    """Yield the rows of a file, each as its values by column.

    Args:
        path: The file.
        portion: What is read of it: the whole, or a portion between places of ``parquet_starts``.

    Raises:
        OSError: The disk does not answer.
    """
    import pyarrow
    from pyarrow import parquet

    rank = portion.start.before
    try:
        with parquet.ParquetFile(path) as file:
            groups = range(portion.start.at, file.num_row_groups if portion.end is None else portion.end)
            for group in groups:  # apart, so that what is lost of a damaged one is the same in any portion
                for batch in file.iter_batches(_BATCH, row_groups=[group]):
                    for row in _values(batch):
                        rank += 1
                        yield Record(rank, row)
    except (pyarrow.ArrowException, OSError) as error:
        if getattr(error, "errno", None) in BROKEN:
            raise
        reason = _DAMAGED if rank else _NO_PARQUET
        yield Refusal(rank + 1, reason, place=f"ligne {rank + 1}", fatal=True)


def parquet_size(path: Path) -> int:
    """Return the bytes that the rows of a file would take in other formats; 0 when it is no Parquet."""
    return sum(_groups(path)) * _ROW


def parquet_starts(path: Path, size: int) -> Iterator[Start]:
    """Yield places between groups of rows, so many bytes apart as the rows would take in other formats."""
    rows = last = 0
    for group, count in enumerate(_groups(path)[:-1], 1):
        rows += count
        if (rows - last) * _ROW >= size:
            last = rows
            yield Start(group, rows)


def _groups(path: Path) -> list[int]:
    """Return the rows of each group, from what the end of the file says of them."""
    import pyarrow
    from pyarrow import parquet

    try:
        held = parquet.read_metadata(path)
        return [held.row_group(group).num_rows for group in range(held.num_row_groups)]
    except (pyarrow.ArrowException, OSError):
        return []


def _values(batch: pyarrow.RecordBatch) -> list[dict[str, Any]]:
    """Return the rows of a batch, one by one where a value of it is none that Python holds."""
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except (ValueError, OverflowError):
        columns = [[_value(scalar) for scalar in column] for column in batch.columns]
        rows = [dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True)]
    return rows


def _value(scalar: pyarrow.Scalar) -> Any:
    """Return a value; a text of another code is decoded, a day out of time is a text, which readers refuse."""
    from pyarrow import string, types

    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        if types.is_temporal(scalar.type):
            return scalar.cast(string()).as_py()
        if types.is_string(scalar.type) or types.is_large_string(scalar.type):
            return text_of(scalar.as_buffer().to_pybytes())
        return [_value(item) for item in scalar.values] if types.is_list(scalar.type) else _LOST
