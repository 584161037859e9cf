"""Social and environmental criteria told in a sentence, without the list of weights that holds them."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

SOCIAL, GREEN = "social.critere", "environnement.critere"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le critère relatif à la qualité de l'insertion compte pour un dixième de la note.", SOCIAL),
        ("Critère 3 : insertion professionnelle des jeunes du territoire, notée sur 15 points.", SOCIAL),
        ("Un critère social départage les offres à hauteur de 5 %.", SOCIAL),
        ("L'insertion des personnes éloignées de l'emploi constitue un sous-critère de la valeur technique.", SOCIAL),
        ("Qualité technique : moyens 20 points, place faite à l'insertion 10 points", SOCIAL),
        ("Critères : Prix : 40 ; Qualité : 50 ; Social : 10.", SOCIAL),
        ("Critères : Prix : 40 ; Qualité : 50 ; Environnement : 10.", GREEN),
        ("3. Valeur environnementale de l'offre : 20 points", GREEN),
        ("Performances en matière d'insertion des jeunes : 12 points", SOCIAL),
        ("Le critère « Développement durable » est apprécié sur 20 points.", GREEN),
        ("Sous-critère : empreinte carbone des livraisons.", GREEN),
        ("Un critère environnemental est pondéré à 15 %.", GREEN),
    ],
)
def test_a_criterion_told_alone(text: str, name: str) -> None:
    """The word and what it is about are enough, whatever the other criteria weigh."""
    assert known(read_whole(("RC", text))).get(name) is True


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Il n'y a pas de critère social dans cette consultation.", SOCIAL),
        ("La clause d'insertion s'impose à tous ; elle ne sera pas un critère de choix.", SOCIAL),
        ("L'insertion n'est pas prise en compte : elle n'est pas un critère.", SOCIAL),
        ("La clause sociale n'entre pas dans la notation des offres.", SOCIAL),
        ("Aucun critère environnemental n'est retenu.", GREEN),
    ],
)
def test_a_criterion_that_is_denied(text: str, name: str) -> None:
    """A clause that is said to be no criterion is none."""
    assert known(read_whole(("RC", text))).get(name) is False


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Les publics remplissent les critères d'éligibilité à l'insertion par l'activité économique.", SOCIAL),
        ("Les critères de sélection des candidatures sont les références en insertion professionnelle.", SOCIAL),
        ("Critère 2 : insertion paysagère du projet.", SOCIAL),
        ("Critères sociaux ou environnementaux : voir le cahier des charges.", SOCIAL),
        ("Clause sociale / critère social / sans objet (rayer les mentions inutiles)", SOCIAL),
        ("Valeur technique : insertion paysagère du projet 10 points", SOCIAL),
        ("Les produits répondent aux critères écologiques de l'écolabel européen.", GREEN),
        ("Le titulaire propose des critères environnementaux pour les futurs marchés.", GREEN),
        ("Critère 1 : environnement de travail des équipes.", GREEN),
    ],
)
def test_what_is_no_award_criterion(text: str, name: str) -> None:
    """Who may benefit, who may bid, what a label requires and what is drafted for later attribute nothing."""
    assert known(read_whole(("RC", text))).get(name) is not True


def test_a_clause_said_to_be_no_criterion_is_a_clause() -> None:
    """What tells that insertion is owed and not noted asks for it."""
    text = "L'insertion n'est pas un critère d'attribution mais une condition d'exécution du marché."
    facts = known(read_whole(("RC", text)))
    assert facts["social.condition_execution"] is True
    assert facts[SOCIAL] is False
