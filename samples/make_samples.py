"""Write the Word and PDF pieces of the sample dossiers from ``samples/sources``.

    python samples/make_samples.py [FOLDER]

A source is plain text: ``= `` a cover title, ``# `` and ``## `` numbered titles, ``- `` a list item, ``| a | b |``
a table row, ``footer `` the foot of every page; anything else is a paragraph. Same source, same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).resolve().parent
PIECES = {
    "espaces-verts/RC.docx": "espaces-verts/RC.txt",
    "espaces-verts/CCAP.docx": "espaces-verts/CCAP.txt",
    "espaces-verts/CCTP.docx": "espaces-verts/CCTP.txt",
    "espaces-verts/AE.docx": "espaces-verts/AE.txt",
    "travaux-sans-clause/RC.pdf": "travaux/RC.txt",
    "travaux-sans-clause/CCP.pdf": "travaux/CCP.txt",
    "travaux-sans-clause/AE.pdf": "travaux/AE.txt",
    "travaux-motif-consigne/RC.pdf": "travaux/RC.txt",
    "travaux-motif-consigne/CCP.pdf": "travaux/CCP.txt",
    "travaux-motif-consigne/AE.pdf": "travaux/AE.txt",
    "prix-seul/RC.docx": "prix-seul/RC.txt",
    "sain/AAPC.docx": "sain/AAPC.txt",
    "sain/RC.docx": "sain/RC.txt",
    "sain/CCAP.docx": "sain/CCAP.txt",
    "sain/CCTP.docx": "sain/CCTP.txt",
    "sain/AE.docx": "sain/AE.txt",
    "contradictions/RC.pdf": "contradictions/RC.txt",
    "contradictions/CCAP.pdf": "contradictions/CCAP.txt",
    "contradictions/CCTP.docx": "contradictions/CCTP.txt",
    "contradictions/AE.docx": "contradictions/AE.txt",
}
"""Each sample piece, and the source it is written from."""
_MARKS = {"= ": "cover", "# ": "title", "## ": "subtitle", "- ": "item", "|": "row", "footer ": "footer"}
_WIDTH = 84
"""Characters of a row beyond which the cells of a PDF table are wrapped."""
_BOXES = {"☐": "❏", "☒": "✘", "☑": "✓"}
"""Boxes of a form, and the sign that stands for each in a PDF."""
_EPOCH = datetime(2026, 1, 1)


class Line(NamedTuple):
    """A line of a source."""

    kind: str
    """"cover", "title", "subtitle", "item", "row", "footer" or "paragraph"."""
    text: str
    group: int = 0
    """Number of its run of lines: an empty line between two tables parts them."""

    @property
    def cells(self) -> list[str]:
        """Cells of a row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]


def lines(source: str) -> Iterator[Line]:
    """Yield the lines of a source that are not empty."""
    group = 0
    for raw in source.splitlines():
        mark = next((mark for mark in _MARKS if raw.startswith(mark)), "")
        kind, text = _MARKS.get(mark, "paragraph"), raw.strip() if mark == "|" else raw[len(mark) :].strip()
        if text:
            yield Line(kind, text, group if kind == "row" else 0)
        else:
            group += 1


def write_docx(source: str, path: Path) -> None:
    """Write a Word piece."""
    from docx import Document

    document = Document()
    document.core_properties.author = "achats-check"
    document.core_properties.created = document.core_properties.modified = _EPOCH
    covered = False
    for (kind, _), group in groupby(lines(source), key=lambda line: (line.kind, line.group)):
        if kind == "row":
            _word_table(document, [line.cells for line in group])
            continue
        for line in group:
            paragraph = _word_line(document, line)
            if kind == "title" and not covered:  # the cover stands alone on its page
                paragraph.paragraph_format.page_break_before = covered = True
    document.save(str(path))
    _freeze(path)


def _word_line(document: Any, line: Line) -> Any:
    if line.kind == "footer":
        footer = document.sections[0].footer.paragraphs[0]
        footer.text = line.text
        return footer
    if line.kind in {"title", "subtitle"}:
        return document.add_heading(line.text, level=1 if line.kind == "title" else 2)
    return document.add_paragraph(line.text, style={"cover": "Title", "item": "List Bullet"}.get(line.kind))


def _word_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph()


def _freeze(path: Path) -> None:
    """Rewrite an archive with one date, so that the same source gives the same bytes."""
    with ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with ZipFile(path, "w") as archive:
        for name, data in members:
            info = ZipInfo(name, _EPOCH.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, data)


def write_pdf(source: str, path: Path) -> None:
    """Write a PDF piece."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    found = list(lines(source))
    foot = next((line.text for line in found if line.kind == "footer"), "")

    def draw_foot(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(56, 30, f"{foot} — page {document.page}")

    kept = [line for line in found if line.kind != "footer"]
    template = SimpleDocTemplate(str(path), pagesize=A4, invariant=1, title=kept[1].text, author="achats-check")
    template.build(list(_flow(kept)), onFirstPage=draw_foot, onLaterPages=draw_foot)


def _flow(found: list[Line]) -> Iterator[Any]:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, Spacer

    sheet = getSampleStyleSheet()
    styles = {"cover": "Title", "title": "Heading2", "subtitle": "Heading3"}
    cover = True
    for (kind, _), group in groupby(found, key=lambda line: (line.kind, line.group)):
        if cover and kind == "title":
            cover = False
            yield PageBreak()
        if kind == "row":
            yield _pdf_table([line.cells for line in group])
            yield Spacer(1, 8)
            continue
        for line in group:
            bullet = "•" if kind == "item" else None
            yield Paragraph(_escaped(line.text), sheet[styles.get(kind, "BodyText")], bulletText=bullet)


def _pdf_table(rows: list[list[str]]) -> Any:
    from reportlab.lib.colors import black
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, Table

    style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("FONTSIZE", (0, 0), (-1, -1), 9)]
    widest = [max(len(row[rank]) for row in rows) for rank in range(len(rows[0]))]
    if sum(widest) <= _WIDTH and not any(box in cell for row in rows for cell in row for box in _BOXES):
        return Table(rows, style=style, hAlign="LEFT")
    body = getSampleStyleSheet()["BodyText"]
    wrapped = [[Paragraph(_escaped(cell), body) for cell in row] for row in rows]
    shares = [min(max(width, 6), _WIDTH // 2) for width in widest]
    return Table(wrapped, colWidths=[470 * share / sum(shares) for share in shares], style=style, hAlign="LEFT")


def _escaped(text: str) -> str:
    """Return the markup of a text, its boxes in the only font that has some: the others print all of them as "■"."""
    markup = text.replace("&", "&amp;").replace("<", "&lt;")
    for box, printed in _BOXES.items():
        markup = markup.replace(box, f'<font name="ZapfDingbats">{printed}</font>')
    return markup


def main(folder: Path = HERE) -> None:
    """Write every piece under a folder."""
    for name, source in PIECES.items():
        text = (HERE / "sources" / source).read_text(encoding="utf-8")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (write_docx if path.suffix == ".docx" else write_pdf)(text, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
