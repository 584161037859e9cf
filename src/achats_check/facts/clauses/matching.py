"""Lexicon × document → matches: literals, then blocks, then regular expression.

Most words of a lexicon are nowhere in a given piece, and no literal holds a blank: each is looked for once
among the different words of the piece, and only the blocks that hold a literal of every group are given to ``re``.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from achats_check.facts.lexicon_records import Form
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

IGNORED_KINDS = frozenset({"toc", "header", "footer"})
"""Blocks that announce or repeat: they never prove that something is present."""
MOST_IN_BLOCK = 30
"""Matches of one form kept in one block: a text that repeats itself more is noise, or hostile."""
_RUN = 3
"""Letters that every literal has at least (``lexicon_patterns.MIN_LITERAL``)."""


class Match(NamedTuple):
    """Where a form matched."""

    form: Form
    block: int
    start: int
    end: int
    groups: dict[str, str | None]
    """Named groups, folded."""
    value_end: int | None = None
    """One past the last character of the group ``valeur``; None without it."""


def searchable(reading: Reading) -> list[str]:
    """Return the folded text of each block, "" for the blocks that prove nothing."""
    kinds = (block.kind for block in reading.document.blocks)
    return ["" if kind in IGNORED_KINDS else text for kind, text in zip(kinds, reading.folded, strict=True)]


def find_matches(texts: Sequence[str], forms: Iterable[Form]) -> list[Match]:
    """Return every match of some forms, in reading order.

    Args:
        texts: Folded text by block.
        forms: Those that count in the role of the piece.
    """
    words = WordIndex(texts)
    found: list[Match] = []
    for form in forms:
        blocks = words.holding(form.literals)
        while blocks:
            block = (blocks & -blocks).bit_length() - 1
            blocks &= blocks - 1
            found += match_block(form, block, texts[block])
    found.sort(key=lambda m: (m.block, m.start, -m.end))
    return found


def match_block(form: Form, block: int, text: str) -> Iterator[Match]:
    """Yield the matches of one form in one block that holds its literals."""
    for match in islice(compiled(form.pattern).finditer(text), MOST_IN_BLOCK):
        if match.end() > match.start():
            groups = match.groupdict()
            value_end = match.end("valeur") if groups.get("valeur") else None
            yield Match(form, block, match.start(), match.end(), groups, value_end)


class WordIndex:
    """Which blocks hold a piece of a word: sets of blocks are integers, one bit a block."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._blocks: dict[str, int] = {}
        for index, text in enumerate(texts):
            bit = 1 << index
            for word in set(text.split()):
                self._blocks[word] = self._blocks.get(word, 0) | bit
        self._words: dict[str, list[str]] = {}
        """Words by each of the runs of three letters they hold."""
        for word in self._blocks:
            for run in {word[start : start + _RUN] for start in range(len(word) - _RUN + 1)}:
                self._words.setdefault(run, []).append(word)
        self._known: dict[str, int] = {}

    def holding(self, groups: Sequence[Sequence[str]]) -> int:
        """Return the blocks that hold, for each group, one of its literals; none of them holds a blank."""
        found = -1
        for group in groups:
            some = 0
            for literal in group:
                known = self._known.get(literal)
                some |= self._look_for(literal) if known is None else known
            found &= some
            if not found:
                return 0
        return max(found, 0)

    def _look_for(self, literal: str) -> int:
        found = 0
        for word in self._words.get(literal[:_RUN], ()):
            if literal in word:
                found |= self._blocks[word]
        self._known[literal] = found
        return found
