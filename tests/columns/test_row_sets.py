"""Decisions on sets of rows: on drawn logic over drawn columns, each row gets what three-valued logic says."""

from __future__ import annotations

from datetime import date, timedelta
from operator import eq, ge, gt, le, lt
from random import Random
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.columns.expression import DATE, ENUM, LIST, NUMBER, TEXT, TRUTH, Expressions, Node
from achats_check.columns.judge import Judge, Listing
from achats_check.columns.reading import STRING, STRINGS, Reading
from achats_check.columns.split import Split

COLOURS = ("bleu", "rouge", "vert")
COLOUR = ENUM + "|".join(COLOURS)
FIRST = date(2024, 1, 1)
SIGNS = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}
TYPES = {TRUTH: pa.bool_(), NUMBER: pa.int64(), DATE: pa.date32(), COLOUR: pa.string(), LIST: pa.list_(pa.string())}
READINGS = {COLOUR: Reading(STRING, values=COLOURS), LIST: Reading(STRINGS)}
Row = dict[str, Any]


def said(node: Node, row: Row) -> Any:
    """Return the value of a node for one row, None for unknown: the definition, written for one row."""
    args = [said(arg, row) for arg in node.args]
    if node.op == "source":
        return row[node.data[0]]
    if node.op in {"literal", "null"}:
        return node.data
    if node.op in {"and", "or"}:
        deciding = node.op == "or"
        return deciding if deciding in args else None if None in args else not deciding
    if node.op == "case":
        found = [value for condition, value in zip(args[:-1:2], args[1::2], strict=True) if condition is True]
        return [*found, args[-1]][0]
    if node.op == "coalesce":
        return next((arg for arg in args if arg is not None), None)
    if node.op == "is_null":
        return args[0] is None
    if node.op == "is_true":
        return args[0] is True
    if None in args:
        return None
    if node.op == "not":
        return not args[0]
    if node.op == "compare":
        return SIGNS[node.data](*args)
    if node.op == "has_prefix":
        return any(item.startswith(node.data) for item in args[0])
    return args[0] in node.data


class Drawing:
    """Draws nodes over seven columns."""

    def __init__(self, random: Random) -> None:
        """Take what draws."""
        self.random = random
        self.e = Expressions()
        kinds = {"a": TRUTH, "b": TRUTH, "n": NUMBER, "m": NUMBER, "d": DATE, "c": COLOUR, "l": LIST}
        self.sources = {name: self.e.source(name, type, READINGS.get(type)) for name, type in kinds.items()}

    def truth(self, depth: int) -> Node:
        """Draw a truth."""
        e, random = self.e, self.random
        if depth == 0:
            return random.choice([self.sources["a"], self.sources["b"], e.true, e.unknown])
        deeper = depth - 1
        return random.choice(
            [
                lambda: e.all_of(self.truth(deeper) for _ in range(3)),
                lambda: e.any_of(self.truth(deeper) for _ in range(3)),
                lambda: e.negation(self.truth(deeper)),
                lambda: e.is_null(self.truth(deeper)),
                lambda: e.is_true(self.truth(deeper)),
                lambda: e.is_null(self.sources[random.choice("nmdcl")]),
                lambda: e.compare(random.choice(list(SIGNS)), self.number(deeper), self.number(deeper)),
                lambda: e.compare(random.choice(list(SIGNS)), self.sources["d"], self.day()),
                lambda: e.is_in(self.colour(deeper), random.sample(COLOURS, 2)),
                lambda: e.call("has_prefix", TRUTH, [self.sources["l"]], (random.choice(("45", "7", "773")),)),
                lambda: e.case([(self.truth(deeper), self.truth(deeper))], self.truth(deeper)),
                lambda: e.coalesce([self.truth(deeper), self.truth(deeper)]),
            ]
        )()

    def number(self, depth: int) -> Node:
        """Draw a column of numbers, or a figure of the law."""
        e = self.e
        literals = [e.literal(self.random.randrange(4), NUMBER) for _ in range(3)]
        if self.random.random() < 0.5:
            return self.sources[self.random.choice("nm")]
        return e.case([(self.truth(depth), literals[0]), (self.truth(depth), e.null(NUMBER))], literals[1])

    def day(self) -> Node:
        """Draw a day of the law."""
        return self.e.literal(FIRST + timedelta(self.random.randrange(4)), DATE)

    def colour(self, depth: int) -> Node:
        """Draw a value that is one of three."""
        e, given = self.e, self.sources["c"]
        named = e.literal(self.random.choice(COLOURS), COLOUR)
        chosen = e.case([(self.truth(depth), named)], given)
        return self.random.choice([given, chosen, e.coalesce([given, named])])

    def row(self) -> Row:
        """Draw a row, a third of it unknown."""
        random = self.random
        drawn = {
            "a": random.random() < 0.5,
            "b": random.random() < 0.5,
            "n": random.randrange(4),
            "m": random.randrange(4),
            "d": FIRST + timedelta(random.randrange(4)),
            "c": random.choice(COLOURS),
            "l": random.choice(((), ("45000000",), ("77310000", "45112500"))),
        }
        return {name: value if random.random() < 0.7 else None for name, value in drawn.items()}


