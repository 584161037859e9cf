"""The logic of the rules over a batch of rows, on sets of rows: where a truth is true, and where it is false.

A set is a whole number whose bit *i* stands for row *i*: one "and" of two numbers settles thousands of rows. The
engines read the table and compute values; what rules decide of these values is decided here, the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from achats_check.columns.bits import known_rows, true_rows, union
from achats_check.columns.expression import TRUTH, Node
from achats_check.columns.split import QUESTIONS, Split
from achats_check.columns.texts import Asked, reader_of

Truth = tuple[int, int]
"""Rows where something is true, and rows where it is false; where it is neither, it is unknown."""
Choice = Mapping[Any, int]
"""For a value that is one of few: the rows where it is each; where it is none, it is unknown."""
_MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CONTRARY = {">=": "<", ">": "<="}
_COMPARE: Mapping[str, Callable[..., Any]] = {"=": pc.equal, "<": pc.less, "<=": pc.less_equal}


class Measure:
    """A column of numbers or dates, compared with constants, each comparison made once."""

    def __init__(self, column: pa.Array) -> None:
        self._column = column
        self.known = known_rows(column)
        self._found: dict[tuple[str, Any], Truth] = {}

    def compared(self, sign: str, value: Any) -> Truth:
        """Compare each row with a constant."""
        found = self._found.get((sign, value))
        if found is None:
            found = self._found[sign, value] = self._compared(sign, value)
        return found

    def _compared(self, sign: str, value: Any) -> Truth:
        if sign in _CONTRARY:
            true, false = self.compared(_CONTRARY[sign], value)
            return false, true
        rows = true_rows(_COMPARE[sign](self._column, pa.scalar(value, self._column.type))) & self.known
        return rows, rows ^ self.known


class RowSets:
    """Decides the nodes of a program over batches of rows; several threads may ask at once."""

    def __init__(self, split: Split) -> None:
        """Take what an engine computes and what remains to decide."""
        self._split = split
        self._readers = [(node, reader_of(node, split.questions.get(node.key, ()))) for node in split.texts]

    def decided(self, batch: pa.RecordBatch) -> list[int]:
        """Return, for each truth wanted, the rows of a batch where it is true.

        Args:
            batch: The columns that ``split`` asks of the engine, under the names it gives them.
        """
        held = {node.key: reader(batch.column(node.data[0])) for node, reader in self._readers}
        for name, node in self._split.columns.items():
            column = batch.column(name)
            held[node.key] = _truth(column) if node.type == TRUTH else Measure(column)
        return _Batch(held, batch.num_rows).decided(self._split)


class _Batch:
    """The decisions over one batch of rows."""

    def __init__(self, held: dict[int, Any], rows: int) -> None:
        self._every = (1 << rows) - 1
        self._held = held

    def decided(self, split: Split) -> list[int]:
        held = self._held
        for node, last_used in split.steps:
            held[node.key] = _DECIDERS[node.op](self, node)
            for key in last_used:
                del held[key]
        return [held[node.key][0] for node in split.wanted]

    # --- One method for each operation -----------------------------------------------------------------------------

    def _literal(self, node: Node) -> Any:
        if node.type == TRUTH:
            return (self._every, 0) if node.data else (0, self._every)
        return {node.data: self._every}

    def _null(self, node: Node) -> Any:
        return (0, 0) if node.type == TRUTH else {}

    def _and(self, node: Node) -> Truth:
        held, true, false = self._held, self._every, 0
        for arg in node.args:
            yes, no = held[arg.key]
            true &= yes
            false |= no
        return true, false

    def _or(self, node: Node) -> Truth:
        held, true, false = self._held, 0, self._every
        for arg in node.args:
            yes, no = held[arg.key]
            true |= yes
            false &= no
        return true, false

    def _not(self, node: Node) -> Truth:
        true, false = self._held[node.args[0].key]
        return false, true

    def _is_true(self, node: Node) -> Truth:
        true, _ = self._held[node.args[0].key]
        return true, true ^ self._every

    def _is_null(self, node: Node) -> Truth:
        known = _rows_known(self._held[node.args[0].key])
        return known ^ self._every, known

    def _is_in(self, node: Node) -> Truth:
        choice = self._held[node.args[0].key]
        true = union(choice.get(value, 0) for value in node.data)
        return true, true ^ _rows_known(choice)

    def _compare(self, node: Node) -> Truth:
        left, right = (self._held[arg.key] for arg in node.args)
        sign = node.data
        if isinstance(right, Measure):
            left, right, sign = right, left, _MIRRORED[sign]
        true = false = 0
        for limit, rows in right.items():
            yes, no = left.compared(sign, limit)
            true |= rows & yes
            false |= rows & no
        return true, false

    def _case(self, node: Node) -> Any:
        *branches, otherwise = (self._held[arg.key] for arg in node.args)
        left, parts = self._every, []
        for (true, _), value in zip(branches[::2], branches[1::2], strict=True):
            parts.append((left & true, value))
            left &= ~true
        return _joined(node.type, [*parts, (left, otherwise)])

    def _coalesce(self, node: Node) -> Any:
        left, parts = self._every, []
        for arg in node.args:
            value = self._held[arg.key]
            parts.append((left, value))
            left &= ~_rows_known(value)
        return _joined(node.type, parts)

    def _question(self, node: Node) -> Truth:
        asked: Asked = self._held[node.args[0].key]
        yes = asked.yes[node.key]
        return yes, yes ^ asked.known


_DECIDERS: Mapping[str, Callable[[_Batch, Node], Any]] = {
    **{
        name: getattr(_Batch, f"_{name}")
        for name in (
            "literal",
            "null",
            "and",
            "or",
            "not",
            "is_true",
            "is_null",
            "is_in",
            "compare",
            "case",
            "coalesce",
        )
    },
    **dict.fromkeys(QUESTIONS, _Batch._question),
}


def _joined(type: str, parts: Sequence[tuple[int, Any]]) -> Any:
    """Return the value that is each of some where its own rows are; the first that is known there wins."""
    if type == TRUTH:
        return union(rows & yes for rows, (yes, _) in parts), union(rows & no for rows, (_, no) in parts)
    found: dict[Any, int] = {}
    for rows, choice in parts:
        for value, where in choice.items():
            if kept := rows & where:
                found[value] = found.get(value, 0) | kept
    return found


def _rows_known(value: Any) -> int:
    if isinstance(value, Measure | Asked):
        return value.known
    return value[0] | value[1] if isinstance(value, tuple) else union(value.values())


def _truth(column: pa.Array) -> Truth:
    known = known_rows(column)
    rows = true_rows(column) & known
    return rows, rows ^ known
