"""Finding the few blocks worth a regular expression, and saying what was read in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from achats_check.facts.announcing import MIN_PIECE
from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.structure.choices import EMPTY, without_open_answers, without_unticked
from achats_check.facts.terms import Term
from achats_check.facts.text import Reading
from achats_check.facts.word_index import blocks_of
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope, Value
from achats_check.patterns import compiled


class Text:
    """The folded text of a document, with an index from literals to blocks."""

    def __init__(self, reading: Reading) -> None:
        self.blocks = reading.document.blocks
        boxed = any(sign in reading.joined for sign in EMPTY)
        answers = "oui" in reading.joined and "non" in reading.joined
        self.folded = without_unticked(reading.folded) if boxed else reading.folded
        self.folded = without_open_answers(self.folded) if answers else self.folded
        self.joined = "\n".join(self.folded) if boxed or answers else reading.joined
        self._words = reading.words
        """The words before anything was blanked: they may say too much, never too little."""
        self._having: dict[str, frozenset[int]] = {}
        self.starts: list[int] = []
        at = 0
        for folded in self.folded:
            self.starts.append(at)
            at += len(folded) + 1

    def having(self, *literals: str) -> list[int]:
        """Return the indexes of the blocks that hold one of the literals, without contents and footers."""
        found: set[int] = set()
        for literal in literals:
            known = self._having.get(literal)
            if known is None:
                known = self._having[literal] = frozenset(self._look_for(literal))
            found |= known
        return [index for index in sorted(found) if self.is_body(index)]

    def announced(self, terms: Iterable[Term]) -> list[int]:
        """Return the indexes of the blocks that hold the words of one of the terms, without contents and footers."""
        found = 0
        for term in terms:
            found |= self._words.holding(term.words)
        return [index for index in blocks_of(found) if self.is_body(index)]

    def _look_for(self, literal: str) -> Iterator[int]:
        """Yield the blocks that hold a literal, having its longest word looked for first."""
        longest = max(literal.split(), key=len)
        if len(longest) >= MIN_PIECE:
            for index in blocks_of(self._words.with_item(longest)):
                if literal in self.folded[index]:
                    yield index
            return
        at = self.joined.find(literal)
        while at >= 0:
            index = bisect_right(self.starts, at) - 1
            yield index
            at = self.joined.find(literal, self.starts[index] + len(self.folded[index]))

    def is_body(self, index: int) -> bool:
        """Return False for a page footer and for a line of a table of contents."""
        if self.blocks[index].kind in ("footer", "toc"):
            return False
        folded = self.folded[index]
        return "...." not in folded or not compiled(
            r"(?<!\.)\.{4,}[ .]{0,9}\d{1,3}(?! ?(?:points?|pts?|%|€|eur|mois|jours))(?:\s|$)"
        ).search(folded)

    def following(self, index: int, count: int) -> Iterator[int]:
        """Yield the next body blocks that hold something, at most ``count`` of them."""
        for later in range(index + 1, len(self.blocks)):
            if count <= 0:
                return
            if self.folded[later].strip() and self.is_body(later) and self.blocks[later].kind != "header":
                count -= 1
                yield later

    def rows_under(self, header: int, most: int) -> Iterator[int]:
        """Yield the rows of a table below its titles, at most so many, as long as they have as many cells."""
        head = self.blocks[header]
        for later in self.following(header, most):
            row = self.blocks[later]
            if row.table != head.table or len(row.cells) != len(head.cells):
                return
            yield later

    def around(self, index: int, before: int = 1, after: int = 1) -> str:
        """Return the folded text of a block with its neighbours and its heading."""
        parts = self.folded[max(0, index - before) : index + after + 1]
        return "\n".join(parts)


_texts: WeakKeyDictionary[Reading, Text] = WeakKeyDictionary()


def text_of(reading: Reading) -> Text:
    """Return the indexed text of a reading, built once for all extractors."""
    found = _texts.get(reading)
    if found is None:
        found = _texts[reading] = Text(reading)
    return found


_SENTENCE_END = (
    r"(?<![ (][lrdn])(?<!^[lrdn])(?<! art)\.(?=\s|$)|\n|\t| ;"
    r"|(?<=[a-z]{2})\.(?=(?:les?|la|il|elle|ils|elles|ce|cette|ces|chaque|aucune?)\s)"
)
"""A full stop, but not the one of "R. 2122-7", "n. 3" or "art. 4"; notices glue the next sentence to it."""


def sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around a match, within 400 code points on each side."""
    ends = compiled(_SENTENCE_END)
    first = low = max(0, start - 400)
    for mark in ends.finditer(folded, low, start):
        first = mark.end()
    stop = ends.search(folded, end, min(len(folded), end + 400))
    return first, min(len(folded), end + 400) if stop is None else stop.end() - (folded[stop.start()] in "\n\t")


def said(
    reading: Reading,
    name: str,
    value: Value,
    block: Block,
    span: tuple[int, int],
    confidence: float = 0.9,
    scope: Scope = MARCHE,
) -> Candidate:
    """Return the candidate that a span of a block carries."""
    return Candidate(name, value, reading.evidence(block, *span, value), confidence, scope)


def missed(reading: Reading, name: str, block: Block, span: tuple[int, int], reason: str) -> NearMiss:
    """Return the near miss that a span of a block is."""
    return NearMiss(name, reading.evidence(block, *span), reason)


_NUMBERING = (
    r"\s*(?:[-•*◼■▪]\s*)?"
    r"(?:(?:article |art\.? |clause |partie |chapitre )?"
    r"(?:[\d.]{1,8}(?:-\d{1,2})?|premier|[a-z]|[ivx]{1,4}(?:[.-]\d{1,2})*)\s?[-).:/]+\s?"
    r"|(?:article |art\.? )?(?:[ivx]{1,4}[.-]|[a-h][.-]?)?[\d.]{1,8} )?"
)

_CODE = r"\s?\(b[tg]-\d{1,4}\b[^()\n]{0,20}\)"
"""The code that a European form gives to what its label asks: "Variantes (BT-63) : autorisées"."""


def labelled(text: Text, literal: str, label: str) -> Iterator[tuple[int, int, int]]:
    """Yield (block, start, end) of what stands beside or under a label of a form or summary box.

    Args:
        text: The document.
        literal: A part of the label, folded, to find the blocks.
        label: Pattern of the whole label, folded, without groups.
    """
    return _answers(text, text.having(literal), label)


def labelled_by(text: Text, terms: Iterable[Term]) -> Iterator[tuple[int, int, int]]:
    """Yield (block, start, end) of what stands beside or under the labels of each term, first ones first."""
    for term in terms:
        yield from _answers(text, text.announced((term,)), term.pattern)


def _answers(text: Text, indexes: Iterable[int], label: str) -> Iterator[tuple[int, int, int]]:
    pattern = compiled(_NUMBERING + rf"(?:{label})(?:{_CODE})?(\s*[:\t]\s*|\s+|$)")
    for index in indexes:
        folded = text.folded[index]
        match = pattern.match(folded)
        if match is None:
            continue
        if folded[match.end() :].strip():
            yield index, match.end(), len(folded)
        else:
            for later in text.following(index, 1):
                yield later, 0, len(text.folded[later])
