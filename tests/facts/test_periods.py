"""Amounts of a period, what they make over the whole contract, and the lot whose piece tells them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import naming, piece, read, terms, value, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import MARCHE, Scope

_DURATION = (
    "# 4 Durée\nL'accord-cadre est conclu pour une période initiale de 1 an. Le nombre de périodes de reconduction est "
    "fixé à 3. La durée de chaque période de reconduction est de 1 an."
)
_ALIKE = "Les montants seront identiques pour chaque période de reconduction."


def _maximum(*texts: str, scope: Scope = MARCHE) -> object:
    found = read(*(piece(text, role) for role, text in zip(("AE", "CCAP"), texts, strict=False)))
    fact = found.get("valeur_maximale_ht", scope)
    return fact.value if fact is not None and fact.status == "known" else None


@pytest.mark.parametrize(
    "amount",
    [
        "Le montant maximum pour la période initiale est de 50 000 € HT.",
        "Le montant total pour la période initiale est défini comme suit :\nMaximum HT\t50 000,00 €",
        "Le montant pour la période initiale est défini comme suit :\nMinimum HT\t9 000,00 €\nMaximum HT\t50 000,00 €",
        "Le montant des prestations pour la période initiale est de :\nMinimum HT\tMaximum HT\n9 000,00 €\t50 000,00 €",
        "Le montant maximum des prestations pour la période initiale est de :\nMaximum HT\n50 000,00 €",
    ],
)
def test_the_first_period_is_multiplied_when_the_others_are_alike(amount: str) -> None:
    """Wherever the piece says that they are; without it, the total is unknown."""
    assert _maximum(f"# 4 Prix\n{amount}\n{_ALIKE}", _DURATION) == Decimal(200_000)
    assert _maximum(f"# 4 Prix\n{amount}", f"{_DURATION}\nLe maximum est identique à chaque reconduction.") == 200_000
    assert _maximum(f"# 4 Prix\n{amount}", _DURATION) is None


def test_an_amount_for_each_period_needs_no_more() -> None:
    """The number of renewals is told; without it, nothing is."""
    amount = "# 4 Prix\nLe montant maximum par période est de 50 000 € HT."
    assert _maximum(amount, _DURATION) == 200_000
    assert _maximum(amount, "# 4 Durée\nLe marché est conclu pour deux ans, reconductible.") is None


def test_the_minimum_told_first_is_no_maximum() -> None:
    """Both are announced together, then told one after the other."""
    both = "# 4 Prix\nMinimum et maximum du contrat : minimum de 20 000 € HT et maximum de 90 000 € HT."
    assert _maximum(both, "# 4 Durée\nLe marché est conclu pour deux ans.") == 90_000
    each = "# 4 Prix\nPour chaque période, minimum et maximum sont : minimum 10 000 € HT, maximum 50 000 € HT."
    assert _maximum(each, _DURATION) == 200_000


def test_a_contract_that_is_not_renewed_has_one_period() -> None:
    """The first period is the whole contract."""
    text = "# 4 Durée\nLe marché est conclu pour une période initiale de 2 ans. Il n'est pas reconductible."
    assert _maximum("# 4 Prix\nLe montant maximum pour la période initiale est de 80 000 € HT.", text) == 80_000


@pytest.mark.parametrize(
    "other",
    [
        "Le montant maximum est de 30 000 € HT pour les périodes suivantes.",
        "Le montant maximum du marché, toutes périodes confondues, est de 90 000 € HT.",
    ],
)
def test_amounts_that_differ_or_a_total_that_is_told_are_not_multiplied(other: str) -> None:
    """A total that a piece gives is the total."""
    text = f"# 4 Prix\nLe montant maximum pour la période initiale est de 50 000 € HT.\n{other}"
    assert _maximum(text, _DURATION) in (None, Decimal(90_000))


def test_the_piece_of_a_lot_tells_the_amount_of_that_lot() -> None:
    """The other lots have their own piece, and the market is not worth what one lot is."""
    ours = piece("# 4 Prix\nLe montant maximum est de 70 000 € HT.", "AE", "AE lot 2.docx", lots=("2",))
    rules = piece("# 1 Lots\nLes prestations sont réparties en 2 lots.", "RC")
    found = read(ours, rules)
    assert found.get("valeur_maximale_ht", Scope("lot", "2")).value == 70_000  # type: ignore[union-attr]
    assert found.get("valeur_maximale_ht").status != "known"  # type: ignore[union-attr]


def test_a_consultation_of_one_lot_alone_is_worth_what_that_lot_is() -> None:
    """Every piece is that lot's."""
    ours = piece("# 4 Prix\nLe montant maximum est de 70 000 € HT.", "AE", "AE.docx", lots=("2",))
    rules = piece("# 1 Objet\nRelance du lot 2.", "CCAP", "CCAP.docx", lots=("2",))
    assert read(ours, rules).get("valeur_maximale_ht").value == 70_000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("below", "lots"),
    [
        ("Lot n° 03 : Abattage", ("3",)),
        ("Lot 1 : Tonte\nLot 2 : Taille\nLot 3 : Abattage", ()),
        ("Le lot 2 est réservé.", ()),
    ],
)
def test_the_lot_of_an_act_stands_anywhere_on_its_cover(below: str, lots: tuple[str, ...]) -> None:
    """One line about one lot; a list of them is what the act may be signed for."""
    text = f"ACTE D'ENGAGEMENT\nACCORD-CADRE DE SERVICES\nEntretien des parcs\nVille de Sainte-Exemple\n{below}"
    (known, _) = extract([piece(text, "AUTRE", "AE.docx")], vocabulary(), naming(), terms(), None)
    assert known[0].lots == lots


def test_one_renewal_as_long_as_the_contract() -> None:
    """ "L'objet d'une reconduction" counts one when it tells how long it is, and nothing by itself."""
    start = "Le marché est conclu pour une durée de 2 ans et pourra faire l'objet d'une reconduction"
    assert value(f"{start} d'une durée identique.", "duree_mois", "CCAP") == 48
    assert value(f"{start} expresse pour une nouvelle période d'un an.", "duree_mois", "CCAP") == 36
    assert value(f"{start} tacite, trois fois au plus.", "duree_mois", "CCAP") == 96
