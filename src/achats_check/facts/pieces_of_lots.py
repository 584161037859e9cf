"""A piece that is one lot's own, such as its act of engagement, states the amounts and the hours of that lot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.from_periods import INITIAL, PERIODIC, YEARLY
from achats_check.model.document import Document
from achats_check.model.fact import MARCHE, Scope

_OWN = frozenset({*YEARLY, *YEARLY.values(), *PERIODIC.values(), *INITIAL.values()})
"""Facts of which each lot has its own: what one lot is worth says nothing of the market."""


def of_their_lots(
    found: Iterable[Candidate | NearMiss | Sought], documents: Sequence[Document]
) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what was read, the amounts of a piece of one lot under that lot.

    Args:
        found: What was read in every piece.
        documents: The pieces. When all are the same lot's, the consultation is that lot's alone.
    """
    if len({document.lots for document in documents}) < 2:
        yield from found
        return
    lots = {document.path: Scope("lot", document.lots[0]) for document in documents if len(document.lots) == 1}
    for item in found:
        scope = lots.get(item.evidence.document) if isinstance(item, Candidate) else None
        if scope is not None and isinstance(item, Candidate) and item.scope == MARCHE and item.name in _OWN:
            yield item._replace(scope=scope)
        else:
            yield item
