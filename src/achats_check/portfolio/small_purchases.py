"""Purchases without publicity, each under the threshold of its day: what they add up to; made of Polars.

A family is here a CPV group (three digits), which is only a hint of what is homogeneous. Works are left out of the
families: what counts for them is the operation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

import polars as pl

from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.reading import Columns, buyer, cents, concession, day, first_code
from achats_check.portfolio.records import Listed, Sign
from achats_check.portfolio.thresholds import Step, steps

THRESHOLD = "dispense.montant"
FAMILY, CONCENTRATION = "portefeuille.famille.", "portefeuille.concentration."
LISTED = 20
"""Contracts that a sign names; it counts them all."""
_CHUNK = 200_000
"""Purchases whose windows are made at a time."""
_YEAR = 10_000
"""Twelve months, in days written 20261121: a window ends the eve of its anniversary, the 29th of February too."""


def small_purchases(table: pl.LazyFrame, book: Rulebook) -> pl.DataFrame:
    """Return the purchases of known amount, day, buyer and CPV group passed without publicity under the threshold.

    Left out: concessions, contracts of a framework agreement, innovative purchases, small lots, books of their own
    (defence, other contracts), and what invokes another ground than its small amount.
    """
    of = Columns(table)
    code = first_code(of)
    found = table.select(
        uid=of.text("uid"),
        key=buyer(of),
        day=day(of),
        cents=cents(of),
        group=code.str.slice(0, 3),
        nature=_nature(of, code),
        holders=holders(of),
        kept=_kept(of),
    ).filter(
        pl.col("kept").fill_null(value=False) & pl.col("key").is_not_null() & pl.col("day").is_not_null(),
        (pl.col("cents") > 0) & (pl.col("group").str.len_chars() == 3),
    )
    limited = found.with_columns(limit=_limits(book)).filter(pl.col("cents") < pl.col("limit"))
    dated = limited.with_columns(number=pl.col("day").dt.strftime("%Y%m%d").cast(pl.Int64))
    return dated.drop("kept").collect(engine="streaming").sort("key", "group", "day", "uid", "cents")


def holders(of: Columns) -> pl.Expr:
    """Return what names each holder: the SIREN of a SIRET, any other identifier as it is, else names."""
    numbers = of.words("titulaires").list.eval(_holder(pl.element())).list.drop_nulls()
    names = of.words("titulaires_noms").list.eval(_named(pl.element())).list.drop_nulls()
    known = pl.when(numbers.list.len() > 0).then(numbers).otherwise(names)
    return known.list.unique().list.sort()


def _holder(item: pl.Expr) -> pl.Expr:
    compact = item.str.replace_all(r"\s", "")
    siren = pl.when(compact.str.contains(r"^\d{14}$")).then(compact.str.slice(0, 9)).otherwise(compact)
    return pl.when(compact.str.len_chars() > 0).then(siren)


def _named(item: pl.Expr) -> pl.Expr:
    name = item.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(name.str.len_chars() > 0).then(pl.lit("nom:") + name)


def _kept(of: Columns) -> pl.Expr:
    grounds = of.words("procedure.fondement")
    by_amount = grounds.is_null() | (grounds.list.len() == 0) | grounds.list.contains("R2122-8")
    excluded = pl.any_horizontal(
        concession(of),
        of.true("marche_subsequent"),
        of.true("innovant"),
        of.true("petit_lot"),
        of.true("procedure.exception_dispense"),
        of.text("regime").is_in(["defense_securite", "livre_v", "hors_code"]),
    )
    without = of.text("procedure.type") == "sans_publicite_ni_mise_en_concurrence"
    return without & by_amount & ~excluded.fill_null(value=False)


def _nature(of: Columns, code: pl.Expr) -> pl.Expr:
    """Return the kind of purchase: as stated, else that of the CPV division."""
    division = code.str.slice(0, 2)
    of_code = (
        pl.when(division == "45")
        .then(pl.lit("travaux"))
        .when((division < "45") | (division == "48"))
        .then(pl.lit("fournitures"))
        .otherwise(pl.lit("services"))
    )
    return pl.coalesce(of.text("type"), of_code)


def _limits(book: Rulebook) -> pl.Expr:
    """Return the threshold of the day, in cents, under which a purchase of its nature needs no publicity."""
    natures = ("travaux", "fournitures", "services")
    limits = [
        pl.when(pl.col("nature") == nature).then(limit_on(steps(book, THRESHOLD, nature), pl.col("day")))
        for nature in natures
    ]
    return pl.coalesce(limits)


def limit_on(found: tuple[Step, ...], day: pl.Expr) -> pl.Expr:
    """Return the value in force on a day, in cents; null when there is none."""
    limit = pl.lit(None, dtype=pl.Int64)
    for step in found:
        value = None if step.value is None else int(step.value * 100)
        limit = pl.when(day >= step.since).then(pl.lit(value, dtype=pl.Int64)).otherwise(limit)
    return limit


def by_buyers(small: pl.DataFrame, rows: int = _CHUNK) -> Iterator[pl.DataFrame]:
    """Yield small purchases some hundred thousand at a time, never parting those of a buyer."""
    first = 0
    while first < small.height:
        key = small["key"][min(first + rows, small.height) - 1]
        last = int(small["key"].search_sorted(key, side="right"))
        yield small.slice(first, last - first)
        first = last


def split_families(small: pl.DataFrame) -> Iterator[Sign]:
    """Yield, for each buyer, family and year, the twelve months whose total reaches the threshold by the most.

    The window ends on the day of a purchase, holds those of that day, and is compared with the threshold of that day.
    """
    found = small.filter(pl.col("nature").is_in(["fournitures", "services"]))
    by_day = found.group_by("key", "group", "number").agg(
        pl.col("cents").sum(), pl.len().alias("count"), pl.col("limit").min(), pl.col("day").first()
    )
    windows = (
        by_day.sort("key", "group", "number")
        .rolling("number", period=f"{_YEAR}i", closed="right", group_by=["key", "group"])
        .agg(pl.col("cents").sum().alias("total"), pl.col("count").sum(), pl.col("limit").last(), pl.col("day").last())
        .filter((pl.col("total") >= pl.col("limit")) & (pl.col("count") >= 2))
        .with_columns(year=pl.col("number") // _YEAR)
        .sort(["key", "group", "year", "total", "number"], descending=[False, False, False, True, False])
        .unique(["key", "group", "year"], keep="first", maintain_order=True)
    )
    members = _members(found, windows)
    for row in windows.sort("key", "year", "group").iter_rows(named=True):
        inside = members[row["key"], row["group"], row["number"]]
        yield Sign(
            FAMILY,
            row["key"],
            row["day"],
            row["group"],
            {
                "type": inside[-1]["nature"],
                f"{FAMILY}code": row["group"],
                f"{FAMILY}nombre": int(row["count"]),
                f"{FAMILY}total_12_mois_ht": Decimal(int(row["total"])) / 100,
            },
            tuple(_listed(item) for item in inside[:LISTED]),
            len(inside),
        )


def _members(found: pl.DataFrame, windows: pl.DataFrame) -> dict[tuple[str, str, int], list[dict[str, Any]]]:
    """Return the purchases of each window, by day then identity."""
    ends = windows.select("key", "group", end=pl.col("number"))
    inside = found.join(ends, on=["key", "group"]).filter(
        (pl.col("number") <= pl.col("end")) & (pl.col("number") > pl.col("end") - _YEAR)
    )
    members: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for row in inside.sort("key", "group", "end", "day", "uid", "cents").iter_rows(named=True):
        members.setdefault((row["key"], row["group"], row["end"]), []).append(row)
    return members


def _listed(row: dict[str, Any]) -> Listed:
    day: date = row["day"]
    return Listed(row["uid"] or "", day, row["cents"])


def concentrated(small: pl.DataFrame) -> Iterator[Sign]:
    """Yield, for each buyer, family and year, the holder of most purchases, if it holds two and half of them at least.

    A purchase whose holder is unknown counts as held by another.
    """
    yearly = small.with_columns(year=pl.col("number") // _YEAR)
    families = yearly.group_by("key", "group", "year").len("all")
    # a holder named twice by one contract holds it once: `holders` gives each of them once
    held = yearly.explode("holders", empty_as_null=True).filter(pl.col("holders").is_not_null())
    most = (
        held.group_by("key", "group", "year", "holders")
        .agg(pl.len().alias("count"), pl.col("cents").sum(), pl.col("day").max())
        .filter(pl.col("count") >= 2)
        .sort(
            ["key", "group", "year", "count", "cents", "holders"], descending=[False, False, False, True, True, False]
        )
        .unique(["key", "group", "year"], keep="first", maintain_order=True)
        .join(families, on=["key", "group", "year"])
        .filter(pl.col("count") * 2 >= pl.col("all"))
    )
    listed: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    wanted = held.join(most.select("key", "group", "year", "holders"), on=["key", "group", "year", "holders"])
    for row in wanted.sort("key", "group", "year", "day", "uid", "cents").iter_rows(named=True):
        listed.setdefault((row["key"], row["group"], row["year"]), []).append(row)
    for row in most.sort("key", "year", "group").iter_rows(named=True):
        inside = listed[row["key"], row["group"], row["year"]]
        part = (Decimal(row["count"]) / Decimal(row["all"])).quantize(Decimal("0.0001"), ROUND_DOWN)
        yield Sign(
            CONCENTRATION,
            row["key"],
            row["day"],
            row["group"],
            {
                f"{CONCENTRATION}famille": row["group"],
                f"{CONCENTRATION}titulaire": row["holders"],
                f"{CONCENTRATION}nombre": int(row["count"]),
                f"{CONCENTRATION}part": part,
            },
            tuple(_listed(item) for item in inside[:LISTED]),
            len(inside),
        )
