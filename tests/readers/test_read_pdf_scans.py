"""Pages whose text cannot be had: pictures whole or in strips, broken pages; what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import docx_bytes, lines, paragraph, pdf_bytes, raw_pdf, written

from achats_check.model.document import Document
from achats_check.readers import guards, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

LONG = "Le titulaire exécute les prestations dans les conditions prévues par le présent cahier et"


def picture(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """Draw a grey image."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (20, 28), 200)), left, bottom, width, height)


def in_strips(canvas: Canvas) -> None:
    """A scan cut in ten strips, as some copiers do."""
    for rank in range(10):
        picture(canvas, 0, rank * 84, 595, 84)


def with_logos(canvas: Canvas) -> None:
    """A nearly empty page with a few small images."""
    for rank in range(4):
        picture(canvas, 50, 100 + 150 * rank, 120, 120)
    lines("Annexe 1")(canvas)


def with_an_image_off_the_page(canvas: Canvas) -> None:
    """An image far larger than the page, of which a corner shows."""
    picture(canvas, 500, 700, 4000, 4000)
    lines("Annexe 1")(canvas)


def document_of(path: Path) -> Document:
    """Read a file that can be read."""
    document = read(path)
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize(
    ("draw", "unread"),
    [(in_strips, (2,)), (with_logos, ()), (with_an_image_off_the_page, ())],
    ids=["strips", "logos", "off the page"],
)
def test_images_count_together(tmp_path: Path, draw: Callable[[Canvas], None], unread: tuple[int, ...]) -> None:
    """What the images of a page cover together makes a scan of it, not what hangs over its edges."""
    document = document_of(written(tmp_path / "piece.pdf", pdf_bytes(lines(LONG), draw)))
    assert document.unread_pages == unread


def stamped(number: int) -> Callable[[Canvas], None]:
    """A scan that a sending platform wrote a line over."""

    def draw(canvas: Canvas) -> None:
        picture(canvas, 0, 0, 595, 842)
        canvas.drawString(60, 825, f"Accusé de réception en préfecture 078-217801463-20261012-{number} - page {number}")

    return draw


def test_a_stamp_is_not_the_text_of_a_scan(tmp_path: Path) -> None:
    """A line written over every page by a platform does not make a scan readable."""
    document = document_of(written(tmp_path / "piece.pdf", pdf_bytes(lines(LONG), *map(stamped, range(1, 5)))))
    assert document.unread_pages == (2, 3, 4, 5)


def test_a_background_is_not_a_scan(tmp_path: Path) -> None:
    """Text over a picture that fills the page is text."""

    def draw(canvas: Canvas) -> None:
        picture(canvas, 0, 0, 595, 842)
        lines(LONG, "ses annexes.", top=600)(canvas)

    assert document_of(written(tmp_path / "piece.pdf", pdf_bytes(draw, draw, draw))).unread_pages == ()


def test_broken_pages_are_not_called_scans(tmp_path: Path) -> None:
    """A page that cannot be loaded is told apart from a page in image."""
    content = b"BT /F1 12 Tf 20 20 Td (Le titulaire execute le marche.) Tj ET"
    data = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"42",
        ]
    )
    document = document_of(written(tmp_path / "piece.pdf", data))
    assert document.unread_pages == (2,)
    assert document.warnings == ("1 page(s) endommagée(s) non lue(s) : 2.",)


def test_what_a_limit_left_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document cut by a limit says so, and one that is not does not."""
    pdf = written(tmp_path / "piece.pdf", pdf_bytes(lines(LONG, "un.", "Deux.", "Trois."), lines("Quatre.")))
    word = written(tmp_path / "piece.docx", docx_bytes(paragraph("Un.") * 3))
    assert [document_of(path).truncated for path in (pdf, word)] == [False, False]
    monkeypatch.setattr(guards, "MAX_BLOCKS", 2)
    assert [(len((d := document_of(path)).blocks), d.truncated) for path in (pdf, word)] == [(2, True), (2, True)]
    monkeypatch.undo()
    monkeypatch.setattr(guards, "MAX_PAGES", 1)
    assert document_of(pdf).truncated
