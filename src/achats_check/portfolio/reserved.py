"""The same holder of reserved contracts again within some years; made of Polars."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import polars as pl

from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.reading import Columns, buyer, concession, day, states
from achats_check.portfolio.records import RESERVED, YES, Listed, Sign
from achats_check.portfolio.small_purchases import holders
from achats_check.portfolio.thresholds import largest

ESS = "portefeuille.ess."
GAP = "reservation.ess_carence"


class _Award(NamedTuple):
    day: date
    uid: str
    category: str | None
    """"ess", or None when the data do not say for whom the contract is reserved."""


def same_holders(table: pl.LazyFrame, book: Rulebook) -> Iterator[Sign]:
    """Yield the awards that follow, within the longest gap the law ever set, one to the same holder of the same buyer.

    Both are reserved to the ESS, or may be: a category that the data do not give stays unknown. Awards of one day are
    those of one consultation, and follow none.
    """
    longest = int(largest(book, GAP))
    of = Columns(table)
    awards = (
        table.select(
            key=buyer(of),
            holder=holders(of),
            day=day(of),
            uid=of.text("uid").fill_null(""),
            category=of.text("reservation.categorie"),
            held=states(of)[RESERVED] == YES,
            left_out=concession(of),
        )
        .filter("held", ~pl.col("left_out"), pl.col("key").is_not_null(), pl.col("day").is_not_null())
        .filter(pl.col("category").is_null() | (pl.col("category") == "ess"))
        .explode("holder", empty_as_null=True)
        .filter(pl.col("holder").is_not_null())
        .collect(engine="streaming")
        .sort("key", "holder", "day", "uid", "category")
    )
    for (key, holder), rows in groupby(awards.iter_rows(named=True), key=lambda row: (row["key"], row["holder"])):
        yield from _repeated(key, holder, [_Award(row["day"], row["uid"], row["category"]) for row in rows], longest)


def _repeated(key: str, holder: str, awards: list[_Award], longest: int) -> Iterator[Sign]:
    """Yield one sign for each award that follows another; of those it follows, one surely reserved to the ESS first."""
    for rank, award in enumerate(awards):
        before = _previous((awards[i] for i in range(rank - 1, -1, -1)), award, longest)
        if before is None:
            continue
        facts: dict[str, Any] = {
            f"{ESS}titulaire": holder,
            f"{ESS}mois_depuis_precedent": whole_months(before.day, award.day),
        }
        if award.category is not None and before.category is not None:
            facts[f"{ESS}categorie"] = "ess"
        listed = tuple(Listed(one.uid, one.day, None) for one in (before, award))
        yield Sign(ESS, key, award.day, f"{holder}/{award.uid}", facts, listed, 2)


def _previous(earlier: Iterable[_Award], award: _Award, longest: int) -> _Award | None:
    """Return the last award before another, within some months: one as surely reserved when there is one."""
    found = None
    for other in earlier:
        if whole_months(other.day, award.day) >= longest:
            break
        if other.day == award.day:
            continue
        found = found or other
        if award.category is None or other.category is not None:
            return found if award.category is None else other
    return found


def whole_months(first: date, last: date) -> int:
    """Return the months from a day to another, each counted from date to date."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
