"""Lists of criteria as whole dossiers print them: announced by their lot, detailed on their line, judged by a jury."""

from __future__ import annotations

import pytest
from facts_builders import fact, piece, read, value

from achats_check.model.fact import Scope

_BY_LOT = """
# 6 Notation
Lot n° 1 – Les offres sont appréciées comme suit :
Prix des repas : 60 %
Qualité des produits : 40 %, dont fraîcheur 25 %, variété 15 %
Lot n° 2 – Les offres sont appréciées comme suit :
Prix des goûters : 50 %
Tenue des horaires : 30 %
Impact des livraisons : 20 % (motorisation, remplissage des tournées)
"""


def _named(text: str, scope: Scope) -> list[tuple[object, int]]:
    found = fact(text, "criteres", scope=scope).value
    assert isinstance(found, tuple), found
    return [(item["nom"], int(item["poids"])) for item in found]


def test_each_lot_announces_its_own_list() -> None:
    """The sentence that opens a list names its lot, and says how its offers are judged."""
    assert _named(_BY_LOT, Scope("lot", "1")) == [("Prix des repas", 60), ("Qualité des produits", 40)]
    assert _named(_BY_LOT, Scope("lot", "2")) == [
        ("Prix des goûters", 50),
        ("Tenue des horaires", 30),
        ("Impact des livraisons", 20),
    ]
    assert fact(_BY_LOT, "environnement.critere", scope=Scope("lot", "2")).value is True


def test_a_sentence_about_a_lot_is_no_label() -> None:
    """Who may have a lot is no list of criteria."""
    text = "# 6 Critères\nLe lot 1 est réservé aux entreprises adaptées :\nPrix : 60 %\nQualité : 40 %"
    assert fact(text, "criteres").status == "known"


def test_the_parts_of_a_criterion_are_no_part_of_its_name() -> None:
    """What details a criterion in its cell, and adds up to its weight, is left out of its name and of its nature."""
    text = (
        "# 7 Critères\nLes offres sont notées sur 100 points :\nCRITÈRE\tPOINTS\nPrix\t60\n"
        "Valeur technique : a) encadrement 15 – b) outillage 15 – c) planning 10\t40"
    )
    found = value(text, "criteres")
    assert isinstance(found, tuple)
    assert [(i["nom"], i["nature"]) for i in found] == [("Prix", "prix"), ("Valeur technique", "technique")]
    other = text.replace("planning 10", "planning en 12 semaines")
    found = value(other, "criteres")
    assert isinstance(found, tuple)
    assert "planning en 12 semaines" in found[1]["nom"]


_TASTED = "# 7 Critères\nCritère\tPoids\tPrécisions\nPrix\t50\tDQE\nGoût\t50\t{}"


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("note du jury (cuisiniers, un apprenti)", False),
        ("dégustation, panel : deux élèves handicapés", False),
        ("part confiée à des apprentis", True),
    ],
)
def test_who_judges_is_not_what_is_judged(detail: str, expected: bool) -> None:
    """An apprentice in the jury makes no social criterion of what the jury tastes."""
    told = read(piece(_TASTED.format(detail))).get("social.critere")
    assert told is not None
    assert (told.value is True) is expected
