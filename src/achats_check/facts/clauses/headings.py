"""The titles above a block: its own, and those of the articles that hold it."""

from __future__ import annotations

from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.patterns import compiled


class Headings:
    """Folded titles above each block, through the numbers of its articles ("2.5.1" stands in "2.5" and "2")."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._above: dict[tuple[str, str], str] = {}
        self._said: dict[tuple[str, str], bool] = {}
        self._titles: dict[str, str] = {}
        for block in blocks:
            if block.kind == "title" and block.article:
                self._titles[block.article.rstrip(".")] = block.text

    def above(self, index: int) -> str:
        """Return the folded heading of a block and of the articles above it, one per line."""
        block = self._blocks[index]
        key = (block.article, block.heading)
        found = self._above.get(key)
        if found is None:
            found = self._above[key] = fold("\n".join([block.heading, *self._parents(block.article)]))
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
