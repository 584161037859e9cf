"""What a clause lacks, and the hours that a ratio gives: facts made of others, in columns as on one dossier."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from tests.columns.tables import TODAY, Row, book, by_duckdb, by_polars, by_scalar, by_sql, frame

from achats_check.columns.expression import LIST, TRUTH, Expressions
from achats_check.columns.polars_engine import columns_of
from achats_check.columns.program import rule_named
from achats_check.columns.rows import row_context, row_facts
from achats_check.law.derive_clauses import ENVIRONMENT_FACTS, SOCIAL_FACTS

RULES = tuple(
    rule_named(book(), rule)
    for rule in (
        *("clause-sociale-complete", "clause-environnementale-complete"),
        *("equipements-publics-clauses", "mobilite-clauses"),
    )
)
ENGINES = (by_polars, by_duckdb, by_sql)
TRUTHS = (True, True, True, False, None)
HOURS = ("valeur_estimee_ht", "social.ratio_heures", "social.ratio_montant_ht")
NUMBERS = (0.0, 0.01, 1.0, 3.0, 6.0, 1000.0, 99_999.99, 1_000_000.0, 9.9e13, None, float("nan"))


def drawn(random: Random) -> Row:
    """A contract that has a clause more often than not, and organs at random."""
    row: dict[str, Any] = {
        name: random.choice(TRUTHS) for name in (*SOCIAL_FACTS, *ENVIRONMENT_FACTS, "social.insertion")
    }
    row |= {
        "social.publics": random.choice((["jeunes"], ["jeunes"], [], [None], None)),
        "social.modalites": random.choice((["embauche_directe"], ["embauche_directe"], [], ["inconnue"], None)),
        "social.heures_insertion": random.choice((None, None, 0.0, 300.0)),
        "cpv": random.choice((["60100000"], ["45214220"], ["79710000"])),
        "contrat": "marche",
        "date_lancement": TODAY,
    }
    return row | {name: random.choice(NUMBERS) for name in HOURS}


def test_the_engines_agree_on_what_is_missing() -> None:
    """Every state of every organ: the scalar engine, Polars, DuckDB and the printed SQL give the same verdicts."""
    random = Random(5)
    table = frame([drawn(random) for _ in range(600)])
    wanted = by_scalar(table, RULES)
    for rule in RULES:
        assert len({row[rule.id] for row in wanted}) > 2, rule.id
    for engine in ENGINES:
        assert engine(table, RULES) == wanted


def test_a_table_may_state_what_is_missing() -> None:
    """A list that the table gives outranks the one that its other columns would make, where it is known."""
    base = {
        "contrat": "marche",
        "date_lancement": TODAY,
        "social.condition_execution": True,
        "social.insertion": False,
        "social.controle": True,
        "social.penalites": True,
    }
    rows = [base | {"social.organes_manquants": held} for held in (["contact"], [], None, ["contact", None])]
    rule = rule_named(book(), "clause-sociale-complete")
    wanted = by_scalar(frame(rows), [rule])
    assert [row[rule.id][0] for row in wanted] == ["opportunite", "conforme", "conforme", "conforme"]
    assert all(engine(frame(rows), [rule]) == wanted for engine in ENGINES)


@pytest.mark.parametrize(
    ("base", "each", "slice_of", "hours"),
    [
        (1_000_000.0, 3.0, 3.0, 1_000_000),
        (320_500.0, 6.0, 1000.0, 1923),
        (999.99, 6.0, 1000.0, 5),
        (0.7, 0.03, 0.007, 3),
        (0.03, 0.7, 0.007, 3),
        (9.9e13, 9.9e13, 0.01, 10**15),
        (320_500.0, 6.0, 0.0, None),
        (320_500.0, None, 1000.0, None),
        (float("nan"), 6.0, 1000.0, None),
    ],
)
def test_hours_of_a_ratio_in_columns(base: float, each: float | None, slice_of: float, hours: int | None) -> None:
    """The hours compare as the scalar engine counts them, division by zero, NaN and overflow included."""
    row = {"valeur_estimee_ht": base, "social.ratio_heures": each, "social.ratio_montant_ht": slice_of}
    table = frame([row | {"cpv": ["60100000"], "social.condition_execution": True, "date_lancement": TODAY}])
    facts = row_facts(table.row(0, named=True), columns_of(table.schema), book())
    found = row_context(facts, book(), TODAY).known("social.heures_insertion")
    assert found is None if hours is None else isinstance(found, Decimal)
    assert hours is None or (found == hours if hours < 10**15 else found > hours)  # type: ignore[operator]
    wanted = by_scalar(table, RULES)
    assert all(engine(table, RULES) == wanted for engine in ENGINES)


def test_what_is_asked_of_a_list_made_of_truths() -> None:
    """It is empty where none holds, holds what its truth says, and is unknown where it is not known."""
    e = Expressions()
    column = e.source("a", TRUTH, None)
    made = e.listed(e.known(column), {"suivi": e.is_true(column), "penalite": e.false})
    assert e.call("is_empty", TRUTH, [e.listed(e.true, {"suivi": e.false})]) is e.true
    assert e.call("is_empty", TRUTH, [e.listed(e.false, {"suivi": e.true})]) is e.unknown
    assert e.call("has_item", TRUTH, [made], ("penalite",)) is e.case([(e.known(column), e.false)])
    assert e.is_null(made) is e.is_null(column)
    stated = e.source("b", LIST, None)
    either = e.coalesce([stated, made])
    assert e.is_null(either) is e.all_of([e.is_null(stated), e.is_null(column)])
    with pytest.raises(ValueError, match="all_prefixed"):
        e.call("all_prefixed", TRUTH, [made], ("45",))
