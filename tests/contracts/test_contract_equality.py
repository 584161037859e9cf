"""A contract says the same alone in a dossier and in a table: the scalar reading and the row agree, fact for fact."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from contracts_builders import SIRET, TODAY, book, contract, document, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.contracts.contract_reader import ContractReader, Origin
from achats_check.contracts.settings import load_settings
from achats_check.contracts.xml_records import xml_records
from achats_check.model.fact import KNOWN, STRUCTURED

_SOCIAL = (
    "Clause sociale",
    "Critère social",
    "Marché réservé",
    "Pas de considération sociale",
    "CLAUSE SOCIALE",
    "Sans objet",
    "oui",
    "Non",
)
_GREEN = (
    "Clause environnementale",
    "Critère environnemental",
    "Pas de considération environnementale",
    "autre",
    "oui",
    "false",
)
_AMOUNTS = (0, 1, None, -5, 80000, 80000.5, 999999999, 123456.78, 1e17, "12 000,50", "NC", 5e-324, "1e400")
_DAYS = (
    "2024-05-15",
    "2018-12-03+01:00",
    "2019-01-01T00:00:00Z",
    "0222-04-29",
    "2024-13-40",
    "",
    "le 3 mai",
    "20240515",
)
_NAMES = (
    "Commune de Saint-Firmin",
    "Communauté de communes du Lac",
    "Soci\ufffdt\ufffd",
    "AB",
    "Région Centre\nLoire",
    "",
)
_SIRETS = (SIRET, "213 999 999 00005", "21399999900006", "00000000000000", "35600000049837", "", "22750001600019")


def optional(values: Any) -> st.SearchStrategy[Any]:
    """One of some values, or no field at all."""
    return st.none() | st.sampled_from(values)


_NATURES = (
    *("Marché", "MARCHE", "Accord-cadre", "Marché subséquent", "Concession de service", "Autre"),
    "Marché de défense ou de sécurité",
)
_CPV = (
    "77310000",
    "77310000-6",
    "773100006",
    "773100007",
    "9132100",
    "7",
    "00000000",
    "espaces verts",
    9310000,
    77310000,
)
_PROCEDURES = (
    *("Procédure adaptée", "PROCEDURE ADAPTEE", "Appel d'offres ouvert", "Appel d’offres ouvert", "MAPA"),
    *("Proc\ufffddure adapt\ufffde", "Procédure négociée ouverte", "Dialogue compétitif"),
)


def several(values: Any, wrapper: str) -> st.SearchStrategy[Any]:
    """No field, a list under its inner key, or the list itself."""
    listed = st.lists(st.sampled_from(values), max_size=3)
    return st.none() | st.fixed_dictionaries({wrapper: listed}) | listed


_CONTRACTS = st.fixed_dictionaries(
    {
        "acheteur": st.fixed_dictionaries({"id": st.sampled_from(_SIRETS), "nom": st.sampled_from(_NAMES)}),
        "nature": optional(_NATURES),
        "objet": optional(("Entretien des sentiers", "  Tonte \n et taille ", "T", "Cr\ufffdche", "unpublished")),
        "codeCPV": optional(_CPV),
        "procedure": optional(_PROCEDURES),
        "dureeMois": optional((12, 0, -3, 48, 121, 365, 5000, "36", "36.4", "un an", 12.0)),
        "dateNotification": optional(_DAYS),
        "dateSignature": optional(_DAYS),
        "montant": st.sampled_from(_AMOUNTS),
        "valeurGlobale": st.none() | st.sampled_from(_AMOUNTS),
        "formePrix": optional(("Ferme", "Révisable", "Unitaire")),
        "typesPrix": several(("Définitif ferme", "Définitif révisable"), "typePrix"),
        "techniques": several(("Accord-cadre", "Concours", "Sans objet"), "technique"),
        "considerationsSociales": several(_SOCIAL, "considerationSociale"),
        "considerationsEnvironnementales": several(_GREEN, "considerationEnvironnementale"),
        "marcheInnovant": optional((True, False, "oui", "0", "peut-être")),
        "attributionAvance": optional((True, False, "oui", "1")),
        "ccag": optional(("Travaux", "Pas de CCAG", "Prestations intellectuelles", "Inconnu")),
    }
)


def scalar(text: str, name: str) -> dict[str, Any]:
    """What the reading of a dossier knows of a record."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        facts = facts_of(path)
    return {f.name: f.value for f in facts if f.status == KNOWN and f.origin == STRUCTURED}


@cache
def reader() -> ContractReader:
    """The reader of a table, which remembers what it read."""
    return ContractReader(book(), load_settings(), TODAY)


def tabular(record: Any) -> dict[str, Any]:
    """What the row of a table knows of it."""
    row, _ = reader().row(record, 1, Origin("a"))
    return {name: value for name, value in row.items() if value is not None and name in book().vocabulary}


def same(value: Any, other: Any) -> bool:
    """Whether two values are, to the ten-thousandth at which a table reads numbers."""
    if isinstance(value, Decimal) or isinstance(other, Decimal):
        return abs(Decimal(value) - Decimal(other)) < Decimal("0.00005")
    return bool(value == other)


def differences(record: dict[str, Any], name: str, text: str, read_record: Any) -> dict[str, Any]:
    """The facts on which the two readings differ, with both values."""
    alone, row = scalar(text, name), tabular(read_record)
    return {
        fact: (alone.get(fact), row.get(fact))
        for fact in sorted({*alone, *row})
        if fact not in alone or fact not in row or not same(alone[fact], row[fact])
    }


@settings(max_examples=250)
@given(record=_CONTRACTS)
def test_json(record: dict[str, Any]) -> None:
    """Every fact, known or not, of contracts with every kind of dirt."""
    held = {field: value for field, value in record.items() if value is not None}
    text = document({"id": "1", **held})
    (value,) = json.loads(text)["marches"]["marche"]
    assert differences(record, "decp.json", text, value) == {}


@settings(max_examples=60)
@given(record=_CONTRACTS)
def test_xml(record: dict[str, Any]) -> None:
    """The same from XML, empty elements included."""
    from xml.sax.saxutils import escape

    def element(name: str, value: Any) -> str:
        values = value if isinstance(value, list) else [value]
        return "".join(f"<{name}>{body(one)}</{name}>" for one in values)

    def body(value: Any) -> str:
        if isinstance(value, dict):
            return "".join(element(name, child) for name, child in value.items())
        return "" if value is None else escape(str(value).lower() if isinstance(value, bool) else str(value))

    text = f"<marches><marche>{body({'id': '1', **record})}</marche></marches>"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        path.write_text(text, encoding="utf-8")
        (item,) = xml_records(path)
    assert differences(record, "decp.xml", text, item.value) == {}


def test_a_whole_contract_is_read_whole() -> None:
    """The equality above is not that of two silences."""
    known = tabular(contract())
    assert known["procedure.type"] == "procedure_adaptee"
    assert known["cpv"] == ("77310000",)
    assert known["execution.montant_ht"] == Decimal(80000)
    assert known["execution.date_notification"] == date(2024, 5, 15)
    assert known["social.condition_execution"] is True
    assert known["environnement.critere"] is False
    assert known["acheteur.categorie"] == "commune"
    assert "valeur_estimee_ht" not in known
    assert len(known) >= 13
