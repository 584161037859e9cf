"""Openings of pieces whose covers were cut, run together, or worded by a buyer's own hand."""

from __future__ import annotations

import pytest
from facts_builders import fact, piece, read

from achats_check.model.fact import MARCHE, Scope

BUYER = Scope("acheteur", "")

NAMES = [
    ("COMMUNAUTÉ DE COMMUNES DU\nVAL DE BRENNE\nCAHIER DES CHARGES", "COMMUNAUTÉ DE COMMUNES DU VAL DE BRENNE", "epci"),
    ("Département de l'Ain VILLE DE VALOMBRE\nRèglement de la consultation", "VILLE DE VALOMBRE", "commune"),
    ("DEPARTEMENT DES\nHAUTES COMBES\nCOMMUNE DE VALOMBRE", "COMMUNE DE VALOMBRE", "commune"),
    ("Avis de marché\nAcheteur\nNom officielVille de Valombre\n", "Ville de Valombre", "commune"),
    ("VILLE DE VALOMBRE\nLa ville de Valombre confie la pose à une autre entreprise", "VILLE DE VALOMBRE", "commune"),
    ("Maître de l'ouvrage : Ministère de la mer", "Ministère de la mer", "etat"),
    (
        "Le pouvoir adjudicateur est la commune de Valombre, représentée par son maire.",
        "commune de Valombre",
        "commune",
    ),
    ("Mairie de Valombre Place de la Halle\nRèglement", "Mairie de Valombre", "commune"),
    ("Maître d'ouvrage :\nLPV", "LPV", None),
    ("Le pouvoir adjudicateur est tenu de répondre", None, None),
    ("Maître d'ouvrage : XXXX", None, None),
    (
        "Acheteur : Pôle d'équilibre territorial du Bas-Pays",
        "Pôle d'équilibre territorial du Bas-Pays",
        "etablissement_public_local",
    ),
    ("Acheteur : DEAL de Valombre", "DEAL de Valombre", "etat"),
]


@pytest.mark.parametrize(("text", "name", "category"), NAMES)
def test_a_name_is_whole_and_alone(text: str, name: str | None, category: str | None) -> None:
    """A name cut at the end of a line goes on below; a territory, a label or a verb beside it is no part of it."""
    told = read(piece(text))
    assert (told.get("acheteur.nom", BUYER).value, told.get("acheteur.categorie", BUYER).value) == (name, category)


@pytest.mark.parametrize("text", ["LA COMMUNE\nSouhaite acquérir un tracteur", "Mairie de\nTél : 01 02 03 04 05"])
def test_a_line_below_that_is_no_name_is_left(text: str) -> None:
    """A sentence, a number or a label does not finish a name."""
    assert fact(text, "acheteur.nom", scope=BUYER).value is None


RUN_ON = " ".join(["SOMMAIRE Article 1 Objet Article 2 Durée Article 3 Prix Article 4 Pénalités"] * 4)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("1 INSTITUT NATIONAL DES CONTES DE VALOMBRE Procédure adaptée pour la passation d un marché ", "INSTITUT"),
        (
            "1 Chambre de Métiers de la Brenne EXPLOITATION DES CHAUFFERIES DU CAMPUS ",
            "Chambre de Métiers de la Brenne",
        ),
    ],
)
def test_letters_end_a_name_on_a_page_run_together(opening: str, name: str) -> None:
    """Capitals that stop, or start, open another line of the cover."""
    told = str(fact(opening + RUN_ON, "acheteur.nom", scope=BUYER).value)
    assert told.startswith(name)
    assert "Procédure" not in told
    assert "EXPLOITATION" not in told


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("La consultation a pour objet la location et l'entretien de machines, pour une durée de 36 mois.", 36),
        ("Le fournisseur s'engage à assurer l'entretien des machines pour une durée de 5 ans.", None),
        ("La maintenance des postes pour une durée de 2 ans devra être comprise dans l'offre.", None),
    ],
)
def test_the_upkeep_of_what_is_bought_is_no_duration_of_the_contract(text: str, months: int | None) -> None:
    """How long a supplier keeps machines in order says nothing of the contract that sells them."""
    assert fact(text, "duree_mois").value == months


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mode Procédure ouverte", "appel_offres_ouvert"),
        ("Mode : Procédure adaptée ouverte", "procedure_adaptee"),
        ("Mode de règlement : virement", None),
        ("Un lot n° 4 fera l'objet d'une procédure adaptée distincte.", None),
        ("Procédure adaptée (références du marché : 26-014)", "procedure_adaptee"),
    ],
)
def test_the_procedure_of_a_notice(text: str, value: str | None) -> None:
    """The box of a platform says it; a lot apart, and a reference, do not."""
    assert fact(text, "procedure.type", "AAPC").value == value


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ACCORD-CADRE 2026-2029\nEntretien des fossés", "accord_cadre"),
        ("Marché public de prestations de services à bons de commande", "accord_cadre"),
        ("Accord-cadre\nNon", None),
    ],
)
def test_the_form_on_a_cover(text: str, form: str | None) -> None:
    """A framework is told by its years on the cover, and by the orders it is placed by."""
    assert fact(text, "forme").value == form


