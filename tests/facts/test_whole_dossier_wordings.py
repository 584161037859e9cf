"""Wordings met in whole dossiers: covers cut over lines, sums of other things, contracts of somebody else."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import ACHETEUR, Scope


@pytest.mark.parametrize(
    "text",
    [
        "Le mobilier comprend des bureaux et des stocks, dont l'inventaire est estimé à 900 000 €.",
        "Le patrimoine bâti de la commune est évalué à 12 000 000 €.",
        "Les collections du musée sont estimées à 450 000 €.",
    ],
)
def test_what_goods_are_worth_is_not_what_the_contract_is(text: str) -> None:
    """An inventory, a building stock, collections: what is kept, insured or cleaned."""
    assert value(text, "valeur_estimee_ht") == "unknown"


def test_what_the_contract_is_worth_is_read() -> None:
    """The same words beside the estimate of the contract change nothing."""
    told = "Le montant du marché d'inventaire du patrimoine est estimé à 90 000 € HT."
    assert value(told, "valeur_estimee_ht") == 90000


@pytest.mark.parametrize(
    "text",
    [
        "Le bâtiment est exploité par une société, titulaire d'une délégation de service public.",
        "Le réseau est confié à un fermier dans le cadre d'une délégation de service public.",
        "Les prestations hors délégation de service public sont seules visées.",
        "Le musée est géré en délégation de service public.",
    ],
)
def test_the_concession_of_somebody_else(text: str) -> None:
    """A purchase may take place where a concession runs."""
    assert value(text, "forme") == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "Délégation de service public pour la gestion de la crèche",
        "La présente délégation de service public est conclue pour cinq ans.",
        "Procédure de délégation de service public",
    ],
)
def test_a_concession(text: str) -> None:
    """Titles and sentences that say it of this contract."""
    assert value(text, "forme") == "concession"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Le marché a pour objet une mission de contrôle technique pour les travaux de :\nCONSTRUCTION D'UN PRÉAU",
            "Mission de contrôle technique pour les travaux de CONSTRUCTION D'UN PRÉAU",
        ),
        (
            "Contrat d'entretien des appareils\nindividuels de chauffage et de production\nd'eau chaude",
            "Entretien des appareils individuels de chauffage et de production d'eau chaude",
        ),
        ("Objet : Fourniture de produits d'épicerie pour :", "Fourniture de produits d'épicerie"),
        (
            "Restructuration de la mairie et construction de bâtiments\ncommunaux à Valmorel\nCCTP",
            "Restructuration de la mairie et construction de bâtiments communaux à Valmorel",
        ),
        (
            "La présente consultation concerne la passation d'un marché de travaux en vue de réaliser des travaux de"
            " réhabilitation du préau",
            "Travaux de réhabilitation du préau",
        ),
        (
            "Le marché a pour objet la conclusion d'un accord-cadre pour l'entretien des berges.",
            "Entretien des berges",
        ),
        ("Réfection de la toiture de l'école\nlot 3 : zinguerie", "Réfection de la toiture de l'école"),
        ("Réfection de la toiture de l'école\nmarché public de travaux", "Réfection de la toiture de l'école"),
        ("Réfection de la toiture de l'école\nwww.valmorel.example", "Réfection de la toiture de l'école"),
    ],
)
def test_an_object_is_whole_and_says_only_what_is_bought(text: str, said: str) -> None:
    """What a cover cuts over two lines is joined; what only leads to the purchase, or hangs after it, is left."""
    assert value(text, "objet", "CCAP") == said


def test_lots_above_their_names() -> None:
    """ "Lot 1" on a line, its name on the next; a form that repeats the same lines names nothing."""
    listed = "Lot 1\nTraitement des gravats\nLot 2\nTraitement du bois\nLot 3\nTraitement du verre"
    assert value(listed, "nombre_lots", "AAPC") == 3
    assert value(listed, "objet", "AAPC", Scope("lot", "2")) == "Traitement du bois"
    fractions = "Lot 1\nTraitement de la fraction 0/30\nLot 2\nTraitement de la fraction 8/30"
    assert value(fractions, "nombre_lots", "AAPC") == 2
    form = "Lot 1\nFait à Valmorel\nLot 2\nFait à Valmorel"
    assert value(form, "nombre_lots", "AE") == "unknown"
    assert value("Lot 1\nMontant hors taxes\nLot 2\nMontant toutes taxes", "nombre_lots", "AE") == "unknown"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Etablissement public de Coopération culturelle du Moulin",
            "Etablissement public de Coopération culturelle du Moulin",
        ),
        ("Commune de Valmorel 65120", "Commune de Valmorel"),
        (
            "CENTRE HOSPITALIER DE VALMOREL Etablissement public de santé 17, 19 rue du Port",
            "CENTRE HOSPITALIER DE VALMOREL",
        ),
        ("COMMUNE DE VALMOREL 2000 HABITANTS", "COMMUNE DE VALMOREL 2000 HABITANTS"),
    ],
)
def test_a_name_stops_before_its_address(text: str, name: str) -> None:
    """A post code and the status that follows a name are no part of it."""
    found = read(piece(text, "CCAP")).get("acheteur.nom", ACHETEUR)
    assert found is not None
    assert found.value == name


def test_all_in_one_lot() -> None:
    """Said at the end of the object; what a candidate may send is another matter."""
    assert value("Maintenance des chaudières et des pompes, en un seul lot", "alloti", "CCAP") is False
    assert value("Le candidat remet une offre en un seul lot", "alloti", "RC") == "unknown"
