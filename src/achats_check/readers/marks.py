"""What a line of text shows by its first or last signs: an item of a list, an entry of a table of contents."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.readers.cleaning import clean
from achats_check.readers.titles import typed_title

_BULLET = compiled(r"(?:[-–—•●▪■□❖➢►✓◦‣*·→]|[\ue000-\uf8ff]|[oO](?=\s)|[☐☒☑])\s*\S")
_NO_ARTICLE = r"(?![LRDlrd]\s?\.\s*\d{3,4}(?:-\d|\b))"
"""« L. 2124-2 » at the head of a line goes on a sentence that cites articles of a code."""
_ITEM = compiled(
    _NO_ARTICLE + r"(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\s?[).°]\s+\S|\d{1,2}\s?/\s+(?!\d)\S|\(?(?:\d{1,2}|[a-z])\)\s*\S"
)
_ENTRY_END = compiled(r"(?:\d{1,4}|Erreur\s?!.{0,80})$")
_DOTS, _ELLIPSES = 5, 2
"""Fewest dots, or ellipses, that lead to a page number."""


def is_contents_line(text: str) -> bool:
    """Tell whether a line is an entry of a table of contents: a title, dots, a page number.

    Without a number, the dots are those of a form to fill in, unless what stands before is a numbered title.
    """
    if text.count(".") < _DOTS and "…" not in text:
        return False
    number = _ENTRY_END.search(text, max(len(text) - 90, 0))
    stem = (text[: number.start()] if number else text).rstrip()
    name = stem.rstrip(". \t\u00a0…")
    dots = stem[len(name) :]
    if len(name) < 2 or (dots.count(".") < _DOTS and (number is None or dots.count("…") < _ELLIPSES)):
        return False
    return number is not None or typed_title(clean(name)) is not None


def is_item(text: str) -> bool:
    """Tell whether a line starts with a bullet or the mark of an enumeration."""
    return _BULLET.match(text) is not None or _ITEM.match(text) is not None
