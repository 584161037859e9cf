"""Values that people and files give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from facts_builders import vocabulary
from hypothesis import given
from hypothesis import strategies as st

from achats_check.errors import UsageError
from achats_check.facts.values import declared_facts, parse_value
from achats_check.model.fact import ACHETEUR, DECLARED, MARCHE


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("valeur_estimee_ht", "1,2 M€", Decimal(1200000)),
        ("valeur_estimee_ht", "320 000 € HT", Decimal(320000)),
        ("valeur_estimee_ht", 99000, Decimal(99000)),
        ("valeur_estimee_ht", 99000.5, Decimal("99000.5")),
        ("duree_mois", "48", 48),
        ("valeur_estimee_ht", " 320 000 € HT. ", Decimal(320000)),
        ("valeur_estimee_ht", "1.200.000 euros hors taxes", Decimal(1200000)),
        ("duree_mois", "4 ans", 48),
        ("duree_mois", "48 mois.", 48),
        ("duree_mois", "trois (3) ans", 36),
        ("duree_mois", "2 ans et 6 mois", 30),
        ("duree_mois", "1 an, 6 mois", 18),
        ("alloti", "oui", True),
        ("alloti", "false", False),
        ("date_lancement", "1er octobre 2026", date(2026, 10, 1)),
        ("date_lancement", "2024-10-25+02:00", date(2024, 10, 25)),
        ("avance_taux", "10 %", Decimal(10)),
        ("reservation.part_minimale", "50 %", Decimal("0.5")),
        ("reservation.part_minimale", "0,5", Decimal("0.5")),
        ("acheteur.categorie", "région", "region"),
        ("cpv", "45112500-0 ; 45233000", ("45112500", "45233000")),
        ("cpv", ["3112000-1"], ("03112000",)),
        ("procedure.fondement", "L. 2123-1, R.2123-1", ("L2123-1", "R2123-1")),
        ("procedure.publicite", ["boamp_jal", "joue"], ("boamp_jal", "joue")),
        ("famille_achats.commandes_12_mois", "12 000,50 ; 3 000", (Decimal("12000.50"), Decimal(3000))),
        ("criteres", [{"nom": "Prix", "poids": 60}], ({"nom": "Prix", "poids": Decimal(60)},)),
    ],
)
def test_a_value_is_typed(name: str, raw: object, expected: object) -> None:
    """A value is typed."""
    assert parse_value(vocabulary()[name], raw) == expected


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("valeur_estimee_ht", "-3", "« -3 » : un montant ne peut pas être négatif"),
        ("valeur_estimee_ht", "-3 €", "négatif"),
        ("valeur_estimee_ht", "beaucoup", "n'est pas un montant"),
        ("valeur_estimee_ht", "12 000 € TTC", "hors taxes"),
        ("valeur_estimee_ht", float("nan"), "n'est pas un montant"),
        ("valeur_estimee_ht", Decimal("1e400000"), "trop grand"),
        ("valeur_estimee_ht", "− 3 000 € HT", "négatif"),
        ("valeur_estimee_ht", "de 10 000 à 20 000 € HT", "un seul montant"),
        ("valeur_estimee_ht", "90 000 € ou 110 000 € HT", "un seul montant"),
        ("valeur_estimee_ht", "80 000 € HT par an", "un seul montant"),
        ("valeur_estimee_ht", "lot 1 : 80 000 € HT", "un seul montant"),
        ("duree_mois", "-6 mois", "négati"),
        ("duree_mois", "- 6", "négati"),
        ("duree_mois", "24 à 36 mois", "une seule durée"),
        ("duree_mois", "12 mois et 12 mois", "une seule durée"),
        ("duree_mois", "6 mois et 2 ans", "une seule durée"),
        ("duree_mois", "1 an renouvelable 3 fois", "une seule durée"),
        ("duree_mois", "48 mois maximum", "une seule durée"),
        ("duree_mois", "un an et demi", "une seule durée"),
        ("avance_taux", "-10 %", "négatif"),
        ("avance_taux", "entre 5 et 10 %", "un seul pourcentage"),
        ("avance_taux", "5 % puis 10 %", "un seul pourcentage"),
        ("reservation.part_minimale", "de 30 à 50 %", "un seul pourcentage"),
        ("valeur_estimee_ht", True, "n'est pas un montant"),
        ("duree_mois", "3,5", "n'est pas un nombre entier"),
        ("alloti", "peut-être", "oui ou non"),
        ("date_lancement", "30/02/2026", "n'est pas une date du calendrier"),
        ("avance_taux", "120", "0 à 100"),
        ("reservation.part_minimale", "1,5", "0 à 1"),
        ("acheteur.categorie", "regions", "vouliez-vous dire « region »"),
        ("cpv", "12", "code CPV"),
        ("criteres", "prix", "objet"),
        ("criteres", [{"nm": "Prix"}], "vouliez-vous dire « nom »"),
        ("criteres", [{"poids": 3}], "nom : valeur vide"),
        ("objet", "  ", "valeur vide"),
        ("objet", ["a"], "une seule valeur"),
    ],
)
def test_a_wrong_value_is_refused_with_its_reason(name: str, raw: object, words: str) -> None:
    """A wrong value is refused with its reason."""
    with pytest.raises(ValueError, match=r".") as told:
        parse_value(vocabulary()[name], raw)
    assert words in str(told.value)


def test_declared_facts_carry_their_scope_and_source() -> None:
    """Declared facts carry their scope and source."""
    duration, buyer = declared_facts({"duree_mois": "48", "acheteur.categorie": "region"}, vocabulary(), "--set")
    assert (duration.scope, duration.origin, duration.evidence[0].quote) == (MARCHE, DECLARED, "duree_mois=48")
    assert buyer.scope == ACHETEUR
    assert buyer.evidence[0].document == "--set"


def test_an_unknown_name_is_refused_with_a_suggestion() -> None:
    """An unknown name is refused with a suggestion."""
    with pytest.raises(UsageError, match="Vouliez-vous dire « valeur_estimee_ht »"):
        declared_facts({"valeur_estimee": "3"}, vocabulary(), "--set")


def test_a_wrong_declared_value_names_the_fact() -> None:
    """A wrong declared value names the fact."""
    with pytest.raises(UsageError, match=r"^valeur_estimee_ht : « -3 »"):
        declared_facts({"valeur_estimee_ht": "-3"}, vocabulary(), "--set")


@given(
    st.sampled_from(sorted(vocabulary())),
    st.text(max_size=40) | st.integers() | st.floats() | st.booleans() | st.none(),
)
def test_any_raw_value_is_typed_or_refused(name: str, raw: object) -> None:
    """Any raw value is typed or refused."""
    try:
        found = parse_value(vocabulary()[name], raw)
    except ValueError:
        return
    assert not isinstance(found, float)


@given(
    st.integers(1, 30), st.sampled_from(["an", "ans", "années"]), st.integers(1, 11), st.sampled_from([" et ", ", "])
)
def test_years_and_months_add_up(years: int, word: str, months: int, link: str) -> None:
    """A duration in years and months is their sum, never its first part."""
    assert parse_value(vocabulary()["duree_mois"], f"{years} {word}{link}{months} mois") == 12 * years + months


@given(
    st.sampled_from(["valeur_estimee_ht", "duree_mois", "avance_taux"]),
    st.sampled_from(["environ {}", "{} environ", "{} ou {}", "{} à {}", "-{}", "jusqu'à {}", "{} (lot 1)"]),
    st.integers(1, 99),
)
def test_what_is_around_a_value_is_never_left_out(name: str, frame: str, number: int) -> None:
    """A text that says more than one value is refused: what is around may change it."""
    unit = {"valeur_estimee_ht": "000 € HT", "duree_mois": "mois", "avance_taux": "%"}[name]
    with pytest.raises(ValueError, match=r"attendu|négati|de 0 à 100"):
        parse_value(vocabulary()[name], frame.replace("{}", f"{number} {unit}"))
