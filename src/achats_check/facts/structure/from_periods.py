"""What the amount or the hours of a year, or of a period, make over the whole duration, when its length is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.periods import ALIKE, PERIODS
from achats_check.model.fact import MARCHE

_TOTALS = ("valeur_maximale_ht", "valeur_estimee_ht", "social.heures_insertion")
YEARLY = {name: f"{name}.par_an" for name in _TOTALS}
"""Facts of the whole duration → name of the candidates that carry theirs for a year, which serve here only."""
PERIODIC = {name: f"{name}.par_periode" for name in _TOTALS}
"""… for each period, the first one and its renewals."""
INITIAL = {name: f"{name}.periode_initiale" for name in _TOTALS}
"""… for the first period, which says nothing of the renewals unless a piece says that they are alike."""
_DURATION = "duree_mois"
_SURE = 0.8
_CONFIDENCE = 0.8


def from_periods(found: Sequence[Candidate | NearMiss | Sought]) -> Iterator[Candidate]:
    """Yield the totals that the parts make, under the evidence of the part and of the number of years or periods.

    Args:
        found: What was read in every piece of the dossier. A value that its lot or the market has for the whole
            duration is not made again; two durations, one of a lot, or one whose renewals were not read, leave
            nothing certain, and so does a value for the whole duration that is not the sum of its parts.
    """
    candidates = [item for item in found if isinstance(item, Candidate)]
    parts = _parts(found, candidates)
    for name in _TOTALS:
        made = list(_over(name, parts[name]))
        own = {item.scope: item.value for item in candidates if item.name == name}
        if all(own.get(item.scope, item.value) == item.value for item in made):
            yield from (item for item in made if item.scope not in own)


def parts_made_whole(name: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield each amount of a part with the total that it makes, under its own evidence alone."""
    for part, times in _parts(found, found)[name]:
        total = _total(part, times)
        if total is not None:
            yield part._replace(name=name, value=total, confidence=_CONFIDENCE)


def _parts(
    found: Sequence[Candidate | NearMiss | Sought], candidates: Sequence[Candidate]
) -> dict[str, list[tuple[Candidate, Candidate | None]]]:
    """Return, by total, the parts that were read and what tells how many times each counts."""
    told = {item.name for item in candidates}
    if told.isdisjoint({*YEARLY.values(), *PERIODIC.values(), *INITIAL.values()}):
        return {name: [] for name in _TOTALS}
    years, periods = _years(found), _periods(candidates)
    alike = any(item.name == ALIKE for item in candidates) or (periods is not None and periods.value == 1)
    times = {}
    for name in _TOTALS:
        times[name] = {YEARLY[name]: years, PERIODIC[name]: periods, INITIAL[name]: periods if alike else None}
    return {name: [(c, own[c.name]) for c in candidates if c.name in own] for name, own in times.items()}


def _over(name: str, parts: Sequence[tuple[Candidate, Candidate | None]]) -> Iterator[Candidate]:
    by_scope: dict[str, list[tuple[Candidate, Candidate | None]]] = defaultdict(list)
    for part, times in parts:
        by_scope[part.scope.id].append((part, times))
    for same in by_scope.values():
        totals = {_total(part, times) for part, times in same}
        total = totals.pop()
        if totals or total is None:
            continue
        for item in (one for pair in same for one in pair if one is not None):
            yield Candidate(name, total, item.evidence._replace(value=total), _CONFIDENCE, same[0][0].scope)


def _total(part: Candidate, times: Candidate | None) -> Decimal | None:
    if times is None or not isinstance(part.value, Decimal):
        return None
    return part.value * int(str(times.value))


def _years(found: Sequence[Candidate | NearMiss | Sought]) -> Candidate | None:
    """Return the number of years that every piece tells alike, or None; its evidence is that of the duration."""
    told = [item for item in found if isinstance(item, Candidate | NearMiss) and item.name == _DURATION]
    sure = [item for item in told if isinstance(item, Candidate) and item.scope == MARCHE and item.confidence >= _SURE]
    months = {item.value for item in sure}
    if len(sure) < len(told) or len(months) != 1:
        return None
    (value,) = months
    return sure[0]._replace(value=value // 12) if isinstance(value, int) and value and value % 12 == 0 else None


def _periods(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the number of periods that every piece tells alike, or None."""
    told = [item for item in candidates if item.name == PERIODS]
    return told[0] if len({item.value for item in told}) == 1 else None
