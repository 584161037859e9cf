"""Who computes what: an engine reads the columns and computes values; the logic of the rules is left to sets of rows.

The engine is asked as little as possible: truths, amounts, days and words of a closed list as they are read or computed
from several columns, and columns of other texts as the table has them. What these texts say, comparisons with figures
of the law, and all that follows, are decided on sets (``row_sets``).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from achats_check.columns.expression import CLASS, DATE, ENUM, LIST, NUMBER, TEXT, TRUTH, Node

QUESTIONS = frozenset(
    {
        *("has_prefix", "has_item", "has_item_folded", "all_prefixed", "first_within", "all_within", "is_empty"),
        *("has_word", "folded_in"),
    }
)
"""What is asked of a text or of a list of texts, and answered once for each distinct one."""
_DECIDED = frozenset({"literal", "null", "and", "or", "not", "is_true", "is_in", "case", "coalesce"})


_PREFIX = "__achats_"


class Split(NamedTuple):
    """The nodes of some masks, shared between an engine and sets of rows."""

    wanted: tuple[Node, ...]
    columns: Mapping[str, Node]
    """What the engine computes, by name of column."""
    texts: tuple[Node, ...]
    """Sources that are texts: the engine gives their columns as they are, under their names."""
    questions: Mapping[int, tuple[Node, ...]]
    """What is asked of each of these texts, by key of node."""

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the names of the columns of texts, each once."""
        return tuple(dict.fromkeys(node.data[0] for node in self.texts))


def split(wanted: Iterable[Node]) -> Split:
    """Share the nodes that some truths need.

    Args:
        wanted: Truths.
    """
    ends = tuple(wanted)
    figures = _Figures()
    columns: dict[int, Node] = {}
    texts: dict[int, Node] = {}
    decided: dict[int, Node] = {}
    pending = list(ends)
    while pending:
        node = pending.pop()
        if node.key in columns or node.key in decided or node.key in texts:
            continue
        if figures.is_decided(node):
            decided[node.key] = node
            pending += node.args
        elif _is_text(node):
            texts[node.key] = node
        else:
            columns[node.key] = node
    questions: dict[int, list[Node]] = {}
    for node in decided.values():
        if node.op in QUESTIONS:
            questions.setdefault(node.args[0].key, []).append(node)
    return Split(
        ends,
        {f"{_PREFIX}{key}": columns[key] for key in sorted(columns)},
        tuple(texts[key] for key in sorted(texts)),
        {key: tuple(nodes) for key, nodes in questions.items()},
    )


class _Figures:
    """Tells the nodes that sets of rows decide; a figure is a number or a day that is one of a few constants."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def is_decided(self, node: Node) -> bool:
        """Say whether a node is decided on sets of rows; the engine computes the others."""
        if node.type in {NUMBER, DATE}:
            return self._is_figure(node)
        if node.op in QUESTIONS:
            return _is_text(node.args[0])
        if node.op == "compare":
            return [self._is_figure(arg) for arg in node.args].count(True) == 1
        if node.op == "is_null":
            asked = node.args[0]
            return _is_few(asked) or asked.type in {NUMBER, DATE} or _is_text(asked)
        return _is_few(node) and node.op in _DECIDED

    def _is_figure(self, node: Node) -> bool:
        found = self._known.get(node.key)
        if found is None:
            values = node.args if node.op == "coalesce" else (*node.args[1::2], *node.args[-1:])
            chosen = node.op in {"case", "coalesce"} and all(self._is_figure(value) for value in values)
            found = self._known[node.key] = chosen or node.op in {"literal", "null"}
        return found


def _is_text(node: Node) -> bool:
    """Say whether a node is a column of free texts, or of lists of texts."""
    return node.op == "source" and node.type in {TEXT, LIST}


def _is_few(node: Node) -> bool:
    """Say whether a value is one of few."""
    return node.type in {TRUTH, CLASS} or node.type.startswith(ENUM)
