"""A rule printed as SQL: DuckDB's runs and gives the verdicts; the others are SQL of their dialect."""

from __future__ import annotations

from contextlib import closing
from random import Random

import pytest
import sqlglot
from click.testing import CliRunner
from tests.columns.strategies import drawn_row
from tests.columns.tables import TODAY, book, by_scalar, frame

from achats_check.cli import cli
from achats_check.columns import duckdb_engine
from achats_check.columns.dialects import DIALECTS, TEMPLATES
from achats_check.columns.expression import NUMBERS, RECORDS, TEXT, TRUTH, Expressions
from achats_check.columns.printed_sql import rule_sql
from achats_check.columns.program import rule_named
from achats_check.columns.reading import type_of
from achats_check.columns.sql_writer import FUNCTIONS, SqlWriter
from achats_check.errors import UsageError

SHOWN = (
    "procedure-formalisee",
    "reservation-ess-carence",
    "chiffre-affaires-plafonne",
    "motif-non-allotissement-ecrit",
)


@pytest.mark.parametrize("rule", SHOWN)
def test_the_duckdb_query_gives_the_verdicts(rule: str) -> None:
    """What is printed, sqlglot included, is run as it is and gives what the scalar engine gives."""
    random = Random(11)
    table = frame([drawn_row(random) for _ in range(150)])
    held = [name for name in table.columns if book().vocabulary[name].type != "liste" or name == "cpv"]
    table = table.select(held)
    text = rule_sql(book(), rule, today=TODAY, key="id", names=held)
    with closing(duckdb_engine.connected()) as connection:
        connection.register("contrats", table.with_row_index("id").to_arrow())
        found = connection.execute(f"SELECT verdict, doute FROM ({text.rstrip().rstrip(';')}) ORDER BY id").fetchall()
    assert found == [row[rule] for row in by_scalar(table, [rule_named(book(), rule)])]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("c.h.u.", "Achat du C.H.U.", True),
        ("c.h.u.", "cshru,", False),
        ("a (b", "lot a (b)", True),
        ("x|y", "x", False),
    ],
)
def test_a_word_is_looked_for_as_it_is_written(word: str, text: str, found: bool) -> None:
    """A jurist's word may hold signs that mean something in a pattern."""
    made = Expressions()
    asked = made.call("has_word", TRUTH, [made.literal(text, TEXT)], (word,))
    query = SqlWriter(lambda _: None).expression(asked)
    with closing(duckdb_engine.connected()) as connection:
        assert connection.execute(f"SELECT {query}").fetchall() == [(found,)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_rule_is_written_in_each_dialect(dialect: str) -> None:
    """Each dialect parses what is written for it, and no mark of ours is left."""
    for rule in ("chiffre-affaires-plafonne", "services-sociaux-joue", "reservation-ess-carence"):
        text = rule_sql(book(), rule, dialect=dialect, today=TODAY)
        assert "ACHATS_" not in text
        assert sqlglot.parse_one(text, read=dialect).find(sqlglot.exp.Select)


@pytest.mark.parametrize("rule", ["chiffre-affaires-plafonne", "reservation-ess-carence", "clause-sociale-complete"])
def test_what_is_written_for_postgres_gives_the_verdicts(rule: str) -> None:
    """The query of PostgreSQL, told again to DuckDB, gives what the scalar engine gives, value for value."""
    random = Random(3)
    table = frame([drawn_row(random) for _ in range(60)])
    held = [name for name in table.columns if type_of(book().vocabulary[name]) not in {RECORDS, NUMBERS}]
    table = table.select(held)
    text = rule_sql(book(), rule, dialect="postgres", today=TODAY, key="id", names=held)
    # The separator of lists is written otherwise in the patterns of each.
    told = sqlglot.transpile(text.replace("\\u001f", "\\x1f"), read="postgres", write="duckdb", comments=False)[0]
    with closing(duckdb_engine.connected()) as connection:
        connection.register("contrats", table.with_row_index("id").to_arrow())
        found = connection.execute(f"SELECT verdict, doute FROM ({told}) ORDER BY id").fetchall()
    assert found == [row[rule] for row in by_scalar(table, [rule_named(book(), rule)])]


def test_no_step_is_written_into_the_next_in_postgres() -> None:
    """A step that PostgreSQL may write into the next is written there for each use: its planner then never ends."""
    text = rule_sql(book(), "procedure-formalisee", dialect="postgres", today=TODAY)
    steps = list(sqlglot.parse_one(text, read="postgres").find_all(sqlglot.exp.CTE))
    assert len(steps) > 5
    assert all(step.args["materialized"] for step in steps)


def test_a_wide_quotient_is_no_bigint_in_spark() -> None:
    """DIV gives a BIGINT there: a ratio of a hundred thousand billion to a cent would not fit."""
    text = rule_sql(book(), "chiffre-affaires-plafonne", dialect="spark", today=TODAY)
    assert " DIV " not in text
    assert "DECIMAL(38, 0)" in text


def test_every_dialect_has_every_function() -> None:
    """A function that one dialect lacks would be found by the first rule that needs it: it is found here."""
    assert {dialect for dialect in DIALECTS if set(TEMPLATES[dialect]) != set(FUNCTIONS)} == set()


def test_the_query_says_what_it_reads() -> None:
    """The columns and how they are read stand above the query; what a dialect does not read is named."""
    names = ["criteres.indiques", "procedure.type", "type", "valeur_estimee_ht", "acheteur.categorie", "cpv", "objet"]
    text = rule_sql(book(), "criteres-annonces", dialect="bigquery", today=TODAY, names=names)
    assert "--   criteres.indiques : booléen" in text
    assert "`criteres__indiques`" in text
    assert "Non lues en postgres : " in rule_sql(book(), "criteres-annonces", dialect="postgres", today=TODAY)
    with pytest.raises(UsageError, match="pas un fait connu"):
        rule_sql(book(), "criteres-annonces", today=TODAY, names=["critere"])


def test_the_command_prints_a_query_or_the_list() -> None:
    """``sql REGLE`` prints the query; ``--liste`` counts the rules that go in columns."""
    run = CliRunner()
    printed = run.invoke(
        cli, ["sql", "procedure-formalisee", "--dialecte", "spark", "--table", "achats", "--cle", "uid"]
    )
    assert printed.exit_code == 0
    assert "FROM achats" in printed.output
    listed = run.invoke(cli, ["sql", "--liste"])
    count = sum(line.endswith(" en colonnes") and "«" not in line for line in listed.output.splitlines())
    assert listed.output.splitlines()[-1] == f"{count} règles sur {len(book().rules)} en colonnes."
    assert isinstance(run.invoke(cli, ["sql"]).exception, UsageError)


def test_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing a query needs sqlglot, of the audit extra."""
    monkeypatch.setattr("achats_check.columns.extra.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"sqlglot.*achats-check\[audit\]"):
        rule_sql(book(), "procedure-formalisee", dialect="duckdb", today=TODAY)
