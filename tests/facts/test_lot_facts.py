"""What belongs to one lot stays with it: ceilings, estimates and durations."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import Scope

LOT_1, LOT_2 = Scope("lot", "1"), Scope("lot", "2")


def _by_lot(text: str, name: str, role: str = "AE") -> tuple[object, object, object]:
    """The value of the market, then of lots 1 and 2; the status of one that is not known, "" for none."""
    facts = read(piece(text, role))
    found = (facts.get(name, scope) for scope in (Scope("marche"), LOT_1, LOT_2))
    return tuple("" if f is None else f.value if f.status == "known" else f.status for f in found)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Montant maximum tous lots confondus : 90 000 € HT.\nLot 1 : montant maximum de 50 000 € HT\n"
            "Lot 2 : montant maximum de 40 000 € HT"
        ),
        (
            "Lot 1 : montant maximum de 50 000 € HT\nLot 2 : montant maximum de 40 000 € HT\n"
            "Montant maximum pour l'ensemble des lots : 90 000 € HT"
        ),
        (
            "Le montant maximum est de 50 000 € HT pour le lot 1 et de 40 000 € HT pour le lot 2.\n"
            "Le montant maximum tous lots confondus est de 90 000 € HT."
        ),
        (
            "Le montant maximum du lot n° 1 est de 50 000 € HT et celui du lot n° 2 est de 40 000 € HT.\n"
            "Montant maximum de l'ensemble des lots : 90 000 € HT."
        ),
        (
            "Lot 1 : montant maximum de 50 000 € HT ; lot 2 : montant maximum de 40 000 € HT. "
            "Montant maximum de l'ensemble des lots : 90 000 € HT."
        ),
    ],
)
def test_each_lot_has_its_own_ceiling_beside_that_of_all(text: str) -> None:
    """The words nearest to an amount say whose it is."""
    assert _by_lot(text, "valeur_maximale_ht") == (90000, 50000, 40000)


@pytest.mark.parametrize("label", ["Valeur estimée HT", "Montant estimé (€ HT)", "Estimation en € HT"])
def test_a_column_of_estimates_is_read_by_lot(label: str) -> None:
    """A table of lots gives the estimate of each."""
    text = f"Lot\tDésignation\t{label}\n1\tTonte des pelouses\t70 000\n2\tTaille des haies\t45 000,00\nTotal\t\t115 000"
    assert _by_lot(text, "valeur_estimee_ht", "RC") == (115000, 70000, 45000)


def test_a_yearly_column_of_estimates_says_nothing() -> None:
    """The number of years is not in the table."""
    text = "Lot\tDésignation\tMontant annuel estimé € HT\n1\tTonte des pelouses\t70 000\n2\tTaille des haies\t45 000"
    assert _by_lot(text, "valeur_estimee_ht", "RC") == ("unknown", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "Le lot 1 est conclu pour une durée de 24 mois.\nLe lot 2 est conclu pour une durée de 36 mois.",
        "Lot 1 : durée du marché de 24 mois\nLot 2 : durée du marché de 36 mois",
        "Le marché est conclu pour une durée de 24 mois pour le lot 1 et de 36 mois pour le lot 2.",
    ],
)
def test_each_lot_has_its_own_duration(text: str) -> None:
    """Durations that differ by lot are no conflict of the market."""
    assert _by_lot(text, "duree_mois", "CCAP") == ("unknown", 24, 36)


def test_the_duration_of_a_lot_leaves_that_of_the_market_alone() -> None:
    """One lot that differs from the rest does not put the market in doubt."""
    text = "L'accord-cadre est conclu pour une durée de 48 mois.\nLe lot 2 est conclu pour une durée de 12 mois."
    assert _by_lot(text, "duree_mois", "CCAP") == (48, "", 12)


@pytest.mark.parametrize(
    "text",
    [
        "Lot 1 et lot 2 : montant maximum de 50 000 € HT",
        "Les lots 1 à 3 ont chacun un montant maximum de 50 000 € HT.",
        "Montant maximum pour chaque lot : 50 000 € HT",
    ],
)
def test_an_amount_of_several_lots_is_not_that_of_one(text: str) -> None:
    """Nor is it the market's."""
    assert _by_lot(text, "valeur_maximale_ht") == ("unknown", "", "")


