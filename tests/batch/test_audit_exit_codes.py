"""What the exit code of an audit of tables says: what was not read, and how far what was found goes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from dossiers import SAMPLES

from achats_check.cli import main

TABLE = SAMPLES / "donnees-essentielles" / "contrats.json"
GOALS = ("--acheteurs", SAMPLES / "objectifs" / "acheteurs.csv")


def code(*words: object) -> int:
    """Run an audit on a fixed day; return its code."""
    with pytest.raises(SystemExit) as ended:
        main(["audit", *map(str, words), "--processus", "1", "--aujourdhui", date(2026, 11, 21).isoformat()])
    return int(ended.value.code or 0)


def contracts(folder: Path, number: int) -> Path:
    """Return a file of the first contracts of the sample."""
    held = json.loads(TABLE.read_text(encoding="utf-8"))["marches"]["marche"]
    (folder / "contrats.json").write_text(json.dumps({"marches": {"marche": held[:number]}}), encoding="utf-8")
    return folder / "contrats.json"


def test_a_table_cut_short_is_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What precedes the cut is judged, and nobody takes it for the whole, now or when the audit is resumed."""
    table = contracts(tmp_path, 20)
    table.write_bytes(table.read_bytes()[:-2_000])
    for more in ((), ("--reprendre",)):
        assert code(table, "--sortie", tmp_path / "r", *more) == 3
        said = capsys.readouterr()
        assert "lecture arrêtée avant la fin" in said.err
        assert " contrats dans 1 table" in said.out


def test_levels_are_those_of_the_verdicts_of_contracts(tmp_path: Path) -> None:
    """Doubts and levers of contracts count as those of dossiers do; a table without a fault reaches no gravity."""
    table = contracts(tmp_path, 20)
    found = {
        level: code(table, "--sortie", tmp_path / "r", *(("--reprendre",) if rank else ()), "--echec-si", level)
        for rank, level in enumerate(("jamais", "mineure", "non_conforme", "a_verifier", "opportunite"))
    }
    assert found == {"jamais": 0, "mineure": 0, "non_conforme": 0, "a_verifier": 1, "opportunite": 1}


def test_a_fault_of_a_portfolio_counts_by_its_gravity(tmp_path: Path) -> None:
    """A town that owes a SPASER and has none: a major fault, not a blocking one."""
    done = (TABLE, "--sortie", tmp_path / "r", *GOALS)
    assert code(*done, "--echec-si", "majeure") == 1
    assert code(*done, "--reprendre", "--echec-si", "bloquante") == 0
    assert code(*done, "--reprendre") == 0
