"""Lines joined into paragraphs, by where they end, how far apart they stand and how the next one starts."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from achats_check.patterns import compiled
from achats_check.readers.cleaning import clean
from achats_check.readers.marks import is_contents_line, is_item
from achats_check.readers.outline import Draft, row
from achats_check.readers.pdf.shapes import Line, TableRows
from achats_check.readers.titles import LOOK, LOOK_LEVEL, looks_like_a_name, may_be_numbered, typed_title

if TYPE_CHECKING:
    from achats_check.readers.pdf.hyphens import Hyphens

_ENDS = (".", ";", ":", "!", "?")
_NUMBERED = ("lot", "lots", "article", "articles", "annexe", "annexes", "marché", "tranche")
_BLANK = "....."
"""What ends a line of a form that is to be filled in: another such line does not go on with it."""
_FIELD = r"[A-ZÀ-Þ][^():\n]{2,80}\(B[TG]-\d{1,4}\b[^()\n]{0,20}\)"
"""How a field of a European form opens, with its code: "Variantes (BT-63) : autorisées" goes on with no other one."""
_SPREAD = 0.8
"""Average width of a character, in line heights, above which a line holds a gap; capitals stay under 0.7."""
_GAP = 1.35
"""Distance between two lines, in usual distances of the page, above which a paragraph ends…"""
_GAP_BOUNDS = (1.3, 1.75)
"""…kept between these numbers of line heights."""
_LARGER = 1.2
"""Share of the usual height of a line from which it looks like a title."""
_ALIKE = 0.15
"""Relative difference of heights under which two lines are in the same size."""
_ACCENTED = frozenset("ÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
_UNDER_ACCENT = 0.83
"""Share of the height of an accented capital that the letter has: a line is measured by its first and last signs."""


class Joiner:
    """Builds the drafts of a document from its lines, page after page.

    Attributes:
        drafts: What was built so far.
    """

    def __init__(self, hyphens: Hyphens) -> None:
        self.drafts: list[Draft] = []
        self._hyphens = hyphens
        self._lines: list[Line] = []
        self._page = 0
        self._kind = ""
        self._gutters: tuple[float, ...] = ()
        self._rights: dict[int, float] = {}
        self._body_size = 0.0
        self._drop = 0.0
        self._tables = 0
        self._columns: tuple[float, ...] = ()
        self._head: tuple[str, ...] = ()

    def page(self, number: int, items: list[Line | TableRows], gutters: tuple[float, ...] = ()) -> None:
        """Add the body of a page, in order; ``gutters`` are the abscissas between its columns of text."""
        self._gutters = gutters
        self._measure([item for item in items if isinstance(item, Line)])
        for rank, item in enumerate(items):
            if isinstance(item, TableRows):
                self._table_rows(number, item, first=rank == 0)
            else:
                self._line(number, item)

    def _table_rows(self, number: int, table: TableRows, first: bool) -> None:
        self.flush()
        rows = [tuple(clean(self._hyphens.mend(cell)) for cell in cells) for cells in table.rows]
        goes_on = first and bool(self.drafts) and self.drafts[-1].kind == "row" and _same(self._columns, table.columns)
        if goes_on:
            rows = self._continued(rows)
        else:
            self._tables += 1
            self._head = rows[0] if rows else ()
        self._columns = table.columns
        self.drafts.extend(row(cells, self._tables - 1, number) for cells in rows)

    def _continued(self, rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Return the rows of a table that goes on over a page, without its head printed again, once what is left of
        a row cut by the end of the page is put back where it was cut.
        """
        if rows and rows[0] == self._head:
            rows = rows[1:]
        last = self.drafts[-1]
        if rows and last.table is not None and _ends(last.cells, rows[0]):
            cells = (" ".join(filter(None, pair)) for pair in zip(last.cells, rows[0], strict=True))
            self.drafts[-1] = row(tuple(cells), last.table, last.page)
            rows = rows[1:]
        return rows

    def _measure(self, body: list[Line]) -> None:
        if body:
            columns: dict[int, list[float]] = {}
            for line in body:
                if not _is_spread(line):  # the foot of a page reaches further than its text
                    columns.setdefault(self._column(line), []).append(line.right)
            self._rights = {column: _most(sorted(rights)) for column, rights in columns.items()}
            sizes = sorted(line.size for line in body)
            self._body_size = sizes[len(sizes) // 2]
            drops = sorted(d for a, b in pairwise(body) if 0 < (d := a.bottom - b.top + b.size) < 2 * a.size)
            self._drop = drops[len(drops) // 2] if drops else 0.0

    def _column(self, line: Line) -> int:
        """Return the rank of the column a line ends in."""
        return bisect_left(self._gutters, line.right - _ALIKE * line.size) if self._gutters else 0

    def _line(self, number: int, line: Line) -> None:
        kind = self._kind_of(line)
        if kind == "list_item" and self._lines and _is_number_of(self._lines[-1], line):
            kind = "paragraph"
        if self._lines and not (kind == "paragraph" and self._continues(number, line)):
            self.flush()
        if not self._lines:
            self._page, self._kind = number, kind
        self._lines.append(line)
        if self._kind == "title" and len(self._lines) > 1 and typed_title(clean(_joined(self._lines)), False) is None:
            self._kind = "paragraph"  # its first line looked like a title: the next ones go on with it
        if kind == "toc":
            self.flush()
        self._last_page = number

    def _kind_of(self, line: Line) -> str:
        if is_contents_line(line.text):
            return "toc"
        if may_be_numbered(line.text) and typed_title(clean(line.text), self._is_prominent(line)) is not None:
            return "title"
        return "list_item" if is_item(line.text) else "paragraph"

    def _is_prominent(self, line: Line) -> bool:
        return line.bold or line.size > self._body_size * 1.12 or (len(line.text) > 6 and line.text.isupper())

    def _continues(self, number: int, line: Line) -> bool:
        last = self._lines[-1]
        height = max(last.size, line.size)
        if abs(last.size - line.size) > _ALIKE * max(height, 1) and not _is_only_accented(last, line):
            return False
        if number != self._last_page or self._is_next_column(last, line):
            return not last.text.endswith(_ENDS) and line.text[:1].islower()
        drop = last.bottom - (line.top - line.size)
        low, high = _GAP_BOUNDS
        if not -0.5 * height < drop < min(max(_GAP * self._drop, low * height), high * height):
            return False
        if self._kind == "title":
            return self._is_title_over_two_lines(last, line)
        if compiled(_FIELD).match(line.text):
            return False
        if _is_spread(last) or (last.text.endswith(_BLANK) and not line.text[:1].islower()):
            return False
        if last.bold and not line.bold and (last.text[-1:] in ":." or line.text[:1].isupper()):
            return False
        if not self._is_full(last, line):
            return line.text[:1].islower() and last.text[-1:] not in _ENDS
        return True

    def _is_title_over_two_lines(self, last: Line, line: Line) -> bool:
        """Tell whether a title fills its line and the next one looks the same."""
        same = last.bold == line.bold and last.text.isupper() == line.text.isupper()
        alike = same and (line.text[:1].islower() or self._is_prominent(line))
        return alike and self._is_full(last, line) and len(self._lines) == 1 and not last.text.endswith((".", ":"))

    def _is_full(self, last: Line, line: Line) -> bool:
        """Tell whether the first word of a line could not have stood at the end of the last one."""
        width = max(line.right - line.left, 1) / max(len(line.text), 1)
        word = line.text.split(None, 1)[0]
        return last.right + (len(word) + 1) * width * 0.9 > self._rights.get(self._column(last), last.right)

    def _is_next_column(self, last: Line, line: Line) -> bool:
        return line.bottom > last.top and self._column(line) == self._column(last) + 1

    def flush(self) -> None:
        """End the paragraph that is being built."""
        if not self._lines:
            return
        lines, self._lines = self._lines, []
        text = clean(self._hyphens.mend(_joined(lines)))
        if not text:
            return
        draft = Draft(self._kind, text, self._page)
        if self._kind == "title":
            typed = typed_title(text, any(self._is_prominent(line) for line in lines))
            if typed is None:
                draft.kind = "paragraph"
            else:
                draft.article, draft.level, draft.sureness = typed
        elif self._kind == "paragraph" and len(lines) == 1 and self._stands_out(lines[0], text):
            draft.kind, draft.level, draft.sureness = "title", LOOK_LEVEL, LOOK
        self.drafts.append(draft)

    def _stands_out(self, line: Line, text: str) -> bool:
        """Tell whether a line has the look of a title, past the cover, and names nothing announced above it."""
        strong = line.bold or line.size > self._body_size * _LARGER
        announced = bool(self.drafts) and self.drafts[-1].text.endswith(":")
        return strong and self._page > 1 and not announced and looks_like_a_name(text)


def _is_only_accented(last: Line, line: Line) -> bool:
    """Tell whether an accent on a first or last capital is all that makes one of two lines the taller one."""
    tall, low = (last, line) if last.size > line.size else (line, last)
    accented = _ACCENTED.intersection((tall.text[0], tall.text[-1]))
    return bool(accented) and abs(tall.size * _UNDER_ACCENT - low.size) <= _ALIKE * low.size


def _is_number_of(last: Line, line: Line) -> bool:
    """Tell whether a line opens with the number of what the last one names: "… aux lots", then "n° 01 et 02"."""
    return line.text.startswith("n°") and last.text.rstrip().endswith(_NUMBERED)


def _most(rights: list[float]) -> float:
    """Return where most lines end, of abscissas in order."""
    return rights[-1] if len(rights) < 8 else rights[int(len(rights) * 0.97)]


def _is_spread(line: Line) -> bool:
    """Tell whether a line holds a wide gap: a row of a table without rules, which the next line does not continue."""
    return line.right - line.left > _SPREAD * max(line.size, 1) * len(line.text)


def _ends(cells: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Tell whether a row is the end of another: no label of its own, and sentences that go on."""
    if len(cells) != len(rest) or rest[0] or not cells[0]:
        return False
    pairs = [(cell, after) for cell, after in zip(cells, rest, strict=True) if after]
    return all(cell and not cell.endswith(_ENDS) and after[:1].islower() for cell, after in pairs)


def _same(columns: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(columns) == len(others) and all(abs(a - b) < 4 for a, b in zip(columns, others, strict=True))


def _joined(lines: list[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        glue = "" if text.endswith(("-", "‐")) and text[-2:-1].strip() and not text.endswith((" -", "--")) else " "
        text += glue + line.text
    return text
