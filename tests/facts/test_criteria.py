"""Award criteria, their weights, and what is social or environmental in them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import fact, piece, read, value

_TABLE = """
# 7 Jugement des offres
Les critères retenus pour le jugement des offres sont pondérés de la manière suivante :
Critères\tPondération
1-Prix des prestations\t40.0 %
2-Valeur technique\t35.0 %
3-Performances en matière de protection de l'environnement\t15.0 %
4-Performance en matière d'insertion professionnelle\t10.0 %
Chaque candidat se verra attribuer une note globale sur 100.
"""


def _criteria(text: str, role: str = "RC") -> list[tuple[str, int, str]]:
    found = value(text, "criteres", role)
    assert isinstance(found, tuple), found
    return [(item["nom"], int(item["poids"]), item["nature"]) for item in found]


def test_a_table_of_criteria() -> None:
    """A table of criteria."""
    assert _criteria(_TABLE) == [
        ("Prix des prestations", 40, "prix"),
        ("Valeur technique", 35, "technique"),
        ("Performances en matière de protection de l'environnement", 15, "environnemental"),
        ("Performance en matière d'insertion professionnelle", 10, "social"),
    ]


def test_social_and_environmental_criteria_come_from_them() -> None:
    """Social and environmental criteria come from them."""
    facts = read(piece(_TABLE))
    assert facts.get("environnement.critere").value is True  # type: ignore[union-attr]
    assert facts.get("environnement.critere_poids").value == 15  # type: ignore[union-attr]
    assert facts.get("social.critere_poids").value == 10  # type: ignore[union-attr]
    assert facts.get("criteres.echelle").value == 100  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "Les critères d'attribution sont les suivants :\n- Prix : 60 %\n- Valeur technique : 40 %",
        "Les critères d'attribution sont les suivants :\nPrix (60 %)\nValeur technique (40 %)",
        "Critères de jugement des offres, par pondération :\n1) Prix des prestations : 60 points\n2) "
        "Valeur technique : 40 points",
        "Les offres seront jugées selon les critères suivants : prix (60 %), valeur technique (40 %).",
        "Critères\tNote sur 100\nPrix\t60.0\nValeur technique\t40.0",
        "Les critères sont pondérés ainsi :\nPrix des prestations\n60 %\nValeur technique\n40 %",
    ],
)
def test_the_shapes_of_a_list_of_criteria(text: str) -> None:
    """The shapes of a list of criteria."""
    assert [(weight, nature) for _, weight, nature in _criteria(text)] == [(60, "prix"), (40, "technique")]


def test_sub_criteria_are_not_counted_twice() -> None:
    """Sub criteria are not counted twice."""
    text = """
    Les critères d'attribution sont pondérés comme suit :
    1 - Prix des prestations : 60 %
    2 - Valeur technique : 40 %
    2.1 - Moyens humains : 25 %
    2.2 - Gestion des déchets : 15 %
    """
    assert [weight for _, weight, _ in _criteria(text)] == [60, 40]
    found = fact(text, "environnement.critere")
    assert (found.value, found.confidence) == (True, 0.75)


def test_sub_criteria_without_numbers_are_known_by_their_sum() -> None:
    """Sub criteria without numbers are known by their sum."""
    text = """
    Les critères d'attribution sont pondérés comme suit :
    Prix des prestations : 60 %
    Valeur technique : 40 %
    Moyens humains : 25 %
    Méthodologie : 15 %
    """
    assert [weight for _, weight, _ in _criteria(text)] == [60, 40]


def test_criteria_without_anything_social_prove_the_absence() -> None:
    """Criteria without anything social prove the absence."""
    text = "Les critères d'attribution sont les suivants :\nPrix : 60 %\nValeur technique : 40 %"
    found = fact(text, "social.critere")
    assert (found.status, found.value) == ("absent", False)
    assert found.search is not None
    assert found.search.pieces == ("RC",)


def test_criteria_that_were_not_read_prove_nothing() -> None:
    """Criteria that were not read prove nothing."""
    text = "Les critères de jugement des offres sont précisés dans une annexe au présent règlement."
    assert fact(text, "social.critere").status == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "7.2 - Critères d'attribution ............................ 9",
        "Critères de sélection des candidatures : capacité 60 %, références 40 %.",
        "Note de l'offre = (montant de l'offre / montant le plus bas) x 60 selon le critère prix.",
    ],
)
def test_what_repeats_the_words_of_criteria_is_no_list(text: str) -> None:
    """What repeats the words of criteria is no list."""
    assert value(text, "criteres") in ("unknown", "absent")


def test_restated_criteria_agree_whatever_their_names() -> None:
    """Restated criteria agree whatever their names."""
    rc = piece(
        "Les critères sont les suivants :\nPrix des prestations : 35 %\nQualité : 40 %\nÉco-responsabilité : 25 %", "RC"
    )
    cctp = piece(
        "L'offre est jugée sur 3 critères :\nQualité des produits : 40 %\nPrix des produits : 35 "
        "%\nCritères éco-responsables : 25 %",
        "CCTP",
    )
    found = read(rc, cctp).get("criteres")
    assert found is not None
    assert found.status == "known"
    assert {e.role for e in found.evidence} == {"RC", "CCTP"}


def test_an_order_of_importance() -> None:
    """An order of importance."""
    text = "Les critères sont énoncés par ordre décroissant d'importance : prix, qualité."
    assert value(text, "criteres.hierarchises") is True


def test_weights_are_decimals() -> None:
    """Weights are decimals."""
    found = value("Les critères sont les suivants :\nPrix : 62,5 %\nValeur technique : 37,5 %", "criteres")
    assert isinstance(found, tuple)
    assert found[0]["poids"] == Decimal("62.5")  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    "title",
    [
        "Article 3 - Critères",
        "6.2 Critères d'attribution",
        "Article 8 : Critères d'attribution du marché",
        "Jugement des offres",
        "ARTICLE 7 - ATTRIBUTION DU MARCHÉ",
    ],
)
def test_a_title_announces_criteria(title: str) -> None:
    """Weighted lines under a title, without a sentence between them."""
    assert _criteria(f"# {title}\nPrix : 60 %\nValeur technique : 40 %") == [
        ("Prix", 60, "prix"),
        ("Valeur technique", 40, "technique"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Attribution du marché\nAcompte à la commande : 30 %\nSolde à la livraison : 70 %",
        "# Jugement des offres\nL'offre retenue est la mieux classée.\n# Paiement\nAcompte : 40 %\nSolde : 60 %",
        "# Ouverture des offres\nPrix : 60 %\nValeur technique : 40 %",
    ],
)
def test_a_title_is_no_announcement_of_any_share(text: str) -> None:
    """One of the lines must be the price, and stand under the title."""
    assert value(text, "criteres", "RC") == "unknown"
