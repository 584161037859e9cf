"""Buyers who buy together: a groupement de commandes, which is no grouping of companies."""

from __future__ import annotations

import pytest
from clauses_builders import Finder, values

FACT = "groupement_commandes"


@pytest.mark.parametrize(
    "text",
    [
        "La présente consultation est lancée dans le cadre d'un groupement de commandes.",
        "Le marché est passé par un groupement de commandes constitué entre la commune et son CCAS.",
        "La commune de Sauveterre est désignée coordonnateur du groupement de commandes.",
        "Chaque membre du groupement de commandes s'assure de la bonne exécution du marché.",
        "Une convention constitutive de groupement de commandes a été signée.",
        "Groupement de commandes : Oui",
        "Le pouvoir adjudicateur est le groupement de commandes des Trois Vallées.",
    ],
)
def test_a_joint_purchase_is_read(clauses: Finder, text: str) -> None:
    """The buyers say that they are several."""
    assert values(clauses(text, "RC"), FACT) == {"": True}


@pytest.mark.parametrize(
    "text",
    [
        "Groupement de commandes : Non",
        "Le marché n'est pas passé dans le cadre d'un groupement de commandes.",
        "La consultation ne fait l'objet d'aucun groupement de commandes.",
    ],
)
def test_a_declared_lone_purchase_is_read(clauses: Finder, text: str) -> None:
    """A box, a denial."""
    assert values(clauses(text, "RC"), FACT) == {"": False}


@pytest.mark.parametrize(
    "text",
    [
        "Le mandataire du groupement solidaire représente les cotraitants.",
        "Le coordonnateur du groupement d'entreprises signe l'acte d'engagement.",
        "L'acheteur pourra adhérer à un groupement de commandes pour des besoins comparables.",
        "Le titulaire indique ses références auprès de groupements de commandes.",
    ],
)
def test_other_groupings_say_nothing(clauses: Finder, text: str) -> None:
    """Companies, a possibility, references."""
    assert values(clauses(text, "RC"), FACT) == {}
