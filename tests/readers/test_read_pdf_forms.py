"""Forms: ticks and values of fields, boxes of symbol fonts, dots to fill in, signs that cannot be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import grid, lines, pdf_bytes, raw_pdf, written

from achats_check.model.document import Block, Document
from achats_check.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

LONG = "Le titulaire exécute les prestations dans les conditions prévues par le présent cahier et"


def blocks_of(folder: Path, *pages: Callable[[Canvas], None]) -> tuple[Block, ...]:
    """Blocks of drawn pages."""
    document = read(written(folder / "piece.pdf", pdf_bytes(*pages)))
    assert isinstance(document, Document), document
    return document.blocks


def tick(canvas: Canvas, x: float, y: float, name: str, checked: bool) -> None:
    """Draw a tick box of a form, on the row whose foot is at ``y``."""
    canvas.acroForm.checkbox(x=x, y=y - 2, size=10, checked=checked, name=name)


def test_ticks_before_their_labels(tmp_path: Path) -> None:
    """A ticked box reads ☒ and an empty one ☐, each before the words it stands before."""

    def draw(canvas: Canvas) -> None:
        tick(canvas, 60, 700, "oui", True)
        canvas.drawString(76, 700, "Oui")
        tick(canvas, 120, 700, "non", False)
        canvas.drawString(136, 700, "Non")
        canvas.drawString(60, 670, "Le candidat est une PME :")
        tick(canvas, 220, 670, "pme", True)
        canvas.drawString(60, 640, "Le candidat se présente")
        tick(canvas, 200, 640, "seul", False)
        canvas.drawString(215, 640, "seul")

    assert [block.text for block in blocks_of(tmp_path, draw)] == [
        "☒ Oui ☐ Non",
        "Le candidat est une PME : ☒",
        "Le candidat se présente ☐ seul",
    ]


def test_radio_buttons(tmp_path: Path) -> None:
    """Of two exclusive buttons, one is ticked."""

    def draw(canvas: Canvas) -> None:
        for rank, chosen in enumerate((False, True)):
            canvas.acroForm.radio(x=60, y=700 - 30 * rank, size=10, selected=chosen, value=f"v{rank}", name="r")
            canvas.drawString(76, 702 - 30 * rank, f"Choix {rank}")

    assert [block.text for block in blocks_of(tmp_path, draw)] == ["☐ Choix 0", "☒ Choix 1"]


def test_values_of_fields(tmp_path: Path) -> None:
    """What was typed in a field or chosen in a list follows its label; a field alone is a line."""

    def draw(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(60, 700, "Raison sociale :")
        form.textfield(x=150, y=696, width=200, height=14, value="Société d'Exemple", name="nom")
        canvas.drawString(60, 660, "Durée :")
        form.choice(x=110, y=656, width=80, height=14, value="12 mois", options=["12 mois", "24 mois"], name="duree")
        canvas.drawString(200, 660, "reconductible")
        form.textfield(x=60, y=610, width=400, height=14, value="Observations libres", name="libre")
        form.textfield(x=60, y=560, width=400, height=14, value="", name="vide")

    assert [block.text for block in blocks_of(tmp_path, draw)] == [
        "Raison sociale : Société d'Exemple",
        "Durée : 12 mois reconductible",
        "Observations libres",
    ]


def test_ticks_in_a_table(tmp_path: Path) -> None:
    """Ticks and values stand in the cells they were drawn in."""

    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 260, 330, 500], [700, 680, 660], [["Variantes", "     Oui", ""], ["Lots", "     Non", ""]])
        tick(canvas, 264, 688, "variantes", True)
        tick(canvas, 264, 668, "lots", False)
        canvas.acroForm.textfield(x=340, y=664, width=100, height=12, value="un seul lot", name="motif")

    assert [block.cells for block in blocks_of(tmp_path, draw)] == [
        ("Variantes", "☒ Oui", ""),
        ("Lots", "☐ Non", "un seul lot"),
    ]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_ticks_of_a_turned_page(tmp_path: Path, rotation: int) -> None:
    """The same on a page whose text runs another way."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        tick(canvas, 60, 700, "oui", True)
        lines("Oui", "Le marché dure un an.", "Il est ferme.", top=700, left=76, step=30)(canvas)

    assert [block.text for block in blocks_of(tmp_path, draw)] == [
        "☒ Oui",
        "Le marché dure un an.",
        "Il est ferme.",
    ]


def annotated(annotation: bytes) -> bytes:
    """A page of one sentence with an annotation."""
    content = b"BT /F1 12 Tf 20 20 Td (Le titulaire execute le marche.) Tj ET"
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Annots[6 0 R]"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Annot/Rect[20 100 200 112]" + annotation + b">>",
        ]
    )


