"""Columns of texts, as a table has them: what a text says is found once for each distinct one, of which there are few.

Lists of texts are read by ``reading.read_value``, as a row judged alone reads them. Free texts, which may all differ,
are read column by column, to the same effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from achats_check.columns.bits import known_rows, rows_by_rank, true_rows, union
from achats_check.columns.expression import LIST, Node
from achats_check.columns.reading import BLANKS, PACKED, SEPARATOR, read_value

_MOST = 200_000
"""Distinct texts remembered; past it, all are forgotten, so that memory stays bounded."""
_NO_ITEM = f"{SEPARATOR}\x1e"
"""The empty list, as one text."""
Items = tuple[str, ...]


class Said:
    """What a column of texts says."""

    def __init__(self, known: int, found: Mapping[Any, int]) -> None:
        """Take the rows where it is known, and those of each text, or of each question that is answered yes."""
        self._known = known
        self._found = found

    def rows(self, op: str, data: Any) -> int:
        """Return the rows where it is known, or that answer to a question or are a text."""
        return self._known if op == "known" else self._found.get(data, 0)


def reader_of(source: Node, questions: Iterable[Node]) -> Callable[[pa.Array], Said]:
    """Return what reads the column of a source, batch after batch; several threads may call it.

    Args:
        source: A column of texts, or of lists of texts.
        questions: The nodes that ask something of it.

    """
    return (Lists if source.type == LIST else Texts)(source, questions).said


class Distinct:
    """Sorts rows by what their text says; what each distinct text says is remembered."""

    def __init__(self, says: Callable[[str], Hashable]) -> None:
        """Take what tells what a text says, None for unknown."""
        self._says = says
        self._seen: dict[str, Hashable] = {}

    def rows(self, column: pa.Array) -> dict[Any, int]:
        """Return the rows where each thing is said."""
        encoded = _encoded(column)
        kinds: dict[Hashable, int] = {}
        ranks = [kinds.setdefault(self._said(text), len(kinds)) for text in encoded.dictionary.to_pylist()]
        unknown = kinds.get(None)
        held = pa.array([None if rank == unknown else rank for rank in ranks], pa.int32()).take(encoded.indices)
        found = rows_by_rank(held, len(kinds))
        return {said: found[rank] for said, rank in kinds.items() if said is not None}

    def _said(self, text: str) -> Hashable:
        try:
            return self._seen[text]
        except KeyError:
            if len(self._seen) >= _MOST:
                self._seen.clear()
            said = self._seen[text] = self._says(text)
            return said


class Lists:
    """A column of lists of texts, packed in one cell or not."""

    def __init__(self, source: Node, questions: Iterable[Node]) -> None:
        self._reading = source.data[1]
        self._questions = tuple(questions)
        self._distinct = Distinct(self._answers)

    def said(self, column: pa.Array) -> Said:
        """Read a column."""
        found = self._distinct.rows(column if self._reading.kind == PACKED else _joined(column))
        yes = {
            node.key: union(rows for answers, rows in found.items() if answers[rank])
            for rank, node in enumerate(self._questions)
        }
        return Said(union(found.values()), yes)

    def _answers(self, text: str) -> tuple[bool, ...] | None:
        cell = text if self._reading.kind == PACKED else () if text == _NO_ITEM else text.split(SEPARATOR)
        items = read_value(self._reading, cell)
        return None if items is None else tuple(_ANSWERS[node.op](items, node.data) for node in self._questions)


class Texts:
    """A column of free texts."""

    def __init__(self, _: Node, questions: Iterable[Node]) -> None:
        self._questions = tuple(questions)

    def said(self, column: pa.Array) -> Said:
        """Read a column."""
        encoded = _encoded(column)
        texts = pc.utf8_trim(encoded.dictionary.cast(pa.large_string()), BLANKS)
        # The one letter whose small form has two characters, here as in Python.
        small = pc.utf8_lower(pc.replace_substring(texts, "İ", "i̇")) if self._questions else texts
        yes = [_FOUND[node.op](small, node.data) for node in self._questions]
        *found, known = _answered([*yes, pc.not_equal(texts, "")], encoded.indices)
        return Said(known, {node.key: rows & known for node, rows in zip(self._questions, found, strict=True)})


def words_of(column: pa.Array) -> Said:
    """Read a column of words of a closed list, as an engine gives it: the others are null."""
    encoded = _encoded(column)
    found = rows_by_rank(encoded.indices, len(encoded.dictionary))
    return Said(known_rows(encoded.indices), dict(zip(encoded.dictionary.to_pylist(), found, strict=True)))


def _encoded(column: pa.Array) -> pa.DictionaryArray:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def _joined(column: pa.Array) -> pa.Array:
    """Return each list as one text, null where the list or an item is."""
    joined = pc.binary_join(column.cast(pa.list_(pa.string())), SEPARATOR)
    empty = pc.equal(pc.list_value_length(column), 0)
    return pc.if_else(empty, _NO_ITEM, joined) if empty.true_count else joined


def _answered(answers: list[pa.Array], indices: pa.Array) -> list[int]:
    """Return the rows where each answer, given for distinct texts, is yes; unknown texts answer no."""
    return [true_rows(found) & known_rows(found) for found in (answer.take(indices) for answer in answers)]


def _has_word(texts: pa.Array, words: Items) -> pa.Array:
    return pc.match_substring_regex(texts, "|".join(map(re.escape, words)))


def _within(item: str, data: tuple[Iterable[str], Iterable[tuple[str, str]]]) -> bool:
    codes, ranges = data
    code = item[:8]
    return code in codes or any(low <= code <= high for low, high in ranges)


_ANSWERS: Mapping[str, Callable[[Items, Any], bool]] = {
    "has_prefix": lambda items, prefixes: any(item.startswith(prefixes) for item in items),
    "has_item": lambda items, wanted: any(item in wanted for item in items),
    "has_item_folded": lambda items, wanted: any(item.lower() in wanted for item in items),
    "all_prefixed": lambda items, prefixes: all(item.startswith(prefixes) for item in items),
    # An empty list has no code: like a blank one, it is within nothing.
    "first_within": lambda items, data: bool(items) and _within(items[0], data),
    "all_within": lambda items, data: bool(items) and all(_within(item, data) for item in items),
    "is_empty": lambda items, _: not items,
}
"""What is asked of a list of texts."""
_FOUND: Mapping[str, Callable[[pa.Array, Items], pa.Array]] = {
    "has_word": _has_word,
    "folded_in": lambda texts, wanted: pc.is_in(texts, pa.array(wanted, texts.type)),
}
"""What is asked of texts in small letters."""
