"""What details the criteria of a lot: it says nothing of those of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.ledger import CONCERNS
from achats_check.model.fact import MARCHE

Found = Candidate | NearMiss | Sought


def without_signs_in_their_lists(found: Sequence[Found]) -> Iterator[Found]:
    """Yield what was read, but the signs of a concern inside the list of a lot whose criteria judge it already.

    "Part du matériel électrique", which details the environmental criterion of lot 1, leaves open nothing of lot 2.

    Args:
        found: What every piece of the dossier says.
    """
    lists: dict[tuple[str, str], list[int]] = {}
    judged: set[tuple[str, str, str]] = set()
    for item in found:
        if isinstance(item, Candidate) and item.scope != MARCHE and item.evidence.location.block is not None:
            own = (item.evidence.document, item.scope.id)
            if item.name == "criteres":
                lists.setdefault(own, []).append(item.evidence.location.block)
            elif item.name in CONCERNS and item.value is True:
                judged.add((*own, item.name))
    for item in found:
        if not (isinstance(item, NearMiss) and item.name in CONCERNS and _is_inside(item, lists, judged)):
            yield item


def _is_inside(sign: NearMiss, lists: dict[tuple[str, str], list[int]], judged: set[tuple[str, str, str]]) -> bool:
    """Tell whether a sign stands between two criteria of a lot that has a criterion on its subject."""
    block = sign.evidence.location.block
    return block is not None and any(
        document == sign.evidence.document
        and (document, lot, sign.name) in judged
        and min(places) < block < max(places)
        for (document, lot), places in lists.items()
    )
