"""What a notice says it buys, when its title is a reference, a formula or the name of the buyer."""

from __future__ import annotations

from time import process_time

import pytest
from notices_builders import boamp, eforms, lot, ted, value

_DESCRIBED = "Entretien courant des berges et des fossés"


def told(title: str, description: str = f"{_DESCRIBED}. Deux passages par an.") -> object:
    """Return the object of an eForms notice."""
    notice = eforms(title=title).replace("Entretien courant.", description)
    return value(notice, "objet")


@pytest.mark.parametrize(
    "title",
    ["2031AOVB04", "31s204-b.", "MPBERGES2031", "FR", "Avis de marché", "APPEL A MANIFESTATION D'INTERET", "MAPA"],
)
def test_a_title_that_names_no_purchase_gives_way_to_the_description(title: str) -> None:
    """A reference of the buyer's own, or the way it buys, tells a reader nothing."""
    assert told(title) == _DESCRIBED


@pytest.mark.parametrize(
    "title",
    [
        "Entretien des berges",
        "2031-07 - Entretien des berges",
        "Curage",
        "Projet RETIF",
        "Procédure formalisée de services d'assurance",
        "Appel à manifestation d'intérêt pour l'exploitation du golf",
        "Commune de Valmorel - réfection du préau",
        "Commune de Valmorel réfection préau",
        "Mairie rénovation énergétique",
        "Ville éclairage public",
        "EHPAD de demain",
        "Marché de travaux de voirie",
    ],
)
def test_a_title_that_names_one_stays(title: str) -> None:
    """One word of French is enough."""
    assert told(title) == title


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("La présente consultation a pour objet : la livraison de repas", "La livraison de repas"),
        ("Le présent marché porte sur l'entretien des berges", "L'entretien des berges"),
        ("L'objet du marché est de réaliser un inventaire des haies", "Réaliser un inventaire des haies"),
        ("Concession ayant pour objet la gestion du golf", "Concession ayant pour objet la gestion du golf"),
    ],
)
def test_a_sentence_is_cut_to_what_it_names(title: str, said: str) -> None:
    """The head of a report names a purchase; it does not tell that there is a consultation."""
    assert told(title) == said


@pytest.mark.parametrize(
    "description",
    [
        "Le domaine compte deux étangs et un moulin.",
        "Chaque lot est conclu pour un an.",
        "Voir le règlement de la consultation.",
        "12 km",
    ],
)
def test_a_description_that_tells_a_story_names_nothing(description: str) -> None:
    """The reference is then all there is; for a formula, the only lot tells better."""
    assert told("2031AOVB04", description) == "2031AOVB04"
    assert told("Avis de marché", description) == "Entretien des jardins"


@pytest.mark.parametrize(
    "buyer",
    ["Ville de Valmorel", "COMMUNE DE BOIS-LE-GRAND", "Mairie de La Motte", "Région Pays de la Vesle", "Région Vesle"],
)
def test_a_title_that_only_names_the_buyer_gives_way(buyer: str) -> None:
    """Whatever the small words of its name."""
    assert told(buyer) == _DESCRIBED


def test_other_formats() -> None:
    """TED has a short description; the BOAMP a second title; both leave the buyer's name aside."""
    short = (
        ted()
        .replace("Nettoyage des lycées", "2031f07.")
        .replace("<CPV_MAIN>", f"<SHORT_DESCR><P>{_DESCRIBED}.</P></SHORT_DESCR><CPV_MAIN>", 1)
    )
    assert value(short, "objet") == _DESCRIBED
    second = boamp(object_=f"<OBJET_COMPLET>{_DESCRIBED}</OBJET_COMPLET><DIV_EN_LOTS><NON/></DIV_EN_LOTS>")
    assert value(second.replace("Fourniture de papier", "Ville de Valmorel"), "objet") == _DESCRIBED
    lines = eforms(title="Appel à candidatures\nExploitation du &amp;quot;Moulin&amp;quot;")
    assert value(lines, "objet") == 'Exploitation du "Moulin"'
    assert value(boamp().replace("Fourniture de papier", "Ville de Valmorel"), "objet") == "unknown"


@pytest.mark.parametrize("title", ["Gymnase_Lot 18 : peinture", "Gymnase - LOT18", "Gymnase - lots 2 et 3"])
def test_the_only_lot_of_a_notice_may_be_one_of_several(title: str) -> None:
    """Its title says so, however its words are joined: no reason for the absence of lots is asked."""
    assert value(eforms(lot(title=title), title=title), "alloti") == "unknown"
    assert value(eforms(lot(title="Pilotage"), title="Pilotage"), "alloti") is False


@pytest.mark.parametrize(
    "title",
    [
        "Ville " + "a" * 20_000 + "=1",
        "Commune d'" + "l'" * 20_000 + "=1",
        "Mairie " + "'" * 50_000 + "=1",
        "X" * 50_000,
    ],
)
def test_a_title_without_end_costs_no_more_than_its_length(title: str) -> None:
    """The words of a place are told one from another in one way only: no hostile title is read for hours."""
    told("Curage")  # the tables are loaded once
    begun = process_time()
    told(title)
    assert process_time() - begun < 2


def test_the_sentence_of_the_only_lot_is_better_than_the_name_of_the_town() -> None:
    """A bulletin whose title is the town: the lot says what is bought, in a sentence; two lots would say two things."""
    told = (
        "<LOT><DESCRIPTION>Le droit, pour le fermier, d'assurer la gestion du service des berges.</DESCRIPTION></LOT>"
    )
    notice = boamp(object_=f"<DIV_EN_LOTS><NON/></DIV_EN_LOTS><LOTS>{told}</LOTS>")
    named = notice.replace("Fourniture de papier", "Ville de Valmorel")
    assert value(named, "objet") == "Le droit, pour le fermier, d'assurer la gestion du service des berges"
    assert (
        value(named.replace("d'assurer la gestion du service des berges", "compte deux étangs"), "objet") == "unknown"
    )
    two = named.replace("</LOTS>", f"{told.replace('berges', 'fossés')}</LOTS>")
    assert value(two, "objet") == "unknown"
