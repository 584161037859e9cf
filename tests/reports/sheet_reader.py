"""Reads a spreadsheet by its XML, with the standard library alone."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Cell(NamedTuple):
    """A cell: its text or its number, what the file says it is, and its number format."""

    value: str
    kind: str
    """"inlineStr" for a text, "n" for a number."""
    shown: str
    """Number format, or ""."""
    quoted: bool
    """Stays a text when it is edited."""


class Sheet(NamedTuple):
    """A sheet: its cells by name ("B2"), and the tree of its file."""

    cells: dict[str, Cell]
    tree: ElementTree.Element

    def column(self, letter: str) -> list[str]:
        """Return the values of a column, from the top."""
        return [cell.value for name, cell in self.cells.items() if re.fullmatch(letter + r"\d+", name)]

    def has(self, element: str) -> bool:
        """Tell whether the sheet has an element."""
        return self.tree.find(f".//{_MAIN}{element}") is not None


def read_sheets(source: Path | bytes) -> dict[str, Sheet]:
    """Return the sheets of a workbook by name, in their order."""
    with ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links}
        looks = _looks(ElementTree.fromstring(archive.read("xl/styles.xml")))
        return {
            str(sheet.get("name")): _sheet(archive.read(f"xl/{targets[sheet.get(_LINK)]}"), looks)
            for sheet in book.iter(f"{_MAIN}sheet")
        }


def _looks(styles: ElementTree.Element) -> list[tuple[str, bool]]:
    formats = {f.get("numFmtId"): str(f.get("formatCode")) for f in styles.iter(f"{_MAIN}numFmt")}
    (found,) = styles.iter(f"{_MAIN}cellXfs")
    return [(formats.get(x.get("numFmtId"), ""), x.get("quotePrefix") == "1") for x in found]


def _sheet(text: bytes, looks: list[tuple[str, bool]]) -> Sheet:
    tree = ElementTree.fromstring(text)
    cells = {}
    for cell in tree.iter(f"{_MAIN}c"):
        assert cell.find(f"{_MAIN}f") is None, "une formule"
        value = "".join(part.text or "" for part in cell.iter() if part.tag in (f"{_MAIN}v", f"{_MAIN}t"))
        shown, quoted = looks[int(cell.get("s") or 0)]
        if value:
            cells[str(cell.get("r"))] = Cell(value, cell.get("t") or "n", shown, quoted)
    return Sheet(cells, tree)
