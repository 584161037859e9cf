"""Qualified names of OpenDocument elements and attributes, by their usual prefixes."""

from __future__ import annotations

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "form": f"{_OASIS}form:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def q(name: str) -> str:
    """Return the qualified name of "text:p" and the like."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


P, H, LIST, SPAN = q("text:p"), q("text:h"), q("text:list"), q("text:span")
TABLE, ROW, CELL, COVERED = q("table:table"), q("table:table-row"), q("table:table-cell"), q("table:covered-table-cell")
STYLE_NAME = q("text:style-name")
FRAMES = frozenset(
    map(q, ("draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:polygon", "draw:g", "draw:a"))
)
"""Drawings that may hold text."""
ROW_GROUPS = frozenset(map(q, ("table:table-header-rows", "table:table-rows", "table:table-row-group")))


def count(text: str | None, default: int = 1, limit: int = 100_000) -> int:
    """Return a count written in an attribute, at most ``limit``; the default when it is missing or malformed."""
    return min(int(text), limit) if text and text.isascii() and text.isdigit() and len(text) < 12 else default
