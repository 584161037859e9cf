"""What the PDF reader sees: pages, paragraphs, margins, titles, tables, scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import grid, lines, pdf_bytes, written

from achats_check.model.document import Block, Document, Unread
from achats_check.readers import read
from achats_check.readers.pdf.engine import BROKEN_WORD
from achats_check.readers.pdf.hyphens import Hyphens
from achats_check.readers.pdf.paragraphs import Joiner
from achats_check.readers.pdf.shapes import Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

LONG = "Le titulaire exécute les prestations dans les conditions prévues par le présent cahier et"


def document_of(folder: Path, *pages: Callable[[Canvas], None]) -> Document:
    """Read drawn pages as a document."""
    document = read(written(folder / "piece.pdf", pdf_bytes(*pages)))
    assert isinstance(document, Document), document
    return document


def said(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, block.text) for block in blocks]


def test_wrapped_lines_make_one_paragraph(tmp_path: Path) -> None:
    """Lines that reach the right margin go on; a short one ends its paragraph."""
    document = document_of(tmp_path, lines(LONG, "ses annexes.", LONG, "ses pièces."))
    assert said(document.blocks) == [("paragraph", f"{LONG} ses annexes."), ("paragraph", f"{LONG} ses pièces.")]


def test_a_field_with_its_code_starts_anew(tmp_path: Path) -> None:
    """The line before it may fill the page: the code tells that another field of the form begins."""
    document = document_of(tmp_path, lines(LONG, "Variantes (BT-63) : non", LONG, "Variantes (voir 3) : non"))
    texts = [LONG, "Variantes (BT-63) : non", f"{LONG} Variantes (voir 3) : non"]
    assert said(document.blocks) == [("paragraph", text) for text in texts]


def test_paragraph_over_two_pages(tmp_path: Path) -> None:
    """A sentence cut by the end of a page is one block, on the page where it starts."""
    document = document_of(tmp_path, lines("Début.", LONG, top=120), lines("ses annexes."))
    assert [(block.page, block.text) for block in document.blocks] == [(1, "Début."), (1, f"{LONG} ses annexes.")]
    assert document.pages == 2


def test_titles_lists_and_contents(tmp_path: Path) -> None:
    """Typed titles, bullets and dotted lines of a table of contents are told apart."""
    document = document_of(
        tmp_path,
        lines(
            "4.2 Durée ............................ 5", "4.2 Durée", "Le marché dure un an.", "- premier", "- second"
        ),
    )
    assert [(block.kind, block.article) for block in document.blocks] == [
        ("toc", ""),
        ("title", "4.2"),
        ("paragraph", "4.2"),
        ("list_item", "4.2"),
        ("list_item", "4.2"),
    ]


def test_item_over_two_lines(tmp_path: Path) -> None:
    """The second line of an item belongs to it, even indented; the next bullet starts another."""

    def draw(canvas: Canvas) -> None:
        lines(f"- {LONG}")(canvas)
        lines("ses annexes.", left=72, top=746)(canvas)
        lines("- second point", top=732)(canvas)

    document = document_of(tmp_path, draw)
    assert said(document.blocks) == [("list_item", f"- {LONG} ses annexes."), ("list_item", "- second point")]


def test_title_over_two_lines(tmp_path: Path) -> None:
    """A title in capitals that fills its line goes on with the next one."""
    first = "ARTICLE 7 - CONDITIONS D'EXECUTION A CARACTERE SOCIAL ET"
    document = document_of(tmp_path, lines(first, "ENVIRONNEMENTAL", "Le titulaire respecte ces conditions."))
    assert said(document.blocks) == [
        ("title", f"{first} ENVIRONNEMENTAL"),
        ("paragraph", "Le titulaire respecte ces conditions."),
    ]


def test_a_numbered_sentence_over_three_lines_is_one_paragraph(tmp_path: Path) -> None:
    """Its first line alone looks like a title; the first two do not, and the third goes on with them."""
    first = "III.1.5) Marchés réservés : le marché est réservé à des opérateurs dont l'objet est l'insertion"
    second = "professionnelle de personnes que leur situation éloigne de l'emploi, et qui les emploient"
    document = document_of(tmp_path, lines(first, second, "travailleurs du lot 5."))
    assert said(document.blocks)[0] == ("paragraph", f"{first} {second} travailleurs du lot 5.")


@pytest.mark.parametrize(("word", "goes_on"), [("ÉCORESPONSABILITÉ", True), ("ECORESPONSABILITE", False)])
def test_title_that_goes_on_under_an_accent(word: str, goes_on: bool) -> None:
    """Some fonts make a line taller by the accent of its first capital; a larger line without one is another."""
    first = Line("ARTICLE 7 - CONDITIONS DE TRAVAIL ET", 60, 530, 740, 752, 12, True, 0, 0)
    below = Line(word, 60, 300, 724, 738.5, 14.5, True, 0, 0)
    body = Line("Le titulaire respecte ces conditions.", 60, 530, 706, 718, 12, False, 0, 0)
    joiner = Joiner(Hyphens("", 1))
    joiner.page(1, [first, below, body])
    joiner.flush()
    assert (joiner.drafts[0].text == f"{first.text} {word}") is goes_on


def test_rows_without_rules_stay_apart(tmp_path: Path) -> None:
    """The rows of a table drawn without rules are not run together."""

    def draw(canvas: Canvas) -> None:
        for rank, (name, weight) in enumerate((("Prix", "60 %"), ("Délai", "40 %"))):
            canvas.drawString(60, 760 - 14 * rank, name)
            canvas.drawRightString(530, 760 - 14 * rank, weight)

    assert [block.text for block in document_of(tmp_path, draw).blocks] == ["Prix 60 %", "Délai 40 %"]


def test_column_of_icons_is_left_out(tmp_path: Path) -> None:
    """A first column without any text does not shift labels and values."""

    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 90, 300, 400], [740, 720, 700], [["", "Variantes", "Sans"], ["", "Lots", "4"]])

    assert [block.cells for block in document_of(tmp_path, draw).blocks] == [("Variantes", "Sans"), ("Lots", "4")]


def test_running_feet_leave_the_text(tmp_path: Path) -> None:
    """A foot that comes back with another page number is kept once, out of the text."""

    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            lines(f"Corps {'abc'[number]}.")(canvas)
            canvas.drawString(60, 30, f"Consultation 25-01 Page {number} sur 3")

        return draw

    document = document_of(tmp_path, page(0), page(1), page(2))
    assert said(document.blocks) == [
        ("paragraph", "Corps a."),
        ("paragraph", "Corps b."),
        ("paragraph", "Corps c."),
        ("footer", "Consultation 25-01 Page 0 sur 3"),
    ]


def test_running_head_in_a_ruled_table(tmp_path: Path) -> None:
    """A head drawn as a table on each page is a head, not rows of the text, and does not cut a sentence."""

    def page(number: int, *texts: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            grid(canvas, [60, 300, 500], [820, 800], [["CCAP", f"Page {number}"]])
            lines(*texts)(canvas)

        return draw

    document = document_of(tmp_path, page(1, LONG), page(2, "ses annexes."), page(3, "Fin."))
    assert said(document.blocks) == [
        ("paragraph", f"{LONG} ses annexes."),
        ("paragraph", "Fin."),
        ("header", "CCAP\tPage 1"),
    ]


def test_ruled_table_gives_rows(tmp_path: Path) -> None:
    """The cells of a ruled table are told apart, in place of their plain text, at their place in the page."""

    def draw(canvas: Canvas) -> None:
        lines("Avant.")(canvas)
        grid(canvas, [60, 300, 400], [740, 720, 700, 680], [["Critère", "Poids"], ["Prix", "60 %"], ["Délai", "40 %"]])
        lines("Après.", top=650)(canvas)

    document = document_of(tmp_path, draw)
    assert said(document.blocks) == [
        ("paragraph", "Avant."),
        ("row", "Critère\tPoids"),
        ("row", "Prix\t60 %"),
        ("row", "Délai\t40 %"),
        ("paragraph", "Après."),
    ]
    assert {block.table for block in document.blocks if block.kind == "row"} == {0}


def test_merged_cells(tmp_path: Path) -> None:
    """A cell over two columns counts once; the rest of a cell over two rows is empty."""

    def draw(canvas: Canvas) -> None:
        for x in (60, 300):
            canvas.line(x, 700, x, 760)
        canvas.line(180, 700, 180, 740)
        for y in (760, 740, 700):
            canvas.line(60, y, 300, y)
        canvas.line(180, 720, 300, 720)
        canvas.drawString(64, 746, "Pondération des offres")
        canvas.drawString(64, 726, "Technique")
        canvas.drawString(184, 726, "Méthode")
        canvas.drawString(184, 706, "Moyens")

    document = document_of(tmp_path, draw)
    assert [block.cells for block in document.blocks] == [
        ("Pondération des offres",),
        ("Technique", "Méthode"),
        ("", "Moyens"),
    ]


def test_table_over_two_pages_is_one(tmp_path: Path) -> None:
    """A table that goes on at the top of the next page with the same columns keeps its rank."""

    def page(*texts: str) -> Callable[[Canvas], None]:
        return lambda canvas: grid(canvas, [60, 200, 300], [720, 700, 680], [[texts[0], "1"], [texts[1], "2"]])

    document = document_of(tmp_path, page("Lot a", "Lot b"), page("Lot c", "Lot d"))
    assert [(block.cells[0], block.table, block.page) for block in document.blocks] == [
        ("Lot a", 0, 1),
        ("Lot b", 0, 1),
        ("Lot c", 0, 2),
        ("Lot d", 0, 2),
    ]


def test_frame_and_white_boxes_are_no_table(tmp_path: Path) -> None:
    """A frame around a paragraph, and white backgrounds behind words, leave plain text."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        for left in (60, 90, 130):
            canvas.rect(left, 750, 30, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.rect(50, 690, 400, 30)
        lines("Durée du marché", top=755)(canvas)
        lines("Encadré.", top=700)(canvas)

    assert [block.kind for block in document_of(tmp_path, draw).blocks] == ["paragraph", "paragraph"]


def _scan(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (20, 28), 200)), 0, 0, 595, 842)


