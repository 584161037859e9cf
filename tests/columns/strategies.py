"""Contracts drawn at random: the situations of the rules' own examples, moved, holed and dirtied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from tests.columns.tables import Row, book

from achats_check.example_facts import example_facts
from achats_check.law.loader import load_sources
from achats_check.law.schema import Example
from achats_check.model.fact import KNOWN, Value
from achats_check.model.rule import Condition
from achats_check.resources import rules_root
from achats_check.vocabulary import FactSpec

DIRT: Mapping[str, tuple[Any, ...]] = {
    "montant": (0.0, -1.0, 1e17, float("nan"), float("inf"), 0.1 + 0.2, 999999999.0, 99999999999999.99),
    "nombre": (0.0, -3.0, float("nan"), 1e300, 2.00005, 33.33),
    "pourcent": (0.0, 100.0, 100.5, float("nan"), 33.333333),
    "part": (0.0, 1.0, 1.5, float("nan"), 0.29999),
    "entier": (0, -1, 1, 2**31, 2**62, 9999, 10000),
    "texte": (
        "",
        "   ",
        "\t\n",
        "Néant",
        "AUCUN",
        "motif",
        "Électricité et gaz naturel",
        "Crèche municipale",
        "Location de bureaux",
        "Munitions",
    ),
    "enum": ("", "Travaux", "inconnue"),
}
"""What files hold and a description would refuse, or nearly."""
CODES = (
    "45112500",
    "77310000",
    "85312320",
    "80500000",
    "79416000",
    "22113000",
    "66113000",
    "35330000",
    "15800000",
    "7",
    "09310000",
    "75121000",
)
ARTICLES = (
    *("R2122-8", "r2122-8", "R2122-9-1", "L2113-12", "L2113-13", "L2113-15", "R2123-1", "R2122-1", "R2122-80"),
    *("R2122-9", "L2122-1", "L2113-4", "L2511-1", "L2512-5", "R2322-16", "L3211-1", "Décret n° 2016-360, art. 30"),
)


@cache
def situations() -> tuple[Row, ...]:
    """Return the situations of the examples of all rules that describe no lots, as rows with their day."""
    _, examples = load_sources(rules_root())
    found = [situation(example) for held in examples.values() for example in held]
    return tuple(row for row in found if row is not None)


def situation(example: Example) -> Row | None:
    """Return an example as a row of a table; None when a row cannot say it.

    A row has no lots, nothing was read or sought for it, and its launch is the day of its law.
    """
    if "lots" in example.declared or example.read or example.absent:
        return None
    facts = example_facts(example, book().vocabulary)
    row = {fact.name: cell(fact.value) for fact in facts if fact.status == KNOWN and fact.value is not None}
    return None if row.setdefault("date_lancement", example.day) != example.day else row


def cell(value: Value) -> Any:
    """Return a value as a table holds it: numbers as floats, lists as lists."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [
            {name: cell(inner) for name, inner in item.items() if inner is not None}
            if isinstance(item, Mapping)
            else cell(item)
            for item in value
        ]
    return value


@cache
def limits() -> Mapping[str, tuple[Any, ...]]:
    """Return what rules compare each fact with, and every first or last day of the law."""
    found: dict[str, set[Any]] = {}
    rows = [row for parameter in book().parameters.values() for row in parameter.rows]
    days = {day for row in rows for day in (row.since, row.until) if day}
    days |= {day for rule in book().rules for v in rule.versions for day in (v.since, v.until) if day}
    found["date_lancement"] = found["execution.date_notification"] = found["date_limite_offres"] = days
    for rule in book().rules:
        for version in rule.versions:
            for condition in (*version.when, *version.requires):
                _gather(condition, found)
    for name in ("valeur_estimee_ht", "valeur_maximale_ht"):
        found.setdefault(name, set()).update(found["valeur_besoin_ht"])
    return {name: tuple(sorted(held)) for name, held in found.items()}


def _gather(condition: Condition, found: dict[str, set[Any]]) -> None:
    for child in condition.children:
        _gather(child, found)
    held = found.setdefault(condition.fact.removeprefix("marche."), set())
    held.update(
        value for value in condition.operand.values if isinstance(value, date | Decimal) and not isinstance(value, bool)
    )
    if condition.operand.parameter:
        factor = condition.operand.factor or 1
        rows = book().parameters[condition.operand.parameter].rows
        held.update(row.value * factor for row in rows if row.value is not None)


def drawn_row(random: Random) -> Row:
    """Return an example's situation with some facts forgotten, moved around a limit, or dirtied."""
    row = moved(random.choice(situations()), random)
    for name in random.sample(sorted(book().vocabulary), random.choice((0, 2, 8, 40))):
        spec = book().vocabulary[name]
        if spec.scopes != ("portefeuille",) and spec.scopes != ("conventionnement",):
            row[name] = drawn_value(spec, random)
    return row


def moved(situation: Row, random: Random) -> dict[str, Any]:
    """Return a situation with some of its facts forgotten, moved around a limit, or dirtied; often without launch."""
    row = dict(situation)
    if random.random() < 0.3:
        row["date_lancement"] = None
    for name in list(row):
        chance = random.random()
        if chance < 0.1:
            row[name] = None
        elif chance < 0.3:
            row[name] = drawn_value(book().vocabulary[name], random)
    return row


def drawn_value(spec: FactSpec, random: Random) -> Any:
    """Return a value of a fact: near what rules compare it with, ordinary, dirty or missing."""
    chance = random.random()
    if chance < 0.1:
        return None
    if chance < 0.25 and spec.type in DIRT:
        return random.choice(DIRT[spec.type])
    if spec.type == "booleen":
        return random.random() < 0.5
    if spec.type == "enum":
        return random.choice(spec.values)
    if spec.type == "texte":
        return random.choice(DIRT["texte"])
    if spec.type == "liste":
        return _drawn_list(spec, random)
    return _near(spec, random)


def _near(spec: FactSpec, random: Random) -> Any:
    known = limits().get(spec.name) or ((date(2024, 5, 1),) if spec.type == "date" else (Decimal(12),))
    value = random.choice(
        [value for value in known if isinstance(value, date) == (spec.type == "date")] or [Decimal(12)]
    )
    if spec.type == "date":
        return value + timedelta(days=random.choice((-400, -1, 0, 1, 31)))
    if spec.type == "entier":
        return int(value) + random.choice((-1, 0, 1))
    return float(value + random.choice((Decimal(-1), Decimal("-0.01"), Decimal(0), Decimal("0.01"), Decimal(1))))


def _drawn_list(spec: FactSpec, random: Random) -> Any:
    size = random.choice((0, 1, 1, 2, 3))
    if spec.fields:
        return [_drawn_record(spec, random) for _ in range(size)]
    pools: dict[str, tuple[Any, ...]] = {
        "cpv": CODES,
        "article": ARTICLES,
        "enum": (*spec.values, *spec.values, "autre chose"),
        "montant": (5000.0, 20000.0, 59999.99, 0.1, 9e13, -4.0, float("nan")),
    }
    return [
        None if random.random() < 0.04 else random.choice(pools.get(spec.item, ("jeunes", "séniors")))
        for _ in range(size)
    ]


def _drawn_record(spec: FactSpec, random: Random) -> Any:
    pools: dict[str, tuple[Any, ...]] = {
        "texte": ("Prix", "Valeur technique", ""),
        "nombre": (40.0, 60.0, 33.3, 33.4, 100.0, None, float("nan"), -1.0),
        "booleen": (True, False, None),
    }
    return {
        field.name: random.choice(pools.get(field.type, (*field.values, None, "autre nature"))) for field in spec.fields
    }
