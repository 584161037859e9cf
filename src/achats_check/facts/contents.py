"""A table of contents that announces more articles than the text holds: the piece was cut, or a part is missing."""

from __future__ import annotations

from achats_check.facts.text import fold
from achats_check.model.document import Document
from achats_check.patterns import compiled

_ENTRY = r"\s*(?:article |art\.? ?|chapitre )?(\d{1,2})(?=[\s.:)°–-])"
_FEW = 2
"""Articles that may lack at the end because their titles were not recognised."""


def with_cut(document: Document) -> Document:
    """Return the document, with the reason why its text seems to stop early when its contents announce more."""
    announced, reached = _announced(document), _reached(document)
    if not reached or announced - reached < _FEW or 4 * reached > 3 * announced:
        return document
    told = f"la table des matières annonce {announced} articles, le texte s'arrête à l'article {reached}"
    return document._replace(ends_early=f"{told} : pièce incomplète")


def _announced(document: Document) -> int:
    """Return the highest number of an article in the contents; 0 without contents."""
    found = [compiled(_ENTRY).match(fold(block.text)) for block in document.blocks if block.kind == "toc"]
    return max((int(match[1]) for match in found if match), default=0)


def _reached(document: Document) -> int:
    """Return the highest number of an article in the text; 0 when none is numbered with figures."""
    tops = (block.article.split(".")[0] for block in document.blocks if block.kind == "title")
    return max((int(top) for top in tops if top.isdecimal()), default=0)
