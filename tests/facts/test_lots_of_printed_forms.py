"""Rows « LOT-0002 » of a European notice that was printed: each tells its lot, none of them the whole."""

from __future__ import annotations

import pytest
from facts_builders import piece, read

from achats_check.model.fact import MARCHE, Scope

_NOTICE = """
Nomenclature principale (cpv) : 90600000
Valeur estimée hors TVA : 500 000 EUR
Valeur maximale de l'accord-cadre : 700 000 EUR
# 5. Lots
Lot\tTitre\tCPV\tValeur estimée HT\tMaximum HT\tDurée\tVariantes
LOT-0001\tCurage des noues\t90640000\t200 000 EUR\t300 000 EUR\t24 mois\tautorisées
LOT-0002\tBalayage des quais\t90612000\t300 000 EUR\t400 000 EUR\t36 mois\tnon autorisées
"""
_ALONE = """
# 5. Lots
Lot\tTitre\tMaximum HT
LOT-0001\tCurage des noues\t300 000 EUR
"""


def _told(text: str, name: str, scope: Scope = MARCHE) -> object:
    found = read(piece(text, "AAPC")).get(name, scope)
    return found.value if found is not None and found.status == "known" else None


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("valeur_estimee_ht", 200_000, 300_000),
        ("valeur_maximale_ht", 300_000, 400_000),
        ("cpv", ("90640000",), ("90612000",)),
        ("duree_mois", 24, 36),
        ("variantes", "autorisees", "interdites"),
        ("objet", "Curage des noues", "Balayage des quais"),
    ],
)
def test_a_row_tells_its_lot(name: str, first: object, second: object) -> None:
    """Whatever its column."""
    assert _told(_NOTICE, name, Scope("lot", "1")) == first
    assert _told(_NOTICE, name, Scope("lot", "2")) == second


def test_the_rows_are_no_rivals_of_the_whole() -> None:
    """The ceiling and the estimate of the market stand above."""
    assert _told(_NOTICE, "valeur_maximale_ht") == 700_000
    assert _told(_NOTICE, "valeur_estimee_ht") == 500_000
    assert _told(_NOTICE, "nombre_lots") == 2


def test_what_is_not_divided_has_a_first_lot_all_the_same() -> None:
    """Its ceiling is that of the market."""
    assert _told(_ALONE, "valeur_maximale_ht") == 300_000
