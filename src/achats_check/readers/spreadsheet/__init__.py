"""Excel workbooks (.xlsx), by our own walk of their XML: every sheet, with its values as they are shown.

openpyxl gives values without the way they are shown, and in the mode that spares memory it leaves out merged cells
and hidden rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers.sheets import Workbook
from achats_check.readers.spreadsheet.package import Package
from achats_check.readers.spreadsheet.sheet import fill

if TYPE_CHECKING:
    from pathlib import Path

    from achats_check.model.document import Document


def read_xlsx(path: Path) -> Document:
    """Read an Excel workbook: each sheet a title and a table.

    Raises:
        ReadError: The file is damaged, protected, empty or beyond the limits.
    """
    book = Workbook()
    with Package(path) as package:
        values = package.values()
        for part in package.sheets:
            if book.full:
                break
            sheet = book.sheet(part.name, hidden=part.hidden)
            fill(sheet, package.data(part.member), part.member, values)
            book.add(sheet)
    return book.document(path, "xlsx")
