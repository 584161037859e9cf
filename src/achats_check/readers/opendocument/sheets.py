"""The sheets of an OpenDocument workbook, cells as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.grids import Region
from achats_check.readers.opendocument.names import CELL, COVERED, FRAMES, ROW, ROW_GROUPS, TABLE, P, count, q
from achats_check.readers.sheets import Sheet, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from achats_check.readers.opendocument.inline import Inline
    from achats_check.readers.opendocument.styles import Styles

_NAME, _STYLE, _VISIBILITY = q("table:name"), q("table:style-name"), q("table:visibility")
_ROWS_REPEATED, _COLUMNS_REPEATED = q("table:number-rows-repeated"), q("table:number-columns-repeated")
_ROWS_SPANNED, _COLUMNS_SPANNED = q("table:number-rows-spanned"), q("table:number-columns-spanned")
_FORMULA, _TYPE = q("table:formula"), q("office:value-type")
_GROUPS = ROW_GROUPS
_SHAPES = q("table:shapes")


def read_sheets(spreadsheet: Element, styles: Styles, inline: Inline, book: Workbook) -> None:
    """Read every sheet of a workbook, until the limit on cells."""
    for table in spreadsheet.findall(TABLE):
        if book.full:
            return
        hidden = styles.get("table", table.get(_STYLE)).hidden
        sheet = book.sheet(table.get(_NAME, ""), hidden=hidden)
        _fill(sheet, table, inline)
        book.add(sheet)


def _fill(sheet: Sheet, table: Element, inline: Inline) -> None:
    number = 0
    for line in _lines(table):
        texts = list(_cells(sheet, line, number, inline))
        repeated = count(line.get(_ROWS_REPEATED), limit=2**21)
        hidden = line.get(_VISIBILITY, "visible") != "visible"
        for rank in range(repeated if texts else 0):
            if not sheet.row(number + rank, texts, hidden=hidden):
                return
        number += repeated


def _lines(table: Element) -> Iterator[Element]:
    pending = list(reversed(table))
    while pending:
        element = pending.pop()
        if element.tag == ROW:
            yield element
        elif element.tag in _GROUPS:
            pending.extend(reversed(element))


def _cells(sheet: Sheet, line: Element, number: int, inline: Inline) -> Iterator[tuple[int, str]]:
    """Yield the columns and texts of a row that hold something, and note its merged cells."""
    column = 0
    for cell in line:
        if cell.tag not in (CELL, COVERED):
            continue
        repeated = count(cell.get(_COLUMNS_REPEATED), limit=2**15)
        if cell.tag == CELL:
            across, down = count(cell.get(_COLUMNS_SPANNED)), count(cell.get(_ROWS_SPANNED), limit=2**21)
            sheet.merges.add(Region(number, column, number + down - 1, column + across - 1))
            text = _text(cell, inline)
            sheet.unset += not text and cell.get(_FORMULA) is not None and cell.get(_TYPE) is None
            for rank in range(min(repeated, guards.MAX_COLUMNS) if text else 0):
                yield column + rank, text
        column += repeated


def _text(cell: Element, inline: Inline) -> str:
    texts = [inline.text(child) for child in cell if child.tag == P]
    for child in cell:
        if child.tag in FRAMES:
            texts.extend(inline.text(paragraph) for paragraph in child.iter(P))
    return "\n".join(filter(None, texts))
