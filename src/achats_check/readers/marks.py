"""What a line of text shows by its first or last signs: an item of a list, an entry of a table of contents."""

from __future__ import annotations

from achats_check.patterns import compiled

_BULLET = compiled(r"(?:[-–—•●▪■□❖➢►✓◦‣*·→]|[\ue000-\uf8ff]|[oO](?=\s)|[☐☒☑])\s*\S")
_ITEM = compiled(r"(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\s?[).°]\s+\S|\(?(?:\d{1,2}|[a-z])\)\s*\S")
_CONTENTS = compiled(r"(?s).{2,}?(?:\.\s?){5,}\s*(?:\d{1,4}|Erreur\s?!.*)?$|.{2,}?…{2,}\s*\d{1,4}$")


def is_contents_line(text: str) -> bool:
    """Tell whether a line is an entry of a table of contents: a title, dots, a page number."""
    return _CONTENTS.match(text) is not None


def is_item(text: str) -> bool:
    """Tell whether a line starts with a bullet or the mark of an enumeration."""
    return _BULLET.match(text) is not None or _ITEM.match(text) is not None
