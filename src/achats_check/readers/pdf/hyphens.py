"""Words broken at the end of a line: joined when the document shows the whole word, else left with their hyphen."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.readers.pdf.engine import BROKEN_WORD

_WORD = compiled(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUND_STARTS = """
sous non ci là vice mi semi auto demi co après avant contre entre éco socio plus moins tiers celui celle ceux celles
week rendez chef procès main savoir sur compte porte mot au par peut est elle il t c quelques grand micro télé multi
inter méta post pré pro anti bi tri extra intra hors lui eux même mêmes
"""
"""First halves of compounds, which keep their hyphen whatever the document shows."""
_COMPOUNDS = frozenset(_COMPOUND_STARTS.split())
_FREQUENT = 1.0
"""Breaks per page from which a document is set with hyphenation."""


class Hyphens:
    """Judges broken words by the vocabulary of the whole document.

    Args:
        text: Text of the document, broken words still marked.
        pages: Number of pages.
    """

    def __init__(self, text: str, pages: int) -> None:
        breaks = text.count(BROKEN_WORD)
        self._words = frozenset(word.lower() for word in _WORD.findall(text)) if breaks else frozenset[str]()
        self._hyphenated = breaks > _FREQUENT * max(pages, 1)

    def mend(self, text: str) -> str:
        """Return a text with its broken words joined, with or without their hyphen."""
        first, *rest = text.split(BROKEN_WORD) if BROKEN_WORD in text else [text]
        for part in rest:
            first, part = first.rstrip(), part.lstrip()
            before, after = _last_letters(first), _first_letters(part)
            first += part if self._is_one_word(before, after) else f"-{part}"
        return first

    def _is_one_word(self, before: str, after: str) -> bool:
        if not before or not after or not after[0].islower():
            return False
        if f"{before}-{after}".lower() in self._words or before.lower() in _COMPOUNDS:
            return False
        return (before + after).lower() in self._words or (self._hyphenated and not before.isupper())


def _last_letters(text: str) -> str:
    return next((text[at:] for at in range(len(text), 0, -1) if not text[at - 1].isalpha()), text)


def _first_letters(text: str) -> str:
    return next((text[:at] for at, sign in enumerate(text) if not sign.isalpha()), text)
