"""The chapters of a piece: titles that hold articles, and have no number of article themselves."""

from typing import NamedTuple

from achats_check.facts.roman import ARABIC
from achats_check.facts.text import fold
from achats_check.model.document import Block
from achats_check.patterns import compiled

_CHAPTER = compiled(
    r"(?i)\W{0,3}(?:chapitre|titre|partie|section|volet)\s+(?:n\s?°\s?)?(?P<number>\d{1,2}|[ivx]{1,5}|[a-k])\b"
)


class _Chapter(NamedTuple):
    title: str
    level: int
    numbers: tuple[str, ...]
    """How the numbers of its articles may begin: "6." in "Chapitre 6", "VI." and "6." in "Titre VI"."""

    def holds(self, title: Block) -> bool:
        """Tell whether a title is of a deeper level, or numbered as an article of this chapter."""
        return title.level > self.level or title.article.upper().startswith(self.numbers)


def chapters(blocks: tuple[Block, ...]) -> list[str]:
    """Return the folded title of the chapter of each block, "" outside of one and for the titles of chapters."""
    found = []
    chapter: _Chapter | None = None
    for block in blocks:
        if block.kind == "title" and (chapter is None or not chapter.holds(block)):
            chapter = _opened(block)
        found.append(fold(chapter.title) if chapter is not None and block.heading != chapter.title else "")
    return found


def _opened(title: Block) -> _Chapter | None:
    match = _CHAPTER.match(title.text) if not title.article else None
    if match is None:
        return None
    number = match["number"].upper()
    return _Chapter(title.text, title.level, tuple({f"{number}.", f"{ARABIC.get(number, number)}."}))
