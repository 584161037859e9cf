"""Options that a form leaves unticked: what they say is said of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from achats_check.facts.answers import BOTH_ANSWERS
from achats_check.patterns import compiled

EMPTY, TICKED = "☐□❏❑❒", "☒☑■✓✔✗✘"
_BOX = f"[{EMPTY}{TICKED}]"
_LOT = rf"{_BOX}\s*lots?\b"
"""A lot that a tenderer may tick exists whether ticked or not."""
_BOX_AFTER = rf"[^{EMPTY}{TICKED}]*\b(?:oui|non)\s*{_BOX}"
"""The first box follows its option: "Oui ☐ Non ☒ (article 3)"."""


def without_unticked(folded: Sequence[str]) -> list[str]:
    """Return folded texts whose unticked options are blank, where another of the same choice is ticked.

    A choice is one line ("☐ Oui ☒ Non"), or lines that follow one another, each opened by a box. Spans stay. Where
    nothing is ticked, or boxes follow their option, nothing tells what was chosen: the text stays too.
    """
    told = list(folded)
    for first, last in _choices(folded):
        if any(sign in text for text in folded[first:last] for sign in TICKED):
            told[first:last] = map(_blanked, folded[first:last])
    return told


def without_open_answers(folded: Sequence[str]) -> list[str]:
    """Return folded texts whose "oui non" are blank, where no box stands beside to choose. Spans stay."""
    return [_answered(text) if "oui" in text and "non" in text else text for text in folded]


def _answered(text: str) -> str:
    if compiled(_BOX).search(text):
        return text
    return compiled(BOTH_ANSWERS).sub(lambda match: " " * len(match.group()), text)


def _choices(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each choice, and one past its last."""
    boxed = compiled(_BOX)
    at = 0
    for kind, run in groupby(folded, key=lambda text: _kind(text, boxed.search(text) is not None)):
        count = sum(1 for _ in run)
        if kind == "option":
            yield at, at + count
        elif kind == "line":
            yield from ((rank, rank + 1) for rank in range(at, at + count))
        at += count


def _kind(text: str, boxed: bool) -> str:
    bare = text.strip()
    if not boxed or bare[-1] in EMPTY + TICKED or compiled(_BOX_AFTER).match(bare):
        return ""
    return "option" if bare[0] in EMPTY + TICKED else "line"


def _blanked(text: str) -> str:
    """Blank each option from its empty box to the next box."""
    if compiled(_LOT).search(text):
        return text
    return compiled(rf"[{EMPTY}][^{EMPTY}{TICKED}\t\n]*").sub(lambda match: " " * len(match.group()), text)
