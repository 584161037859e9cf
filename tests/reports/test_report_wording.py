"""How values, places and lists are written in French."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from achats_check.model.document import ROLES
from achats_check.model.fact import Evidence, Location, Search
from achats_check.reports.citing import nearest_lines, passage
from achats_check.reports.piece_words import pieces_with_article, role_name
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary
from achats_check.wording import (
    enum_label,
    flatten,
    format_amount,
    format_date,
    format_location,
    format_value,
    join_french,
    shorten,
)

VOCABULARY = load_vocabulary(rules_root())


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("valeur_estimee_ht", Decimal(320000), "320\u202f000\u00a0€\u00a0HT"),
        ("valeur_estimee_ht", Decimal("90000.5"), "90\u202f000,50\u00a0€\u00a0HT"),
        ("acheteur.achats_annuels_ht", Decimal("1E+8"), "100\u202f000\u202f000\u00a0€\u00a0HT par an"),
        ("conventionnement.montant", Decimal(23000), "23\u202f000\u00a0€"),
        ("duree_mois", 48, "48\u00a0mois"),
        ("delai_paiement_jours", 1, "1\u00a0jour"),
        ("social.heures_insertion", Decimal("1820.0"), "1\u202f820\u00a0heures"),
        ("avance_taux", Decimal("12.50"), "12,5\u00a0%"),
        ("reservation.part_minimale", Decimal("0.5"), "50\u00a0%"),
        ("reference_date_achats", 2025, "2025"),
        ("chiffre_affaires_minimal_ratio", Decimal("1.5"), "1,5\u00a0fois"),
        ("acheteur.spaser.indicateurs_annees", Decimal(2), "2\u00a0ans"),
        ("acheteur.population", 1250000, "1\u202f250\u202f000"),
        ("date_lancement", date(2026, 10, 1), "1er\u00a0octobre 2026"),
        ("alloti", True, "oui"),
        ("alloti", False, "non"),
        ("procedure.type", "procedure_adaptee", "procédure adaptée"),
        ("reservation.categorie", "handicap_et_insertion", "handicap et insertion"),
        ("acheteur.categorie", "etat", "État"),
        ("cpv", ("77310000", "90900000"), "77310000 et 90900000"),
        ("social.modalites", ("embauche_directe", "co_traitance"), "embauche directe et cotraitance"),
        ("famille_achats.commandes_12_mois", (Decimal(12000),), "12\u202f000\u00a0€\u00a0HT"),
        ("criteres", ({"nom": "Prix", "poids": Decimal(40), "nature": "prix"},), "Prix (40, prix)"),
        (
            "labels",
            ({"nom": "Écolabel", "equivalent_accepte": True},),
            "Écolabel (équivalent accepté\u00a0: oui)",
        ),
        ("acheteur.nom", None, "non renseigné"),
    ],
)
def test_a_value_is_written_by_its_type_and_unit(name: str, value: Any, written: str) -> None:
    """Every type of the vocabulary has its French form."""
    assert format_value(VOCABULARY[name], value) == written


def test_a_value_without_a_spec_is_written_by_its_own_type() -> None:
    """Parameters and computed figures have no spec."""
    assert format_value(None, True) == "oui"
    assert format_value(None, Decimal("0.1")) == "0,1"
    assert format_value(None, date(2026, 8, 22)) == "22\u00a0août 2026"


def test_no_value_of_the_vocabulary_keeps_an_underscore() -> None:
    """An enum never shows its identifier."""
    values = [value for spec in VOCABULARY.values() for value in spec.values]
    assert [value for value in values if "_" in enum_label(value)] == []


def test_units_of_the_law_are_read_in_any_case() -> None:
    """The rules write EUR_HT, mois, pourcent; a pack may write its units in capitals."""
    assert format_amount(Decimal(6), "MOIS") == "6\u00a0mois"
    assert format_amount(Decimal(5), "eur_ht") == format_amount(Decimal(5), "EUR_HT") == "5\u00a0€\u00a0HT"


def test_a_unit_of_a_pack_is_written_as_it_is() -> None:
    """A unit the program has no words for is shown, underscores as spaces, never dropped."""
    assert format_amount(Decimal(5), "places_de_creche") == "5\u00a0places de creche"


def test_first_of_the_month_is_ordinal() -> None:
    """French dates write 1er, then plain numbers."""
    assert format_date(date(2026, 1, 1)).startswith("1er")
    assert format_date(date(2026, 1, 2)).startswith("2\u00a0")


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        (
            Evidence("d/CCAP.pdf", "CCAP", "q", Location(4, "6.2", "Avance", 1)),
            "CCAP, art.\u00a06.2, p.\u00a04",
        ),
        (Evidence("d/CCAP.docx", "CCAP", "q", Location(None, "", "", 41)), "CCAP, §\u00a042"),
        (Evidence("d/a.json", "DESCRIPTION", "q", Location(pointer="/avance")), "a.json, /avance"),
        (Evidence("--set", "", "q"), "déclaré (--set)"),
        (Evidence("d/note.pdf", "AUTRE", "q", Location(2)), "note.pdf, p.\u00a02"),
    ],
)
def test_a_place_is_named_as_people_look_for_it(evidence: Evidence, place: str) -> None:
    """Piece, article, page; the paragraph only when nothing else tells."""
    assert format_location(evidence) == place


def test_words_are_joined_as_in_a_sentence() -> None:
    """The last one comes after "et"."""
    assert [join_french(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]


def test_a_text_is_cut_between_words_and_cannot_drive_the_terminal() -> None:
    """Blanks collapse, escape sequences lose their escape, the ellipsis counts."""
    assert shorten("Le titulaire \t réserve\ndes heures", 20) == "Le titulaire…"
    assert shorten("court", 20) == "court"
    assert flatten("a\x1b[31m\x07b\u202ec") == "a[31mbc"
    assert flatten("320\u202f000\u00a0€  HT") == "320\u202f000\u00a0€ HT"


def test_no_piece_is_called_by_the_code_of_its_role() -> None:
    """Initials that buyers use stay; the other roles have their French name, and the article it takes."""
    initials = {"AAPC", "RC", "CCAP", "CCTP", "CCP", "AE", "CCAG"}
    for role in ROLES.keys() - initials:
        assert role not in pieces_with_article((role,))
        assert role not in role_name(role)
    assert pieces_with_article(("AVIS", "RAPPORT", "ANNEXE")) == "l'avis, le rapport de présentation ou l'annexe"


def test_a_piece_read_in_part_is_not_asked_for_as_if_it_had_not_been_given() -> None:
    """The CCTP of some lots was read: that of the others would tell."""
    assert pieces_with_article(("CCTP", "RC"), begun=("CCTP",)) == "le reste du CCTP ou le RC"
    assert pieces_with_article(("AE",), begun=("AE",)) == "le reste de l'AE"
    assert pieces_with_article(("QR",), begun=("QR",)) == "le reste des questions et réponses"
    assert role_name("RAPPORT") == "rapport de présentation"
    assert role_name("RC", 2) == "2\u00a0RC"


@pytest.mark.parametrize(
    ("quote", "value", "words"),
    [
        ("MARCHE_RESERVE_NON", "aucune", "(aucune)"),
        ("none", "aucune", "(aucune)"),
        ("open", "appel_offres_ouvert", "(appel d'offres ouvert)"),
        ("AC_PRICE", "Prix", "(Prix)"),
        ("yes", True, "(oui)"),
        ("Nettoyage", "Nettoyage", ""),
        ("2214990", True, ""),
        ("Aucune variante", False, ""),
        ("open", None, ""),
    ],
)
def test_a_code_is_quoted_with_what_it_means(quote: str, value: str | bool | None, words: str) -> None:
    """The quote stays what the field holds, to the letter; a reader gets the words beside it."""
    field = Evidence("avis.xml", "AAPC", quote, Location(heading="BT-71", pointer="/Notice/Code"), value)
    assert passage(field).endswith(f"« {quote} » {words}".rstrip().replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    in_a_piece = field._replace(location=Location(page=2))
    assert passage(in_a_piece).endswith("\u00a0»")


def test_what_a_code_means_and_why_it_does_not_count_share_their_brackets() -> None:
    """« AC_PRICE » (Prix ; critère seul)."""
    field = Evidence("avis.xml", "AVIS", "AC_PRICE", Location(pointer="/x"), "Prix")
    assert nearest_lines(Search(nearest=field, nearest_reason="critère seul"))[0].endswith("(Prix ; critère seul)")
