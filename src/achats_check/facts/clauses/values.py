"""Numbers, rates and articles read inside a match."""

from __future__ import annotations

from decimal import Decimal

from achats_check.facts.french import amounts, number_in_letters, parse_number
from achats_check.model.fact import Value
from achats_check.patterns import compiled

_ARTICLE = compiled(r"(?<![\w.])([lrd])\s?[.*]?\s?\*?\s?(\d{4})\s?-\s?(\d{1,3})((?:\s?-\s?\d{1,2}){0,2})(?!\d)")

_DAYS_OF_A_MONTH = 30
"""So that "six mois" and "180 jours", which buyers write for the same delay, are the same."""


def number(text: str) -> Decimal | None:
    """Read "1 200,50", "1.200" (thousands) or "trente" in folded text; None when it is none of them."""
    words = number_in_letters(text)
    return Decimal(words) if words is not None else parse_number(" ".join(text.split()))


def articles(text: str) -> tuple[str, ...]:
    """Return the articles of the code a folded text cites, as "L2113-12", in order."""
    found = []
    for letter, book, rank, rest in _ARTICLE.findall(text):
        suffix = "".join(rest.split())
        found.append(f"{letter.upper()}{book}-{rank}{suffix}")
    return tuple(dict.fromkeys(found))


def read(reading: str, text: str, raw: str) -> Value | None:
    """Read the value of a match.

    Args:
        reading: One of ``lexicon_loading.READINGS``.
        text: The group ``valeur`` of the match, folded.
        raw: The whole sentence, folded (for articles).

    Returns:
        Decimal for "nombre", "pourcent" (0 to 100), "part" (0 to 1) and "montant", int for "entier"
        and "mois_en_jours", a tuple of texts for "articles"; None when nothing can be read.
    """
    if reading == "articles":
        return articles(raw) or None
    rate = reading in ("part", "pourcent")
    value = number(text.replace(".", ",") if rate else text)  # a percentage has no thousands
    if value is None and reading == "montant":
        value = next((amount.value for amount in amounts(text)), None)  # with its unit: "1,2 M€"
    if value is None:
        return None
    if reading == "part":
        return value / 100 if value <= 100 else None
    if reading == "pourcent" and value > 100:
        return None
    if reading == "mois_en_jours":
        value *= _DAYS_OF_A_MONTH
    if reading in ("entier", "mois_en_jours"):
        return int(value) if value == value.to_integral_value() else None
    return value
