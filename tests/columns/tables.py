"""Tables for the tests of columns: how they are made, and the three engines asked about one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from achats_check import load_rules
from achats_check.columns import duckdb_engine, polars_engine
from achats_check.columns.expression import TEXT
from achats_check.columns.judge import Judge
from achats_check.columns.program import compile_rules
from achats_check.columns.reading import Column
from achats_check.columns.rows import row_context, row_facts
from achats_check.columns.sql_query import query
from achats_check.law.evaluate import judge_rule
from achats_check.law.rulebook import Rulebook
from achats_check.model.finding import SANS_OBJET
from achats_check.model.rule import Rule
from achats_check.vocabulary import FactSpec

TODAY = date(2026, 11, 21)
Row = Mapping[str, Any]
Verdicts = list[dict[str, tuple[str, str]]]
"""For each row, the verdict and the doubt of each rule."""


@cache
def book() -> Rulebook:
    """Return the rules, once for all tests."""
    return load_rules()


def dtype_of(spec: FactSpec) -> Any:
    """Return the type a column of a test table has."""
    if spec.fields:
        return pl.List(
            pl.Struct(
                {f.name: {"nombre": pl.Float64, "booleen": pl.Boolean}.get(f.type, pl.String) for f in spec.fields}
            )
        )
    if spec.type == "liste":
        return pl.List(pl.Float64 if spec.item == "montant" else pl.String)
    kinds = {"booleen": pl.Boolean, "date": pl.Date, "entier": pl.Int64, "texte": pl.String, "enum": pl.String}
    return kinds.get(spec.type, pl.Float64)


def frame(rows: Sequence[Row], names: Sequence[str] = ()) -> pl.DataFrame:
    """Return a table of rows, its columns typed by the vocabulary."""
    held = names or sorted({name for row in rows for name in row})
    vocabulary = book().vocabulary
    schema = {name: dtype_of(vocabulary[name]) for name in held}
    return pl.DataFrame([{name: row.get(name) for name in held} for row in rows], schema=schema, strict=False)


def by_scalar(table: pl.DataFrame, rules: Sequence[Rule], today: date = TODAY) -> Verdicts:
    """Judge each row by the scalar engine."""
    columns = polars_engine.columns_of(table.schema)
    found = []
    for row in table.iter_rows(named=True):
        context = row_context(row_facts(row, columns, book()), book(), today)
        findings = [judge_rule(rule, context) for rule in rules]
        found.append({finding.rule: (finding.verdict, finding.doubt) for finding in findings})
    return found


def by_polars(table: pl.DataFrame, rules: Sequence[Rule], today: date = TODAY) -> Verdicts:
    """Judge a table in Polars."""
    program = compile_rules(book(), polars_engine.columns_of(table.schema), today, rules)
    numbered = table.with_row_index("rang").lazy()
    found = polars_engine.with_verdicts(numbered, program.masks, ["rang"]).collect(engine="streaming")
    return _split(found.sort("rang").drop("rang").iter_rows(named=True))


def by_duckdb(table: pl.DataFrame, rules: Sequence[Rule], today: date = TODAY) -> Verdicts:
    """Judge a table in DuckDB."""
    with _in_duckdb(table) as (connection, columns):
        masks = compile_rules(book(), columns, today, rules).masks
        judge = Judge([mask for held in masks.values() for mask in held.values()])
        found = {}
        for batch in duckdb_engine.computed(connection, judge.split, ["rang"]):
            truths = [column.to_pylist() for column in judge.columns(batch)]
            found.update(zip(batch.column("rang").to_pylist(), zip(*truths, strict=True), strict=True))
    named = [(rule, outcome) for rule, held in masks.items() for outcome in held]
    return [_told(masks, named, found[rank]) for rank in sorted(found)]


def _told(rules: Iterable[str], named: Sequence[tuple[str, tuple[str, str]]], truths: Sequence[bool]) -> Any:
    """Return the verdict of each rule, whose masks must not meet."""
    held = [pair for pair, truth in zip(named, truths, strict=True) if truth]
    assert len(dict(held)) == len(held), "two verdicts for one rule"
    return {**dict.fromkeys(rules, (SANS_OBJET, "")), **dict(held)}


def by_sql(table: pl.DataFrame, rules: Sequence[Rule], today: date = TODAY) -> Verdicts:
    """Judge a table by one query that decides everything row by row, as ``sql`` prints it for a warehouse."""
    with _in_duckdb(table) as (connection, columns):
        program = compile_rules(book(), columns, today, rules)
        e = program.expressions
        nodes = {
            rule: e.case(
                [(mask, e.literal("/".join(outcome), TEXT)) for outcome, mask in masks.items()],
                e.literal(f"{SANS_OBJET}/", TEXT),
            )
            for rule, masks in program.masks.items()
        }
        text = f"SELECT * FROM ({query('contrats', nodes, ['rang']).nested}) ORDER BY rang"
        found = connection.execute(text).fetchall()
    return _split(dict(zip(nodes, row[1:], strict=True)) for row in found)


@contextmanager
def _in_duckdb(table: pl.DataFrame) -> Iterator[tuple[Any, dict[str, Column]]]:
    with closing(duckdb_engine.connected()) as connection:
        connection.register("contrats", table.with_row_index("rang").to_arrow())
        columns = duckdb_engine.columns_of(connection.table("contrats"))
        del columns["rang"]
        yield connection, columns


def _split(rows: Any) -> Verdicts:
    return [{rule: tuple(code.split("/")) if "/" in code else (code, "") for rule, code in row.items()} for row in rows]  # type: ignore[misc]
