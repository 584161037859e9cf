"""The edges of a verdict: each test stands where a small slip in the engine would accuse, absolve or keep silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.law.builders import DAY, rule_text
from tests.law.test_evaluate import BUYER, book_of, judge

from achats_check.law.context import Context
from achats_check.law.evaluate import judge_rule
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import EXTRACTED, KNOWN, MARCHE, Fact, FactSet, Scope, Search
from achats_check.model.finding import Finding


def judge_facts(book: Rulebook, *found: Fact) -> Finding:
    """Judge facts as they are, none derived, by the only rule of a book."""
    return judge_rule(book.rules[0], Context(book, FactSet(found), DAY))


@pytest.mark.parametrize(("confidence", "verdict"), [(0.6, "non_conforme"), (0.59, "a_verifier")])
def test_a_reading_just_sure_enough_accuses(tmp_path: Path, confidence: float, verdict: str) -> None:
    """A fact accuses from 0.6 on."""
    read = Fact("alloti", MARCHE, False, KNOWN, EXTRACTED, confidence)
    assert judge_facts(book_of(tmp_path, rule_text()), read).verdict == verdict


@pytest.mark.parametrize(("confidence", "verdict"), [(0.9, "non_conforme"), (0.5, "a_verifier")])
def test_what_makes_the_rule_apply_must_be_sure_too(tmp_path: Path, confidence: float, verdict: str) -> None:
    """A duty declared unmet accuses nobody when the kind of purchase it holds for was barely read."""
    book = book_of(tmp_path, rule_text(when="[{fait: type, egal: travaux}]"))
    kind = Fact("type", MARCHE, "travaux", KNOWN, EXTRACTED, confidence)
    assert judge_facts(book, kind, Fact("alloti", MARCHE, False, KNOWN)).verdict == verdict


def test_a_rule_that_applies_by_an_uncertain_figure_is_in_doubt(tmp_path: Path) -> None:
    """When the only figure that makes the rule apply is uncertain, neither respect nor breach is settled."""
    book = book_of(tmp_path, rule_text(when="[{fait: valeur_estimee_ht, au_moins: {parametre: dispense.montant}}]"))
    parameter = book.parameters["dispense.montant"]
    unsure = tuple(row._replace(confidence="incertaine", check="Lire le décret.") for row in parameter.rows)
    book = book._replace(parameters={**book.parameters, parameter.name: parameter._replace(rows=unsure)})
    for divided in (True, False):
        found = judge(book, {"type": "services", "valeur_estimee_ht": 900000, "innovant": False, "alloti": divided})
        assert (found.verdict, found.doubt) == ("a_verifier", "droit")


UNSETTLED = "{fait: valeur_besoin_ht, au_moins: {parametre: dispense.montant}}"
"""At 120 000 € of works in February 2027, one text says yes and the other no."""


@pytest.mark.parametrize(
    ("known", "doubt", "missing"),
    [({}, "applicabilite", ("procedure.type",)), ({"procedure.type": "procedure_adaptee"}, "droit", ())],
)
def test_unsettled_law_does_not_hide_a_missing_fact(
    tmp_path: Path, known: dict[str, str], doubt: str, missing: tuple[str, ...]
) -> None:
    """The law is to blame only when nothing else is unknown: else the fact to provide is named."""
    book = book_of(tmp_path, rule_text(when=f"[{UNSETTLED}, {{fait: procedure.type, egal: procedure_adaptee}}]"))
    works = {"type": "travaux", "valeur_estimee_ht": 120000, "alloti": False}
    found = judge(book, works | known, date(2027, 2, 1))
    assert (found.verdict, found.doubt) == ("a_verifier", doubt)
    assert set(missing) <= set(found.missing_facts)
    assert bool(found.missing_facts) == bool(missing)


def test_the_figure_that_makes_a_rule_apply_is_cited(tmp_path: Path) -> None:
    """A requirement without a figure cites those of its conditions; with one, only its own."""
    by_value = "[{fait: valeur_estimee_ht, au_moins: {parametre: dispense.montant}}]"
    by_rate = "[{fait: retenue_garantie_taux, au_plus: {parametre: retenue.taux_maximal}}]"
    tender = BUYER | {"valeur_estimee_ht": 900000, "alloti": False, "retenue_garantie_taux": 50}
    found = judge(book_of(tmp_path / "a", rule_text(when=by_value)), tender)
    assert {use.name for use in found.parameters} == {"dispense.montant"}
    found = judge(book_of(tmp_path / "b", rule_text(when=by_value, requires=by_rate)), tender)
    assert {use.name for use in found.parameters} == {"retenue.taux_maximal"}


def test_a_lot_of_which_nothing_is_known_follows_the_market(tmp_path: Path) -> None:
    """A fact searched in vain for a lot leaves it what the market says; one of its own replaces that."""
    book = book_of(tmp_path, rule_text())
    first, second = Scope("lot", "1"), Scope("lot", "2")
    known = [
        Fact("social.condition_execution", MARCHE, True, KNOWN),
        Fact("social.condition_execution", first, search=Search(("CCAP",))),
        Fact("social.condition_execution", second, False, KNOWN),
    ]
    seen = Context(book, FactSet(known), DAY)
    assert seen.at(first).known("social.condition_execution") is True
    assert seen.at(second).known("social.condition_execution") is False