@pytest.mark.parametrize(
    ("annotation", "told"),
    [
        (b"/Subtype/FreeText/Contents(Note de l'acheteur)", ["Note de l'acheteur"]),
        (b"/Subtype/FreeText/F 2/Contents(Note)", []),
        (b"/Subtype/Link/Contents(Lien)", []),
        (b"/Subtype/Widget/FT/Tx/T(a)/V(Valeur)", ["Valeur"]),
        (b"/Subtype/Widget/FT/Tx/T(a)/V 12", []),
        (b"/Subtype/Widget/FT/Btn/T(a)/AS/Choix1", ["☒"]),
        (b"/Subtype/Widget/FT/Btn/T(a)/V/Off", ["☐"]),
        (b"/Subtype/Widget/FT/Btn/Ff 65536/T(a)", []),
        (b"/Subtype/Widget/FT/Sig/T(a)", []),
        (b"/Subtype/Widget", []),
        (b"/Subtype/Widget/FT/Tx/T(a)/Parent 6 0 R", []),
    ],
)
def test_annotations(tmp_path: Path, annotation: bytes, told: list[str]) -> None:
    """Notes typed on the page and fields are read; links, signatures, buttons and what is hidden are not."""
    document = read(written(tmp_path / "piece.pdf", annotated(annotation)))
    assert isinstance(document, Document)
    assert [block.text for block in document.blocks] == [*told, "Le titulaire execute le marche."]


def test_dots_to_fill_in_are_no_contents(tmp_path: Path) -> None:
    """Dots without a page number are a blank of a form, unless they follow a numbered title."""
    page = lines(
        "Nom du candidat : ..................................",
        "Montant de l'offre : .................. € HT",
        "4.2 Durée du marché ..........................",
        "Objet ............................. 3",
    )
    assert [block.kind for block in blocks_of(tmp_path, page)] == ["paragraph", "paragraph", "toc", "toc"]


def wingdings(text: bytes) -> bytes:
    """A page whose box is a letter of a symbol font that does not say what it draws."""
    content = b"BT /F2 12 Tf 20 20 Td (%s) Tj /F1 12 Tf ( Oui, a lot) Tj ET" % text
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Wingdings-Regular/Encoding/WinAnsiEncoding>>",
        ]
    )


@pytest.mark.parametrize(("letter", "box"), [(b"o", "☐"), (b"x", "☒"), (b"\\376", "☒"), (b"\\250", "☐")])
def test_boxes_under_letters(tmp_path: Path, letter: bytes, box: str) -> None:
    """A letter alone in Wingdings is the box it draws; the same letter in another font is a letter."""
    document = read(written(tmp_path / "piece.pdf", wingdings(letter)))
    assert isinstance(document, Document)
    assert [block.text for block in document.blocks] == [f"{box} Oui, a lot"]


def unknown_signs(signs: bytes) -> bytes:
    """A page whose font maps its signs to what a table says."""
    content = b"BT /F1 12 Tf 20 400 Td 14 TL %s ET" % (b"(" + signs + b") ' ") * 12
    table = b"/CIDInit begincmap 1 begincodespacerange <00><FF> endcodespacerange 1 beginbfchar <61> <FFFD> endbfchar"
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(table), table),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 8 0 R/Resources<</Font<</F1 9 0 R>>>>>>",
            b"<</Length 67>>stream\nBT /F1 12 Tf 20 20 Td (Le titulaire execute le marche public.) Tj ET\nendstream",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


@pytest.mark.parametrize("signs", [b"aaa aaa aaa aaa", b"Letitulaireexecutelemarchesansespace" * 2])
def test_signs_that_cannot_be_told(tmp_path: Path, signs: bytes) -> None:
    """A page of replacement characters, or of signs that make no words, counts as unread, and is told."""
    document = read(written(tmp_path / "piece.pdf", unknown_signs(signs)))
    assert isinstance(document, Document)
    assert document.unread_pages == (1,)
    assert "indéchiffrables" in document.warnings[0]
    assert document.blocks[-1].text == "Le titulaire execute le marche public."


def test_dotted_forms_are_readable(tmp_path: Path) -> None:
    """A page of blanks to fill in is no page of unknown signs."""
    document = read(written(tmp_path / "piece.pdf", pdf_bytes(lines(*[f"Nom : {'.' * 150}"] * 9, LONG))))
    assert isinstance(document, Document)
    assert document.unread_pages == ()
