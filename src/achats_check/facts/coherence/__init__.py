"""Whether the pieces of a dossier agree: the same figures everywhere, nothing promised and missing, nothing left over.

Each check gives a fact of the vocabulary that is true (the pieces agree), false (they do not, each side quoted),
absent (there was nothing to compare) or unknown (a piece that would tell was not supplied), and beside it what
a message says of the disagreement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.coherence.checks import Check
from achats_check.facts.coherence.leftovers import FACT as LEFTOVERS
from achats_check.facts.coherence.leftovers import leftovers
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import DRAFTED, UNSURE, Outcome
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import Subject
from achats_check.facts.text import Reading
from achats_check.model.document import Document, stands_for
from achats_check.model.fact import ABSENT, DERIVED, KNOWN, MARCHE, UNKNOWN, Evidence, Fact, FactSet, Search, Value
from achats_check.vocabulary import FactSpec

_SURE = 0.9


def confront(
    readings: Sequence[Reading],
    found: Sequence[Candidate | NearMiss | Sought],
    vocabulary: Mapping[str, FactSpec],
    facts: FactSet,
    naming: Naming,
    terms: Subject,
    unread: Sequence[Document] = (),
) -> list[Fact]:
    """Return the facts on the coherence of the pieces of a dossier.

    Args:
        readings: The documents, their roles recognised.
        found: What was read in them.
        vocabulary: The specifications of the facts.
        facts: What was concluded from ``found``.
        naming: How pieces are named.
        terms: What says the coherence of pieces.
        unread: The pieces that were given and could not be read: an annex may be one of them.

    Returns:
        Facts of the market, and the clauses that are no longer known because they are only announced; none
        when no piece is one that a buyer drafts.
    """
    candidates = [item for item in found if isinstance(item, Candidate)]
    pieces = Pieces(
        {reading.document.path: reading for reading in readings},
        candidates,
        vocabulary,
        terms,
        tuple(piece.path for piece in unread),
    )
    drafted = pieces.of(*DRAFTED)
    if not drafted:
        return []
    several = len(drafted) + len(pieces.of("PRIX", "DECP")) > 1
    said = [
        _fact("pieces.lues", True),
        _fact("pieces.plusieurs", several),
        *_leftovers(pieces),
        *_referrals(pieces, naming),
    ]
    if several:
        said += _points(pieces)
        said += _chains(pieces, facts)
    return said


def _leftovers(pieces: Pieces) -> Iterator[Fact]:
    evidence, said = leftovers(pieces)
    yield _fact(LEFTOVERS, bool(said), evidence=evidence)
    yield _gap("restes", said)


def _referrals(pieces: Pieces, naming: Naming) -> Iterator[Fact]:
    from achats_check.facts.coherence.referrals import broken_references

    yield from _checked(pieces, "pieces.renvois_valides", "renvois", broken_references(pieces, naming))


def _points(pieces: Pieces) -> Iterator[Fact]:
    from achats_check.facts.coherence.points import POINTS

    for point, judge in POINTS.items():
        outcome = judge(pieces)
        name = f"pieces.{point}_{_ENDINGS.get(point, 'concordante')}"
        yield _point(pieces, name, outcome)
        yield _gap(point, outcome.said if outcome else "")


_ENDINGS = {
    "nombre_lots": "concordant",
    "criteres": "concordants",
    "heures": "concordantes",
    "conditions": "concordantes",
}
"""French endings of the names of the facts."""


def _point(pieces: Pieces, name: str, outcome: Outcome | None) -> Fact:
    if outcome is None:
        return _nothing(pieces, name)
    return _fact(name, outcome.agrees, outcome.confidence, outcome.evidence)


def _chains(pieces: Pieces, facts: FactSet) -> Iterator[Fact]:
    from achats_check.facts.coherence.annexes import missing_annexes
    from achats_check.facts.coherence.chains import loose_penalties, only_announced, unwritten
    from achats_check.facts.coherence.declared import contradicted

    yield from _checked(pieces, "pieces.clauses_annoncees_ecrites", "clauses", unwritten(pieces))
    yield from _checked(pieces, "pieces.penalites_rattachees", "penalites", loose_penalties(pieces))
    yield from _checked(pieces, "pieces.avis_concordant", "avis", contradicted(pieces))
    yield from _checked(pieces, "pieces.annexes_fournies", "annexes", missing_annexes(pieces))
    yield from only_announced(pieces, facts)


def _checked(pieces: Pieces, name: str, point: str, check: Check | None) -> Iterator[Fact]:
    """Yield the fact of a check whose failures only a person can confirm, and what it says of them.

    None stands for a check that waits for a piece.
    """
    if check is None:
        yield Fact(name, MARCHE, None, UNKNOWN, DERIVED, search=_search(pieces, name))
        yield _gap(point, "")
        return
    if check.compared:
        yield _fact(name, not check.failures, UNSURE if check.failures else _SURE, check.evidence)
    else:
        yield _nothing(pieces, name)
    yield _gap(point, check.said)


def _nothing(pieces: Pieces, name: str) -> Fact:
    """Nothing could be compared: for want of a piece, or because the pieces do not speak of it."""
    search = _search(pieces, name)
    return Fact(name, MARCHE, None, UNKNOWN if search.missing else ABSENT, DERIVED, search=search)


def _search(pieces: Pieces, name: str) -> Search:
    whole = (reading.document for reading in pieces.readings.values() if not reading.document.partly_read)
    read = frozenset(role for document in whole for role in document.roles)
    homes = pieces.vocabulary[name].pieces
    missing = tuple(role for role in homes if not stands_for(role, read))
    return Search(tuple(role for role in homes if role in read), missing)


def _fact(name: str, value: Value, confidence: float = 1.0, evidence: tuple[Evidence, ...] = ()) -> Fact:
    return Fact(name, MARCHE, value, KNOWN, DERIVED, confidence, evidence)


def _gap(point: str, said: str) -> Fact:
    """Return what a message says of a disagreement, absent when the pieces agree; the check holds the passages."""
    return Fact(f"pieces.ecart_{point}", MARCHE, said or None, KNOWN if said else ABSENT, DERIVED)
