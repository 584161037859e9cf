"""Cells as texts: shared texts, numbers in the format they are shown in."""

from __future__ import annotations

from achats_check.readers.spreadsheet.formats import USUAL, shown


class Values:
    """What the cells of a workbook refer to.

    Args:
        texts: Its shared texts.
        formats: The number format of each style: a code, or the number of a usual one.
        from_1904: Whether days are counted from 1904 and not from 1900.
    """

    def __init__(self, texts: list[str], formats: list[str | int], *, from_1904: bool) -> None:
        self._texts = texts
        self._codes = [USUAL.get(f, "General") if isinstance(f, int) else f for f in formats]
        self._from_1904 = from_1904

    def text(self, kind: str, content: str, style: str) -> str:
        """Return the text of a cell.

        Args:
            kind: Its type: "s" shared text, "str" and "e" as they are, "b" true or false, "d" a date, else a number.
            content: What the file holds for it.
            style: Rank of its style.
        """
        if not content:
            return ""
        if kind == "s":
            return self._texts[rank] if 0 <= (rank := _integer(content)) < len(self._texts) else ""
        if kind == "b":
            return "VRAI" if content == "1" else "FAUX"
        if kind == "d":
            return _day(content)
        if kind in ("str", "e"):
            return content
        rank = _integer(style)
        code = self._codes[rank] if 0 <= rank < len(self._codes) else "General"
        return shown(content, code, from_1904=self._from_1904)


def _integer(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1


def _day(content: str) -> str:
    """Return an ISO date as it is written in French; anything else as it is."""
    day, _, time = content.partition("T")
    parts = day.split("-")
    if len(parts) != 3:
        return content
    said = "/".join(reversed(parts))
    return said if not time or time.startswith("00:00") else f"{said} {time[:5]}"