OBJECTS = [
    (
        "OBJET :\nMARCHÉS PUBLICS DE TRAVAUX\nProcédure adaptée\nAménagement d'une maison des jeunes",
        "Aménagement d'une maison",
    ),
    ("L'objet du présent marché consiste en la location de barnums pour la fête.", "Location de barnums"),
    ("L'objet du présent marché est défini au cahier des clauses techniques.", None),
    (
        "Cahier des charges établi en application du code, relatif à :\n______________\nComptage des chauves-souris",
        "Compt",
    ),
    ("Objet de l'appel public à la concurrence : Fourniture de vélos à assistance", "Fourniture de vélos"),
    ("MARCHÉ N° ABC 2026-05 : MISSION DE PILOTAGE CONCERNANT\nLES TRAVAUX DE LA HALLE", "MISSION DE PILOTAGE"),
    ("Schéma directeur des eaux de la vallée\nCCTP", "Schéma directeur"),
    ("Objet de la commande : Confection de rideaux pour le théâtre", "Confection de rideaux pour le théâtre"),
    ("MARCHE PUBLIC DE\nCONCEPTION - REALISATION\nRÉAMÉNAGEMENT DU PARVIS", "RÉAMÉNAGEMENT DU PARVIS"),
    ("Objet : Étude des oiseaux (marais, étangs,\nprés salés) de la baie", "Étude des oiseaux (marais, étangs, prés"),
    ("Comptages par la méthode des carrés et de\ndiagnostics d'ouvrages sur la rivière", None),
    ("Désignation", None),
    ("CCTP\n« Réfection de la toiture de l'école »\nLot 1", "Réfection de la toiture"),
]


@pytest.mark.parametrize(("text", "opening"), OBJECTS)
def test_the_object_on_a_cover(text: str, opening: str | None) -> None:
    """The object is found past its kind, after its number, under a rule of signs."""
    told = fact(text, "objet", "CCTP").value
    assert told is None if opening is None else str(told).startswith(opening)


@pytest.mark.parametrize("text", ["Objet : « Réfection de la halle »", 'CCTP\n"Réfection de la halle"\nLot 1'])
def test_an_object_is_told_without_its_quotes(text: str) -> None:
    """The quotes around a whole title are no part of it."""
    assert fact(text, "objet", "CCTP").value == "Réfection de la halle"


def test_what_a_piece_says_of_itself_is_no_part_of_the_object() -> None:
    """The object stops before "établi en application du code"."""
    told = fact("OBJET : Réfection des locaux de la\nhalle Établi en application du code", "objet", "CCTP").value
    assert told == "Réfection des locaux de la halle"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Avis de marché – régime ordinaire\nServices\n1. Acheteur", "services"),
        ("Objet du marché : préparation et livraison de repas aux aînés", "services"),
        ("Objet du marché : conception et impression du magazine communal", "services"),
        ("Objet du marché : création d'un cabinet médical", "travaux"),
        ("Objet du marché : réaménagement de la salle des fêtes", "travaux"),
    ],
)
def test_the_kind_of_an_opening(text: str, kind: str) -> None:
    """The line under the name of a European notice, and the first words of the object."""
    assert read(piece(text, "AAPC")).get("type", MARCHE).value == kind
