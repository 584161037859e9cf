"""One sheet, row after row as its XML is read: a sheet of a million empty rows costs no memory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, iterparse

from achats_check.errors import ReadError
from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.grids import Region
from achats_check.readers.spreadsheet.package import item_text, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from achats_check.readers.sheets import Sheet
    from achats_check.readers.spreadsheet.values import Values

_REFERENCE = compiled(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ON = ("1", "true")


def fill(sheet: Sheet, data: bytes, name: str, values: Values) -> None:
    """Read the rows and the merged cells of a sheet.

    Args:
        sheet: The sheet to fill.
        data: Its XML.
        name: Name of the part, for messages.
        values: What turns its cells into texts.

    Raises:
        ReadError: The XML is broken or declares a document type.
    """
    guards.check_plain_xml(data, name)
    number = -1
    holder: Element | None = None
    full = False
    try:
        for event, element in iterparse(io.BytesIO(data), ("start", "end")):
            kind = local(element.tag)
            if event == "start":
                holder = element if kind == "sheetData" else holder
            elif kind == "row":
                number = _rank(element, number)
                full = full or not _row(sheet, element, number, values)
                if holder is not None:
                    holder.clear()
            elif kind == "mergeCell":
                _merge(sheet, element.get("ref", ""))
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError(f"La partie « {name} » du classeur n'est pas du XML lisible.", guards.CORRUPT) from error


def _rank(row: Element, last: int) -> int:
    """Return the rank of a row, from 0; the next one when it does not say, or says one already past."""
    said = row.get("r", "")
    rank = int(said) - 1 if said.isascii() and said.isdigit() and len(said) < 9 else last + 1
    return max(rank, last + 1)


def _row(sheet: Sheet, row: Element, number: int, values: Values) -> bool:
    texts = []
    column = -1
    for cell in row:
        place = _place(cell.get("r", ""))
        column = place[1] if place is not None else column + 1
        text, unset = _text(cell, values)
        sheet.unset += unset
        if text:
            texts.append((column, text))
    return sheet.row(number, texts, hidden=row.get("hidden") in _ON)


def _text(cell: Element, values: Values) -> tuple[str, bool]:
    """Return the text of a cell, and whether it is a formula without a stored result."""
    kind, style = cell.get("t", "n"), cell.get("s", "0")
    content, computed = "", False
    for child in cell:
        name = local(child.tag)
        if name == "v":
            content = child.text or ""
        elif name == "is":
            return item_text(child), False
        elif name == "f":
            computed = True
    return values.text(kind, content, style), computed and not content and kind != "str"


def _place(reference: str) -> tuple[int, int] | None:
    """Return the row and the column, from 0, of "B12"."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _merge(sheet: Sheet, reference: str) -> None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start is not None and end is not None and start[0] <= end[0] and start[1] <= end[1]:
        sheet.merges.add(Region(start[0], start[1], end[0], end[1]))
