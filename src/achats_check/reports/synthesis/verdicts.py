"""A verdict as people read it: its word and its sign, so that colour is never alone to tell."""

from __future__ import annotations

from achats_check.model.finding import A_VERIFIER, CONFORME, NON_CONFORME, OPPORTUNITE, SANS_OBJET
from achats_check.reports.page.markup import Markup, tag
from achats_check.wording import enum_label

_WORDS = {
    NON_CONFORME: ("✗", "Non conforme"),
    OPPORTUNITE: ("◇", "Opportunité"),
    A_VERIFIER: ("?", "À vérifier"),
    CONFORME: ("✓", "Conforme"),
    SANS_OBJET: ("–", "Sans objet"),
}
_INTERESTS = frozenset({"faible", "moyen", "fort"})


def verdict_word(verdict: str) -> str:
    """Return "Non conforme", "À vérifier" …"""
    return _WORDS[verdict][1] if verdict in _WORDS else enum_label(verdict)


def severity_word(severity: str) -> str:
    """Return "majeure" for a duty, "intérêt fort" for a lever."""
    return f"intérêt {severity}" if severity in _INTERESTS else severity


def chip(verdict: str) -> Markup:
    """Draw a verdict: its sign, then its word, on its colour."""
    sign = _WORDS.get(verdict, ("·",))[0]
    colour = verdict if verdict in _WORDS else SANS_OBJET
    return tag("span", tag("span", sign, aria_hidden="true"), verdict_word(verdict), class_=f"chip c-{colour}")
