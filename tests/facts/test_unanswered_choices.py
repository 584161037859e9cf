"""Answers that a form prints side by side ("oui non"): nothing was chosen, whatever stands first."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, value, vocabulary

from achats_check.facts.extract import extract


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Variantes non oui", "variantes"),
        ("3) Variante oui / non", "variantes"),
        ("Variantes autorisées : oui - non", "variantes"),
        ("Les variantes sont-elles admises ? non / oui", "variantes"),
        ("Allotissement : oui non", "alloti"),
        ("Division en lots : non oui", "alloti"),
        ("Prestations divisées en lots : OUI / NON", "alloti"),
    ],
)
def test_both_answers_printed_choose_none(text: str, name: str) -> None:
    """The box that told which one was lost with the layout, or never ticked."""
    assert value(text, name) == "unknown"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Variantes : non", "variantes", "interdites"),
        ("Variantes : ☒ oui ☐ non", "variantes", "autorisees"),
        ("Allotissement : ☐ oui ☒ non", "alloti", False),
        ("Allotissement : oui", "alloti", True),
        ("Division en lots : non\nTranches : oui", "alloti", False),
        ("Variantes : non. Oui en revanche aux prestations supplémentaires.", "variantes", "interdites"),
    ],
)
def test_one_answer_still_answers(text: str, name: str, expected: object) -> None:
    """A ticked box, or a single word, chooses."""
    assert value(text, name) == expected


@pytest.mark.parametrize("line", ["2.6 - Variantes exigées ... 4", "5.2 - Présentation des variantes exigées ...8"])
def test_an_entry_of_contents_with_few_dots_requires_no_variant(line: str) -> None:
    """Some tables of contents lead to their pages by three dots only."""
    assert value(line, "variantes") == "unknown"


def test_variants_required_in_the_text_are_read() -> None:
    """The same words followed by no page number say so."""
    assert value("2.6 - Variantes exigées : la variante n° 1 devra être chiffrée.", "variantes") == "exigees"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Clause sociale d'insertion : oui / non", "social.condition_execution"),
        ("Clause d'insertion : non oui", "social.insertion"),
        ("Clause environnementale : non / oui", "environnement.condition_execution"),
        ("Clause environnementale ? oui, non", "environnement.condition_execution"),
    ],
)
def test_a_clause_whose_answers_are_both_printed_is_left_open(text: str, name: str) -> None:
    """Neither there nor absent: a person looks at the paper."""
    found = extract((piece(text, "CCAP"),), vocabulary(), naming(), terms(), lexicon())[1].get(name)
    assert found is not None
    assert found.status == "unknown"


def test_a_clause_said_absent_is_read_so() -> None:
    """One answer alone is one."""
    found = extract((piece("Clause environnementale : non", "CCAP"),), vocabulary(), naming(), terms(), lexicon())[1]
    told = found.get("environnement.condition_execution")
    assert told is not None
    assert told.value is False
