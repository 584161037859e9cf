"""Whole pieces in the manner of common templates, and everything that is read in them."""

from __future__ import annotations

from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, ACHETEUR, CONFLICT, KNOWN, MARCHE, FactSet, Scope


def read_whole(*pieces: tuple[str, str]) -> FactSet:
    """The facts of a dossier, clauses included, from pairs (role, text)."""
    documents = tuple(piece(text, role) for role, text in pieces)
    return extract(documents, vocabulary(), naming(), terms(), lexicon())[1]


def known(facts: FactSet, scope: Scope = MARCHE) -> dict[str, object]:
    """The values known for a scope."""
    return {f.name: f.value for f in facts if f.scope == scope and f.status == KNOWN}


def of_lot(facts: FactSet, number: str) -> dict[str, object]:
    """The values known for a lot."""
    return known(facts, Scope("lot", number))


def of_buyer(facts: FactSet) -> dict[str, object]:
    """The values known for the buyer."""
    return known(facts, ACHETEUR)


def disputed(facts: FactSet) -> set[str]:
    """Names of the facts whose passages disagree."""
    return {f.name for f in facts if f.status == CONFLICT}


def absent(facts: FactSet) -> set[str]:
    """Names of the facts proven absent from the market."""
    return {f.name for f in facts if f.status == ABSENT and f.scope == MARCHE}


def weights(facts: FactSet, scope: Scope = MARCHE) -> list[tuple[str, int]]:
    """Names and weights of the award criteria."""
    criteria = known(facts, scope).get("criteres", ())
    assert isinstance(criteria, tuple)
    return [(str(item["nom"]), int(item["poids"])) for item in criteria]


def considered(values: dict[str, object]) -> dict[str, object]:
    """Social and environmental facts, reservations and labels: where a wrong reading accuses."""
    families = ("social.", "environnement.", "reservation.", "labels")
    return {name: value for name, value in values.items() if name.startswith(families)}
