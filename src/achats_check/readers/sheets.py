"""Sheets of workbooks: the name of a sheet as a title, its rows as a table, its lone texts as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.grids import Merges
from achats_check.readers.looks import Look, draft_of
from achats_check.readers.outline import Draft, cut_short, row, settle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAMED_BY_NOBODY = compiled(r"(?i)(?:feuil|feuille|sheet|tabelle|hoja)\s?\d*")
_FULL_WIDTH = 50
"""Columns up to which each row has as many cells as the widest."""


class Workbook:
    """What was read of a workbook, sheet after sheet.

    Attributes:
        drafts: Its titles, rows and paragraphs.
        full: Whether the limit on cells was reached: the rest is not read.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.full = False
        self._cells = 0
        self._tables = 0
        self._hidden: list[str] = []
        self._hidden_rows = 0
        self._unset = 0

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """Return a new sheet to be filled."""
        if hidden:
            self._hidden.append(name)
        return Sheet(self, clean(name))

    def takes(self, count: int) -> bool:
        """Count cells; tell whether they stay within the limit."""
        self._cells += count
        self.full = self.full or self._cells > guards.MAX_CELLS
        return not self.full

    def add(self, sheet: Sheet) -> None:
        """Add a sheet that is filled."""
        self.drafts += sheet.drafts(self._tables)
        self._tables += 1
        self._hidden_rows += sheet.hidden_rows
        self._unset += sheet.unset

    def document(self, path: Path, kind: str) -> Document:
        """Return the workbook as a document.

        Raises:
            ReadError: It holds no text at all.
        """
        if not self.drafts:
            raise ReadError("Le classeur ne contient aucun texte.", "Vérifier que la pièce est la bonne.")
        truncated = self.full or cut_short(self.drafts)
        return Document(str(path), kind, settle(self.drafts), truncated=truncated, warnings=self._warnings())

    def _warnings(self) -> tuple[str, ...]:
        found = []
        if self._hidden:
            named = ", ".join(f"« {name} »" for name in self._hidden)
            found.append(f"Feuille(s) masquée(s), lue(s) comme les autres : {named}.")
        if self._hidden_rows:
            found.append(f"{self._hidden_rows} ligne(s) masquée(s) d'un classeur, lue(s) comme les autres.")
        if self._unset:
            found.append(
                f"{self._unset} cellule(s) calculée(s) sans valeur enregistrée, laissée(s) vide(s) : "
                "ouvrir le classeur et l'enregistrer pour qu'elles soient lues."
            )
        return tuple(found)


class Sheet:
    """A sheet being filled, row after row.

    Attributes:
        hidden_rows: Rows that hold something and are not shown.
        unset: Formulas whose result the file does not hold.
        merges: Its merged cells, which may be added until the rows are asked for.
    """

    def __init__(self, book: Workbook, name: str) -> None:
        self.hidden_rows = 0
        self.unset = 0
        self.merges = Merges()
        self._book = book
        self._name = name
        self._rows: list[tuple[int, list[str]]] = []

    def row(self, number: int, texts: Iterable[tuple[int, str]], *, hidden: bool) -> bool:
        """Add a row.

        Args:
            number: Its rank, from 0.
            texts: Column, from 0, and text of its cells; empty ones may be left out.
            hidden: Whether the sheet hides it.

        Returns:
            False when the limit on cells is reached: the row is not kept.
        """
        found = {column: text for column, raw in texts if column < guards.MAX_COLUMNS and (text := clean(raw))}
        if not found:
            return True
        if not self._book.takes(max(found) + 1):
            return False
        self.hidden_rows += hidden
        self._rows.append((number, [found.get(column, "") for column in range(max(found) + 1)]))
        return True

    def drafts(self, table: int) -> list[Draft]:
        """Return the sheet as drafts, its rows in the table of that rank; nothing when it is empty."""
        if not self._rows:
            return []
        found = []
        if self._name and not _NAMED_BY_NOBODY.fullmatch(self._name):
            found.append(Draft("title", self._name, level=1))
        used = self._used_columns()
        for number, texts in self._rows:
            padded = texts + [""] * (min(len(used), _FULL_WIDTH) - len(texts))
            merged = self.merges.line(number, padded)
            cells = tuple(text for text, kept in zip(merged, used, strict=False) if kept and text is not None)
            found.append(self._draft(cells, table))
        return found

    def _used_columns(self) -> list[bool]:
        used = [False] * max(len(texts) for _, texts in self._rows)
        for _, texts in self._rows:
            for column, text in enumerate(texts):
                used[column] = used[column] or text != ""
        return used

    def _draft(self, cells: tuple[str, ...], table: int) -> Draft:
        """Return a row, or a paragraph for a text that stands alone in its row."""
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and any(sign.isalpha() for sign in filled[0]):
            return draft_of(filled[0], Look())
        return row(cells, table)
