"""The logic of some truths as operations on sets of rows, written once and run on each batch.

A truth has two sets: the rows where it is true, and those where it is false; where it is neither, it is unknown. Only
the one that is asked for is written, equal sets are one, and constants are folded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from achats_check.columns.expression import ENUM, Node
from achats_check.columns.split import QUESTIONS, Split
from achats_check.garbage import not_searched

NONE, EVERY = 0, 1
"""Ranks of the set without any row, and of the set of all of them."""
_MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CONTRARY = {"=": "≠", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Operation(NamedTuple):
    """How a set is made."""

    op: str
    """"and", "or", "minus" (the second set is within the first), or what is asked of a column: "known", "true",
    "is" a text, "yes" to a question, or a sign: how it compares with a constant."""
    sets: tuple[int, ...] = ()
    """Ranks of other sets; what is compared with a constant is looked at among the rows of one."""
    column: int = 0
    """Key of the node that a column holds."""
    data: Any = None
    """The text, the key of the question, or the constant."""


class Step(NamedTuple):
    """A set to make, and those that nothing asks for afterwards."""

    made: int
    operation: Operation
    last_used: tuple[int, ...]


class SetProgram(NamedTuple):
    """Sets of rows to make, in order."""

    steps: tuple[Step, ...]
    wanted: tuple[int, ...]
    """For each truth, the rank of the set of the rows where it is true."""
    height: int
    """How many ranks there are."""


def set_program(split: Split) -> SetProgram:
    """Write the program of what an engine leaves to decide."""
    with not_searched():  # thousands of operations
        writer = _Writer(split)
        wanted = tuple(writer.true(node) for node in split.wanted)
        operations = writer.sets.operations
        return SetProgram(tuple(_steps(operations, wanted)), wanted, len(operations))


def _steps(operations: list[Operation], wanted: tuple[int, ...]) -> Iterator[Step]:
    """Yield the sets that the wanted ones need, each before those that use it."""
    needed = {NONE, EVERY, *wanted}
    for rank in range(len(operations) - 1, EVERY, -1):  # what a set is made of has lower ranks
        if rank in needed:
            needed.update(operations[rank].sets)
    kept = {NONE, EVERY, *wanted}
    leaving: dict[int, tuple[int, ...]] = {}
    for rank in sorted(needed, reverse=True):
        last = tuple(part for part in dict.fromkeys(operations[rank].sets) if part not in kept)
        kept.update(last)
        leaving[rank] = last
    for rank in sorted(needed - {NONE, EVERY}):
        yield Step(rank, operations[rank], leaving[rank])


class _Sets:
    """Makes sets, each once."""

    def __init__(self) -> None:
        self.operations = [Operation("none"), Operation("every")]
        self._ranks: dict[Operation, int] = {}

    def made(self, operation: Operation) -> int:
        """Return the rank of the set that an operation makes."""
        rank = self._ranks.get(operation)
        if rank is None:
            rank = self._ranks[operation] = len(self.operations)
            self.operations.append(operation)
        return rank

    def all_of(self, sets: Iterable[int]) -> int:
        """Return the rows that are in every set."""
        return self._joined("and", sets, EVERY, NONE)

    def any_of(self, sets: Iterable[int]) -> int:
        """Return the rows that are in a set at least."""
        return self._joined("or", sets, NONE, EVERY)

    def _joined(self, op: str, sets: Iterable[int], neutral: int, deciding: int) -> int:
        kept = set(sets)
        kept.discard(neutral)
        if deciding in kept:
            return deciding
        if len(kept) > 1:
            return self.made(Operation(op, tuple(sorted(kept))))
        return kept.pop() if kept else neutral

    def minus(self, whole: int, part: int) -> int:
        """Return the rows of a set that are not in another, which is within it."""
        if part == NONE:
            return whole
        if part == whole:
            return NONE
        made = self.operations[part]
        if made.op == "minus" and made.sets[0] == whole:
            return made.sets[1]
        return self.made(Operation("minus", (whole, part)))


class _Writer:
    """Writes the sets of nodes, each when it is first asked for."""

    def __init__(self, split: Split) -> None:
        self.sets = _Sets()
        self._columns = {node.key for node in (*split.columns.values(), *split.texts)}
        self._sides: dict[tuple[int, bool], int] = {}
        self._known: dict[int, int] = {}
        self._choices: dict[int, Mapping[Any, int]] = {}
        self._parts: dict[int, tuple[tuple[int, Node], ...]] = {}

    def true(self, node: Node) -> int:
        """Return the rows where a truth is true."""
        return self._side(node, True)

    def _side(self, node: Node, wanted: bool) -> int:
        """Return the rows where a truth is what is wanted."""
        found = self._sides.get((node.key, wanted))
        if found is None:
            write = _Writer._held if node.key in self._columns else _WRITERS[node.op]
            found = self._sides[node.key, wanted] = write(self, node, wanted)
        return found

    def _known_rows(self, node: Node) -> int:
        """Return the rows where a truth, or another value, is known."""
        found = self._known.get(node.key)
        if found is None:
            found = self._known[node.key] = self._where_known(node)
        return found

    def _where_known(self, node: Node) -> int:
        if node.key in self._columns:
            return self.sets.made(Operation("known", (), node.key))
        if node.op in {"literal", "null"}:
            return NONE if node.op == "null" else EVERY
        if node.op in {"is_true", "is_null"}:
            return EVERY
        if node.op in {"case", "coalesce"}:
            parts = [(rows, self._known_rows(value)) for rows, value in self._values(node)]
            if node.op == "case" and all(known == EVERY for _, known in parts):
                return EVERY
            return self.sets.any_of(self.sets.all_of(part) for part in parts)
        if node.op in {"and", "or"}:
            return self.sets.any_of([self._side(node, True), self._side(node, False)])
        return self.sets.all_of(map(self._known_rows, node.args))

    # --- One method for each operation: where a node is what is wanted ---------------------------------------------

    def _held(self, node: Node, wanted: bool) -> int:
        return self._or_else(node, self.sets.made(Operation("true", (), node.key)), wanted)

    def _or_else(self, node: Node, true: int, wanted: bool) -> int:
        """Return where a node is true, or the other rows where it is known."""
        return true if wanted else self.sets.minus(self._known_rows(node), true)

    def _literal(self, node: Node, wanted: bool) -> int:
        return EVERY if node.data is wanted else NONE

    def _null(self, node: Node, wanted: bool) -> int:
        return NONE

    def _and(self, node: Node, wanted: bool) -> int:
        sides = [self._side(arg, wanted) for arg in node.args]
        return self.sets.all_of(sides) if wanted else self.sets.any_of(sides)

    def _or(self, node: Node, wanted: bool) -> int:
        sides = [self._side(arg, wanted) for arg in node.args]
        return self.sets.any_of(sides) if wanted else self.sets.all_of(sides)

    def _not(self, node: Node, wanted: bool) -> int:
        return self._side(node.args[0], not wanted)

    def _is_true(self, node: Node, wanted: bool) -> int:
        return self._or_else(node, self._side(node.args[0], True), wanted)

    def _is_null(self, node: Node, wanted: bool) -> int:
        known = self._known_rows(node.args[0])
        return self.sets.minus(EVERY, known) if wanted else known

    def _is_in(self, node: Node, wanted: bool) -> int:
        choice = self._choice(node.args[0])
        return self._or_else(node, self.sets.any_of(choice.get(value, NONE) for value in node.data), wanted)

    def _question(self, node: Node, wanted: bool) -> int:
        return self._or_else(node, self.sets.made(Operation("yes", (), node.args[0].key, node.key)), wanted)

    def _compare(self, node: Node, wanted: bool) -> int:
        measure, figure, sign = *node.args, node.data
        if measure.key not in self._columns:
            measure, figure, sign = figure, measure, _MIRRORED[sign]
        if not wanted:
            sign = _CONTRARY[sign]
        limits = self._choice(figure).items()
        return self.sets.any_of(self._compared(rows, measure.key, sign, limit) for limit, rows in limits)

    def _compared(self, rows: int, column: int, sign: str, limit: int | date) -> int:
        if sign in {"<=", ">"}:  # whole numbers and days: the next one is the limit of the other sign
            sign = {"<=": "<", ">": ">="}[sign]
            limit = limit + 1 if isinstance(limit, int) else limit + timedelta(days=1)
        return NONE if rows == NONE else self.sets.made(Operation(sign, (rows,), column, limit))

    def _chosen(self, node: Node, wanted: bool) -> int:
        return self.sets.any_of(
            self.sets.all_of([rows, self._side(value, wanted)]) for rows, value in self._values(node)
        )

    # --- Values that are one of few --------------------------------------------------------------------------------

    def _choice(self, node: Node) -> Mapping[Any, int]:
        """Return the rows where a value is each that it may be."""
        found = self._choices.get(node.key)
        if found is None:
            found = self._choices[node.key] = self._of_each(node)
        return found

    def _of_each(self, node: Node) -> Mapping[Any, int]:
        if node.key in self._columns:
            values = node.type.removeprefix(ENUM).split("|")
            return {value: self.sets.made(Operation("is", (), node.key, value)) for value in values}
        if node.op in {"literal", "null"}:
            return {} if node.op == "null" else {node.data: EVERY}
        found: dict[Any, list[int]] = {}
        for rows, value in self._values(node):
            for each, where in self._choice(value).items():
                found.setdefault(each, []).append(self.sets.all_of([rows, where]))
        return {each: self.sets.any_of(parts) for each, parts in found.items()}

    def _values(self, node: Node) -> tuple[tuple[int, Node], ...]:
        """Return the values that a node chooses from, with the rows where each is looked at."""
        found = self._parts.get(node.key)
        if found is None:
            found = self._parts[node.key] = tuple(self._branches(node))
        return found

    def _branches(self, node: Node) -> Iterator[tuple[int, Node]]:
        left = EVERY
        if node.op == "coalesce":
            for value in node.args:
                yield left, value
                left = self.sets.minus(left, self.sets.all_of([left, self._known_rows(value)]))
            return
        for condition, value in zip(node.args[:-1:2], node.args[1::2], strict=True):
            taken = self.sets.all_of([left, self._side(condition, True)])
            yield taken, value
            left = self.sets.minus(left, taken)
        yield left, node.args[-1]


_WRITERS: Mapping[str, Callable[[_Writer, Node, bool], int]] = {
    "literal": _Writer._literal,
    "null": _Writer._null,
    "and": _Writer._and,
    "or": _Writer._or,
    "not": _Writer._not,
    "is_true": _Writer._is_true,
    "is_null": _Writer._is_null,
    "is_in": _Writer._is_in,
    "compare": _Writer._compare,
    "case": _Writer._chosen,
    "coalesce": _Writer._chosen,
    **dict.fromkeys(QUESTIONS, _Writer._question),
}
