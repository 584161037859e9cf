"""Portfolios → sections of the synthesis: what to look at first, then the figures; drawn elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from achats_check.model.finding import VERDICTS
from achats_check.model.synthesis import (
    AMOUNT,
    COUNT,
    Block,
    Card,
    Cell,
    Chart,
    Column,
    Figure,
    Note,
    Section,
    Table,
)
from achats_check.portfolio.charts import bars, by_year, capital, trends
from achats_check.portfolio.records import Judged, Measure, Portfolio, Portfolios
from achats_check.portfolio.sectors import UNKNOWN, sector_label
from achats_check.portfolio.tables import (
    first_named,
    of_buyers,
    of_groups,
    of_signs,
    of_spaser,
    of_years,
    shown_name,
    spaser_by_year,
)
from achats_check.wording import enum_label, format_short_date

_CARDS = 30
_NOT_PROOF = (
    "Ces chiffres viennent de contrats publiés. Ils ne disent ni la dépense de l'année, ni les achats non publiés, ni"
    " la qualité d'une clause. Ce qu'ils taisent est compté à part, et les parts sont données entre deux bornes."
)


def sections(portfolios: Portfolios) -> tuple[Section, ...]:
    """Return the sections of portfolios: overview, shares, sectors, SPASER, signs, consultations; none without data."""
    if not portfolios.lines and not portfolios.categories and not portfolios.consultations:
        return ()
    made = (
        Section("portefeuilles", "Portefeuilles d'achats", tuple(_overview(portfolios))),
        Section("parts", "Clauses, critères et réservations : évolution", tuple(_shares(portfolios))),
        Section("secteurs", "Par secteur d'achat et par catégorie d'acheteur", tuple(_sectors(portfolios))),
        Section("spaser", "SPASER", tuple(_spaser(portfolios))),
        Section("indices", "Petits achats, fractionnement, réservations à l'ESS", tuple(_signs(portfolios))),
        Section("consultations-par-annee", "Consultations et avis, à part", tuple(_consultations(portfolios))),
    )
    return tuple(section for section in made if section.blocks)


def _overview(portfolios: Portfolios) -> Iterator[Block]:
    total = sum(by_year(portfolios.categories).values(), Measure())
    lines = portfolios.lines
    yield Figure("Acheteurs", len({line.buyer for line in lines}), COUNT)
    yield Figure("Portefeuilles (un acheteur, une année)", len(lines), COUNT)
    yield Figure("Marchés", total.contracts, COUNT, _left_out(portfolios))
    unknown = f"montants inconnus, non comptés : {total.unknown_amounts}" if total.unknown_amounts else ""
    yield Figure("Montant attribué connu, hors taxes", total.cents / 100, AMOUNT, unknown)
    if total.concessions:
        note = "comptées à part : ni dans les parts, ni dans les montants"
        yield Figure("Concessions", total.concessions, COUNT, note)
    yield Note(_NOT_PROOF)
    if results := _results(lines):
        yield results
    if lines:
        yield of_buyers(lines)


def _left_out(portfolios: Portfolios) -> str:
    said = []
    if portfolios.without_buyer:
        said.append(f"sans acheteur identifié, dans aucun portefeuille : {portfolios.without_buyer}")
    if portfolios.without_year:
        said.append(f"sans année, non comptés : {portfolios.without_year}")
    return " ; ".join(said)


def _results(lines: Iterable[Portfolio]) -> Table | None:
    """Return how many portfolios each rule judged one way or another."""
    found: dict[str, Counter[str]] = {}
    titles: dict[str, str] = {}
    for line in lines:
        for judged in line.findings:
            finding = judged.finding
            titles[finding.rule] = finding.title
            found.setdefault(finding.rule, Counter())[finding.verdict] += 1
    if not found:
        return None
    verdicts = [verdict for verdict in VERDICTS if any(counts[verdict] for counts in found.values())]
    columns = (
        Column("Règle"),
        Column("Intitulé"),
        *(Column(capital(enum_label(verdict)), COUNT) for verdict in verdicts),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (rule, titles[rule], *(found[rule][verdict] for verdict in verdicts)) for rule in sorted(found)
    )
    note = "Une opportunité est un objectif non atteint ou un levier inutilisé, jamais une faute."
    return Table("regles-portefeuille", "Objectifs et règles, en nombre de portefeuilles", columns, rows, note)


def _shares(portfolios: Portfolios) -> Iterator[Block]:
    drawn = trends(portfolios)
    yield from drawn
    if portfolios.categories and not drawn:
        yield Note("Moins de dix marchés d'une même année déclarent une considération, ou son absence : rien à tracer.")
    if portfolios.categories:
        yield of_years("parts-par-annee", "Parts par année, ce qui est inconnu compté à part", portfolios.categories)


def _sectors(portfolios: Portfolios) -> Iterator[Block]:
    charts: list[Chart] = [
        *bars(portfolios.sectors, sector_label, "par secteur d'achat"),
        *bars(portfolios.categories, category_label, "par catégorie d'acheteur"),
    ]
    yield from charts
    if portfolios.sectors:
        yield of_groups("secteurs-cpv", "Secteurs d'achat (divisions CPV)", "Secteur", portfolios.sectors, sector_label)
        title = "Catégories d'acheteurs"
        yield of_groups("categories-acheteurs", title, "Catégorie", portfolios.categories, category_label)


def category_label(category: str) -> str:
    """Return the French of a category of buyers."""
    return enum_label(category) if category else f"catégorie {UNKNOWN}e"


def _spaser(portfolios: Portfolios) -> Iterator[Block]:
    if not portfolios.lines:
        return
    yield spaser_by_year(portfolios.lines)
    table = of_spaser(portfolios.lines)
    if table.rows:
        yield table


def _signs(portfolios: Portfolios) -> Iterator[Block]:
    found = [(line, judged) for line in portfolios.lines for judged in line.findings if judged.contracts]
    if not found:
        return
    found.sort(key=lambda pair: (-_weight(pair[1]), pair[0].buyer, pair[0].year, pair[1].finding.scope.id))
    yield from (_card(line, judged) for line, judged in found[:_CARDS])
    yield of_signs(found)


def _weight(judged: Judged) -> int:
    return sum(contract.cents or 0 for contract in judged.contracts)


def _card(line: Portfolio, judged: Judged) -> Card:
    finding = judged.finding
    named = [f"{contract.uid} ({format_short_date(contract.day)})" for contract in judged.contracts]
    return Card(
        finding.title,
        finding.verdict,
        f"{shown_name(line)}, {line.year}",
        finding.message,
        finding.severity,
        f"Marchés : {first_named(named, judged.size)}",
        finding.references[0].text if finding.references else "",
        finding.remedy,
        finding.rule,
    )


def _consultations(portfolios: Portfolios) -> Iterator[Block]:
    if portfolios.consultations:
        note = "Dossiers et avis : une autre population que les contrats, jamais additionnée à eux."
        title = "Consultations et avis : parts par année"
        yield of_years("consultations-par-annee", title, portfolios.consultations, note)
