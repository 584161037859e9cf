"""Documents in, facts out: roles, extractors, reconciliation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.coherence import confront
from achats_check.facts.pieces_of_lots import of_their_lots
from achats_check.facts.recognition import recognised, tables_for
from achats_check.facts.reconcile import reconcile
from achats_check.facts.roles.labels import with_labels
from achats_check.facts.scans import less_sure_of_scans
from achats_check.facts.stages import without_dates_of_candidates
from achats_check.facts.structure import read_structure
from achats_check.facts.structure.firm import without_firm_parts
from achats_check.facts.structure.framework import without_framework_terms
from achats_check.facts.structure.from_lots import from_lots
from achats_check.facts.structure.from_periods import from_periods
from achats_check.facts.structure.variants_offered import with_rules_of_the_market
from achats_check.facts.text import Reading
from achats_check.model.document import STATING_NOTHING, Document
from achats_check.model.fact import FactSet

if TYPE_CHECKING:
    from achats_check.facts.roles.naming import Naming
    from achats_check.facts.terms import Terms
    from achats_check.vocabulary import FactSpec

_STATING_CLAUSES = ("CCP", "CCAP", "CCTP", "AE", "RC")
_NOTHING = (False, "aucune", "aucun")
"""Values that say that there is no clause."""


def extract(
    documents: Sequence[Document],
    vocabulary: Mapping[str, FactSpec],
    naming: Naming,
    terms: Terms,
    lexicon: Any = None,
    notices: tuple[Any, ...] = (),
    unread: Sequence[Document] = (),
) -> tuple[tuple[Document, ...], FactSet]:
    """Read the facts of a tender in its pieces.

    Args:
        documents: What the readers handed over.
        vocabulary: The specifications of the facts.
        naming: How pieces are named.
        terms: What says the structured facts.
        lexicon: The wording of clauses, from ``facts.lexicon.load_lexicon``; None to leave clauses unread.
        notices: The tables of the fields of notices, from ``facts.notices.tables.load_tables``.
        unread: The pieces that could not be read, as ``roles.expected`` gives them: nothing that they may hold can
            be said absent.

    Returns:
        The documents with their roles, and the facts with their evidence or the ledger of the search.
    """
    tables = tables_for(documents, notices)
    known = with_labels(recognised(documents, naming, tables))
    stating = [document for document in known if document.role not in STATING_NOTHING]
    readings = [Reading(document) for document in stating]
    read = less_sure_of_scans(
        [item for reading in readings for item in _read(reading, vocabulary, terms, lexicon, tables)], known
    )
    apart: Iterable[Candidate] = ()
    if lexicon is not None:
        from achats_check.facts.clauses.annexes import with_annexes_at_hand
        from achats_check.facts.clauses.implied import with_implied
        from achats_check.facts.clauses.limited import limited
        from achats_check.facts.clauses.sanctions import with_sanctions_of_cctp
        from achats_check.facts.clauses.signs import without_idle
        from achats_check.facts.criteria_of_lots import without_signs_in_their_lists
        from achats_check.facts.lots_apart import lots_apart
        from achats_check.facts.unknown_criteria import unknown_criteria

        read = list(with_annexes_at_hand(read, stating))
        read = list(without_signs_in_their_lists(read))
        read += unknown_criteria(read, lexicon, terms["criteres"]["natures"])
        read = list(with_implied(with_sanctions_of_cctp(limited(without_idle(read)), stating)))
        apart = lots_apart([item for item in read if isinstance(item, Candidate)])
    read = without_firm_parts(without_framework_terms(list(of_their_lots(read, stating))))
    read = list(without_dates_of_candidates(list(with_rules_of_the_market(read))))
    made = [*read, *apart, *from_periods(read)]
    found = [*made, *from_lots([item for item in made if isinstance(item, Candidate)])]
    facts = reconcile(found, stating, vocabulary, unread)
    facts = facts.merged(*confront(readings, read, vocabulary, facts, naming, terms["coherence"], unread))
    if lexicon is not None:
        from achats_check.facts.clauses.implied import own_clause

        facts = facts.merged(*own_clause(facts))
    return known, FactSet(list(facts), _lots(found))


def _read(
    reading: Reading, vocabulary: Mapping[str, FactSpec], terms: Terms, lexicon: Any, tables: Mapping[str, Any]
) -> Iterable[Candidate | NearMiss | Sought]:
    document = reading.document
    if document.format not in tables:
        return _items(reading, terms, lexicon)
    from achats_check.facts.notices.extraction import read_notice

    prose = [] if document.role == "DECP" else _items(reading, terms, lexicon)
    return read_notice(document, tables[document.format], vocabulary, terms, prose)


def _items(reading: Reading, terms: Terms, lexicon: Any) -> Iterator[Candidate | NearMiss | Sought]:
    yield from read_structure(reading, terms)
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
