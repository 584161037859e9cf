"""Tables with a row for each lot: a column says what it says of its lot; in a table of something else, of none."""

from __future__ import annotations

import pytest
from facts_builders import piece

from achats_check.facts.structure.lot_columns import cells_by_lot, lots_below
from achats_check.facts.structure.scan import text_of
from achats_check.facts.text import Reading

ROWS = "1\tPeinture\tTravaux\n2\tEntretien\tServices"


@pytest.mark.parametrize(
    ("header", "rows", "lots"),
    [
        ("Lot\tIntitulé\tNature", ROWS, ["1", "2"]),
        ("N° de lot\tDésignation\tNature", ROWS, ["1", "2"]),
        ("N°\tDésignation du lot\tNature", ROWS, ["1", "2"]),
        ("Lots\tIntitulé\tNature", "Lot n° 01\tPeinture\tTravaux\nA2\tEntretien\tServices", ["1", "A2"]),
        ("N°\tPrestation\tNature", ROWS, []),
        ("Poste\tIntitulé\tNature", ROWS, []),
    ],
)
def test_a_row_is_that_of_the_lot_that_its_first_cell_numbers(header: str, rows: str, lots: list[str]) -> None:
    """The titles of the table say that its rows are lots."""
    text = text_of(Reading(piece(f"{header}\n{rows}")))
    assert [lot.id for _, lot in lots_below(text, 0)] == lots
    assert [(cell, lot.id) for _, cell, lot in cells_by_lot(text, ("nature",), "nature")] == [
        *zip(["travaux", "services"], lots, strict=False)
    ]


def test_a_column_is_read_by_its_whole_title() -> None:
    """A title that only holds the word is that of another column."""
    text = text_of(Reading(piece(f"Lot\tIntitulé\tNature des sols\n{ROWS}")))
    assert not list(cells_by_lot(text, ("nature",), "nature"))
