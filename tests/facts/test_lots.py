"""Lots: how many, which ones, and why none."""

from __future__ import annotations

import pytest
from facts_builders import fact, piece, read, value

from achats_check.model.fact import Scope


@pytest.mark.parametrize(
    "text",
    [
        "Le marché n'est pas alloti.",
        "La présente consultation ne fait l'objet d'aucun allotissement.",
        "Le présent marché ne fait pas l'objet d'un allotissement.",
        "Il n'est pas prévu de décomposition en lots.",
        "Division en lots : Non",
        "Le marché est composé d'un lot unique.",
        "☒ à l'ensemble du marché public (en cas de non allotissement)",
    ],
)
def test_an_undivided_contract(text: str) -> None:
    """An undivided contract."""
    assert value(text, "alloti") is False


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Les prestations sont réparties en 3 lots.", 3),
        ("Le marché est divisé en quatre lots séparés.", 4),
        ("Les travaux sont décomposés en 12 (douze) lots.", 12),
        ("Nombre de lots\t5", 5),
    ],
)
def test_the_number_of_lots(text: str, count: int) -> None:
    """The number of lots."""
    assert value(text, "nombre_lots") == count
    assert value(text, "alloti") is True


@pytest.mark.parametrize(
    "text",
    [
        "Le titulaire se coordonne avec le lot Plâtrerie et les lots techniques.",
        "☐ à l'ensemble du marché public (en cas de non allotissement)",
        "Un lot d'évolutions est commandé chaque année.",
        "Les candidats peuvent se voir attribuer au maximum 2 lots.",
    ],
)
def test_other_lots_say_nothing(text: str) -> None:
    """Other lots say nothing."""
    assert value(text, "alloti") == "unknown"
    assert value(text, "nombre_lots") == "unknown"


def test_the_reason_of_an_undivided_contract() -> None:
    """The reason of an undivided contract."""
    text = "Le marché n'est pas alloti en raison de l'impossibilité d'identifier des prestations distinctes."
    reason = value(text, "non_allotissement.motif")
    assert isinstance(reason, str)
    assert "prestations distinctes" in reason


def test_the_reason_may_stand_just_before() -> None:
    """The reason may stand just before."""
    text = (
        "Les prestations sont homogènes et ne permettent pas de dégager des parts distinctes.\nLe marché n'est "
        "donc pas alloti."
    )
    assert value(text.replace("donc ", ""), "non_allotissement.motif") != "unknown"


def test_lots_in_prose() -> None:
    """Lots in prose."""
    facts = read(
        piece("Les prestations sont réparties en 2 lots :\nLot 1 : Tonte des pelouses\nLot n°02 - Taille des haies")
    )
    assert facts.lots == ("1", "2")
    assert facts.get("objet", Scope("lot", "2")).value == "Taille des haies"  # type: ignore[union-attr]


def test_lots_in_a_table_with_their_codes() -> None:
    """Lots in a table with their codes."""
    text = """
    Les prestations sont réparties en 2 lots.
    Lot\tDésignation
    1\tTonte des pelouses
    2\tTaille des haies
    # 1.4 Nomenclature
    Codes CPV (vocabulaire commun des marchés) :
    Lot(s)\tCode principal\tDescription
    1\t77310000-6\tEspaces verts
    2\t77340000-5\tÉlagage
    """
    facts = read(piece(text))
    assert facts.lots == ("1", "2")
    assert facts.get("objet", Scope("lot", "1")).value == "Tonte des pelouses"  # type: ignore[union-attr]
    assert facts.get("cpv", Scope("lot", "2")).value == ("77340000",)  # type: ignore[union-attr]


def test_lot_00_of_general_rules_is_no_lot() -> None:
    """Lot 00 of general rules is no lot."""
    text = """
    Allotissement du projet :
    # 00 GENERALITES
    # 01 MACONNERIE
    # 02 COUVERTURE
    # 03 ELECTRICITE
    """
    facts = read(piece(text, "CCTP"))
    assert facts.lots == ("1", "2", "3")
    assert facts.get("nombre_lots").value == 3  # type: ignore[union-attr]


def test_a_single_lot_of_a_new_consultation_keeps_its_number() -> None:
    """A single lot of a new consultation keeps its number."""
    facts = read(
        piece("Nombre de lots\t1\nLes prestations portent sur le lot suivant :\nLot\tDésignation\n20\tEpicerie sèche")
    )
    assert facts.lots == ("20",)
    assert facts.get("nombre_lots").value == 1  # type: ignore[union-attr]


def test_a_template_names_no_lot() -> None:
    """A template names no lot."""
    assert read(piece("Lot 1 : XX € HT\nLot 2 : XX", "CCAP")).lots == ()


def test_a_form_without_tick_is_the_nearest_miss() -> None:
    """A form without tick is the nearest miss."""
    found = fact("à l'ensemble du marché public (en cas de non allotissement)", "alloti", "AE")
    assert found.search is not None
    assert "case" in found.search.nearest_reason


def test_a_lot_called_again_is_not_divided_whatever_is_said_of_each_lot() -> None:
    """Its pieces keep the sentence on each lot of the first call."""
    text = "Nombre de lots\t1\nChaque lot fait l'objet d'un accord-cadre attribué à un seul opérateur économique."
    assert (value(text, "nombre_lots"), value(text, "alloti")) == (1, "unknown")


@pytest.mark.parametrize(
    ("reason", "distinct"),
    [
        ("L'objet du contrat ne permet pas l'identification de prestations distinctes.", False),
        ("L'étude ne comporte pas de prestations distinctes, la pose étant indissociable de la fourniture.", False),
        ("Ses prestations distinctes sont techniquement difficiles à coordonner en plusieurs lots.", "unknown"),
    ],
)
def test_what_has_no_distinct_part_is_told_by_the_reason(reason: str, distinct: object) -> None:
    """The reason why there are no lots may be that nothing can be parted."""
    assert value(f"# 3 Allotissement\nLe marché n'est pas alloti. {reason}", "prestations_distinctes") == distinct


def test_the_law_on_lots_is_no_reason() -> None:
    """The rule of the code, told where the market has lots, says nothing of this purchase."""
    text = "Les marchés sont allotis, sauf si leur objet ne permet pas l'identification de prestations distinctes."
    assert value(text, "prestations_distinctes") == "unknown"
