"""How far a clause goes: its volume, publics, proofs and penalties stand in the lines after the sentence that asks.

Many pieces have no title "insertion" above them: the clause is one paragraph among others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.matching import IGNORED_KINDS
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

CLAUSES = frozenset({"social.insertion", "social.condition_execution", "environnement.condition_execution"})
_LINES = {"social.": 8, "environnement.": 2}
"""Lines after the sentence that still are about it; environmental demands stand side by side with others."""
_LONGEST = 900
"""Characters of a line beyond which it is a page glued together, and holds more than one subject."""
_SURE = 0.7
_NUMBER = compiled(r"\W{0,3}(?:article |art\. ?|chapitre )?(\d{1,2}|[ivx]{1,5})(?:\.\d{1,2}){0,3}\s?[-.):/]{0,2}\s+[a-z]")
_SHORT = 80


class Reach:
    """The blocks of one document that a clause of each family goes over."""

    def __init__(self, reading: Reading, texts: list[str]) -> None:
        self._blocks = reading.document.blocks
        self._texts = texts
        self._held: dict[str, set[int]] = {family: set() for family in _LINES}

    def noted(self, results: Iterable[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
        """Yield results as they are, and take note of the clauses among them."""
        for result in results:
            if isinstance(result, Candidate) and result.name in CLAUSES and result.value is True:
                self._note(result)
            yield result

    def holds(self, fact: str, block: int) -> bool:
        """Tell whether a block is in the reach of a clause of the family of a fact."""
        return block in self._held.get(fact[: fact.find(".") + 1], ())

    def _note(self, clause: Candidate) -> None:
        start = clause.evidence.location.block
        if start is None or clause.confidence < _SURE:
            return
        family = clause.name[: clause.name.find(".") + 1]
        held = self._held[family]
        for index in range(start, min(len(self._blocks), start + 1 + _LINES[family])):
            if index > start and self._ends(start, index):
                return
            if len(self._texts[index]) <= _LONGEST:
                held.add(index)

    def _ends(self, start: int, index: int) -> bool:
        """Tell whether a block opens another subject than the one of the clause."""
        block = self._blocks[index]
        if block.kind == "title" or block.kind in IGNORED_KINDS or block.heading != self._blocks[start].heading:
            return True
        number = _NUMBER.match(self._texts[index])
        if number is None:
            return False
        own = _NUMBER.match(self._texts[start])
        is_title = len(self._texts[index]) <= _SHORT and not self._texts[index].rstrip().endswith((".", ";", ":"))
        return is_title or own is None or own[1] != number[1]
