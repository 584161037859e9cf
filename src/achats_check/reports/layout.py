"""Lines of plain text: wrapping, right alignment, colour.

Neither rich nor textwrap: a check must answer in a few dozen milliseconds and importing rich alone costs about
fifty; its tables cut prose into columns of ten letters; textwrap breaks before the double signs of French.
"""

from __future__ import annotations

from collections.abc import Callable

from achats_check.patterns import compiled
from achats_check.wording import flatten

MIN_WIDTH = 40

Paint = Callable[[str, str], str]
"""Gives a piece of text the style of that name, or returns it as it is."""

_BREAK = compiled(
    r"(?<!«)(?<!n°)(?<! p\.)(?<!art\.)(?<!\b[LRD]\.)(?<!§)(?<!--set) "
    r"(?![:;!?»%€])(?!(?<=\d )\d{3}(?!\d))"
)
"""A space where a line may end: not inside « quotes », nor a figure, nor between "art." or "R." and its number."""
_STYLES: dict[str, dict[str, str | bool]] = {
    "title": {"bold": True},
    "non_conforme": {"fg": "red", "bold": True},
    "a_verifier": {"fg": "yellow", "bold": True},
    "opportunite": {"fg": "cyan", "bold": True},
    "conforme": {"fg": "green", "bold": True},
    "dim": {"dim": True},
}


def painter(color: bool) -> Paint:
    """Return the painter of the terminal; without colour no escape sequence is ever written."""
    if not color:
        return lambda text, style: text
    from click import style as styled

    return lambda text, style: styled(text, **_STYLES[style]) if style in _STYLES else text  # type: ignore[arg-type]


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Cut a text into lines of at most ``width`` characters; only a web address may be longer.

    Args:
        text: Any text; it is flattened first.
        width: Longest line, indents included.
        first: What stands before the first line ("  ✗ ").
        rest: What stands before the others; as many spaces as ``first`` by default.
    """
    indent = " " * len(first) if rest is None else rest
    lines, line = [], first
    empty = True
    for word in _words(flatten(text), width - max(len(first), len(indent))):
        if not empty and len(line) + 1 + len(word) > width:
            lines.append(line)
            line, empty = indent, True
        line = f"{line}{word}" if empty else f"{line} {word}"
        empty = False
    return lines if empty else [*lines, line]


def _words(text: str, room: int) -> list[str]:
    words = _BREAK.split(text) if text else []
    if len(text) <= room or all(len(word) <= room for word in words):
        return words
    found: list[str] = []
    for word in words:
        if "://" in word:
            found.append(word)
        else:
            found += _cut(word, room)
    return found


def _cut(word: str, room: int) -> list[str]:
    """Cut what is too long for a line: at its spaces when it has some, else anywhere."""
    if len(word) <= room:
        return [word]
    if " " in word:
        return [piece for part in word.split(" ") for piece in _cut(part, room)]
    return [word[i : i + room] for i in range(0, len(word), room)]


def head(symbol: str, title: str, right: str, width: int, paint: Paint, style: str) -> list[str]:
    """Lay a title with its symbol, and ``right`` against the right edge when there is room for it."""
    lines = wrap(title, width, f"  {symbol} ", "    ")
    body = [paint(line[4:], "title") for line in lines]
    drawn = [(f"  {paint(symbol, style)} " if i == 0 else "    ") + text for i, text in enumerate(body)]
    gap = width - len(lines[0]) - len(right)
    if len(lines) == 1 and gap >= 2:
        return [drawn[0] + " " * gap + paint(right, "dim")]
    return drawn + [f"    {paint(line[4:], 'dim')}" for line in wrap(right, width, "    ")]