def batch_of(split: Split, rows: list[Row], skipped: int) -> pa.RecordBatch:
    """Return what an engine would give, cut out of a longer batch: its columns begin in the middle of a byte."""
    held = rows[:1] * skipped + rows
    arrays = {
        name: pa.array([said(node, row) for row in held], TYPES.get(node.type, pa.bool_()))
        for name, node in {**split.columns, **{node.data[0]: node for node in split.texts}}.items()
    }
    arrays["cle"] = pa.array([str(rank) for rank in range(len(held))])
    return pa.record_batch(arrays).slice(skipped)


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(0, 11))
def test_each_row_gets_what_three_valued_logic_says(seed: int, skipped: int) -> None:
    """Counts, columns and pairs all agree with the definition, row by row."""
    drawing = Drawing(Random(seed))
    truths = [drawing.truth(3) for _ in range(12)]
    rows = [drawing.row() for _ in range(70)]
    judge = Judge(truths)
    batch = batch_of(judge.split, rows, skipped)
    wanted = [[said(truth, row) is True for row in rows] for truth in truths]
    assert [column.to_pylist() for column in judge.columns(batch)] == wanted
    assert judge.counts(batch) == [len(rows), *map(sum, wanted)]
    where, which = judge.pairs(batch)
    assert list(zip(where.to_pylist(), which.to_pylist(), strict=True)) == [
        (row, rank) for row in range(len(rows)) for rank in range(len(truths)) if wanted[rank][row]
    ]


def test_a_list_bears_the_key_of_its_row() -> None:
    """One row comes out for each row and mask, in the order of the rows, named by its key."""
    e = Expressions()
    a, b = e.source("a", TRUTH, None), e.source("b", TRUTH, None)
    listing = Listing("cle", {("r1", ("non_conforme", "")): a, ("r2", ("a_verifier", "respect")): b})
    rows = [{"a": True, "b": None}, {"a": False, "b": False}, {"a": True, "b": True}]
    found = listing.rows(batch_of(listing.split, rows, 1)).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        ("1", "r1", "non_conforme", ""),
        ("3", "r1", "non_conforme", ""),
        ("3", "r2", "a_verifier", "respect"),
    ]
    assert (none := Listing("cle", {})).rows(batch_of(none.split, rows, 0)).num_rows == 0


def test_an_engine_is_asked_for_values_only() -> None:
    """Comparisons with figures, and what texts say, are decided on sets; two columns compared are for the engine."""
    e = Expressions()
    n, m = e.source("n", NUMBER, None), e.source("m", NUMBER, None)
    subject = e.source("t", TEXT, Reading(STRING))
    text = e.all_of([e.call("has_word", TRUTH, [subject], ("jardin",)), e.known(subject)])
    figure = e.case([(e.source("a", TRUTH, None), e.literal(1, NUMBER))], e.literal(2, NUMBER))
    split = Judge([e.all_of([e.compare("<", n, figure), e.compare("<", n, m), text])]).split
    assert {node.op for node in split.columns.values()} == {"source", "compare"}
    assert {node.data[0] for node in split.columns.values() if node.op == "source"} == {"a", "n"}
    assert split.texts == (subject,)
    assert split.kept == ("t",)
