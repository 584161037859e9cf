"""Each verb of the closed list, on known, absent, unknown and disputed facts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.law.builders import DAY, bare_book, context, facts

from achats_check.law.condition_schema import Known, read_conditions
from achats_check.law.conditions import explain, truth
from achats_check.law.context import Context
from achats_check.law.faults import Faults
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import CONFLICT, EXTRACTED, MARCHE, Evidence, Fact, FactSet
from achats_check.model.rule import Condition


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """Return a rulebook without rules."""
    return bare_book()


def condition(book: Rulebook, node: Any) -> Condition:
    """Read one condition, which must be free of faults."""
    faults = Faults()
    found = read_conditions([node], Known(book.vocabulary, book.parameters, book.lists), faults.at("essai"))
    assert not faults.messages
    return found[0]


CASES = [
    ({"fait": "alloti", "egal": True}, {"alloti": True}, True),
    ({"fait": "alloti", "egal": True}, {"alloti": False}, False),
    ({"fait": "alloti", "egal": True}, {}, None),
    ({"fait": "alloti", "different": True}, {"alloti": True}, False),
    ({"fait": "alloti", "different": True}, {}, None),
    ({"fait": "type", "parmi": ["travaux", "services"]}, {"type": "services"}, True),
    ({"fait": "type", "parmi": ["travaux", "services"]}, {"type": "fournitures"}, False),
    ({"fait": "type", "parmi": ["travaux", "services"]}, {}, None),
    ({"fait": "cpv", "contient": ["773"]}, {"cpv": ["77310000", "90910000"]}, True),
    ({"fait": "cpv", "contient": ["773"]}, {"cpv": ["45773000"]}, False),
    ({"fait": "cpv", "contient": "773"}, {}, None),
    ({"fait": "procedure.fondement", "contient": "R2122-8"}, {"procedure.fondement": ["R2122-8"]}, True),
    ({"fait": "procedure.fondement", "contient": "R2122-9"}, {"procedure.fondement": ["R2122-9-1"]}, False),
    ({"fait": "objet", "contient": "espaces verts"}, {"objet": "Entretien des Espaces verts"}, True),
    ({"fait": "duree_mois", "superieur_a": 48}, {"duree_mois": 48}, False),
    ({"fait": "duree_mois", "superieur_a": 48}, {"duree_mois": 49}, True),
    ({"fait": "duree_mois", "au_moins": 48}, {"duree_mois": 48}, True),
    ({"fait": "duree_mois", "inferieur_a": 48}, {"duree_mois": 48}, False),
    ({"fait": "duree_mois", "au_plus": 48}, {"duree_mois": 48}, True),
    ({"fait": "duree_mois", "au_plus": 48}, {}, None),
    ({"fait": "date_lancement", "au_moins": "2026-08-22"}, {"date_lancement": "2026-08-22"}, True),
    ({"fait": "date_lancement", "inferieur_a": "2026-08-22"}, {"date_lancement": "2026-08-22"}, False),
    ({"fait": "duree_mois", "present": True}, {"duree_mois": 1}, True),
    ({"fait": "duree_mois", "present": True}, {}, None),
    ({"fait": "duree_mois", "absent": True}, {"duree_mois": 1}, False),
    (
        {"fait": "date_limite_offres", "superieur_a": {"fait": "date_lancement"}},
        {"date_limite_offres": "2026-10-02", "date_lancement": "2026-10-01"},
        True,
    ),
    (
        {"fait": "date_limite_offres", "superieur_a": {"fait": "date_lancement"}},
        {"date_limite_offres": "2026-10-02"},
        None,
    ),
    ({"tous": [{"fait": "alloti", "egal": True}, {"fait": "duree_mois", "present": True}]}, {"alloti": False}, False),
    ({"un_des": [{"fait": "alloti", "egal": True}, {"fait": "duree_mois", "present": True}]}, {"alloti": True}, True),
    ({"aucun": [{"fait": "alloti", "egal": True}, {"fait": "duree_mois", "present": True}]}, {"alloti": False}, None),
    ({"aucun": [{"fait": "alloti", "egal": True}]}, {"alloti": False}, True),
]


@pytest.mark.parametrize(
    ("node", "declared", "expected"), CASES, ids=[f"{i}-{list(c[0])[-1]}" for i, c in enumerate(CASES)]
)
def test_verb(book: Rulebook, node: Any, declared: dict[str, Any], expected: bool | None) -> None:
    """A verb gives true, false or unknown as its definition says."""
    assert truth(condition(book, node), Context(book, facts(book, declared), DAY)) is expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"fait": "social.facilitateur", "egal": True}, False),
        ({"fait": "social.facilitateur", "egal": False}, True),
        ({"fait": "social.heures_insertion", "present": True}, False),
        ({"fait": "social.heures_insertion", "absent": True}, True),
        ({"fait": "social.heures_insertion", "au_moins": 100}, None),
        ({"fait": "reservation.categorie", "egal": "aucune"}, True),
        ({"fait": "criteres", "contient": "Prix"}, False),
    ],
)
def test_absent_fact(book: Rulebook, node: Any, expected: bool | None) -> None:
    """A fact proven absent is known: false, "aucune", or no value; order cannot compare it."""
    name = node["fait"]
    assert truth(condition(book, node), Context(book, facts(book, {}, absent=(name,)), DAY)) is expected


def test_disputed_fact(book: Rulebook) -> None:
    """A fact in conflict settles a comparison only when all its values do."""
    passages = tuple(Evidence("RC.pdf", "RC", str(v), value=v) for v in (36, 60))
    disputed = FactSet([Fact("duree_mois", MARCHE, None, CONFLICT, EXTRACTED, 0.8, passages)])
    view = Context(book, disputed, DAY)
    assert truth(condition(book, {"fait": "duree_mois", "superieur_a": 24}), view) is True
    assert truth(condition(book, {"fait": "duree_mois", "superieur_a": 48}), view) is None
    assert truth(condition(book, {"fait": "duree_mois", "superieur_a": 72}), view) is False


def test_lots(book: Rulebook) -> None:
    """Verbs on lots look at each lot, which inherits what the vocabulary lets it inherit."""
    view = context(book, {"type": "services", "lots": [{"numero": 1, "type": "travaux"}, {"numero": 2}]})
    works = [{"fait": "type", "egal": "travaux"}]
    assert truth(condition(book, {"pour_chaque_lot": works}), view) is False
    assert truth(condition(book, {"un_lot": works}), view) is True
    assert truth(condition(book, {"un_lot": [{"fait": "marche.type", "egal": "travaux"}]}), view) is False


def test_a_lot_value_is_not_the_market_value(book: Rulebook) -> None:
    """A lot without an estimate does not borrow the market's."""
    view = context(
        book, {"valeur_estimee_ht": 900000, "lots": [{"numero": 1, "valeur_estimee_ht": 5000}, {"numero": 2}]}
    )
    small = [{"fait": "valeur_estimee_ht", "inferieur_a": 10000}]
    assert truth(condition(book, {"un_lot": small}), view) is True
    assert truth(condition(book, {"pour_chaque_lot": small}), view) is None


def test_factor(book: Rulebook) -> None:
    """A factor multiplies the parameter or the other fact."""
    node = {
        "fait": "reservation.part_minimale",
        "au_moins": {"parametre": "reservation.proportion_handicap", "facteur": 0.01},
    }
    assert truth(condition(book, node), context(book, {"reservation.part_minimale": Decimal("0.5")})) is True
    assert truth(condition(book, node), context(book, {"reservation.part_minimale": Decimal("0.49")})) is False


def test_trace_says_what_was_seen(book: Rulebook) -> None:
    """The trace keeps the value, the status and the parameter of each leaf."""
    node = {"tous": [{"fait": "valeur_estimee_ht", "au_moins": {"parametre": "dispense.montant"}}]}
    leaf = explain(condition(book, node), context(book, {"valeur_estimee_ht": 60000, "type": "services"})).children[0]
    assert (leaf.fact, leaf.actual, leaf.parameter, leaf.result) == (
        "valeur_estimee_ht",
        Decimal(60000),
        "dispense.montant",
        True,
    )
