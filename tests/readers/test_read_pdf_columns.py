"""Pages in columns: one order of reading, whatever the order of the file; labels and values row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import grid, lines, pdf_bytes, written

from achats_check.model.document import Document
from achats_check.readers import read
from achats_check.readers.pdf.columns import in_reading_order
from achats_check.readers.pdf.shapes import Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

LEFT = [
    "Le titulaire exécute les prestations",
    "dans les conditions prévues par le",
    "présent cahier et ses annexes. Il",
    "désigne un représentant et tient à",
    "jour un carnet de suivi.",
    "Il emploie un matériel conforme et",
    "entretenu, adapté à la présence du",
    "public sur les sites, et remet les",
    "certificats de contrôle avant la",
]
RIGHT = [
    "fin du trimestre.",
    "Les prix sont révisés chaque année",
    "selon la formule du cahier des",
    "clauses administratives. Le délai",
    "de paiement est de trente jours à",
    "compter de la demande, ou de celle",
    "de la réception si elle est encore",
    "plus tardive.",
]
WHOLE = [
    "Le titulaire exécute les prestations dans les conditions prévues par le présent cahier et ses annexes. Il désigne "
    "un représentant et tient à jour un carnet de suivi.",
    "Il emploie un matériel conforme et entretenu, adapté à la présence du public sur les sites, et remet les "
    "certificats de contrôle avant la fin du trimestre.",
    "Les prix sont révisés chaque année selon la formule du cahier des clauses administratives. Le délai de paiement "
    "est de trente jours à compter de la demande, ou de celle de la réception si elle est encore plus tardive.",
]
Placed = tuple[float, float, str]


def column(x: float, texts: list[str], top: float = 700) -> list[Placed]:
    """Lines of a column, as (x, y, text)."""
    return [(x, top - 14 * rank, text) for rank, text in enumerate(texts)]


def drawn(placed: list[Placed]) -> Callable[[Canvas], None]:
    """A page that writes lines in that order."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in placed:
            canvas.drawString(x, y, text)

    return draw


def texts_of(folder: Path, *pages: Callable[[Canvas], None]) -> list[str]:
    """Texts of the blocks of drawn pages."""
    document = read(written(folder / "piece.pdf", pdf_bytes(*pages)))
    assert isinstance(document, Document), document
    return [block.text for block in document.blocks]


TWO = column(60, LEFT) + column(310, RIGHT)
ORDERS = {
    "columns": TWO,
    "right first": TWO[len(LEFT) :] + TWO[: len(LEFT)],
    "line by line": sorted(TWO, key=lambda line: (-line[1], line[0])),
    "from the foot": sorted(TWO, key=lambda line: (line[0], line[1])),
    "uneven heights": column(60, LEFT) + column(310, RIGHT, 695),
    "mixed": TWO[::2] + TWO[1::2],
}


@pytest.mark.parametrize("order", ORDERS)
def test_two_columns(tmp_path: Path, order: str) -> None:
    """Paragraphs are whole, from the left column to the right one, a sentence cut between them included."""
    assert texts_of(tmp_path, drawn(ORDERS[order])) == WHOLE


@pytest.mark.parametrize("order", ["columns", "line by line"])
def test_titles_across_columns(tmp_path: Path, order: str) -> None:
    """What crosses the gutter parts the columns above it from those below."""
    wide = "Les dispositions qui suivent valent pour tous les lots du marché, sans exception ni réserve."
    below = [(x, y - 180, text) for x, y, text in ORDERS[order]]
    texts = texts_of(tmp_path, drawn([(60, 730, wide), *ORDERS[order], (60, 560, wide), *below]))
    assert texts == [wide, *WHOLE, wide, *WHOLE]


def test_three_columns(tmp_path: Path) -> None:
    """Three narrow columns written line by line are read one after the other."""
    narrow = ["Le titulaire rend compte", "chaque mois des heures", "faites et des embauches."]
    columns = [[*narrow, *(f"{word} {line}"[:24] for line in narrow)] for word in ("Alors", "Puis", "Enfin")]
    placed = [p for rank, texts in enumerate(columns) for p in column(40 + 180 * rank, texts)]
    texts = texts_of(tmp_path, drawn(sorted(placed, key=lambda line: (-line[1], line[0]))))
    found = " ".join(texts)
    assert [found.count(word) for word in ("Alors", "Puis", "Enfin")] == [3, 3, 3]
    assert found.rindex("Alors") < found.index("Puis")
    assert found.rindex("Puis") < found.index("Enfin")


LABELS = ["Objet", "Procédure", "Durée du marché", "Variantes", "Lieu d'exécution", "Clause sociale"]
VALUES = ["Tonte des pelouses", "Appel d'offres", "48 mois", "Sans", "Exempleville", "Avec"]


def test_labels_and_values(tmp_path: Path) -> None:
    """A summary whose labels are all written before its values gives rows, at its place in the page."""
    placed = [(60, 740, "L'essentiel"), *column(60, LABELS), *column(250, VALUES), (60, 560, "Le marché suit.")]
    texts = texts_of(tmp_path, drawn(placed))
    assert texts == ["L'essentiel", *map("\t".join, zip(LABELS, VALUES, strict=True)), "Le marché suit."]


def test_one_column_stays_as_it_is(tmp_path: Path) -> None:
    """Centred titles, indented lists, right-aligned dates and addresses make no columns."""
    long = "Le titulaire exécute les prestations dans les conditions prévues par le présent cahier et"
    body = [long if rank % 3 else "ses annexes." for rank in range(18)]
    address = [(340, 790 - 12 * rank, text) for rank, text in enumerate(["Mairie", "Service des marchés", "Place"])]
    items = [(200, 480 - 14 * rank, f"- point numéro {rank}") for rank in range(6)]
    texts = texts_of(tmp_path, drawn([*address, *column(60, body, 740), *items]))
    assert texts[:3] == ["Mairie", "Service des marchés", "Place"]
    assert texts[-6:] == [f"- point numéro {rank}" for rank in range(6)]


def test_a_ruled_table_across_columns(tmp_path: Path) -> None:
    """A ruled table as wide as the page parts the columns, and keeps its rows."""

    def draw(canvas: Canvas) -> None:
        drawn(ORDERS["line by line"])(canvas)
        grid(canvas, [60, 300, 500], [560, 540, 520], [["Prix", "60 %"], ["Délai", "40 %"]])
        lines("Après le tableau.", top=490)(canvas)

    assert texts_of(tmp_path, draw) == [*WHOLE, "Prix\t60 %", "Délai\t40 %", "Après le tableau."]


@pytest.mark.parametrize("odd", [float("inf"), float("-inf"), float("nan")])
def test_lines_at_infinity_make_no_columns(odd: float) -> None:
    """Places that are no numbers leave the order as it is; no character of the page is asked for."""
    found = [Line(f"ligne {rank}", odd if rank % 2 else 60.0, odd, 0.0, 12.0, 12.0, False, 0, 7) for rank in range(12)]
    assert in_reading_order(None, list(found)) == (found, ())  # type: ignore[arg-type]
