"""Documents in, facts out: roles, extractors, reconciliation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.reconcile import reconcile
from achats_check.facts.roles import with_role
from achats_check.facts.roles.labels import with_labels
from achats_check.facts.structure import FAMILIES
from achats_check.facts.structure.from_lots import from_lots
from achats_check.facts.text import Reading
from achats_check.facts.versions import with_versions
from achats_check.model.document import STATING_NOTHING, Document
from achats_check.model.fact import FactSet

if TYPE_CHECKING:
    from achats_check.vocabulary import FactSpec


def extract(
    documents: Sequence[Document],
    vocabulary: Mapping[str, FactSpec],
    lexicon: Any = None,
    unread: Sequence[str] = (),
) -> tuple[tuple[Document, ...], FactSet]:
    """Read the facts of a tender in its pieces.

    Args:
        documents: What the readers handed over.
        vocabulary: The specifications of the facts.
        lexicon: The wording of clauses, from ``facts.lexicon.load_lexicon``; None to leave clauses unread.
        unread: Paths of the pieces that could not be read: nothing they may hold can be said absent.

    Returns:
        The documents with their roles, and the facts with their evidence or the ledger of the search.
    """
    known = with_labels(with_versions([with_role(document) for document in documents]))
    stating = [document for document in known if document.role not in STATING_NOTHING]
    readings = [Reading(document) for document in stating]
    found = [item for reading in readings for item in _items(reading, lexicon)]
    found += from_lots([item for item in found if isinstance(item, Candidate)])
    facts = reconcile(found, stating, vocabulary, unread)
    return known, FactSet(list(facts), _lots(found))


def _items(reading: Reading, lexicon: Any) -> Iterator[Candidate | NearMiss | Sought]:
    for find in FAMILIES:
        yield from find(reading)
    if lexicon is not None:
        from achats_check.facts.clauses import find_clauses

        yield from find_clauses(reading, lexicon)


def _lots(found: Sequence[Candidate | NearMiss | Sought]) -> tuple[str, ...]:
    """Return the numbers of the lots in the order of the documents."""
    return tuple(
        dict.fromkeys(
            item.scope.id
            for item in found
            if isinstance(item, Candidate) and item.scope.kind == "lot" and item.name == "objet"
        )
    )
