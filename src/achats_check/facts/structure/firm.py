"""The firm part of a contract, which its whole length told elsewhere does not contradict."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.text import fold
from achats_check.model.fact import STRUCTURED
from achats_check.patterns import compiled

_FIRM = r"\bfermes?\b"
_WHOLE = r"option|recondu|renouvel|\+"
"""What a passage says of the parts that follow the firm one."""


def without_firm_parts(found: Sequence[Candidate | NearMiss | Sought]) -> list[Candidate | NearMiss | Sought]:
    """Return what was read without the durations said firm where a longer one counts the parts that may follow.

    Args:
        found: What was read in every piece of the dossier. A field of a notice counts its renewals.
    """
    told = [item for item in found if isinstance(item, Candidate) and item.name == "duree_mois"]
    firm = [item for item in told if compiled(_FIRM).search(fold(item.evidence.quote))]
    if not firm or len(firm) == len(told):
        return list(found)
    parts = {id(item) for item in firm if any(_counts(other, item) for other in told if other not in firm)}
    return [item for item in found if id(item) not in parts]


def _counts(whole: Candidate, part: Candidate) -> bool:
    """Say whether a duration is a longer one of the same contract, the optional parts in it."""
    if whole.scope != part.scope or not isinstance(whole.value, int) or not isinstance(part.value, int):
        return False
    counted = whole.origin == STRUCTURED or compiled(_WHOLE).search(fold(whole.evidence.quote)) is not None
    return counted and whole.value > part.value
