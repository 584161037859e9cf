"""Descriptions of a purchase and profiles of a buyer."""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from decimal import Decimal
from types import MappingProxyType

import jsonschema
import pytest
from facts_builders import piece, read, vocabulary

from achats_check.errors import DescriptionError
from achats_check.facts.description import data_facts, description_facts, profile_facts
from achats_check.facts.description_model import description_schema
from achats_check.garbage import not_searched
from achats_check.model.fact import ACHETEUR, DECLARED, FactSet, Scope

_GOOD = {
    "objet": "Entretien des espaces verts",
    "valeur_estimee_ht": 320000,
    "reservation": {"categorie": "aucune"},
    "social.critere_poids": 12.5,
    "labels": [{"nom": "Label du Parc", "equivalent_accepte": True}],
    "labels.equivalence_refusee": False,
    "sourcing": {"operateur_associe": True},
    "acheteur": {"categorie": "region", "spaser": {"adopte": True}},
    "lots": [{"numero": 1, "objet": "Tonte"}, {"numero": "02", "objet": "Taille", "cpv": ["77310000-6"]}],
}


def _read(data: object) -> FactSet:
    return description_facts(json.dumps(data), "json", "achat.json", vocabulary())


def _faults(text: str, format: str = "json") -> list[str]:
    with pytest.raises(DescriptionError) as told:
        description_facts(text, format, "achat.json", vocabulary())
    return told.value.faults


def test_nested_and_dotted_names_are_the_same_facts() -> None:
    """Nested and dotted names are the same facts."""
    facts = _read(_GOOD)
    assert facts.get("reservation.categorie").value == "aucune"  # type: ignore[union-attr]
    assert facts.get("social.critere_poids").value == Decimal("12.5")  # type: ignore[union-attr]
    assert facts.get("labels.equivalence_refusee").value is False  # type: ignore[union-attr]
    assert facts.get("sourcing.operateur_associe").value is True  # type: ignore[union-attr]
    assert facts.get("acheteur.spaser.adopte", ACHETEUR).value is True  # type: ignore[union-attr]


def test_a_fact_points_to_where_it_was_written() -> None:
    """A fact points to where it was written."""
    fact = _read(_GOOD).get("cpv", Scope("lot", "2"))
    assert fact is not None
    assert fact.origin == DECLARED
    assert fact.evidence[0].location.pointer == "/lots/1/cpv"
    assert fact.evidence[0].quote == '["77310000-6"]'


def test_lots_keep_their_order_and_lose_their_leading_zeros() -> None:
    """Lots keep their order and lose their leading zeros."""
    assert _read(_GOOD).lots == ("1", "2")


def test_yaml_reads_as_json_does() -> None:
    """YAML reads as JSON does."""
    text = "objet: Tonte\nvaleur_estimee_ht: 1,2 M€\nalloti: non\nlots:\n  - {numero: 1, objet: Parc}\n"
    facts = description_facts(text, "yaml", "achat.yaml", vocabulary())
    assert facts.get("valeur_estimee_ht").value == 1200000  # type: ignore[union-attr]
    assert facts.get("alloti").value is False  # type: ignore[union-attr]


def test_null_is_unknown() -> None:
    """Null is unknown."""
    assert _read({"objet": None}).get("objet") is None


