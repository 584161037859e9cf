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

    A choice is one line ("☐ Oui ☒ Non"), that may be cut after a box and go on in the next block, or lines that follow
    one another, each opened by a box. Spans stay. Where nothing is ticked, or boxes follow their option, nothing tells
    what was chosen: the text stays too.
    """
    told = list(folded)
    for first, last in _cut_lines(folded):
        whole = " ".join(folded[first:last])
        blanked = _blanked(whole) if any(sign in whole for sign in TICKED) else whole
        at = 0
        for rank in range(first, last):
            told[rank] = blanked[at : at + len(folded[rank])]
            at += len(folded[rank]) + 1
    folded = tuple(told)
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


def _cut_lines(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first block of each line of options that a page cut after a box, and one past the last."""
    at = 0
    while at < len(folded) - 1:
        last = at
        while last + 1 < len(folded) and _is_cut(folded[last], last > at) and _goes_on(folded[last + 1]):
            last += 1
        if last > at:
            yield at, last + 1
        at = last + 1


def _is_cut(text: str, goes_on: bool) -> bool:
    """Say whether a line ends with the box of an option that the next one names: its boxes stand before theirs."""
    bare = text.rstrip()
    if bare[-1:] not in tuple(EMPTY + TICKED) or "\t" in text:
        return False
    return goes_on or compiled(rf"(?:[^:{EMPTY}{TICKED}]{{0,120}}:)?\s*{_BOX}\s*\w").match(text) is not None


def _goes_on(text: str) -> bool:
    return text[:1].isalpha() and "\t" not in text


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
