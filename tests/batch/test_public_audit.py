"""``from achats_check import audit``: the audit of the command, its results row by row, its errors typed."""

from __future__ import annotations

import gc
import json
import shutil
import typing
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dossiers import SAMPLES

import achats_check
from achats_check import (
    AuditResults,
    DescriptionError,
    NothingToCheckError,
    Rulebook,
    RuleFileError,
    UsageError,
    audit,
    check,
)
from achats_check.batch import row_types, schemas
from achats_check.cli import main

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two dossiers, one of which cannot be read, and a table of contracts."""
    folder = tmp_path_factory.mktemp("public") / "archive"
    shutil.copytree(SAMPLES / "prix-seul", folder / "prix-seul")
    (folder / "casse").mkdir()
    (folder / "casse" / "CCAP.pdf").write_bytes(b"%PDF-1.7 coupe")
    shutil.copy(SAMPLES / "donnees-essentielles" / "contrats.json", folder / "contrats.json")
    return folder


@pytest.fixture(scope="module")
def results(archive: Path, isolated_environment: None) -> AuditResults:
    """Return the audit of the archive, in a folder that is kept."""
    return audit(archive, today=TODAY, output=archive.parent / "resultats", processes=2)


def test_findings_and_facts_are_those_of_a_check(results: AuditResults, archive: Path, book: Rulebook) -> None:
    """One engine: a dossier of an archive is judged as it would be alone."""
    report = check(archive / "prix-seul", today=TODAY, rules=book)
    told = [(row["rule"], row["verdict"], row["message"], row["fingerprint"]) for row in results.findings()]
    kept = [found for found in report.findings if found.verdict != "sans_objet"]
    assert sorted(told) == sorted((f.rule, f.verdict, f.message, f.fingerprint) for f in kept)
    facts = {(row["name"], row["scope_id"]): row for row in results.facts()}
    assert set(facts) == {(fact.name, fact.scope.id) for fact in report.facts}
    value = facts["valeur_estimee_ht", ""]["value"]
    assert value is not None
    assert json.loads(value) == 62000


def test_what_could_not_be_judged_is_among_the_results(results: AuditResults) -> None:
    """A dossier that cannot be read is a result, with its reason; no finding is not no fault."""
    status = {Path(row["path"]).name: row["status"] for row in results.dossiers()}
    assert status == {"prix-seul": "judged", "casse": "unread"}
    (lost,) = [row for row in results.dossiers() if row["status"] == "unread"]
    assert "Aucune pièce n'a pu être lue" in lost["reason"]
    assert list(results.set_aside()) == []


def test_contracts_come_with_their_verdicts(results: AuditResults, book: Rulebook) -> None:
    """Facts by their names; each verdict leads to a contract."""
    contracts = list(results.contracts())
    assert len(contracts) == 190
    assert {name for name in contracts[0] if name in book.vocabulary} > {"objet", "procedure.type"}
    found = list(results.contract_findings())
    assert {row["uid"] for row in found} <= {row["uid"] for row in contracts}
    listed = Counter((row["regle"], row["verdict"], row["doute"]) for row in found)
    counts = map(json.loads, (results.folder / "comptes.jsonl").read_text(encoding="utf-8").splitlines())
    counted = {(one["rule"], one["verdict"], one["doubt"]): one["count"] for one in counts}
    assert len(listed) > 3
    assert {key: counted[key] for key in listed} == listed


def test_the_folder_is_that_of_the_command(
    results: AuditResults, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same files, byte for byte."""
    with pytest.raises(SystemExit):
        main(["audit", str(archive), "--sortie", str(tmp_path / "r"), "--aujourdhui", TODAY.isoformat()])
    capsys.readouterr()
    for name in ("dossiers.jsonl", "constats.jsonl", "faits.jsonl", "synthese.html", "comptes.jsonl"):
        assert (results.folder / name).read_bytes() == (tmp_path / "r" / name).read_bytes(), name


def test_an_audit_is_resumed(results: AuditResults, archive: Path) -> None:
    """What is done is not done again, and the results are the same; without ``resume`` nothing is overwritten."""
    before = list(results.findings())
    again = audit([str(archive)], today=TODAY, output=str(results.folder), resume=True, processes=1)
    assert again.resumed == 2
    assert list(again.findings()) == before
    with pytest.raises(UsageError, match="contient déjà un audit"):
        audit(archive, today=TODAY, output=results.folder)


