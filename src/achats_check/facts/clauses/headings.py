"""The titles above a block: its own, those of the articles that hold it, and that of its chapter."""

from __future__ import annotations

from itertools import takewhile

from achats_check.facts.clauses.chapters import chapters
from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.patterns import compiled

_COVER = 8
"""Lines within which the name of a piece stands, before its first article."""
_ANNEX = compiled(
    r"annexes?\b(?: (?:n ?° ?)?\w{1,4})?(?: (?:relative|au|a la|du|sur|portant) [^.;:]{0,30})?[ :-]{1,4}"
    r"(?:l'|la |aux? )?(?:[^.;:]{0,24} )?(?:sociale?s?|d'insertion|insertion|clauses? (?:sociales?|d'insertion))\b"
    r"[^.;]{0,60}$"
)
_PIECE = compiled(r"cahier des clauses|c\.?c\.?[at]\.?p|ccp\b|reglement d|acte d'engagement|avis d|sommaire")
_LOT = compiled(r"(?:pour (?:le|les) )?lots? (?:n ?° ?)?\d")


class Headings:
    """Folded titles above each block, through the numbers of its articles ("2.5.1" stands in "2.5" and "2").

    A piece that is the annex of a clause holds nothing else: its name stands above all its articles.
    """

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._own: dict[tuple[str, str], str] = {}
        self._said: dict[tuple[str, str], bool] = {}
        self._titles: dict[str, str] = {}
        for block in blocks:
            if block.kind == "title" and block.article:
                self._titles[block.article.rstrip(".")] = block.text
        self._chapters = chapters(blocks)
        self._annex = _annex_of_a_clause(blocks)

    def above(self, index: int) -> str:
        """Return the folded heading of a block and of the articles above it, one per line."""
        return "\n".join(filter(None, (self.own(index), self._chapters[index], self._annex)))

    def own(self, index: int) -> str:
        """Return the same without its chapter, which may hold more than what it announces."""
        block = self._blocks[index]
        key = (block.article, block.heading)
        found = self._own.get(key)
        if found is None:
            found = self._own[key] = fold("\n".join([block.heading, *self._parents(block.article)]))
        return found

    def say(self, index: int, pattern: str) -> bool:
        """Tell whether the heading above a block, or one of those above it, holds a regular expression."""
        above = self.above(index)
        found = self._said.get((pattern, above))
        if found is None:
            found = self._said[pattern, above] = compiled(pattern).search(above) is not None
        return found

    def _parents(self, article: str) -> list[str]:
        parts = article.rstrip(".").split(".")
        names = (".".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
        return [self._titles[name] for name in names if name in self._titles]


def _annex_of_a_clause(blocks: tuple[Block, ...]) -> str:
    """Return the folded cover of an annex that is a social clause, with its lots; "" for any other piece."""
    cover = list(takewhile(lambda block: not block.article, blocks[:_COVER]))
    lines = [fold(block.text).strip() for block in cover if block.kind in ("paragraph", "title")]
    named = next((rank for rank, line in enumerate(lines) if _ANNEX.match(line)), None)
    if named is None or any(_PIECE.match(line) for line in lines[:named]):
        return ""
    return "\n".join(line for line in lines[named:] if _ANNEX.match(line) or _LOT.match(line))
