"""The synthesis of an audit as a spreadsheet: a first sheet to read, a sheet for each table, native charts.

Every text is written as a text: nothing that comes from a tender can become a formula, a link or a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.model.synthesis import TEXT, VERDICT, Card, Cell, Chart, Figure, Note, Synthesis, Table
from achats_check.reports.synthesis.charts import figures_table
from achats_check.reports.synthesis.markup import clean
from achats_check.reports.synthesis.sheet_cells import MOST_ROWS, Cells, Formats, column_width
from achats_check.reports.synthesis.sheet_charts import draw_chart
from achats_check.reports.synthesis.sheet_names import SheetNames
from achats_check.reports.synthesis.verdicts import severity_word, verdict_word
from achats_check.wording import format_date, format_number

_FIRST, _CHARTS = "Synthèse", "Graphiques"
_CARD_TITLES = ("Verdict", "Constat", "Où", "Ce qui est constaté", "À faire", "Fondement", "Passage", "Règle")
_WIDTHS = (18, 46, 38, 60, 46, 40, 50, 30)
_NOTE_LINE = 150
"""Characters on a line of a paragraph, which spreads over the first columns."""
_CHART_ROWS = 20
"""Rows that a chart covers beside its figures."""
_CHART_COLUMN = 8
"""First column that charts cover; the figures of many series go under them, to be found by moving the chart."""


class _Book(NamedTuple):
    """The workbook being written."""

    workbook: Any
    formats: Formats
    front: Cells
    """The first sheet."""
    names: SheetNames


def write_workbook(synthesis: Synthesis, path: Path) -> None:
    """Write a synthesis as an XLSX file; the same records give the same bytes.

    Args:
        synthesis: What to write.
        path: The file, replaced when it exists.

    Raises:
        OSError: The file cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    workbook = Workbook(str(path), {"constant_memory": True})
    workbook.set_properties(
        {
            "title": clean(synthesis.title),
            "comments": f"achats-check {synthesis.tool_version}, règles {synthesis.rules_version}",
            "created": datetime.combine(synthesis.today, time()),
        }
    )
    _fill(workbook, synthesis)
    try:
        workbook.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _fill(workbook: Any, synthesis: Synthesis) -> None:
    """Write the first sheet from top to bottom, then the sheets that it leads to, in the order of the synthesis."""
    front, formats = workbook.add_worksheet(_FIRST), Formats(workbook)
    book = _Book(workbook, formats, Cells(front, formats), SheetNames((_FIRST, _CHARTS)))
    for column, width in enumerate(_WIDTHS):
        front.set_column(column, column, width)
    front.hide_gridlines(2)
    front.set_landscape()
    front.fit_to_pages(1, 0)
    charts = [block for section in synthesis.sections for block in section.blocks if isinstance(block, Chart)]
    tables = [block for section in synthesis.sections for block in section.blocks if isinstance(block, Table)]
    named = iter([(table, book.names.take(table.title, table.name)) for table in tables])
    sheets = _front_sheet(book, synthesis, named)
    if any(chart.labels for chart in charts):
        _chart_sheet(book, charts)
    for table, name in sheets:
        _table_sheet(book, table, name)


def _front_sheet(book: _Book, synthesis: Synthesis, named: Iterator[tuple[Table, str]]) -> list[tuple[Table, str]]:
    """Write the first sheet, and return the tables with the names of their sheets."""
    front, formats = book.front, book.formats
    front.write(0, 0, synthesis.title, formats.title)
    front.write(1, 0, f"Établie le {format_date(synthesis.today)}", formats.quiet)
    front.write(2, 0, f"Sources : {', '.join(synthesis.sources)}", formats.quiet)
    versions = f"achats-check {synthesis.tool_version}, règles {synthesis.rules_version}"
    front.write(3, 0, versions, formats.quiet)
    row, before, sheets = 5, None, []
    for section in synthesis.sections:
        for column in range(len(_WIDTHS)):
            front.write(row, column, "" if column else section.title, formats.section)
        row += 1
        for block in section.blocks:
            if isinstance(block, Card) and before is not Card:
                for column, title in enumerate(_CARD_TITLES):
                    front.write(row, column, title, formats.head)
                row += 1
            before = type(block)
            if isinstance(block, Table):
                sheets.append(next(named))
                _link(book, row, block.title, sheets[-1][1], _size(block), block.note)
            else:
                _front_row(book, row, block)
            row += 1
        row, before = row + 1, None
    return sheets


