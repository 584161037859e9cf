"""How much room words take in a drawing: widths, lines, cuts, and labels kept off one another.

No font can be measured here: the widths are those of a broad one, so that what fits by this measure fits on screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

SIZE = 12.5
"""Height of the letters of charts, in points of the drawing."""
LINE = 15.0
"""From one line of letters to the next."""
_WIDTHS = {
    **dict.fromkeys("iljI|!.,:;'’`·", 0.34),
    **dict.fromkeys('ftr()[]-/\\"« »\u00a0', 0.43),
    "\u202f": 0.3,
    **dict.fromkeys("mwMWOQGDNHU@%—…œæŒÆ€", 0.98),
    **dict.fromkeys("ABCEFKLPRSTVXYZÀÉÈÊÇ&<>=+", 0.8),
}


def width(text: str, size: float = SIZE) -> float:
    """Estimate the width of a text, rather too large than too small."""
    return size * sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    found = _WIDTHS.get(character)
    if found is not None:
        return found
    if character < "\u0250":
        return 0.65
    if combining(character):
        return 0.0
    return 1.05 if east_asian_width(character) in "WF" else 0.9


def cut(text: str, room: float, size: float = SIZE) -> str:
    """Shorten a text to a width, "…" included."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,;:.-") + "…"


def wrap(text: str, room: float, most: int = 2, size: float = SIZE) -> list[str]:
    """Break a text between words into a few lines; the last one is cut when the text is longer still."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most - 1:
        taken = 1
        while taken < len(words) and width(" ".join(words[: taken + 1]), size) <= room:
            taken += 1
        lines.append(cut(" ".join(words[:taken]), room, size))
        words = words[taken:]
    return [*lines, cut(" ".join(words), room, size)] if words else lines


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move the centres of labels as little as needed for none to cover another.

    Args:
        wanted: Where each label would best be.
        heights: Room that each takes.
        low: Where the first may begin.
        high: Where the last should end; labels that do not fit together go past it rather than overlap.

    Returns:
        The centres, in the order given.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    centres = list(wanted)
    edge = low
    for index in order:
        centres[index] = max(wanted[index], edge + heights[index] / 2)
        edge = centres[index] + heights[index] / 2
    edge = max(high, low + sum(heights))
    for index in reversed(order):
        centres[index] = min(centres[index], edge - heights[index] / 2)
        edge = centres[index] - heights[index] / 2
    return centres
