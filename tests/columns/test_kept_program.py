"""Compiled rules kept from one process to the next: the same program, or none."""

from __future__ import annotations

import pickle
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.columns.tables import TODAY, book

from achats_check import TableAudit
from achats_check.columns import kept_program
from achats_check.columns.kept_program import program_of
from achats_check.columns.program import compile_rules
from achats_check.columns.reading import Column

COLUMNS = {"valeur_estimee_ht": Column("float"), "type": Column("string"), "alloti": Column("boolean")}
TABLE = pl.DataFrame(
    {
        "uid": ["a", "b", "c"],
        "valeur_estimee_ht": [300_000.0, None, 10_000_000.0],
        "type": ["services", "travaux", None],
        "alloti": [False, True, None],
    }
)


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give a cache folder of its own, and the list of what was compiled."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found: list[Any] = []
    monkeypatch.setattr(kept_program, "compile_rules", lambda *given: found.append(given) or compile_rules(*given))
    return found


def results() -> list[Any]:
    """Return all that an audit of its own gives of the table, masks made of kept nodes included."""
    audit = TableAudit(book(), today=TODAY)
    return [
        audit.counts(TABLE).rows(),
        audit.violations(TABLE, "uid", ["a_verifier", "non_conforme"]).collect().rows(),
        audit.masks(TABLE, verdict="a_verifier").collect().rows(),
        audit.refused(TABLE),
    ]


def test_a_kept_program_gives_what_it_gave(compiled: list[Any]) -> None:
    """It is read back by the next process, to the same effect."""
    first = results()
    assert len(compiled) == 1
    assert results() == first
    assert len(compiled) == 1


def test_what_compilation_reads_is_never_that_of_another_time(compiled: list[Any]) -> None:
    """Other rules, figures, columns, day or kind of column: another program."""
    rules, held = book(), (COLUMNS, TODAY)
    parameter = max(rules.parameters.values(), key=lambda held: len(held.rows))
    fewer = {**rules.parameters, parameter.name: parameter._replace(rows=parameter.rows[:1])}
    program_of(rules, *held)
    program_of(rules._replace(parameters=fewer), *held)
    program_of(rules._replace(rules=rules.rules[1:]), *held)
    program_of(rules, *held, rules.rules[:1])
    program_of(rules, COLUMNS, TODAY + timedelta(days=1))
    program_of(rules, {**COLUMNS, "valeur_estimee_ht": Column("integer")}, TODAY)
    program_of(rules, {name: COLUMNS[name] for name in ("type", "alloti")}, TODAY)
    assert len(compiled) == 7
    program_of(rules, {name: COLUMNS[name] for name in ("type", "alloti")}, TODAY)
    assert len(compiled) == 7


def test_a_file_that_names_anything_else_is_not_read(compiled: list[Any], tmp_path: Path) -> None:
    """A tampered file builds nothing: the rules are compiled again."""
    first = results()
    (kept,) = tmp_path.rglob("*.columns")
    for content in (pickle.dumps(Path("x")), b"", kept.read_bytes()[:-9]):
        kept.write_bytes(content)
        assert results() == first
    assert len(compiled) == 4
