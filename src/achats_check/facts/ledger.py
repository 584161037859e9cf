"""Where a fact was looked for in vain, and whether that proves it absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from achats_check.facts.candidate import NearMiss
from achats_check.facts.text import fold
from achats_check.model.document import Document, stands_for
from achats_check.model.fact import ABSENT, UNKNOWN, Fact, Scope, Search
from achats_check.vocabulary import FactSpec

CONCERNS = frozenset({"social.critere", "environnement.critere"})
"""What criteria may judge beside the price and the technique."""
NEED_CRITERIA = CONCERNS | {"environnement.cout_cycle_vie"}
"""Facts whose absence is only proven when the criteria themselves were read."""
_TELLING = 5
"""Letters from which a word says something of a fact."""


class Ledger:
    """Where facts were looked for, and whether their absence is proven."""

    def __init__(
        self,
        documents: Sequence[Document],
        whole: frozenset[str],
        sought: Mapping[str, Sequence[str]],
        misses: Mapping[str, Sequence[NearMiss]],
        undecided: Set[str],
    ) -> None:
        self._undecided = undecided
        self._sought = sought
        self._misses = misses
        self._whole = whole
        self._served = {d.home: frozenset[str]() for d in documents}
        for document in documents:
            self._served[document.home] |= {document.home, *document.also}
        self._sections = {
            role: sections([d for d in documents if d.home == role and not d.same_as]) for role in self._served
        }
        self._known: dict[object, tuple[tuple[str, ...], tuple[str, ...], str]] = {}

    def silence(self, spec: FactSpec, scope: Scope, *, doubtful: bool = False) -> Fact:
        """Return the absent or unknown fact of a name that no passage carries.

        Args:
            spec: The fact.
            scope: Whose it is.
            doubtful: Whether something else than a passage leaves it open.
        """
        missing = self._pieces(spec)[0]
        open_still = doubtful or spec.name in self._undecided
        proven = bool(spec.absence) and not missing and self._was_sought(spec) and not open_still
        value = spec.none_value if proven else None
        search = self._search(spec)
        return Fact(spec.name, scope, value, ABSENT if proven else UNKNOWN, search=search)

    def _was_sought(self, spec: FactSpec) -> bool:
        return spec.name in self._sought and (not spec.outside_pieces or "RAPPORT" in self._whole)

    def _pieces(self, spec: FactSpec) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Return the roles that miss, those searched and where in them: the same for the facts of the same pieces."""
        found = self._known.get((spec.absence, spec.pieces))
        if found is None:
            groups = spec.absence or tuple((role,) for role in spec.pieces)
            missing = tuple(dict.fromkeys(g[0] for g in groups if not any(stands_for(role, self._whole) for role in g)))
            homes = {role for group in spec.absence for role in group} | set(spec.pieces)
            searched = tuple(r for r, served in self._served.items() if any(stands_for(h, served) for h in homes))
            found = self._known[(spec.absence, spec.pieces)] = (missing, searched, self._where(searched))
        return found

    def _search(self, spec: FactSpec) -> Search:
        missing, searched, where = self._pieces(spec)
        words = self._sought.get(spec.name, ())
        miss = _closest(self._misses.get(spec.name, ()), words)
        return Search(
            pieces=searched,
            missing=missing,
            sections=where,
            vocabulary=tuple(words),
            nearest=miss.evidence if miss else None,
            nearest_reason=miss.reason if miss else "",
        )

    def _where(self, searched: tuple[str, ...]) -> str:
        if len(searched) == 1:
            return self._sections[searched[0]]
        return " ; ".join(f"{role} {self._sections[role]}" for role in searched)


def _closest(misses: Sequence[NearMiss], sought: Sequence[str]) -> NearMiss | None:
    """Return the miss that shares the most with the words sought: whole phrases first, then words; else the first."""
    if len(misses) < 2:
        return misses[0] if misses else None
    phrases = [fold(phrase) for phrase in sought]
    words = {word for phrase in phrases for word in phrase.split() if len(word) >= _TELLING}
    quotes = [fold(miss.evidence.quote) for miss in misses]
    shared = [(sum(p in quote for p in phrases), sum(w in quote for w in words)) for quote in quotes]
    return misses[max(range(len(misses)), key=lambda rank: (misses[rank].undecided, shared[rank]))]


def sections(documents: Sequence[Document]) -> str:
    """Return where was searched, in French: "art. 1 à 14, 212 paragraphes"."""
    tops = [b.article.split(".")[0] for d in documents for b in d.blocks if b.article[:1].isdigit()]
    numbers = sorted({int(top) for top in tops if top.isdecimal()})
    count = sum(len(d.blocks) for d in documents)
    plural = "s" if count > 1 else ""
    said = f"{count} paragraphe{plural}"
    if not numbers:
        return said
    span = f"art. {numbers[0]}" if len(numbers) == 1 else f"art. {numbers[0]} à {numbers[-1]}"
    return f"{span}, {said}"
