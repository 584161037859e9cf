"""Contracts counted by group: sums of whole numbers, the same whatever the order; made of Polars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from achats_check.portfolio.records import DIMENSIONS, STATES, Measure, Tally


def measures(table: pl.LazyFrame, by: Sequence[str]) -> dict[tuple[Any, ...], Measure]:
    """Count the contracts of each group.

    Args:
        table: What ``reading.contracts`` returns.
        by: Columns that make the groups.

    Returns:
        The measure of each group, by its values of ``by``, sorted; a null makes a group of its own.
    """
    found = table.group_by(by).agg(_sums()).collect(engine="streaming")
    rows = ((tuple(row[name] for name in by), _measure(row)) for row in found.iter_rows(named=True))
    return dict(sorted(rows, key=lambda pair: [(value is None, value) for value in pair[0]]))


def _sums() -> list[pl.Expr]:
    market, cents = ~pl.col("concession"), pl.col("cents")
    sums = [
        market.sum().alias("contracts"),
        _total(cents, market).alias("cents"),
        (market & cents.is_null()).sum().alias("unknown_amounts"),
        (~market).sum().alias("concessions"),
        _total(cents, ~market).alias("concession_cents"),
        (~market & cents.is_null()).sum().alias("concession_unknown_amounts"),
    ]
    for dimension in DIMENSIONS:
        for state in STATES:
            held = market & (pl.col(dimension) == state)
            sums += [
                held.sum().alias(f"{dimension}/{state}"),
                _total(cents, held).alias(f"{dimension}/{state}/cents"),
            ]
    return sums


def _total(cents: pl.Expr, where: pl.Expr) -> pl.Expr:
    """Add up cents exactly: ten million of the largest amounts need more than 64 bits."""
    return pl.when(where).then(cents).cast(pl.Int128).sum()


def _measure(row: Mapping[str, Any]) -> Measure:
    tallies = (
        Tally(
            tuple(int(row[f"{dimension}/{state}"]) for state in STATES),
            tuple(int(row[f"{dimension}/{state}/cents"]) for state in STATES),
        )
        for dimension in DIMENSIONS
    )
    return Measure(
        int(row["contracts"]),
        int(row["cents"]),
        int(row["unknown_amounts"]),
        int(row["concessions"]),
        int(row["concession_cents"]),
        int(row["concession_unknown_amounts"]),
        tuple(tallies),
    )


def with_categories(table: pl.LazyFrame, declared: Mapping[str, str]) -> pl.LazyFrame:
    """Return the table with the category that buyers declare in place of the one that data tell."""
    if not declared:
        return table
    said = pl.col("key").replace_strict(declared, default=None, return_dtype=pl.String)
    return table.with_columns(category=pl.coalesce(said, "category"))


def names(table: pl.LazyFrame) -> dict[str, str]:
    """Return the name each buyer bears most often; of two as frequent, the first in the alphabet."""
    return _most_frequent(table.filter(pl.col("name").str.len_chars() > 0), "name")


def categories(table: pl.LazyFrame) -> dict[str, str]:
    """Return the category of each buyer whose contracts agree on it."""
    known = table.filter(pl.col("category").is_not_null())
    agreed = known.group_by("key").agg(pl.col("category").n_unique().alias("n"), pl.col("category").min())
    found = agreed.filter((pl.col("n") == 1) & pl.col("key").is_not_null()).collect(engine="streaming")
    return dict(zip(found["key"], found["category"], strict=True))


def _most_frequent(table: pl.LazyFrame, column: str) -> dict[str, str]:
    counted = table.filter(pl.col("key").is_not_null()).group_by("key", column).len().collect(engine="streaming")
    first = counted.sort("key", "len", column, descending=[False, True, False]).unique("key", keep="first")
    return dict(zip(first["key"], first[column], strict=True))
