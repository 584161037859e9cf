"""Sentences that look like what a pattern reads and say something else: nothing is known of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import KNOWN, MARCHE, Scope

LASTS = "\nL'accord-cadre est conclu pour une durée de 48 mois."


def known(text: str, name: str, role: str = "RC", scope: Scope = MARCHE) -> object:
    """The value of a fact that is known, else None."""
    fact = extract((piece(text, role),), vocabulary(), naming(), terms(), lexicon())[1].get(name, scope)
    return fact.value if fact is not None and fact.status == KNOWN else None


AMOUNTS = [
    ("Le maximum annuel est de 50 000 € HT par lot.", "valeur_maximale_ht", None),
    ("Le maximum annuel de chaque lot est de 50 000 € HT.", "valeur_maximale_ht", None),
    ("La valeur estimée annuelle du précédent marché était de 50 000 € HT.", "valeur_estimee_ht", None),
    ("Le plafond annuel des intérêts moratoires est de 5 000 € HT.", "valeur_maximale_ht", None),
    ("Le montant maximum est de 50 000 € HT par année civile.", "valeur_maximale_ht", Decimal(200000)),
    ("Le montant maximum annuel est de 50 000 € HT.", "valeur_maximale_ht", Decimal(200000)),
]


@pytest.mark.parametrize(("text", "name", "value"), AMOUNTS)
def test_a_yearly_amount_of_something_else_makes_no_total(text: str, name: str, value: object) -> None:
    """That of each lot, of another contract, of interests: only the contract's own counts over its duration."""
    assert known(text + LASTS, name) == value


DAYS = [
    ("Remise des offres : 04.09.2026, 12:00", date(2026, 9, 4)),
    ("Remise des offres : au plus tard le vendredi 4 septembre 2026 à 12 h", date(2026, 9, 4)),
    ("Remise des offres : au plus tard 10 jours après la visite du 12/08/2026", None),
    ("Remise des plis : voir page de garde. Ouverture le 05/09/2026", None),
    ("Remise des offres : visite obligatoire avant le 20/08/2026", None),
    ("Remise des propositions : négociation du 10/10/2026", None),
    ("Les questions sont posées 10 jours avant la remise des offres, soit avant le 25/08/2026.", None),
    ("Le dépôt des offres a lieu au plus tard le 04/09/2026 à 12h00.", date(2026, 9, 4)),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_of_another_step_is_no_deadline(text: str, day: object) -> None:
    """The day follows its label; that of a visit, of questions or of a negotiation is another one."""
    assert known(text, "date_limite_offres") == day


SPELLS = [
    ("Le présent marché est un marché de services. Il est conclu pour 36 mois.", 36),
    ("Un bail est signé avec l'occupant. Il est conclu pour une durée de 9 ans.", None),
    ("Le présent accord-cadre est passé par un groupement de commandes. Il est conclu pour une durée de 4 ans.", 48),
    ("La collectivité signe un contrat de maintenance multitechnique. Il est conclu pour 3 ans.", 36),
    ("Le titulaire dispose d'un agrément. Il est conclu pour 5 ans.", None),
    (
        "La convention de groupement est annexée. Elle est conclue pour 6 ans.\nLe marché est conclu pour 24 mois.",
        24,
    ),
    ("Le marché comporte une phase d'étude de mars à mai, soit une durée de 3 mois, puis des travaux.", None),
    ("Le marché court du 1er mars au 31 décembre, soit une durée de 10 mois.", 10),
    ("Durée : entre deux ans et trois ans", None),
]


@pytest.mark.parametrize(("text", "months"), SPELLS)
def test_another_deed_or_a_phase_lasts_its_own_time(text: str, months: object) -> None:
    """ "Il est conclu" is about the contract when the sentence before is."""
    assert known(text, "duree_mois", "CCAP") == months


FORMS = [
    ("Allotissement : non précisé", "alloti", None),
    ("Allotissement : Non ☐ Oui ☒", "alloti", None),
    ("Allotissement : Oui ☐ Non ☒ (cf. article 3)", "alloti", None),
    ("Allotissement : non", "alloti", False),
    ("Allotissement : ☐ Oui ☒ Non", "alloti", False),
    ("Le besoin ne permet pas d'identifier de prestations distinctes dans le lot 2.", "alloti", None),
    ("Variantes : autorisées pour le lot 2 uniquement", "variantes", None),
    ("Les candidats n'ont pas le droit de présenter plus d'une variante.", "variantes", None),
    ("Les candidats n'ont pas la possibilité de présenter des variantes.", "variantes", "interdites"),
]


@pytest.mark.parametrize(("text", "name", "value"), FORMS)
def test_a_box_or_a_lot_is_not_the_whole_answer(text: str, name: str, value: object) -> None:
    """Boxes after their option, an answer not given, what is said of one lot only."""
    assert known(text, name) == value


LOT_1 = Scope("lot", "1")
WEIGHTS = "\tLot 1\tLot 2\nPrix\t60\t50\nQualité\t40\t50"


def test_columns_by_lot_are_criteria_where_criteria_are_told() -> None:
    """A share of costs by lot weighs no offer; a line "dont" is in the one above it."""
    assert known("Critère" + WEIGHTS, "criteres", scope=LOT_1) is not None
    assert known("# 7 Jugement des offres\nIntitulé" + WEIGHTS, "criteres", scope=LOT_1) is not None
    assert known("Répartition du coût" + WEIGHTS, "criteres", scope=LOT_1) is None
    detailed = "Critère" + WEIGHTS + "\n- dont délais\t10\t10"
    assert known(detailed, "criteres", scope=LOT_1) is not None
    assert known(detailed, "criteres") is None
    assert known("Critère\tLot 1\tLot 2\nPrix\t60\t50\nQualité\tvoir RC\t50", "criteres") is None
