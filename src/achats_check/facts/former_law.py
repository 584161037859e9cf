"""Pieces that cite only a law of the past: either they are old, or their template is."""

from __future__ import annotations

from collections.abc import Iterable

from achats_check.facts.text import fold
from achats_check.model.document import Document
from achats_check.patterns import compiled

_TODAY_S = r"commande publique|2018-107[45]\b|\b[lr]\.? ?2[1-6]\d\d-\d"
"""The code in force since April 2019, or one of its articles."""
_FORMER = (
    (r"2015-899|2016-360", "l'ordonnance n° 2015-899 ou son décret, abrogés le 1er avril 2019"),
    (r"code des marches publics", "le code des marchés publics, abrogé le 1er avril 2016"),
)
"""From the latest to the oldest: pieces of a time of passage cite both."""
_LITERALS = ("commande", "2018-107", "2015-899", "2016-360", "march", ".2", ". 2")


def former_law(documents: Iterable[Document]) -> str:
    """Return the law of the past that pieces cite, with the day it ended, "" when one cites that of today, or none.

    Args:
        documents: The pieces that were read. Notices are left aside: they say their own date.
    """
    found = ""
    for document in documents:
        for block in document.blocks:
            if block.pointer or not any(literal in block.text.casefold() for literal in _LITERALS):
                continue
            folded = fold(block.text)
            if compiled(_TODAY_S).search(folded):
                return ""
            said = next((name for pattern, name in _FORMER if compiled(pattern).search(folded)), "")
            found = _FORMER[0][1] if _FORMER[0][1] in (found, said) else said or found
    return found
