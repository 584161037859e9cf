"""Dated figures in columns: what a parameter may be worth for each day, buyer and nature of contract.

The law itself (``law.parameters``) is asked, once for each situation that may meet it: every period between two
dates, every buyer, every nature of contract, unknown included. What it answers becomes a decision by columns;
nothing of its reasoning is written a second time.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import NamedTuple

from achats_check.columns.expression import CLASS, DATE, NUMBER, TRUTH, Expressions, Node
from achats_check.columns.reading import SCALE
from achats_check.columns.refusal import NotColumnar
from achats_check.columns.rows import stated_scope
from achats_check.law.context import Context
from achats_check.law.parameters import BUYER_FACTS, NATURE_FACTS, buyer_codes, natures
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import awaited, compared
from achats_check.model.fact import KNOWN, STRUCTURED, Fact, FactSet, Value
from achats_check.model.rule import Parameter, ParameterRow

Key = int | Value | None
"""The class of the buyer or of the nature, or the value of a fact that a row of a parameter asks for."""
Answer = bool | int | None


class Figure(NamedTuple):
    """What a parameter may be worth in one situation."""

    least: Decimal | None = None
    """Smallest value it may have; None when one of them is not known, or there is none."""
    most: Decimal | None = None
    lowest_known: Decimal | None = None
    """Smallest of the values known, even when another is not."""
    awaits: tuple[str, ...] = ()
    """Facts that would choose between its values."""
    uncertain: bool = False
    """Every value it may have is uncertain."""


class Question(NamedTuple):
    """What is asked of a figure."""

    about: str
    """"least", "most", "lowest_known", "uncertain", or "awaits"."""
    fact: str = ""
    """For "awaits": the fact that would choose between its values."""
    factor: Decimal | None = None
    """For a value: what multiplies it."""
    up: bool = True
    """For a value finer than the scale of the columns: where it goes."""

    @property
    def type(self) -> str:
        """Return the type of the answer."""
        return TRUTH if self.about in {"uncertain", "awaits"} else NUMBER

    def of(self, figure: Figure) -> Answer:
        """Return the answer for a figure; None for unknown."""
        if self.about == "awaits":
            return self.fact in figure.awaits
        if self.about == "uncertain":
            return figure.uncertain
        value: Decimal | None = getattr(figure, self.about)
        return scaled(value, self.factor, up=self.up)


class _Axis(NamedTuple):
    """Something a figure depends on."""

    node: Node
    keys: Mapping[Key, Mapping[str, Value | None]]
    """For each of its values, facts that give it."""


class Figures:
    """Figures of a rulebook as nodes."""

    def __init__(self, expressions: Expressions, book: Rulebook) -> None:
        self.e = expressions
        self.book = book
        self._axes: dict[tuple[int, ...], _Axis] = {}
        self._answers: dict[Hashable, Node] = {}
        self._periods: dict[tuple[str, date], Mapping[tuple[Key, ...], Figure]] = {}
        self._choices: dict[Hashable, Mapping[tuple[Key, ...], tuple[int, ...]]] = {}

    def node(
        self,
        parameter: str,
        facts: Mapping[str, Node],
        day: Node,
        question: Question,
    ) -> Node:
        """Return what a question gives for the figure of each row.

        Args:
            parameter: Name of the parameter.
            facts: The facts, by name.
            day: The day of the law of each row.
            question: What is asked of the figure.

        Raises:
            NotColumnar: The figure depends on a fact that has too many values.
        """
        axes = self._dependence(self.book.parameters[parameter], facts)
        key = (parameter, day.key, question, *(axis.node.key for axis in axes))
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = self._answer(parameter, axes, day, question)
        return found

    def _answer(self, parameter: str, axes: list[_Axis], day: Node, question: Question) -> Node:
        merged: list[tuple[Node, Node]] = []
        for since in reversed(_starts(self.book.parameters[parameter])):
            started = self.e.compare(">=", day, self.e.literal(since, DATE))
            if started is self.e.false:
                continue
            figures = self._period(parameter, axes, since)
            answers = {figure: question.of(figure) for figure in set(figures.values())}
            outcomes = {keys: answers[figure] for keys, figure in figures.items()}
            node = self._decision([axis.node for axis in axes], outcomes, question.type)
            if merged and merged[-1][1] is node:  # an earlier period that says the same goes on into the later one
                merged.pop()
            merged.append((started, node))
        return self.e.case(merged, self._decision([], {(): question.of(figure_of(()))}, question.type))

    def _dependence(self, parameter: Parameter, facts: Mapping[str, Node]) -> list[_Axis]:
        """Return what chooses between the values of a parameter.

        Raises:
            NotColumnar: A fact that has too many values.
        """
        axes = []
        if any(row.buyers != ("tous",) for row in parameter.rows):
            axes.append(self._classes(BUYER_FACTS, facts, buyer_codes))
        if any(row.natures for row in parameter.rows):
            axes.append(self._classes(NATURE_FACTS, facts, natures))
        conditions = [row.condition for row in parameter.rows if row.condition is not None]
        names = dict.fromkeys(name for condition in conditions for name in compared(condition))
        return axes + [_Axis(facts[name], {value: {name: value} for value in self._values(name)}) for name in names]

    def _values(self, name: str) -> tuple[Value | None, ...]:
        spec = self.book.vocabulary[name]
        if spec.type not in {"booleen", "enum"}:
            raise NotColumnar(f"une valeur du droit dépend de « {name} », qui n'a pas de valeurs énumérées")
        return (None, True, False) if spec.type == "booleen" else (None, *spec.values)

    def _classes(self, names: Sequence[str], facts: Mapping[str, Node], law: Callable[[Context], Hashable]) -> _Axis:
        """Return the classes of buyers, or of natures, that the law tells apart, as a column of ranks."""
        found = self._axes.get(tuple(facts[name].key for name in names))
        if found is None:
            ranks: dict[Hashable, int] = {}
            members: dict[Key, Mapping[str, Value | None]] = {}
            outcomes: dict[tuple[Key, ...], Answer] = {}
            for situation in product(*(self._values(name) for name in names)):
                held = dict(zip(names, situation, strict=True))
                rank = ranks.setdefault(law(self._context(held, date.min)), len(ranks))
                members.setdefault(rank, held)
                outcomes[situation] = rank
            node = self._decision([facts[name] for name in names], outcomes, CLASS)
            found = self._axes[tuple(facts[name].key for name in names)] = _Axis(node, members)
        return found

    def _context(self, held: Mapping[str, Value | None], day: date) -> Context:
        stated = [
            Fact(name, stated_scope(self.book.vocabulary[name]), value, KNOWN, STRUCTURED)
            for name, value in held.items()
            if value is not None
        ]
        return Context(self.book, FactSet(stated), day)

    def _period(self, parameter: str, axes: list[_Axis], day: date) -> Mapping[tuple[Key, ...], Figure]:
        """Return the figure of each situation during the period that begins on a day."""
        found = self._periods.get((parameter, day))
        if found is None:
            rows = [row for row in self.book.parameters[parameter].rows if row.in_force(day)]
            choices = self._chosen_rows(parameter, axes, day, rows)
            figures = {ranks: figure_of([rows[rank] for rank in ranks]) for ranks in set(choices.values())}
            found = self._periods[(parameter, day)] = {keys: figures[ranks] for keys, ranks in choices.items()}
        return found

    def _chosen_rows(
        self, parameter: str, axes: list[_Axis], day: date, rows: Sequence[ParameterRow]
    ) -> Mapping[tuple[Key, ...], tuple[int, ...]]:
        """Return, for each situation, the ranks of the rows in force on a day that may apply.

        The law chooses by whom and what a row is for, never by its value: periods whose rows differ in nothing else
        share one answer.
        """
        shape = tuple((row.buyers, row.natures, row.condition) for row in rows)
        key = (shape, tuple(axis.node.key for axis in axes))
        found = self._choices.get(key)
        if found is None:
            ranks = {id(row): rank for rank, row in enumerate(rows)}
            choices = {}
            for keys in product(*(axis.keys for axis in axes)):
                held = {k: v for key, axis in zip(keys, axes, strict=True) for k, v in axis.keys[key].items()}
                choices[keys] = tuple(ranks[id(row)] for row in self._context(held, day).rows(parameter))
            found = self._choices[key] = choices
        return found

    def _decision(self, nodes: Sequence[Node], outcomes: Mapping[tuple[Key, ...], Answer], type: str) -> Node:
        """Return the tree that tests one thing after the other, as few times as needed."""
        distinct = set(outcomes.values())
        if len(distinct) == 1:
            value = distinct.pop()
            return self.e.null(type) if value is None else self.e.literal(value, type)
        nested: dict[Key, dict[tuple[Key, ...], Answer]] = {}
        for (key, *others), answer in outcomes.items():
            nested.setdefault(key, {})[tuple(others)] = answer
        alike: dict[tuple[Answer, ...], list[Key]] = {}
        for key, inner in nested.items():
            alike.setdefault(tuple(inner.values()), []).append(key)
        groups: dict[int, tuple[Node, list[Key]]] = {}
        for keys in alike.values():
            node = self._decision(nodes[1:], nested[keys[0]], type)
            groups.setdefault(node.key, (node, []))[1].extend(keys)
        return self._chosen(nodes[0], list(groups.values()))

    def _chosen(self, tested: Node, groups: list[tuple[Node, list[Key]]]) -> Node:
        """Return the node that the value of a column leads to; the largest group comes last, without a test."""
        largest = max(groups, key=lambda group: len(group[1]))[0]
        branches = [(self._is_one_of(tested, keys), node) for node, keys in groups if node is not largest]
        return self.e.case(branches, largest)

    def _is_one_of(self, tested: Node, keys: Iterable[Key]) -> Node:
        held = list(keys)
        tests = [self.e.is_null(tested)] if None in held else []
        if tested.type == TRUTH:
            tests += [self.e.is_true(tested if key else self.e.negation(tested)) for key in held if key is not None]
        else:
            listed = [key for key in held if isinstance(key, str | int)]
            tests += [self.e.is_true(self.e.is_in(tested, listed))] if listed else []
        return self.e.any_of(tests)


def figure_of(rows: Sequence[ParameterRow]) -> Figure:
    """Return what the rows that may apply tell of a figure."""
    values = {row.value for row in rows}
    known = sorted(value for value in values if value is not None)
    complete = known if len(known) == len(values) else []
    return Figure(
        complete[0] if complete else None,
        complete[-1] if complete else None,
        known[0] if known else None,
        awaited(tuple(rows)),
        bool(rows) and all(row.confidence == "incertaine" for row in rows),
    )


def scaled(value: Decimal | None, factor: Decimal | None = None, *, up: bool) -> int | None:
    """Return a figure as a count of ten-thousandths; one that falls between two goes up or down."""
    if value is None:
        return None
    exact = value * (1 if factor is None else factor) * SCALE
    return int(exact.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR))


def _starts(parameter: Parameter) -> tuple[date, ...]:
    """Return the first days of the periods during which the same rows are in force."""
    days = {row.since for row in parameter.rows}
    days |= {row.until + timedelta(1) for row in parameter.rows if row.until is not None}
    return tuple(sorted(days))
