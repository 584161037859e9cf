"""A document prepared for reading: folded text whose spans stay valid in the original."""

from __future__ import annotations

from functools import cached_property

from achats_check.facts.apostrophes import with_apostrophes
from achats_check.facts.long_runs import without_long_runs
from achats_check.facts.lot_codes import with_plain_lots
from achats_check.facts.numbered_paragraphs import article_of
from achats_check.facts.other_notices import NOTICES, without_other_notices
from achats_check.facts.questions import without_questions
from achats_check.facts.word_index import WordIndex
from achats_check.model.document import Block, Document
from achats_check.model.fact import Evidence, Location, Value

_FROM = "àâäáãåçéèêëíìîïñóòôöõúùûüÿœæº’‘‛ʼ´`“”«»–—‐‑‒−\u00a0\u202f\u2007\u2009\u200a\u3000"
_TO = "aaaaaaceeeeiiiinooooouuuuyoa°''''''\"\"\"\"------      "
_FOLD = dict(zip(_FROM, _TO, strict=True))


def fold(text: str) -> str:
    """Lower the case, drop accents, unify apostrophes, quotes, dashes and spaces, one character for one.

    Args:
        text: Any text, precomposed (NFC).

    Returns:
        A text of the same length, so that a span of one is a span of the other.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if lowered.isascii():
        return lowered
    for letter in _FOLD.keys() & set(lowered):  # faster than ``translate``, which looks every letter up
        lowered = lowered.replace(letter, _FOLD[letter])
    return lowered


class Reading:
    """One document with its folded blocks and ready-made evidence."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.role = document.home
        self.roles: tuple[str, ...] = (document.home, *document.also)
        """Roles whose wording is looked for: those the piece serves as, or that of what an annex completes."""

    @cached_property
    def _sentences(self) -> list[str]:
        """Text of each block; nothing of a field, read by its path, of other notices, nor of what candidates ask."""
        texts = ["" if block.kind == "field" else block.text for block in self.document.blocks]
        if self.document.role in NOTICES:
            kinds = [block.kind for block in self.document.blocks]
            return without_other_notices(kinds, texts, [fold(text) for text in texts])
        return [without_questions(text) for text in texts] if self.document.role == "QR" else texts

    @cached_property
    def joined(self) -> str:
        """Folded text of the whole document, its blocks separated by a line feed."""
        folded = with_apostrophes(fold("\n".join(self._sentences)))
        return without_long_runs(with_plain_lots(folded))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Folded text of each block, by ``Block.index``."""
        at, found = 0, []
        for text in self._sentences:
            end = at + len(text)
            found.append(self.joined[at:end])
            at = end + 1
        return tuple(found)

    @cached_property
    def words(self) -> WordIndex:
        """Which blocks hold which words."""
        return WordIndex(self.folded)

    def evidence(self, block: Block, start: int = 0, end: int | None = None, value: Value | None = None) -> Evidence:
        """Return the evidence for a span of a block (the whole block by default), trimmed of outer spaces."""
        end = len(block.text) if end is None else end
        while start < end and block.text[start].isspace():
            start += 1
        while end > start and block.text[end - 1].isspace():
            end -= 1
        location = Location(block.page, article_of(block), block.heading, block.index, start, end, block.pointer)
        quote = block.text[start:end]
        return Evidence(self.document.path, self.role, quote, location, value, self.document.label)
