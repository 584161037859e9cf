"""Audits of tables of contracts: the same results whoever does the work, and nothing lost on the way."""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from dossiers import ROOT
from test_audit import TODAY

from achats_check.auditing import Audited, Options, run_audit
from achats_check.batch.pool import LocalPool
from achats_check.batch.tasks import CUT, DIED, PARTITION, SOURCE, Failure, Task, perform
from achats_check.cli import main
from achats_check.cli.audit_command import _exit_code
from achats_check.contracts import streams
from achats_check.contracts.contract_reader import ContractReader
from achats_check.errors import UsageError

SAMPLES = ROOT / "samples"
TABLE = [SAMPLES / "donnees-essentielles"]
OPTIONS = Options(
    packs=(str(SAMPLES / "objectifs" / "metropole.yaml"),), buyers=str(SAMPLES / "objectifs" / "acheteurs.csv")
)


class Inline:
    """An executor that reads and judges tables in this process; dossiers want processes of their own."""

    def __init__(self) -> None:
        self.waiting: list[Task] = []

    def submit(self, task: Task) -> None:
        """Take a task."""
        assert task.kind in (CUT, SOURCE, PARTITION)
        self.waiting.append(task)

    def answers(self) -> Iterator[tuple[Task, Any]]:
        """Do what waits."""
        while self.waiting:
            task = self.waiting.pop()
            for item in perform(task):
                yield task, item


class Failing(LocalPool):
    """A pool whose first tasks of a kind fail, as when a process is killed."""

    def __init__(self, failures: int, kind: str = SOURCE) -> None:
        super().__init__(1)
        self.failures = failures
        self.kind = kind
        self.failed: list[Task] = []

    def submit(self, task: Task) -> None:
        """Take a task, or lose it."""
        if task.kind == self.kind and self.failures:
            self.failures -= 1
            self.failed.append(task)
        else:
            super().submit(task)

    def answers(self) -> Iterator[tuple[Task, Any]]:
        """Tell what was lost, then what is done."""
        while self.failed:
            yield self.failed.pop(), Failure(DIED, "signal 9")
        yield from super().answers()
        if self.failed:
            yield from self.answers()


def run(sources: list[Path], results: Path, **options: Any) -> Audited:
    """Audit tables on a fixed day."""
    return run_audit(sources, results, today=TODAY, **{"options": OPTIONS, **options})


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of the results."""
    files = [path for path in folder.rglob("*") if path.is_file() and "reprise" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A file of contracts, another that repeats some of them, a dossier."""
    folder = tmp_path_factory.mktemp("archive")
    shutil.copy(SAMPLES / "donnees-essentielles" / "contrats.json", folder / "contrats.json")
    held = json.loads((folder / "contrats.json").read_text(encoding="utf-8"))["marches"]["marche"]
    (folder / "encore.json").write_text(json.dumps({"marches": {"marche": held[:20]}}), encoding="utf-8")
    shutil.copytree(SAMPLES / "prix-seul", folder / "dossier")
    return [folder]


@pytest.fixture(scope="module")
def reference(
    sources: list[Path], tmp_path_factory: pytest.TempPathFactory, isolated_environment: None
) -> tuple[Audited, Path]:
    """The audit of the sources, with two processes."""
    results = tmp_path_factory.mktemp("reference") / "r"
    return run(sources, results, processes=2), results


def test_the_results_are_the_same_whoever_does_the_work(
    sources: list[Path], reference: tuple[Audited, Path], tmp_path: Path
) -> None:
    """Two processes, or one; every byte of every file, the spreadsheet and the page too."""
    run(sources, tmp_path / "r", processes=1)
    assert tree(tmp_path / "r") == tree(reference[1])


def test_contracts_are_put_together_once(reference: tuple[Audited, Path]) -> None:
    """What a second file repeats is no second contract; counts of a rule add up to the contracts."""
    contracts = reference[0].contracts
    assert contracts is not None
    assert contracts.total == 190
    by_rule: dict[str, int] = {}
    for count in contracts.counts:
        by_rule[count.rule] = by_rule.get(count.rule, 0) + count.contracts
    assert set(by_rule.values()) == {190}


