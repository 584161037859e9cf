"""Documents in, facts out: roles, extractors, reconciliation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
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

_STATING_CLAUSES = ("CCP", "CCAP", "CCTP", "AE", "RC")
_NOTHING = (False, "aucune", "aucun")
"""Values that say that there is no clause."""


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

        clauses = list(find_clauses(reading, lexicon))
        yield from clauses
        if reading.role == "AUTRE":
            known = {item.name for item in clauses if isinstance(item, Candidate)}
            yield from _perhaps(reading, lexicon, known)


def _perhaps(reading: Reading, lexicon: Any, known: Set[str]) -> Iterator[NearMiss]:
    """Yield what would be a clause in a piece that states clauses, in one that was not recognised as such.

    An annex that nothing attaches to its piece may be part of the contract: its passages say nothing for sure, and
    keep anyone from saying that the clause is nowhere.
    """
    from achats_check.facts.clauses import find_clauses

    as_if = Reading(reading.document)
    as_if.roles = _STATING_CLAUSES
    for item in find_clauses(as_if, lexicon):
        if isinstance(item, Candidate) and item.name not in known and item.value not in _NOTHING:
            yield NearMiss(item.name, item.evidence, "dans une pièce dont le rôle n'est pas reconnu", undecided=True)


def _lots(found: Sequence[Candidate | NearMiss | Sought]) -> tuple[str, ...]:
    """Return the numbers of the lots in the order of the documents."""
    return tuple(
        dict.fromkeys(
            item.scope.id
            for item in found
            if isinstance(item, Candidate) and item.scope.kind == "lot" and item.name == "objet"
        )
    )
