"""A table judged in Polars, lazily: nothing is read before the result is asked for, and batches pass in turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from achats_check.columns import reading as r
from achats_check.columns.expression import Node
from achats_check.columns.polars_writer import PolarsWriter
from achats_check.columns.reading import Column
from achats_check.columns.stages import stages

_PREFIX = "__achats_"
_BATCH = 25_000
"""Rows of a batch: some two thousand columns of it are held at a time."""


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
    held: dict[int, str] = {}
    others = [pl.col(name) for name in kept]
    writer = PolarsWriter(lambda node: held.get(node.key))
    for stage in stages(nodes.values()):
        made = [writer.expression(node, as_made=True).alias(f"{_PREFIX}{node.key}") for node in stage.made]
        table = table.select(*others, *(pl.col(f"{_PREFIX}{node.key}") for node in stage.kept), *made)
        held = {node.key: f"{_PREFIX}{node.key}" for node in (*stage.kept, *stage.made)}
    return table.select(*others, *(writer.expression(node).alias(name) for name, node in nodes.items()))


def counted(table: pl.LazyFrame, masks: Mapping[Any, Node]) -> tuple[int, dict[Any, int]]:
    """Count the rows of a table, and those where each mask is true."""
    named = {f"m{rank}": node for rank, node in enumerate(masks.values())}
    sums = [pl.col(name).sum().cast(pl.Int64) for name in named]
    if not masks:
        return int(table.select(pl.len()).collect(engine="streaming").item()), {}
    with pl.Config(streaming_chunk_size=_BATCH):
        total, *found = with_nodes(table, named).select(pl.len(), *sums).collect(engine="streaming").row(0)
    return int(total), dict(zip(masks, map(int, found), strict=True))


def listed(table: pl.LazyFrame, key: str, masks: Mapping[tuple[str, tuple[str, str]], Node]) -> pl.LazyFrame:
    """Return one row for each row of the table and each mask that is true there."""
    names = [f"m{rank}" for rank in range(len(masks))]
    rules, outcomes = [rule for rule, _ in masks], [outcome for _, outcome in masks]
    ranks = [pl.when(name).then(pl.lit(rank, dtype=pl.UInt16)) for rank, name in enumerate(names)]
    found = with_nodes(table, dict(zip(names, masks.values(), strict=True)), [key])
    held = pl.concat_list(ranks).list.drop_nulls() if ranks else pl.lit([], dtype=pl.List(pl.UInt16))
    rank = pl.col("rang")
    return (
        found.filter(pl.any_horizontal(names) if names else pl.lit(False))
        .select(pl.col(key), held.alias("rang"))
        .explode("rang")
        .select(
            key,
            _named(rank, rules).alias("regle"),
            _named(rank, [verdict for verdict, _ in outcomes]).alias("verdict"),
            _named(rank, [doubt for _, doubt in outcomes]).alias("doute"),
        )
    )


def _named(rank: pl.Expr, names: list[str]) -> pl.Expr:
    """Return the name of each rank."""
    return rank.replace_strict(list(range(len(names))), names, return_dtype=pl.String)
