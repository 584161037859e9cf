"""A table judged in Polars, lazily: nothing is read before the result is asked for, and batches pass in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow as pa

from achats_check.columns import reading as r
from achats_check.columns.expression import Node
from achats_check.columns.judge import Judge, Listing, Masks
from achats_check.columns.polars_writer import PolarsWriter
from achats_check.columns.reading import Column
from achats_check.columns.split import Split
from achats_check.columns.verdicts import Outcome
from achats_check.model.finding import DOUBTS, SANS_OBJET, VERDICTS

BATCH = 262_144
"""Rows decided at once; of a file, rows read before they are decided."""
_PREFIX = "__achats_"
_OUTCOME = pl.Enum([*VERDICTS, *(f"a_verifier/{doubt}" for doubt in DOUBTS)])
"""A verdict with its doubt: "non_conforme", "a_verifier/respect" …"""


def columns_of(schema: Mapping[str, Any]) -> dict[str, Column]:
    """Return the columns of a Polars schema."""
    return {name: Column(_kind(dtype), _fields(dtype)) for name, dtype in schema.items()}


def _kind(dtype: Any) -> str:
    if dtype == pl.List:
        inner = _kind(dtype.inner)
        if inner in r.NUMERIC_KINDS:
            return r.AMOUNTS
        return {r.STRING: r.STRINGS, "struct": r.STRUCTS, r.NOTHING: r.NOTHING}.get(inner, str(dtype))
    if dtype == pl.Null:
        return r.NOTHING
    if dtype == pl.Struct:
        return "struct"
    if dtype.is_integer():
        return r.INTEGER
    if dtype.is_float():
        return r.FLOAT
    kinds = ((pl.Boolean, r.BOOLEAN), (pl.Decimal, r.DECIMAL), (pl.Date, r.DAY), (pl.Datetime, r.MOMENT))
    texts = ((pl.String, r.STRING), (pl.Categorical, r.STRING), (pl.Enum, r.STRING))
    return next((kind for known, kind in (*kinds, *texts) if dtype == known), str(dtype))


def _fields(dtype: Any) -> tuple[tuple[str, str], ...]:
    if dtype == pl.List and dtype.inner == pl.Struct:
        return tuple((field.name, _kind(field.dtype)) for field in dtype.inner.fields)
    return ()


def with_nodes(table: pl.LazyFrame, nodes: Mapping[str, Node], kept: Iterable[str] = ()) -> pl.LazyFrame:
    """Return a lazy table of some nodes, under their names, beside some columns of the table.

    Args:
        table: The table of contracts.
        nodes: What is wanted, by name of column.
        kept: Columns of the table to keep as they are.
    """
    writer = PolarsWriter()
    made = [writer.expression(node).alias(name) for name, node in nodes.items()]
    columns = [*(pl.col(name) for name in kept), *made]
    # Without a column, the number of rows would be lost.
    return table.select(columns or pl.int_range(pl.len()).alias(_PREFIX))


def judged(
    table: pl.LazyFrame,
    split: Split,
    each: Callable[[pa.RecordBatch], pa.RecordBatch],
    schema: Mapping[str, Any],
    kept: Iterable[str] = (),
) -> list[pl.LazyFrame]:
    """Return, lazily, what a function makes of each batch of rows, part after part.

    A table that is nothing but Parquet files is cut into parts, each decided once read: Polars reads faster than rules
    are decided, and would hold a million rows in advance; both at once also cost a fifth more. Parts of another table
    might each compute the whole of it.

    Args:
        table: The table of contracts.
        split: What Polars computes for the function.
        each: From a batch, the rows that come out of it; several threads may call it.
        schema: The columns that come out.
        kept: Columns of the table that the function also wants, as they are.
    """
    wanted = pl.Schema(schema)

    def some(frame: pl.DataFrame) -> pl.DataFrame:
        found = (pl.DataFrame(each(batch)).cast(wanted) for batch in _batches(frame))
        return pl.concat([wanted.to_frame(), *found])

    is_read = table.explain(optimized=False).startswith("Parquet SCAN")
    held = dict.fromkeys([*kept, *split.kept])
    return [
        with_nodes(part, split.columns, held).map_batches(some, schema=wanted, streamable=not is_read)
        for part in (_parts(table) if is_read else [table])
    ]


def _parts(table: pl.LazyFrame) -> list[pl.LazyFrame]:
    rows = table.select(pl.len()).collect().item()
    return [table.slice(first, BATCH) for first in range(0, max(rows, 1), BATCH)]


def _batches(frame: pl.DataFrame) -> Iterator[pa.RecordBatch]:
    return iter(frame.to_arrow().combine_chunks().to_batches(max_chunksize=BATCH))


def counted(table: pl.LazyFrame, judge: Judge) -> list[int]:
    """Count the rows of a table, then those where each truth of a judge is true."""

    def each(batch: pa.RecordBatch) -> pa.RecordBatch:
        counts = judge.counts(batch)
        return pa.record_batch({"rang": pa.array(range(len(counts))), "nombre": pa.array(counts)})

    totals = Counter[int]()
    for found in judged(table, judge.split, each, {"rang": pl.Int64, "nombre": pl.Int64}):
        totals.update(dict(found.group_by("rang").sum().collect(engine="streaming").iter_rows()))
    return [totals[rank] for rank in range(1 + len(judge.split.wanted))]


def with_truths(table: pl.LazyFrame, truths: Mapping[str, Node], kept: Sequence[str]) -> pl.LazyFrame:
    """Return, lazily, a column for each truth, beside some columns of the table; what is unknown is false."""
    judge = Judge(truths.values())

    def each(batch: pa.RecordBatch) -> pa.RecordBatch:
        columns = [*(batch.column(name) for name in kept), *judge.columns(batch)]
        return pa.record_batch(columns, names=[*kept, *truths])

    held = table.collect_schema()
    schema = {**{name: held[name] for name in kept}, **dict.fromkeys(truths, pl.Boolean)}
    return pl.concat(judged(table, judge.split, each, schema, kept))


def with_verdicts(
    table: pl.LazyFrame, rules: Mapping[str, Mapping[Outcome, Node]], kept: Sequence[str]
) -> pl.LazyFrame:
    """Return, lazily, the verdict of each rule with its doubt, beside some columns of the table."""
    named = {
        (rule, outcome): f"{_PREFIX}{rule}/{rank}"
        for rule, masks in rules.items()
        for rank, outcome in enumerate(masks)
    }
    truths = {name: rules[rule][outcome] for (rule, outcome), name in named.items()}
    verdicts = []
    for rule, masks in rules.items():
        verdict = pl.lit(SANS_OBJET, dtype=_OUTCOME)
        for outcome in masks:
            told = pl.lit("/".join(filter(None, outcome)), dtype=_OUTCOME)
            verdict = pl.when(named[rule, outcome]).then(told).otherwise(verdict)
        verdicts.append(verdict.alias(rule))
    return with_truths(table, truths, kept).select(*kept, *verdicts)


def listed(table: pl.LazyFrame, key: str, masks: Masks) -> pl.LazyFrame:
    """Return, lazily, one row for each row of the table and each mask that is true there, row after row."""
    listing = Listing(key, masks)
    schema = {key: table.collect_schema()[key], **dict.fromkeys(("regle", "verdict", "doute"), pl.String)}
    return pl.concat(judged(table, listing.split, listing.rows, schema, [key]))
