"""What a call under a framework agreement recalls of it: the framework's own length and ceiling are not the call's."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_OWN = frozenset({"duree_mois", "valeur_maximale_ht", "valeur_estimee_ht", "delai_execution_mois"})
"""Facts of the framework that the call has of its own."""
_FRAMEWORK = r"accord[- ]cadre"
_CALL = r"marches? subsequents?"
_SURE_CALL = 0.8


def without_framework_terms(found: Sequence[Candidate | NearMiss | Sought]) -> list[Candidate | NearMiss | Sought]:
    """Return what was read without what a call under a framework tells of the framework itself.

    Args:
        found: What was read in every piece of the dossier.
    """
    if not any(isinstance(item, Candidate) and _is_call(item) for item in found):
        return list(found)
    return [item for item in found if not (isinstance(item, Candidate) and item.name in _OWN and _recalls(item))]


def _is_call(item: Candidate) -> bool:
    return item.name == "marche_subsequent" and item.value is True and item.confidence >= _SURE_CALL


def _recalls(item: Candidate) -> bool:
    folded = fold(item.evidence.quote)
    return compiled(_FRAMEWORK).search(folded) is not None and compiled(_CALL).search(folded) is None
