"""The words tesseract found on a page, as lines that know where they stand, in points from the bottom left corner."""

from itertools import groupby
from typing import NamedTuple

from achats_check.readers.pdf.engine import BROKEN_WORD
from achats_check.readers.pdf.shapes import Line

_COLUMNS = 12
_WORD_LEVEL = "5"
MIN_SURE = 50
"""Mean sureness, of 100, under which a page is noise: a drawing, a photograph, a page upside down."""
_MIN_WORDS = 3
_LONG = 8
"""Characters from which a line is wider than it is high."""
_ALIKE = (0.6, 1.5)
"""Heights of a line, in usual heights of the page, that letters with or without tails explain."""


class _Word(NamedTuple):
    line: tuple[str, ...]
    """Page, block, paragraph and line."""
    left: int
    top: int
    width: int
    height: int
    sureness: float
    text: str


def lines(table: str, height: float, dpi: int) -> list[Line]:
    """Return the lines of a page; nothing when it is noise, or turned on its side.

    Args:
        table: What tesseract wrote, a word a line.
        height: Height of the page in points.
        dpi: Dots per inch of the picture.
    """
    words = [word for raw in table.splitlines()[1:] if (word := _word(raw)) is not None]
    if len(words) < _MIN_WORDS or sum(word.sureness for word in words) < MIN_SURE * len(words):
        return []
    found = [_line(list(group), height, 72 / dpi) for _, group in groupby(words, key=lambda word: word.line)]
    return [] if _stand_on_end(found) else _whole_words(_level(found))


def _stand_on_end(found: list[Line]) -> bool:
    """Tell whether most lines of some length stand higher than they are wide."""
    long = [line for line in found if len(line.text) > _LONG]
    return 2 * sum(line.size > line.right - line.left for line in long) > len(long)


def _word(raw: str) -> _Word | None:
    parts = raw.split("\t")
    if len(parts) != _COLUMNS or parts[0] != _WORD_LEVEL or not parts[11].strip():
        return None
    try:
        left, top, width, height = map(int, parts[6:10])
        sureness = float(parts[10])
    except ValueError:
        return None
    return _Word(tuple(parts[1:5]), left, top, width, height, sureness, parts[11].strip())


def _line(words: list[_Word], height: float, scale: float) -> Line:
    top = min(word.top for word in words)
    bottom = max(word.top + word.height for word in words)
    return Line(
        text=" ".join(word.text for word in words),
        left=min(word.left for word in words) * scale,
        right=max(word.left + word.width for word in words) * scale,
        bottom=height - bottom * scale,
        top=height - top * scale,
        size=(bottom - top) * scale,
        bold=False,
        start=0,
        end=0,
    )


def _level(found: list[Line]) -> list[Line]:
    """Give lines of about the usual height that height: their letters differ, not their size."""
    sizes = sorted(line.size for line in found)
    usual = sizes[len(sizes) // 2]
    low, high = _ALIKE
    return [line._replace(size=usual) if low * usual < line.size < high * usual else line for line in found]


def _whole_words(found: list[Line]) -> list[Line]:
    """Join a line that ends on a hyphen with the next one, the break marked as in the text of a PDF."""
    joined: list[Line] = []
    for line in found:
        last = joined[-1] if joined else None
        if last is not None and last.text[-2:-1].isalpha() and last.text[-1] in "-‐" and line.text[0].islower():
            text = f"{last.text[:-1]}{BROKEN_WORD}{line.text}"
            joined[-1] = last._replace(text=text, bottom=line.bottom, right=line.right)
        else:
            joined.append(line)
    return joined
