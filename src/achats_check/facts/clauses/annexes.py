"""Annexes that a social clause sends to: once the dossier holds one, the passage that names it leaves nothing open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.elsewhere import TO_SUPPLY
from achats_check.facts.text import fold
from achats_check.model.document import Document
from achats_check.patterns import compiled

_COVER = 8
"""Lines within which an annex says what it is."""
_ANNEX = compiled(r"\W{0,3}annexes?\b")
_SOCIAL = compiled(r"\binsertion\b(?! (?:paysagere|urbaine|architecturale))|clauses? sociales?")
_FAMILY = "social."


def with_annexes_at_hand(
    found: Sequence[Candidate | NearMiss | Sought], documents: Iterable[Document]
) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what was found; a social fact sent to an annex is open no more when the dossier holds that annex.

    Args:
        found: What every piece of a dossier says.
        documents: Its pieces.
    """
    at_hand = any(_is_annex_of_the_clause(document) for document in documents)
    for item in found:
        if not (at_hand and isinstance(item, NearMiss) and item.reason == TO_SUPPLY and item.name.startswith(_FAMILY)):
            yield item


def _is_annex_of_the_clause(document: Document) -> bool:
    """Tell whether the cover of a piece says that it is an annex, and that it is about a social clause."""
    cover = [fold(block.text) for block in document.blocks[:_COVER] if block.kind in ("paragraph", "title")]
    named = any(_ANNEX.match(line) for line in cover)
    return named and any(_SOCIAL.search(line) for line in cover)
