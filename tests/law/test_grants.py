"""What is granted rather than bought: a description of an aid gets the rules of aids, not those of contracts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.law.builders import DAY, context, facts

from achats_check.law.evaluate import evaluate
from achats_check.law.rulebook import Rulebook
from achats_check.model.finding import A_VERIFIER, APPLICABILITE, SANS_OBJET, Finding

AID = {"conventionnement.forme": "subvention", "conventionnement.initiative": "association"}
CONTRACT = {
    "objet": "nettoyage des locaux",
    "acheteur.categorie": "commune",
    "cpv": ["90910000"],
    "type": "services",
    "procedure.type": "appel_offres_ouvert",
    "procedure.publicite": ["boamp_jal"],
    "valeur_estimee_ht": 320_000,
    "criteres": [{"nom": "Prix", "poids": 60, "nature": "prix"}, {"nom": "Délai", "poids": 30, "nature": "delai"}],
}


def judged(book: Rulebook, declared: dict[str, Any]) -> tuple[Finding, ...]:
    """Return the findings of a declared situation."""
    return evaluate(book, facts(book, declared), DAY)[0]


def of_contracts(findings: tuple[Finding, ...]) -> list[Finding]:
    """Keep those on the contract and its lots."""
    return [finding for finding in findings if finding.scope.kind in {"marche", "lot"}]


@pytest.mark.parametrize("form", ["subvention", "cpo", "appel_projets", "ami", "sieg"])
def test_an_aid_is_judged_by_the_rules_of_aids(book: Rulebook, form: str) -> None:
    """No rule of contracts applies, even where the description gives figures that a contract would be judged on."""
    found = judged(book, {**CONTRACT, "conventionnement.forme": form})
    assert {finding.verdict for finding in of_contracts(found)} == {SANS_OBJET}
    assert {finding.verdict for finding in found if finding.scope.kind == "conventionnement"} != {SANS_OBJET}


def test_the_reason_is_in_the_trace(book: Rulebook) -> None:
    """A reader sees that the form of the aid set the rule aside."""
    found = next(f for f in judged(book, AID) if f.rule == "publicite-formalisee-joue")
    assert [node.fact for node in found.trace] == ["conventionnement.forme"]


@pytest.mark.parametrize("form", ["marche", "dsp"])
def test_a_contract_is_judged_by_the_rules_of_contracts(book: Rulebook, form: str) -> None:
    """To have chosen a contract, after having thought of an aid, changes nothing of what a contract owes."""
    found = {f.rule: f.verdict for f in judged(book, {**CONTRACT, "conventionnement.forme": form})}
    expected = {
        f.rule: f.verdict for f in judged(book, {**CONTRACT, **({"contrat": "concession"} if form == "dsp" else {})})
    }
    assert {rule: found[rule] for rule in expected} == expected


def test_a_delegation_of_public_service_is_a_concession(book: Rulebook) -> None:
    """The form says what kind of contract it is, as the form of the purchase does."""
    assert context(book, {"conventionnement.forme": "dsp"}).known("contrat") == "concession"
    assert context(book, {"conventionnement.forme": "marche"}).known("contrat") == "marche"


def test_an_undecided_form_leaves_the_rules_of_contracts_in_doubt(book: Rulebook) -> None:
    """Nobody is accused of what a contract owes before one knows that there is one."""
    found = of_contracts(judged(book, {**CONTRACT, "conventionnement.initiative": "association"}))
    assert {f.verdict for f in found} == {A_VERIFIER, SANS_OBJET}
    doubts = Counter(f.doubt for f in found if f.verdict == A_VERIFIER)
    assert set(doubts) == {APPLICABILITE}
    joue = next(f for f in found if f.rule == "publicite-formalisee-joue")
    assert "conventionnement.forme" in joue.missing_facts


def test_the_organisation_is_judged_whatever_it_grants(book: Rulebook) -> None:
    """What the buyer owes for its purchases of the year does not depend on one aid."""
    year = {"acheteur.categorie": "region", "acheteur.achats_annuels_ht": 90_000_000, "acheteur.spaser.adopte": False}
    found = {f.rule: f.verdict for f in judged(book, {**AID, **year})}
    assert found["spaser-adoption"] == "non_conforme"
