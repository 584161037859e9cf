"""Partners named by their article, recruitments, what was not reached, contracts between named parties."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary
from template_builders import known, of_lot, read_whole

from achats_check.facts.extract import extract
from achats_check.facts.roles import recognise
from achats_check.model.fact import FactSet
from achats_check.readers.titles import typed_title

CLAUSE = "social.condition_execution"
_CLAUSE = "# 9 Clause sociale d'insertion\nLe titulaire réserve 300 heures à des demandeurs d'emploi de longue durée.\n"


def _ways(text: str) -> tuple[object, ...]:
    value = known(read_whole(("CCAP", _CLAUSE + text))).get("social.modalites", ())
    return value if isinstance(value, tuple) else ()


@pytest.mark.parametrize(
    "text",
    [
        "Un tiers des caisses est réparé dans les ateliers d'un établissement mentionné à l'article L. 344-2 du code.",
        "Les plis sont triés par une entreprise mentionnée à l'article L. 5213-13 du code du travail.",
        "Le titulaire confie le lavage à des ateliers protégés.",
    ],
)
def test_work_done_in_a_sheltered_workshop(text: str) -> None:
    """The article that defines a workshop names it as well as its usual name."""
    assert known(read_whole(("CCAP", text))).get(CLAUSE) is True


@pytest.mark.parametrize(
    "text",
    [
        "Les caisses sont réparées dans les ateliers du titulaire.",
        "Les plis sont triés par une entreprise mentionnée à l'article L. 1241-2 du code du travail.",
        "Le titulaire protège les ateliers contre la pluie.",
    ],
)
def test_work_done_elsewhere(text: str) -> None:
    """Any other workshop, any other article."""
    assert known(read_whole(("CCAP", text))).get(CLAUSE) is not True


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("L'entreprise choisit : embauche, contrat d'apprentissage ou ETTI.", "embauche_directe"),
        ("Le titulaire peut recruter ces personnes ou recourir à un GEIQ.", "embauche_directe"),
    ],
)
def test_ways_of_a_clause(text: str, way: str) -> None:
    """A recruitment among the ways of a sentence."""
    assert way in _ways(text)


def test_a_part_given_to_a_partner() -> None:
    """ "Part de travaux remise à une entreprise d'insertion" is work passed on."""
    assert "sous_traitance" in _ways(
        "Le titulaire choisit : ETTI ou part de travaux remise à une entreprise d'insertion."
    )
    assert "sous_traitance" not in _ways("La part des travaux remise en cause par le gel est payée au titulaire.")


def test_a_penalty_for_what_was_not_reached() -> None:
    """What was not reached is due: no penalty is denied."""
    text = _CLAUSE + "Le titulaire qui n'a pas atteint ce volume encourt une pénalité de 40 € par heure manquante."
    assert known(read_whole(("CCAP", text))).get("social.penalites") is True
    denied = _CLAUSE + "Il n'est pas prévu de pénalité pour les heures d'insertion."
    assert known(read_whole(("CCAP", denied))).get("social.penalites") is not True


def test_a_word_of_the_clauses_leaves_no_criterion_open() -> None:
    """The criteria are those of the rules of the consultation: an article that only refers to the law adds none."""
    rules = "# 5 Critères\nPrix : 60 %\nDélai de livraison : 40 %\n"
    clauses = "# 17 Développement durable\nLes emballages et le tri des déchets suivent les textes de la filière.\n"
    facts: FactSet = read_whole(("RC", rules), ("CCP", clauses))
    found = facts.get("environnement.critere")
    assert found is not None
    assert found.status == "absent"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "CONTRAT DE CONCESSION DU PORT\nEntre la ville de Valombre et la société, ci-après « le Concessionnaire »,",
            "CCP",
        ),
        ("Traité de concession du golf\nEntre la ville et la société, il est convenu ce qui suit :", "CCP"),
        ("Contrat de location d'un hangar\nLe hangar mesure 300 m².", "AUTRE"),
    ],
)
def test_a_contract_between_named_parties(text: str, role: str) -> None:
    """A contract that names its parties is the piece of the clauses, without their usual titles."""
    assert recognise(piece(text, "AUTRE", "piece.docx"), naming())[0] == role


def _sanctioned(title: str, cited: str) -> bool:
    """Whether the penalty that cites an article is that of the clause under a title."""
    numbered = typed_title(title)
    assert numbered is not None
    text = f"# {title}\nLe titulaire réserve 300 heures à des demandeurs d'emploi.\n# Sanctions\n"
    whole = piece(f"{text}Manquement\tMontant\nManque au seuil de l'article {cited}\t40 € par unité\n", "CCAP")
    blocks = tuple(b._replace(article=numbered.article if b.index < 2 else "XI") for b in whole.blocks)
    facts = extract((whole._replace(blocks=blocks),), vocabulary(), naming(), terms(), lexicon())[1]
    return known(facts).get("social.penalites") is True


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("Art. III-2 Clause d'insertion", "III-2"),
        ("Article C.6 - Clause d'insertion", "C.6"),
        ("Article 9-2 Clause d'insertion", "9.2"),
        ("C6 - Clause d'insertion", "C.6"),
    ],
)
def test_a_penalty_for_an_article_numbered_in_its_own_way(title: str, cited: str) -> None:
    """The clause is that of the article which the penalty cites, however both are spelled."""
    assert _sanctioned(title, cited)


@pytest.mark.parametrize("cited", ["V-7", "III-21", "3.2", "L. 5132-4"])
def test_a_penalty_for_another_article(cited: str) -> None:
    """Any other article is that of something else."""
    assert not _sanctioned("Art. III-2 Clause d'insertion", cited)


def test_hours_of_a_table_that_does_not_say_insertion() -> None:
    """The title above says whom the hours are for; hours of opening are for nobody."""
    lots = "Le marché compte 2 lots.\nLot 1 : Tonte\nLot 2 : Taille\n"
    table = "Lot\tHeures sur la durée du marché\n1\t900\n2\tSans objet\n"
    text = f"{lots}# 9 Retour à l'emploi\nLe titulaire emploie des personnes privées d'emploi :\n{table}"
    facts = read_whole(("CCAP", text))
    assert of_lot(facts, "1").get("social.heures_insertion") == 900
    assert of_lot(facts, "2").get("social.insertion") is False
    opened = read_whole(("CCAP", f"{lots}# 9 Ouverture\nLe site est ouvert :\n{table}"))
    assert "social.heures_insertion" not in of_lot(opened, "1")
