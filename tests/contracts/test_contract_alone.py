"""Flat objects of JSON: one is the piece of a dossier, several are data to audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import FIRM, SIRET, facts_of, source

from achats_check.cli import main
from achats_check.model.fact import KNOWN

RECORD: dict[str, Any] = {
    "id": "2024A11",
    "acheteur_id": SIRET,
    "nature": "Marché",
    "objet": "Entretien des sentiers",
    "codecpv": "77310000-6",
    "procedure": "Procédure adaptée",
    "titulaire_id_1": FIRM,
    "titulaire_typeidentifiant_1": "SIRET",
    "titulaire_id_2": None,
    "dureemois": 36,
    "datenotification": "2024-05-15",
    "datepublicationdonnees": "2024-06-01",
    "montant": 80000.0,
    "considerationssociales": "Clause sociale, Critère social",
    "considerationsenvironnementales": None,
    "marcheinnovant": "false",
}
DOTTED = {
    "id": "2024A11",
    "acheteur.id": SIRET,
    "acheteur.nom": "Commune de Saint-Firmin",
    "objet": "Entretien des sentiers",
    "codeCPV": "77310000",
    "dateNotification": "2024-05-15",
    "montant": 80000,
    "titulaire.id": FIRM,
}


def run(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and the output of the check of a file."""
    with pytest.raises(SystemExit) as ended:
        main([str(path)])
    return int(ended.value.code or 0), "".join(capsys.readouterr())


def known(path: Path) -> dict[str, Any]:
    """The facts that a file gives by itself."""
    return {fact.name: fact.value for fact in facts_of(path) if fact.status == KNOWN}


@pytest.mark.parametrize("record", [RECORD, DOTTED])
@pytest.mark.parametrize("wrap", [0, 1, 2, 3, 4])
def test_one_flat_contract(
    record: dict[str, Any], wrap: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By itself, in a list, in the answer of a portal: what a table says of it, fact by fact."""
    portal = {"datasetid": "marches", "recordid": "a", "fields": record}
    content = [record, [record], {"total_count": 1, "results": [record]}, {"nhits": 1, "records": [portal]}, [portal]]
    path = tmp_path / "contrat.json"
    path.write_text(json.dumps(content[wrap]), encoding="utf-8")
    (row,), _ = source(tmp_path, path.read_text(encoding="utf-8"), "table.json")
    facts = known(path)
    for name in ("objet", "cpv", "duree_mois", "acheteur.siret", "execution.montant_ht", "social.critere", "innovant"):
        told = list(facts[name]) if isinstance(facts.get(name), tuple) else facts.get(name)
        assert told == row.get(name), name
    assert facts["objet"] == "Entretien des sentiers"
    assert facts["execution.montant_ht"] == 80000
    code, output = run(path, capsys)
    assert code == 0
    assert "Entretien des sentiers" in output


@pytest.mark.parametrize("write", [json.dumps, lambda found: "\n".join(map(json.dumps, found))])
def test_several_flat_contracts(write: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are no dossier: the command that audits them is named."""
    path = tmp_path / "contrats.json"
    path.write_text(write([RECORD, {**RECORD, "id": "2024A12"}]), encoding="utf-8")
    code, output = run(path, capsys)
    assert code == 3
    assert "décrit 2 contrats" in output
    assert "achats-check audit" in output


def test_a_version_by_itself_has_no_day(tmp_path: Path) -> None:
    """Its own notification is not that of the contract."""
    path = tmp_path / "contrat.json"
    path.write_text(json.dumps([{**DOTTED, "modification_id": 1}]), encoding="utf-8")
    assert "execution.date_notification" not in known(path)
    path.write_text(json.dumps([{**DOTTED, "modification_id": 0}]), encoding="utf-8")
    assert "execution.date_notification" in known(path)


def test_an_amendment_in_a_cell_is_not_lost(tmp_path: Path) -> None:
    """A flat record with its amendment gives initial values, as a nested one does."""
    path = tmp_path / "contrat.json"
    path.write_text(json.dumps({**RECORD, "idmodification": "1", "montantmodification": "90000"}), encoding="utf-8")
    assert known(path)["execution.montant_ht"] == 80000
