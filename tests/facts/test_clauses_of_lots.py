"""Which lots a social clause is about: rows that set a lot aside, titles above, sentences that name the others."""

from __future__ import annotations

import pytest
from template_builders import known, of_lot, read_whole

from achats_check.model.fact import MARCHE, Scope

_LOTS = """
RÈGLEMENT DE LA CONSULTATION
# Article 2 - Allotissement
Les travaux sont répartis en 3 lots :
Lot 1 : Maçonnerie
Lot 2 : Serrurerie
Lot 3 : Peinture
"""


def test_row_that_sets_a_lot_aside() -> None:
    """ "Sans objet" in the column of the hours says that the lot has no clause, whatever the article says of all."""
    for nothing in ("Sans objet", "/", "Non concerné", "Néant"):
        contract = f"""
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Le titulaire réserve des heures de travail à des personnes éloignées de l'emploi.
Lots\tMontant maximum sur 4 ans\tHeures d'insertion
Lot 1 - Maçonnerie\t100 000\t450
Lot 2 - Serrurerie\t20 000\t{nothing}
Lot 3 - Peinture\t80 000\t120 h
"""
        facts = read_whole(("RC", _LOTS), ("CCAP", contract))
        assert of_lot(facts, "1")["social.heures_insertion"] == 450
        assert of_lot(facts, "2")["social.insertion"] is False
        assert of_lot(facts, "2")["social.condition_execution"] is False
        assert "social.heures_insertion" not in of_lot(facts, "2")
        assert of_lot(facts, "3")["social.heures_insertion"] == 120


def test_hours_under_a_header_of_numbers() -> None:
    """The first column of a table of lots may be headed "N°"."""
    rules = """
RÈGLEMENT DE LA CONSULTATION
# Article 3 - Décomposition en lots
Les lots sont les suivants :
N°\tDésignation\tClause d'insertion (heures mini)
01\tMaçonnerie\t450 h
02\tSerrurerie\t/
"""
    facts = read_whole(("RC", rules))
    assert of_lot(facts, "1")["social.heures_insertion"] == 450
    assert of_lot(facts, "2")["social.insertion"] is False


def test_blank_cell_says_nothing() -> None:
    """A cell to be filled in is no refusal, and a "sans objet" of another column is not that of the hours."""
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Lot\tVisite\tHeures d'insertion
Lot 1\tSans objet\t450
Lot 2\tObligatoire\t
"""
    facts = read_whole(("RC", _LOTS), ("CCAP", contract))
    assert of_lot(facts, "1")["social.heures_insertion"] == 450
    assert "social.insertion" not in of_lot(facts, "2")


def test_lots_named_in_the_title_of_the_article_above() -> None:
    """The article "Clause d'insertion (lots 1 et 3)" holds sub-articles, which are about these lots too."""
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# 9 Clause d'insertion (lots 1 et 3)
# 9.1 Objet
Le titulaire s'engage à réaliser une action d'insertion au bénéfice de personnes éloignées de l'emploi.
# 9.2 Accompagnement
Le facilitateur de la maison de l'emploi accompagne le titulaire.
"""
    facts = read_whole(("RC", _LOTS), ("CCAP", contract))
    assert of_lot(facts, "1")["social.insertion"] is True
    assert of_lot(facts, "3")["social.facilitateur"] is True
    assert "social.insertion" not in known(facts)
    assert "social.insertion" not in of_lot(facts, "2")


def test_sentence_that_gives_the_clause_to_some_lots() -> None:
    """ "Les lots 1 et 3 sont assortis d'une clause": the article of the CCAP is theirs, not that of lot 2."""
    rules = _LOTS + "# Article 4\nLes lots 1 et 3 sont assortis d'une clause sociale d'insertion obligatoire."
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Le titulaire réserve des heures de travail à des personnes éloignées de l'emploi.
"""
    facts = read_whole(("RC", rules), ("CCAP", contract))
    assert of_lot(facts, "1")["social.insertion"] is True
    assert of_lot(facts, "2")["social.insertion"] is False
    assert facts.get("social.insertion", MARCHE) is not None


def test_hours_of_some_lots_leave_the_others_open() -> None:
    """A sentence that gives lot 1 its hours does not set the others aside: theirs may stand elsewhere."""
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Chaque titulaire réserve des heures de travail à des personnes éloignées de l'emploi.
Le titulaire du lot 1 réalise au moins 450 heures d'insertion.
"""
    facts = read_whole(("RC", _LOTS), ("CCAP", contract))
    assert of_lot(facts, "1")["social.heures_insertion"] == 450
    assert facts.get("social.insertion", Scope("lot", "2")) is None


