"""Criteria whose name tells nobody what is judged: "Démarche de l'entreprise : 10 %" may be green, social, or neither.

That there is no social or environmental criterion is only told when every name read is known to be about something
else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.criteria import LABEL
from achats_check.facts.structure.weight_items import nature_of
from achats_check.facts.text import fold
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

if TYPE_CHECKING:
    from achats_check.facts.lexicon import Lexicon
    from achats_check.facts.lexicon_records import Entry
    from achats_check.facts.terms import Term

_CRITERIA = "criteres"
_FACTS = {"social": "social.critere", "environnemental": "environnement.critere"}
"""The fact that the nature of a name tells in so many words; the other stays open when the name is of both."""
_LETTERS = compiled(r"[a-z]{3}")


def unknown_criteria(
    found: Sequence[Candidate | NearMiss | Sought], lexicon: Lexicon, natures: Sequence[Term]
) -> Iterator[NearMiss]:
    """Yield an undecided near miss, for each fact about criteria, for each name that the lexicon does not know.

    Args:
        found: What every piece of a dossier says.
        lexicon: The names known to be about price, technique, delay…
        natures: What criteria judge, by their names.
    """
    entry = lexicon.entries.get(_CRITERIA)
    if entry is None or not entry.neutral:
        return
    told: set[str] = set()
    for item in found:
        for name, evidence in _names(item):
            folded = fold(name).strip()
            if folded in told:
                continue
            told.add(folded)
            if not _LETTERS.search(folded):
                continue
            for fact, reason in _left_open(folded, entry, natures):
                told_so = f"le critère « {name.strip()} » {reason} : à lire"
                yield NearMiss(fact, evidence, told_so, undecided=True)


def _left_open(folded: str, entry: Entry, natures: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """Yield each fact that a name leaves open, and why."""
    said = _FACTS.get(nature_of(folded, natures))
    if said is None:
        if compiled(entry.neutral).search(folded) is None:
            yield from ((fact, "ne dit pas ce qu'il juge") for fact in _FACTS.values())
    elif entry.mixed and compiled(entry.mixed).search(folded):
        yield from ((fact, "peut juger le social comme l'environnement") for fact in _FACTS.values() if fact != said)


def _names(item: Candidate | NearMiss | Sought) -> Iterator[tuple[str, Evidence]]:
    """Yield the names of criteria that a candidate gives: one of a line, or those of the list of a notice."""
    if not isinstance(item, Candidate):
        return
    if item.name == LABEL:
        yield str(item.value), item.evidence
    elif item.name == _CRITERIA and isinstance(item.value, tuple) and item.evidence.role == "AAPC":
        yield from ((str(one["nom"]), item.evidence) for one in item.value if isinstance(one, dict))
