"""One row of a table judged by the scalar engine, as the columns must judge it: the explanation of a cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from achats_check.columns.reading import Column, read_value, reading_of
from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.law.evaluate import judge_rule
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ACHETEUR, KNOWN, MARCHE, STRUCTURED, Evidence, Fact, FactSet, Location, Scope
from achats_check.model.finding import Finding
from achats_check.model.rule import Rule
from achats_check.vocabulary import FactSpec

PAST_DAYS = ("date_limite_offres", "execution.date_notification")
"""Days that the launch came before: the first that is known and past stands for an unknown launch."""


def stated_scope(spec: FactSpec) -> Scope:
    """Return the scope under which a row states a fact: the buyer's or the market's, a table having no lots."""
    return ACHETEUR if "acheteur" in spec.scopes else MARCHE


def row_facts(row: Mapping[str, Any], columns: Mapping[str, Column], book: Rulebook) -> FactSet:
    """Return the facts of one row, each read as the engines read it; what is unknown is left out."""
    facts = []
    for name, column in columns.items():
        spec = book.vocabulary.get(name)
        value = None if spec is None else read_value(reading_of(spec, column), row.get(name))
        if spec is not None and value is not None:
            evidence = Evidence("table", "DESCRIPTION", str(row[name]), Location(pointer=f"/{name}"), value)
            facts.append(Fact(name, stated_scope(spec), value, KNOWN, STRUCTURED, evidence=(evidence,)))
    return FactSet(facts)


def row_context(facts: FactSet, book: Rulebook, today: date) -> Context:
    """Return what a rule sees of a row: its facts, those derived from them, and the day of its law.

    The day is that of the launch; unknown, the law is that of the deadline or of the notification when they are
    past, else of ``today``, and what was not already forbidden years before accuses nobody.
    """
    launch = _day(facts, "date_lancement")
    past = (day for name in PAST_DAYS if (day := _day(facts, name)) is not None and day < today)
    day = launch or next(past, today)
    return Context(book, derive(Context(book, facts, day)), day, launch_known=launch is not None)


def _day(facts: FactSet, name: str) -> date | None:
    fact = facts.get(name)
    return fact.value if fact is not None and isinstance(fact.value, date) else None


def judge_row(rule: Rule, facts: FactSet, book: Rulebook, today: date) -> Finding:
    """Judge one row by one rule, with its trace and its message."""
    return judge_rule(rule, row_context(facts, book, today))
