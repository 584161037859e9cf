"""Documents in, facts out: roles, extractors, reconciliation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.reconcile import reconcile
from achats_check.facts.roles import with_role
from achats_check.facts.scans import less_sure_of_scans
from achats_check.facts.structure import FAMILIES
from achats_check.facts.structure.from_lots import from_lots
from achats_check.facts.text import Reading
from achats_check.model.document import Document
from achats_check.model.fact import FactSet

if TYPE_CHECKING:
    from achats_check.vocabulary import FactSpec


def extract(
    documents: Sequence[Document],
    vocabulary: Mapping[str, FactSpec],
    lexicon: Any = None,
    notices: tuple[Any, ...] = (),
) -> tuple[tuple[Document, ...], FactSet]:
    """Read the facts of a tender in its pieces.

    Args:
        documents: What the readers handed over.
        vocabulary: The specifications of the facts.
        lexicon: The wording of clauses, from ``facts.lexicon.load_lexicon``; None to leave clauses unread.
        notices: The tables of the fields of notices, from ``facts.notices.tables.load_tables``.

    Returns:
        The documents with their roles, and the facts with their evidence or the ledger of the search.
    """
    tables = _tables(documents, notices)
    known = tuple(_known(document, tables) for document in documents)
    found = [item for document in known for item in _read(document, vocabulary, lexicon, tables)]
    found += from_lots([item for item in found if isinstance(item, Candidate)])
    found = less_sure_of_scans(found, known)
    facts = reconcile(found, known, vocabulary)
    return known, FactSet(list(facts), _lots(found))


def _tables(documents: Sequence[Document], notices: tuple[Any, ...]) -> Mapping[str, Any]:
    """Return the tables of notices by format, when a piece has fields: the others are read without them."""
    if not any(document.blocks and document.blocks[0].pointer for document in documents):
        return {}
    from achats_check.facts.notices.tables import tables

    return tables(notices)


def _known(document: Document, tables: Mapping[str, Any]) -> Document:
    if document.format not in tables:
        return with_role(document)
    from achats_check.facts.notices.role import prepared

    return prepared(document, tables[document.format])


def _read(
    document: Document, vocabulary: Mapping[str, FactSpec], lexicon: Any, tables: Mapping[str, Any]
) -> Iterable[Candidate | NearMiss | Sought]:
    reading = Reading(document)
    if document.format not in tables:
        return _items(reading, lexicon)
    from achats_check.facts.notices.extraction import read_notice

    prose = [] if document.role == "DECP" else _items(reading, lexicon)
    return read_notice(document, tables[document.format], vocabulary, prose)


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
