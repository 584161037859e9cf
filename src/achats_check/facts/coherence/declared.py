"""What a notice or a contract record declares by its codes, against what the pieces say in words.

A code is often ticked by mistake: each disagreement is told for a person to judge, and accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.chains import FAMILIES, Family, written
from achats_check.facts.coherence.checks import Check, Failure
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import place
from achats_check.model.fact import Evidence
from achats_check.wording import enum_label

DECLARING = ("AAPC", "DECP")
"""Roles of the documents that declare by codes."""
_HOMES = ("RC", "CCAP", "CCP", "AE")
_SURE = 0.8
_NONE = "aucune"


def contradicted(pieces: Pieces) -> Check:
    """Compare each declaration with the pieces, and find those that they contradict."""
    checks = [*_reservations(pieces), *_objectives(pieces)]
    return Check(tuple(e for check in checks for e in check.compared), tuple(f for c in checks for f in c.failures))


def _reservations(pieces: Pieces) -> Iterator[Check]:
    """Compare, scope by scope, a reservation declared or denied with what the rules say of it."""
    told = [c for c in pieces.found if c.name == "reservation.categorie" and c.confidence >= _SURE]
    names = ("reservation.categorie", "reservation.mention_avis", "avis.execution_reservee")
    coded = [c for c in pieces.found if c.name in names and c.confidence >= _SURE]
    for scope in dict.fromkeys(c.scope for c in coded):
        notice = next((c for c in coded if c.scope == scope and c.evidence.role in DECLARING), None)
        drafted = [c for c in told if c.scope == scope and c.evidence.role in _HOMES]
        if notice is None or not drafted:
            continue
        reserved = notice.value not in (_NONE, False)
        same = next((c for c in drafted if (c.value != _NONE) == reserved), None)
        if same is not None:
            yield Check((notice.evidence, same.evidence))
            continue
        lot = f"lot {scope.id} : " if scope.kind == "lot" else ""
        sides = f"{_reserved(notice)} {place(notice.evidence)} ; {_reserved(drafted[0])} {place(drafted[0].evidence)}"
        yield _failed((notice.evidence, drafted[0].evidence), lot + sides)


def _failed(evidence: tuple[Evidence, ...], said: str) -> Check:
    return Check(evidence, (Failure(evidence, said),))


def _reserved(candidate: Candidate) -> str:
    if candidate.value in (_NONE, False):
        return "aucune réservation"
    kind = enum_label(candidate.value) if isinstance(candidate.value, str) else "sans dire à qui"
    return f"réservé ({kind})"


def _objectives(pieces: Pieces) -> Iterator[Check]:
    for family in FAMILIES:
        codes = [c for c in pieces.found if c.name == family.objective and c.evidence.role in DECLARING]
        if codes:
            yield _objective(pieces, family, codes)


def _objective(pieces: Pieces, family: Family, codes: Sequence[Candidate]) -> Check:
    clauses = list(written(pieces, family))
    promised = next((c for c in codes if c.value is True), None)
    if promised is not None:
        answer = next(iter([*clauses, *_answers(pieces, family)]), None)
        if answer is not None:
            return Check((promised.evidence, answer.evidence))
        said = f"un objectif {family.adjective} est déclaré {place(promised.evidence)}, qu'aucune pièce n'écrit"
        return _failed((promised.evidence,), said) if pieces.whole("RC", "CCAP", "CCTP", "AE") else Check(())
    plain = next((c for c in clauses if c.name in family.clauses and c.confidence >= _SURE), None)
    none = codes[0].evidence
    if plain is None:
        return Check((none,))
    said = f"aucun objectif {family.adjective} n'est déclaré {place(none)} ; {family.label} {place(plain.evidence)}"
    return _failed((none, plain.evidence), said)


def _answers(pieces: Pieces, family: Family) -> Iterator[Candidate]:
    """Yield what answers an objective beside a clause: a criterion, the object, a reservation."""
    for candidate in pieces.found:
        if candidate.name in family.answers and candidate.value not in (False, None, _NONE):
            yield candidate