def test_nothing_is_printed_and_nothing_is_left(capfd: pytest.CaptureFixture[str]) -> None:
    """Without ``output`` the results go with who holds them, on leaving or when nobody does any more."""
    with audit(SAMPLES / "prix-seul", today=TODAY, declared={"sourcing": True}, processes=1) as found:
        folder = found.folder
        (sourcing,) = [row for row in found.facts() if row["name"] == "sourcing"]
        assert (sourcing["value"], sourcing["origin"]) == ("true", "declared")
        assert (folder / "synthese.html").is_file()
        assert list(found.contracts()) == list(found.contract_findings()) == []
    assert not folder.exists()
    dropped = AuditResults(folder, temporary=True)
    folder.mkdir()
    del dropped
    gc.collect()
    assert not folder.exists()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"sources": {"objet": "Tonte"}}, UsageError, "sources : un chemin"),
        ({"sources": [3]}, UsageError, "sources : un chemin"),
        ({"sources": "absent"}, UsageError, "absent"),
        ({"today": "2026-11-21"}, UsageError, "today : un jour"),
        ({"declared": {"typ": "services"}}, UsageError, "Vouliez-vous dire « type »"),
        ({"buyer": {"categorie": "region"}}, UsageError, "buyer : un chemin"),
        ({"buyer": "absent.yaml"}, UsageError, "absent.yaml"),
        ({"buyers": "absent.csv"}, DescriptionError, "absent.csv"),
        ({"correspondence": "absent.yaml"}, UsageError, "absent.yaml"),
        ({"packs": "absent.yaml"}, RuleFileError, "absent.yaml"),
        ({"resume": True}, UsageError, "resume : sans output"),
    ],
)
def test_errors_are_those_of_a_check(options: Mapping[str, Any], error: type[Exception], told: str) -> None:
    """Each fault that a user can act on is one of the public errors, told before any work."""
    given: dict[str, Any] = {"sources": SAMPLES / "prix-seul", "today": TODAY, "processes": 1, **options}
    with pytest.raises(error, match=told):
        audit(given.pop("sources"), **given)


def test_a_wrong_profile_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    """A profile that is not one, sources that hold nothing; no folder of ours is left behind."""
    profile = tmp_path / "profil.yaml"
    profile.write_text("categorie: regionn\n", encoding="utf-8")
    with pytest.raises(DescriptionError, match="regionn"):
        audit(SAMPLES / "prix-seul", today=TODAY, buyer=profile)
    (tmp_path / "vide").mkdir()
    with pytest.raises(NothingToCheckError):
        audit(tmp_path / "vide", today=TODAY)


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (row_types.DossierRow, schemas.DOSSIERS),
        (row_types.FindingRow, schemas.FINDINGS),
        (row_types.FactRow, schemas.FACTS),
        (row_types.AsideRow, schemas.LEFT_ASIDE),
        (row_types.PassageRow, schemas.PASSAGE),
        (row_types.InputRow, schemas.INPUT),
    ],
)
def test_types_of_rows_have_the_columns_of_the_files(row: type, columns: schemas.Columns) -> None:
    """A column that is added to a file is added to its type, in the same order, and is public."""
    assert tuple(typing.get_type_hints(row)) == tuple(name for name, _ in columns)
    assert row.__name__ in achats_check.__all__


def test_types_of_rows_tell_the_truth(results: AuditResults) -> None:
    """Each value is of the type that its row announces, and null only where the type says so."""
    rows = {"dossiers": row_types.DossierRow, "findings": row_types.FindingRow, "facts": row_types.FactRow}
    for name, row in rows.items():
        hints = typing.get_type_hints(row)
        found = list(getattr(results, name)())
        assert found
        assert [key for one in found for key, hint in hints.items() if not _is_a(one[key], hint)] == []
    assert set(typing.get_type_hints(row_types.ContractFindingRow)) == set(next(results.contract_findings()))


def _is_a(value: object, hint: Any) -> bool:
    if typing.get_origin(hint) is list:
        (item,) = typing.get_args(hint)
        return isinstance(value, list) and all(_is_a(one, item) for one in value)
    if typing.is_typeddict(hint):
        inner = typing.get_type_hints(hint)
        return (
            isinstance(value, dict) and set(value) == set(inner) and all(_is_a(value[k], h) for k, h in inner.items())
        )
    if typing.get_args(hint):
        return any(_is_a(value, one) for one in typing.get_args(hint))
    return isinstance(value, int | float) if hint is float else isinstance(value, hint)