def test_all_faults_are_told_at_once() -> None:
    """All faults are told at once."""
    faults = "\n".join(
        _faults(
            json.dumps(
                {
                    "valeur_estimee_ht": -3,
                    "typ": "services",
                    "type": "servces",
                    "date_lancement": "2025-02-30",
                    "acheteur": 3,
                    "lots": [{"objet": "Tonte"}, {"numero": 1, "alloti": True}],
                }
            )
        )
    )
    assert "valeur_estimee_ht : « -3 » : un montant ne peut pas être négatif" in faults
    assert "typ : clé inconnue. Vouliez-vous dire « type » ?" in faults
    assert "vouliez-vous dire « services »" in faults
    assert "n'est pas une date du calendrier" in faults
    assert "acheteur : « 3 » n'est pas un objet" in faults
    assert "lots[0].numero : clé obligatoire absente" in faults
    assert "lots[1].alloti : clé inconnue. Ce fait ne se donne pas par lot : " in faults


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"objet": NaN}', "« NaN » n'est pas un nombre"),
        ('{"objet": "a", "objet": "b"}', "clé « objet » répétée"),
        ('{"objet":', "ligne 1"),
        ("[1]", "un objet est attendu"),
        ('{"a":' * 30 + "1" + "}" * 30, "trop profonde"),
        ("[" * 100_000, "trop profonde"),
        ('{"valeur_estimee_ht": 1e400000000}', "trop grand"),
        ('{"valeur_estimee_ht": ' + "9" * 5000 + "}", "nombre est trop long"),
        ('{"lots": [{"numero": 1}, {"numero": "01"}]}', "donné deux fois"),
        ('{"lots": {"numero": 1}}', "n'est pas une liste"),
        ('{"reservation": {"categorie": "ess"}, "reservation.categorie": "ess"}', "donnée deux fois"),
        ('{"acheteur": 3, "acheteur.nom": "x"}', "a déjà une valeur"),
        (" " * 4_000_001, "trop longue"),
    ],
)
def test_what_is_no_description_is_refused(text: str, words: str) -> None:
    """What is no description is refused."""
    assert any(words in fault for fault in _faults(text))


def test_a_broken_yaml_tells_its_line() -> None:
    """A broken YAML tells its line."""
    assert _faults("objet: a\nobjet: b\n", "yaml")[0].startswith("ligne 2")


def test_a_profile_may_leave_out_the_word_acheteur() -> None:
    """A profile may leave out the word “acheteur”."""
    text = "categorie: region\nspaser:\n  adopte: oui\nachats_annuels_ht: 320 M€\nreference_date_achats: 2025\n"
    facts = profile_facts(text, "profil.yaml", vocabulary())
    assert facts.get("acheteur.categorie", ACHETEUR).value == "region"  # type: ignore[union-attr]
    assert facts.get("acheteur.spaser.adopte", ACHETEUR).value is True  # type: ignore[union-attr]
    assert facts.get("acheteur.achats_annuels_ht", ACHETEUR).value == 320_000_000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("spaser: {adopte: oui}", "/spaser/adopte"),
        ("acheteur: {spaser: {adopte: oui}}", "/acheteur/spaser/adopte"),
        ("acheteur.spaser.adopte: oui", "/acheteur.spaser.adopte"),
        ("spaser.adopte: oui", "/spaser.adopte"),
    ],
)
def test_a_profile_is_quoted_where_it_says_it(text: str, pointer: str) -> None:
    """The place told is that of the file, whatever word the profile leaves out."""
    fact = profile_facts(text, "profil.yaml", vocabulary()).get("acheteur.spaser.adopte", ACHETEUR)
    assert fact is not None
    assert fact.evidence[0].location.pointer == pointer


def test_a_profile_may_say_acheteur_and_may_be_json() -> None:
    """A profile may say “acheteur” and may be JSON."""
    facts = profile_facts('{"acheteur": {"categorie": "commune"}}', "profil.json", vocabulary())
    assert facts.get("acheteur.categorie", ACHETEUR).value == "commune"  # type: ignore[union-attr]


def test_a_profile_that_says_a_thing_twice_is_refused() -> None:
    """With and without the word “acheteur” is the same fact: neither value is dropped in silence."""
    with pytest.raises(DescriptionError) as told:
        profile_facts("categorie: region\nacheteur.categorie: commune\n", "profil.yaml", vocabulary())
    assert told.value.faults == ["acheteur.categorie : valeur donnée deux fois"]


