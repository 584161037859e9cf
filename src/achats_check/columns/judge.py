"""What comes out of a batch of rows: counts, columns of truths, lists; the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from achats_check.columns.bits import truths_of
from achats_check.columns.expression import Node
from achats_check.columns.row_sets import RowSets
from achats_check.columns.split import split
from achats_check.columns.verdicts import Outcome

Masks = Mapping[tuple[str, Outcome], Node]


class Judge:
    """Says where each of some truths is true, batch after batch."""

    def __init__(self, truths: Iterable[Node]) -> None:
        """Take the truths wanted."""
        self.split = split(truths)
        self._sets = RowSets(self.split)

    def counts(self, batch: pa.RecordBatch) -> list[int]:
        """Return the number of rows, then the number of those where each truth is true."""
        return [batch.num_rows, *(rows.bit_count() for rows in self._sets.decided(batch))]

    def columns(self, batch: pa.RecordBatch) -> list[pa.BooleanArray]:
        """Return a column for each truth: true where it is, false where it is false or unknown."""
        return [truths_of(rows, batch.num_rows) for rows in self._sets.decided(batch)]

    def pairs(self, batch: pa.RecordBatch) -> tuple[pa.UInt64Array, pa.UInt64Array]:
        """Return each row and each truth that is true there, by rank: row after row."""
        found = [
            pc.add(pc.multiply(_numbers(rows, batch.num_rows), _WIDE), pa.scalar(rank, pa.uint64()))
            for rank, rows in enumerate(self._sets.decided(batch))
            if rows
        ]
        both = pa.concat_arrays(found) if found else pa.array([], pa.uint64())
        both = both.take(pc.array_sort_indices(both))
        rows = pc.divide(both, _WIDE)
        return rows, pc.subtract(both, pc.multiply(rows, _WIDE))


class Listing:
    """Writes one row for each row of a table and each mask that is true there, row after row."""

    def __init__(self, key: str, masks: Masks) -> None:
        """Take the column that names a row, and the masks by rule and outcome."""
        self.key = key
        self._judge = Judge(masks.values())
        self.split = self._judge.split
        texts = {
            "regle": [rule for rule, _ in masks],
            "verdict": [verdict for _, (verdict, _) in masks],
            "doute": [doubt for _, (_, doubt) in masks],
        }
        self._names = {name: pa.array(held, pa.string()).dictionary_encode() for name, held in texts.items()}

    def schema(self, key_type: pa.DataType) -> pa.Schema:
        """Return the columns that come out, given the type of the key."""
        return pa.schema([(self.key, key_type), *((name, held.type) for name, held in self._names.items())])

    def rows(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the key, ``regle``, ``verdict`` and ``doute``."""
        rows, ranks = self._judge.pairs(batch)
        named = {name: held.take(ranks) for name, held in self._names.items()}
        return pa.record_batch({self.key: batch.column(self.key).take(rows), **named})


_WIDE = pa.scalar(1 << 20, pa.uint64())
"""More truths than any program has: a row and a truth fit in one number."""


def _numbers(rows: int, height: int) -> pa.UInt64Array:
    return pc.indices_nonzero(truths_of(rows, height))
