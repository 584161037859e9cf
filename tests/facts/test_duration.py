"""Durations: the longest one, renewals included, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import fact, piece, read, value


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Le marché est conclu pour une durée de 24 mois.", 24),
        ((
            "L'accord-cadre est conclu pour une période initiale de 1 an. Il est reconductible tacitement 3 "
            "fois par période de 1 an."
        ), 48),
        ("L'accord-cadre prend effet à sa notification pour une durée d'un an, renouvelable deux fois.", 36),
        ("Durée : 24 mois, reconductible 24 mois.", 48),
        ("L'accord-cadre est conclu pour un an, reconductible trois fois pour une durée d'un an.", 48),
        ("La durée maximale du contrat, toutes périodes confondues, est de 4 ans.", 48),
        ((
            "Le marché est passé pour une durée de 12 mois. Sa durée totale, reconductions comprises, ne peut "
            "excéder quatre ans."
        ), 48),
        ("Le marché est conclu pour une durée de trois (3) ans. Il n'est pas reconductible.", 36),
        ("La durée du marché est de 365 jours calendaires à compter de sa notification.", 12),
        ("Le marché est valable du 1er janvier au 31 décembre 2026.", 12),
        ("Le marché est conclu du 01/09/2026 au 31/08/2028.", 24),
        ((
            "Le marché est valable du 1er janvier au 31 décembre 2026. Il pourra être reconduit deux fois et "
            "s'achèvera ainsi au 31 décembre 2028."
        ), 36),
        ((
            "Le marché court du 1er janvier au 31 décembre 2026, durée renouvelable deux fois, soit une durée "
            "maximale de trois ans."
        ), 36),
        ("La durée prévisionnelle du marché est de 30 mois plus l'année de parfait achèvement.", 42),
        ("Durée du marché\t48 mois maximum", 48),
        ((
            "Le présent marché est conclu pour une durée de douze mois. Le marché est renouvelable une fois, "
            "pour une même durée."
        ), 24),
    ],
)  # fmt: skip
def test_the_longest_duration_is_read(text: str, months: int) -> None:
    """The longest duration is read."""
    assert value(text, "duree_mois", "CCAP") == months


def test_renewals_may_stand_in_their_own_article() -> None:
    """Renewals may stand in their own article."""
    text = """
    # 3.1 Durée
    L'accord-cadre est conclu pour une période initiale de 1 an.
    # 3.2 Reconduction
    Le nombre de périodes de reconduction est fixé à 2 ; la durée de chaque période est de 12 mois.
    Le titulaire ne peut pas refuser la reconduction.
    """
    assert value(text, "duree_mois", "CCAP") == 36


@pytest.mark.parametrize(
    "text",
    [
        "Le délai de validité des offres est de 120 jours.",
        "La durée de garantie du matériel est de 24 mois.",
        "La durée du contrat de sous-traitance est de 12 mois.",
        "La durée de la période de préparation est de 1 mois.",
        "Des prestations similaires pourront être conclues pendant une période de trois ans.",
        "La décision est prise 3 mois au moins avant que s'achève la durée de l'accord-cadre.",
        "La durée du marché est définie à l'acte d'engagement.",
        "Durée / Délai\tDéfini par lot",
        "Le chiffre d'affaires des trois dernières années est demandé pendant la durée du marché.",
    ],
)
def test_what_only_looks_like_a_duration_stays_unknown(text: str) -> None:
    """What only looks like a duration stays unknown."""
    assert value(text, "duree_mois", "CCAP") == "unknown"


def test_renewals_without_a_count_leave_the_duration_unknown() -> None:
    """Renewals without a count leave the duration unknown."""
    found = fact(
        "Le marché est conclu pour une durée de 12 mois. Il pourra être reconduit tacitement.", "duree_mois", "CCAP"
    )
    assert found.status == "unknown"
    assert found.search is not None
    assert "reconductions" in found.search.nearest_reason


def test_years_here_and_months_there_agree() -> None:
    """Years here and months there agree."""
    rc = piece("La durée maximale du marché est de 3 ans.", "RC")
    ccap = piece("La durée totale du marché est de 36 mois.", "CCAP")
    found = read(rc, ccap).get("duree_mois")
    assert found is not None
    assert (found.status, found.value, len(found.evidence)) == ("known", 36, 2)


def test_two_pieces_that_differ_are_a_conflict_with_both_quotes() -> None:
    """Two pieces that differ are a conflict with both quotes."""
    rc = piece("La durée maximale du marché est de 3 ans.", "RC")
    ae = piece("La durée maximale du marché est de 48 mois.", "AE")
    found = read(rc, ae).get("duree_mois")
    assert found is not None
    assert found.status == "conflict"
    assert set(found.candidates) == {36, 48}


def test_the_time_to_perform_is_another_fact() -> None:
    """The time to perform is another fact."""
    text = "Le délai global d'exécution de l'ensemble des lots est de 20 mois."
    assert value(text, "delai_execution_mois", "CCAP") == Decimal(20)
    assert value(text, "duree_mois", "CCAP") == "unknown"


def test_the_time_of_one_lot_or_one_order_is_not_that_of_the_contract() -> None:
    """The time of one lot or one order is not that of the contract."""
    text = (
        "Le délai d'exécution est fixé à 17 semaines pour ce lot.\nLe délai d'exécution de chaque bon de "
        "commande est de 2 mois."
    )
    assert value(text, "delai_execution_mois", "CCAP") == "unknown"


def test_the_time_of_the_works_alone_does_not_contradict_that_of_the_contract() -> None:
    """One piece counts the preparation in, the other tells it apart: they agree."""
    ccap = piece("Le délai d'exécution du marché est de 7 mois, période de préparation comprise.", "CCAP")
    for apart in (
        "Le délai de préparation des travaux est de 3 mois.\nLe délai d'exécution des travaux est de 4 mois.",
        "Le délai d'exécution des travaux est de 4 mois, après une période de préparation de 3 mois.",
    ):
        found = read(piece(apart, "RC"), ccap).get("delai_execution_mois")
        assert found is not None
        assert (found.status, found.value) == ("known", Decimal(7))
    for whole in ("", ", période de préparation de 1 mois comprise", ", dont une période de préparation de 1 mois"):
        text = f"Le délai d'exécution des travaux est de 4 mois{whole}."
        assert value(text, "delai_execution_mois", "CCAP") == Decimal(4)


def test_a_whole_told_apart_from_its_periods_is_not_renewed() -> None:
    """« 48 » in the box of a form holds the renewals that a sentence tells of a first year."""
    text = "Accord-cadre d'une durée de 12 mois reconductible 3 fois.\n# Durée\nDurée du marché (en mois) : 48\n"
    assert value(text, "duree_mois", "AAPC") == 48


def test_a_length_no_contract_has_is_not_told() -> None:
    """Four years and three more times four years: the first figure is the whole, or the count another's."""
    text = "Le marché est conclu pour une durée de 48 mois.\nIl est reconductible trois fois par tacite reconduction.\n"
    assert value(text, "duree_mois", "RC") == "unknown"


