"""The number that opens a paragraph, closer to its text than the title above: "4.2 Le titulaire remet" in article 4."""

from __future__ import annotations

from achats_check.model.document import Block
from achats_check.patterns import compiled

_NUMBER = compiled(r"\s*((?:[A-Z]|\d{1,2}|[IVX]{1,5})(?:[.-]\d{1,2}){1,4})(?=\s|[.):–-]\s)")


def article_of(block: Block) -> str:
    """Return the article where a block is found: the number it opens with, when it is one of the article above."""
    above = block.article.rstrip(".")
    if block.kind != "paragraph" or not above:
        return block.article
    found = _NUMBER.match(block.text)
    own = found[1].replace("-", ".") if found is not None else ""
    return own if own.startswith(f"{above}.") else block.article
