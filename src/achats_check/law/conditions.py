"""The closed list of conditions: what each verb means, three-valued, with the trace of what it saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from achats_check.law.kleene import Truth, agreed, all_of, any_of, negation
from achats_check.law.view import View
from achats_check.model.fact import ABSENT, MARCHE, Scope, Value
from achats_check.model.finding import TraceNode
from achats_check.model.rule import Condition, Operand

GROUPS = ("tous", "un_des", "aucun", "pour_chaque_lot", "un_lot")
ORDERED = ("superieur_a", "au_moins", "inferieur_a", "au_plus")
PRESENCE = ("present", "absent")
VALUES = ("egal", "different", "parmi", "contient")
LEAVES = (*VALUES, *ORDERED, *PRESENCE)

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "superieur_a": lambda a, b: a > b,
    "au_moins": lambda a, b: a >= b,
    "inferieur_a": lambda a, b: a < b,
    "au_plus": lambda a, b: a <= b,
}


def truth(condition: Condition, view: View) -> Truth:
    """Return True, False, or None when the facts do not tell."""
    result: Truth = explain(condition, view).result
    return result


def explain(condition: Condition, view: View) -> TraceNode:
    """Evaluate a condition and return its trace: every branch, with what it saw and concluded."""
    if condition.verb in GROUPS:
        return _group(condition, view)
    found = view.traces.get(condition)
    if found is None:
        found = view.traces[condition] = _explain_leaf(condition, view)
    return found


def _explain_leaf(condition: Condition, view: View) -> TraceNode:
    fact = view.fact(condition.fact)
    candidates = fact.candidates
    operands = () if condition.verb in PRESENCE else operand_values(condition.operand, view)
    return TraceNode(
        condition.verb,
        _leaf(condition.verb, candidates, fact.status, operands),
        fact=condition.fact,
        actual=fact.value if len(candidates) == 1 else None,
        status=fact.status,
        expected=condition.operand.values or operands,
        parameter=condition.operand.parameter,
        other_fact=condition.operand.fact,
        scope=fact.scope,
    )


def _group(condition: Condition, view: View) -> TraceNode:
    if condition.verb in {"pour_chaque_lot", "un_lot"}:
        return _over_lots(condition, view)
    children = tuple(explain(child, view) for child in condition.children)
    truths = [child.result for child in children]
    if condition.verb == "tous":
        result = all_of(truths)
    elif condition.verb == "un_des":
        result = any_of(truths)
    else:
        result = negation(any_of(truths))
    return TraceNode(condition.verb, result, children=children)


def _over_lots(condition: Condition, view: View) -> TraceNode:
    """Evaluate children on each lot; a market whose lots are not described counts as one."""
    scopes = [Scope("lot", lot) for lot in view.facts.lots] or [MARCHE]
    inner = Condition("tous", children=condition.children)
    children = tuple(explain(inner, view.at(scope))._replace(scope=scope) for scope in scopes)
    truths = [child.result for child in children]
    result = all_of(truths) if condition.verb == "pour_chaque_lot" else any_of(truths)
    return TraceNode(condition.verb, result, children=children)


def _leaf(verb: str, candidates: tuple[Value | None, ...], status: str, operands: tuple[Any, ...]) -> Truth:
    if verb in PRESENCE:
        present = _presence(candidates, status)
        return present if verb == "present" else negation(present)
    if not candidates or not operands:
        return None
    if len(candidates) == len(operands) == 1:
        return _compare(verb, candidates[0], operands[0])
    return agreed(_compare(verb, actual, expected) for actual, expected in product(candidates, operands))


def _presence(candidates: tuple[Value | None, ...], status: str) -> Truth:
    if status == ABSENT:
        return False
    return agreed(value is not None and value != () and value != "" for value in candidates)


def operand_values(operand: Operand, view: View) -> tuple[Any, ...]:
    """Return the values an operand may have; empty when it is unknown.

    For a verb that takes several values ("parmi"), the whole tuple is one operand.
    """
    if operand.parameter:
        found: tuple[Any, ...] = tuple(dict.fromkeys(row.value for row in view.rows(operand.parameter)))
    elif operand.fact:
        found = view.candidates(operand.fact)
    else:
        return (operand.values,)
    if not found or None in found:
        return ()
    return tuple(value * operand.factor for value in found) if operand.factor else found


def _compare(verb: str, actual: Value | None, expected: Any) -> Truth:
    if verb in _ORDER:
        return _ordered(verb, actual, expected[0] if isinstance(expected, tuple) else expected)
    values = expected if isinstance(expected, tuple) else (expected,)
    if verb == "contient":
        return contains(actual, values)
    found = any(same(actual, value) for value in values)
    return not found if verb == "different" else found


def _ordered(verb: str, actual: Any, expected: Any) -> Truth:
    both_dates = isinstance(actual, date) and isinstance(expected, date)
    both_numbers = isinstance(actual, int | Decimal) and isinstance(expected, int | Decimal)
    return _ORDER[verb](actual, expected) if both_dates or both_numbers else None


def same(actual: Any, expected: Any) -> bool:
    """Say whether two values are the same: True is not 1, and text ignores case."""
    if isinstance(actual, bool) or isinstance(expected, bool):
        return actual is expected
    if isinstance(actual, str) and isinstance(expected, str):
        return actual.casefold() == expected.casefold()
    return bool(actual == expected)


def contains(actual: Any, values: tuple[Any, ...]) -> Truth:
    """Say whether a list holds one of some items, or a text one of some words."""
    if actual is None:
        return False
    if isinstance(actual, tuple):
        return any(_item_matches(item, value) for item in actual for value in values)
    folded = str(actual).casefold()
    return any(str(value).casefold() in folded for value in values)


def _item_matches(item: Any, value: Any) -> bool:
    """Match an item: a CPV code by its prefix, a record by its name, anything else exactly."""
    if isinstance(item, Mapping):
        item = item.get("nom", "")
    if isinstance(value, str) and isinstance(item, str) and value.isdigit() and 2 <= len(value) <= 8:
        return item.startswith(value)
    return same(item, value)
