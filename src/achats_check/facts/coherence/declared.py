"""What a notice or a contract record declares by its codes, against what the pieces say in words.

A code is often ticked by mistake: each disagreement is told for a person to judge, and accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.chains import FAMILIES, Family, written
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import place
from achats_check.model.fact import Evidence
from achats_check.wording import enum_label

DECLARING = ("AAPC", "DECP")
"""Roles of the documents that declare by codes."""
_HOMES = ("RC", "CCAP", "CCP", "AE")
_OBJECTIVES = {"clause sociale": "avis.objectif_social", "clause environnementale": "avis.objectif_environnemental"}
_ANSWERS = {
    "clause sociale": ("social.critere", "social.objet_ou_specification"),
    "clause environnementale": ("environnement.critere",),
}
"""What answers an objective beside a clause, by family; a reservation answers a social one."""
_SURE = 0.8
_NONE = "aucune"


class Declared(NamedTuple):
    """A declaration and what contradicts it."""

    evidence: tuple[Evidence, ...]
    said: str


def contradicted(pieces: Pieces) -> tuple[bool, list[Declared]]:
    """Return whether any declaration could be compared, and those that the pieces contradict."""
    checked, found = False, []
    for compared, declared in (*_reservations(pieces), *_objectives(pieces)):
        checked = checked or compared
        found += [declared] if declared is not None else []
    return checked, found


def _reservations(pieces: Pieces) -> Iterator[tuple[bool, Declared | None]]:
    """Compare, scope by scope, a reservation declared or denied with what the rules say of it."""
    told = [c for c in pieces.found if c.name == "reservation.categorie" and c.confidence >= _SURE]
    coded = [c for c in pieces.found if c.name in ("reservation.categorie", "reservation.mention_avis")]
    for scope in dict.fromkeys(c.scope for c in coded):
        notice = next((c for c in coded if c.scope == scope and c.evidence.role in DECLARING), None)
        drafted = [c for c in told if c.scope == scope and c.evidence.role in _HOMES]
        if notice is None or not drafted:
            continue
        reserved = notice.value not in (_NONE, False)
        if any((c.value != _NONE) == reserved for c in drafted):
            yield True, None
            continue
        lot = f"lot {scope.id} : " if scope.kind == "lot" else ""
        sides = f"{_reserved(notice)} {place(notice.evidence)} ; {_reserved(drafted[0])} {place(drafted[0].evidence)}"
        yield True, Declared((notice.evidence, drafted[0].evidence), lot + sides)


def _reserved(candidate: Candidate) -> str:
    if candidate.value in (_NONE, False):
        return "aucune réservation"
    kind = enum_label(candidate.value) if isinstance(candidate.value, str) else "sans dire à qui"
    return f"réservé ({kind})"


def _objectives(pieces: Pieces) -> Iterator[tuple[bool, Declared | None]]:
    for family in FAMILIES:
        codes = [c for c in pieces.found if c.name == _OBJECTIVES[family.label] and c.evidence.role in DECLARING]
        if codes:
            yield _objective(pieces, family, codes)


def _objective(pieces: Pieces, family: Family, codes: Sequence[Candidate]) -> tuple[bool, Declared | None]:
    clauses = list(written(pieces, family))
    promised = next((c for c in codes if c.value is True), None)
    adjective = family.label.removeprefix("clause ").replace("sociale", "social").replace("tale", "tal")
    if promised is not None:
        if clauses or _answered(pieces, family):
            return True, None
        if not pieces.whole("RC", "CCAP", "CCTP", "AE"):
            return False, None
        said = f"un objectif {adjective} est déclaré {place(promised.evidence)}, qu'aucune pièce n'écrit"
        return True, Declared((promised.evidence,), said)
    plain = next((c for c in clauses if c.name in family.clauses and c.confidence >= _SURE), None)
    if plain is None:
        return True, None
    said = (
        f"aucun objectif {adjective} n'est déclaré {place(codes[0].evidence)} ; {family.label} {place(plain.evidence)}"
    )
    return True, Declared((codes[0].evidence, plain.evidence), said)


def _answered(pieces: Pieces, family: Family) -> bool:
    names = _ANSWERS[family.label]
    reserved = family.label == "clause sociale" and any(
        c.name == "reservation.categorie" and c.value != _NONE and c.evidence.role in _HOMES for c in pieces.found
    )
    return reserved or any(c.name in names and c.value is True for c in pieces.found)
