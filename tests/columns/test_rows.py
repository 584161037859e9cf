"""A row as facts: read as the engines read it, on the day of its law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.columns.tables import TODAY, book

from achats_check.columns.program import rule_named
from achats_check.columns.reading import BOOLEAN, DAY, FLOAT, INTEGER, STRING, STRINGS, Column
from achats_check.columns.rows import judge_row, row_context, row_facts
from achats_check.model.fact import ACHETEUR, MARCHE

COLUMNS = {
    "valeur_estimee_ht": Column(FLOAT),
    "acheteur.categorie": Column(STRING),
    "nombre_lots": Column(INTEGER),
    "cpv": Column(STRINGS),
    "alloti": Column(BOOLEAN),
    "date_lancement": Column(DAY),
    "date_limite_offres": Column(DAY),
    "execution.date_notification": Column(DAY),
    "note": Column(STRING),
}


def test_what_a_row_states_is_known_and_the_rest_left_out() -> None:
    """Refused values, nulls and columns that are no fact give no fact; a false and an empty list do."""
    row = {
        "valeur_estimee_ht": -1.0,
        "nombre_lots": 2,
        "alloti": False,
        "cpv": [],
        "note": "rien",
        "acheteur.categorie": None,
    }
    facts = row_facts(row, COLUMNS, book())
    assert {fact.name: fact.value for fact in facts} == {"nombre_lots": 2, "alloti": False, "cpv": ()}


def test_a_fact_is_under_the_scope_of_its_owner_and_says_its_cell() -> None:
    """The buyer's facts are the buyer's, the others the market's; each points to its cell."""
    facts = row_facts({"acheteur.categorie": "region", "valeur_estimee_ht": 0.1 + 0.2}, COLUMNS, book())
    assert {fact.name: fact.scope for fact in facts} == {"acheteur.categorie": ACHETEUR, "valeur_estimee_ht": MARCHE}
    (evidence,) = next(fact.evidence for fact in facts if fact.name == "valeur_estimee_ht")
    assert evidence.location.pointer == "/valeur_estimee_ht"
    assert evidence.value == Decimal("0.3")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"date_lancement": date(2030, 1, 1), "date_limite_offres": date(2024, 1, 1)}, date(2030, 1, 1)),
        ({"date_limite_offres": date(2024, 1, 1), "execution.date_notification": date(2024, 5, 1)}, date(2024, 1, 1)),
        ({"date_limite_offres": TODAY, "execution.date_notification": date(2024, 5, 1)}, date(2024, 5, 1)),
        ({"date_limite_offres": date(2030, 1, 1)}, TODAY),
        ({}, TODAY),
    ],
)
def test_the_day_of_the_law(days: dict[str, date], expected: date) -> None:
    """The launch; unknown, the deadline or the notification when past; else the day given."""
    context = row_context(row_facts(days, COLUMNS, book()), book(), TODAY)
    assert context.day == expected
    assert context.launch_known is ("date_lancement" in days)


def test_a_row_is_judged_with_its_message() -> None:
    """The explanation of a cell: a verdict, and a sentence that names what was found."""
    row = {
        "type": "services",
        "valeur_estimee_ht": 300_000.0,
        "acheteur.categorie": "region",
        "date_lancement": date(2026, 3, 2),
    }
    row |= {"procedure.type": "procedure_adaptee", "acheteur.entite_adjudicatrice": False, "cpv": ["72000000"]}
    columns = {
        **COLUMNS,
        "type": Column(STRING),
        "procedure.type": Column(STRING),
        "acheteur.entite_adjudicatrice": Column(BOOLEAN),
    }
    finding = judge_row(rule_named(book(), "procedure-formalisee"), row_facts(row, columns, book()), book(), TODAY)
    assert finding.verdict == "non_conforme"
    assert "300" in finding.message
