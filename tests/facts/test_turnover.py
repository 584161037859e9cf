"""A least turnover told in times the value of the contract: R. 2142-7 allows twice."""

from __future__ import annotations

import pytest
from template_builders import absent, known, of_lot, read_whole

_RATIO, _AMOUNT = "chiffre_affaires_minimal_ratio", "chiffre_affaires_minimal_ht"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Le chiffre d'affaires annuel (moyenne sur trois ans) sera au moins égal à quatre fois le montant du lot.", 4),
        ("Niveau minimal : chiffre d'affaires annuel au moins égal au double de la valeur estimée du marché.", 2),
        ("Le chiffre d'affaires atteint au moins le triple du montant estimé.", 3),
        ("Le chiffre d'affaires annuel doit représenter au minimum 2 (deux) fois la valeur du lot.", 2),
    ],
)
def test_a_turnover_in_times_the_value(text: str, times: int) -> None:
    """The number of times is known, and no amount is said to be asked for nor not to be."""
    facts = read_whole(("RC", f"# 5 Candidature\n{text}"))
    assert known(facts)[_RATIO] == times
    assert _AMOUNT not in absent(facts)


def test_the_ceiling_of_the_law_is_no_level() -> None:
    """« ne peut être supérieur à deux fois » asks for nothing."""
    text = "# 5 Candidature\nLe chiffre d'affaires exigé ne peut être supérieur à deux fois la valeur du marché."
    assert _RATIO not in known(read_whole(("RC", text)))


@pytest.mark.parametrize(
    ("header", "second"),
    [
        ("Lot\tChiffre d'affaires annuel minimal (€ HT)", "2\t900 000"),
        ("N° du lot\tChiffre d'affaires minimum exigé", "2\t900 000 € HT"),
        ("Lot\tIntitulé\tC.A. annuel minimal en k€", "2\tVitrerie\t900"),
    ],
)
def test_a_table_asks_each_lot_its_own(header: str, second: str) -> None:
    """Rows under such a header are lots, and their figures what is asked."""
    first = second.replace("2\t", "1\t", 1).replace("900", "300")
    facts = read_whole(("RC", f"# 5 Capacité financière\nNiveaux minimaux exigés :\n{header}\n{first}\n{second}\n"))
    assert of_lot(facts, "1")[_AMOUNT] == 300_000
    assert of_lot(facts, "2")[_AMOUNT] == 900_000
    assert _AMOUNT not in absent(facts)


def test_a_table_of_turnovers_declared_asks_none() -> None:
    """What candidates fill in is no level."""
    text = "# 5 Capacité\nLot\tChiffre d'affaires de l'année 2025\n1\t900 000\n"
    facts = read_whole(("RC", text))
    assert _AMOUNT not in known(facts)
    assert _AMOUNT not in of_lot(facts, "1")


def test_the_least_amount_of_a_contract_is_no_turnover() -> None:
    """A table of the amounts of lots, below a line on turnovers, asks bidders for nothing."""
    table = "Lot\tMontant minimum\tMontant maximum\n1\t90 000 €\t400 000 €\n"
    facts = read_whole(("RC", f"# 5 Capacité\nChiffre d'affaires des trois derniers exercices.\n{table}"))
    assert _AMOUNT not in of_lot(facts, "1")


_TO_PRODUCE = "# 5 Capacité économique\nLibellés\tNiveau minimal\tSignature\n"


def test_the_column_of_levels_asks_each_lot_its_own() -> None:
    """Buyers' software sets the level beside the declaration it is of, all the lots in one cell."""
    row = "Déclaration du chiffre d'affaires global\tLot n° 1 : 90 000 € HT - Lot n° 2 : 60 000 € HT\tNon\n"
    facts = read_whole(("RC", f"{_TO_PRODUCE}{row}Assurance professionnelle\tLot n° 1 : 500 000 €\tNon\n"))
    assert of_lot(facts, "1")[_AMOUNT] == 90_000
    assert of_lot(facts, "2")[_AMOUNT] == 60_000
    assert _AMOUNT not in absent(facts)


def test_the_column_of_levels_asks_the_whole_market() -> None:
    """One amount beside the declaration is that of the market."""
    row = "Déclaration du chiffre d'affaires des trois derniers exercices\t150 000 € HT par an\tNon\n"
    assert known(read_whole(("RC", _TO_PRODUCE + row)))[_AMOUNT] == 150_000


@pytest.mark.parametrize(
    "level", ["-", "Deux fois 90 000 €", "90 000 € pour le lot 2 seul", "Total sur trois ans : 90 000 €"]
)
def test_the_column_of_levels_asks_nothing_of_the_market(level: str) -> None:
    """An empty cell, a multiple, one lot, a total of several years."""
    row = f"Déclaration du chiffre d'affaires\t{level}\tNon\n"
    assert _AMOUNT not in known(read_whole(("RC", _TO_PRODUCE + row)))
