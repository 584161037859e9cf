"""Pages that are turned, drawn through inner forms, with titles that only stand out, or out of measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import grid, lines, pdf_bytes, raw_pdf, raw_pdf_page, written

from achats_check.model.document import Document, Unread
from achats_check.readers import read

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

LONG = "Le titulaire exécute les prestations dans les conditions prévues par le présent cahier et"
SENTENCE = b"BT /F1 12 Tf 20 20 Td (Le titulaire execute le marche.) Tj ET"


def document_of(path: Path) -> Document:
    """Read a file that can be read."""
    document = read(path)
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize(("rotation", "angle"), [(90, 90), (270, 270), (180, 180), (0, 90), (0, 270), (90, 0)])
def test_turned_pages(tmp_path: Path, rotation: int, angle: int) -> None:
    """Paragraphs and tables are the same whichever way the page, or the text on it, is turned."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.translate(*{0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[angle])
        canvas.rotate(angle)
        lines("Article 1 - Objet", LONG, "ses annexes.", "Fin.", top=500 if angle in (90, 270) else 760)(canvas)
        grid(canvas, [60, 300, 400], [300, 280, 260], [["Prix", "60 %"], ["Délai", "40 %"]])

    blocks = document_of(written(tmp_path / "piece.pdf", pdf_bytes(draw))).blocks
    found = [(block.kind, block.text) for block in blocks]
    table = [("row", "Prix\t60 %"), ("row", "Délai\t40 %")]
    assert found == [
        ("title", "Article 1 - Objet"),
        ("paragraph", f"{LONG} ses annexes."),
        ("paragraph", "Fin."),
        *table,
    ]


def test_table_inside_forms(tmp_path: Path) -> None:
    """A ruled table drawn through forms within forms, moved and scaled, gives its rows."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        grid(canvas, [60, 300, 400], [300, 280, 260], [["Prix", "60 %"], ["Délai", "40 %"]])
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(10, 20)
        canvas.scale(0.8, 0.8)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.translate(30, 200)
        canvas.doForm("outer")

    blocks = document_of(written(tmp_path / "piece.pdf", pdf_bytes(draw))).blocks
    assert [block.cells for block in blocks] == [("Prix", "60 %"), ("Délai", "40 %")]


def test_large_lines_are_titles_inside_their_article(tmp_path: Path) -> None:
    """A short larger line over a text is a title of the article above; a larger name after a colon is not."""

    def draw(canvas: Canvas) -> None:
        lines("Article 2 - Clauses", "Le marché dure un an.", "Il a l'objet suivant :", top=760)(canvas)
        canvas.setFont("Helvetica", 15)
        lines("Entretien des espaces verts", top=700)(canvas)
        lines("Clause sociale", top=650)(canvas)
        canvas.setFont("Helvetica", 11)
        lines("Il est reconductible.", top=680)(canvas)
        lines("Le titulaire réserve des heures.", top=630)(canvas)

    path = written(tmp_path / "piece.pdf", pdf_bytes(lines("Couverture."), draw))
    blocks = document_of(path).blocks
    assert [b.text for b in blocks if b.kind == "title"] == ["Article 2 - Clauses", "Clause sociale"]
    assert (blocks[-1].article, blocks[-1].heading) == ("2", "Clause sociale")


@pytest.mark.parametrize(
    "box", [b"[0 0 1e30 1e30]", b"[0 0 0 0]", b"[100 100 -100 -100]", b"[a b c d]", b"[-500 -500 500 500]"]
)
def test_pages_out_of_measure(tmp_path: Path, box: bytes) -> None:
    """A page of absurd dimensions is read all the same."""
    path = written(tmp_path / "piece.pdf", raw_pdf_page(box, SENTENCE))
    assert [block.text for block in document_of(path).blocks] == ["Le titulaire execute le marche."]


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
TREES = {
    "no page": ([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"], "aucun texte"),
    "endless tree": ([CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"], "endommagé"),
    "false count": (
        [CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1000000>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"],
        "endommagé",
    ),
}


@pytest.mark.parametrize(("objects", "word"), TREES.values(), ids=TREES)
def test_odd_page_trees(tmp_path: Path, objects: list[bytes], word: str) -> None:
    """A PDF without pages, with a tree that holds itself, or a false count, is refused with its reason."""
    result = read(written(tmp_path / "piece.pdf", raw_pdf(objects)))
    assert isinstance(result, Unread)
    assert word in result.reason


def test_pages_beyond_the_limit(tmp_path: Path) -> None:
    """Of 2 100 pages, the first 2 000 are read and the others told."""
    document = document_of(written(tmp_path / "piece.pdf", raw_pdf_page(b"[0 0 500 500]", SENTENCE, 2100)))
    assert (document.pages, len(document.unread_pages)) == (2100, 100)
    assert any("2000 premières" in warning for warning in document.warnings)
