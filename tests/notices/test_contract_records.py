"""Facts of contract records (DECP), in JSON and XML, of 2019 and 2022, with the dirt that is in them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notices_builders import SIRET, fact, facts, value

OLD = {
    "id": "2018-11",
    "acheteur": {"id": SIRET, "nom": "Communaute de communes du Lac"},
    "nature": "MARCHE",
    "objet": "Entretien des sentiers",
    "codeCPV": "77310000-6",
    "procedure": "Procédure adaptée",
    "dureeMois": 39,
    "dateNotification": "2018-12-03+01:00",
    "montant": 80000,
    "formePrix": "Révisable",
}
NEW = {
    **OLD,
    "considerationsSociales": {"considerationSociale": ["Clause sociale", "Critère social"]},
    "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
    "techniques": {"technique": ["Accord-cadre"]},
    "marcheInnovant": False,
    "ccag": "Travaux",
}


def record(**changes: object) -> str:
    """A record of 2022 in its file."""
    return json.dumps({"marches": {"marche": [{**NEW, **changes}]}})


def said(text: str, name: str) -> object:
    """The value of a fact of a JSON record."""
    return value(text, name, file="decp.json")


def test_the_schema_of_2019() -> None:
    """A list of contracts with one in it."""
    found = facts(json.dumps({"marches": [OLD]}), name="decp.json")
    assert value(found, "objet") == "Entretien des sentiers"
    assert value(found, "cpv") == ("77310000",)
    assert value(found, "procedure.type") == "procedure_adaptee"
    assert value(found, "duree_mois") == 39
    assert value(found, "execution.date_notification") == date(2018, 12, 3)
    assert value(found, "execution.montant_ht") == Decimal(80000)
    assert value(found, "contrat") == "marche"
    assert value(found, "acheteur.siret") == SIRET
    assert value(found, "acheteur.categorie") in ("epci", "conflict")
    assert value(found, "date_lancement") == "unknown"
    assert value(found, "valeur_estimee_ht") == "unknown"


def test_the_schema_of_2022() -> None:
    """Considerations combine; a declared absence is one."""
    found = facts(record(), name="decp.json")
    assert value(found, "social.condition_execution") is True
    assert value(found, "social.critere") is True
    assert value(found, "environnement.condition_execution") is False
    assert value(found, "environnement.critere") is False
    assert value(found, "avis.objectif_social") is True
    assert value(found, "avis.objectif_environnemental") is False
    assert value(found, "forme") == "accord_cadre"
    assert value(found, "innovant") is False
    assert value(found, "ccag") == "travaux"
    assert fact(found, "social.condition_execution").evidence[0].role == "DECP"


@pytest.mark.parametrize(
    ("considerations", "clause", "reservation"),
    [
        (["Pas de considération sociale"], False, "aucune"),
        (["Clause sociale"], True, "unknown"),
        (["Marché réservé"], "unknown", "unknown"),
        (["Marché réservé", "Pas de considération sociale"], "unknown", "unknown"),
        (["Clause sociale", "Pas de considération sociale"], "conflict", "unknown"),
        ([], "unknown", "unknown"),
        (["CLAUSE SOCIALE"], True, "unknown"),
    ],
)
def test_social_considerations(considerations: list[str], clause: object, reservation: str) -> None:
    """ "None" is declared, an empty list says nothing, "reserved" does not say to whom."""
    text = record(considerationsSociales={"considerationSociale": considerations})
    assert said(text, "social.condition_execution") == clause
    assert said(text, "reservation.categorie") == reservation


def test_considerations_as_a_plain_list() -> None:
    """Some publishers drop the inner key."""
    assert said(record(considerationsSociales=["Clause sociale"]), "social.condition_execution") is True


def test_xml_says_the_same() -> None:
    """The official XML of 2022."""
    text = (
        "<marches><marche><id>1</id><acheteur><id>" + SIRET + "</id></acheteur><nature>Marché</nature>"
        "<objet>Entretien</objet><codeCPV>77310000-6</codeCPV><procedure>Appel d'offres ouvert</procedure>"
        "<dureeMois>48</dureeMois><dateNotification>2024-05-15</dateNotification><montant>575000</montant>"
        "<considerationsSociales><considerationSociale>Clause sociale</considerationSociale>"
        "<considerationSociale>Critère social</considerationSociale></considerationsSociales></marche></marches>"
    )
    found = facts(text, name="decp.xml")
    assert value(found, "procedure.type") == "appel_offres_ouvert"
    assert value(found, "social.condition_execution") is True
    assert value(found, "social.critere") is True
    assert value(found, "duree_mois") == 48
    assert value(found, "execution.montant_ht") == Decimal(575000)


def test_a_concession() -> None:
    """Its buyer, its amount and its date have other names."""
    data = {
        "id": "1",
        "autoriteConcedante": {"id": SIRET},
        "nature": "Concession de service",
        "dateSignature": "2024-04-02",
    }
    text = json.dumps({"marches": {"contrat-concession": [{**data, "valeurGlobale": 900000}]}})
    assert said(text, "contrat") == "concession"
    assert said(text, "execution.montant_ht") == Decimal(900000)
    assert said(text, "acheteur.siret") == SIRET


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("77310000", ("77310000",)),
        ("77310000-6", ("77310000",)),
        ("773100006", ("77310000",)),
        ("9132100", ("09132100",)),
        ("7731 0000", ("77310000",)),
        ("7", "unknown"),
        ("00000000", "unknown"),
        ("espaces verts", "unknown"),
    ],
)
def test_codes_are_repaired_or_refused(code: str, expected: object) -> None:
    """A lost zero and a check digit are mended; anything else is no code."""
    assert said(record(codeCPV=code), "cpv") == expected


@pytest.mark.parametrize("amount", [0, 1, None, 999999999, 1e17, -5, "néant"])
def test_placeholder_amounts_are_unknown_with_a_note(amount: object) -> None:
    """The record keeps the field, and says why it is no amount."""
    found = fact(record(montant=amount), "execution.montant_ht", file="decp.json")
    assert found.status == "unknown"
    if amount is not None:
        assert found.search is not None
        assert found.search.nearest_reason


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({"dureeMois": 0}, "duree_mois", "unknown"),
        ({"dureeMois": 5000}, "duree_mois", "unknown"),
        ({"dateNotification": "2018-13-40"}, "execution.date_notification", "unknown"),
        ({"dateNotification": ""}, "execution.date_notification", "unknown"),
        (
            {"procedure": "Marché négocié sans publicité ni mise en concurrence préalable"},
            "procedure.type",
            "sans_publicite_ni_mise_en_concurrence",
        ),
        ({"procedure": "Proc\ufffddure adapt\ufffde"}, "procedure.type", "unknown"),
        ({"acheteur": {"id": "0"}}, "acheteur.siret", "unknown"),
    ],
)
def test_dirt_is_unknown(changes: dict[str, object], name: str, expected: object) -> None:
    """A field that makes no sense says nothing."""
    assert said(record(**changes), name) == expected


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(NEW)), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(changes=st.dictionaries(st.sampled_from(sorted(NEW)), _JSON, max_size=6))
def test_no_garbage_crashes(changes: dict[str, object]) -> None:
    """Whatever the fields of a record hold, facts are read or not."""
    found = facts(record(**{**changes, "dateNotification": "2018-12-03"}), name="decp.json")
    assert value(found, "execution.date_notification") == date(2018, 12, 3)


def test_the_same_dirt_as_in_a_table() -> None:
    """A buyer under a dotted key, a zero in the field of the other kind, a reserved concession."""
    flat = {name: held for name, held in OLD.items() if name != "acheteur"} | {"acheteur.id": SIRET}
    found = facts(json.dumps({"marches": [{**flat, "valeurGlobale": 0.0}]}), name="decp.json")
    assert (value(found, "acheteur.siret"), value(found, "execution.montant_ht")) == (SIRET, Decimal(80000))
    said = {"considerationSociale": ["Concession réservée"]}
    found = facts(record(nature="Concession de service", considerationsSociales=said), name="decp.json")
    assert (value(found, "avis.objectif_social"), value(found, "reservation.categorie")) == (True, "unknown")
