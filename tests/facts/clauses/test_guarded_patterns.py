"""Words looked for before a slow pattern set nothing aside that the pattern finds."""

from __future__ import annotations

import pytest
from clauses_builders import document

from achats_check.facts.clauses import boxes, measures
from achats_check.facts.clauses.lots import own_part
from achats_check.facts.clauses.reservation_columns import find_reservation_columns
from achats_check.facts.text import Reading
from achats_check.model.document import Block

_COUNTED_ELSE = (
    *("penalite de 3 %", "12 €", "100 euros", "1 euro", "le prix", "une avance", "acompte", "hors tva", "retenue"),
    *("un critere", "les criteres", "note sur 20", "pondere", "garantie a premiere demande", "revision"),
    *("revisie", "le stere", "montant du lot"),
)


@pytest.mark.parametrize("said", _COUNTED_ELSE)
def test_what_a_sentence_counts_else_is_told(said: str) -> None:
    """Whatever the pattern finds, one of the words that are looked for first is in it."""
    found = measures._OTHER_FIGURE.search(said)
    assert (found is not None) == measures._counts_else(said, 0, len(said))
    assert found is None or any(word in found.group() for word in measures._OTHER_WORDS)


@pytest.mark.parametrize("box", [*boxes.EMPTY, *boxes.TICKED, "[ ]", "[x]", "[]"])
def test_every_box_is_seen(box: str) -> None:
    """A box is a sign that ASCII lacks, or has a bracket."""
    texts = [f"{box} clause d'insertion", f"{boxes.TICKED[0]} autre"]
    blocks = tuple(Block(index, "paragraph", text) for index, text in enumerate(texts))
    assert boxes.box_state(blocks, texts, 0, len(box) + 1, len(texts[0])) != boxes.NO_BOX


def test_a_sentence_turns_to_the_next_lot() -> None:
    """The part of a sentence that a passage is in ends where the next lot is spoken of."""
    text = "le lot 1 comporte une clause, le lot 2 est reserve"
    assert own_part(text, (0, len(text)), 20, 26) != (0, len(text))
    assert own_part(text.replace("lot", "mot"), (0, len(text)), 20, 26) == (0, len(text))


def test_a_column_of_reservations_is_found_by_its_title() -> None:
    """The title of the column holds the word that rows are looked for by."""
    rows = (("Lot", "Intitulé", "Lot réservé (oui/non)"), ("Lot 1", "Tonte", "ESAT"), ("Lot 2", "Taille", "non"))
    blocks = tuple(Block(i, "row", "\t".join(cells), cells=cells, table=1) for i, cells in enumerate(rows))
    found = list(find_reservation_columns(Reading(document("x", "RC")._replace(blocks=blocks))))
    assert [(item.scope.id, item.value) for item in found if item.name == "reservation.categorie"] == [
        ("1", "handicap"),
        ("2", "aucune"),
    ]
