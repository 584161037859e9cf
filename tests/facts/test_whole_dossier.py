"""What the pieces of a dossier say together: the lots make the market, and one buyer buys."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import ACHETEUR, MARCHE, Scope

_TOWN, _UNION = "217 500 016 00019", "200 054 781 00014"
_TWO_LOTS = "Les prestations sont réparties en 2 lots.\n"


def _values(text: str, name: str, role: str = "CCP") -> tuple[object, ...]:
    """The value of the market, then of lots 1 and 2; the status of one that is not known, "" for none."""
    facts = read(piece(text, role))
    found = (facts.get(name, scope) for scope in (MARCHE, Scope("lot", "1"), Scope("lot", "2")))
    return tuple("" if f is None else f.value if f.status == "known" else f.status for f in found)


@pytest.mark.parametrize(
    "total",
    [
        "Montant maximum total du marché : 90 000 € HT",
        "Montant maximum global de l'accord-cadre : 90 000 € HT",
        "Total général : maximum 90 000 € HT",
        "Le montant maximum cumulé est de 90 000 € HT.",
    ],
)
def test_the_total_under_the_last_lot_is_the_market_s(total: str) -> None:
    """That lot has its amount already."""
    one_line = "Lot 1 : montant maximum de 50 000 € HT\nLot 2 : montant maximum de 40 000 € HT\n"
    two_lines = "Lot 1\nMontant maximum : 50 000 € HT\nLot 2\nMontant maximum : 40 000 € HT\n"
    for lots in (one_line, two_lines):
        assert _values(lots + total, "valeur_maximale_ht") == (90000, 50000, 40000)


def test_a_total_that_is_the_only_amount_of_a_lot_is_that_lot_s() -> None:
    """A form printed once for each lot calls each of them the market."""
    text = "Lot 1\nMontant maximum total du marché : 50 000 € HT\nLot 2\nMontant maximum total du marché : 40 000 € HT"
    assert _values(text, "valeur_maximale_ht") == ("unknown", 50000, 40000)


def test_a_total_under_the_yearly_amount_of_a_lot_is_not_the_market_s() -> None:
    """The amount above was that of a year: the total is over the years, not over the lots."""
    text = "Lot 2\nMontant maximum annuel : 10 000 € HT\nMontant maximum total de l'accord-cadre : 40 000 € HT"
    assert _values(text, "valeur_maximale_ht")[0] == "unknown"


def test_the_longest_duration_of_the_lots_is_the_market_s() -> None:
    """When each lot has its own, and the market none."""
    lots = "La durée maximale du lot 1 est de 36 mois.\nLa durée maximale du lot 2 est de 48 mois."
    assert _values(_TWO_LOTS + lots, "duree_mois") == (48, 36, 48)


def test_a_lot_without_duration_leaves_the_market_s_unknown() -> None:
    """It may be the longest."""
    assert _values(_TWO_LOTS + "La durée maximale du lot 1 est de 36 mois.", "duree_mois") == ("unknown", 36, "")


def test_a_lot_in_conflict_leaves_the_market_s_unknown() -> None:
    """Neither a sum nor a maximum is made of an amount in doubt."""
    rc = piece(_TWO_LOTS + "La durée maximale du lot 1 est de 36 mois.\nLa durée maximale du lot 2 est de 48 mois.")
    ae = piece("La durée maximale du lot 2 est de 24 mois.", "AE")
    found = read(rc, ae)
    assert found.get("duree_mois", Scope("lot", "2")).status == "conflict"  # type: ignore[union-attr]
    assert found.get("duree_mois").status == "unknown"  # type: ignore[union-attr]


def test_an_own_duration_outranks_that_of_the_lots() -> None:
    """What the market says of itself is not computed."""
    lots = "La durée maximale du lot 1 est de 36 mois.\nLa durée maximale du lot 2 est de 48 mois."
    own = "La durée maximale du marché est de 60 mois.\n"
    assert _values(_TWO_LOTS + own + lots, "duree_mois") == (60, 36, 48)


@pytest.mark.parametrize(
    "other",
    [
        f"# Cotraitant 1\nNuméro SIRET : {_UNION}",
        f"# Identification du titulaire\nRaison sociale\nSIRET : {_UNION}",
        f"Nom du membre du groupement : Atelier du Parc\nSIRET : {_UNION}",
        f"# B - Engagement\nSIRET : {_UNION}",
        f"# Comptable assignataire\nTrésorerie, SIRET {_UNION}",
    ],
)
def test_the_number_of_another_organisation_contradicts_nothing(other: str) -> None:
    """Titles, labels and pieces tell whose number it is."""
    rc = piece(f"Acheteur : Commune de Bourg-Neuf, SIRET {_TOWN}", "RC")
    found = read(rc, piece(other, "AE")).get("acheteur.siret", ACHETEUR)
    assert found is not None
    assert (found.status, found.value) == ("known", _TOWN.replace(" ", ""))


def test_the_buyer_s_number_counts_under_a_title_of_both() -> None:
    """A title that names the buyer too does not give the number to the other."""
    text = f"# Désignation du pouvoir adjudicateur et du titulaire\nCommune de Bourg-Neuf - SIRET : {_TOWN}"
    assert value(text, "acheteur.siret", "AE", ACHETEUR) == _TOWN.replace(" ", "")


def test_two_numbers_of_the_buyer_are_a_conflict() -> None:
    """Two pieces that give the buyer two numbers disagree."""
    rc = piece(f"Acheteur : Commune de Bourg-Neuf, SIRET {_TOWN}", "RC")
    ae = piece(f"Pouvoir adjudicateur : Syndicat des eaux, SIRET {_UNION}", "AE")
    assert read(rc, ae).get("acheteur.siret", ACHETEUR).status == "conflict"  # type: ignore[union-attr]


def test_two_establishments_of_the_buyer_are_one_buyer() -> None:
    """The invoices of a town may go to another of its addresses: the first nine digits are the same."""
    rc = piece(f"Acheteur : Commune de Bourg-Neuf, SIRET {_TOWN}", "RC")
    ae = piece("Pouvoir adjudicateur : Commune de Bourg-Neuf, SIRET 217 500 016 00027", "AE")
    found = read(rc, ae).get("acheteur.siret", ACHETEUR)
    assert found is not None
    assert (found.status, found.value, len(found.evidence)) == ("known", _TOWN.replace(" ", ""), 2)
