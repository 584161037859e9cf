"""What a line of text shows by its first or last signs: an item of a list, an entry of a table of contents."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.readers.cleaning import clean
from achats_check.readers.titles import typed_title

_BULLET = compiled(r"(?:[-–—•●▪■□❖➢►✓◦‣*·→]|[\ue000-\uf8ff]|[oO](?=\s)|[☐☒☑])\s*\S")
_ITEM = compiled(r"(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\s?[).°]\s+\S|\(?(?:\d{1,2}|[a-z])\)\s*\S")
_CONTENTS = compiled(r"(?s).{2,}?(?:\.\s?){5,}\s*(?:\d{1,4}|Erreur\s?!.*)$|.{2,}?…{2,}\s*\d{1,4}$")
_DOTS_ONLY = compiled(r"(?s)(.{2,}?)(?:\.\s?){5,}$")


def is_contents_line(text: str) -> bool:
    """Tell whether a line is an entry of a table of contents: a title, dots, a page number.

    Without a number, the dots are those of a form to fill in, unless what stands before is a numbered title.
    """
    if text.count(".") < 5 and "…" not in text:
        return False
    if _CONTENTS.match(text) is not None:
        return True
    unnumbered = _DOTS_ONLY.match(text)
    return unnumbered is not None and typed_title(clean(unnumbered[1])) is not None


def is_item(text: str) -> bool:
    """Tell whether a line starts with a bullet or the mark of an enumeration."""
    return _BULLET.match(text) is not None or _ITEM.match(text) is not None
