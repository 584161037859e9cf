"""The object of the contract, as a title would give it."""

from __future__ import annotations

import pytest
from facts_builders import fact

from achats_check.model.fact import KNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La consultation a pour objet l'entretien des espaces verts.", "Entretien des espaces verts"),
        ("Le présent marché a pour objet la fourniture de repas.", "Fourniture de repas"),
        ("Le marché concerne les travaux de voirie communale.", "Travaux de voirie communale"),
        ("Le marché porte sur des prestations de nettoyage.", "Prestations de nettoyage"),
        ("Le marché a pour objet une mission de contrôle technique.", "Mission de contrôle technique"),
        ("Objet du marché : l’entretien des toitures", "Entretien des toitures"),
        ("Le marché a pour objet l'entretien des parcs et des rues.", "Entretien des parcs et des rues"),
        ("Le marché a pour objet des travaux de voirie et des essais.", "Des travaux de voirie et des essais"),
        ("Le marché a pour objet la tonte, la taille et l'arrosage.", "La tonte, la taille et l'arrosage"),
        ("Objet du marché : Le Bourg, réfection de la place", "Le Bourg, réfection de la place"),
        ("Objet du marché : LA FOURNITURE DE REPAS", "LA FOURNITURE DE REPAS"),
    ],
)
def test_an_object_opens_with_what_is_bought(text: str, expected: str) -> None:
    """The article that its sentence needed is left out; that of a name, or of a title in capitals, is not."""
    found = fact(text, "objet")
    assert (found.status, found.value) == (KNOWN, expected)
    assert str(found.value)[1:] in found.evidence[0].quote


def test_a_piece_that_names_itself_names_no_purchase() -> None:
    """ "A market of works" says a kind, not an object."""
    assert fact("La consultation a pour objet le marché de travaux ci-après.", "objet").status == "unknown"


@pytest.mark.parametrize(
    "line",
    [
        "Prestations prévues au marché",
        "Prestations concernées par la consultation",
        "Les prestations demandées au titulaire",
        "Prestations similaires et complémentaires",
        "Réalisation de l'ensemble des travaux ou d'une tranche",
    ],
)
def test_a_heading_about_the_services_names_none(line: str) -> None:
    """A cover line that opens like a purchase and says nothing of it is no object, and tells no kind."""
    assert fact(line, "objet").status == "unknown"
    assert fact(line, "type").status == "unknown"
