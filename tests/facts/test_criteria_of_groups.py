"""Criteria of lots that a group names, of printed notices, and sums that only a slip of the pen explains."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import MARCHE, SURE_ENOUGH, Scope

_HEAD = "# 7 Jugement\nLes critères d'attribution sont définis comme suit :\n"
_FIRST, _SECOND = "Prix\t40\nValeur technique\t60", "Prix\t70\nValeur technique\t30"
_NOTICE = "# 5.1.10 Critères d'attribution\nType\tNom\tPondération (pourcentage, valeur exacte)\n"


def _weights(text: str, scope: Scope = MARCHE, role: str = "RC") -> list[tuple[str, int]]:
    found = read(piece(text, role)).get("criteres", scope)
    assert found is not None
    return [(str(c["nature"]), int(c["poids"])) for c in found.value or ()]  # type: ignore[union-attr, index, arg-type]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Groupe A – Lots 1 et 2 :", "Groupe B – Lot 3 :"),
        ("Famille n° 1 (lots 1 et 2)", "Famille n° 2 (lot 3)"),
        ("Groupe de lots A : lots 1 et 2", "Groupe de lots B : lot 3"),
        (
            "Les critères de jugement des offres des lots 1 et 2 sont les suivants :",
            "Les critères de jugement des offres du lot 3 sont les suivants :",
        ),
        (
            "Pour le choix des titulaires, les critères applicables aux lots n° 1 et n° 2 sont pondérés comme suit :",
            "Pour le choix du titulaire, les critères applicables au lot n° 3 sont pondérés comme suit :",
        ),
    ],
)
@pytest.mark.parametrize("head", [_HEAD, "# 7 Attribution\n"])
def test_what_stands_over_a_table_names_its_lots(head: str, first: str, second: str) -> None:
    """The letter or the number of the group is not that of a lot; a sentence may announce each list."""
    text = f"{head}{first}\nCritères\tPondération\n{_FIRST}\n{second}\nCritères\tPondération\n{_SECOND}"
    for lot in ("1", "2"):
        assert _weights(text, Scope("lot", lot)) == [("prix", 40), ("technique", 60)]
    assert _weights(text, Scope("lot", "3")) == [("prix", 70), ("technique", 30)]


@pytest.mark.parametrize(
    "line",
    [
        "Les critères de sélection des candidats du lot 3 sont les suivants :",
        "Les sous-critères du lot 3 sont les suivants :",
        "Les critères valent pour les 3 lots :",
    ],
)
def test_a_sentence_of_candidates_or_of_parts_names_no_lot(line: str) -> None:
    """Candidates are chosen, parts are weighed and lots are counted in sentences of the same turn."""
    found = read(piece(f"# 7 Attribution\n{line}\nCritères\tPondération\n{_FIRST}", "RC"))
    assert found.get("criteres", Scope("lot", "3")) is None


@pytest.mark.parametrize(
    ("rows", "weights"),
    [
        (
            "Qualité\tSoin de l'environnement\t20\nQualité\tOrganisation\t35\nPrix\tPrix des prestations\t45",
            [("environnemental", 20), ("technique", 35), ("prix", 45)],
        ),
        ("Prix\t\t60\nQualité\tOrganisation\t40", [("prix", 60), ("technique", 40)]),
    ],
)
def test_the_name_tells_the_nature_and_not_the_type(rows: str, weights: list[tuple[str, int]]) -> None:
    """A notice knows three types: quality, cost, price. Two criteria of one type stay two."""
    assert _weights(_NOTICE + rows, role="AAPC") == weights


def test_the_description_names_what_the_name_only_counts() -> None:
    """« Critère 1 » says nothing."""
    text = (
        "# Critères d'attribution\nType\tNom\tDescription\tPondération\n"
        "Qualité\tCritère 1\tInsertion des apprentis\t30\nCoût\tCritère 2\tCoût global\t70"
    )
    assert _weights(text, role="AAPC") == [("social", 30), ("cout", 70)]


_DETAILED = "# 7 Jugement\nCritères\tPondération\tÉléments d'appréciation\nPrix\t50\tDevis type, remise (5 points)\n"


def test_a_table_read_whole_may_add_up_to_less() -> None:
    """What the third column tells weighs nothing."""
    text = f"{_DETAILED}Qualité\t30\tFiches\nDélais\t15\tPlanning\nLes offres sont classées."
    assert [weight for _, weight in _weights(text)] == [50, 30, 15]


@pytest.mark.parametrize(
    "rest",
    [
        "Qualité\t30\tFiches\nDélais\t15\tPlanning\nGarantie\t\tDurée proposée\nLes offres sont classées.",
        "Qualité\t30\tFiches\nDélais\t15\tPlanning\nTotal\t100\t\nLes offres sont classées.",
    ],
)
def test_a_line_left_out_accuses_nobody(rest: str) -> None:
    """A row without a weight, a total that is not that of the rows: the table was not read whole."""
    assert value(_DETAILED + rest, "criteres") == "unknown"


@pytest.mark.parametrize(
    "line",
    [
        "Critères d'attribution : prix 55, valeur technique 35, délai 10",
        "Critères d'attribution : prix (55) / valeur technique (35) / délai (10).",
    ],
)
def test_bare_figures_of_one_line_that_make_a_hundred(line: str) -> None:
    """Nothing but names and figures."""
    assert _weights(line, role="AAPC") == [("prix", 55), ("technique", 35), ("delai", 10)]


def test_bare_figures_of_something_else() -> None:
    """A date, a number of days, a sum that is not whole."""
    assert value("Critères d'attribution : prix 55, valeur technique 35, délai de 10 jours", "criteres") == "unknown"
    assert value("Critères d'attribution : prix 55, valeur technique 35", "criteres") == "unknown"


def test_a_sentence_below_a_whole_table_says_how_one_is_marked() -> None:
    """« La valeur technique est notée sur 35 points » is no fourth criterion."""
    text = (
        "Pour tous les lots, les critères de jugement sont les suivants :\nCritère\tPondération\nPrix\t55\n"
        "Valeur technique\t35\nDélai\t10\n"
        "La valeur technique est notée sur 35 points : encadrement (20 points), fiches (15 points)."
    )
    assert [weight for _, weight in _weights(text)] == [55, 35, 10]


@pytest.mark.parametrize(
    ("told", "sure"),
    [
        ("Les offres sont notées sur 100.\nCritères\tPondération\tAppréciation", True),
        ("Les critères sont pondérés ainsi.\nCritères\tPondération (%)\tAppréciation", True),
        ("Les critères sont pondérés ainsi.\nCritères\tPondération\tAppréciation", False),
        ("Les offres sont notées sur 95 points.\nCritères\tPoints\tAppréciation", False),
    ],
)
def test_a_sum_is_a_slip_where_a_hundred_is_told(told: str, sure: bool) -> None:
    """Weights that make 95 accuse where they are percent or out of 100; bare figures may be points."""
    rows = "Prix\t50\tbordereau\nValeur technique\t30\tmémoire\nDélais\t15\tplanning\n"
    fact = read(piece(f"# 2 Jugement des offres\n{told}\n{rows}", "RC")).get("criteres", MARCHE)
    assert fact is not None
    assert (fact.confidence >= SURE_ENOUGH) is sure
