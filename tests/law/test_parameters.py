"""Dated values: the legal file to the letter, both sides of each date, the buyer and nature they are for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.law.builders import bare_book, context

from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import missing_facts
from achats_check.model.finding import TraceNode
from achats_check.model.rule import Condition, Operand

LAW = Path(__file__).resolve().parents[2].parent / "shared" / "law" / "law.yaml"
BOOK = bare_book()


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """Return a rulebook without rules."""
    return BOOK


@pytest.mark.parametrize("name", sorted(BOOK.parameters))
def test_each_date_changes_the_rows_in_force(book: Rulebook, name: str) -> None:
    """A row is in force on its first and last day, and not the day before nor the day after."""
    for row in book.parameters[name].rows:
        assert row.in_force(row.since)
        assert not row.in_force(row.since - timedelta(1))
        if row.until:
            assert row.in_force(row.until)
            assert not row.in_force(row.until + timedelta(1))


@pytest.mark.parametrize("name", sorted(BOOK.parameters))
def test_uncertain_values_say_what_to_check(book: Rulebook, name: str) -> None:
    """A value that is uncertain or not known tells what to read."""
    for row in book.parameters[name].rows:
        assert row.basis
        if row.confidence == "incertaine" or row.value is None:
            assert row.check


RESOLVED = [
    (
        "seuil_ue.formalise",
        "2026-10-01",
        {"acheteur.categorie": "region", "type": "services", "objet": "Tonte"},
        [216000],
    ),
    (
        "seuil_ue.formalise",
        "2025-12-31",
        {"acheteur.categorie": "region", "type": "services", "objet": "Tonte"},
        [221000],
    ),
    (
        "seuil_ue.formalise",
        "2026-10-01",
        {"acheteur.categorie": "etat", "type": "services", "objet": "Tonte"},
        [140000],
    ),
    (
        "seuil_ue.formalise",
        "2026-10-01",
        {"acheteur.categorie": "epa_etat", "type": "fournitures", "objet": "Papier"},
        [140000],
    ),
    ("seuil_ue.formalise", "2026-10-01", {"acheteur.categorie": "entite_adjudicatrice", "type": "services"}, [432000]),
    ("seuil_ue.formalise", "2026-10-01", {"acheteur.categorie": "etat", "type": "travaux"}, [5404000]),
    (
        "seuil_ue.formalise",
        "2026-10-01",
        {"acheteur.categorie": "etablissement_sante", "type": "services", "objet": "Linge"},
        [216000],
    ),
    (
        "seuil_ue.formalise",
        "2026-10-01",
        {"acheteur.categorie": "commune", "type": "services", "objet": "Réseau d'eau potable"},
        [216000, 432000],
    ),
    (
        "seuil_ue.formalise",
        "2026-10-01",
        {"acheteur.categorie": "etat", "type": "services", "regime": "defense_securite", "objet": "Gardes"},
        [432000],
    ),
    (
        "seuil_ue.formalise",
        "2028-01-01",
        {"acheteur.categorie": "region", "type": "services", "objet": "Tonte"},
        [None],
    ),
    (
        "clause_sociale.seuil",
        "2026-10-01",
        {"acheteur.categorie": "region", "type": "services", "cpv": ["85311000"], "objet": "Aide"},
        [216000, 750000],
    ),
    ("dispense.montant", "2026-03-31", {"type": "services"}, [40000]),
    ("dispense.montant", "2026-04-01", {"type": "services"}, [60000]),
    ("dispense.montant", "2020-07-24", {"type": "travaux"}, [70000]),
    ("dispense.montant", "2027-01-01", {"type": "travaux"}, [100000, 140000]),
    ("dispense.montant", "2026-10-01", {}, [60000, 100000]),
    ("spaser.achats_annuels", "2022-12-31", {"acheteur.categorie": "region"}, [100000000]),
    ("spaser.achats_annuels", "2023-01-01", {"acheteur.categorie": "region"}, [50000000]),
    ("spaser.achats_annuels", "2023-10-24", {"acheteur.categorie": "etat"}, []),
    ("spaser.achats_annuels", "2023-10-25", {"acheteur.categorie": "etat"}, [50000000]),
    ("paiement.delai", "2026-10-01", {"acheteur.categorie": "etablissement_sante"}, [50]),
    ("paiement.delai", "2026-10-01", {"acheteur.categorie": "commune"}, [30]),
    ("paiement.delai", "2026-10-01", {"acheteur.categorie": "autre"}, [30, 60]),
    ("paiement.delai", "2026-10-01", {"acheteur.categorie": "autre", "acheteur.entreprise_publique": True}, [60]),
    ("seuil_ue.concession", "2026-10-01", {"contrat": "concession"}, [5404000]),
]


@pytest.mark.parametrize(("name", "day", "declared", "expected"), RESOLVED)
def test_resolution(book: Rulebook, name: str, day: str, declared: dict[str, Any], expected: list[int | None]) -> None:
    """A parameter is resolved by day, buyer and nature; what is not settled leaves several candidates."""
    rows = context(book, declared, date.fromisoformat(day)).rows(name)
    values = sorted({row.value for row in rows}, key=lambda v: v or Decimal(0))
    assert values == [None if value is None else Decimal(value) for value in expected]


def legal_thresholds() -> list[dict[str, Any]]:
    """Return the thresholds of the legal file."""
    if not LAW.is_file():
        pytest.skip("le référentiel juridique n'est pas à côté du dépôt (../shared/law/law.yaml)")
    found: list[dict[str, Any]] = yaml.safe_load(LAW.read_text(encoding="utf-8"))["thresholds"]
    return found


def test_every_legal_value_is_there(book: Rulebook) -> None:
    """Each dated value of the legal file stands in a parameter with the same days, value and confidence."""
    words = {"verified": "certaine", "known": "connue", "uncertain": "incertaine"}
    for threshold in legal_thresholds():
        rows = [row for p in book.parameters.values() if threshold["id"] in p.law for row in p.rows]
        for value in threshold["values"]:
            number = None if value["value"] is None else Decimal(str(value["value"]))
            found = [r for r in rows if (r.since, r.until, r.value) == (value["from"], value["to"], number)]
            assert found, f"{threshold['id']} : {value['from']} → {value['value']}"
            assert any(row.confidence == words[value["confidence"]] for row in found), threshold["id"]


def test_comparators_follow_the_legal_file(book: Rulebook) -> None:
    """A strict threshold stays strict, an inclusive one inclusive."""
    verbs = {"<": "inferieur_a", "<=": "au_plus", ">=": "au_moins", ">": "superieur_a"}
    for threshold in legal_thresholds():
        for parameter in book.parameters.values():
            if threshold["id"] in parameter.law:
                assert parameter.comparator == verbs[threshold["comparator"]], parameter.name


def test_a_row_may_wait_for_several_facts(book: Rulebook) -> None:
    """A row whose condition is a group leaves each of its facts to be told, and breaks nothing."""
    either = Condition(
        "un_des",
        children=tuple(
            Condition("egal", name, Operand((True,))) for name in ("acheteur.entreprise_publique", "marche.alloti")
        ),
    )
    parameter = book.parameters["dispense.montant"]
    rows = (parameter.rows[-1]._replace(since=date(2020, 1, 1), until=None, natures=(), condition=None),)
    rows += (rows[0]._replace(value=Decimal(7), condition=either),)
    changed = book._replace(parameters={**book.parameters, "essai": parameter._replace(name="essai", rows=rows)})
    seen = context(changed, {"type": "services"}, date(2026, 10, 1))
    leaf = TraceNode("au_moins", None, "valeur_estimee_ht", parameter="essai")
    assert {"acheteur.entreprise_publique", "alloti"} <= set(missing_facts([leaf], seen))
