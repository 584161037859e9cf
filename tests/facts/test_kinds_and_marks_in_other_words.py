"""Kinds of purchase, forms, ceilings, criteria and days in other words, and what only looks like them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import value

from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Ravalement des façades du foyer", "travaux"),
        ("Dépose et remplacement de la verrière", "travaux"),
        ("Extension du cimetière des Ormes", "travaux"),
        ("Réalisation d'un parking paysager", "travaux"),
        ("Fourniture et pose de menuiseries extérieures", "travaux"),
        ("Fourniture et pose de rideaux", "fournitures"),
        ("Hébergement du site internet", "services"),
        ("Vérifications périodiques des extincteurs", "services"),
        ("Extension de garantie des serveurs", "unknown"),
        ("Réalisation d'un film documentaire", "unknown"),
    ],
)
def test_kinds_told_by_the_object(told: str, kind: str) -> None:
    """The first words of an object tell the kind when they name what is built, bought or done, and only then."""
    assert value(f"Objet du marché : {told}", "type") == kind


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Le présent marché est exécuté par émission de bons de commande.", "accord_cadre"),
        ("Marché à tranches", "marche"),
        ("Forme : marché simple à prix global et forfaitaire", "marche"),
        ("La maintenance est exécutée par bons de commande.", "unknown"),
    ],
)
def test_forms(text: str, form: str) -> None:
    """A contract performed by orders is a framework; a part of it so performed says nothing of the whole."""
    assert value(text, "forme") == form


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("Montant maxi : 80 000 euros HT", Decimal(80000)),
        ("Le seuil maximum des commandes est de 60 000 € HT pour toute la durée du marché.", Decimal(60000)),
        ("Le montant maximal est inférieur au seuil de 221 000 € HT.", "unknown"),
    ],
)
def test_ceilings(text: str, ceiling: object) -> None:
    """A « seuil maximum » is a ceiling; a threshold of the law is not."""
    assert value(text, "valeur_maximale_ht") == ceiling


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("Les offres sont jugées selon 2 critères : le prix, noté sur 40, et la valeur technique, notée sur 60.",
         [40, 60]),
        ("Critères d'évaluation des offres\nCoût global : 50 %\nValeur technique : 50 %", [50, 50]),
    ],
)  # fmt: skip
def test_criteria(text: str, weights: list[int]) -> None:
    """Marks out of so much weigh the criteria of a sentence, as points do."""
    assert [item["poids"] for item in value(text, "criteres")] == weights  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("L'opération se décompose en 11 corps d'état séparés.", 11),
        ("Désignation des lots :\n1 - Voirie\n2 - Plantations\n3 - Éclairage", 3),
        ("Il n'y a pas de lots.", 1),
        ("La consultation ne fait l'objet ni d'un allotissement ni d'un fractionnement.", 1),
    ],
)
def test_lots(text: str, count: int) -> None:
    """Separate trades are lots; a list under « désignation des lots » counts them."""
    assert value(text, "nombre_lots") == count


def test_each_lot_of_its_own_divides_the_contract() -> None:
    """« Chaque lot fera l'objet d'une attribution séparée » divides, and counts nothing."""
    text = "Chaque lot fera l'objet d'une attribution séparée."
    assert value(text, "alloti") is True
    assert value(text, "nombre_lots") == "unknown"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Réception des offres jusqu'au 10/06/2026 à 17h00", "2026-06-10"),
        ("Date limite\n25 novembre 2026 à 14 h", "2026-11-25"),
        ("Date de clôture estimée : 10/01/26", "2026-01-10"),
        ("Le délai de réception des offres est fixé au 3 mars 2026.", "2026-03-03"),
        ("Réception des offres jusqu'au terme du délai ; visite le 10/06/2026", "unknown"),
    ],
)
def test_deadlines_of_notices(text: str, day: str) -> None:
    """Notices shorten the label of the deadline, or put it on the line above."""
    assert str(value(text, "date_limite_offres", "AAPC")) == day


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Durée initiale jusqu'au 31/12/2026, reconductible tacitement 1 an, 3 reconductions maximum", "unknown"),
        ("Le marché est conclu du 1er janvier 2026 au 31 décembre 2026, reconductible trois fois un an.", 48),
    ],
)
def test_a_renewal_is_not_the_first_period(text: str, months: object) -> None:
    """A first period told by its last day alone has no length, and that of a renewal is not its own."""
    assert value(text, "duree_mois") == months


def test_the_name_under_the_label_of_a_local_body() -> None:
    """« Nom de la collectivité » names the buyer, and its name stops before the post code glued to the town."""
    text = "Nom de la collectivité : Commune de Vernay 01000Vernay"
    assert value(text, "acheteur.nom", "RC", ACHETEUR) == "Commune de Vernay"
