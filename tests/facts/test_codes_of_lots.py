"""CPV codes told lot by lot: each is its lot's own, and those of the market are told of the whole."""

from __future__ import annotations

import pytest
from facts_builders import piece, read

from achats_check.model.fact import MARCHE

_ROOF, _HEATING = ("45261210",), ("45331100",)


def _codes(*texts: tuple[str, str]) -> dict[str, object]:
    facts = read(*(piece(text, role) for role, text in texts))
    return {fact.scope.id: fact.value for fact in facts if fact.name == "cpv" and fact.status == "known"}


_NATIONAL = """
Code CPV principal - Descripteur principal : 45454100
# Section 5 : Lots
## Lot n° 1
Description du lot : Couverture de la halle
Code CPV principal - Descripteur principal : 45261210
Estimation de la valeur hors taxes du lot : 90000 euros
## Lot n° 2
Description du lot : Chauffage de la halle
Code CPV principal - Descripteur principal : 45331100
"""
_JOURNAL = """
Classification CPV : objet principal : 45454100.
Lot n° 1 : Couverture
Dépose des ardoises, liteaunage, zinguerie.
CPV : 45261210. Estimation : 90 000 euros HT.
Lot n° 2 : Chauffage
Chaudière, radiateurs, calorifuge.
CPV : 45331100. Estimation : 40 000 euros HT.
"""
_PLATFORM = """
Code CPV principal (BT-262) : 45454100 – Restauration
# 3 Lots
## Lot LOT-0001 (BT-137)
Titre (BT-21-Lot) : Couverture
Nature du marché (BT-23-Lot) : works
Code CPV principal (BT-262-Lot) : 45261210 – Couverture
## Lot LOT-0002 (BT-137)
Titre (BT-21-Lot) : Chauffage
Nature du marché (BT-23-Lot) : works
Code CPV principal (BT-262-Lot) : 45331100 – Chauffage
"""
_OLD_FORM = """
## II.1.2)Code CPV principal
45454100 Restauration
## II.2)Description
## II.2.1)Intitulé:
Couverture
Lot nº: 1
## II.2.2)Code(s) CPV additionnel(s)
45261210 Couverture
## II.2)Description
## II.2.1)Intitulé:
Chauffage
Lot nº: 2
## II.2.2)Code(s) CPV additionnel(s)
45331100 Chauffage
"""
_EUROPEAN = """
## 2.1.1. Objet
Nomenclature principale (cpv): 45454100 Restauration
## 5.1. Lot: LOT-0001
Titre: Couverture
## 5.1.1. Objet
Nomenclature principale (cpv): 45261210 Couverture
## 5.1. Lot: LOT-0002
Titre: Chauffage
## 5.1.1. Objet
Nomenclature principale (cpv): 45331100 Chauffage
"""
_TABLE = """
Principale : 45454100 - Restauration (CPV)
# Lots
N°\tLibellé\tEstimé € HT\tCPV
1\tCouverture\t90 000\t45261210
2\tChauffage\t40 000\t45331100
"""
_SENTENCE = "Nomenclature CPV. Code principal : 45454100-3. Lot 1 : 45261210-9. Lot 2 : 45331100-7."


@pytest.mark.parametrize("notice", [_NATIONAL, _JOURNAL, _PLATFORM, _OLD_FORM, _EUROPEAN, _TABLE, _SENTENCE])
def test_each_lot_has_its_code_and_the_market_its_own(notice: str) -> None:
    """Whatever the notice was printed from."""
    assert _codes(("AAPC", notice)) == {MARCHE.id: ("45454100",), "1": _ROOF, "2": _HEATING}


def test_the_codes_of_the_lots_in_a_piece_are_not_added_to_that_of_the_notice() -> None:
    """The rules give only those of the lots."""
    rules = "# 2 Lots\nLot\tIntitulé\tCode CPV\n1\tCouverture\t45261210-9\n2\tChauffage\t45331100-7\n"
    told = _codes(("AAPC", "Code CPV principal : 45454100"), ("RC", rules))
    assert told == {MARCHE.id: ("45454100",), "1": _ROOF, "2": _HEATING}
    assert _codes(("RC", rules))[MARCHE.id] == (*_ROOF, *_HEATING)


def test_a_list_of_lots_above_the_code_of_the_market_owns_none() -> None:
    """Only the last lot of the list stands over a code: it is not its own."""
    told = _codes(("RC", "Lot n° 1 : Couverture\nLot n° 2 : Chauffage\nCode CPV principal : 45454100-3"))
    assert told == {MARCHE.id: ("45454100",)}


def test_several_codes_of_one_lot_in_a_sentence() -> None:
    """What is told of a lot goes on up to the end of its sentence."""
    text = "Codes CPV. Principal : 45454100-3. Lot 2 : 45331100-7 (chauffage) et 45331210-1 (ventilation)."
    assert _codes(("RC", text)) == {MARCHE.id: ("45454100",), "2": ("45331100", "45331210")}


def test_the_code_of_the_lot_of_an_act_is_not_that_of_the_market() -> None:
    """Nothing may number it: it is left out, and that of the notice stays."""
    act = "Code CPV principal du lot : 45261210-9 – Couverture"
    assert _codes(("AAPC", "Code CPV principal : 45454100"), ("AE", act)) == {MARCHE.id: ("45454100",)}


def test_codes_named_before_their_lots() -> None:
    """Two codes share the lots that follow the second one."""
    text = "CPV : 45261210 (couverture) pour le lot 1 ; 45331100 (chauffage) et 45331210 (air) pour le lot 2."
    assert _codes(("RC", text))["1"] == ("45261210",)
    assert _codes(("RC", text))["2"] == ("45331100", "45331210")
