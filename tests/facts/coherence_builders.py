"""Dossiers of a few lines read with the shipped lexicon, and what tests read in the facts on coherence."""

from __future__ import annotations

from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.document import Document
from achats_check.model.fact import FactSet


def dossier(*documents: Document, **texts: str) -> FactSet:
    """The facts of a dossier, from documents or from the texts of pieces by role."""
    given = [*documents, *(piece(text, role) for role, text in texts.items())]
    return extract(given, vocabulary(), naming(), terms(), lexicon())[1]


WHOLE = {
    "RC": "# 1 Objet\nConsultation de services.",
    "CCAP": "# 1 Objet\nPrestations de services.",
    "CCTP": "# 1 Description\nLes prestations sont décrites ci-dessous.",
    "AE": "# 1 Contractant\nLe signataire s'engage.",
}
"""The four pieces of a dossier, saying nothing in particular."""


def verdict(facts: FactSet, name: str) -> object:
    """Return whether the pieces agree: True, False, or the status when nothing was concluded."""
    fact = facts.get(name)
    return None if fact is None else fact.value if fact.status == "known" else fact.status


def said(facts: FactSet, point: str) -> str:
    """Return what a message would say of a disagreement."""
    fact = facts.get(f"pieces.ecart_{point}")
    return str(fact.value or "") if fact is not None else ""


def sure(facts: FactSet, name: str) -> bool:
    """Return whether a disagreement is certain enough to accuse."""
    fact = facts.get(name)
    return fact is not None and fact.confidence >= 0.6


def numbered(role_title: str, count: int, **bodies: str) -> str:
    """Write a piece of ``count`` articles; ``a3="…"`` is the body of article 3."""
    lines = [role_title]
    for number in range(1, count + 1):
        lines += [f"# {number} Disposition {number}", bodies.get(f"a{number}", "Texte de cet article.")]
    return "\n".join(lines)