def test_portfolios_know_what_buyers_declare(reference: tuple[Audited, Path]) -> None:
    """The town declares 62 M€ and no SPASER; four small purchases of one family pass the threshold."""
    lines = [
        json.loads(line) for line in (reference[1] / "portefeuilles.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = {
        (line["buyer_name"], line["year"], finding["rule"]): finding["verdict"]
        for line in lines
        for finding in line["findings"]
    }
    assert found["Ville de Brume-sur-Mer", 2025, "spaser-adoption"] == "non_conforme"
    assert found["Ville de Brume-sur-Mer", 2024, "petits-achats-fractionnement"] == "a_verifier"
    assert found["Métropole de Brume", 2025, "objectif-heures-insertion"] == "conforme"
    assert found["Métropole de Brume", 2024, "objectif-heures-insertion"] == "opportunite"


def test_a_table_that_kills_its_reader_once_is_read(
    sources: list[Path], reference: tuple[Audited, Path], tmp_path: Path
) -> None:
    """It is tried again; nothing shows in the results."""
    with Failing(1) as executor:
        run(sources, tmp_path / "r", executor=executor)
    assert tree(tmp_path / "r") == tree(reference[1])


def test_a_table_that_kills_its_reader_twice_is_set_aside(tmp_path: Path) -> None:
    """It is named, with the reason; the audit goes on and its exit code says so."""
    archive = tmp_path / "archive"
    shutil.copytree(SAMPLES / "donnees-essentielles", archive)
    shutil.copytree(SAMPLES / "prix-seul", archive / "dossier")
    with Failing(2) as executor:
        found = run([archive], tmp_path / "r", executor=executor)
    assert found.contracts is not None
    assert found.contracts.total == 0
    ((path, reason),) = found.contracts.failed
    assert path.endswith("contrats.json")
    assert "signal 9" in reason
    assert "contrats.json" in (tmp_path / "r" / "ecartes.jsonl").read_text(encoding="utf-8")
    assert _exit_code(found, "jamais") == 3


def test_contracts_whose_judging_fails_twice_stop_the_audit(tmp_path: Path) -> None:
    """Counts without them would be wrong: the audit says so and what to do, and goes on later."""
    with Failing(2, PARTITION) as executor, pytest.raises(UsageError) as stopped:
        run(TABLE, tmp_path / "r", executor=executor)
    said = str(stopped.value)
    assert said.startswith("Le jugement des contrats arrête brutalement son processus (signal 9), deux fois de suite")
    assert "--reprendre" in said
    found = run(TABLE, tmp_path / "r", executor=Inline(), resume=True)
    assert found.contracts is not None
    assert found.contracts.total == 190


def test_a_table_that_went_away_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dossiers take hours, during which a disk may be unmounted: nothing is wrong with the folder of results."""
    shutil.copy(TABLE[0] / "contrats.json", tmp_path / "contrats.json")

    def away(*arguments: object) -> None:
        (tmp_path / "contrats.json").unlink()

    monkeypatch.setattr("achats_check.batch.campaign.Campaign.run", away)
    with pytest.raises(UsageError, match=r"contrats\.json : fichier illisible .*--reprendre"):
        run([tmp_path / "contrats.json"], tmp_path / "r", executor=Inline())


def test_resuming_reads_no_table_again(sources: list[Path], tmp_path: Path) -> None:
    """A source read is kept under its content; one that changed is read again."""
    archive = tmp_path / "archive"
    shutil.copytree(sources[0], archive)
    run([archive], tmp_path / "r", processes=1)
    before = tree(tmp_path / "r")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "r" / "reprise" / "tables").glob("*/bilan.json")}
    run([archive], tmp_path / "r", executor=Inline(), resume=True)
    assert tree(tmp_path / "r") == before
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    (archive / "encore.json").unlink()
    run([archive], tmp_path / "r", executor=Inline(), resume=True)
    (left_over,) = (tmp_path / "r" / "reprise" / "tables").iterdir()  # what is read of no file takes no room
    assert kept[left_over / "bilan.json"] == (left_over / "bilan.json").stat().st_mtime_ns
    (archive / "contrats.json").unlink()
    found = run([archive], tmp_path / "r", executor=Inline(), resume=True)
    assert found.contracts is None
    assert list((tmp_path / "r" / "reprise" / "tables").iterdir()) == []
    left = {path.name for path in (tmp_path / "r").iterdir()}
    assert left.isdisjoint({"contrats", "constats-contrats", "comptes.jsonl", "qualite.json", "portefeuilles.jsonl"})


def test_a_bug_of_ours_on_a_table_costs_that_table_and_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody takes it for a fault of the file; the others are judged, and the exit code says that a bug was met."""
    for name, identifier in (("a.json", "1"), ("b.json", "2")):
        record = {"id": identifier, "codeCPV": "45000000"}
        (tmp_path / name).write_text(json.dumps({"marches": {"marche": [record]}}), encoding="utf-8")
    row = ContractReader.row

    def stumble(reader: ContractReader, record: Any, *more: Any) -> Any:
        return row(reader, record, *more) if record["id"] == "1" else [][1]

    monkeypatch.setattr(ContractReader, "row", stumble)
    found = run([tmp_path / "a.json", tmp_path / "b.json"], tmp_path / "r", executor=Inline())
    assert found.contracts is not None
    assert (found.contracts.total, [path for path, _ in found.contracts.failed]) == (1, [str(tmp_path / "b.json")])
    reason = found.contracts.failed[0].reason
    assert re.search(r"Défaut du programme \(IndexError dans contracts/\w+\.py, ligne \d+\), à signaler", reason)
    assert _exit_code(found, "jamais") == 70


def test_a_bug_of_ours_in_the_judging_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not as the death of a process: the code is that of a bug, its traceback is kept, and the audit goes on later."""

    def stumble(*_: Any) -> Any:
        return [][1]

    with monkeypatch.context() as patched:
        patched.setattr("achats_check.batch.table_work.judge_partition", stumble)
        patched.setattr(import_module("achats_check.cli.audit_command"), "_executor", lambda *_: nullcontext(Inline()))
        with pytest.raises(SystemExit) as ended:
            main(["audit", str(TABLE[0]), "--sortie", str(tmp_path / "r"), "--aujourdhui", TODAY.isoformat()])
    told = capsys.readouterr().err
    kept = tmp_path / "r" / "reprise" / "defaut-du-programme.txt"
    assert ended.value.code == 70
    assert "arrête brutalement" not in told
    assert re.search(r"Erreur du programme \(IndexError dans batch/table_work\.py, ligne \d+\)", told)
    assert str(kept) in told
    assert "in stumble" in kept.read_text(encoding="utf-8")
    found = run(TABLE, tmp_path / "r", executor=Inline(), resume=True)
    assert found.contracts is not None
    assert found.contracts.total == 190
    assert not kept.exists(), "the traceback of a bug that is no longer met would be believed"


@pytest.mark.parametrize("name", ["a.json", "a.parquet"])
def test_a_disk_that_does_not_answer_is_no_fault_of_the_table(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as an error of the disk; the other tables are judged, and this one is when it answers again."""
    for other, identifier in (("a.json", "1"), ("b.json", "2")):
        record = {"id": identifier, "codeCPV": "45000000"}
        (tmp_path / other).write_text(json.dumps({"marches": {"marche": [record]}}), encoding="utf-8")
    if name == "a.parquet":
        (tmp_path / "a.json").unlink()
        frame = {"uid": ["1"], "acheteur_id": ["1"], "objet": ["Tonte"], "montant": [1000.0], "codeCPV": ["77310000"]}
        pl.DataFrame(frame).write_parquet(tmp_path / name)

    def broken(*_: Any, **more: Any) -> Any:
        raise OSError(errno.EIO, "Input/output error")
        yield

    with monkeypatch.context() as patched:
        if name == "a.json":
            between = streams.chunks
            patched.setattr(
                "achats_check.contracts.json_records.chunks",
                lambda path: broken() if path.name == name else between(path),
            )
        else:
            patched.setattr("pyarrow.parquet.ParquetFile.iter_batches", broken)
        found = run([tmp_path / name, tmp_path / "b.json"], tmp_path / "r", executor=Inline())
    assert found.contracts is not None
    ((path, reason),) = found.contracts.failed
    assert (path, found.contracts.total, _exit_code(found, "jamais")) == (str(tmp_path / name), 1, 3)
    assert f"Erreur d'entrée-sortie (n° {errno.EIO})" in reason
    assert "la table n'est pas en cause" in reason
    found = run([tmp_path / name, tmp_path / "b.json"], tmp_path / "r", executor=Inline(), resume=True)
    assert found.contracts is not None
    assert (found.contracts.total, found.contracts.failed) == (2, ())


def test_a_disk_of_results_that_does_not_answer_stops_the_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No table passes for unreadable because its contracts cannot be written."""

    def broken(*_: Any) -> Any:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("achats_check.contracts.partitions.write_part", broken)
    with pytest.raises(UsageError, match="écriture impossible"):
        run(TABLE, tmp_path / "r", executor=Inline())


def test_a_table_under_two_names_is_read_once_and_told(tmp_path: Path) -> None:
    """Its contracts count once, the second name is not lost, and nothing is amiss."""
    for name in ("a.json", "b.json"):
        shutil.copy(TABLE[0] / "contrats.json", tmp_path / name)
    found = run([tmp_path / "b.json", tmp_path / "a.json"], tmp_path / "r", executor=Inline())
    assert found.contracts is not None
    assert (found.contracts.total, found.contracts.failed, _exit_code(found, "jamais")) == (190, (), 0)
    (left,) = (json.loads(line) for line in (tmp_path / "r" / "ecartes.jsonl").read_text(encoding="utf-8").splitlines())
    assert left["path"] == str(tmp_path / "b.json")
    assert f"le même contenu que {tmp_path / 'a.json'}" in left["reason"]


def test_a_disk_that_fills_up_while_a_table_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault of the table: the audit stops, says why, and goes on later."""

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("achats_check.contracts.partitions.write_part", full)
        with pytest.raises(UsageError, match="le disque est plein"):
            run(TABLE, tmp_path / "r", executor=Inline())
    found = run(TABLE, tmp_path / "r", executor=Inline(), resume=True)
    assert found.contracts is not None
    assert found.contracts.total == 190
