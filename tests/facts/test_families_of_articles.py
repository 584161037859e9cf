"""Articles of two families side by side: what a vague sentence is about, whose hours they are, and for how long."""

from __future__ import annotations

import pytest
from template_builders import absent, known, of_lot, read_whole

_SOCIAL = (
    "# 9 Développement durable\n# 9.1 Clause d'insertion sociale\nLe titulaire réserve 300 heures à des personnes "
    "éloignées de l'emploi.\nIl transmet chaque trimestre les justificatifs et les attestations.\n"
)
_GREEN = "# 9.2 Clause environnementale\nLe titulaire trie ses déchets. Il remet chaque année un bilan des tonnages."


def test_the_proofs_of_a_social_article_are_not_those_of_an_environmental_clause() -> None:
    """The nearest title that names a subject tells whose proofs they are."""
    own = known(read_whole(("CCAP", _SOCIAL), ("RC", "Le marché comporte une clause environnementale, voir le CCAP.")))
    assert own["social.preuves"] is own["social.controle"] is True
    assert not {"environnement.preuves", "environnement.controle"} & own.keys()
    both = known(read_whole(("CCAP", _SOCIAL + _GREEN)))
    assert both["environnement.controle"] is both["social.controle"] is True


def test_the_sub_articles_of_a_clause_are_about_it() -> None:
    """ "9.1.1 Contrôle" and "9.1.2 Sanctions" stand below the article of the clause."""
    text = (
        "# 9 Exécution\n# 9.1 Conditions d'exécution à caractère social\nLe titulaire réalise une action d'insertion.\n"
        "# 9.1.1 Contrôle\nLe titulaire adresse les relevés d'heures le 5 de chaque mois.\n"
        "# 9.1.2 Sanctions\nIl est appliqué 50 € par heure non effectuée."
    )
    own = known(read_whole(("CCAP", text)))
    assert own["social.controle"] is own["social.penalites"] is True


@pytest.mark.parametrize(
    ("sentence", "hours"),
    [
        (
            "Le titulaire réserve à l'insertion 200 heures par an pour le lot 1 et 90 heures par an pour le lot 2.",
            (600, 270),
        ),
        (
            "Pour le lot 1, le titulaire réserve 200 heures d'insertion par an et, pour le lot 2, 90 heures par an.",
            (600, 270),
        ),
        ("Chaque année, le titulaire du lot 1 réserve 200 heures d'insertion, celui du lot 2, 90 heures.", (600, 270)),
        ("Le titulaire du lot 1 réserve 600 heures d'insertion et celui du lot 2, 270 heures.", (600, 270)),
        (
            "Le titulaire du lot 1 réserve 600 heures d'insertion sur la durée totale, avec un bilan annuel.",
            (600, None),
        ),
    ],
)
def test_hours_of_a_year_are_counted_as_many_times_as_there_are_years(
    sentence: str, hours: tuple[int | None, int | None]
) -> None:
    """Each figure with the lot that its sentence gives it."""
    facts = read_whole(("CCAP", f"# 3 Durée\nLa durée du marché est de 3 ans.\n# 9 Clause d'insertion\n{sentence}"))
    read = tuple(of_lot(facts, number).get("social.heures_insertion") for number in "12")
    assert read == hours


def test_hours_of_a_year_without_a_number_of_years_are_neither_a_total_nor_absent() -> None:
    """The duration is not told, or is no whole number of years."""
    for duration in ("", "# 3 Durée\nLa durée du marché est de 18 mois.\n"):
        facts = read_whole(
            ("CCAP", f"{duration}# 9 Clause d'insertion\nLe titulaire réserve 200 heures d'insertion par an.")
        )
        assert "social.heures_insertion" not in known(facts)
        assert "social.heures_insertion" not in absent(facts)


def test_a_table_of_hours_of_a_year() -> None:
    """Its header, or the line below it, says so."""
    table = "Lot\tHeures d'insertion{}\n1\t100\n2\t50\n{}"
    for header, below in ((" par an", "Fin."), ("", "Ces heures s'entendent par période annuelle.")):
        text = f"# 3 Durée\nLa durée du marché est de 4 ans.\n# 9 Clause d'insertion\n{table.format(header, below)}"
        facts = read_whole(("CCAP", text))
        assert (of_lot(facts, "1")["social.heures_insertion"], of_lot(facts, "2")["social.heures_insertion"]) == (
            400,
            200,
        )


