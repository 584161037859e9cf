"""The page on the columns of the results names each of them, and its queries run on a real audit."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from dossiers import ROOT, SAMPLES

from achats_check.auditing import run_audit

PAGE = (ROOT / "docs" / "colonnes.md").read_text(encoding="utf-8")
_PARTS = ("social", "social_clause", "social_criterion", "reserved", "environmental")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, isolated_environment: None) -> Path:
    """Return the results of an audit of a dossier and of a table."""
    folder = tmp_path_factory.mktemp("colonnes") / "resultats"
    run_audit([SAMPLES / "prix-seul", SAMPLES / "donnees-essentielles"], folder, today=date(2026, 11, 21), processes=1)
    return folder


def told(name: str) -> set[str]:
    """Return the columns that the page names for a file."""
    section = PAGE.partition(f"## `{name}`")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?`) \|", section, flags=re.MULTILINE)
    found = {column for cell in cells for column in re.findall(r"`([^`]+)`", cell)}
    shared = {column.removeprefix("…") for column in found if column.startswith("…")}
    return {c for c in found if not c.startswith("…")} | {f"{part}{end}" for part in _PARTS for end in shared}


def columns(path: str) -> list[str]:
    """Return the columns of a Parquet file."""
    return [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]


@pytest.mark.parametrize("name", ["dossiers", "constats", "faits", "ecartes", "portefeuilles"])
def test_every_column_is_told(name: str, results: Path) -> None:
    """No column without a word, no word without a column."""
    assert told(name) == set(columns(f"{results}/{name}.parquet"))


def test_tables_of_contracts_are_joined_as_told(results: Path) -> None:
    """The four columns, the key, and the likeness of consultations."""
    assert columns(f"{results}/constats-contrats/*.parquet") == ["uid", "regle", "verdict", "doute"]
    uids = duckdb.sql(f"SELECT uid FROM '{results}/consultations.parquet'").fetchall()
    assert uids == duckdb.sql(f"SELECT path FROM '{results}/dossiers.parquet'").fetchall()


def test_queries_of_the_page_run(results: Path) -> None:
    """As they are written, from the folder above the results."""
    queries = re.findall(r"^```sql\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    rows = [duckdb.sql(query.replace("'resultats/", f"'{results}/")).fetchall() for query in queries]
    assert [row[1] for row in rows[0]] == ["prix-seul-interdit"]
    assert sum(row[1] for row in rows[1]) > 0
