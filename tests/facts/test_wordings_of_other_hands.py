"""Structure of a tender in other hands: objects over lines, firm parts, Roman lots, frameworks in few words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import fact, piece, read, value

from achats_check.model.fact import Scope


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Remplacement des mains courantes\npour les passerelles du parc\nProcédure adaptée",
         "Remplacement des mains courantes pour les passerelles du parc"),
        ("OBJET DU MARCHÉ :\nRéhabilitation de la salle des fêtes\net de son parvis, y compris le tracé\ndes réseaux",
         "Réhabilitation de la salle des fêtes et de son parvis, y compris le tracé des réseaux"),
        ("NETTOYAGE DES LOCAUX\nET DE LA VITRERIE DU SIEGE\nCCTP", "NETTOYAGE DES LOCAUX ET DE LA VITRERIE DU SIEGE"),
        ("Objet : Nettoyage des vitres de la mairie\nCommune de Vernay", "Nettoyage des vitres de la mairie"),
        ("Objet : Nettoyage des vitres de la mairie\nà remettre avant le 3 mai", "Nettoyage des vitres de la mairie"),
        ("Objet : Nettoyage des vitres de la mairie\nen application de l'article R. 2123-1",
         "Nettoyage des vitres de la mairie"),
        ("Représentant : le président Objet de la consultation :\nDENEIGEMENT ET SALAGE DES ROUTES",
         "DENEIGEMENT ET SALAGE DES ROUTES"),
        ("Les stipulations du présent cahier (C.C.T.P.) concernent l'entretien des étangs.", "Entretien des étangs"),
    ],
)  # fmt: skip
def test_objects_over_several_lines(text: str, told: str) -> None:
    """A line goes on with the one above it when it opens with a link, and no other label or title follows."""
    assert value(text, "objet", "CCTP") == told


@pytest.mark.parametrize(
    "text",
    ["ASSISTANCE TECHNIQUE\nRégion des Collines", "Maîtrise d'œuvre Agence Haute Ligne", "CONTROLE TECHNIQUE LIGNE",
     "Travaux sur les ouvrages CCTP mai 2024 1", "Maîtrise d'œuvre : Direction des routes et des mobilités",
     "Réalisation et gestion BP 8\ndes équipements", "La consultation comporte 2 lots : le lot 1 porte sur la "
     "tonte des parcs"],
)  # fmt: skip
def test_what_is_no_object(text: str) -> None:
    """The label of a helper, the line of an address, the object of one lot."""
    assert fact(text, "objet", "CCTP").status != "known"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Durée du marché : 4 mois fermes + 2 périodes optionnelles de 3 mois", 10),
        ("La durée du marché est ferme de douze mois, suivie de deux périodes optionnelles de douze mois.", 36),
        ("Le marché est conclu pour une durée de 12 mois fermes + 12 mois + 12 mois.", 36),
        ("Le marché est conclu pour 60 mois, qui comprennent 2 périodes optionnelles de 12 mois.", 60),
        ("Le marché est conclu pour douze mois fermes, suivis de deux périodes optionnelles de douze mois. Il est "
         "reconductible deux fois pour douze mois.", 36),
        ("Le marché est conclu pour quatre mois. Reconduction de deux périodes de trois mois.", 10),
    ],
)  # fmt: skip
def test_optional_periods_are_counted_once(text: str, months: int) -> None:
    """Those told after a firm length add to it, those that it comprises do not."""
    assert value(text, "duree_mois") == months


def test_the_firm_part_is_no_rival_of_the_sum() -> None:
    """A notice counts the periods; the piece that tells the firm one says nothing else."""
    notice = piece("Durée : 4 mois + 2 x 3 mois", "AAPC")
    firm = piece("Le marché est conclu pour une durée de quatre mois fermes.", "CCAP")
    told = read(notice, firm).get("duree_mois")
    assert told is not None
    assert (told.status, told.value) == ("known", 10)


def test_a_firm_length_against_another_one_is_still_a_conflict() -> None:
    """No part explains it."""
    longer = piece("Le marché est conclu pour une durée de 36 mois.", "RC")
    firm = piece("Le marché est conclu pour une durée ferme de 24 mois.", "CCAP")
    told = read(longer, firm).get("duree_mois")
    assert told is not None
    assert told.status == "conflict"


def test_lots_in_roman_figures_are_numbered() -> None:
    """ "Lot II" is lot 2 beside a lot I."""
    text = "Lot I : Gros œuvre\nLot II : Charpente\nLot III : Peinture"
    assert value(text, "objet", scope=Scope("lot", "2")) == "Charpente"
    assert value(text, "nombre_lots") == 3


def test_lettered_lots_stay_lettered() -> None:
    """The lot I of a list by letters is no first one."""
    text = "Lot A : Gros œuvre\nLot B : Charpente\nLot I : Peinture"
    assert value(text, "objet", scope=Scope("lot", "I")) == "Peinture"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("L'appel d'offres se divise en trente-sept lots.", 37),
        ("Le marché est divisé en vingt et un lots.", 21),
        ("L'accord-cadre est sans minimum pour chacun des deux lots.", 2),
        ("Lot 1 : Berges Lot 2 : Vannages", 2),
    ],
)
def test_lots_counted_in_letters(text: str, count: int) -> None:
    """A number is read whole: « trente-sept » is no seven."""
    assert value(text, "nombre_lots") == count


@pytest.mark.parametrize(
    "text",
    ["Il s'agit d'un accord cadre fixant les stipulations.", "ACCORD-CADRE DE FOURNITURES COURANTES ET DE SERVICES",
     "Le marché est un accord-cadre exécuté au fur et à mesure.", "Le marché est à bons de commande.", "A BONS "
     "DE COMMANDE"],
)  # fmt: skip
def test_frameworks_in_few_words(text: str) -> None:
    """The contract is said to be one."""
    assert value(text, "forme", "CCAP") == "accord_cadre"


@pytest.mark.parametrize(
    "text",
    ["Le candidat cite un accord-cadre de travaux.", "Il s'agit d'un accord-cadre ou d'un marché.",
     "Le marché n'est pas à bons de commande."],
)  # fmt: skip
def test_a_framework_of_another_contract_is_not_this_one(text: str) -> None:
    """A reference, a definition, a denial."""
    assert fact(text, "forme", "CCAP").status != "known"


def test_an_amount_of_each_period_counts_the_periods() -> None:
    """The line above speaks of the first one for its length, the amount says whose it is."""
    text = (
        "L'accord-cadre est conclu pour une période initiale de 1 an, reconductible 3 fois pour une durée de 1 an.\n"
        "Le montant maximum est de 40 000 € HT par période."
    )
    assert value(text, "valeur_maximale_ht", "CCAP") == Decimal(160000)


def test_weights_told_after_a_parenthesis_are_read() -> None:
    """What details a criterion stands between its name and its weight."""
    text = "Les critères sont la qualité pour 50 %, le prix pour 30 %, le service (pose, échange) pour 20 %."
    told = value(text, "criteres")
    assert isinstance(told, tuple)
    assert sorted(int(item["poids"]) for item in told) == [20, 30, 50]  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lots 1 et 2 : les variantes ne sont pas autorisées.\nLot 3 : les variantes sont autorisées.", "unknown"),
        ("Durée du marché : 6 mois. Variantes : autorisées. Critères d'attribution : prix.", "autorisees"),
        ("Durée du marché : 6 mois. Variantes : non autorisées. Critères d'attribution : prix.", "interdites"),
        ("Durée du marché : 6 mois. Variantes : autorisées pour le lot 2. Critères d'attribution : prix.", "unknown"),
    ],
)
def test_variants_in_few_words(text: str, told: str) -> None:
    """What is said of some lots is not said of all."""
    assert value(text, "variantes") == told


def test_a_formal_procedure_with_negotiation() -> None:
    """« Formalisée » stands before its name."""
    text = "La consultation est passée selon une procédure formalisée avec négociation."
    assert value(text, "procedure.type") == "procedure_avec_negociation"


def test_a_whole_length_that_comprises_its_optional_part() -> None:
    """The parts are named to say that they are in it; alone, they are no length of the contract."""
    parts = "Le marché comporte une tranche ferme de 18 mois et une tranche optionnelle de 12 mois."
    whole = "La durée totale du marché, tranche optionnelle comprise, est de 30 mois."
    assert value(f"{parts} {whole}", "duree_mois", "CCAP") == 30
    assert fact(parts, "duree_mois", "CCAP").status != "known"


def test_a_name_of_a_lot_ends_before_the_comma() -> None:
    """Lots listed in one sentence."""
    text = "Le marché est décomposé en 2 lots : lot 1 : gros œuvre, lot 2 : charpente."
    assert value(text, "objet", scope=Scope("lot", "1")) == "gros œuvre"


def test_the_first_period_is_no_renewal() -> None:
    """« Une période de 12 mois » that is renewed tells nothing of how many times."""
    text = "Le marché est conclu pour une période de 12 mois, renouvelable."
    assert fact(text, "duree_mois").status != "known"