def test_plain_values_are_read_without_text() -> None:
    """Plain values are read without text."""
    assert data_facts({"acheteur": {"nom": "Ville d'Exemple"}}, "profil", vocabulary()).get("acheteur.nom", ACHETEUR)


def test_the_schema_accepts_a_good_description_and_refuses_a_bad_one() -> None:
    """The schema accepts a good description and refuses a bad one."""
    schema = description_schema(vocabulary())
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    nested = {**_GOOD, "social": {"critere_poids": 12.5}, "sourcing.operateur_associe": True}
    del nested["social.critere_poids"], nested["sourcing"]
    assert list(check.iter_errors(nested)) == []
    assert list(check.iter_errors({"typ": "services"}))


@pytest.mark.parametrize("written", ["a2", "A2", "0A2", " a2 "])
def test_a_lot_has_one_number_however_it_is_written(written: str) -> None:
    """The lot of a description is the lot of the pieces."""
    described = data_facts({"lots": [{"numero": written, "objet": "Tonte"}]}, "essai", vocabulary())
    pieces = read(piece("Lot A2 : Tonte des pelouses\nLot B1 : Taille des haies"))
    assert described.lots == ("A2",)
    assert pieces.lots == ("A2", "B1")


def test_a_lot_given_twice_under_two_spellings_is_refused() -> None:
    """ "a2" and "A2" are the same lot."""
    with pytest.raises(DescriptionError, match="donné deux fois"):
        data_facts({"lots": [{"numero": "a2"}, {"numero": "A2"}]}, "essai", vocabulary())


def _nested(levels: int) -> dict[str, object]:
    """A mapping whose last value stands so many levels below it."""
    value: object = 1
    for level in range(levels):
        value = {"a": value} if level % 2 or level == levels - 1 else [value]
    assert isinstance(value, dict)
    return value


def test_the_deepest_level_is_the_twentieth() -> None:
    """A value at the limit is judged like any other, one below is too deep, a mapping of any kind counts."""
    assert "trop profonde" not in _faults(json.dumps(_nested(20)))[0]
    assert "trop profonde" in _faults(json.dumps(_nested(21)))[0]
    with pytest.raises(DescriptionError, match="trop profonde"):
        data_facts(MappingProxyType(_nested(21)), "essai", vocabulary())


def test_ten_thousand_lots_are_read_without_a_search_for_cycles() -> None:
    """What grows with the lots is reading them, not looking again and again through what was read."""
    text = "lots:\n" + "".join(f"  - numero: {rank}\n    objet: Site {rank}\n" for rank in range(10_000))
    _read({"objet": "Tonte"})  # builds the model, once
    searches: list[str] = []

    def told(phase: str, _: object) -> None:
        searches.append(phase)

    gc.collect()
    gc.callbacks.append(told)
    try:
        with pytest.raises(DescriptionError, match="trop d'éléments"):
            description_facts(text, "yaml", "achat.yaml", vocabulary())
        assert len(searches) <= 4  # when the searches are allowed again, at the end
    finally:
        gc.callbacks.remove(told)
    assert gc.isenabled()


def test_a_search_for_cycles_that_was_off_stays_off() -> None:
    """Who turned it off keeps it so, and a fault on the way turns nothing off for good."""
    gc.disable()
    try:
        with not_searched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
    with suppress(ValueError), not_searched():
        raise ValueError(gc.isenabled())
    assert gc.isenabled()


def test_a_profile_of_many_keys_names_those_given_twice() -> None:
    """A key and its long form are the same fact, however many others stand between them."""
    keys = {f"acheteur.inconnu{rank}": 1 for rank in range(2_000)}
    with pytest.raises(DescriptionError) as told:
        profile_facts(json.dumps({"population": 1, **keys, "acheteur.population": 2}), "profil.json", vocabulary())
    assert told.value.faults == ["acheteur.population : valeur donnée deux fois"]
