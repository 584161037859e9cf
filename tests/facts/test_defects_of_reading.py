"""Wordings once misread: criteria detailed in a line, objects with their article, several buyers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import fact, piece, value

from achats_check.model.fact import ACHETEUR

_NESTED = """
Les offres sont jugées selon les critères suivants :
Prix des prestations : 60 points
Valeur technique : 40 points
La valeur technique est appréciée au vu du mémoire : composition de l'équipe (15 points), organisation
(15 points), méthode (10 points).
""".replace("organisation\n", "organisation ")


@pytest.mark.parametrize(
    "text",
    [
        _NESTED,
        (
            "Les critères d'attribution sont les suivants :\nPrix : 60 points\nValeur technique : 40 points\n"
            "Composition de l'équipe (15 points), organisation (15 points), méthode (10 points)"
        ),
        (
            "Les critères d'attribution sont les suivants :\nPrix : 60 points\n"
            "Valeur technique : 40 points, dont composition (15 points), organisation (15 points), méthode (10 points)"
        ),
        (
            "Les critères d'attribution sont les suivants :\nPrix\t60 points\n"
            "Valeur technique : composition de l'équipe (15 points), organisation (15 points), méthode de travail "
            "(10 points)\t40 points"
        ),
        (
            "Les critères d'attribution sont les suivants :\n1. Prix : 60 points\n"
            "2. Valeur technique, appréciée par la composition de l'équipe (15 points), l'organisation (15 points), "
            "la méthode de travail (10 points)"
        ),
    ],
)
def test_points_inside_the_description_of_a_criterion_are_no_criteria(text: str) -> None:
    """What details a criterion never becomes one: better nothing than a false list."""
    found = value(text, "criteres")
    weights = [item["poids"] for item in found] if isinstance(found, tuple) else found
    assert weights in ([Decimal(60), Decimal(40)], "unknown")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Objet du marché : Le nettoyage des locaux et le lavage des vitres.",
            "Le nettoyage des locaux et le lavage des vitres",
        ),
        (
            "La présente consultation a pour objet la restructuration et l'extension du collège.",
            "La restructuration et l'extension du collège",
        ),
        ("Le marché a pour objet l'entretien des espaces verts.", "Entretien des espaces verts"),
    ],
)
def test_the_object_stays_grammatical(text: str, said: str) -> None:
    """The leading article stays where others answer it, and the quote is the text itself."""
    found = fact(text, "objet")
    assert found.value == said
    where = found.evidence[0].location
    assert piece(text).blocks[where.block or 0].text[where.start : where.end] == found.evidence[0].quote
    assert found.evidence[0].quote.lower() == said.lower()


def test_several_buyers_are_no_conflict() -> None:
    """The numbers of the members of a group: none of them is the buyer's."""
    text = "SIRET de la commune : 217 500 016 00019\nSIRET du syndicat : 200 054 781 00014"
    assert value(text, "acheteur.siret", scope=ACHETEUR) == "unknown"


def test_the_coordinator_of_a_group_is_its_buyer() -> None:
    """Its number is kept, the members' are not."""
    text = "Coordonnateur du groupement - SIRET : 217 500 016 00019\nMembre du groupement - SIRET : 200 054 781 00014"
    assert value(text, "acheteur.siret", scope=ACHETEUR) == "21750001600019"
