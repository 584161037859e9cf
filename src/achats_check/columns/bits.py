"""Sets of rows as whole numbers whose bit *i* stands for row *i*, from Arrow and back."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc


def known_rows(column: pa.Array) -> int:
    """Return the rows that are not null."""
    validity = column.buffers()[0]
    return _read(validity, column) if validity is not None else (1 << len(column)) - 1


def true_rows(truths: pa.Array) -> int:
    """Return the rows that are true; what null rows give is any."""
    return _read(truths.buffers()[1], truths)


def rows_by_rank(ranks: pa.Array, count: int) -> list[int]:
    """Return the rows that have each rank, from 0; those that are null have none.

    Ranks are looked at digit after digit, in base two: ten columns of truths tell a thousand ranks apart.
    """
    found = [known_rows(ranks)]
    for ones in reversed(rows_by_digit(ranks, (count - 1).bit_length())):
        found = [part for rows in found for part in (rows ^ (rows & ones), rows & ones)]
    return found[:count]


def rows_by_digit(numbers: pa.Array, count: int) -> list[int]:
    """Return the rows whose number has each digit, in base two, the smallest first; what null rows give is any."""
    # Arrow would look at each row to see whether it is null.
    held = pa.Array.from_buffers(numbers.type, len(numbers), [None, numbers.buffers()[1]], offset=numbers.offset)
    bits = [pa.scalar(1 << digit, numbers.type) for digit in range(count)]
    return [true_rows(pc.equal(pc.bit_wise_and(held, bit), bit)) for bit in bits]


def union(sets: Iterable[int]) -> int:
    """Return the rows of any of some sets."""
    rows = 0
    for one in sets:
        rows |= one
    return rows


def truths_of(rows: int, height: int) -> pa.BooleanArray:
    """Return a column that is true for some rows, and false for the others."""
    bits = pa.py_buffer(rows.to_bytes(-(-height // 8), "little"))
    return pa.BooleanArray.from_buffers(pa.bool_(), height, [None, bits])


def _read(buffer: pa.Buffer, column: pa.Array) -> int:
    """Read the bits of a buffer that are those of a column, which may begin in the middle of it."""
    first, last = column.offset // 8, -(-(column.offset + len(column)) // 8)
    skipped: int = column.offset % 8
    return int.from_bytes(buffer[first:last], "little") >> skipped & (1 << len(column)) - 1
