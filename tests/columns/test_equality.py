"""One rule, three executions: the scalar engine, Polars and DuckDB give the same verdicts, value for value."""

from __future__ import annotations

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.columns.strategies import drawn_row
from tests.columns.tables import TODAY, book, by_duckdb, by_polars, by_scalar, frame

from achats_check.columns.program import columnar_rules
from achats_check.model.rule import Rule

REASONS = columnar_rules(book(), TODAY)
RULES = [rule for rule in book().rules if not REASONS[rule.id]]


def differences(table: pl.DataFrame, rules: list[Rule]) -> list[str]:
    """Return, in words, where Polars or DuckDB does not say what the scalar engine says."""
    wanted = by_scalar(table, rules)
    found = []
    for engine in (by_polars, by_duckdb):
        for rank, (scalar, columns) in enumerate(zip(wanted, engine(table, rules), strict=True)):
            shown = {name: value for name, value in table.row(rank, named=True).items() if value is not None}
            found += [
                f"{engine.__name__}, {rule} : {columns[rule]} au lieu de {scalar[rule]} pour {shown}"
                for rule in scalar
                if columns[rule] != scalar[rule]
            ]
    return found


@settings(max_examples=2, deadline=None, database=None)
@given(st.integers(0, 2**32))
def test_the_three_engines_agree(seed: int) -> None:
    """On tables of drawn contracts, every columnar rule gives the same verdict and the same doubt."""
    random = Random(seed)
    assert differences(frame([drawn_row(random) for _ in range(200)]), RULES)[:10] == []
