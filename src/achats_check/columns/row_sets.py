"""The logic of the rules over a batch of rows, on sets of rows: one "and" of two numbers settles thousands of them.

The engines read the table and compute values; what rules decide of these values is decided here, the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from achats_check.columns.bits import known_rows, true_rows
from achats_check.columns.expression import ENUM, TRUTH
from achats_check.columns.set_program import EVERY, NONE, set_program
from achats_check.columns.split import Split
from achats_check.columns.texts import reader_of, words_of

_COMPARE: Mapping[str, Callable[..., Any]] = {"=": pc.equal, "<": pc.less}
_CONTRARY = {">=": "<", "≠": "="}
_FIRST_DAY = date(1970, 1, 1)
"""From which Arrow counts days."""


class Column(Protocol):
    """A column of a batch."""

    def rows(self, op: str, data: Any) -> int:
        """Return the rows that answer to an ``Operation``."""


class Truths:
    """A column of truths."""

    def __init__(self, column: pa.Array) -> None:
        self._rows = {"known": known_rows(column)}
        self._rows["true"] = true_rows(column) & self._rows["known"]

    def rows(self, op: str, _: Any) -> int:
        """Return the rows where it is known, or true."""
        return self._rows[op]


class Measure:
    """A column of numbers or dates, compared with constants, each comparison made once."""

    def __init__(self, column: pa.Array) -> None:
        # Days are compared as whole numbers, twice as fast.
        self._column = column.view(pa.int32()) if pa.types.is_date32(column.type) else column
        self._known = known_rows(column)
        self._found: dict[tuple[str, Any], int] = {}

    def rows(self, op: str, limit: Any) -> int:
        """Return the rows where it is known, or compares so with a constant."""
        if op == "known":
            return self._known
        found = self._found.get((op, limit))
        if found is None:
            found = self._found[op, limit] = self._compared(op, limit)
        return found

    def _compared(self, sign: str, limit: Any) -> int:
        if sign in _CONTRARY:
            return self._known ^ self.rows(_CONTRARY[sign], limit)
        number = (limit - _FIRST_DAY).days if isinstance(limit, date) else limit
        return true_rows(_COMPARE[sign](self._column, pa.scalar(number, self._column.type))) & self._known


class RowSets:
    """Decides the truths of a program over batches of rows; several threads may ask at once."""

    def __init__(self, split: Split) -> None:
        """Take what an engine computes and what remains to decide."""
        self._split = split
        self._program = set_program(split)
        self._readers = [(node, reader_of(node, split.questions.get(node.key, ()))) for node in split.texts]

    def decided(self, batch: pa.RecordBatch) -> list[int]:
        """Return, for each truth wanted, the rows of a batch where it is true.

        Args:
            batch: The columns that ``split`` asks of the engine, under the names it gives them.
        """
        columns = self._columns(batch)
        held = [0] * self._program.height
        held[NONE], held[EVERY] = 0, (1 << batch.num_rows) - 1
        for made, (op, sets, column, data), last_used in self._program.steps:  # thousands, on each batch
            if op == "and":
                parts = iter(sets)
                rows = held[next(parts)]
                for rank in parts:
                    rows &= held[rank]
            elif op == "or":
                rows = 0
                for rank in sets:
                    rows |= held[rank]
            elif op == "minus":
                rows = held[sets[0]] ^ held[sets[1]]
            elif not sets:
                rows = columns[column].rows(op, data)
            else:
                rows = held[sets[0]]
                rows = rows and rows & columns[column].rows(op, data)
            held[made] = rows
            for rank in last_used:
                held[rank] = 0
        return [held[rank] for rank in self._program.wanted]

    def _columns(self, batch: pa.RecordBatch) -> dict[int, Column]:
        columns: dict[int, Column] = {node.key: read(batch.column(node.data[0])) for node, read in self._readers}
        for name, node in self._split.columns.items():
            columns[node.key] = _reader(node.type)(batch.column(name))
        return columns


def _reader(type: str) -> Callable[[pa.Array], Column]:
    if type.startswith(ENUM):
        return words_of
    return Truths if type == TRUTH else Measure
