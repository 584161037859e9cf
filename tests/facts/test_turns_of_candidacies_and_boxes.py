"""Turns of ordinary dossiers: who is rejected for want of an office or of references, boxes of a summary, plastics."""

from __future__ import annotations

import pytest
from template_builders import absent, disputed, known, read_whole

_CALL = "RÈGLEMENT DE LA CONSULTATION\n# 5 - Présentation des candidatures\n"
_CONTRACT = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n"
_LOCAL, _REFERENCES = "candidature.implantation_exigee", "candidature.references_eliminatoires"
_RESERVED, _PENALTY = "reservation.categorie", "environnement.penalites"
_BOXES, _SINGLE_USE = "restauration.contenants_plastique", "plastique_usage_unique"


@pytest.mark.parametrize(
    "demand",
    [
        "L'absence d'agence dans le département entraîne le rejet de la candidature.",
        "Toute candidature sans établissement sur le territoire de la commune sera éliminée.",
        "Le candidat qui n'a pas d'antenne dans le département verra sa candidature rejetée.",
        "Les candidats non établis dans la région seront écartés.",
        "Le candidat justifie d'un bureau situé à moins de 20 km de la mairie.",
        "Disposer, à la date de remise des plis, d'un lieu permanent d'accueil dans le canton.",
        "Bail d'un atelier situé sur le territoire de la métropole à la date du dépôt.",
        "Implantation\tAgence ouverte dans un rayon de 30 km à la date limite de réception des offres",
    ],
)
def test_who_has_no_office_here_is_rejected(demand: str) -> None:
    """The demand may be the box of a table, or only tell what follows when it is not met."""
    assert known(read_whole(("RC", f"{_CALL}{demand}")))[_LOCAL] is True


def test_an_office_named_in_a_table_leaves_the_demand_open() -> None:
    """Nobody can say that the pieces ask no office here when a table of the candidacy names one."""
    facts = read_whole(("RC", f"{_CALL}Rubrique\tContenu\nImplantation\tAgence dans le département"))
    assert _LOCAL not in known(facts)
    assert _LOCAL not in absent(facts)


def test_an_office_that_a_table_of_criteria_scores() -> None:
    """What is scored excludes nobody from bidding."""
    table = "# 7 - Jugement des offres\nSous-critère\tPoints\nImplantation d'une équipe dans un rayon de 60 km\t15\n"
    assert _LOCAL in absent(read_whole(("RC", f"{_CALL}Les candidats remettent un DC1.\n{table}")))


@pytest.mark.parametrize(
    "text",
    [
        "L'absence d'agence dans le département n'entraîne pas le rejet de la candidature.",
        "Un candidat sans agence dans le département n'est pas écarté.",
        "Le candidat indique s'il dispose d'une agence dans le département à la date de remise des offres.",
        "Aucune implantation locale n'est exigée.",
    ],
)
def test_an_office_here_that_is_not_asked(text: str) -> None:
    """What a bidder tells of itself, and what excludes nobody."""
    assert known(read_whole(("RC", f"{_CALL}{text}"))).get(_LOCAL) is not True


@pytest.mark.parametrize(
    "demand",
    [
        "Toute entreprise qui ne justifie pas de deux références de même importance sera éliminée.",
        "Les candidats qui ne présenteront aucune référence comparable au cours des cinq dernières années, quel que "
        "soit le maître d'ouvrage, verront leur candidature rejetée.",
        "Le candidat qui présente moins de trois références similaires est écarté.",
        "À défaut de trois références de même nature, la candidature est déclarée irrecevable.",
        "Le candidat qui n'est pas en mesure de produire trois références équivalentes sera éliminé.",
    ],
)
def test_who_has_too_few_references_is_rejected(demand: str) -> None:
    """The verb that rejects may stand far behind the references."""
    assert known(read_whole(("RC", f"{_CALL}{demand}")))[_REFERENCES] is True


@pytest.mark.parametrize(
    "text",
    [
        "Toute entreprise qui ne justifie pas de deux références ne sera pas éliminée pour autant.",
        "L'absence de références ne justifie pas à elle seule l'élimination d'un candidat.",
        "Une entreprise nouvelle qui n'a pas de références n'est pas exclue : elle prouve sa capacité par tout moyen.",
        "À défaut de références, le candidat produit tout autre moyen de preuve.",
    ],
)
def test_who_has_few_references_is_kept(text: str) -> None:
    """The same words, where nobody is rejected."""
    assert known(read_whole(("RC", f"{_CALL}{text}"))).get(_REFERENCES) is not True


@pytest.mark.parametrize(
    ("box", "category"),
    [
        ("Marché réservé (articles L. 2113-12 et suivants du code) : non", "aucune"),
        ("Marché réservé (L. 2113-13)\tNon", "aucune"),
        ("Marché réservé à des structures d'insertion\tNon", "aucune"),
        ("Réservation (L. 2113-12 et s.)\tSans objet", "aucune"),
        ("Marché réservé (L. 2113-12) : ☐ oui ☒ non", "aucune"),
        ("Lots réservés (articles L. 2113-12 et L. 2113-13)\tNéant", "aucune"),
        ("Marché réservé (L. 2113-12)\tOui", "handicap"),
        ("Marché réservé (L. 2113-12)\tOui / Non", None),
        ("Marché réservé (L. 2113-12 à L. 2113-16)\tNon, sauf lot 2", None),
    ],
)
def test_box_of_a_reservation_that_names_its_articles(box: str, category: object) -> None:
    """The articles of the label reserve nothing when its box says no, or when nobody chose."""
    assert known(read_whole(("RC", f"RÈGLEMENT DE LA CONSULTATION\n# 1 - Synthèse\n{box}"))).get(_RESERVED) == category


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aucun article en plastique à usage unique n'est fourni.", _SINGLE_USE),
        ("Les produits en plastique à usage unique sont proscrits.", _SINGLE_USE),
        ("Le titulaire n'utilise ni gobelet ni plastique jetable.", _SINGLE_USE),
        ("Les barquettes de réchauffe en plastique sont interdites.", _BOXES),
        ("Sont exclus les contenants de cuisson en matière plastique.", _BOXES),
        ("Les repas sont livrés en barquettes sans plastique.", _BOXES),
    ],
)
def test_plastics_that_a_contract_excludes(text: str, name: str) -> None:
    """The administrative contract says it as well as the technical one."""
    assert known(read_whole(("CCAP", f"{_CONTRACT}# 9 - Restauration\n{text}")))[name] is False


def test_plastics_that_are_sorted_are_not_excluded() -> None:
    """What becomes of them says that there are some."""
    facts = read_whole(("CCTP", "CCTP\n# 9 - Déchets\nLes plastiques à usage unique sont triés."))
    assert known(facts).get(_SINGLE_USE) is not False


@pytest.mark.parametrize("paper", ["remise des bordereaux de suivi des déchets", "fourniture du registre des déchets"])
def test_a_paper_that_lacks_and_costs(paper: str) -> None:
    """The price stands after the words of the subject, or among them."""
    facts = read_whole(("CCAP", f"{_CONTRACT}# 12 - Pénalités\nAbsence de {paper} : 100,00 € par jour."))
    assert known(facts)[_PENALTY] is True
    assert _PENALTY not in disputed(facts)
