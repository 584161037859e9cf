"""What a yearly amount makes over the whole duration, when both are told once and the years are whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.model.fact import MARCHE

YEARLY = {name: f"{name}.par_an" for name in ("valeur_maximale_ht", "valeur_estimee_ht")}
"""Facts of the whole duration → name of the candidates that carry theirs for a year, which serve here only."""
_DURATION = "duree_mois"
_SURE = 0.8
_CONFIDENCE = 0.8


def from_years(found: Sequence[Candidate | NearMiss | Sought]) -> Iterator[Candidate]:
    """Yield the amounts that yearly ones make, under the evidence of the year's amount and of the duration.

    Args:
        found: What was read in every piece of the dossier. An amount that its lot or the market has for the whole
            duration is not made again; two durations, one of a lot, or one whose renewals were not read, leave
            nothing certain, and so does an amount for the whole duration that is not the sum of its years.
    """
    candidates = [item for item in found if isinstance(item, Candidate)]
    for total, by_year in YEARLY.items():
        yearly: dict[str, list[Candidate]] = defaultdict(list)
        for item in candidates:
            if item.name == by_year:
                yearly[item.scope.id].append(item)
        made = list(_over(_only_duration(found), total, yearly)) if yearly else []
        own = {item.scope: item.value for item in candidates if item.name == total}
        if all(own.get(item.scope, item.value) == item.value for item in made):
            yield from (item for item in made if item.scope not in own)


def _over(duration: Candidate | None, name: str, yearly: Mapping[str, list[Candidate]]) -> Iterator[Candidate]:
    for same in yearly.values():
        amount = same[0].value
        if duration is None or not isinstance(amount, Decimal) or any(item.value != amount for item in same):
            continue
        total = amount * Decimal(int(str(duration.value)) // 12)
        for evidence in (*(item.evidence for item in same), duration.evidence):
            yield Candidate(name, total, evidence._replace(value=total), _CONFIDENCE, same[0].scope)


def _only_duration(found: Sequence[Candidate | NearMiss | Sought]) -> Candidate | None:
    """Return the duration that every piece tells alike, in whole years, or None."""
    told = [item for item in found if isinstance(item, Candidate | NearMiss) and item.name == _DURATION]
    sure = [item for item in told if isinstance(item, Candidate) and item.scope == MARCHE and item.confidence >= _SURE]
    months = {item.value for item in sure}
    if len(sure) < len(told) or len(months) != 1:
        return None
    (value,) = months
    return sure[0] if isinstance(value, int) and value and value % 12 == 0 else None
