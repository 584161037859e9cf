"""Procedures in stages: the one deadline of a European form is that of the candidates, and not of the offers."""

from __future__ import annotations

from datetime import date

import pytest
from template_builders import known, read_whole

_LABEL = "IV.2.2) Date limite de réception des offres ou des demandes de participation : 18/11/2026 à 16h00"


@pytest.mark.parametrize(
    ("procedure", "read"),
    [
        ("Procédure concurrentielle avec négociation", None),
        ("Appel d'offres restreint", None),
        ("Appel d'offres ouvert", date(2026, 11, 18)),
    ],
)
def test_the_deadline_of_a_european_form(procedure: str, read: date | None) -> None:
    """The label names both steps; the procedure tells which. The summary above the form repeats the day."""
    notice = f"Date limite : 18/11/2026\nIV.1.1) Type de procédure : {procedure}\n{_LABEL}\n"
    assert known(read_whole(("AAPC", notice))).get("date_limite_offres") == read


def test_the_rules_give_the_deadline_of_the_offers() -> None:
    """Another piece may date the second step."""
    notice = f"IV.1.1) Type de procédure : Appel d'offres restreint\n{_LABEL}\n"
    rules = "Date limite de réception des offres : 15 janvier 2027 à 12 h 00\n"
    facts = known(read_whole(("AAPC", notice), ("RC", rules)))
    assert facts["date_limite_offres"] == date(2027, 1, 15)
    assert "pieces.date_limite_concordante" not in facts
