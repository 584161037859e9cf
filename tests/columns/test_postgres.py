"""The SQL printed for PostgreSQL, run by a real one: the same verdicts as the scalar engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.columns.postgres_server import Server, programs, running
from tests.columns.strategies import drawn_row
from tests.columns.tables import TODAY, book, by_scalar, frame

from achats_check.columns import reading as r
from achats_check.columns.expression import NUMBERS, RECORDS
from achats_check.columns.printed_sql import rule_sql
from achats_check.columns.program import columnar_rules
from achats_check.columns.reading import type_of, usual_column

PROGRAMS = programs()
TYPES = {r.BOOLEAN: "boolean", r.INTEGER: "bigint", r.FLOAT: "double precision", r.DAY: "date", r.STRINGS: "text[]"}
ROWS = 60
ONE_RULE_OF = 5
"""Writing a query takes longer than running it: the others are parsed, and run by DuckDB, in the other tests."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server for the tests of this file."""
    if PROGRAMS is None:
        pytest.skip("PostgreSQL n'est pas installé")
    with running(PROGRAMS) as started:
        yield started


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, list | pl.Series):
        return f"ARRAY[{', '.join(map(_literal, value))}]::text[]"
    if isinstance(value, int | float):
        return f"'{value!r}'"
    text = value.isoformat() if isinstance(value, date) else str(value)
    return "'" + text.replace("'", "''") + "'"


def _written(table: pl.DataFrame) -> str:
    """Return the statements that make a table and fill it."""
    kinds = {name: usual_column(book().vocabulary[name]).kind for name in table.columns}
    columns = ", ".join(f'"{name}" {TYPES.get(kind, "text")}' for name, kind in kinds.items())
    rows = [f"({id_}, {', '.join(map(_literal, row))})" for id_, row in enumerate(table.iter_rows())]
    return f"CREATE TABLE contrats (id bigint, {columns});\nINSERT INTO contrats VALUES\n" + ",\n".join(rows) + ";\n"


def test_rules_give_their_verdicts_on_a_real_server(server: Server) -> None:
    """On drawn contracts, nulls and odd amounts among them; each query is planned and run in a moment."""
    random = Random(23)
    table = frame([drawn_row(random) for _ in range(ROWS)])
    held = [name for name in table.columns if type_of(book().vocabulary[name]) not in {RECORDS, NUMBERS}]
    table = table.select(held)
    server.ask(_written(table))
    reasons = columnar_rules(book(), TODAY)
    rules = [rule for rule in book().rules if not reasons[rule.id]][::ONE_RULE_OF]
    wanted = by_scalar(table, rules)
    wrong = []
    for rule in rules:
        text = rule_sql(book(), rule.id, dialect="postgres", today=TODAY, key="id", names=held).rstrip().rstrip(";")
        found = server.ask(f"SET statement_timeout = '20s';\nSELECT verdict, doute FROM ({text}\n) AS v ORDER BY id;")
        if [tuple(row) for row in found] != [row[rule.id] for row in wanted]:
            wrong.append(rule.id)
    assert len(rules) > 40
    assert wrong == []
