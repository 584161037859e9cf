"""Partitions judged: counts that add up, violations listed, findings explained, sections of the synthesis."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from contracts_builders import SIRET, TODAY, book, contract, document, table

from achats_check.contracts.judging import (
    Count,
    PartitionTask,
    contract_audit,
    contract_rules,
    judge_partition,
    merged_counts,
    partition_tasks,
    write_counts,
)
from achats_check.contracts.quality_sections import quality_sections
from achats_check.contracts.reading import read_contracts
from achats_check.contracts.verdict_sections import verdict_sections
from achats_check.law.rulebook import Rulebook
from achats_check.model.synthesis import Card, Chart, Figure, Table
from decp_rows import write

FRAMEWORK = {"nature": "Accord-cadre", "dureeMois": 60, "dateNotification": "2025-05-15"}


SOME = ("accord-cadre-duree", "clause-sociale-faculte", "procedure-formalisee", "revision-prix-denrees")


def judged(folder: Path, rules: Rulebook | None = None) -> tuple[Count, ...]:
    """The counts of a table, its violations written beside it."""
    tasks = partition_tasks(folder / "contrats", folder / "constats", TODAY)
    audit = contract_audit(rules or book(), TODAY)
    return merged_counts([judge_partition(task, audit) for task in tasks])


def test_counts_add_up(tmp_path: Path) -> None:
    """For each rule about a contract, every contract has one verdict."""
    write(tmp_path / "a.json", 200, 1)
    quality = read_contracts(
        [(tmp_path / "a.json", "a")], tmp_path / "contrats", book(), today=TODAY, work=tmp_path / "t"
    )
    counts = judged(tmp_path)
    totals: dict[str, int] = {}
    for rule, _, _, number in counts:
        totals[rule] = totals.get(rule, 0) + number
    assert set(totals.values()) == {quality.merge.contracts}
    assert set(totals) <= set(contract_rules(book()))
    assert "agec-papeterie" not in totals  # a duty of the buyer, not of a contract
    write_counts(counts, tmp_path / "comptes.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "comptes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [tuple(line.values()) for line in lines] == list(counts)
    assert list(lines[0]) == ["rule", "verdict", "doubt", "count"]


def test_partitions_judged_apart_count_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any cut and any order."""
    write(tmp_path / "a.json", 120, 1)
    given = [(tmp_path / "a.json", "a")]
    read_contracts(given, tmp_path / "un" / "contrats", book(), today=TODAY, work=tmp_path / "t1")
    monkeypatch.setattr("achats_check.contracts.assembling.ROWS", 50)
    read_contracts(given, tmp_path / "trois" / "contrats", book(), today=TODAY, work=tmp_path / "t2")
    few = book()._replace(rules=tuple(rule for rule in book().rules if rule.id in SOME))
    assert judged(tmp_path / "un", few) == judged(tmp_path / "trois", few)
    one, three = (pl.read_parquet(tmp_path / name / "constats" / "part-*.parquet") for name in ("un", "trois"))
    assert one.equals(three)


def test_a_framework_of_five_years(tmp_path: Path) -> None:
    """It is listed, and explained with its article; nothing is said to be a fault."""
    _, quality = table(tmp_path, ("a.json", document(contract(**FRAMEWORK), contract(id="2"))))
    counts = judged(tmp_path)
    listed = pl.read_parquet(tmp_path / "constats" / "part-*.parquet")
    assert ("accord-cadre-duree", "a_verifier", "justification") in listed.select("regle", "verdict", "doute").rows()
    assert not [count for count in counts if count.verdict == "non_conforme"]
    (section,) = verdict_sections(counts, tmp_path / "contrats", tmp_path / "constats", book(), today=TODAY)
    card = next(block for block in section.blocks if isinstance(block, Card) and block.rule == "accord-cadre-duree")
    assert "Commune de Saint-Firmin" in card.where
    assert card.reference
    assert card.message
    assert "durée maximale, reconductions comprises : 60\u00a0mois ; forme du contrat : accord-cadre" in card.quote
    figures = {block.label: block.value for block in section.blocks if isinstance(block, Figure)}
    assert figures["Contrats jugés"] == 2
    assert figures["Manquements établis"] == 0
    (section,) = quality_sections(quality, book().vocabulary)
    (chart,) = (block for block in section.blocks if isinstance(block, Chart))
    known, unknown = chart.series
    assert {a + b for a, b in zip(known.values, unknown.values, strict=True) if a is not None and b is not None} == {
        2.0
    }
    names = [block.name for block in section.blocks if isinstance(block, Table)]
    assert len(names) == len(set(names))


def test_a_table_without_awarded_amounts(tmp_path: Path) -> None:
    """Its contracts are explained all the same, by their identity."""
    text = "uid;objet;acheteur.siret;valeur_estimee_ht;procedure.type;forme;duree_mois\n"
    rows = (f"{uid};Tonte;{SIRET};300000;procedure_adaptee;accord_cadre;72\n" for uid in ("u2", "u1"))
    _, quality = table(tmp_path, ("t.csv", text + "".join(rows)))
    (section,) = verdict_sections(judged(tmp_path), tmp_path / "contrats", tmp_path / "constats", book(), today=TODAY)
    shown = [block.where for block in section.blocks if isinstance(block, Card) and block.rule == "accord-cadre-duree"]
    assert [where.partition(" : ")[2] for where in shown] == ["Tonte (u1, t.csv)", "Tonte (u2, t.csv)"]
    assert quality_sections(quality, book().vocabulary)


def test_sections_of_nothing(tmp_path: Path) -> None:
    """No contract, no section."""
    assert verdict_sections((), tmp_path, tmp_path, book(), today=TODAY) == ()


def test_a_judging_that_fails_leaves_no_list(tmp_path: Path) -> None:
    """A list of violations is there whole, or not at all."""
    (tmp_path / "part-00000.parquet").write_bytes(b"PAR1")
    task = PartitionTask(str(tmp_path / "part-00000.parquet"), str(tmp_path / "constats.parquet"), TODAY)
    with pytest.raises(pl.exceptions.ComputeError):
        judge_partition(task, contract_audit(book(), TODAY))
    assert not (tmp_path / "constats.parquet").exists()
