"""Tables of contracts and of consultations → portfolios: the whole on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from achats_check.columns.extra import need
from achats_check.law.rulebook import Rulebook
from achats_check.portfolio.buyers import Buyers, declared_texts, of_line
from achats_check.portfolio.goals import goals
from achats_check.portfolio.judging import Judge, by_line
from achats_check.portfolio.records import Group, Measure, Portfolio, Portfolios, Sign, Spending

if TYPE_CHECKING:
    import polars as pl


def portfolios(
    contracts: Sequence[Path],
    book: Rulebook,
    *,
    today: date,
    consultations: Path | None = None,
    buyers: Buyers | None = None,
) -> Portfolios:
    """Count contracts by buyer and year, and judge each by the rules of scope ``portefeuille``.

    Args:
        contracts: Partitions of the table of contracts (Parquet, see ``docs/tables.md``).
        book: The rules, local packs included: a buyer's own goals are rules of such a pack.
        today: A year that ends on that day or later is not over, and no goal is judged on it.
        consultations: The table of dossiers and notices, counted apart.
        buyers: What buyers declare (see ``portfolio.buyers``).

    Returns:
        Portfolios in a fixed order, whatever the order of the partitions and of their rows.

    Raises:
        UsageError: Polars is not installed.
    """
    need("polars")
    buyers = buyers or {}
    totals: dict[tuple[Any, ...], Measure] = {}
    lines: list[Portfolio] = []
    sectors: tuple[Group, ...] = ()
    categories: tuple[Group, ...] = ()
    signs: list[Sign] = []
    if contracts:
        table = _scan(contracts)
        totals, lines, sectors, categories = _counted(table, declared_texts(buyers, "acheteur.categorie"))
        signs = _signs(table, book)
    judge, gathered = Judge(book, today), by_line(signs)
    described = _with_declared_years(lines, buyers)
    return Portfolios(
        tuple(judge.judged(line, gathered.get((line.buyer, line.year), ())) for line in described),
        sectors,
        categories,
        _consultations(consultations),
        goals(book),
        without_buyer=sum(_all(m) for (key, year), m in totals.items() if key is None and year is not None),
        without_year=sum(_all(m) for (_, year), m in totals.items() if year is None),
    )


def _scan(files: Sequence[Path]) -> pl.LazyFrame:
    from achats_check.portfolio.reading import scan

    return scan(files)


def _counted(
    table: pl.LazyFrame, declared: Mapping[str, str]
) -> tuple[dict[tuple[Any, ...], Measure], list[Portfolio], tuple[Group, ...], tuple[Group, ...]]:
    from achats_check.portfolio.reading import contracts
    from achats_check.portfolio.spending import spending
    from achats_check.portfolio.totals import categories, measures, names, with_categories

    rows = with_categories(contracts(table), declared)
    totals = measures(rows, ("key", "year"))
    named, kinds, spent = names(rows), categories(rows), spending(table)
    lines = [
        Portfolio(key, named.get(key, ""), kinds.get(key, ""), year, measure, spent.get((key, year), Spending()))
        for (key, year), measure in totals.items()
        if key is not None and year is not None
    ]
    return totals, lines, _groups(measures(rows, ("division", "year"))), _groups(measures(rows, ("category", "year")))


def _groups(found: Mapping[tuple[Any, ...], Measure]) -> tuple[Group, ...]:
    return tuple(Group(key or "", year, measure) for (key, year), measure in found.items() if year is not None)


def _signs(table: pl.LazyFrame, book: Rulebook) -> list[Sign]:
    from achats_check.portfolio.reserved import same_holders
    from achats_check.portfolio.small_purchases import by_buyers, concentrated, small_purchases, split_families

    found = [*same_holders(table, book)]
    for some in by_buyers(small_purchases(table, book)):
        found += [*split_families(some), *concentrated(some)]
    return found


def _consultations(file: Path | None) -> tuple[Group, ...]:
    if file is None:
        return ()
    from achats_check.portfolio.reading import consultations, scan
    from achats_check.portfolio.totals import measures

    found = measures(consultations(scan([file])), ("year",))
    return tuple(Group("", year, measure) for (year,), measure in found.items() if year is not None)


def _with_declared_years(lines: list[Portfolio], buyers: Buyers) -> list[Portfolio]:
    """Return the lines with what their buyers declare, and a line for each year that only a buyer describes."""
    known = {(line.buyer, line.year): line for line in lines}
    names = {line.buyer: line.name for line in lines} | declared_texts(buyers, "acheteur.nom")
    categories = {line.buyer: line.category for line in lines} | declared_texts(buyers, "acheteur.categorie")
    for key, year in buyers:
        if year is not None and (key, year) not in known:
            known[key, year] = Portfolio(key, "", "", year, Measure(), Spending())
    found = (
        line._replace(
            declared=of_line(buyers, line.buyer, line.year),
            name=names.get(line.buyer, ""),
            category=categories.get(line.buyer, ""),
        )
        for line in known.values()
    )
    return sorted(found, key=lambda line: (line.buyer, line.year))


def _all(measure: Measure) -> int:
    return measure.contracts + measure.concessions
