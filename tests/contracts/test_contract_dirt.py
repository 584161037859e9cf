"""Every dirt that award data have: survived, counted, never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import FIRM, OTHER_FIRM, SIRET, contract, defects, document, row, source


def one(folder: Path, **changes: Any) -> tuple[dict[str, Any], dict[tuple[str, str], int]]:
    """The row of a contract, and its defects."""
    (found,), report = source(folder, document(contract(**changes)))
    return found, defects(report)


@pytest.mark.parametrize(
    ("code", "expected", "kind"),
    [
        ("77310000", ["77310000"], None),
        ("77310000-6", ["77310000"], None),
        ("773100006", ["77310000"], "repare"),
        ("773100005", None, "refuse"),
        ("9132100", ["09132100"], "repare"),
        ("4500000", None, "refuse"),
        ("12345678", None, "refuse"),
        ("0", None, "refuse"),
        (9310000, ["09310000"], "repare"),
    ],
)
def test_cpv(code: Any, expected: Any, kind: str | None, tmp_path: Path) -> None:
    """A lost zero, a check digit without its dash when it is the right one; anything else is unknown."""
    found, wrong = one(tmp_path, codeCPV=code)
    assert found["cpv"] == expected
    assert wrong == ({} if kind is None else {("codeCPV", kind): 1})
    assert found["repares" if kind == "repare" else "refuses"] == ([] or None if kind is None else ["codeCPV"])


@pytest.mark.parametrize("amount", [0, -3, 1, 999999999, 1e17, 123456.78, 987654.32, "NC", "inf"])
def test_amounts(amount: Any, tmp_path: Path) -> None:
    """What is typed not to tell is unknown, with the reason."""
    found, wrong = one(tmp_path, montant=amount)
    assert found["execution.montant_ht"] is None
    assert found["montant_initial_ht"] is None
    assert wrong == {("montant", "refuse"): 1}


def test_nan_and_no_amount(tmp_path: Path) -> None:
    """NaN is no amount; a null says nothing, and is no defect."""
    text = document(contract(montant=80000)).replace(": 80000,", ": NaN,")
    (found,), report = source(tmp_path, text, "nan.json")
    assert (found["execution.montant_ht"], defects(report)) == (None, {("montant", "refuse"): 1})
    text = document(contract(montant=80000)).replace(": 80000,", ": null,")
    (found,), report = source(tmp_path, text, "null.json")
    assert (found["execution.montant_ht"], defects(report)) == (None, {})


@pytest.mark.parametrize("months", ["NaN", "Infinity", "-Infinity"])
def test_a_duration_that_is_no_number(months: str, tmp_path: Path) -> None:
    """One field of one contract is refused: the others of the file are read."""
    text = document(contract(), contract(id="2")).replace(": 36,", f": {months},", 1)
    found, report = source(tmp_path, text, "nan.json")
    assert [row["duree_mois"] for row in found] == [None, 36]
    assert defects(report) == {("dureeMois", "refuse"): 1}


@pytest.mark.parametrize(
    ("written", "expected", "refused"),
    [
        ("2018-12-03+01:00", date(2018, 12, 3), 0),
        ("2018-02-30", None, 1),
        ("0222-04-29", None, 1),
        ("2031-01-01", None, 1),
        ("2026-11-22", None, 1),
        ("2026-11-21", date(2026, 11, 21), 0),
        (None, None, 0),
    ],
)
def test_days(written: Any, expected: Any, refused: int, tmp_path: Path) -> None:
    """With a zone, impossible, after the day of the audit, missing."""
    found, wrong = one(tmp_path, dateNotification=written)
    assert found["execution.date_notification"] == expected
    assert found["annee"] == (expected.year if expected else None)
    assert wrong.get(("dateNotification", "refuse"), 0) == refused


def test_durations(tmp_path: Path) -> None:
    """Ten years are the most that is believed of a contract, not of a concession."""
    assert one(tmp_path, dureeMois=365)[0]["duree_mois"] is None
    assert one(tmp_path / ".", dureeMois=120, id="2")[1] == {}
    found, wrong = one(tmp_path, dureeMois=240, nature="Concession de service", id="3")
    assert (found["duree_mois"], wrong) == (240, {})


def test_names_of_codes(tmp_path: Path) -> None:
    """Capitals are read; a name outside the list is counted; one that says nothing of any fact is not."""
    assert one(tmp_path, nature="ACCORD-CADRE", procedure="APPEL D'OFFRES OUVERT")[0]["forme"] == "accord_cadre"
    found, wrong = one(tmp_path, procedure="MAPA ouvert", id="2")
    assert (found["procedure.type"], wrong) == (None, {("procedure", "refuse"): 1})
    assert one(tmp_path, procedure="Procédure négociée ouverte", id="3")[1] == {}


def test_lost_characters_are_told(tmp_path: Path) -> None:
    """The text is kept as it is."""
    found, wrong = one(tmp_path, objet="Cr\ufffdche")
    assert (found["objet"], wrong) == ("Cr\ufffdche", {("objet", "signale"): 1})


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (FIRM, [FIRM]),
        ("35600000049837", ["35600000049837"]),
        ("732829320", ["SIREN:732829320"]),
        ("732829321", None),
        ("12345678901234", None),
        ("00000000000000", None),
    ],
)
def test_holders(identifier: str, expected: Any, tmp_path: Path) -> None:
    """A SIRET is checked, La Poste's by its own rule; zeros are none."""
    found, wrong = one(tmp_path, titulaires=[{"titulaire": {"id": identifier, "typeIdentifiant": "SIRET"}}])
    assert found["titulaires"] == expected
    assert wrong.get(("titulaires", "refuse"), 0) == (expected is None)


