"""The logic of the rules over a batch of rows, on sets of rows: where a truth is true, and where it is false.

A set is a whole number whose bit *i* stands for row *i*: one "and" of two numbers settles thousands of rows. The
engines read the table and compute values; what rules decide of these values is decided here, the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from achats_check.columns.expression import DATE, LIST, NUMBER, TRUTH, Node
from achats_check.columns.list_questions import ListQuestions
from achats_check.columns.split import LIST_QUESTIONS, Split

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
        self.known = _known(column)
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
        rows = _bits(_COMPARE[sign](self._column, pa.scalar(value, self._column.type))) & self.known
        return rows, rows ^ self.known


class RowSets:
    """Decides the nodes of a program over batches of rows; several threads may ask at once."""

    def __init__(self, split: Split) -> None:
        """Take what an engine computes and what remains to decide."""
        self._split = split
        self._lists = {key: ListQuestions(nodes) for key, nodes in split.questions.items()}

    def decided(self, batch: pa.RecordBatch) -> list[int]:
        """Return, for each truth wanted, the rows of a batch where it is true.

        Args:
            batch: The columns that ``split`` asks of the engine, under the names it gives them.
        """
        return _Batch(self._lists, batch.num_rows).decided(self._split, batch)


class _Batch:
    """The decisions over one batch of rows."""

    def __init__(self, lists: Mapping[int, ListQuestions], rows: int) -> None:
        self._lists = lists
        self._every = (1 << rows) - 1
        self._held: dict[int, Any] = {}

    def decided(self, split: Split, batch: pa.RecordBatch) -> list[int]:
        held = self._held
        for name, node in split.columns.items():
            held[node.key] = self._column(node, batch.column(name))
        for node, last_used in split.steps:
            held[node.key] = _DECIDERS[node.op](self, node)
            for key in last_used:
                del held[key]
        return [held[node.key][0] for node in split.wanted]

    def _column(self, node: Node, column: pa.Array) -> Any:
        if node.type == TRUTH:
            known = _known(column)
            rows = _bits(column) & known
            return rows, rows ^ known
        if node.type == LIST:
            return self._answers(self._lists[node.key], column)
        return Measure(column) if node.type in {NUMBER, DATE} else _chosen(column)

    def _answers(self, questions: ListQuestions, column: pa.Array) -> dict[int, Truth]:
        """Return, by key of node, the answers of a column of lists to what is asked of it."""
        encoded = column.dictionary_encode()
        kinds, yes = questions.kinds(encoded.dictionary.to_pylist())
        rows = _sets_of(pa.array(kinds, pa.int32()).take(encoded.indices), set(kinds))
        known = _known(column)
        true = {key: _union(rows[kind] for kind in held) for key, held in yes.items()}
        return {key: (found, found ^ known) for key, found in true.items()}

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
        true = _union(choice.get(value, 0) for value in node.data)
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
        found: Truth = self._held[node.args[0].key][node.key]
        return found


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
    **dict.fromkeys(LIST_QUESTIONS, _Batch._question),
}


def _joined(type: str, parts: Sequence[tuple[int, Any]]) -> Any:
    """Return the value that is each of some where its own rows are; the first that is known there wins."""
    if type == TRUTH:
        return _union(rows & yes for rows, (yes, _) in parts), _union(rows & no for rows, (_, no) in parts)
    found: dict[Any, int] = {}
    for rows, choice in parts:
        for value, where in choice.items():
            if kept := rows & where:
                found[value] = found.get(value, 0) | kept
    return found


def _union(sets: Iterable[int]) -> int:
    rows = 0
    for one in sets:
        rows |= one
    return rows


def _rows_known(value: Any) -> int:
    if isinstance(value, tuple):
        return value[0] | value[1]  # type: ignore[no-any-return]
    return value.known if isinstance(value, Measure) else _union(value.values())


# --- From Arrow ------------------------------------------------------------------------------------------------------


def _chosen(column: pa.Array) -> Choice:
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    values = encoded.dictionary.to_pylist()
    return {values[rank]: rows for rank, rows in _sets_of(encoded.indices, range(len(values))).items()}


def _sets_of(ranks: pa.Array, wanted: Iterable[int]) -> dict[int, int]:
    """Return the rows that have each rank."""
    known = _known(ranks)
    return {rank: _bits(pc.equal(ranks, pa.scalar(rank, ranks.type))) & known for rank in wanted}


def _known(column: pa.Array) -> int:
    validity = column.buffers()[0]
    return _read(validity, column) if validity is not None else (1 << len(column)) - 1


def _bits(truths: pa.Array) -> int:
    return _read(truths.buffers()[1], truths)


def _read(buffer: pa.Buffer, column: pa.Array) -> int:
    """Read the bits of a buffer that are those of a column, which may begin in the middle of it."""
    first, last = column.offset // 8, -(-(column.offset + len(column)) // 8)
    held: bytes = buffer[first:last].to_pybytes()
    skipped: int = column.offset % 8
    return int.from_bytes(held, "little") >> skipped & (1 << len(column)) - 1
