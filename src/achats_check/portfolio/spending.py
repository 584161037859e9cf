"""What published contracts may cost each year: their amounts spread over their months; made of Polars.

A SPASER depends on the expenditure of a calendar year, which no contract data give (amounts are awarded, often for
several years, or are ceilings; small purchases are not published). Two estimates frame what the data do say.
"""

from __future__ import annotations

import polars as pl

from achats_check.portfolio.reading import Columns, buyer, cents, concession, day, months
from achats_check.portfolio.records import Spending


def spending(table: pl.LazyFrame) -> dict[tuple[str, int], Spending]:
    """Return the estimates of each buyer and year in which one of its contracts runs."""
    of = Columns(table)
    regime = of.text("regime")
    dated = table.select(
        key=buyer(of),
        day=day(of),
        cents=cents(of),
        months=months(of),
        ceiling=of.text("forme") == "accord_cadre",
        left_out=concession(of) | regime.eq_missing("livre_v"),
    ).filter(pl.col("key").is_not_null(), pl.col("day").is_not_null(), pl.col("cents") > 0, ~pl.col("left_out"))
    first = pl.col("day").dt.month().cast(pl.Int64) - 1
    length = pl.col("months").fill_null(1)
    spread = dated.select(
        "key",
        "cents",
        year=pl.col("day").dt.year().cast(pl.Int64),
        first=first,
        length=length,
        sure=pl.col("months").is_not_null() & pl.col("ceiling").fill_null(value=False).not_(),
        rank=pl.int_ranges(0, (first + length - 1) // 12 + 1),
    ).explode("rank", empty_as_null=False)
    paid = _paid_until(pl.col("rank") + 1) - _paid_until(pl.col("rank"))
    found = (
        spread.select("key", "sure", year=pl.col("year") + pl.col("rank"), paid=paid.cast(pl.Int128))
        .group_by("key", "year")
        .agg(low=pl.when("sure").then("paid").sum(), high=pl.col("paid").sum())
        .collect(engine="streaming")
    )
    return {(row[0], int(row[1])): Spending(int(row[2]), int(row[3])) for row in found.iter_rows()}


def _paid_until(rank: pl.Expr) -> pl.Expr:
    """Return the cents of the months before a year of the contract begins, by rank: they add up to the amount."""
    gone = (rank * 12 - pl.col("first")).clip(0, pl.col("length"))
    return pl.col("cents") * gone // pl.col("length")
