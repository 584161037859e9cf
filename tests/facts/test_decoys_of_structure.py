"""Deadlines, durations, amounts, lots, variants and criteria of something else than the contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import KNOWN, MARCHE


def known(text: str, name: str, role: str = "RC") -> object:
    """The value of a fact that is known, else None."""
    fact = extract((piece(text, role),), vocabulary(), naming(), terms(), lexicon())[1].get(name, MARCHE)
    return fact.value if fact is not None and fact.status == KNOWN else None


DAYS = [
    ("Date limite de réception des offres ou des demandes de participation : 04/09/2026", date(2026, 9, 4)),
    ("Date limite de réception des demandes de participation : 01/07/2026", None),
    ("La date limite de remise des échantillons est fixée au 01/09/2026.", None),
    ("Date limite des questions : 25/08/2026. Date limite de remise des offres : 04/09/2026.", date(2026, 9, 4)),
    ("La date limite de réception des offres du précédent marché était fixée au 04/09/2022.", None),
    ("La date limite de réception des offres est reportée du 04/09/2026 au 18/09/2026.", date(2026, 9, 18)),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_deadline_is_that_of_the_offers(text: str, day: object) -> None:
    """Questions, samples and older contracts have their own; a day put off counts no more."""
    assert known(text, "date_limite_offres") == day


SPELLS = [
    ("Le marché est conclu pour 4 ans. La durée des bons de commande ne peut excéder 6 mois.", 48),
    ("La durée de l'accord-cadre ne peut excéder 48 mois.", 48),
    ("La durée du précédent marché était de 48 mois.", None),
    ("La durée du marché ne peut être inférieure à 12 mois.", None),
    ("Pour une durée de 10 ans, le titulaire garantit la fourniture des pièces.", None),
    ("Les documents sont conservés pour une période de 5 ans.", None),
    ("Durée de la formation : 2 mois", None),
    ("Durée du contrat de travail : 12 mois", None),
]


@pytest.mark.parametrize(("text", "months"), SPELLS)
def test_the_time_of_something_else_is_not_the_contract_s(text: str, months: object) -> None:
    """Orders, archives, spare parts and lessons last their own time."""
    assert known(text, "duree_mois", "CCAP") == months


AMOUNTS = [
    ("valeur_estimee_ht", "La valeur estimée du marché est de 200 000 € HT.", Decimal(200000)),
    ("valeur_estimee_ht", "La valeur estimée du lot le plus important est de 200 000 € HT.", None),
    ("valeur_estimee_ht", "La valeur estimée inférieure à 40 000 € HT permet de ne pas publier.", None),
    ("valeur_estimee_ht", "Budget estimé de la subvention : 100 000 € HT.", None),
    ("valeur_estimee_ht", "Le montant estimé des options est de 20 000 € HT.", None),
    ("valeur_maximale_ht", "Le plafond de la responsabilité du titulaire est de 500 000 € HT.", None),
    ("valeur_maximale_ht", "Le maximum de la remise est de 200 € HT.", None),
    ("accord_cadre.maximum_fixe", "La valeur limite maximale de la turbidité est ramenée à 2 unités.", None),
    ("accord_cadre.maximum_fixe", "L'accord-cadre a une valeur totale maximale de 90 000 € HT.", True),
    ("valeur_maximale_ht", "Le maximum pour les 3 premiers mois est de 30 000 € HT.", None),
    (
        "valeur_maximale_ht",
        "Le montant maximum de l'accord-cadre, options comprises, est de 200 000 € HT.",
        Decimal(200000),
    ),
]


@pytest.mark.parametrize(("name", "text", "value"), AMOUNTS)
def test_the_amount_of_something_else_is_not_the_contract_s(name: str, text: str, value: object) -> None:
    """A bound, a grant, a part of the contract, the liability of its holder."""
    assert known(text, name) == value


CHOICES = [
    ("alloti", "Le marché n'est pas alloti.", False),
    ("alloti", "Le besoin étant homogène, le marché n'est pas alloti.", False),
    ("alloti", "Si le marché n'est pas alloti, le candidat présente une seule offre.", None),
    ("alloti", "Le lot 3 n'est pas alloti.", None),
    ("alloti", "Le marché subséquent n'est pas alloti.", None),
    ("alloti", "Chaque lot ne donne pas lieu à un allotissement supplémentaire.", None),
    ("alloti", "Pas d'allotissement des prestations de l'article 3 au sein du lot 1.", None),
    ("variantes", "Les variantes ne sont pas autorisées.", "interdites"),
    ("variantes", "Aucune variante n'est autorisée.", "interdites"),
    ("variantes", "Les variantes ne respectant pas les exigences ne sont pas admises.", None),
    ("variantes", "Les variantes sans offre de base ne sont pas autorisées.", None),
    ("variantes", "Aucune variante n'est imposée par l'acheteur.", None),
    ("variantes", "Les candidats ne peuvent pas présenter plus de deux variantes.", None),
]


@pytest.mark.parametrize(("name", "text", "value"), CHOICES)
def test_a_lot_an_hypothesis_or_a_kind_is_not_the_whole_choice(name: str, text: str, value: object) -> None:
    """What is denied to a lot, to another contract or to some variants."""
    assert known(text, name) == value


def test_a_price_that_parts_equal_offers_is_no_only_criterion() -> None:
    """An accusation would follow: only the price that chooses the offer is one."""
    assert known("Critère unique : prix.", "criteres") is not None
    assert known("Le prix est le seul critère pour départager les offres ex æquo.", "criteres") is None
    assert known("Le prix est le seul critère retenu lors des marchés subséquents.", "criteres") is None