@pytest.mark.parametrize(
    "publics",
    [
        "des personnes de plus de 50 ans",
        "des jeunes âgés de 18 à 25 ans",
        "des demandeurs d'emploi inscrits depuis plus de douze mois",
    ],
)
def test_the_age_of_those_employed_is_no_duration(publics: str) -> None:
    """A clause of insertion tells over which duration it counts, then whom it is for."""
    clause = f"Le titulaire réserve 90 heures, sur la durée totale de l'accord-cadre, à {publics} sans emploi."
    assert value(f"{clause}\nLa durée totale du marché est de trois ans.", "duree_mois", "CCAP") == 36


@pytest.mark.parametrize(
    ("line", "months"),
    [
        (
            "II.2.7) Durée du marché Durée en mois : 24 Reconductible : oui : deux reconductions de douze mois",
            48,
        ),
        ("II.2.7) Durée du marché Durée en mois : 24 Reconduction : oui, deux reconductions de douze mois", 48),
        ("Le soumissionnaire est tenu de maintenir son offre : durée en mois : 6", None),
        ("IV.2.6) Délai de maintien de l'offre Durée en mois : 6", None),
    ],
)
def test_several_rubrics_on_one_line(line: str, months: int | None) -> None:
    """A page may squash the form: the figure after its label is the first period, and not the renewal's."""
    assert value(line, "duree_mois", "AAPC") == (months or "unknown")
