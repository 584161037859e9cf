"""Lots of eForms notices: their numbers, their values, and what they all share."""

from __future__ import annotations

from decimal import Decimal

import pytest
from notices_builders import amount, document, eforms, facts, lot, period, value

from achats_check.facts.candidate import Candidate
from achats_check.facts.notices.fields import Fields
from achats_check.facts.notices.lots import Lots, shared
from achats_check.model.fact import MARCHE, Evidence, Scope
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary

LOT_1, LOT_2 = Scope("lot", "1"), Scope("lot", "2")


def test_ceilings() -> None:
    """BT-271 gives the ceiling, and that there is one."""
    found = facts(eforms(lot(project=amount(ceiling="2700000"))))
    assert value(found, "valeur_maximale_ht") == Decimal(2700000)
    assert value(found, "accord_cadre.maximum_fixe") is True


def test_a_lot_worth_more_than_the_whole_contradicts_it() -> None:
    """The report shows both amounts; no one is picked."""
    notice = eforms(
        lot("LOT-0001", "1", project=amount(ceiling="13000000")),
        lot("LOT-0002", "2", "Élagage"),
        project=amount(ceiling="6000000"),
    )
    assert value(notice, "valeur_maximale_ht") == "conflict"


def test_the_values_of_all_lots_make_the_whole() -> None:
    """Without an amount for the whole, the lots add up only when each has one."""
    both = eforms(
        lot("LOT-0001", "1", project=amount("100000")), lot("LOT-0002", "2", "Élagage", project=amount("50000"))
    )
    one = eforms(lot("LOT-0001", "1", project=amount("100000")), lot("LOT-0002", "2", "Élagage"))
    assert value(both, "valeur_estimee_ht") == Decimal(150000)
    assert value(both, "valeur_estimee_ht", LOT_2) == Decimal(50000)
    assert value(one, "valeur_estimee_ht") == "unknown"


def test_a_group_of_lots_is_no_lot() -> None:
    """GLO-0001 gathers lots; its value is not one more."""
    notice = eforms(
        lot("LOT-0001", "1", "Tonte", project=amount("100000")),
        lot("LOT-0002", "2", "Élagage", project=amount("50000")),
        lot("GLO-0001", title="Ensemble", scheme="LotsGroup", project=amount("150000")),
    )
    found = facts(notice)
    assert value(found, "nombre_lots") == 2
    assert found.lots == ("1", "2")
    assert value(found, "valeur_estimee_ht") == Decimal(150000)


@pytest.mark.parametrize(
    ("lots", "numbers"),
    [
        ([("LOT-0001", "1", "Tonte"), ("LOT-0002", "2", "Élagage")], {"1", "2"}),
        ([("LOT-0002", "", "Tonte"), ("LOT-0003", "", "Élagage")], {"2", "3"}),
        ([("LOT-0000", "", "Tonte"), ("LOT-0001", "", "Élagage")], {"0", "1"}),
        ([("LOT-0002", "Lot n°01", "Tonte"), ("LOT-0003", "Lot n°02", "Élagage")], {"1", "2"}),
        ([("LOT-0002", "", "Lot 7 : Tonte"), ("LOT-0003", "", "Lot 8 : Élagage")], {"7", "8"}),
        ([("LOT-0001", "24.095", "Tonte"), ("LOT-0002", "24.095", "Élagage")], {"1", "2"}),
        ([("LOT-0001", "2024-L1", "Tonte"), ("LOT-0002", "2024-L2", "Élagage")], {"1", "2"}),
    ],
)
def test_lots_bear_the_numbers_people_use(lots: list[tuple[str, str, str]], numbers: set[str]) -> None:
    """The buyer's own number when each lot has one, else the title's, else the technical key's."""
    found = facts(eforms(*[lot(*one) for one in lots]))
    assert set(found.lots) == numbers
    assert value(found, "nombre_lots") == 2
    assert value(found, "alloti") is True


def test_the_order_of_lots_changes_nothing() -> None:
    """Out of order in the file, each keeps its own facts."""
    one, two = (
        lot("LOT-0001", "1", "Tonte", project=amount("70000")),
        lot("LOT-0002", "2", "Élagage", project=period("24")),
    )
    first, second = facts(eforms(one, two)), facts(eforms(two, one))
    for name in ("objet", "valeur_estimee_ht", "duree_mois"):
        for scope in (MARCHE, LOT_1, LOT_2):
            assert value(first, name, scope) == value(second, name, scope), (name, scope)


def test_a_lot_typed_twice_leaves_their_number_open() -> None:
    """Two identical lots are perhaps one: the count is disputed, their values are not added."""
    same = {"number": "1", "title": "Chauffage", "project": amount("2000000")}
    found = facts(eforms(lot("LOT-0001", **same), lot("LOT-0002", **same), project=amount("2000000")))
    assert value(found, "nombre_lots") == "conflict"
    assert value(found, "valeur_estimee_ht") == Decimal(2000000)


def test_a_lot_run_again_alone_does_not_deny_the_others() -> None:
    """ "Relance du lot 3": one lot in the notice, of a divided contract."""
    assert value(eforms(lot(title="Relance du lot 3 : Peinture")), "alloti") == "unknown"
    assert value(eforms(lot(title="Peinture")), "alloti") is False


def test_what_every_lot_says_of_a_year_stays_with_the_lots() -> None:
    """The amount of one year serves to compute a fact, and is none: nothing shares it, nothing stumbles on it."""
    lots = Lots(Fields(document(eforms(lot("LOT-0001", "1"), lot("LOT-0002", "2", "Élagage")))))
    said = Evidence("avis.xml", "AAPC", "40 000 € par an")
    yearly = [Candidate("valeur_maximale_ht.par_an", Decimal(40000), said, 0.8, scope) for scope in (LOT_1, LOT_2)]
    assert list(shared(yearly, lots, load_vocabulary(rules_root()))) == yearly
