"""What goes on from page to page: running heads and feet of many shapes, sentences and tables cut by a page break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import grid, lines, pdf_bytes, written

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


def page(*texts: str, foot: str = "", head: str = "", at: float = 30) -> Callable[[Canvas], None]:
    """A page of lines between a head and a foot; "/" parts the lines of a foot."""

    def draw(canvas: Canvas) -> None:
        lines(*texts, top=700)(canvas)
        lines(head, top=812)(canvas)
        lines(*foot.split("/"), top=at, step=9)(canvas)

    return draw


FEET = {
    "number of pages": "Consultation n° 2026-014 - Page {n} sur 4",
    "bar": "Page | {n}",
    "bare number": "{n}",
    "dashes": "- {n} -",
    "several lines": "Commune d'Exemple/12 place de la Mairie, 99000 Exemple/Page {n} of 4",
    "reference before": "Page {n} sur 4 CCAP 26S0014 Entretien des espaces verts",
}


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
@pytest.mark.parametrize("head", ["", "Entretien des espaces verts - CCAP"])
def test_no_foot_within_a_sentence(tmp_path: Path, foot: str, head: str) -> None:
    """A sentence cut by the end of a page is whole, whatever stands between its halves."""
    filled = [page(LONG, foot=foot.format(n=n), head=head) for n in (1, 2, 3)]
    blocks = blocks_of(tmp_path, *filled, page("ses annexes.", foot=foot.format(n=4), head=head))
    texts = [block.text for block in blocks if block.kind == "paragraph"]
    assert texts == [LONG, LONG, f"{LONG} ses annexes."]
    assert {block.kind for block in blocks[3:]} <= {"header", "footer"}


def test_pieces_bound_together(tmp_path: Path) -> None:
    """Each piece of a bundle has its own foot: it leaves the text though most pages do not have it."""
    pages = [
        page(f"Corps {'abcdef'[n % 6]}{'xyz'[k]}.", foot=f"Pièce {'ABC'[k]}, p. {n}")
        for k in range(3)
        for n in range(6)
    ]
    blocks = blocks_of(tmp_path, *pages)
    assert [block.text for block in blocks if block.kind == "footer"] == [f"Pièce {name}, p. 0" for name in "ABC"]
    assert sum(block.kind == "paragraph" for block in blocks) == 18


def test_what_comes_back_in_the_body_stays(tmp_path: Path) -> None:
    """A sentence repeated in the middle of the pages is text, and so is a line of a margin met on few pages."""
    pages = [page("Sans objet.", head="Annexe unique" if n == 2 else "") for n in range(6)]
    blocks = blocks_of(tmp_path, *pages)
    assert [block.text for block in blocks].count("Sans objet.") == 6
    assert "Annexe unique" in [block.text for block in blocks if block.kind != "header"]


def rows(*cells: list[str], top: float = 700) -> Callable[[Canvas], None]:
    """A page that holds a ruled table."""
    ys = [top - 20 * rank for rank in range(len(cells) + 1)]
    return lambda canvas: grid(canvas, [60, 160, 420, 500], ys, [list(row) for row in cells])


HEAD = ["Lot", "Désignation", "Heures"]


def test_head_printed_again(tmp_path: Path) -> None:
    """The head of a table printed again on the next page is not a second row of it."""
    blocks = blocks_of(tmp_path, rows(HEAD, ["1", "Tonte", "100"]), rows(HEAD, ["2", "Taille", "50"]))
    assert [block.cells for block in blocks] == [tuple(HEAD), ("1", "Tonte", "100"), ("2", "Taille", "50")]
    assert {block.table for block in blocks} == {0}


def test_row_cut_by_the_end_of_a_page(tmp_path: Path) -> None:
    """The rest of a row on the next page goes back to the row."""
    first, second = (
        rows(HEAD, ["1", "Tonte des pelouses et", "100"]),
        rows(["", "ramassage des feuilles", ""], ["2", "Taille", "50"]),
    )
    blocks = blocks_of(tmp_path, first, second)
    assert [block.cells for block in blocks][1:] == [
        ("1", "Tonte des pelouses et ramassage des feuilles", "100"),
        ("2", "Taille", "50"),
    ]
    assert [block.page for block in blocks] == [1, 1, 2]


def test_row_without_a_label_is_a_row(tmp_path: Path) -> None:
    """A row of the next page that starts a sentence, or follows one that ended, stays on its own."""
    for cut, rest in (("Tonte.", "taille"), ("Tonte et", "Taille")):
        blocks = blocks_of(tmp_path, rows(HEAD, ["1", cut, "100"]), rows(["", rest, ""], ["2", "x", "50"]))
        assert [block.cells for block in blocks][2] == ("", rest, "")


def test_letters_drawn_twice(tmp_path: Path) -> None:
    """Bold made by drawing a line twice, a hair apart, reads once."""

    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(60 + shift, 700, "ARTICLE 4 - DUREE DU MARCHE")

    assert [block.text for block in blocks_of(tmp_path, draw)] == ["ARTICLE 4 - DUREE DU MARCHE"]


def test_words_cut_at_the_end_of_lines(tmp_path: Path) -> None:
    """Words cut by a hyphen, seen or soft, are whole; compounds keep theirs; over a page break as well."""
    cut = "Le titulaire assure l'exécution des prestations et rend compte de leur avancement, exé-"
    blocks = blocks_of(
        tmp_path, page(cut, "cution comprise, ainsi que de la sous-"), page("traitance. Exécution faite.")
    )
    assert "exécution comprise" in blocks[0].text
    assert "sous-traitance" in blocks[0].text
