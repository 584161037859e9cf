"""How far a clause goes: the organs in the lines and sub-articles after it, and penalties that cite its article."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import KNOWN, MARCHE, Scope

CLAUSE = "Le titulaire réserve une part de la main-d'œuvre à des personnes éloignées de l'emploi."
MANAGER = "La chargée de mission accompagne les entreprises dans leurs recrutements."


def known(text: str, name: str, scope: Scope = MARCHE, role: str = "CCAP") -> object:
    """The value of a fact of a piece of a role, None when it is not known."""
    found = extract((piece(text, role),), vocabulary(), naming(), terms(), lexicon())[1].get(name, scope)
    return found.value if found is not None and found.status == KNOWN else None


NEAR = [
    ("# 9 Dispositions diverses\n{clause}\n{organ}", True),
    ("# 9 Dispositions diverses\n9.1 {clause}\n9.2 {organ}", True),
    ("# 9 Dispositions diverses\n9.1 {organ}\n9.2 {clause}", True),
    ("# 7.2 Insertion\n{clause}\n# 7.3 Accompagnement\n{organ}", True),
    ("# 7 Insertion\n# 7.1 Principe\n{clause}\n# 7.5 Suivi\n{organ}", True),
    ("# 9 Dispositions diverses\n{clause}\n# 10 Avance\n{organ}", None),
    ("# 9 Dispositions diverses\n9 {clause}\n10 Assurances\n{organ}", None),
    ("# 9 Dispositions diverses\n{clause}\n10. {organ}", None),
    ("# 7 Exécution\n# 7.1 Insertion\n{clause}\n# 7.2 Bons de commande\nÉmis au besoin.\n# 7.3 Suivi\n{organ}", None),
    ("# 9 Dispositions diverses\n" + "Rien de plus.\n" * 3 + "{organ}", None),
]


@pytest.mark.parametrize(("layout", "expected"), NEAR)
def test_an_organ_counts_in_the_reach_of_its_clause_only(layout: str, expected: object) -> None:
    """Lines after the sentence, numbered lines of its article, sub-articles named after an organ; nothing beyond."""
    assert known(layout.format(clause=CLAUSE, organ=MANAGER), "social.facilitateur") is expected


CITED = [
    ("Manquement à l'article 9 : 40 €.", True),
    ("Manquement aux articles 7 et 9 : 40 €.", True),
    ("Manquement à l'article 12 : 40 €.", None),
    ("Manquement à l'article 9 du CCAG : 40 €.", None),
]


@pytest.mark.parametrize(("penalty", "expected"), CITED)
def test_a_penalty_may_name_the_article_of_a_clause(penalty: str, expected: object) -> None:
    """The article of the clause, alone or in a list, and not that of another text."""
    assert known(f"# 9 Insertion\n{CLAUSE}\n# 14 Pénalités\n{penalty}", "social.penalites") is expected


def test_late_delivery_is_no_penalty_of_the_clause_beside_it() -> None:
    """A penalty for delay stays one in the reach of a clause."""
    text = f"# 9 Insertion\n{CLAUSE}\nEn cas de retard, une pénalité de 100 € par jour est appliquée."
    assert known(text, "social.penalites") is None


def test_small_numbers_of_hours_near_a_clause_are_delays() -> None:
    """ "Sous 48 heures" is no volume; "soit 980 heures" is."""
    assert known(f"# 9 Divers\n{CLAUSE}\nLes travaux sont effectués sous 48 heures.", "social.heures_insertion") is None
    assert (
        known(f"# 9 Divers\n{CLAUSE}\nCette part est fixée à 7 % des heures, soit 980 heures.", "social.volume") is True
    )


def test_a_row_of_a_table_of_lots_is_about_its_lot() -> None:
    """The first column is the number of the lot."""
    text = "Lot\tIntitulé\tRéservation\n1\tAccueil\tNon\n2\tParkings\tRéservé aux entreprises adaptées (L. 2113-12)"
    assert known(text, "reservation.categorie", Scope("lot", "2"), "RC") == "handicap"
    assert known(text, "reservation.categorie", MARCHE, "RC") is None


def test_a_label_is_read_beside_a_share_of_products() -> None:
    """A share of labelled products demands the label; a share of EGAlim products demands none."""
    asked = "Le titulaire emploie des produits porteurs de l'Écolabel européen ou d'un label équivalent à 60 %."
    record = known(asked, "labels", role="CCTP")
    assert record == ({"nom": "écolabel européen", "equivalent_accepte": True},)
    assert known("50 % de produits sous labels (EGAlim), dont 20 % bio.", "labels", role="CCTP") is None
