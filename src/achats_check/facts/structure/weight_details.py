"""Weights that are not percentages of the whole: those in parentheses that detail the one before them, and tenths."""

from __future__ import annotations

import re
from decimal import Decimal

from achats_check.patterns import compiled

_DETAILS = r"(?<!\d)(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|points?\b|pts?\b) ?\(([^()\n]{3,240})\)"
_HEAD = (
    r"\W{0,4}[^\n\t:\d]{3,80}? ?: ?\d{1,3}(?:[.,]\d{1,2})? ?(?:%|points?\b|pts?\b)"
    r"(?=[.,;] ?[^\W\d]| ?\((?=[^\n]{0,80}(?: x |[*×/=]|formule))[^\n]{3,160}\)\s*[.;]?\s*$)"
    r"(?![^\n]*\d ?(?:%|points?\b|pts?\b))"
)
"""A criterion and its weight before a sentence about it, which gives no other weight: "Prix : 40 points. Note = …"."""
_TENTHS = r"(?<![\d.,/])(\d{1,2}) ?/ ?10 ?(?:emes?|es?)\b"
_OUT_OF_A_HUNDRED = r"(?<![\d.,/])(\d{1,2}) sur (?:100|cent)\b(?! ?\d)"
_FIGURE = r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})?(?![\d.,]\d)"

_RANK = r"(?:^|[\s;,–-])\d{1,2}\s?[).](?=\s)"
"""The number of a part among others: "1) moyens 25, 2) planning 15"."""


def without_details(folded: str) -> str:
    """Return a passage with blanks in the place of such details, so that its spans stay valid.

    Args:
        folded: Folded text. Parentheses whose figures, two or more, do not add up to the weight stay.
    """
    return compiled(_DETAILS).sub(_blanked, folded) if "(" in folded else folded


def without_parts(name: str, weight: Decimal) -> str:
    """Return the name of a criterion without the parts that detail it, whose figures add up to its weight.

    "Valeur technique : a) moyens 25 - b) planning 15", of weight 40, is "Valeur technique".
    """
    head, sign, rest = name.partition(":")
    parts = [Decimal(part.replace(",", ".")) for part in compiled(_FIGURE).findall(compiled(_RANK).sub(" ", rest))]
    return head if sign and len(parts) > 1 and sum(parts) == weight else name


def out_of_a_hundred(folded: str) -> str:
    """Return a passage with percentages for tenths and for parts of a hundred, of the same length.

    "3/10e de la note" weighs 30 %, "40 sur 100" weighs 40 %.
    """
    folded = compiled(_TENTHS).sub(_percent, folded) if "/" in folded else folded
    if " sur 100" not in folded and " sur cent" not in folded:
        return folded
    return compiled(_OUT_OF_A_HUNDRED).sub(lambda found: f"{found[1]} %".ljust(len(found.group())), folded)


def _percent(match: re.Match[str]) -> str:
    return f"{int(match[1]) * 10} %".ljust(len(match.group())) if int(match[1]) <= 10 else match.group()


def _blanked(match: re.Match[str]) -> str:
    parts = [Decimal(part.replace(",", ".")) for part in compiled(_FIGURE).findall(match[2])]
    if len(parts) < 2 or sum(parts) != Decimal(match[1].replace(",", ".")):
        return match.group()
    kept = match.start(2) - 1 - match.start()
    return match.group()[:kept] + " " * (len(match.group()) - kept)


def head_of(folded: str) -> str:
    """Return the name and the weight that a line opens with, without what it says of them; else the whole line."""
    match = compiled(_HEAD).match(folded) if ":" in folded else None
    return match.group() if match is not None else folded