def test_scanned_page_is_told(tmp_path: Path) -> None:
    """A page that is only a picture is listed as unread, with a warning."""
    document = document_of(tmp_path, lines(LONG), _scan)
    assert document.unread_pages == (2,)
    assert "1 page(s) sans texte" in document.warnings[0]


def test_scanned_document_is_unread(tmp_path: Path) -> None:
    """A PDF without any text says that it is a scan, and what to do."""
    result = read(written(tmp_path / "scan.pdf", pdf_bytes(_scan, _scan)))
    assert isinstance(result, Unread)
    assert "numérisé" in result.reason
    assert "reconnaissance de caractères" in result.advice


def test_password_is_named(tmp_path: Path) -> None:
    """A PDF under an opening password says so."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf_bytes(lines(LONG), encrypt=StandardEncryption("secret", "maître"))
    result = read(written(tmp_path / "clos.pdf", data))
    assert isinstance(result, Unread)
    assert "mot de passe d'ouverture" in result.reason


def test_owner_password_does_not_hinder(tmp_path: Path) -> None:
    """A PDF that only forbids printing is read."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf_bytes(lines(LONG), encrypt=StandardEncryption("", "maître", canPrint=0))
    assert isinstance(read(written(tmp_path / "ouvert.pdf", data)), Document)


