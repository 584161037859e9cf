"""Charts of portfolios: years, sectors and categories of buyers, always with the bounds of what is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from achats_check.model.synthesis import BARS, LINES, SHARE, Chart, Series, Target
from achats_check.portfolio.records import (
    CLAUSE,
    CRITERION,
    DIMENSIONS,
    ENVIRONMENTAL,
    RESERVED,
    SOCIAL,
    Goal,
    Group,
    Measure,
    Portfolios,
    Tally,
)
from achats_check.portfolio.shares import Share, share_of_amounts, share_of_contracts
from achats_check.wording import format_amount

BOUNDS_NOTE = (
    "La courbe ou la barre est la part parmi les marchés qui déclarent ; les bornes sont certaines : toutes les"
    " inconnues comptées non, puis toutes comptées oui. Sans valeur où moins de dix marchés déclarent."
)
FEW = 10
"""Under so many contracts, a share says nothing: it is left to the table."""
_BARS = 20
_SPAN = 30

ShareOf = Callable[[Tally], Share | None]


def by_year(groups: Iterable[Group]) -> dict[int, Measure]:
    """Add up groups by year, in order; a year without any contract, between two others, is empty."""
    found: dict[int, Measure] = {}
    for group in groups:
        found[group.year] = found.get(group.year, Measure()) + group.measure
    years = sorted(found)
    if years and years[-1] - years[0] < _SPAN:
        years = list(range(years[0], years[-1] + 1))
    return {year: found.get(year, Measure()) for year in years}


def trends(portfolios: Portfolios) -> list[Chart]:
    """Return the curves by year, in numbers of contracts and in amounts."""
    years = by_year(portfolios.categories)
    if not years:
        return []
    wide, narrow = (SOCIAL, ENVIRONMENTAL), (CLAUSE, CRITERION, RESERVED)
    goals = portfolios.targets
    drawn = [
        _trend("Considérations sociales et environnementales, en nombre de marchés", years, wide, goals),
        _trend("Clause sociale, critère social et réservation, en nombre de marchés", years, narrow, goals),
        _trend("Considérations et clauses, en montant", years, (SOCIAL, CLAUSE, ENVIRONMENTAL), goals, amounts=True),
    ]
    return [chart for chart in drawn if _tells(chart)]


def _trend(
    title: str,
    years: Mapping[int, Measure],
    dimensions: Sequence[str],
    goals: Mapping[str, tuple[Goal, ...]],
    *,
    amounts: bool = False,
) -> Chart:
    share_of: ShareOf = share_of_amounts if amounts else share_of_contracts
    prefix = "portefeuille.part_montant_" if amounts else "portefeuille.part_"
    targets = {
        target: None
        for dimension in dimensions
        for goal in goals.get(prefix + dimension, ())
        if any(goal.holds_in(year) for year in years)
        for target in [_target(goal, dimension, list(years))]
    }
    series = tuple(
        series_of(DIMENSIONS[d], [measure.tally(d) for measure in years.values()], share_of) for d in dimensions
    )
    note = BOUNDS_NOTE + (" Montants connus seulement." if amounts else "")
    return Chart(title, LINES, SHARE, tuple(map(str, years)), series, tuple(targets), note)


def _tells(chart: Chart) -> bool:
    """Say whether a chart shows a share somewhere: bounds from none to all are no picture."""
    return any(value is not None for series in chart.series for value in series.values)


def series_of(name: str, tallies: Iterable[Tally], share_of: ShareOf = share_of_contracts) -> Series:
    """Return the shares of groups, with their bounds; without a value where too few contracts declare."""
    held = list(tallies)
    shares = [share_of(tally) for tally in held]
    enough = [sum(tally.contracts[:2]) >= FEW for tally in held]
    return Series(
        name,
        tuple(share.declared if share and told else None for share, told in zip(shares, enough, strict=True)),
        tuple(float(share.low) if share else None for share in shares),
        tuple(float(share.high) if share else None for share in shares),
    )


def _target(goal: Goal, dimension: str, years: Sequence[int]) -> Target:
    """Return the line of a goal, which crosses the whole picture: its years are told when it is not that of all."""
    held = [year for year in years if goal.holds_in(year)]
    during = "" if held == list(years) else f" ({'-'.join(map(str, sorted({held[0], held[-1]})))})"
    level = format_amount(Decimal(str(goal.value)), "part")
    return Target(f"{goal.label}{during}, {DIMENSIONS[dimension]} : {level}", goal.value)


def bars(groups: Iterable[Group], label: Callable[[str], str], of_what: str) -> list[Chart]:
    """Return the shares by sector or by category, all years together, the groups of most contracts first."""
    found = [(label(key), measure) for key, measure in by_key(groups) if measure.contracts >= FEW][:_BARS]
    if not found:
        return []
    names = tuple(name for name, _ in found)
    drawn = [
        Chart(
            f"{capital(DIMENSIONS[dimension])}, {of_what}",
            BARS,
            SHARE,
            names,
            (series_of(DIMENSIONS[dimension], [measure.tally(dimension) for _, measure in found]),),
            note=f"{BOUNDS_NOTE} Groupes d'au moins {FEW} marchés, les plus nombreux d'abord, toutes années ensemble.",
        )
        for dimension in (SOCIAL, ENVIRONMENTAL)
    ]
    return [chart for chart in drawn if _tells(chart)]


def by_key(groups: Iterable[Group]) -> list[tuple[str, Measure]]:
    """Add up groups over the years, the groups of most contracts first."""
    found: dict[str, Measure] = {}
    for group in groups:
        found[group.key] = found.get(group.key, Measure()) + group.measure
    return sorted(found.items(), key=lambda pair: (-pair[1].contracts, pair[0]))


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]
