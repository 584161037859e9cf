"""What rules ask of a list of codes or texts, answered once for each distinct list: a table has few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from achats_check.columns.expression import Node
from achats_check.columns.reading import SEPARATOR

_MOST = 200_000
"""Distinct lists remembered; past it, all are forgotten, so that memory stays bounded."""
Items = tuple[str, ...]
Answers = tuple[bool, ...]


class ListQuestions:
    """Answers of lists to some questions, remembered from one batch of rows to the next."""

    def __init__(self, questions: Iterable[Node]) -> None:
        """Take the nodes that ask something of one list."""
        self._questions = tuple(questions)
        self._seen: dict[str, Answers] = {}

    def kinds(self, lists: Iterable[str]) -> tuple[list[int], dict[int, tuple[int, ...]]]:
        """Sort lists, each kept as one text (see ``reading``), into kinds that answer alike.

        Returns:
            The kind of each list, and, for each question by key of node, the kinds that answer yes.
        """
        kinds: dict[Answers, int] = {}
        ranks = [kinds.setdefault(self._answers(packed), len(kinds)) for packed in lists]
        yes = {
            node.key: tuple(kind for answers, kind in kinds.items() if answers[rank])
            for rank, node in enumerate(self._questions)
        }
        return ranks, yes

    def _answers(self, packed: str) -> Answers:
        found = self._seen.get(packed)
        if found is None:
            if len(self._seen) >= _MOST:
                self._seen.clear()
            items = tuple(packed[1:-1].split(SEPARATOR)) if packed != SEPARATOR else ()
            found = tuple(_ANSWERS[node.op](items, node.data) for node in self._questions)
            self._seen[packed] = found
        return found


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
