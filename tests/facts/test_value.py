"""The estimate and the ceiling, and the amounts that are neither."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import fact, piece, read, value

from achats_check.model.fact import Scope


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("Le marché est estimé globalement à hauteur de 90 000 € HT.", 90000),
        ("Montant estimé sur la durée totale : 1,2 M€ HT", 1200000),
        ("La valeur estimée du besoin est de 320 000,00 euros hors taxes.", 320000),
        ("Valeur estimée : 120 000 € TTC (TVA à 20 %)", 100000),
    ],
)
def test_an_estimate_is_read(text: str, euros: int) -> None:
    """An estimate is read."""
    assert value(text, "valeur_estimee_ht") == Decimal(euros)


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("Le montant maximum de l'accord-cadre est de 2 000 000,00 € HT sur sa durée totale.", 2000000),
        ("L'accord-cadre est conclu sans minimum et avec un montant maximum de 400 000.00 € HT.", 400000),
        ("- Montant maximum : 50 000 € HT", 50000),
        ("Montant maximum annuel : 100 000 € HT, soit pour une durée de 4 ans.", 400000),
        ("Le montant maximum de commandes pour l'ensemble des lots confondus est fixé à 40 000€ HT.", 40000),
    ],
)
def test_a_ceiling_is_read(text: str, euros: int) -> None:
    """A ceiling is read."""
    assert value(text, "valeur_maximale_ht", "AE") == Decimal(euros)


@pytest.mark.parametrize(
    "text",
    [
        "Le montant maximal de la créance que le titulaire peut céder est de 45 000 € HT.",
        "Le montant maximum des sommes à verser au sous-traitant est de 30 000 € HT.",
        "Une prime sera versée à chaque concurrent. Son montant maximal est fixé à 50 500 € HT.",
        "Le chiffre d'affaires annuel maximum exigé est de 200 000 € HT.",
        "La garantie d'assurance est d'un montant maximum de 1 500 000 € par sinistre.",
        "Le montant maximum des pénalités est de 10 000 € HT.",
        "Une avance est versée lorsque le montant maximum dépasse 50 000 € HT.",
        "L'augmentation du montant maximum ne peut dépasser 15 % ni 30 000 € HT.",
        "Montant maximum annuel : 100 000 € HT.",
        "Montant maximum pour la période initiale : 21 000 € HT.",
        "Montant maximum : 120 000 € TTC.",
        "Montant maximum : 12 000 repas",
    ],
)
def test_other_amounts_are_no_ceiling(text: str) -> None:
    """Other amounts are no ceiling."""
    assert value(text, "valeur_maximale_ht", "CCAP") == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "La part de l'enveloppe financière affectée aux travaux est estimée à 1 740 000 € HT.",
        "Marché de maîtrise d'œuvre.\nLe montant prévisionnel des travaux est estimé à 900 000 € HT.",
        "Le montant estimé de la prime est de 5 000 € HT.",
    ],
)
def test_a_works_budget_or_a_prize_is_no_estimate(text: str) -> None:
    """A works budget or a prize is no estimate."""
    assert value(text, "valeur_estimee_ht") == "unknown"


def test_a_rejected_amount_is_the_nearest_miss() -> None:
    """A rejected amount is the nearest miss."""
    found = fact("Montant maximum annuel : 100 000 € HT.", "valeur_maximale_ht")
    assert found.search is not None
    assert found.search.nearest is not None
    assert "100 000" in found.search.nearest.quote


def test_a_table_gives_the_ceiling_of_each_lot_and_their_sum() -> None:
    """A table gives the ceiling of each lot and their sum."""
    text = """
    Les prestations sont réparties en 2 lots. Montants sur la durée totale du marché :
    Lot\tMontant minimum € HT\tMontant maximum € HT
    1\t10 000,00\t60 000,00
    2\t5 000,00\t29 000,00
    """
    facts = read(piece(text, "AE"))
    assert facts.get("valeur_maximale_ht", Scope("lot", "1")).value == 60000  # type: ignore[union-attr]
    assert facts.get("valeur_maximale_ht", Scope("lot", "2")).value == 29000  # type: ignore[union-attr]
    assert facts.get("valeur_maximale_ht").value == 89000  # type: ignore[union-attr]


def test_a_ceiling_may_stand_under_its_label() -> None:
    """A ceiling may stand under its label."""
    text = """
    Pour le lot n°01 - Produits d'entretien
    Maximum € HT
    21 000,00 €
    """
    assert value(text, "valeur_maximale_ht", "AE", Scope("lot", "1")) == 21000


def test_the_ceilings_of_some_lots_are_not_summed() -> None:
    """The ceilings of some lots are not summed."""
    text = """
    Les prestations sont réparties en 3 lots. Montants sur la durée totale du marché :
    Lot\tMontant maximum € HT
    1\t60 000,00
    2\t29 000,00
    """
    assert value(text, "valeur_maximale_ht", "AE") == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'accord-cadre avec minimum et maximum est passé en application du code.", True),
        ("Accord-cadre sans minimum et avec un maximum de 90 000 € HT.", True),
        ("L'accord-cadre est conclu sans minimum ni maximum.", False),
        ("L'accord-cadre est sans maximum.", False),
    ],
)
def test_whether_a_maximum_is_fixed(text: str, expected: bool) -> None:
    """Whether a maximum is fixed."""
    assert value(text, "accord_cadre.maximum_fixe", "CCAP") is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Marché public de travaux\n1.2 Maîtrise d'œuvre\nLa maîtrise d'œuvre est assurée par un cabinet.", 850_000),
        ("Marché de maîtrise d'œuvre pour la halle\nLe CCAG-Travaux régit les entreprises.", "unknown"),
        ("Maîtrise d'œuvre pour la halle\nLes marchés de travaux suivront.", "unknown"),
    ],
)
def test_the_estimate_of_works_is_that_of_the_contract_where_works_are_bought(head: str, expected: object) -> None:
    """A consultation of works names its architect too."""
    text = f"{head}\n# 2 Montant\nLe montant total des travaux est estimé à 850 000 € HT (valeur mai 2027)."
    assert value(text, "valeur_estimee_ht") == expected
