"""The synthesis of an audit as a spreadsheet: a first sheet to read, a sheet for each table, native charts.

Every text is written as a text: nothing that comes from a tender can become a formula, a link or a number. What leads
elsewhere is a word or two of ours: LibreOffice shows a link on one line, and cuts it where the next cell begins.
"""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from achats_check.model.synthesis import VERDICT, Block, Card, Cell, Chart, Figure, Note, Synthesis, Table
from achats_check.reports.page.markup import clean
from achats_check.reports.synthesis.charts import figures_table
from achats_check.reports.synthesis.sheet_cells import MOST_ROWS, Cells, Formats, address, column_width
from achats_check.reports.synthesis.sheet_charts import CHART_WIDTH, ROW_PIXELS, chart_height, draw_chart
from achats_check.reports.synthesis.sheet_names import SheetNames
from achats_check.reports.synthesis.verdicts import severity_word, verdict_word
from achats_check.wording import format_date, format_number

_FIRST, _CHARTS, _FIGURES = "Synthèse", "Graphiques", "Chiffres des graphiques"
_CARD_TITLES = ("Verdict", "Constat", "Où", "Ce qui est constaté", "À faire", "Fondement", "Passage", "Règle")
_WIDTHS = (30, 38, 32, 48, 42, 32, 46, 28)
_PRINTED_COLUMNS = 6
"""Columns of the first sheet that are printed: passages and names of rules are read on screen."""
_NOTE_COLUMNS = 4
"""Columns that a paragraph spreads over."""
_TITLE = 255
"""Characters that the title of a file may have."""
_MEASURED_ROWS = 200
"""First rows that the width of a column goes by."""
_CHART_SCALE = 80
"""Percents at which a chart holds in the width of a page, with columns wider than the usual ones."""
_FIGURE_WIDTHS = (44, *[18.0] * 60)


class _Book(NamedTuple):
    """The workbook being written."""

    workbook: Any
    formats: Formats
    front: Cells
    """The first sheet."""
    rows: dict[str, str]
    """Where the row on each subject stands."""


def write_workbook(synthesis: Synthesis, path: Path) -> None:
    """Write a synthesis as an XLSX file; the same records give the same bytes.

    The file takes its place in one move: a full disk leaves the one that was there.

    Args:
        synthesis: What to write.
        path: The file, replaced when it exists.

    Raises:
        OSError: The file cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix=".synthese-", dir=path.parent) as folder:
        whole = Path(folder) / path.name
        workbook = Workbook(str(whole), {"constant_memory": True, "tmpdir": folder})
        workbook.set_properties(_properties(synthesis))
        _fill(workbook, synthesis)
        try:
            workbook.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
        whole.replace(path)


def _properties(synthesis: Synthesis) -> dict[str, Any]:
    return {
        "title": clean(synthesis.title)[:_TITLE],
        "comments": _versions(synthesis),
        "created": datetime.combine(synthesis.today, time()),
    }


def _versions(synthesis: Synthesis) -> str:
    return f"achats-check {synthesis.tool_version}, règles {synthesis.rules_version}"


def _fill(workbook: Any, synthesis: Synthesis) -> None:
    """Write the first sheet from top to bottom, then the sheets that it leads to."""
    front, formats = workbook.add_worksheet(_FIRST), Formats(workbook)
    names = SheetNames((_FIRST, _CHARTS, _FIGURES))
    blocks = [block for section in synthesis.sections for block in section.blocks]
    sheets = [(block, names.take(block.title, block.name)) for block in blocks if isinstance(block, Table)]
    book = _Book(workbook, formats, Cells(front, formats, _WIDTHS), _subject_rows(sheets))
    last = _front_sheet(book, synthesis, iter(name for _, name in sheets))
    front.hide_gridlines(2)
    _paper(front)
    front.print_area(0, 0, last, _PRINTED_COLUMNS - 1)
    charts = [block for block in blocks if isinstance(block, Chart) and block.labels]
    if charts:
        _chart_sheets(book, charts)
    for table, name in sheets:
        _table_sheet(book, table, name)


def _subject_rows(sheets: list[tuple[Table, str]]) -> dict[str, str]:
    """Return the address of the first row that begins with each text."""
    found: dict[str, str] = {}
    for table, name in sheets:
        for number, row in enumerate(table.rows[: MOST_ROWS - 2], 2):
            if row and isinstance(row[0], str):
                found.setdefault(row[0], address(name, number))
    return found


def _paper(sheet: Any) -> None:
    """Print on A4 laid sideways, as wide as the page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _front_sheet(book: _Book, synthesis: Synthesis, sheets: Iterator[str]) -> int:
    """Write the first sheet; ``sheets`` names those of the tables, in order. Return its last row."""
    front, formats = book.front, book.formats
    opening = (
        (synthesis.title, formats.title),
        (f"Établie le {format_date(synthesis.today)}", formats.quiet),
        (f"Sources : {', '.join(synthesis.sources)}", formats.quiet),
        (_versions(synthesis), formats.quiet),
    )
    for row, value in enumerate(opening):
        front.write_row(row, [value])
    row = len(opening) + 1
    for section in synthesis.sections:
        front.write_row(row, [(section.title, formats.section), *[("", formats.section)] * (len(_WIDTHS) - 1)])
        before: Block | None = None
        for block in section.blocks:
            row += 1
            if isinstance(block, Card) and not isinstance(before, Card):
                front.write_row(row, [(title, formats.head) for title in _CARD_TITLES])
                row += 1
            _front_row(book, row, block, sheets)
            before = block
        row += 2
    return row - 2


