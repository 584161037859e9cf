"""Procedures in stages: candidates are chosen before they send an offer, and each step has a deadline of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.text import fold

IN_STAGES = frozenset(
    {
        "appel_offres_restreint",
        "procedure_avec_negociation",
        "dialogue_competitif",
        "partenariat_innovation",
        "concours",
    }
)
OF_CANDIDATES = "date limite de réception des candidatures, choisies avant les offres"
_DEADLINE, _NOTICE = "date_limite_offres", "AAPC"
_EITHER = "demandes de participation"
"""What the label of the European form says of its only deadline, whichever the procedure."""
_SURE = 0.85


def without_dates_of_candidates(
    found: Sequence[Candidate | NearMiss | Sought],
) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what was read, the deadline of the candidates of a notice told apart from that of the offers.

    Args:
        found: What was read in every piece of the dossier.
    """
    of_candidates = _days_of_candidates([item for item in found if isinstance(item, Candidate)])
    for item in found:
        if isinstance(item, Candidate) and _is_deadline_of_notice(item) and item.value in of_candidates:
            yield NearMiss(_DEADLINE, item.evidence, OF_CANDIDATES)
        else:
            yield item


def _is_deadline_of_notice(item: Candidate) -> bool:
    return item.name == _DEADLINE and item.evidence.role == _NOTICE


def _days_of_candidates(found: Sequence[Candidate]) -> set[object]:
    """Return the days that a notice of a procedure in stages gives under the label of both steps."""
    if not any(c.name == "procedure.type" and c.value in IN_STAGES and c.confidence >= _SURE for c in found):
        return set()
    return {c.value for c in found if _is_deadline_of_notice(c) and _EITHER in fold(c.evidence.quote)}
