"""The anatomy of clauses: which organs are known to be there, known to be missing, or not known."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.builders import DAY, bare_book, facts

from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.model.fact import MARCHE, Scope

BOOK = bare_book()
INSERTION: dict[str, Any] = {"social.condition_execution": True, "social.insertion": True}
SOME = {"social.volume": True, "social.publics": ["jeunes"]}
OTHERS = ("social.modalites", "social.facilitateur", "social.contact", "social.controle", "social.preuves")


def seen(read: dict[str, Any], *absent: str) -> Context:
    """Return the context of facts read in the pieces, completed."""
    given = Context(BOOK, facts(BOOK, {}, read=read, absent=absent), DAY)
    return Context(BOOK, derive(given), DAY)


def test_missing_and_present_organs_are_named_in_the_order_of_a_clause() -> None:
    """What is proven absent is missing; what was read is present."""
    found = seen(INSERTION | SOME, *OTHERS, "social.penalites")
    assert found.known("social.organes_presents") == ("volume", "publics")
    missing = ("modalites", "facilitateur", "contact", "suivi", "preuves", "penalite")
    assert found.known("social.organes_manquants") == missing


def test_what_was_not_looked_for_is_not_missing() -> None:
    """Without the CCAP nothing is missing, nor complete."""
    assert seen(INSERTION | SOME).known("social.organes_manquants") is None
    assert seen(INSERTION | SOME, "social.penalites").known("social.organes_manquants") == ("penalite",)


def test_a_whole_clause_lacks_nothing() -> None:
    """An empty list is known, and counts as absent."""
    whole = {"environnement.condition_execution": True} | {
        f"environnement.{name}": True for name in ("mesure", "preuves", "controle", "penalites")
    }
    found = seen(whole)
    assert found.known("environnement.organes_manquants") == ()
    assert found.known("environnement.organes_presents") == ("obligation", "mesure", "preuves", "controle", "penalite")


@pytest.mark.parametrize("insertion", [False, None])
def test_a_clause_without_insertion_has_fewer_organs(insertion: bool | None) -> None:
    """Equality at work needs no hours; when nobody knows what the clause asks, nothing is said."""
    read = {"social.condition_execution": True} | ({} if insertion is None else {"social.insertion": insertion})
    found = seen(read, "social.controle", "social.penalites", "social.volume")
    assert found.known("social.organes_manquants") == (None if insertion is None else ("suivi", "penalite"))


def test_an_organ_written_for_one_lot_counts_and_is_quoted() -> None:
    """The hours of lot 2 are the volume of the clause."""
    lots = {"lots": [{"numero": "1"}, {"numero": "2", "social": {"heures_insertion": 300}}]}
    found = seen(INSERTION | lots, "social.volume")
    assert found.known("social.organes_presents") == ("volume",)
    assert found.at(Scope("lot", "2")).known("social.heures_insertion") == 300


@pytest.mark.parametrize(
    ("base", "expected"), [({"valeur_estimee_ht": 320_500}, 1923), ({}, None), ({"valeur_maximale_ht": 320_500}, None)]
)
def test_a_ratio_needs_an_estimate(base: dict[str, Any], expected: int | None) -> None:
    """Six hours per thousand euros of an estimate; a ceiling may never be reached, and gives no number."""
    found = seen({"social.ratio_heures": 6, "social.ratio_montant_ht": 1000} | base)
    assert found.at(MARCHE).known("social.heures_insertion") == expected
    assert (found.known("social.heures_calcul") is None) is (expected is None)


@pytest.mark.parametrize(
    ("base", "hours", "slice_of", "expected"),
    [(100_000, 6, 3_000, 200), (1_000_000, 3, 3, 1_000_000), (99_999, 6, 3_000, 199), ("0.7", "0.03", "0.007", 3)],
)
def test_hours_are_counted_without_rounding_on_the_way(base: Any, hours: Any, slice_of: Any, expected: int) -> None:
    """Thirty-three slices and a third, at six hours each, are two hundred hours and not one hundred and ninety-nine."""
    asked = {"social.ratio_heures": hours, "social.ratio_montant_ht": slice_of, "valeur_estimee_ht": base}
    assert seen(asked).at(MARCHE).known("social.heures_insertion") == expected
