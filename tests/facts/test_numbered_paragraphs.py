"""Where a person finds a paragraph that opens with its own number."""

from __future__ import annotations

import pytest

from achats_check.facts.numbered_paragraphs import article_of
from achats_check.model.document import Block


def block(text: str, article: str, kind: str = "paragraph") -> Block:
    """A block under an article."""
    return Block(0, kind, text, 1, article, "", 0, None, ())


@pytest.mark.parametrize(
    ("text", "above", "found"),
    [
        ("A.2 Accord-cadre à bons de commande.", "A", "A.2"),
        ("4.2 Le titulaire remet un bilan.", "4", "4.2"),
        ("4-2) Le titulaire remet un bilan.", "4.", "4.2"),
        ("IV.3 – Pénalités", "IV", "IV.3"),
        ("4.2.1. Bilan", "4.2", "4.2.1"),
        # The number of another article, a date or a figure is no place in this one.
        ("5.2 Le titulaire remet un bilan.", "4", "4"),
        ("4.12.2026 au plus tard", "4", "4"),
        ("4.2", "4", "4"),
        ("4,2 tonnes par an", "4", "4"),
        ("Le titulaire, voir 4.2, remet un bilan.", "4", "4"),
        ("4.2 Le titulaire remet un bilan.", "", ""),
    ],
)
def test_a_paragraph_is_found_by_its_own_number(text: str, above: str, found: str) -> None:
    """Its number refines that of the title above, and never leaves its article."""
    assert article_of(block(text, above)) == found


def test_a_row_is_found_in_its_article() -> None:
    """The first cell of a row is often a figure, or the number of something else."""
    assert article_of(block("4.2 kg\t12 €", "4", "row")) == "4"
