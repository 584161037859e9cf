"""Partitions of the table of contracts → the few columns a portfolio needs, lazily: made of Polars.

Columns given: ``key`` (SIREN of the buyer, or "nom:…"), ``name``, ``category``, ``year``, ``day``, ``concession``,
``cents``, ``division`` (CPV, "" when unknown), and one column of state for each dimension.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from achats_check.portfolio.records import (
    CLAUSE,
    CRITERION,
    ENVIRONMENTAL,
    MISSING,
    NO,
    NOT_IN_SCHEMA,
    RESERVED,
    SOCIAL,
    YES,
)

_LARGEST = 1e13
"""Euros; a larger amount is unknown, as no contract has it and sums must stay exact."""
_LONGEST = 240
"""Months; a longer duration is unknown."""
_PAIRS = pl.List(pl.String)


class Columns:
    """The columns of a table by name; one that the table lacks is null."""

    def __init__(self, table: pl.LazyFrame) -> None:
        self._schema = table.collect_schema()

    def get(self, name: str, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
        """Return a column; null of a type when the table has none, or one that says nothing."""
        if self.kind(name) in {None, pl.Null}:
            return pl.lit(None, dtype=dtype)
        return pl.col(name)

    def kind(self, name: str) -> pl.DataType | None:
        """Return the type of a column, None for one that the table lacks."""
        return self._schema.get(name)

    def text(self, name: str) -> pl.Expr:
        """Return a column of texts."""
        return self.get(name, pl.String).cast(pl.String)

    def true(self, name: str) -> pl.Expr:
        """Return a column of booleans."""
        return self.get(name, pl.Boolean)

    def words(self, name: str) -> pl.Expr:
        """Return a column of lists of texts; a text is cut at its semicolons."""
        if self.kind(name) == pl.String:
            return pl.col(name).str.split(";").list.eval(pl.element().str.strip_chars())
        return self.get(name, _PAIRS)


def scan(files: Sequence[Path]) -> pl.LazyFrame:
    """Open partitions, which need not have the same columns."""
    return pl.scan_parquet(
        [str(path) for path in sorted(files)], glob=False, missing_columns="insert", extra_columns="ignore"
    )


def contracts(table: pl.LazyFrame) -> pl.LazyFrame:
    """Return what portfolios are counted from, one row for each contract."""
    of = Columns(table)
    return table.select(
        key=buyer(of),
        name=of.text("acheteur.nom"),
        category=of.text("acheteur.categorie"),
        year=year(of),
        day=day(of),
        concession=concession(of),
        cents=cents(of),
        division=first_code(of).str.slice(0, 2).fill_null(""),
        **states(of),
    )


def consultations(table: pl.LazyFrame) -> pl.LazyFrame:
    """Return the same of dossiers and notices, whose year is that of the launch when nothing was notified."""
    of = Columns(table)
    days = [of.get(name, pl.Date).cast(pl.Date) for name in ("date_lancement", "date_limite_offres")]
    launched = [day.dt.year() for day in days]
    return contracts(table.with_columns(annee=pl.coalesce(year(of), *launched)))


def buyer(of: Columns) -> pl.Expr:
    """Return the SIREN of the buyer, else "nom:" and its name in lower case; null when neither is known."""
    number = of.text("acheteur.siret").str.replace_all(r"\s", "")
    name = of.text("acheteur.nom").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    named = pl.when(name.str.len_chars() > 0).then(pl.lit("nom:") + name)
    return pl.when(number.str.contains(r"^\d{9}(\d{5})?$")).then(number.str.slice(0, 9)).otherwise(named)


def day(of: Columns) -> pl.Expr:
    """Return the day of notification."""
    return of.get("execution.date_notification", pl.Date).cast(pl.Date)


def year(of: Columns) -> pl.Expr:
    """Return the year of notification."""
    return pl.coalesce(of.get("annee", pl.Int32).cast(pl.Int32, strict=False), day(of).dt.year())


def concession(of: Columns) -> pl.Expr:
    """Say whether a contract is a concession; one that does not say is none, as the vocabulary presumes."""
    said = pl.any_horizontal(of.text("contrat") == "concession", of.text("forme") == "concession")
    return said.fill_null(value=False)


def cents(of: Columns) -> pl.Expr:
    """Return the awarded amount in cents; null when unknown, negative or out of measure."""
    given = of.get("execution.montant_ht", pl.Float64)
    amount = pl.when((given >= 0) & (given < _LARGEST)).then(given)
    kind = of.kind("execution.montant_ht")
    if kind is not None and kind.is_integer():
        return amount.cast(pl.Int64) * 100
    if kind is not None and kind.is_decimal():
        return (amount.cast(pl.Decimal(38, 2)) * 100).cast(pl.Int64)
    return (amount.cast(pl.Float64) * 100).round(0).cast(pl.Int64)


def months(of: Columns) -> pl.Expr:
    """Return the duration in whole months, one at least; null when unknown or out of measure."""
    found = of.get("duree_mois", pl.Float64).cast(pl.Float64).ceil()
    return pl.when(found.is_between(0, _LONGEST)).then(found.clip(1).cast(pl.Int64))


def first_code(of: Columns) -> pl.Expr:
    """Return the main CPV code, of two digits at least."""
    code = of.words("cpv").list.first()
    return pl.when(code.str.contains(r"^\d{2}")).then(code)


def reserved(of: Columns) -> pl.Expr:
    """Say whether a contract is reserved; null when unknown."""
    category = of.text("reservation.categorie")
    listed = _listed(of, "considerations_sociales", "réserv|reserv")
    return pl.when(category.is_not_null()).then(category != "aucune").when(listed).then(pl.lit(value=True))


def states(of: Columns) -> dict[str, pl.Expr]:
    """Return the state of each dimension.

    A list of considerations that is given names them all: what it does not name is declared absent.
    """
    social = ("considerations_sociales", "etat_sociales")
    green = ("considerations_environnementales", "etat_environnementales")
    clause, criterion, held = of.true("social.condition_execution"), of.true("social.critere"), reserved(of)
    any_social = pl.any_horizontal(clause, criterion, held, of.true("social.objet_ou_specification"))
    any_green = pl.any_horizontal(
        of.true("environnement.condition_execution"),
        of.true("environnement.critere"),
        of.true("environnement.specification"),
    )
    return {
        SOCIAL: _state(of, any_social, *social, "."),
        CLAUSE: _state(of, clause, *social, "clause"),
        CRITERION: _state(of, criterion, *social, "crit"),
        RESERVED: _state(of, held, *social, "réserv|reserv"),
        ENVIRONMENTAL: _state(of, any_green, *green, "."),
    }


def _state(of: Columns, known: pl.Expr, listing: str, status: str, pattern: str) -> pl.Expr:
    """Return the state of a dimension: the fact, else the list, else why neither is known."""
    said = of.text(status)
    declared = said == "declarees"
    return (
        pl.when(known)
        .then(pl.lit(YES))
        .when(declared & _listed(of, listing, pattern))
        .then(pl.lit(YES))
        .when(~known | (said == "absence_declaree") | (declared & (of.words(listing).list.len() > 0)))
        .then(pl.lit(NO))
        .when(said == NOT_IN_SCHEMA)
        .then(pl.lit(NOT_IN_SCHEMA))
        .otherwise(pl.lit(MISSING))
    )


def _listed(of: Columns, name: str, pattern: str) -> pl.Expr:
    """Say whether a list names a consideration: one that says there is none ("Pas de …") names nothing."""
    words = of.words(name).list.eval(pl.element().str.to_lowercase())
    real = words.list.eval(pl.element().filter(~pl.element().str.contains(r"^pas de|^sans |^aucun")))
    return real.list.join("|", ignore_nulls=True).str.contains(pattern)