def _front_row(book: _Book, row: int, block: Block, sheets: Iterator[str]) -> None:
    front, formats = book.front, book.formats
    text = formats.text
    if isinstance(block, Figure):
        value = (block.value, formats.of(block.value, block.kind, strong=True))
        front.write_row(row, [("", text), (block.label, text), value, (block.note, text)])
    elif isinstance(block, Card):
        verdict = " · ".join(filter(None, (verdict_word(block.verdict), severity_word(block.severity))))
        said = (block.title, block.where, block.message, block.remedy, block.reference, block.quote, block.rule)
        front.write_row(row, [(verdict, formats.verdict(block.verdict)), *((words, text) for words in said)])
        if target := book.rows.get(block.subject):
            front.lead(row, 0, target, verdict, formats.linked(formats.verdict(block.verdict)))
    elif isinstance(block, Note):
        width = sum(_WIDTHS[:_NOTE_COLUMNS])
        front.sheet.set_row(row, 15.0 * (1 + len(block.text) // width))
        front.sheet.merge_range(row, 0, row, _NOTE_COLUMNS - 1, "", text)
        front.write(row, 0, block.text, text)
    elif isinstance(block, Chart):
        _link(book, row, block, _CHARTS if block.labels else "", "graphique" if block.labels else "rien à dessiner")
    else:
        _link(book, row, block, next(sheets), _size(block))


def _link(book: _Book, row: int, block: Chart | Table, sheet: str, what: str) -> None:
    """Lead to the sheet of a table or of the charts."""
    text = book.formats.text
    book.front.write_row(row, [("", text), (block.title, text), (what, text), (block.note, text)])
    if sheet:
        book.front.lead(row, 2, address(sheet, 1), what, book.formats.link)


def _size(table: Table) -> str:
    rows = len(table.rows)
    if not table.more:
        return f"{format_number(rows)} ligne{'s' if rows > 1 else ''}"
    return f"{format_number(rows)} lignes ici sur {format_number(rows + table.more)}"


def _table_sheet(book: _Book, table: Table, name: str) -> None:
    """Write a table under its titles, which stay in sight and filter; what is left out is said under the last row."""
    formats, shown = book.formats, table.rows[: MOST_ROWS - 2]
    widths = [
        column_width(column, [row[index] for row in shown[:_MEASURED_ROWS] if index < len(row)])
        for index, column in enumerate(table.columns)
    ]
    sheet = Cells(book.workbook.add_worksheet(name), formats, widths)
    sheet.write_row(0, [(column.title, formats.head) for column in table.columns])
    for number, row in enumerate(shown, 1):
        pairs = zip(row, table.columns, strict=False)
        sheet.write_row(number, [(_worded(value, c.kind), formats.of(value, c.kind)) for value, c in pairs])
    sheet.sheet.freeze_panes(1, 1 if len(table.columns) > 4 else 0)
    sheet.sheet.repeat_rows(0)
    _paper(sheet.sheet)
    if shown and table.columns:
        sheet.sheet.autofilter(0, 0, len(shown), len(table.columns) - 1)
    left = table.more + len(table.rows) - len(shown)
    if left:
        said = "1 autre ligne n'est pas ici." if left == 1 else f"{format_number(left)} autres lignes ne sont pas ici."
        sheet.write(len(shown) + 1, 0, f"{said} {table.note}", formats.quiet)


def _worded(value: Cell, kind: str) -> Cell:
    return verdict_word(value) if kind == VERDICT and isinstance(value, str) else value


def _chart_sheets(book: _Book, charts: list[Chart]) -> None:
    """Draw the charts on one sheet, from their figures on the next."""
    drawings = book.workbook.add_worksheet(_CHARTS)
    drawings.hide_gridlines(2)
    drawings.set_paper(9)
    drawings.set_landscape()
    drawings.set_print_scale(_CHART_SCALE)  # and not the width of a page, with which page breaks are ignored
    figures = Cells(book.workbook.add_worksheet(_FIGURES), book.formats, _FIGURE_WIDTHS)
    _paper(figures.sheet)
    tops, row = [0], 0
    for chart in charts:
        table = figures_table(chart)
        figures.write_row(row, [(chart.title, book.formats.section)])
        figures.write_row(row + 1, [(f"{chart.note} {table.note}".strip(), book.formats.quiet)])
        _chart_figures(figures, row + 2, chart, table)
        drawn = draw_chart(book.workbook, chart, _FIGURES, row + 3, len(table.columns))
        height = chart_height(chart)
        drawn.set_size({"width": CHART_WIDTH, "height": height})
        drawings.insert_chart(tops[-1], 0, drawn, {"x_offset": 8, "y_offset": 8, "object_position": 3})
        tops.append(tops[-1] + height // ROW_PIXELS + 3)
        row += len(chart.labels) + 5
    drawings.set_h_pagebreaks(tops[1:-1])


def _chart_figures(sheet: Cells, top: int, chart: Chart, table: Table) -> None:
    """Write the figures of a chart, then a column for each target, the same on every row, to draw its line."""
    titles = [column.title for column in table.columns] + [target.label for target in chart.targets]
    sheet.write_row(top, [(title, sheet.formats.head) for title in titles])
    goals = [target.value for target in chart.targets]
    for number, (label, *values) in enumerate(table.rows, 1):
        written = [(value, sheet.formats.of(value, chart.unit)) for value in (*values, *goals)]
        sheet.write_row(top + number, [(label, sheet.formats.text), *written])
