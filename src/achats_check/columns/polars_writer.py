"""Nodes → Polars expressions; the only place, with ``polars_engine``, that names Polars."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import polars as pl

from achats_check.columns import reading as r
from achats_check.columns.expression import CLASS, DATE, ENUM, NUMBER, TRUTH, Node
from achats_check.columns.reading import BLANKS, CAPPED, SCALE, TOO_LARGE, Reading

_DTYPES: dict[str, Any] = {
    TRUTH: pl.Boolean,
    NUMBER: pl.Int64,
    DATE: pl.Date,
    CLASS: pl.UInt8,
}
_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class PolarsWriter:
    """Writes nodes; one that several use is written once, and Polars computes it once."""

    def __init__(self) -> None:
        self._written: dict[int, pl.Expr] = {}

    def expression(self, node: Node) -> pl.Expr:
        """Return the expression of a node."""
        found = self._written.get(node.key)
        if found is None:
            found = self._written[node.key] = self._made(node)
        return found

    def _made(self, node: Node) -> pl.Expr:
        if node.op == "literal":
            return pl.lit(node.data, dtype=_dtype(node.type))
        if node.op == "null":
            return pl.lit(None, dtype=_dtype(node.type))
        writer: Callable[..., pl.Expr] = WRITERS[node.op]
        args = [self.expression(arg) for arg in node.args]
        return writer(*args) if node.data is None else writer(*args, data=node.data)


def _dtype(type: str) -> Any:
    return pl.Enum(type.removeprefix(ENUM).split("|")) if type.startswith(ENUM) else _DTYPES.get(type, pl.Null)


# --- Logic ---------------------------------------------------------------------------------------------------------


def _all(*truths: pl.Expr) -> pl.Expr:
    return reduce(lambda a, b: a & b, truths)


def _any(*truths: pl.Expr) -> pl.Expr:
    return reduce(lambda a, b: a | b, truths)


def _case(*parts: pl.Expr) -> pl.Expr:
    *branches, otherwise = parts
    result = otherwise
    for rank in range(len(branches) - 2, -1, -2):
        result = pl.when(branches[rank]).then(branches[rank + 1]).otherwise(result)
    return result


def _is_in(value: pl.Expr, *, data: tuple[Any, ...]) -> pl.Expr:
    return _any(*(value == item for item in data))


# --- Numbers and dates ---------------------------------------------------------------------------------------------


def _capped_sum(numbers: pl.Expr) -> pl.Expr:
    """Add counts; a sum past the largest kept is that one: whole numbers would overflow without a word."""
    about = numbers.list.eval(pl.element().cast(pl.Float64)).list.sum()
    return pl.when(about < float(CAPPED)).then(numbers.list.sum()).when(about.is_not_null()).then(pl.lit(CAPPED))


def _ratio(turnover: pl.Expr, need: pl.Expr) -> pl.Expr:
    """Divide to the ten-thousandth, rounded up; unknown when the divisor is zero."""
    divisor = pl.when(need > 0).then(need).cast(pl.Int128)
    scaled = turnover.cast(pl.Int128) * SCALE
    whole = scaled // divisor
    up = scaled > whole * divisor
    rounded = whole + pl.when(up).then(pl.lit(1, dtype=pl.Int128)).otherwise(pl.lit(0, dtype=pl.Int128))
    capped = pl.when(rounded < CAPPED).then(rounded).when(rounded.is_not_null()).then(pl.lit(CAPPED, dtype=pl.Int128))
    return capped.cast(pl.Int64)


def _slices(base: pl.Expr, each: pl.Expr, slice_of: pl.Expr) -> pl.Expr:
    """Return what each slice of a base gives, down to the unit; unknown when a slice is nothing."""
    divisor = pl.when(slice_of > 0).then(slice_of).cast(pl.Int128) * SCALE
    whole = base.cast(pl.Int128) * each.cast(pl.Int128) // divisor
    kept = pl.when(whole < CAPPED // SCALE).then(whole * SCALE)
    return kept.when(whole.is_not_null()).then(pl.lit(CAPPED, dtype=pl.Int128)).cast(pl.Int64)


def _months_between(day: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    years = day.dt.year().cast(pl.Int64) - earlier.dt.year().cast(pl.Int64)
    months = day.dt.month().cast(pl.Int64) - earlier.dt.month().cast(pl.Int64)
    begun = (day.dt.day() < earlier.dt.day()).cast(pl.Int64)
    return (years * 12 + months - begun) * SCALE


def _year_end(year: pl.Expr) -> pl.Expr:
    held = pl.when((year >= SCALE) & (year <= 9999 * SCALE)).then(year // SCALE).cast(pl.Int32)
    return pl.date(held, 12, 31)


# --- Records -------------------------------------------------------------------------------------------------------


def _any_field(records: pl.Expr, *, data: tuple[str, tuple[Any, ...]]) -> pl.Expr:
    name, values = data
    field = pl.element().struct.field(name)
    tests = [field.is_null() if value is None else (field == value).fill_null(False) for value in values]
    return records.list.eval(_any(*tests)).list.any()


def _sum_field(records: pl.Expr, *, data: tuple[str, str, str]) -> pl.Expr:
    """Add a field of the records that have some value, when all state it and there is one."""
    name, tested, value = data
    held = records
    if tested:
        held = records.list.filter((pl.element().struct.field(tested) == value).fill_null(False))
    field = held.list.eval(pl.element().struct.field(name))
    complete = ~held.list.eval(pl.element().struct.field(name).is_null()).list.any()
    return pl.when((held.list.len() > 0) & complete).then(_capped_sum(field))


# --- Reading -------------------------------------------------------------------------------------------------------


def _read(column: pl.Expr, reading: Reading) -> pl.Expr:
    if reading.kind in r.NUMERIC_KINDS:
        return _read_number(column, reading)
    if reading.kind == r.STRING:
        return _read_text(column, reading)
    if reading.kind == r.AMOUNTS:
        return _read_amounts(column)
    if reading.kind == r.STRUCTS:
        return _read_records(column, reading)
    return column.dt.date() if reading.kind == r.MOMENT else column


def _read_number(column: pl.Expr, reading: Reading) -> pl.Expr:
    """Count ten-thousandths; NaN, the infinite, what is negative or too large is unknown."""
    if reading.kind == r.INTEGER:
        most = reading.most if reading.most is not None else TOO_LARGE - 1
        held = column.cast(pl.Int64, strict=False)
        return pl.when((held >= 0) & (held <= most)).then(held * SCALE)
    value = column.cast(pl.Float64)
    kept = (value >= 0) & (value < TOO_LARGE if reading.most is None else value <= reading.most)  # NaN is above all
    if reading.whole:
        kept = kept & (value == value.floor())
    # What is kept fits: a cast that looks at each value again costs as much as all the rest.
    return (pl.when(kept).then(value) * SCALE + 0.5).cast(pl.Int64, wrap_numerical=True)


def _read_text(column: pl.Expr, reading: Reading) -> pl.Expr:
    if reading.values:
        return column.cast(pl.Enum(list(reading.values)), strict=False)
    text = column.cast(pl.String).str.strip_chars(BLANKS)
    return pl.when(text != "").then(text)


def _read_amounts(column: pl.Expr) -> pl.Expr:
    read = column.list.eval(_read_number(pl.element(), Reading(r.FLOAT)))
    return pl.when(~read.list.eval(pl.element().is_null()).list.any()).then(read)


def _read_records(column: pl.Expr, reading: Reading) -> pl.Expr:
    fields = [_read(pl.element().struct.field(name), field).alias(name) for name, field in reading.fields]
    whole = ~column.list.eval(pl.element().is_null()).list.any()
    return pl.when(whole).then(column.list.eval(pl.struct(fields)))


def _source(*, data: tuple[str, Reading]) -> pl.Expr:
    name, reading = data
    return _read(pl.col(name), reading)


def _holds_value(*, data: tuple[str, Reading]) -> pl.Expr:
    """Say whether a cell holds something, be it refused; NaN and blanks hold nothing."""
    name, reading = data
    column = pl.col(name)
    if reading.kind == r.FLOAT:
        return column.is_not_null() & column.is_not_nan().fill_null(False)
    if reading.kind in {r.STRING, r.PACKED}:
        blanks = BLANKS + ";" if reading.kind == r.PACKED else BLANKS
        return (column.cast(pl.String).str.strip_chars(blanks) != "").fill_null(False)
    return column.is_not_null()


WRITERS: dict[str, Callable[..., pl.Expr]] = {
    "source": _source,
    "holds_value": _holds_value,
    "and": _all,
    "or": _any,
    "not": lambda truth: ~truth,
    "is_null": lambda value: value.is_null(),
    "is_true": lambda truth: truth.fill_null(False),
    "compare": lambda a, b, *, data: _COMPARE[data](a, b),
    "is_in": _is_in,
    "case": _case,
    "coalesce": lambda *values: pl.coalesce(*values),
    "greatest": lambda a, b: pl.when(a >= b).then(a).otherwise(b),
    "plus": lambda a, b: a + b,
    "sum": _capped_sum,
    "ratio": _ratio,
    "slices": _slices,
    "months_between": _months_between,
    "days_between": lambda later, earlier: (later - earlier).dt.total_days().cast(pl.Int64) * SCALE,
    "days_before": lambda day, *, data: day - pl.duration(days=data),
    "year_end": _year_end,
    "count": lambda records: records.list.len().cast(pl.Int64) * SCALE,
    "any_field": _any_field,
    "sum_field": _sum_field,
}
