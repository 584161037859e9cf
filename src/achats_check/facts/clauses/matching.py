"""Lexicon × document → matches: literal, then block, then regular expression.

Most words of a lexicon are nowhere in a given piece: one ``str.find`` over the whole text sets a word
aside, and only the blocks that hold it are given to ``re``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from achats_check.facts.lexicon import Form, Lexicon
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

IGNORED_KINDS = frozenset({"toc", "header", "footer"})
"""Blocks that announce or repeat: they never prove that something is present."""
MOST_IN_BLOCK = 30
"""Matches of one form kept in one block: a text that repeats itself more is noise, or hostile."""


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


def find_matches(reading: Reading, lexicon: Lexicon) -> list[Match]:
    """Return every match of every form that counts in the role of the piece, in reading order."""
    texts = searchable(reading)
    found: list[Match] = []
    for block, ranks in sorted(_hits(texts, lexicon.literals(reading.role)).items()):
        for rank in sorted(ranks):
            found.extend(match_block(lexicon.forms[rank], block, texts[block]))
    found.sort(key=lambda m: (m.block, m.start, -m.end))
    return found


def match_block(form: Form, block: int, text: str) -> Iterator[Match]:
    """Yield the matches of one form in one block that holds a word of its first group."""
    for group in form.literals[1:]:
        if not any(literal in text for literal in group):
            return
    for match in islice(compiled(form.pattern).finditer(text), MOST_IN_BLOCK):
        if match.end() > match.start():
            groups = match.groupdict()
            value_end = match.end("valeur") if groups.get("valeur") else None
            yield Match(form, block, match.start(), match.end(), groups, value_end)


def _hits(texts: list[str], index: dict[str, tuple[int, ...]]) -> dict[int, set[int]]:
    """Return, by block, the ranks of the forms one of whose literals is there."""
    joined = "\n".join(texts)
    words = "\n".join(set(joined.split()))  # no literal holds a blank: this sets most of them aside
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    found: dict[int, set[int]] = {}
    for literal, ranks in index.items():
        at = joined.find(literal) if literal in words else -1
        while at >= 0:
            block = bisect_right(starts, at) - 1
            found.setdefault(block, set()).update(ranks)
            at = joined.find(literal, starts[block + 1])
    return found
