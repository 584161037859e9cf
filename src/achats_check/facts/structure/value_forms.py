"""Amounts of a form whose label gives the unit: "Valeur estimée (en euros) hors TVA : 1 350 000"."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.french import parse_number
from achats_check.facts.structure.scan import Text, said
from achats_check.facts.structure.value_scope import of_a_part
from achats_check.facts.terms import Subject
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

_LABELS = (
    ("valeur_estimee_ht", r"(?:valeur|montant|cout)s? [^:\n]{0,30}?(?:estime|previsionnel)", ("estim", "previsionnel")),
    ("valeur_maximale_ht", r"(?:valeur|montant)s? [^:\n]{0,30}?maxim", ("maxim",)),
)
_UNIT = r"[^:\n]{0,60}(?:\b(?:en euros|eur|euros ht|hors tva|hors taxes?)\b|\((?:euros?|€)\))[^:\n]{0,30}[:\t]"
_ALONE = (
    r"\s*(?:(?:eur|€) ?)?(\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?|\d{3,9}(?:[.,]\d{1,2})?)"
    r"\s*(?:\(?(?:h\.?t\b\.?|hors (?:tva|taxes?))\)?)?\s*\.?\s*$"
)
_TAXED = r"\bttc\b|toutes taxes"
_CONFIDENCE = 0.9


def in_forms(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield the amounts that stand alone after a label that says euros."""
    for name, label, literals in _LABELS:
        for index in text.having(*literals):
            folded = text.folded[index]
            match = compiled(rf"\W{{0,3}}(?:{label}){_UNIT}").match(folded)
            figure = compiled(_ALONE).match(folded, match.end()) if match else None
            told = match.group() if match else ""
            if figure is None or compiled(_TAXED).search(told) or of_a_part(told, terms):
                continue
            value = parse_number(figure[1])
            if value:
                yield said(reading, name, value, text.blocks[index], (0, len(folded)), _CONFIDENCE)
