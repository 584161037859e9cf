"""Values that a table holds and that are not taken: negative amounts, percentages above 100, words of no list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from achats_check.columns.expression import TRUTH, Expressions, Node
from achats_check.columns.program import readings_of
from achats_check.columns.reading import Column, type_of
from achats_check.vocabulary import Vocabulary

Told = tuple[str, int, int, int]
"""A column, and how many of its values are read, refused, and empty."""


class RefusedValues:
    """Asks of each column of a table that is a fact what becomes of its values."""

    def __init__(self, vocabulary: Vocabulary, columns: Mapping[str, Column]) -> None:
        """Take the columns of the table.

        Raises:
            UsageError: A column that its fact cannot be read from.
        """
        e = Expressions()
        self._names: list[str] = []
        self.truths: list[Node] = []
        """For each column: where its value is read, then where it holds one that is not."""
        for name, reading in readings_of(vocabulary, columns).items():
            source = e.source(name, type_of(vocabulary[name]), reading)
            held = e.call("holds_value", TRUTH, [], (name, reading))
            self._names.append(name)
            self.truths += [e.known(source), e.all_of([held, e.is_null(source)])]

    def told(self, counts: Iterable[int]) -> list[Told]:
        """Return the columns, given the number of rows, then of those where each truth is true."""
        total, *found = counts
        pairs = zip(self._names, found[::2], found[1::2], strict=True)
        return [(name, read, refused, total - read - refused) for name, read, refused in pairs]
