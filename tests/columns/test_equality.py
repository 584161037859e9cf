"""One rule, three executions: the scalar engine, Polars and DuckDB give the same verdicts, value for value."""

from __future__ import annotations

from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.columns.strategies import drawn_row, moved, situation
from tests.columns.tables import TODAY, Verdicts, book, by_duckdb, by_polars, by_scalar, by_sql, frame

from achats_check.columns.polars_engine import columns_of
from achats_check.columns.polars_writer import WRITERS
from achats_check.columns.program import columnar_rules, compile_rules, rule_named
from achats_check.columns.reading import usual_column
from achats_check.columns.rows import row_context, row_facts
from achats_check.columns.split import split
from achats_check.law.evaluate import PORTFOLIO, judge_rule
from achats_check.law.loader import Examples, load_sources
from achats_check.law.schema import Example
from achats_check.model.fact import GRANT
from achats_check.model.finding import DOUBTS
from achats_check.model.rule import Rule
from achats_check.resources import rules_root

REASONS = columnar_rules(book(), TODAY)
RULES = [rule for rule in book().rules if not REASONS[rule.id]]
ENGINES = (by_polars, by_duckdb, by_sql)


def differences(table: pl.DataFrame, wanted: Verdicts, rules: list[Rule]) -> list[str]:
    """Return, in words, where Polars or DuckDB does not say what is wanted."""
    return [
        f"{engine.__name__}, {rule} : {columns[rule]} au lieu de {expected} pour {_shown(table, rank)}"
        for engine in ENGINES
        for rank, (row, columns) in enumerate(zip(wanted, engine(table, rules), strict=True))
        for rule, expected in row.items()
        if columns[rule] != expected
    ]


def _columnar(examples: Examples) -> list[tuple[str, tuple[Example, ...]]]:
    return [(rule, held) for rule, held in examples.items() if not REASONS[rule]]


def _shown(table: pl.DataFrame, rank: int) -> dict[str, object]:
    return {name: value for name, value in table.row(rank, named=True).items() if value is not None}


def test_every_rule_on_contracts_is_columnar() -> None:
    """Found by compiling them: all but the rules of portfolios and of grants, which judge no row."""
    elsewhere = {rule.id: rule.scope for rule in book().rules if rule.scope in {PORTFOLIO, GRANT.kind}}
    assert {rule for rule, reason in REASONS.items() if reason} == set(elsewhere)
    assert all(REASONS[rule].startswith(f"portée « {scope} »") for rule, scope in elsewhere.items())


def test_polars_is_asked_only_for_what_it_writes() -> None:
    """With every column a table may have, no value needs a question on texts, which Polars leaves to sets of rows."""
    columns = {name: usual_column(spec) for name, spec in book().vocabulary.items() if not spec.derived}
    program = compile_rules(book(), columns, TODAY)
    pending = list(split(mask for masks in program.masks.values() for mask in masks.values()).columns.values())
    asked = set()
    while pending:
        node = pending.pop()
        asked.add(node.op)
        pending += node.args
    assert asked - {"literal", "null"} <= set(WRITERS)
    assert asked >= {"source", "ratio", "months_between", "days_between", "sum_field", "any_field"}


@settings(max_examples=2, database=None)
@given(st.integers(0, 2**32))
def test_the_three_engines_agree(seed: int) -> None:
    """On tables of drawn contracts, every columnar rule gives the same verdict and the same doubt."""
    random = Random(seed)
    table = frame([drawn_row(random) for _ in range(40)])
    assert differences(table, by_scalar(table, RULES), RULES)[:10] == []


def test_a_table_of_few_columns_agrees_too() -> None:
    """What is missing is folded away when the rules are compiled: the verdicts stay those of rows that are silent."""
    names = ["type", "valeur_estimee_ht", "acheteur.categorie", "procedure.type", "execution.date_notification"]
    random = Random(7)
    drawn = [drawn_row(random) for _ in range(40)]
    table = frame([{name: row.get(name) for name in names} for row in drawn], names)
    assert differences(table, by_scalar(table, RULES), RULES)[:10] == []


def test_every_example_of_the_rules_gives_its_verdict_in_columns() -> None:
    """The examples inside the rules run through both back ends, each by its own rule."""
    _, examples = load_sources(rules_root())
    cases = [(rule, example) for rule, held in _columnar(examples) for example in held]
    told = [(rule, example, row) for rule, example in cases if (row := situation(example)) is not None]
    table = frame([row for _, _, row in told])
    assert len({rule for rule, _, _ in told}) > 190
    for engine in ENGINES:
        found = engine(table, RULES)
        wrong = [
            f"{engine.__name__}, {rule}, « {example.name} » : {columns[rule]}, non {example.expected} {example.doubt}"
            for (rule, example, _), columns in zip(told, found, strict=True)
            if columns[rule][0] != example.expected or (example.doubt and columns[rule][1] != example.doubt)
        ]
        assert wrong == []


def test_every_example_moved_a_little_gives_one_verdict() -> None:
    """Around each example, launch forgotten or facts moved, its own rule says the same in the three engines."""
    random = Random(5)
    _, examples = load_sources(rules_root())
    cases = [(rule, row) for rule, held in _columnar(examples) for e in held if (row := situation(e)) is not None]
    moves = [(rule_named(book(), rule), moved(row, random)) for rule, row in cases]
    table = frame([row for _, row in moves])
    columns = columns_of(table.schema)
    rows = table.iter_rows(named=True)
    contexts = [row_context(row_facts(row, columns, book()), book(), TODAY) for row in rows]
    wanted = [judge_rule(rule, context) for (rule, _), context in zip(moves, contexts, strict=True)]
    assert {finding.doubt for finding in wanted} >= {"", *DOUBTS} - {"droit"}
    for engine in ENGINES:
        found = engine(table, RULES)
        wrong = [
            f"{engine.__name__}, {rule.id} : {row[rule.id]} au lieu de {told.verdict} {told.doubt} pour {held}"
            for (rule, held), row, told in zip(moves, found, wanted, strict=True)
            if row[rule.id] != (told.verdict, told.doubt)
        ]
        assert wrong[:5] == []
