"""Tables that rules announce without closing: rows through pdfplumber, which ordinary pieces never wake."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from make_pieces import grid, lines, pdf_bytes, written

from achats_check.model.document import Document
from achats_check.readers import read
from achats_check.readers.pdf import fallback

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

XS = (60, 260, 420)
ROWS = [
    ("Critère d'attribution", "Sous-critère", "Pondération"),
    ("Prix des prestations", "", "40 %"),
    ("Valeur technique", "Méthode et moyens", "35 %"),
    ("Insertion sociale", "Heures réalisées", "25 %"),
]


def put(canvas: Canvas, rows: list[tuple[str, ...]] = ROWS, step: float = 20) -> None:
    """Write the cells of a table from y = 700 down."""
    for rank, cells in enumerate(rows):
        for x, text in zip(XS, cells, strict=True):
            canvas.drawString(x + 4, 700 - step * rank - 13, text)


def across(canvas: Canvas, *ys: float) -> None:
    """Draw horizontal rules over the width of the table."""
    for y in ys:
        canvas.line(60, y, 500, y)


def under_each_row(canvas: Canvas) -> None:
    """A rule above and under each row, none between columns."""
    put(canvas)
    across(canvas, 700, 680, 660, 640, 620)


def three_rules(canvas: Canvas) -> None:
    """Rules above and under the head, and at the end."""
    put(canvas, step=16)
    across(canvas, 702, 682, 632)


def open_sides(canvas: Canvas) -> None:
    """Rules between rows and columns, none around."""
    under_each_row(canvas)
    for x in (260, 420):
        canvas.line(x, 700, x, 620)


def bent_cell(canvas: Canvas) -> None:
    """A merged cell that is no rectangle."""
    put(canvas)
    across(canvas, 700, 680, 620)
    for x1, y1, x2, y2 in ((60, 660, 260, 660), (260, 640, 500, 640), (60, 700, 60, 620), (500, 700, 500, 620)):
        canvas.line(x1, y1, x2, y2)
    for x, top, bottom in ((260, 700, 660), (420, 700, 660), (420, 640, 620), (260, 640, 620)):
        canvas.line(x, top, x, bottom)


def read_page(
    folder: Path, draw: Callable[[Canvas], None], before: str = "Les critères sont les suivants :"
) -> Document:
    """Read a page that holds a table between two sentences."""

    def page(canvas: Canvas) -> None:
        lines(before)(canvas)
        draw(canvas)
        lines("Après.", top=560)(canvas)

    document = read(written(folder / "piece.pdf", pdf_bytes(page)))
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize("draw", [under_each_row, three_rules, open_sides, bent_cell])
def test_rows_without_a_grid(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    """Rules that close no grid still give the rows people see, in place of their plain text."""
    blocks = read_page(tmp_path, draw).blocks
    assert [block.cells for block in blocks if block.kind == "row"] == ROWS
    assert [block.text for block in blocks if block.kind != "row"] == ["Les critères sont les suivants :", "Après."]


def test_cell_over_two_lines(tmp_path: Path) -> None:
    """The second line of a cell stays in its row when rules part the rows."""
    rows = [("Critère", "Appréciation", "Poids"), ("Prix", "Montant du détail", "60 %"), ("", "estimatif (DQE)", "")]

    def draw(canvas: Canvas) -> None:
        put(canvas, [*rows, ("Délai", "Nombre de jours", "40 %")], step=14)
        across(canvas, 700, 686, 658, 644)

    found = [block.cells for block in read_page(tmp_path, draw).blocks if block.kind == "row"]
    assert found[1] == ("Prix", "Montant du détail estimatif (DQE)", "60 %")


def test_underlined_sentences_stay_text(tmp_path: Path) -> None:
    """Rules under the lines of a paragraph make no table."""

    def draw(canvas: Canvas) -> None:
        lines(
            "Le marché est conclu pour une durée d'un an ferme, sans reconduction possible, à compter de",
            "sa notification au titulaire, dans les conditions du présent règlement et des critères fixés.",
            "Chaque lot fait l'objet d'un marché séparé, attribué à un seul opérateur économique, ou bien.",
            top=700,
        )(canvas)
        across(canvas, 698, 684, 670)

    assert {block.kind for block in read_page(tmp_path, draw).blocks} == {"paragraph"}


def test_failure_of_the_fallback_leaves_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever pdfplumber raises, the page stays plain text."""

    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("pdfplumber.open", broken)
    assert {block.kind for block in read_page(tmp_path, under_each_row).blocks} == {"paragraph"}


def test_pages_handed_over_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit, pages stay plain text."""
    monkeypatch.setattr(fallback, "MAX_PAGES", 1)
    document = read(written(tmp_path / "piece.pdf", pdf_bytes(under_each_row, under_each_row)))
    assert isinstance(document, Document)
    assert {block.page for block in document.blocks if block.kind == "row"} == {1}


def _ordinary(canvas: Canvas) -> None:
    lines("Article 1 - Critères", "La pondération des critères et la durée de chaque lot sont les suivantes :")(canvas)
    grid(canvas, [60, 300, 400], [700, 680, 660], [["Prix", "60 %"], ["Délai", "40 %"]])
    canvas.rect(50, 600, 400, 30)
    across(canvas, 800, 50)


def _without_a_word_that_matters(canvas: Canvas) -> None:
    put(canvas, [("Site", "Adresse", "Horaires"), ("Mairie", "Place", "8 h"), ("École", "Rue", "9 h")])
    across(canvas, 700, 680, 660, 640)


@pytest.mark.parametrize("draw", [_ordinary, _without_a_word_that_matters])
def test_ordinary_pieces_never_wake_it(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    """A piece with closed tables, frames and running rules is read without importing pdfplumber."""
    path = written(tmp_path / "rc.pdf", pdf_bytes(draw))
    code = (
        "import sys, pathlib\nfrom achats_check.readers import read\nread(pathlib.Path(sys.argv[1]))\n"
        "sys.exit('pdfplumber' in sys.modules or 'pdfminer' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=False).returncode == 0


def test_the_fallback_stops_at_the_first_good_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a way of asking gives a table that fits, the dearer ones are not tried."""
    from pdfplumber.page import CroppedPage

    asked = []
    find = CroppedPage.find_tables
    monkeypatch.setattr(CroppedPage, "find_tables", lambda page, way: asked.append(way) or find(page, way))
    read_page(tmp_path, under_each_row)
    assert 0 < len(asked) < 3
