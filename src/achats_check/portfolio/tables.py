"""Tables of portfolios for the synthesis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from achats_check.model.synthesis import AMOUNT, COUNT, DAY, SHARE, Cell, Column, Table
from achats_check.portfolio.charts import by_key, by_year, capital
from achats_check.portfolio.records import (
    CLAUSE,
    DIMENSIONS,
    ENVIRONMENTAL,
    RESERVED,
    SOCIAL,
    Group,
    Judged,
    Measure,
    Portfolio,
)
from achats_check.portfolio.shares import share_of_amounts, share_of_contracts
from achats_check.portfolio.spaser import LIKELY, OWED, POSSIBLE, PURCHASES, STATUSES
from achats_check.wording import enum_label, join_french

_BUYERS, _ALERTS = 100, 200
_NAMED = 5
_FILE = "Toutes les lignes sont dans portefeuilles.parquet et portefeuilles.jsonl."


def of_years(name: str, title: str, groups: Iterable[Group], note: str = "") -> Table:
    """Return one row for each year and dimension: every state apart, the bounds, Wilson's interval."""
    columns = (
        Column("Année"),
        Column("Part"),
        Column("Marchés", COUNT),
        Column("Oui", COUNT),
        Column("Absence déclarée", COUNT),
        Column("Non renseigné", COUNT),
        Column("Champ absent du schéma", COUNT),
        Column("Borne basse certaine", SHARE),
        Column("Borne haute certaine", SHARE),
        Column("Part parmi ceux qui déclarent", SHARE),
        Column("Wilson 95 %, bas", SHARE),
        Column("Wilson 95 %, haut", SHARE),
    )
    rows = tuple(
        _year_row(year, measure, dimension)
        for year, measure in by_year(groups).items()
        for dimension in DIMENSIONS
        if measure.contracts
    )
    said = "L'intervalle de Wilson suppose que les marchés qui déclarent ressemblent aux autres : rien ne le prouve."
    return Table(name, title, columns, rows, f"{note} {said}".strip())


def _year_row(year: int, measure: Measure, dimension: str) -> tuple[Cell, ...]:
    tally = measure.tally(dimension)
    share = share_of_contracts(tally)
    low, high = (share and share.wilson) or (None, None)
    bounds = (None, None, None) if share is None else (float(share.low), float(share.high), share.declared)
    return (str(year), DIMENSIONS[dimension], measure.contracts, *tally.contracts, *bounds, low, high)


def of_groups(name: str, title: str, first: str, groups: Iterable[Group], label: Callable[[str], str]) -> Table:
    """Return one row for each sector or category, all years together."""
    dimensions = (SOCIAL, CLAUSE, RESERVED, ENVIRONMENTAL)
    columns = [Column(first), Column("Marchés", COUNT), Column("Montant connu HT", AMOUNT)]
    for dimension in dimensions:
        columns += [Column(f"{DIMENSIONS[dimension]} : {end}", SHARE) for end in ("au moins", "au plus")]
    rows = tuple(
        (label(key), measure.contracts, measure.cents / 100, *_bounds(measure, dimensions))
        for key, measure in by_key(groups)
        if measure.contracts
    )
    return Table(name, title, tuple(columns), rows, "Bornes certaines, en nombre de marchés ; concessions à part.")


def _bounds(measure: Measure, dimensions: Sequence[str]) -> list[Cell]:
    found: list[Cell] = []
    for dimension in dimensions:
        share = share_of_contracts(measure.tally(dimension))
        found += [float(share.low), float(share.high)] if share else [None, None]
    return found


def of_buyers(lines: Sequence[Portfolio]) -> Table:
    """Return the buyers and years of the largest amounts."""
    columns = (
        Column("Acheteur"),
        Column("SIREN"),
        Column("Année"),
        Column("Marchés", COUNT),
        Column("Montant connu HT", AMOUNT),
        Column("Montants inconnus", COUNT),
        Column("Concessions", COUNT),
        Column("Considération sociale, au moins", SHARE),
        Column("au plus", SHARE),
        Column("Clause sociale, au moins", SHARE),
        Column("au plus ", SHARE),
        Column("Clause sociale en montant, au moins", SHARE),
        Column("au plus  ", SHARE),
        Column("Considération environnementale, au moins", SHARE),
        Column("au plus   ", SHARE),
    )
    ranked = sorted(lines, key=lambda line: (-line.measure.cents, line.buyer, line.year))
    rows = tuple(_buyer_row(line) for line in ranked[:_BUYERS])
    title = "Acheteurs et années, des plus grands montants aux plus petits"
    return Table("acheteurs", title, columns, rows, _FILE, max(0, len(lines) - _BUYERS))