def test_page_limit_is_told(tmp_path: Path, monkeypatch) -> None:
    """Pages beyond the limit are unread and told."""
    monkeypatch.setattr("achats_check.readers.guards.MAX_PAGES", 1)
    document = document_of(tmp_path, lines(LONG), lines("Deux."), lines("Trois."))
    assert document.unread_pages == (2, 3)
    assert any("seules les 1 premières" in warning for warning in document.warnings)


def test_broken_words() -> None:
    """A word cut at the end of a line is joined when the document shows it whole; compounds keep their hyphen."""
    hyphens = Hyphens(f"exécution plus{BROKEN_WORD}values", 10)
    assert hyphens.mend(f"exé{BROKEN_WORD}cution") == "exécution"
    assert hyphens.mend(f"plus{BROKEN_WORD}values") == "plus-values"
    assert hyphens.mend(f"CCAG{BROKEN_WORD}FCS") == "CCAG-FCS"
    assert hyphens.mend(f"inconnu{BROKEN_WORD}nement") == "inconnu-nement"


def test_a_number_at_the_start_of_a_line_goes_on_with_what_it_numbers(tmp_path: Path) -> None:
    """ "… aux lots", then "n° 1 et 2." on the next line; a list of numbers stays a list."""
    long = f"{LONG} la présente clause qui s'applique aux lots"
    document = document_of(tmp_path, lines(long, "n° 1 et 2.", "n° 3 : Tonte", "n° 4 : Taille"))
    assert said(document.blocks) == [
        ("paragraph", f"{long} n° 1 et 2."),
        ("list_item", "n° 3 : Tonte"),
        ("list_item", "n° 4 : Taille"),
    ]
