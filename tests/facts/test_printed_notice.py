"""European notices that reach us printed: numbered sections, labels, one part for each lot."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import piece, read
from template_builders import known, of_lot, read_whole

from achats_check.model.fact import MARCHE, Scope

LOT_1, LOT_2 = Scope("lot", "1"), Scope("lot", "2")
_HEAD = """
Avis de marché – régime ordinaire
2.1. Procédure
Titre : Entretien des berges du Moulin
Description : Fauche et taille.
Type de procédure : Ouverte
2.1.1. Objet
Nature principale du marché : Services
5. Lot
"""


def part(number: int, title: str, *more: str) -> str:
    """The part of one lot."""
    lines = (f"5.1. Lot : LOT-{number:04d}", f"Titre : {title}", "Description : Deux passages.", *more)
    return "\n".join(lines) + "\n"


def criterion(kind: str, weight: str, name: str = "") -> tuple[str, ...]:
    """One award criterion."""
    named = (f"Nom : {name}",) if name else ()
    return ("Critère :", f"Type : {kind}", *named, f"Pondération (pourcentage, valeur exacte) : {weight}")


def told(name: str, *parts: str, scope: object = MARCHE, head: str = _HEAD) -> object:
    """The value of a fact, or its status."""
    found = read(piece(head + "".join(parts), "AAPC")).get(name, scope)  # type: ignore[arg-type]
    return "unknown" if found is None else found.value if found.status == "known" else found.status


def test_the_title_is_the_object_and_never_a_label() -> None:
    """« 2.1.1. Objet » heads the nature of the purchase, not its object."""
    assert told("objet", part(1, "Berges amont"), part(2, "Berges aval")) == "Entretien des berges du Moulin"
    assert told("type", part(1, "Berges amont")) == "services"
    assert told("objet", head=_HEAD.replace("5. Lot\n", "")) == "Entretien des berges du Moulin"
    bare = "2.1.1. Objet\nNature principale du marché : Travaux\n"
    assert told("objet", head=bare) == "unknown"


def test_each_lot_has_its_title() -> None:
    """Two parts are two lots; one part is a contract that is not divided, unless its title tells otherwise."""
    both = (part(1, "Berges amont"), part(2, "Berges aval"))
    assert told("nombre_lots", *both) == 2
    assert told("alloti", *both) is True
    assert told("objet", *both, scope=LOT_2) == "Berges aval"
    assert told("alloti", part(1, "Berges")) is False
    assert told("alloti", part(4, "Gymnase_Lot 4 : peinture")) == "unknown"
    assert told("alloti", "Les prestations de la section 5.1. Lot sont à décrire.\n") == "unknown"


@pytest.mark.parametrize(
    ("lines", "months"),
    [
        (("Durée : 36 Mois",), 36),
        (("Durée: 4 Années",), 48),
        (("Durée : 36 Mois", "Nombre maximal de renouvellements : 0"), 36),
        (("Durée : 12 Mois", "Nombre maximal de renouvellements : 3"), "unknown"),
    ],
)
def test_a_length_without_its_renewals_is_not_the_longest(lines: tuple[str, ...], months: object) -> None:
    """The form counts the renewals and does not say how long each lasts."""
    assert told("duree_mois", part(1, "Berges", *lines)) == months


def test_criteria_of_each_lot() -> None:
    """Type, name and weight stand on three lines; a price without a name is called by its type."""
    first = part(1, "Berges amont", *criterion("Prix", "40"), *criterion("Qualité", "60", "Valeur technique"))
    second = part(2, "Berges aval", *criterion("Prix", "50", "Montant"), *criterion("Qualité", "30", "Délais"))
    found = told("criteres", first, second, scope=LOT_1)
    assert [(c["nom"], c["poids"], c["nature"]) for c in found] == [  # type: ignore[index, attr-defined]
        ("Prix", Decimal(40), "prix"),
        ("Valeur technique", Decimal(60), "technique"),
    ]
    assert told("criteres", first, second, scope=LOT_2) == "unknown"


_CODED = """
Avis – version imprimable
Type de procédure (BT-105) : open
3 Lots
Lot LOT-0001 (BT-137)
Titre (BT-21-Lot) : Toiture du gymnase
Durée (BT-36-Lot) : 14 month
Nombre maximal de reconductions (BT-58) : 0
Valeur estimée hors TVA (BT-27-Lot) : 200000 EUR
Marché stratégique (BT-06) : ☐ env-imp ☒ soc-obj ☐ none
Objectif social (BT-775) : opp
Variantes (BT-63) : not-allowed
Exécution réservée (BT-736) : no
Conditions d'exécution (BT-70) : 300 heures d'insertion
Accord-cadre (BT-765) : none
Lot LOT-0002 (BT-137)
Titre (BT-21-Lot) : Murs du gymnase
Durée (BT-36-Lot) : 1 year
Nombre maximal de reconductions (BT-58) : 2
Valeur estimée hors TVA (BT-27-Lot) : 100000 EUR
Variantes (BT-63) : not-allowed
Exécution réservée (BT-736) : no
Conditions d'exécution (BT-70) : 120 heures d'insertion
Accord-cadre (BT-765) : none
8 Organisations
"""
"""A notice as a platform prints it: each label with its code, each answer in that of the form."""


@pytest.mark.parametrize(
    ("name", "scope", "value"),
    [
        ("objet", LOT_2, "Murs du gymnase"),
        ("nombre_lots", MARCHE, 2),
        ("duree_mois", LOT_1, 14),
        ("duree_mois", LOT_2, "unknown"),  # renewed, and the notice does not tell how long each time
        ("valeur_estimee_ht", LOT_2, Decimal(100000)),
        ("variantes", MARCHE, "interdites"),
        ("forme", MARCHE, "marche"),
    ],
)
def test_a_notice_printed_with_the_codes_of_its_form(name: str, scope: Scope, value: object) -> None:
    """« Lot LOT-0002 (BT-137) » opens the part of a lot, and an answer may be a code."""
    assert told(name, head=_CODED, scope=scope) == value


def test_the_clauses_of_a_notice_printed_with_the_codes_of_its_form() -> None:
    """The hours and the reservation are those of the lot whose part tells them; an empty box tells nothing."""
    facts = read_whole(("AAPC", _CODED))
    assert [of_lot(facts, lot)["social.heures_insertion"] for lot in "12"] == [300, 120]
    values = known(facts)
    assert [of_lot(facts, lot)["avis.execution_reservee"] for lot in "12"] == [False, False]
    assert values["avis.objectif_social"] is True
    assert "avis.objectif_environnemental" not in values


def test_the_renewals_above_an_estimate_are_no_ceiling() -> None:
    """« Nombre maximal de renouvellements » announces no amount, and the one below has a label of its own."""
    lines = ("5.1.4. Renouvellement", "Nombre maximal de renouvellements : 2", "5.1.5. Valeur")
    parts = [part(n, f"Berges {n}", *lines, f"Valeur estimée hors TVA : {n}0 000,00 EUR") for n in (4, 5)]
    assert told("valeur_maximale_ht", *parts, scope=Scope("lot", "5")) == "unknown"
    assert told("valeur_estimee_ht", *parts, scope=Scope("lot", "5")) == 50000
