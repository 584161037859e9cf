"""Parts of a Word file without what only paints, so that they take half the time to parse and to walk.

Word writes borders, sizes, colours, languages and revision identifiers on every run: most of the bytes, none
of them read here. Only empty elements and attributes known by name are cut, from bytes in which nothing but
markup can look like markup.
"""

from __future__ import annotations

from itertools import groupby

from achats_check.patterns import compiled
from achats_check.readers import guards

_PAINT = """
adjustRightInd autoSpaceDE autoSpaceDN bCs bdr between bidi bookmarkEnd bookmarkStart bottom cantSplit caps color
contextualSpacing cs effect gridCol gridSpan highlight i iCs ind jc keepLines keepNext kern lang lastRenderedPageBreak
left noProof noWrap pageBreakBefore position proofErr rStyle right rtl shd smallCaps snapToGrid spacing strike
suppressAutoHyphens sz szCs tblHeader tblInd tblLayout tblLook tblStyle tblW tcW top trHeight u vAlign vertAlign w
webHidden widowControl
"""
"""Elements without contents that the walk never reads."""


def _one_of(names: list[str]) -> str:
    """Return a pattern of names grouped by their first letter, which spares most comparisons."""
    groups = (
        (letter, sorted((name[1:] for name in group), key=len, reverse=True))
        for letter, group in groupby(sorted(names), key=lambda name: name[0])
    )
    return "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in groups)


_EMPTY_ELEMENT = compiled(rf'<w:(?:{_one_of(_PAINT.split())}|tab w:val="[a-z]*")(?: [^<>]*)?/>'.encode())
"""A tab with a value is a tab stop; one without is a character of the text."""
_REVISION = compiled(rb' w(?::rsid\w*|14:(?:para|text)Id)="[0-9A-F]{8}"')
_HOLLOW = tuple(f"<w:{name}></w:{name}>".encode() for name in ("rPr", "tabs", "pPr", "tcPr"))


_SAMPLE = 16_384
"""Bytes from the middle of a part that tell how much paint it has…"""
_WORTH_CUTTING = 0.9
"""…and the share of them left below which cutting it costs less than parsing it."""


def trimmed(data: bytes) -> bytes:
    """Return a part without its paint, or as it is when there is little of it or it cannot be cut safely."""
    middle = len(data) // 2
    sample = data[max(middle - _SAMPLE // 2, 0) : middle + _SAMPLE // 2]
    if len(_cut(sample)) > _WORTH_CUTTING * len(sample) or not is_plain(data):
        return data
    data = _cut(data)
    for hollow in _HOLLOW:
        data = data.replace(hollow, b"")
    return data


def _cut(data: bytes) -> bytes:
    return _REVISION.sub(b"", _EMPTY_ELEMENT.sub(b"", data))


def is_plain(data: bytes) -> bool:
    """Tell whether a part is in UTF-8 without comments nor CDATA, in which what looks like markup may be text."""
    declaration = data[:100].partition(b"?>")[0].lower()
    return not guards.has_markup_declarations(data) and (b"encoding" not in declaration or b"utf-8" in declaration)
