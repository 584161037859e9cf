"""What is told in words that nothing reads yet: left open, never said absent."""

from __future__ import annotations

import pytest
from clauses_builders import Finder

from achats_check.facts.candidate import NearMiss


@pytest.mark.parametrize(
    ("role", "fact", "text"),
    [
        ("CCAP", "prix.revisable", "# § 4 Prix\n4.3. Révision sur l'index ING, chaque acompte."),
        ("CCAP", "ccag.derogations_listees", "# § 17 Dérogations au CCAG-MOE\n17.1. § 2.1 : article 4.1."),
        ("CCAP", "clause_revoyure", "# 13 Réexamen\nLe bordereau est adapté dans la limite de 10 % du maximum."),
        ("RC", "lots_candidature_precisee", "Chacun peut se porter candidat à un lot ou aux deux."),
        (
            "RC",
            "variantes_exigences_minimales",
            "Au lot 2, une variante peut être déposée ; elle devra conserver la résistance à 80 lavages.",
        ),
        (
            "RC",
            "groupement.forme_imposee_candidature",
            "Les groupements doivent être solidaires dès la présentation de la candidature.",
        ),
        (
            "RC",
            "chiffre_affaires_minimal_ht",
            "Chiffres d'affaires annuels minimaux : 300 000 EUR (lot 1) et 500 000 EUR (lot 2).",
        ),
        (
            "CCAP",
            "environnement.penalites",
            "# Art. IX Sobriété et déchets\nLe linge réformé est remis à une filière de réemploi.\n"
            "Si la moyenne excède la valeur garantie, il est appliqué 500 € par point de dépassement.",
        ),
    ],
)
def test_a_sign_leaves_the_fact_open(clauses: Finder, role: str, fact: str, text: str) -> None:
    """A value or a doubt, but something: the silence of the piece proves nothing then."""
    results = [result for result in clauses(text, role) if result.name == fact]
    assert any(
        not isinstance(result, NearMiss) or result.undecided for result in results if hasattr(result, "evidence")
    )


@pytest.mark.parametrize(
    ("role", "fact", "text"),
    [
        ("CCAP", "prix.revisable", "# Article 4 Pénalités\nTout retard coûte 100 € par jour."),
        ("RC", "lots_candidature_precisee", "Les prestations du lot 1 commencent en mars."),
        ("RC", "variantes_exigences_minimales", "Les variantes ne sont pas autorisées."),
        (
            "RC",
            "chiffre_affaires_minimal_ht",
            "Le candidat déclare son chiffre d'affaires des trois derniers exercices.",
        ),
    ],
)
def test_what_says_nothing_of_it_leaves_nothing_open(clauses: Finder, role: str, fact: str, text: str) -> None:
    """Otherwise no absence would ever be proven."""
    results = [result for result in clauses(text, role) if result.name == fact]
    assert not any(isinstance(result, NearMiss) and result.undecided for result in results)