def _front_row(book: _Book, row: int, block: Figure | Card | Chart | Note) -> None:
    front, formats = book.front, book.formats
    if isinstance(block, Figure):
        front.write(row, 1, block.label, formats.text)
        front.write(row, 2, block.value, formats.of(block.value, block.kind, strong=True))
        front.write(row, 3, block.note, formats.text)
    elif isinstance(block, Note):
        front.sheet.set_row(row, 15.0 * (1 + len(block.text) // _NOTE_LINE))
        front.sheet.merge_range(row, 0, row, 3, "", formats.text)
        front.write(row, 0, block.text, formats.text)
    elif isinstance(block, Chart):
        _link(book, row, block.title, _CHARTS if block.labels else "", "graphique", block.note)
    else:
        verdict = " · ".join(filter(None, (verdict_word(block.verdict), severity_word(block.severity))))
        front.write(row, 0, verdict, formats.verdict(block.verdict))
        texts = (block.title, block.where, block.message, block.remedy, block.reference, block.quote, block.rule)
        for column, text in enumerate(texts, 1):
            front.write(row, column, text, formats.text)


def _link(book: _Book, row: int, title: str, sheet: str, what: str, note: str) -> None:
    book.front.write(row, 1, title, book.formats.text)
    if sheet:
        target = f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!A1"
        book.front.sheet.write_url(row, 1, target, book.formats.link, clean(title)[:255] or sheet)
    book.front.write(row, 2, what, book.formats.text)
    book.front.write(row, 3, note, book.formats.text)


def _size(table: Table) -> str:
    rows = len(table.rows)
    if not table.more:
        return f"{format_number(rows)} ligne{'s' if rows > 1 else ''}"
    return f"{format_number(rows)} lignes ici sur {format_number(rows + table.more)}"


def _table_sheet(book: _Book, table: Table, name: str) -> None:
    """Write a table under its titles, which stay in sight and filter; what is left out is said under the last row."""
    formats = book.formats
    sheet = Cells(book.workbook.add_worksheet(name), formats)
    shown = table.rows[: MOST_ROWS - 2]
    for index, column in enumerate(table.columns):
        width = column_width(column, [row[index] for row in shown[:200] if index < len(row)])
        sheet.sheet.set_column(index, index, width)
        sheet.write(0, index, column.title, formats.head)
    for number, row in enumerate(shown, 1):
        for index, (value, column) in enumerate(zip(row, table.columns, strict=False)):
            sheet.write(number, index, _worded(value, column.kind), formats.of(value, column.kind))
    sheet.sheet.freeze_panes(1, 1 if len(table.columns) > 4 else 0)
    sheet.sheet.set_landscape()
    sheet.sheet.fit_to_pages(1, 0)
    sheet.sheet.repeat_rows(0)
    if shown and table.columns:
        sheet.sheet.autofilter(0, 0, len(shown), len(table.columns) - 1)
    left = table.more + len(table.rows) - len(shown)
    if left:
        said = f"{format_number(left)} autres lignes ne sont pas ici. {table.note}"
        sheet.write(len(shown) + 1, 0, said, formats.quiet)


def _worded(value: Cell, kind: str) -> Cell:
    return verdict_word(value) if kind == VERDICT and isinstance(value, str) else value


def _chart_sheet(book: _Book, charts: list[Chart]) -> None:
    """Write the figures of each chart, and the chart beside them."""
    sheet = Cells(book.workbook.add_worksheet(_CHARTS), book.formats)
    sheet.sheet.set_column(0, 0, 44)
    sheet.sheet.set_column(1, _CHART_COLUMN - 1, 15)
    row = 0
    for chart in charts:
        if not chart.labels:
            continue
        table = figures_table(chart)
        sheet.write(row, 0, chart.title, book.formats.section)
        sheet.write(row + 1, 0, f"{chart.note} {table.note}".strip(), book.formats.quiet)
        _chart_figures(book, sheet, row + 2, chart, table)
        first = row + 3
        drawn = draw_chart(book.workbook, chart, _CHARTS, first, len(table.columns))
        sheet.sheet.insert_chart(row + 1, max(_CHART_COLUMN, len(table.columns) + len(chart.targets) + 1), drawn)
        row = first + max(len(chart.labels), _CHART_ROWS) + 2


def _chart_figures(book: _Book, sheet: Cells, top: int, chart: Chart, table: Table) -> None:
    """Write the figures of a chart, then a column for each target, the same on every row, to draw its line."""
    titles = [column.title for column in table.columns] + [target.label for target in chart.targets]
    for index, title in enumerate(titles):
        sheet.write(top, index, title, book.formats.head)
    for number, row in enumerate(table.rows, 1):
        values: list[Cell] = [*row, *(target.value for target in chart.targets)]
        for index, value in enumerate(values):
            kind = chart.unit if index else TEXT
            written = str(value) if index == 0 else value
            sheet.write(top + number, index, written, book.formats.of(written, kind))
