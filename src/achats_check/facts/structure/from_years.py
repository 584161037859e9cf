"""What a yearly ceiling makes over the whole duration, when both are told once and the years are whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.model.fact import MARCHE

TOTAL = "valeur_maximale_ht"
YEARLY = "valeur_maximale_ht.par_an"
"""Name of the candidates that carry a ceiling for a year: no fact of the vocabulary, it only serves here."""
_DURATION = "duree_mois"
_SURE = 0.8
_CONFIDENCE = 0.8


def from_years(found: Sequence[Candidate | NearMiss | Sought]) -> Iterator[Candidate]:
    """Yield the ceilings that yearly ones make, under the evidence of the year's amount and of the duration.

    Args:
        found: What was read in every piece of the dossier. A ceiling for the whole duration, two durations, one of
            a lot, or one whose renewals were not read, leave nothing certain.
    """
    candidates = [item for item in found if isinstance(item, Candidate)]
    yearly: dict[str, list[Candidate]] = defaultdict(list)
    for item in candidates:
        if item.name == YEARLY:
            yearly[item.scope.id].append(item)
    if not yearly or any(item.name == TOTAL for item in candidates):
        return
    duration = _only_duration(found)
    for same in yearly.values():
        amount = same[0].value
        if duration is None or not isinstance(amount, Decimal) or any(item.value != amount for item in same):
            continue
        total = amount * Decimal(int(str(duration.value)) // 12)
        for evidence in (*(item.evidence for item in same), duration.evidence):
            yield Candidate(TOTAL, total, evidence._replace(value=total), _CONFIDENCE, same[0].scope)


def _only_duration(found: Sequence[Candidate | NearMiss | Sought]) -> Candidate | None:
    """Return the duration that every piece tells alike, in whole years, or None."""
    told = [item for item in found if isinstance(item, Candidate | NearMiss) and item.name == _DURATION]
    sure = [item for item in told if isinstance(item, Candidate) and item.scope == MARCHE and item.confidence >= _SURE]
    months = {item.value for item in sure}
    if len(sure) < len(told) or len(months) != 1:
        return None
    (value,) = months
    return sure[0] if isinstance(value, int) and value and value % 12 == 0 else None
