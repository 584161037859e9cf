"""Cells of a spreadsheet: their looks, and how each kind of value is written so that it stays what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Any

from achats_check.model.synthesis import AMOUNT, COUNT, DAY, NUMBER, SHARE, TEXT, VERDICT, Cell, Column
from achats_check.reports.page.colours import VERDICT_COLOURS
from achats_check.reports.page.markup import clean
from achats_check.reports.synthesis.values import figure, full, known

MOST_ROWS = 1_048_576
"""Rows of a sheet."""
_LONGEST_TEXT = 32_767
"""Characters of a cell, counted in UTF-16."""
_EXACT = 1e15
"""Whole numbers from here on would lose digits, and are written as texts."""
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets disagree on the days before."""
_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet, or the next program, could take for the start of a formula."""
_QUOTE = "'"
_LINE_POINTS, _MOST_LINES = 15, 12
_NARROWEST, _WIDEST = 9, 60


class Formats:
    """The looks of cells in one workbook."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        wrapped = {"text_wrap": True, "valign": "top"}
        self.title = self._make(bold=True, font_size=18)
        self.quiet = self._make(font_color="#565d68")
        self.section = self._make(bold=True, font_size=13, bottom=2)
        self.head = self._make(bold=True, bg_color="#e9ecf1", bottom=1, **wrapped)
        self.text = self._make(**wrapped)
        self.link = self._make(font_color="#1d4f91", underline=1, **wrapped)

    def of(self, value: Cell, kind: str, *, strong: bool = False) -> Any:
        """Return the looks of a value; amounts and numbers show decimals when they have some."""
        if kind == VERDICT and isinstance(value, str):
            return self.verdict(value)
        shown = _number_format(value, kind)
        bold = {"bold": True, "align": "left"} if strong else {}
        if shown:
            return self._make(num_format=shown, valign="top", **bold)
        return self._make(text_wrap=True, valign="top", **bold)

    def verdict(self, verdict: str) -> Any:
        """Return the looks of a verdict: its colour under its word."""
        colour = VERDICT_COLOURS.get(verdict)
        if colour is None:
            return self.text
        return self._make(text_wrap=True, valign="top", bold=True, bg_color=colour.light, font_color=colour.light_ink)

    def quoted(self, looks: Any) -> Any:
        """Return the same looks for a text that must stay one when a person edits its cell."""
        return self._with(looks, quote_prefix=True)

    def linked(self, looks: Any) -> Any:
        """Return the same looks for a text that leads elsewhere."""
        return self._with(looks, underline=1)

    def _with(self, looks: Any, **more: Any) -> Any:
        wanted = next((dict(key) for key, made in self._made.items() if made is looks), {})
        return self._make(**{**wanted, **more})

    def _make(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def _number_format(value: Cell, kind: str) -> str:
    whole = figure(value) is None or float(figure(value) or 0.0).is_integer()
    if kind == SHARE:
        return "0.0 %"
    if kind == AMOUNT:
        return '#,##0 "€"' if whole else '#,##0.00 "€"'
    if kind in (COUNT, NUMBER):
        return "#,##0" if whole else "#,##0.00"
    return "dd/mm/yyyy" if kind == DAY else ""


class Cells:
    """Writes into one sheet, row after row, from the top."""

    def __init__(self, sheet: Any, formats: Formats, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.formats = formats
        self._widths = widths
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def write_row(self, row: int, values: Iterable[tuple[Cell, Any]]) -> None:
        """Write the values of a row from its first column on, and give it the height that its texts need.

        Args:
            row: From 0.
            values: Each value with its looks.
        """
        height = 1
        for column, (value, looks) in enumerate(values):
            self.write(row, column, value, looks)
            if isinstance(value, str) and looks.text_wrap:
                height = max(height, ceil(len(value) * 1.15 / self._widths[min(column, len(self._widths) - 1)]))
        if height > 1:
            self.sheet.set_row(row, _LINE_POINTS * min(height, _MOST_LINES))

    def write(self, row: int, column: int, value: Cell, looks: Any) -> None:
        """Write a value as what it is: a text stays a text, and an unknown value an empty cell."""
        if value is None or not known(value):
            self.sheet.write_blank(row, column, None, looks)
        elif isinstance(value, bool):
            self.sheet.write_string(row, column, full(value, TEXT), looks)
        elif isinstance(value, int | float) and abs(value) < _EXACT:
            self.sheet.write_number(row, column, value, looks)
        elif isinstance(value, date) and value >= _FIRST_DAY:
            self.sheet.write_datetime(row, column, datetime.combine(value, time()), looks)
        else:
            text = _fitted(clean(value if isinstance(value, str) else full(value, TEXT)))
            careful = self.formats.quoted(looks) if text.startswith(_FORMULA) else looks
            self.sheet.write_string(row, column, text, careful)

    def lead(self, row: int, column: int, target: str, words: str, looks: Any) -> None:
        """Make of a cell a link to another place of the workbook.

        Args:
            row: From 0.
            column: From 0.
            target: Sheet and cell, as ``address`` gives them.
            words: A few words of ours that hold on one line of the column.
            looks: Those of the cell.
        """
        self.sheet.write_url(row, column, f"internal:{target}", looks, words)


def address(sheet: str, row: int) -> str:
    """Return the address of the beginning of a row, from 1, of a sheet."""
    return f"'{sheet.replace(_QUOTE, _QUOTE * 2)}'!A{row}"


def _fitted(text: str) -> str:
    """Cut a text that a cell cannot hold."""
    if len(text) <= _LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) <= 2 * _LONGEST_TEXT:
        return text
    return text[: _LONGEST_TEXT // 2 - 1] + "…"


def column_width(column: Column, values: Sequence[Cell]) -> float:
    """Return a width in characters that shows most of a column's values without unfolding long texts.

    Args:
        column: The column.
        values: Its first values.
    """
    lengths = sorted(len(full(value, column.kind)) for value in values if value is not None)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    words = max(map(len, column.title.split()), default=0)
    return min(max(usual, words, min(len(column.title), 24), _NARROWEST) + 3, _WIDEST)
