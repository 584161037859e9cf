"""A query in steps: each step is a named table over the one before, as a data team would write it by hand."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from achats_check.columns.expression import Node
from achats_check.columns.sql_writer import FUNCTIONS, SqlWriter, quoted
from achats_check.columns.stages import stages


class Query(NamedTuple):
    """A query in steps."""

    steps: tuple[tuple[str, str], ...]
    """Name and ``SELECT`` of each step, which reads the one before."""
    last: str
    """The last ``SELECT``."""

    @property
    def nested(self) -> str:
        """The whole as one ``SELECT`` over another, which an engine reads row by row, keeping nothing between."""
        text = self.last
        for name, select in reversed(self.steps):
            text = text.replace(f" FROM {name}", f" FROM ({select})", 1)
        return text


def query(
    source: str,
    nodes: Mapping[str, Node],
    kept: Iterable[str] = (),
    functions: Mapping[str, str] = FUNCTIONS,
    names: Mapping[int, str] | None = None,
) -> Query:
    """Return the steps that compute some nodes.

    Args:
        source: The table or the view that the first step reads.
        nodes: What is wanted, by name of column.
        kept: Columns of the table to keep as they are.
        functions: The words of the dialect.
        names: Names people know, by key of node, for the columns between.
    """
    held: dict[int, str] = {}
    others = [quoted(name) for name in kept]
    writer = SqlWriter(lambda node: held.get(node.key), functions)
    steps: list[tuple[str, str]] = []
    for rank, stage in enumerate(stages(nodes.values())):
        new = {node.key: (names or {}).get(node.key, f"c{node.key}") for node in stage.made}
        made = [f"{writer.expression(node, as_made=True)} AS {quoted(new[node.key])}" for node in stage.made]
        before = [quoted(held[node.key]) for node in stage.kept]
        steps.append((f"etape_{rank}", f"SELECT {', '.join([*others, *before, *made]) or '1 AS un'} FROM {source}"))
        held = {**{node.key: held[node.key] for node in stage.kept}, **new}
        source = f"etape_{rank}"
    last = [*others, *(f"{writer.expression(node)} AS {quoted(name)}" for name, node in nodes.items())]
    return Query(tuple(steps), f"SELECT {', '.join(last) or '1 AS un'} FROM {source}")
