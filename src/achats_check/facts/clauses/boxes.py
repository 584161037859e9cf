"""Tick boxes of templates: an option counts only when its box is ticked.

A form that prints every option without any tick has decided nothing, whatever its words.
"""

from __future__ import annotations

from achats_check.facts.answers import BOTH_ANSWERS
from achats_check.model.document import Block
from achats_check.patterns import compiled

EMPTY = "☐□❏❑❒◻▢¨"
TICKED = "☒☑■▣◼✓✔✗✘þý"
"""The last signs of both are boxes of Wingdings, as a PDF without a table of characters gives them."""
_BOX = compiled(f"[{EMPTY}{TICKED}]|\\[\\s?[x ]?\\s?\\](?=\\s)")
_REACH = 400
_AROUND = 12
_BESIDE = 40
_MARK = rf"[{EMPTY}{TICKED}]|[\[(]\s?x?\s?[\])]"
_ANSWER = compiled(rf"({_MARK})\s*(oui|non)\b|\b(oui|non)\s*:?\s*({_MARK})")

NO_BOX, IS_TICKED, IS_EMPTY, UNDECIDED, ANSWERED_NO = "", "cochée", "non cochée", "aucune case cochée", "non cochée oui"


def box_state(blocks: tuple[Block, ...], texts: list[str], index: int, start: int, end: int) -> str:
    """Tell whether the option that holds a passage is ticked.

    Args:
        blocks: Blocks of the document.
        texts: Folded text by block.
        index: Block of the passage.
        start: First character of the passage.
        end: One past its last character.

    Returns:
        NO_BOX, IS_TICKED, IS_EMPTY (another option is ticked), UNDECIDED or ANSWERED_NO.
    """
    text = texts[index]
    boxes = [] if text.isascii() and "[" not in text else list(_BOX.finditer(text))
    if not boxes:
        return UNDECIDED if _both_printed(text, start, end) else NO_BOX
    answer = answered(text[end : end + 160])
    if answer:
        return answer
    own = next((b for b in reversed(boxes) if start - _REACH <= b.start() <= start), None)
    if own is None:
        own = boxes[0] if len(boxes) == 1 and boxes[0].start() >= end and text[boxes[0].end() :].strip() == "" else None
    if own is None:
        return NO_BOX
    if _ticked(own.group()):
        return IS_TICKED
    return IS_EMPTY if _some_tick(blocks, texts, index) else UNDECIDED


def _both_printed(text: str, start: int, end: int) -> bool:
    """Read "Clause d'insertion : oui / non", whose tick was lost, within a passage or just after it."""
    both = compiled(BOTH_ANSWERS).search(text, start, end + _BESIDE)
    return both is not None and text[start : both.start()].rstrip()[-1:] in (":", "?", "\t", "")


def answered(after: str) -> str:
    """Read "☐ oui ☒ non" just after a label.

    Args:
        after: Folded text that follows the label.

    Returns:
        IS_TICKED, ANSWERED_NO, UNDECIDED when both or neither are ticked, or NO_BOX.
    """
    found = [(m.group(1) or m.group(4), m.group(2) or m.group(3)) for m in _ANSWER.finditer(after)]
    if len(found) < 2 or {word for _, word in found[:2]} != {"oui", "non"}:
        return NO_BOX
    ticked = [word for box, word in found[:2] if _ticked(box)]
    if len(ticked) != 1:
        return UNDECIDED
    return IS_TICKED if ticked == ["oui"] else ANSWERED_NO


def _ticked(box: str) -> bool:
    return box in TICKED or "x" in box


def _some_tick(blocks: tuple[Block, ...], texts: list[str], index: int) -> bool:
    """Look for a tick among the neighbouring options, under the same heading."""
    heading = blocks[index].heading
    for near in range(max(0, index - _AROUND), min(len(texts), index + _AROUND + 1)):
        if blocks[near].heading == heading and any(_ticked(b.group()) for b in _BOX.finditer(texts[near])):
            return True
    return False
