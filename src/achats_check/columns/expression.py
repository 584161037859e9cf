"""The intermediate form: a small typed tree over columns, of which each back end writes its own expressions.

A truth is a nullable boolean: null is unknown, and "and", "or", "not" are strong three-valued logic, as in SQL.
Equal nodes are one object, so that what several rules ask is computed once. Constants are folded as the tree
is built: a column that a table does not have is null, and what depends on it alone disappears.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any

TRUTH, NUMBER, DATE, TEXT, CLASS = "truth", "number", "date", "text", "class"
LIST, NUMBERS, RECORDS = "list", "numbers", "records"
ENUM = "enum:"
"""Types. ``ENUM`` begins the type of a text that has a closed list of values, which follow. A class is a small rank.
A number is a whole count of ten-thousandths; a list of texts is one text (see ``reading``)."""


class Node:
    """One node: an operation on other nodes, with what it needs beside them; made by ``Expressions`` only."""

    __slots__ = ("args", "data", "key", "op", "type")

    def __init__(self, key: int, op: str, type: str, args: tuple[Node, ...], data: Any) -> None:
        self.key = key
        """Rank of creation: arguments come before what uses them."""
        self.op = op
        self.type = type
        self.args = args
        self.data = data

    def __repr__(self) -> str:
        return f"{self.op}#{self.key}"


class Expressions:
    """Makes nodes, each once, folding constants."""

    def __init__(self) -> None:
        self._known: dict[Any, Node] = {}
        self.true = self.literal(True, TRUTH)
        self.false = self.literal(False, TRUTH)
        self.unknown = self.null(TRUTH)

    def __getstate__(self) -> tuple[Node, ...]:
        """Return the nodes, arguments before what uses them."""
        return tuple(self._known.values())

    def __setstate__(self, nodes: tuple[Node, ...]) -> None:
        """Take nodes back, and go on making others."""
        self._known = {_identity(node.op, node.type, node.args, node.data): node for node in nodes}
        self.true, self.false, self.unknown = nodes[:3]

    def _node(self, op: str, type: str, args: Iterable[Node] = (), data: Any = None) -> Node:
        held = tuple(args)
        key = _identity(op, type, held, data)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Node(len(self._known), op, type, held, data)
        return found

    def source(self, name: str, type: str, reading: Any) -> Node:
        """Return a column of the table, read as ``reading`` says."""
        return self._node("source", type, (), (name, reading))

    def literal(self, value: bool | int | str | date, type: str) -> Node:
        """Return a constant."""
        return self._node("literal", type, (), value)

    def null(self, type: str) -> Node:
        """Return the unknown of a type."""
        return self._node("null", type)

    def truth(self, value: bool | None) -> Node:
        """Return a constant truth."""
        return self.unknown if value is None else self.true if value else self.false

    def all_of(self, truths: Iterable[Node]) -> Node:
        """Return the three-valued "and"; true when there are none."""
        return self._joined("and", truths, self.true, self.false)

    def any_of(self, truths: Iterable[Node]) -> Node:
        """Return the three-valued "or"; false when there are none."""
        return self._joined("or", truths, self.false, self.true)

    def _joined(self, op: str, truths: Iterable[Node], neutral: Node, deciding: Node) -> Node:
        kept: dict[int, Node] = {}
        # A part that joins others is kept whole, not spread: it is often shared, and is then computed once.
        for truth in truths:
            if truth is not neutral:
                kept[truth.key] = truth
        if deciding in kept.values():
            return deciding
        parts = [kept[key] for key in sorted(kept)]
        if not parts:
            return neutral
        return parts[0] if len(parts) == 1 else self._node(op, TRUTH, parts)

    def negation(self, truth: Node) -> Node:
        """Return the contrary; the contrary of unknown is unknown."""
        if truth.op == "not":
            return truth.args[0]
        if truth.op == "literal":
            return self.truth(not truth.data)
        return truth if truth.op == "null" else self._node("not", TRUTH, (truth,))

    def is_null(self, node: Node) -> Node:
        """Say whether a value is unknown: never unknown itself."""
        if node.op == "listed":
            return self.negation(node.args[0])
        if _is_listed(node):
            return self.all_of(self.is_null(part) for part in node.args)
        if node.op in {"literal", "null", "is_null", "is_true"}:
            return self.truth(node.op == "null")
        if node.op == "not":
            return self.is_null(node.args[0])
        return self._node("is_null", TRUTH, (node,))

    def known(self, node: Node) -> Node:
        """Say whether a value is known: never unknown itself."""
        return self.negation(self.is_null(node))

    def is_true(self, truth: Node) -> Node:
        """Say whether a truth is true, false when it is unknown."""
        if truth.op in {"is_null", "is_true"} or (truth.op == "not" and truth.args[0].op in {"is_null", "is_true"}):
            return truth
        if truth.op in {"literal", "null"}:
            return self.truth(truth is self.true)
        return self._node("is_true", TRUTH, (truth,))

    def compare(self, sign: str, left: Node, right: Node) -> Node:
        """Compare numbers or dates: ``sign`` is "=", "<", "<=", ">" or ">="; unknown when one side is."""
        if left.op == "null" or right.op == "null":
            return self.unknown
        if left.op == right.op == "literal":
            return self.truth(_SIGNS[sign](left.data, right.data))
        return self._node("compare", TRUTH, (left, right), sign)

    def is_in(self, node: Node, values: Iterable[str | int]) -> Node:
        """Say whether a text or a class is one of some; a set holds no null, which engines take in different ways."""
        held = tuple(dict.fromkeys(values))
        if any(value is None for value in held):
            raise ValueError("a set holds no null")
        if node.op == "null":
            return self.unknown
        if node.op == "literal":
            return self.truth(node.data in held)
        return self._node("is_in", TRUTH, (node,), held) if held else self.case([(self.known(node), self.false)])

    def case(self, branches: Iterable[tuple[Node, Node]], otherwise: Node | None = None) -> Node:
        """Return the value of the first branch whose condition is true; null without ``otherwise``."""
        kept: list[tuple[Node, Node]] = []
        last = otherwise
        for condition, value in branches:
            if condition is self.true:
                last = value
                break
            if condition.op not in {"literal", "null"}:
                kept.append((condition, value))
        type = kept[0][1].type if kept else last.type if last is not None else TRUTH
        last = last or self.null(type)
        while kept and kept[-1][1] is last:
            kept.pop()
        if not kept:
            return last
        return self._node("case", type, (*(node for branch in kept for node in branch), last))

    def coalesce(self, nodes: Iterable[Node]) -> Node:
        """Return the first value that is known."""
        kept: dict[int, Node] = {}
        first: Node | None = None
        for node in nodes:
            first = first or node
            if node.op == "null":
                continue
            kept[node.key] = node
            if node.op == "literal":
                break
        parts = list(kept.values())
        if not parts:
            if first is None:
                raise ValueError("nothing to choose from")
            return first
        return parts[0] if len(parts) == 1 else self._node("coalesce", parts[0].type, parts)

    def call(self, op: str, type: str, args: Iterable[Node], data: Any = None) -> Node:
        """Return another operation of the back ends, unknown as soon as an argument is the unknown."""
        held = tuple(args)
        if len(held) == 1 and _is_listed(held[0]):
            return self._asked(op, held[0], data)
        return self.null(type) if any(arg.op == "null" for arg in held) else self._node(op, type, held, data)

    def listed(self, known: Node, parts: Mapping[str, Node]) -> Node:
        """Return the list of the texts whose truth holds, a list made of truths rather than read in a column.

        No engine is ever given such a list: what is asked of it (see ``call``) is asked of its truths.

        Args:
            known: Where the list is known: never unknown itself.
            parts: Truths by text, never unknown themselves.
        """
        return self._node("listed", LIST, (known, *parts.values()), tuple(parts))

    def _asked(self, op: str, node: Node, data: Any) -> Node:
        """Ask something of a list made of truths, or of the first known of a column and such a list."""
        if node.op == "coalesce":
            answers = [(self.known(part), self.call(op, TRUTH, [part], data)) for part in node.args]
            return self.case(answers)
        known, *truths = node.args
        if op == "is_empty":
            return self.case([(known, self.negation(self.any_of(truths)))])
        if op not in {"has_item", "has_item_folded"}:
            raise ValueError(f"{op} is not asked of a list made of truths")
        return self.case([(known, self.any_of(t for text, t in zip(node.data, truths, strict=True) if text in data))])


def _identity(op: str, type: str, args: tuple[Node, ...], data: Any) -> Hashable:
    """Return what two nodes that are the same share; 1 is not true."""
    return op, type, tuple(arg.key for arg in args), data.__class__, data


def _is_listed(node: Node) -> bool:
    """Say whether a list is made of truths, in part at least."""
    return node.op == "listed" or (node.op == "coalesce" and any(part.op == "listed" for part in node.args))


_SIGNS: dict[str, Any] = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
