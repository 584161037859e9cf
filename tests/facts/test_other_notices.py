"""Pages of web sites that list the notices of other buyers below the one that was printed."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.document import Document
from achats_check.model.fact import MARCHE

_NOTICE = """
Avis d'appel public à la concurrence
Commune de Brévigny
Objet : Réfection de la toiture de la halle
Procédure adaptée ouverte
Critères d'attribution : prix 60 %, valeur technique 40 %
Le marché est un marché ordinaire.
Date limite de réception des offres : 12/05/2025
Renseignements : mairie de Brévigny
Instance chargée des procédures de recours : tribunal administratif de Dijon
"""
_OTHERS = """
Ville de Marsannes – Voirie, accord-cadre à bons de commande, maximum 250 000 euros HT
Office de l'habitat – Ravalement, clause d'insertion de 640 heures
Syndicat du Thiou – Espaces verts, lot réservé (article L. 2113-12)
"""
_OF_OTHERS = ("social.insertion", "social.heures_insertion", "reservation.fondement", "valeur_maximale_ht")


def told(document: Document) -> dict[str, object]:
    """The values of the facts of the market that a piece tells for sure."""
    facts = extract([document], vocabulary(), naming(), terms(), lexicon())[1]
    return {fact.name: fact.value for fact in facts if fact.scope == MARCHE and fact.status == "known"}


@pytest.mark.parametrize(
    "title",
    [
        "Dans la même rubrique",
        "# Annonces similaires",
        "Avis similaires :",
        "Autres consultations du même acheteur",
        "Consultations de cet acheteur",
        "Ces annonces pourraient vous intéresser",
        "Dernières annonces publiées",
        "Poser une question | Télécharger le dossier Consultations du même organisme",
    ],
)
def test_the_other_notices_of_a_page_say_nothing(title: str) -> None:
    """What a page lists under such a title is of other purchases."""
    found = told(piece(_NOTICE + title + "\n" + _OTHERS, "AAPC"))
    assert not set(_OF_OTHERS) & set(found)
    assert found["forme"] == "marche"


def test_they_may_be_joined_to_the_title_that_announces_them() -> None:
    """A page reader joins the lines that nothing parts."""
    joined = "Annonces similaires " + " ".join(_OTHERS.split("\n")).strip()
    assert not set(_OF_OTHERS) & set(told(piece(_NOTICE + joined, "AAPC")))


@pytest.mark.parametrize(
    "line",
    [
        "Marchés similaires : l'acheteur peut y recourir",
        "Le titulaire consulte les avis similaires",
        "Prestations similaires",
        "Informations complémentaires",
    ],
)
def test_other_lines_announce_none(line: str) -> None:
    """A line of the notice that speaks of like purchases hides nothing of what follows."""
    found = told(piece(f"{_NOTICE}{line}\nLe titulaire réserve 350 heures à l'insertion.", "AAPC"))
    assert found["social.heures_insertion"] == 350


@pytest.mark.parametrize("resumed", ["# Lot unique", "Section IV : Conditions", "VI.3) Informations complémentaires"])
def test_the_notice_may_go_on_below(resumed: str) -> None:
    """A section of the notice ends the list."""
    text = f"{_NOTICE}Avis similaires\n{_OTHERS}{resumed}\nLe titulaire réserve 350 heures à l'insertion."
    assert told(piece(text, "AAPC"))["social.heures_insertion"] == 350


def test_a_piece_of_the_buyer_lists_none() -> None:
    """Only a notice is printed from a page that lists others."""
    text = f"{_NOTICE}Avis similaires\nLe titulaire réserve 350 heures à l'insertion."
    assert told(piece(text, "CCAP"))["social.heures_insertion"] == 350
