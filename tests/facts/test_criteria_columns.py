"""Tables of criteria with other columns than the name and the weight, and lists on one line."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import MARCHE


def _weights(text: str) -> list[int]:
    found = read(piece(text)).get("criteres", MARCHE)
    assert found is not None
    return [int(item["poids"]) for item in found.value or ()]  # type: ignore[union-attr, index, arg-type]


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        (
            "Les critères sont hiérarchisés et pondérés ainsi :\nRang\tCritère\tPondération\tÉléments d'appréciation\n"
            "1\tPrix\t40\tDQE non contractuel\n2\tValeur technique\t40\tMoyens (15), organisation (15), contrôle (10)\n"
            "3\tDémarche d'insertion\t10\tEncadrement\n4\tEnvironnement\t10\tMatériel électrique",
            [40, 40, 10, 10],
        ),
        (
            "# 4 Attribution\nCritère d'attribution\tPondération\tSous-critères\nPrix\t50 %\tDPGF (30) ; DQE (20)\n"
            "Valeur technique\t35 %\tOrganisation (20) ; astreinte (15)\nPerformance énergétique\t15 %\tSuivi (15)",
            [50, 35, 15],
        ),
        (
            "# 5 Notation\nCritères\tNote maximale\tPoids\nValeur technique\t20\t60 %\nMontant de l'offre\t20\t40 %",
            [60, 40],
        ),
        ("# 5 Jugement\nCritères\tCoefficient\nPrix\t6\nValeur technique\t4", [60, 40]),
        (
            "Les critères, affectés de leur coefficient de pondération, sont :\n1° Prix : coefficient 45\n"
            "2° Valeur technique : coefficient 30\n3° Performance environnementale (tournées) : coefficient 25",
            [45, 30, 25],
        ),
        (
            "# 5 Choix de l'offre\nPrix : 60 % - Valeur technique (organisation, fiches) : 30 % - Environnement : 10 %",
            [60, 30, 10],
        ),
        ("A6. Jugement : prix 40 points, valeur technique 60 points (matériel 20, organisation 40).", [40, 60]),
    ],
)
def test_weights_in_their_column_or_line(text: str, weights: list[int]) -> None:
    """The column of the weights is told by its title, wherever it stands."""
    assert _weights(text) == weights


def test_columns_that_weigh_no_criterion() -> None:
    """A table of indicators of performance has a column of points, and no price."""
    text = "# 9 Suivi\nCritère de performance\tPoints\tContrôle\nPropreté\t60\tVisuel\nPonctualité\t40\tRegistre"
    assert _weights(text) == []


def test_weight_shared_by_two_families() -> None:
    """A criterion about the environment and insertion together has no weight of its own for either."""
    text = (
        "Les critères sont pondérés comme suit :\nPrix : 50 %\nValeur technique : 35 %\n"
        "Développement durable et insertion : 15 %"
    )
    assert value(text, "environnement.critere") is True
    assert value(text, "social.critere") is True
    assert value(text, "environnement.critere_poids") == "unknown"
    assert value(text, "social.critere_poids") == "unknown"
