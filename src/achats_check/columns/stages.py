"""The order of computation: which nodes are kept as columns, in which step, and how long."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from achats_check.columns.expression import Node

_NEVER_KEPT = {"literal", "null", "not", "is_null", "is_true"}
"""Written again where they are used: as cheap to compute as to keep."""


class Stage(NamedTuple):
    """One step: columns that are made at once from those of the step before."""

    made: tuple[Node, ...]
    """Nodes that become columns."""
    kept: tuple[Node, ...]
    """Columns of the step before that a later step still reads."""


def stages(wanted: Iterable[Node]) -> tuple[Stage, ...]:
    """Return the steps that lead from the table to some nodes.

    A node used several times is computed once, and kept as a column until its last use; one used once is written
    where it is used. The nodes wanted are columns of the last step.
    """
    ends = {node.key: node for node in wanted}
    ordered = _reachable(ends.values())
    uses = _uses(ordered)
    columns = {
        node.key: node
        for node in ordered
        if node.key in ends or (node.op not in _NEVER_KEPT and (uses[node.key] > 1 or node.op == "source"))
    }
    reads = {key: _columns_read(node, columns) for key, node in columns.items()}
    levels: dict[int, int] = {}
    for key in sorted(columns):  # arguments have lower keys
        levels[key] = 1 + max((levels[read] for read in reads[key]), default=-1)
    last = max(levels.values(), default=0)
    dies = {key: last + 1 if key in ends else levels[key] for key in columns}
    for key, read in reads.items():
        for one in read:
            dies[one] = max(dies[one], levels[key])
    return tuple(
        Stage(
            tuple(columns[key] for key in sorted(columns) if levels[key] == level),
            tuple(columns[key] for key in sorted(columns) if levels[key] < level < dies[key]),
        )
        for level in range(last + 1)
    )


def _reachable(ends: Iterable[Node]) -> list[Node]:
    found: dict[int, Node] = {}
    pending = list(ends)
    while pending:
        node = pending.pop()
        if node.key not in found:
            found[node.key] = node
            pending += node.args
    return [found[key] for key in sorted(found)]


def _uses(ordered: list[Node]) -> Counter[int]:
    """Count how often each node is written; what is never kept writes its arguments each time it is written."""
    uses: Counter[int] = Counter()
    for node in reversed(ordered):
        for arg in node.args:
            uses[arg.key] += max(uses[node.key], 1) if node.op in _NEVER_KEPT else 1
    return uses


def _columns_read(node: Node, columns: dict[int, Node]) -> frozenset[int]:
    """Return the columns that the expression of a node reads."""

    def read(arg: Node) -> Iterator[int]:
        if arg.key in columns:
            yield arg.key
        else:
            for inner in arg.args:
                yield from read(inner)

    return frozenset(key for arg in node.args for key in read(arg))