def _buyer_row(line: Portfolio) -> tuple[Cell, ...]:
    measure = line.measure
    amounts = share_of_amounts(measure.tally(CLAUSE))
    return (
        shown_name(line),
        siren(line),
        str(line.year),
        measure.contracts,
        measure.cents / 100,
        measure.unknown_amounts,
        measure.concessions,
        *_bounds(measure, (SOCIAL, CLAUSE)),
        *((float(amounts.low), float(amounts.high)) if amounts else (None, None)),
        *_bounds(measure, (ENVIRONMENTAL,)),
    )


def shown_name(line: Portfolio) -> str:
    """Return what people call a buyer."""
    return line.name or line.buyer.removeprefix("nom:")


def siren(line: Portfolio) -> str:
    """Return the number of a buyer, "" when it bears none."""
    return "" if line.buyer.startswith("nom:") else line.buyer


def spaser_by_year(lines: Iterable[Portfolio]) -> Table:
    """Count the buyers of each year by what is known of their SPASER."""
    counts: dict[int, Counter[str]] = {}
    for line in lines:
        counts.setdefault(line.year, Counter())[line.spaser] += 1
    columns = (Column("Année"), *(Column(capital(label), COUNT) for label in STATUSES.values()))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(year), *(counts[year][status] for status in STATUSES)) for year in sorted(counts)
    )
    note = "« Indéterminé » : ni dépense déclarée, ni contrats publiés qui approchent du seuil ; cela ne prouve rien."
    return Table("spaser-par-annee", "SPASER : nombre d'acheteurs par année", columns, rows, note)


def of_spaser(lines: Iterable[Portfolio]) -> Table:
    """Return the buyers and years for which a SPASER is owed, or may be, the surest and the largest first."""
    order = (OWED, LIKELY, POSSIBLE)
    kept = [line for line in lines if line.spaser in order]
    kept.sort(key=lambda line: (order.index(line.spaser), -line.spending.low, line.buyer, line.year))
    columns = (
        Column("Acheteur"),
        Column("SIREN"),
        Column("Catégorie"),
        Column("Année"),
        Column("SPASER"),
        Column("Dépense déclarée HT", AMOUNT),
        Column("Estimation basse HT", AMOUNT),
        Column("Estimation haute HT", AMOUNT),
        Column("Adopté"),
    )
    note = (
        "Seule une dépense déclarée établit l'obligation. L'estimation étale les montants publiés sur la durée des"
        f" marchés (basse : sans les plafonds d'accords-cadres ; haute : avec) et ignore les petits achats. {_FILE}"
    )
    rows = tuple(_spaser_row(line) for line in kept[:_BUYERS])
    title = "SPASER dû, ou à vérifier"
    return Table("spaser", title, columns, rows, note, max(0, len(kept) - _BUYERS))


def _spaser_row(line: Portfolio) -> tuple[Cell, ...]:
    said = {fact.name: fact.value for fact in line.declared}
    purchases, adopted = said.get(PURCHASES), said.get("acheteur.spaser.adopte")
    return (
        shown_name(line),
        siren(line),
        enum_label(line.category) if line.category else "",
        str(line.year),
        STATUSES[line.spaser],
        float(str(purchases)) if purchases is not None else None,
        line.spending.low / 100,
        line.spending.high / 100,
        "non déclaré" if adopted is None else ("oui" if adopted else "non"),
    )


def of_signs(found: Sequence[tuple[Portfolio, Judged]]) -> Table:
    """Return the signs to look at, one a row, with the contracts they rest on."""
    columns = (
        Column("Acheteur"),
        Column("Année"),
        Column("Règle"),
        Column("Constat"),
        Column("Marchés", COUNT),
        Column("Premier", DAY),
        Column("Dernier", DAY),
        Column("Identifiants"),
    )
    rows = tuple(_sign_row(line, judged) for line, judged in found[:_ALERTS])
    note = f"Des indices, jamais des fautes : seul l'acheteur sait si ces achats répondent à un même besoin. {_FILE}"
    return Table("indices", "Indices à vérifier", columns, rows, note, max(0, len(found) - _ALERTS))


def _sign_row(line: Portfolio, judged: Judged) -> tuple[Cell, ...]:
    contracts = judged.contracts
    return (
        shown_name(line),
        str(line.year),
        judged.finding.rule,
        judged.finding.message,
        judged.size,
        min(contract.day for contract in contracts),
        max(contract.day for contract in contracts),
        first_named([contract.uid for contract in contracts], judged.size),
    )


def first_named(names: Sequence[str], size: int) -> str:
    """Return the names of the first contracts of some, and how many others there are."""
    shown = names[:_NAMED]
    others = size - len(shown)
    if not others:
        return join_french(shown)
    return f"{', '.join(shown)} et {others} autre{'s' if others > 1 else ''}"
