"""Criteria whose name tells nobody what is judged: "Démarche de l'entreprise : 10 %" may be green, social, or neither.

That there is no social or environmental criterion is only told when every name read is known to be about something
else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.criteria import LABEL
from achats_check.facts.structure.weights import nature_of
from achats_check.facts.text import fold
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

if TYPE_CHECKING:
    from achats_check.facts.lexicon import Lexicon

_CRITERIA = "criteres"
_LEFT_OPEN = ("social.critere", "environnement.critere")
_SAID = ("social", "environnemental")
"""What some names tell in so many words: they are these criteria, and leave nothing open."""
_LETTERS = compiled(r"[a-z]{3}")


def unknown_criteria(found: Sequence[Candidate | NearMiss | Sought], lexicon: Lexicon) -> Iterator[NearMiss]:
    """Yield an undecided near miss, for each fact about criteria, for each name that the lexicon does not know.

    Args:
        found: What every piece of a dossier says.
        lexicon: The names known to be about price, technique, delay…
    """
    entry = lexicon.entries.get(_CRITERIA)
    if entry is None or not entry.neutral:
        return
    neutral = compiled(entry.neutral)
    told: set[str] = set()
    for item in found:
        for name, evidence in _names(item):
            folded = fold(name).strip()
            if folded in told:
                continue
            told.add(folded)
            if not _LETTERS.search(folded) or neutral.search(folded) or nature_of(folded) in _SAID:
                continue
            reason = f"le critère « {name.strip()} » ne dit pas ce qu'il juge : à lire"
            yield from (NearMiss(fact, evidence, reason, undecided=True) for fact in _LEFT_OPEN)


def _names(item: Candidate | NearMiss | Sought) -> Iterator[tuple[str, Evidence]]:
    """Yield the names of criteria that a candidate gives: one of a line, or those of the list of a notice."""
    if not isinstance(item, Candidate):
        return
    if item.name == LABEL:
        yield str(item.value), item.evidence
    elif item.name == _CRITERIA and isinstance(item.value, tuple) and item.evidence.role == "AAPC":
        yield from ((str(one["nom"]), item.evidence) for one in item.value if isinstance(one, dict))