def test_a_label_in_a_row_of_criteria_is_not_demanded() -> None:
    """A criterion rewards it; the specifications demand it."""
    rules = "Critères\tPondération\n1-Prix\t60 %\n2-Écolabels et dosage des produits\t40 %"
    assert "labels" not in known(read_whole(("RC", rules)))
    assert "labels" in known(read_whole(("CCTP", "Les produits portent l'écolabel européen ou équivalent.")))


def test_a_reservation_in_a_row_of_lots_is_that_lot_s() -> None:
    """Whatever the header of the column of numbers."""
    for header in ("Lot(s)", "N° de lot", "Numéro du lot"):
        facts = read_whole(("RC", f"{header}\tDésignation\n1\tTonte\n2\tVitrerie - lot réservé aux ESAT"))
        assert "reservation.categorie" not in known(facts)
        assert of_lot(facts, "2")["reservation.categorie"] == "handicap"


_RULES = (
    "# 1.4 Lots\nLes prestations sont réparties en 4 lots.\n# 2.4 Développement durable\nLa consultation comporte "
    "des conditions d'exécution à caractère social et environnemental dont le détail est indiqué dans le CCAP. {}"
)
_CLAUSE = "# 9 Clause d'insertion\nLe titulaire réalise une action d'insertion."


@pytest.mark.parametrize(
    "limit",
    [
        "Les conditions à caractère social s'appliquent aux lots n° 01 et 03.",
        "Les clauses sociales concernent uniquement les lots 1 et 3.",
    ],
)
def test_a_clause_that_the_rules_limit_to_some_lots(limit: str) -> None:
    """In every piece, the clause is that of these lots; the other family stays the market's."""
    facts = read_whole(("RC", _RULES.format(limit)), ("CCAP", _CLAUSE))
    assert "social.condition_execution" not in known(facts)
    assert of_lot(facts, "1")["social.condition_execution"] is of_lot(facts, "3")["social.insertion"] is True
    assert "social.condition_execution" not in of_lot(facts, "2")
    assert "social.condition_execution" not in absent(facts)
    assert known(facts)["environnement.condition_execution"] is True


@pytest.mark.parametrize(
    "limit",
    [
        "Les conditions à caractère social s'appliquent à tous les lots.",
        "Les conditions à caractère social s'appliquent aux lots n° 1, 2, 3 et 4.",
        "Les conditions de participation concernent les lots 1 et 3.",
    ],
)
def test_a_clause_of_every_lot_is_the_market_s(limit: str) -> None:
    """All the lots, or a sentence about something else."""
    facts = read_whole(("RC", _RULES.format("Fin.\n" + limit)), ("CCAP", _CLAUSE))
    assert known(facts)["social.condition_execution"] is True


def test_the_header_of_hours_by_lot_says_nothing_of_the_other_lots() -> None:
    """The clause is that of the lots in the rows."""
    text = "# 8.1 Volume\nLot\tHeures d'insertion\nLot 1 - Voirie\t420 h\nLot 2 - Réseaux\t280 h"
    facts = read_whole(("CCAP", text))
    assert "social.condition_execution" not in known(facts)
    assert of_lot(facts, "2")["social.condition_execution"] is True


def test_these_conditions_are_those_of_the_sentence_before() -> None:
    """The pronoun sends back to the clause that was just named."""
    rules = (
        "# 1 Lots\nLe marché est divisé en 3 lots.\n# 2 Clauses\nLe marché comporte une clause sociale d'insertion. {}"
    )
    for limit in ("Cette clause s'applique au lot n° 2.", "Ces conditions concernent le lot 2."):
        facts = read_whole(("RC", rules.format(limit)), ("CCAP", _CLAUSE))
        assert of_lot(facts, "2")["social.insertion"] is True
        assert "social.insertion" not in known(facts)