def test_holders_in_every_shape(tmp_path: Path) -> None:
    """Sorted, each once, with the register of foreign ones; concessions have their own word."""
    several = [
        {"id": OTHER_FIRM, "denominationSociale": "B"},
        {"id": FIRM},
        {"id": FIRM},
        {"id": "fr21", "typeIdentifiant": "TVA"},
    ]
    found = row(tmp_path, titulaires=several)
    assert found["titulaires"] == [FIRM, OTHER_FIRM, "TVA:FR21"]
    assert found["titulaires_noms"] == ["B"]
    found = row(tmp_path, id="2", titulaires=None, concessionnaires=[{"concessionnaire": {"id": FIRM}}])
    assert found["titulaires"] == [FIRM]


@pytest.mark.parametrize(
    ("written", "values", "state", "clause"),
    [
        (
            {"considerationSociale": ["Clause sociale", "Critère social"]},
            ["Clause sociale", "Critère social"],
            "declarees",
            True,
        ),
        ({"considerationSociale": ["Pas de considération sociale"]}, [], "absence_declaree", False),
        ({"considerationSociale": []}, None, "manquantes", None),
        ({"considerationSociale": ["Sans objet"]}, None, "manquantes", None),
        ({"considerationSociale": ["Clause sociale", "Pas de considération sociale"]}, None, "manquantes", None),
        ({"considerationSociale": ["Marché réservé"]}, ["Marché réservé"], "declarees", None),
        (["CLAUSE SOCIALE"], ["Clause sociale"], "declarees", True),
        (None, None, "manquantes", None),
    ],
)
def test_considerations(written: Any, values: Any, state: str, clause: Any, tmp_path: Path) -> None:
    """Declared, declared absent, missing; a contradiction is unknown."""
    found = row(tmp_path, considerationsSociales=written)
    assert (found["considerations_sociales"], found["etat_sociales"]) == (values, state)
    assert found["social.condition_execution"] is clause


def test_a_contradiction_is_counted(tmp_path: Path) -> None:
    """With what is written."""
    both = {"considerationSociale": ["Clause sociale", "Pas de considération sociale"]}
    found, wrong = one(tmp_path, considerationsSociales=both)
    assert wrong[("considerationsSociales", "refuse")] == 1
    assert "considerationsSociales" in found["refuses"]
    assert (found["social.critere"], found["reservation.categorie"], found["avis.objectif_social"]) == (
        None,
        None,
        None,
    )


def test_the_schema_of_2019_has_no_considerations(tmp_path: Path) -> None:
    """Not applicable is not missing."""
    old = contract(considerationsSociales=None, considerationsEnvironnementales=None)
    (found,), _ = source(tmp_path, document(old))
    assert (found["etat_sociales"], found["etat_environnementales"]) == ("hors_champ", "hors_champ")


def test_identities(tmp_path: Path) -> None:
    """The uid of the file, else buyer and number, else the rank: never nothing."""
    assert row(tmp_path, uid="u1")["uid"] == "u1"
    assert row(tmp_path, id="7")["uid"] == f"{SIRET}7"
    found, wrong = one(tmp_path, id=None)
    assert (found["uid"], wrong) == ("decp.json#1", {("uid", "refuse"): 1})
    assert row(tmp_path, acheteur=None, id="8")["uid"] == "decp.json#1"


def test_the_awarded_amount_is_no_estimate(tmp_path: Path) -> None:
    """Of the columns of the table, only one holds it."""
    found = row(tmp_path)
    assert found["execution.montant_ht"] == 80000
    assert not [name for name in found if name.startswith("valeur_")]
