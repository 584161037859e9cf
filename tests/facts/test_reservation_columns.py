"""A column "Réservation" in a table of lots: whose lot each answer is, and which structures it names."""

from __future__ import annotations

from template_builders import known, of_lot, read_whole

_RULES = """
RÈGLEMENT DE LA CONSULTATION
# 1.2 Lots
N°\tIntitulé du lot\tRéservation\tMaximum € HT sur la durée du contrat
1\tLycées du nord\tNon\t800 000
2\tLycées du sud\tOui : SIAE (L. 2113-13)\t500 000
3\tLycées agricoles\tEA et ESAT (art. L. 2113-12)\t200 000
4\tLycées de l'est\tOui\t100 000
5\tLycées de l'ouest\t\t100 000
"""


def test_each_row_is_its_lot_s() -> None:
    """A "Non" reserves nothing, a name of structures tells which ones, a bare "Oui" or a blank tells nothing."""
    facts = read_whole(("RC", _RULES))
    assert of_lot(facts, "1")["reservation.categorie"] == "aucune"
    assert of_lot(facts, "2")["reservation.categorie"] == "insertion"
    assert of_lot(facts, "3")["reservation.categorie"] == "handicap"
    assert "reservation.categorie" not in of_lot(facts, "4")
    assert "reservation.categorie" not in of_lot(facts, "5")
    assert of_lot(facts, "2")["reservation.fondement"] == ("L2113-13",)
    assert of_lot(facts, "3")["reservation.fondement"] == ("L2113-12",)
    assert "reservation.fondement" not in known(facts)


def test_other_columns_of_reserves() -> None:
    """Reserves of a reception, and heures réservées, are no reservation."""
    rules = (
        "RÈGLEMENT DE LA CONSULTATION\nLot\tDésignation\tHeures réservées à l'insertion\n1\tVRD\tNon\n2\tPeinture\t100"
    )
    facts = read_whole(("RC", rules))
    assert "reservation.categorie" not in of_lot(facts, "1")
