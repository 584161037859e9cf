"""Values, lots and variants as notices write them: no space after a full stop, one label for each lot, "nº"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import fact, piece, read, value

from achats_check.model.fact import Scope


def test_a_label_repeated_with_another_amount_is_that_of_lots() -> None:
    """Nothing tells which lot each amount is of: no ceiling of the market, and no dispute either."""
    lines = "Montant maximum : 90 000 € HT.\nMontant minimum : 1 000 € HT.\nMontant maximum : 40 000 € HT."
    found = fact(f"Le marché est alloti.\n{lines}", "valeur_maximale_ht")
    assert found.status == "unknown"
    assert found.search is not None
    assert found.search.nearest_reason.startswith("montants différents sous la même étiquette")


def test_a_piece_without_lots_that_tells_two_ceilings_contradicts_itself() -> None:
    """The same label twice, and one contract: one of the amounts is wrong."""
    assert value("Montant maximum : 90 000 € HT.\nMontant maximum : 40 000 € HT.", "valeur_maximale_ht") == "conflict"


def test_the_amounts_of_a_year_are_no_dispute_of_the_market() -> None:
    """Four years of 90 000 €, or four of 40 000 €: neither is told of the market."""
    lines = "Montant maximum annuel : 90 000 € HT.\nMontant maximum annuel : 40 000 € HT."
    text = f"Les prestations sont réparties en 2 lots.\nLa durée du marché est de 4 ans.\n{lines}"
    assert value(text, "valeur_maximale_ht") == "unknown"


def test_a_full_stop_without_a_space_ends_a_sentence() -> None:
    """What the next sentence says of candidates is not said of the amount."""
    text = (
        "Marché conclu avec un montant maximum de 90 000 € HT.Le candidat estime ses propres charges et joint son "
        "mémoire technique."
    )
    assert value(text, "valeur_maximale_ht") == Decimal(90000)


def test_a_currency_before_its_amount() -> None:
    """A form of the web puts the unit first."""
    assert value("Valeur estimée hors TVA : EUR 1 350 000", "valeur_estimee_ht", "AAPC") == Decimal(1350000)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Achat de chaises, de tables et d'armoires (3 lots) pour les écoles.", 3),
        ("Tranche ferme (3 lots) puis tranche optionnelle (2 lots).", "unknown"),
        ("Bâtiment A (3 lots), bâtiment B (2 lots).", "unknown"),
        ("Chaque candidat peut obtenir plusieurs lots (2 lots) au plus.", "unknown"),
    ],
)
def test_a_count_of_lots_in_parentheses(text: str, count: object) -> None:
    """It is that of the whole purchase, unless it follows a part of it or what a candidate may ask."""
    assert value(text, "nombre_lots", "AAPC") == count


@pytest.mark.parametrize(
    "text",
    [
        "Il est choisi de ne pas attribuer les prestations en lots distincts.",
        "Le besoin ne peut être divisé, pour garantir la cohérence des interventions de nuit et de jour.",
    ],
)
def test_what_cannot_be_divided(text: str) -> None:
    """Other words of a market in one piece."""
    assert value(text, "alloti", "AAPC") is False


def test_the_reason_of_one_contract_is_its_unity() -> None:
    """« pour assurer… » tells why."""
    text = "Le besoin ne peut être divisé, pour garantir la cohérence des interventions de nuit et de jour."
    assert str(value(text, "non_allotissement.motif", "AAPC")).startswith("Le besoin ne peut")


@pytest.mark.parametrize("free", ["à l'initiative des candidats", "libres", "facultatives"])
def test_free_variants_are_forbidden_beside_a_required_one(free: str) -> None:
    """Two rules on two things: the required variant is what the piece says."""
    text = f"Une variante exigée porte sur l'isolant de la toiture.\nLes variantes {free} ne sont pas autorisées."
    assert value(text, "variantes", "AAPC") == "exigees"
    assert value(f"Les variantes {free} ne sont pas autorisées.", "variantes", "AAPC") == "interdites"


def test_variants_forbidden_and_required_contradict_each_other() -> None:
    """Without a word on whose variants are forbidden."""
    required = "Une variante imposée, en bois et en métal, est à chiffrer par chaque candidat au bordereau des prix."
    text = f"{required}\nAucune variante n'est admise."
    assert value(text, "variantes", "AAPC") == "conflict"


def test_refused_variants_are_forbidden() -> None:
    """A word of notices."""
    assert value("Les variantes sont refusées", "variantes", "AAPC") == "interdites"


_SECTION = """
II.2)Description
II.2.1)Intitulé: {name}
Lot nº: {number}
II.2.2)Code(s) CPV additionnel(s)
II.2.5)Critères d'attribution
Critère de qualité - Nom: Valeur technique / Pondération: {quality}
Prix - Pondération: {price}
"""


def test_the_sections_of_an_old_form_are_those_of_their_lot() -> None:
    """Each « II.2.5 » weighs the offers of the lot that its « II.2.1 » names."""
    first = _SECTION.format(name="Balais", number="01", quality=60, price=40)
    second = _SECTION.format(name="Seaux", number="02", quality=30, price=70)
    facts = read(piece(first + second, "AAPC"))
    assert facts.get("criteres") is None or facts.get("criteres").status == "unknown"  # type: ignore[union-attr]
    for lot, weights in (("1", [60, 40]), ("2", [30, 70])):
        found = facts.get("criteres", Scope("lot", lot))
        assert found is not None
        assert isinstance(found.value, tuple)
        assert [int(one["poids"]) for one in found.value if isinstance(one, dict)] == weights


@pytest.mark.parametrize("unit", ["€ HT", "euros (HT)", "euros HT"])
@pytest.mark.parametrize("mark", [" ;", ",", " et"])
def test_amounts_of_a_list_are_each_of_the_lot_that_follows(unit: str, mark: str) -> None:
    """The first one is no ceiling of the market, which is their sum; the next ones are read behind a semicolon."""
    text = f"Accord-cadre. Montant maximum : 90 000 {unit} pour le lot n°1{mark} 60 000 {unit} pour le lot n°2."
    facts = read(piece(text, "AAPC"))
    assert facts.get("valeur_maximale_ht").value == Decimal(150_000)  # type: ignore[union-attr]
    for lot, euros in (("1", 90_000), ("2", 60_000)):
        found = facts.get("valeur_maximale_ht", Scope("lot", lot))
        assert found is not None
        assert found.value == Decimal(euros)


def test_a_ceiling_told_at_length() -> None:
    """What stands between the amount and its verb may be a whole duration."""
    text = (
        "Le montant total des commandes pour la durée de l'accord-cadre, reconductions comprises, ne pourra dépasser "
        "250 000 € hors taxes."
    )
    assert value(text, "valeur_maximale_ht") == Decimal(250_000)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("L'opération comporte 14 lots. La présente consultation porte sur les 3 lots suivants.", 3),
        ("Les travaux sont répartis en 4 lots. Le représentant désigne les 2 lots suivants.", 4),
    ],
)
def test_the_lots_of_this_consultation_among_those_of_the_works(text: str, count: int) -> None:
    """Two counts in one paragraph: the one that is said of this consultation."""
    assert value(text, "nombre_lots") == count