def test_the_longest_duration_of_a_lot_is_its_own() -> None:
    """What is said of the market beside it may leave its renewals out."""
    text = "La durée maximale du lot 1 est de 48 mois.\nLe marché est conclu pour une durée de 12 mois."
    assert _by_lot(text, "duree_mois", "CCAP") == ("unknown", 48, "")


def test_durations_said_of_every_lot_are_the_market_s() -> None:
    """ "Chaque lot", or lots named together, is the whole market."""
    assert value("Chaque lot est conclu pour une durée de 24 mois.", "duree_mois", "CCAP") == 24


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les délais d'exécution de chaque lot sont de 9 mois (lot 1) et 7 mois (lot 2).", ("unknown", 9, 7)),
        ("Le délai d'exécution est de 9 mois pour le lot 1 et de 7 mois pour le lot 2.", ("unknown", 9, 7)),
        ("Les délais d'exécution sont les suivants : lot 1 : 9 mois ; lot 2 : 7 mois.", ("unknown", 9, 7)),
        ("Le délai d'exécution est de 9 mois, à compter du démarrage du lot 1.", (9, "", "")),
        ("Le délai global de l'opération est de 12 mois, dont un mois de préparation.", (12, "", "")),
        ("Le délai global est de 12 mois à compter de l'ordre de service.", (12, "", "")),
        ("Le délai global est de 30 jours à compter de la demande de paiement.", ("unknown", "", "")),
    ],
)
def test_a_sentence_gives_each_lot_its_time(text: str, expected: tuple[object, object, object]) -> None:
    """The time of a lot is never that of the market; the global one is."""
    assert _by_lot(text, "delai_execution_mois", "CCAP") == expected


def test_the_table_of_the_article_on_lots_needs_not_say_of_what() -> None:
    """« N° | Intitulé | Délai d'exécution » under « Lots » is a table of lots, under another title it is not."""
    rows = "N°\tIntitulé\tDélai d'exécution\n1\tToiture\t9 mois\n2\tMurs\t7 mois"
    assert _by_lot(f"# 2.3 Lots\n{rows}", "delai_execution_mois", "RC")[1:] == (9, 7)
    assert _by_lot(f"# 2.3 Phases\n{rows}", "delai_execution_mois", "RC")[1:] == ("", "")


_OF_EACH = "# 6 Critères\nLot 1\nPrix : 60 points\n{} : 40 points\nLot 2\nPrix : 70 points\n{} : 30 points"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Performance en matière d'insertion", "Performance en matière d'insertion", True),
        ("Performance en matière d'insertion", "Valeur technique", "unknown"),
    ],
)
def test_a_market_has_the_criterion_that_each_of_its_lots_has(first: str, second: str, expected: object) -> None:
    """Told lot by lot and for all of them, it is told of the market; of some of them only, it is not."""
    text = f"# 2 Lots\nLe marché est divisé en 2 lots.\n{_OF_EACH.format(first, second)}"
    assert _by_lot(text, "social.critere", "RC")[0] == expected
    assert _by_lot(text, "criteres.echelle", "RC")[0] == 100


def test_variants_of_a_lot_that_the_notice_forbids_to_all() -> None:
    """What the rules admit for a lot, against a notice that forbids it without naming any, is sure of nobody."""
    rules = piece("Lot 1 : les variantes sont interdites.\nLot 2 : les variantes sont autorisées.", "RC")
    facts = read(piece("Variantes : Non autorisée", "AAPC"), rules)
    told = [facts.get("variantes", scope) for scope in (Scope("marche"), LOT_1, LOT_2)]
    assert [fact.status for fact in told if fact is not None] == ["conflict", "known", "conflict"]