@pytest.mark.parametrize(
    "answer", ["Clause d'insertion\tOUI - lots 1 et 3", "Clause d'insertion : lots 1 et 3 (voir annexe C au CCAP)."]
)
def test_answer_of_a_summary_that_names_lots(answer: str) -> None:
    """ "Clause d'insertion : OUI - lots 1 et 3" answers for these lots."""
    rules = _LOTS + f"# Article 4\n{answer}"
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Le titulaire réserve des heures de travail à des personnes éloignées de l'emploi.
"""
    facts = read_whole(("RC", rules), ("CCAP", contract))
    assert of_lot(facts, "1")["social.insertion"] is True
    assert of_lot(facts, "3")["social.insertion"] is True
    assert of_lot(facts, "2")["social.insertion"] is False


@pytest.mark.parametrize("told", ["titulaires des lots 1 et 3 font appel", "entreprises des lots 1 et 3 confient"])
def test_article_whose_sentences_name_the_same_lots(told: str) -> None:
    """The title says "clause d'insertion", its first sentence says whose it is."""
    contract = f"""
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# 7 Clause d'insertion par l'activité économique
Les {told}, pour une partie des prestations, à des personnes sans emploi.
"""
    facts = read_whole(("RC", _LOTS), ("CCAP", contract))
    assert of_lot(facts, "1")["social.insertion"] is True
    assert of_lot(facts, "2")["social.insertion"] is False


def test_social_clause_of_some_lots_in_a_list_of_clauses() -> None:
    """ "Clause sociale : lots 1 et 3" leaves lot 2 out of the insertion that the contract asks for."""
    rules = _LOTS + "# Article 4\nClause sociale : lots 1 et 3 (voir annexe C). Clause environnementale : tous lots."
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Une partie des heures est réservée à des personnes éloignées de l'emploi.
"""
    facts = read_whole(("RC", rules), ("CCAP", contract))
    assert of_lot(facts, "1")["social.condition_execution"] is True
    assert of_lot(facts, "2")["social.insertion"] is False


def test_article_that_speaks_of_one_lot_among_all() -> None:
    """One sentence about lot 2 does not make the article that of lot 2."""
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# 7 Clause d'insertion par l'activité économique
Le titulaire réserve une part des heures à des personnes éloignées de l'emploi.
Le titulaire du lot 2 prend contact avec le facilitateur avant le chantier.
"""
    assert known(read_whole(("RC", _LOTS), ("CCAP", contract)))["social.insertion"] is True


def test_hours_of_two_lots_in_one_sentence() -> None:
    """The figure before "celui du lot 2" is that of lot 1; each figure with its own "pour le lot" is its lot's."""
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# 7 Clause d'insertion
{}
"""
    told = "Le titulaire du lot 1 réalise 1 600 heures d'insertion, celui du lot 2 en réalise 1 100 heures."
    facts = read_whole(("RC", _LOTS), ("CCAP", contract.format(told)))
    assert of_lot(facts, "1")["social.heures_insertion"] == 1600
    assert of_lot(facts, "2").get("social.heures_insertion") in (None, 1100)
    told = "Volume : 2 100 heures pour le lot 1 ; 1 750 heures pour le lot 2."
    facts = read_whole(("RC", _LOTS), ("CCAP", contract.format(told)))
    assert of_lot(facts, "1")["social.heures_insertion"] == 2100
    assert of_lot(facts, "2")["social.heures_insertion"] == 1750


def test_piece_of_one_lot_says_nothing_of_the_others() -> None:
    """The commitment of lot 1 tells that lot 1 has a clause; the contract of all lots asks for it too."""
    contract = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# Article 7 - Clause d'insertion
Une partie des heures est réservée à des personnes éloignées de l'emploi.
"""
    commitment = "ACTE D'ENGAGEMENT\n# 4 Insertion\nLe lot 1 comporte une clause d'insertion obligatoire."
    facts = read_whole(("RC", _LOTS), ("CCAP", contract), ("AE", commitment))
    assert "social.insertion" not in of_lot(facts, "2")


@pytest.mark.parametrize(
    "box",
    [
        "Clauses sociales\tAvec (lot n° 2) / Sans (lots n° 1 et 3)",
        "Clauses sociales : Oui pour le lot 2, non pour les lots 1 et 3",
        "Clauses sociales : Sans (lots 1 et 3), Avec (lot 2)",
    ],
)
def test_a_box_that_answers_one_thing_of_some_lots_and_another_of_the_others(box: str) -> None:
    """Each answer is of the lots beside it."""
    facts = read_whole(("RC", f"# L'essentiel\n{box}\n"))
    clause = {number: of_lot(facts, number).get("social.condition_execution") for number in "123"}
    assert clause == {"1": False, "2": True, "3": False}


def test_coordinates_left_to_an_annex_are_not_given() -> None:
    """The annex gives them or does not; read with the rest, it says so itself."""
    clause = "# 9 Clause d'insertion\nLe titulaire réserve 90 heures à l'insertion.\n"
    left = "Le nom et les coordonnées du facilitateur figurent à l'annexe 3 du présent cahier.\n"
    given = "Les coordonnées du facilitateur sont : 05 55 01 02 03.\n"
    assert "social.contact" not in known(read_whole(("CCAP", clause + left)))
    assert known(read_whole(("CCAP", clause + left + given)))["social.contact"] is True


def test_a_group_of_employers_is_no_partner() -> None:
    """« groupement d'employeurs » lends staff; what is subcontracted may be told between brackets."""
    clause = (
        "# 9 Clause d'insertion\nL'action passe par la mise à disposition de salariés d'un groupement d'employeurs, ou "
        "par une structure d'insertion, ou encore par la sous-traitance de tâches (tri du courrier, mise sous pli, "
        "classement des archives, ménage des bureaux) à une entreprise d'insertion.\n"
    )
    ways = known(read_whole(("CCAP", clause)))["social.modalites"]
    assert set(ways) == {"mise_a_disposition", "sous_traitance"}  # type: ignore[call-overload]


def test_the_answer_of_the_next_label_is_its_own() -> None:
    """A label on a lot follows the answer on the same line, and has its own."""
    facts = read_whole(("RC", "# L'essentiel\nClause sociale : oui – Lot réservé : non\n"))
    assert known(facts)["social.condition_execution"] is True
