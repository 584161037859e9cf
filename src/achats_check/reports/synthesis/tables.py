"""Tables of the page: figures to the right, an own scroll when they are wide, rows that a script may sort."""

from __future__ import annotations

from datetime import date

from achats_check.model.synthesis import TEXT, VERDICT, Cell, Column, Table
from achats_check.patterns import compiled
from achats_check.reports.page.markup import Markup, clean, join, tag
from achats_check.reports.synthesis.links import Links
from achats_check.reports.synthesis.values import NUMERIC, UNKNOWN, figure, full, known
from achats_check.reports.synthesis.verdicts import chip
from achats_check.wording import NBSP, format_number

_LONG = 36
"""From so many characters a text is given room to wrap."""
_LONG_WORD = 16
"""A word of more characters may be cut at the end of a line."""
_WORDS = compiled(r"[\s-]+")
_MANY_COLUMNS = 8
"""A table of more columns is printed in smaller letters."""


def table_block(table: Table, anchor: str, links: Links) -> Markup:
    """Draw a table with its title, its note, and how many rows are elsewhere."""
    note = tag("p", table.note, class_="note") if table.note.strip() else Markup()
    count = tag("p", _count(table), class_="count")
    wide = len(table.columns) > _MANY_COLUMNS
    heading = tag("h3", table.title, id=anchor)
    return tag(
        "section", heading, note, count, _framed(table, anchor, links), class_="table wide-table" if wide else "table"
    )


def bare_table(table: Table, anchor: str) -> Markup:
    """Draw a table that stands under the title of something else."""
    note = tag("p", table.note, class_="note") if table.note.strip() else Markup()
    return join([note, tag("div", _grid(table), class_="frame", id=anchor)])


def _count(table: Table) -> str:
    shown = len(table.rows)
    total = f"{format_number(shown + table.more)}{NBSP}ligne{'s' if shown + table.more > 1 else ''}"
    if not table.more:
        return total
    return f"{total}, dont {format_number(shown)} ici"


def _framed(table: Table, anchor: str, links: Links) -> Markup:
    if not table.rows:
        return tag("p", "Aucune ligne.", class_="empty")
    return tag("div", _grid(table, links), class_="frame", role="region", aria_labelledby=anchor, tabindex="0")


def _grid(table: Table, links: Links | None = None) -> Markup:
    classes = [_column_class(table, index, column) for index, column in enumerate(table.columns)]
    titles = [
        tag("th", column.title or " ", scope="col", class_=kind)
        for column, kind in zip(table.columns, classes, strict=True)
    ]
    rows = [_row(row, table.columns, classes, links) for row in table.rows]
    return tag(
        "table",
        tag("caption", table.title, class_="hidden"),
        tag("thead", tag("tr", *titles)),
        tag("tbody", *rows),
    )


def _column_class(table: Table, index: int, column: Column) -> str | None:
    """Return how a column is laid out: figures to the right, room for long texts, long words that may be cut."""
    if column.kind in NUMERIC:
        return "number"
    if column.kind != TEXT:
        return None
    texts = [str(row[index]) for row in table.rows if index < len(row)]
    kinds = ["long"] if any(len(text) > _LONG for text in texts) else []
    kinds += ["cut"] if any(len(word) > _LONG_WORD for text in texts for word in _WORDS.split(text)) else []
    return " ".join(kinds) or None


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...], classes: list[str | None], links: Links | None) -> Markup:
    """Draw a row; when a card speaks of the same subject, the first cell leads to it and the row can be led to."""
    subject = row[0] if row and isinstance(row[0], str) else ""
    card = links.to_card(subject) if links else None
    cells = [
        _cell(value, column, kind, index, card)
        for index, (value, column, kind) in enumerate(zip(row, columns, classes, strict=False))
    ]
    return tag("tr", *cells, id=links.place(links.to_row(subject)) if links else None)


def _cell(value: Cell, column: Column, kind: str | None, index: int, card: str | None) -> Markup:
    if value is None or not known(value):
        return tag("td", tag("abbr", "—", title=UNKNOWN), class_=kind)
    if column.kind == VERDICT and isinstance(value, str):
        return tag("td", chip(value), class_=kind)
    text = full(value, column.kind)
    if index == 0 and column.kind == TEXT:
        return tag("th", tag("a", text, href=f"#{card}") if card else text, scope="row", class_=kind)
    return tag("td", text, class_=kind, data_v=_sort_key(value))


def _sort_key(value: Cell) -> str | None:
    """Return what the script sorts by, where it is not the text itself."""
    if isinstance(value, date):
        return clean(value.isoformat())
    number = figure(value)
    return None if number is None else repr(number)
