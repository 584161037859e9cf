"""Conditions → generated Python: the truth of many conditions on many records, without a trace.

A check never runs it: one dossier is judged by the explained evaluation (``conditions.explain``), whose trace, missing
facts and quotes are the report. This is the same logic for tables of purchases, some twenty times faster; see
``docs/developper.md``. A property test holds that both agree, unknown included. A record is a tuple of plain values
in the order of ``Program.facts``; None is unknown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from achats_check.law.conditions import ORDERED, PRESENCE, contains, same
from achats_check.law.context import MARKET_PREFIX
from achats_check.law.rulebook import Rulebook
from achats_check.model.rule import Condition, ParameterRow, Rule

_SIGN = {"superieur_a": ">", "au_moins": ">=", "inferieur_a": "<", "au_plus": "<="}
Truth = bool | None


class Program(NamedTuple):
    """Compiled conditions."""

    facts: tuple[str, ...]
    """Names of the facts, in the order of a record."""
    run: Callable[[tuple[Any, ...]], tuple[Truth, ...]]
    """Return one truth for each condition compiled."""

    def record(self, facts: Mapping[str, Any]) -> tuple[Any, ...]:
        """Lay facts by name out as a record; a missing name is unknown."""
        return tuple(_plain(facts.get(name)) for name in self.facts)


class NotCompilable(ValueError):
    """A condition whose value depends on more than a flat record (lots, buyer-dependent figures)."""


def compile_conditions(groups: Sequence[Sequence[Condition]], book: Rulebook, day: date) -> Program:
    """Compile groups of conditions; each group gives one truth, that of all its conditions together.

    Args:
        groups: For example, for each rule, its ``when`` or its ``requires``.
        book: Where the dated parameters are.
        day: The day of the law.

    Raises:
        NotCompilable: A condition on lots, or a parameter whose value depends on the buyer or the nature.
    """
    writer = _Writer(book, day)
    bodies = [writer.all_of(group) for group in groups]
    lines = [
        "def run(record):",
        *writer.unpacking(),
        *writer.lines,
        f"    return ({''.join(f'{body}, ' for body in bodies)})",
    ]
    namespace: dict[str, Any] = {"contains": contains, "same": same, **writer.constants}
    exec(compile("\n".join(lines), "<rules>", "exec"), namespace)  # our own text, from a closed tree
    return Program(tuple(writer.slots), namespace["run"])


def compilable(rule: Rule, book: Rulebook, day: date) -> bool:
    """Say whether every condition of a rule's version in force fits a flat record."""
    version = rule.version_on(day)
    if version is None:
        return False
    try:
        compile_conditions([(*version.when, *version.requires)], book, day)
    except NotCompilable:
        return False
    return True


class _Writer:
    """Writes one straight line of code per condition: short variables, no call but for lists and texts."""

    def __init__(self, book: Rulebook, day: date) -> None:
        self.book = book
        self.day = day
        self.slots: dict[str, str] = {}
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}

    def unpacking(self) -> list[str]:
        return [f"    ({', '.join(self.slots.values())},) = record"] if self.slots else []

    def all_of(self, conditions: Iterable[Condition]) -> str:
        return self._joined([self._condition(c) for c in conditions], "False", "True")

    def _any_of(self, conditions: Iterable[Condition]) -> str:
        return self._joined([self._condition(c) for c in conditions], "True", "False")

    def _joined(self, terms: list[str], deciding: str, otherwise: str) -> str:
        """Write strong Kleene "and" (deciding False) or "or" (deciding True)."""
        if not terms:
            return otherwise
        if len(terms) == 1:
            return terms[0]
        decided = " or ".join(f"{term} is {deciding}" for term in terms)
        unknown = " or ".join(f"{term} is None" for term in terms)
        return self._named(f"{deciding} if {decided} else None if {unknown} else {otherwise}")

    def _condition(self, condition: Condition) -> str:
        if condition.verb == "tous":
            return self.all_of(condition.children)
        if condition.verb == "un_des":
            return self._any_of(condition.children)
        if condition.verb == "aucun":
            inner = self._any_of(condition.children)
            return self._named(f"None if {inner} is None else not {inner}")
        if condition.verb in {"pour_chaque_lot", "un_lot"}:
            raise NotCompilable(condition.verb)
        return self._leaf(condition)

    def _leaf(self, condition: Condition) -> str:
        fact = self._slot(condition.fact)
        if condition.verb in PRESENCE:
            empty = "in ((), '')" if condition.verb == "absent" else "not in ((), '')"
            return self._named(f"None if {fact} is None else {fact} {empty}")
        if condition.verb in ORDERED:
            return self._ordered(fact, condition)
        values = self._constant(condition.operand.values)
        if condition.verb == "contient":
            return self._named(f"None if {fact} is None else contains({fact}, {values})")
        unknown = f"{fact} is None"
        if condition.operand.fact:
            unknown += f" or {self._slot(condition.operand.fact)} is None"
        return self._named(f"None if {unknown} else {self._sameness(fact, condition, values)}")

    def _sameness(self, fact: str, condition: Condition, values: str) -> str:
        negation = "not " if condition.verb == "different" else ""
        held = condition.operand.values
        if condition.operand.fact:
            return f"{negation}same({fact}, {self._slot(condition.operand.fact)})"
        if all(isinstance(value, bool) for value in held):
            return f"{negation}({' or '.join(f'{fact} is {value}' for value in held)})"
        if all(isinstance(value, str) and value == value.casefold() for value in held):
            return f"{negation}({fact} in {self._constant(frozenset(held))})"
        return f"{negation}any(same({fact}, value) for value in {values})"

    def _ordered(self, fact: str, condition: Condition) -> str:
        sign = _SIGN[condition.verb]
        if condition.operand.fact:
            other = self._slot(condition.operand.fact)
            factor = f" * {self._constant(condition.operand.factor)}" if condition.operand.factor else ""
            return self._named(f"None if {fact} is None or {other} is None else {fact} {sign} {other}{factor}")
        limit = self._limit(condition)
        if limit is None:
            return "None"
        return self._named(f"None if {fact} is None else {fact} {sign} {self._constant(limit)}")

    def _limit(self, condition: Condition) -> Any:
        operand = condition.operand
        if not operand.parameter:
            return _plain(operand.values[0])
        rows = [row for row in self.book.parameters[operand.parameter].rows if row.in_force(self.day)]
        values = {row.value for row in rows}
        if len(values) > 1 or (rows and not any(map(_of_everyone, rows))):
            raise NotCompilable(operand.parameter)
        value = values.pop() if values else None
        return None if value is None else _plain(value * operand.factor if operand.factor else value)

    def _slot(self, name: str) -> str:
        name = name.removeprefix(MARKET_PREFIX)  # a flat record is the market's
        return self.slots.setdefault(name, f"f{len(self.slots)}")

    def _constant(self, value: Any) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def _named(self, expression: str) -> str:
        name = f"t{len(self.lines)}"
        self.lines.append(f"    {name} = {expression}")
        return name


def _of_everyone(row: ParameterRow) -> bool:
    return row.buyers == ("tous",) and not row.natures and row.condition is None


def _plain(value: Any) -> Any:
    """Keep whole numbers as int, which compares several times faster and exactly."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
