"""Steps of a query: what several nodes use is a column, made before it is read and kept until its last use."""

from __future__ import annotations

from achats_check.columns.expression import NUMBER, TRUTH, Expressions, Node
from achats_check.columns.reading import BOOLEAN, Reading
from achats_check.columns.sql_query import query
from achats_check.columns.sql_writer import FUNCTIONS
from achats_check.columns.stages import Stage, stages


def shared() -> tuple[Expressions, Node, Node]:
    """Return two truths that share a comparison."""
    e = Expressions()
    small = e.compare("<", e.source("n", NUMBER, None), e.literal(3, NUMBER))
    a, b = e.source("a", TRUTH, None), e.source("b", TRUTH, None)
    return e, e.all_of([small, a]), e.any_of([small, b])


def read_by(node: Node, columns: set[int]) -> set[int]:
    """Return the columns that the expression of a node reads."""
    return {key for arg in node.args for key in ({arg.key} if arg.key in columns else read_by(arg, columns))}


def test_a_column_is_there_when_it_is_read() -> None:
    """Every step reads only what the step before made or kept, and the last one holds what is wanted."""
    e, one, other = shared()
    wanted = [one, other, e.negation(one)]
    steps = stages(wanted)
    every = {node.key for step in steps for node in step.made}
    before: set[int] = set()
    for step in steps:
        for node in step.made:
            assert read_by(node, every) <= before
        assert {node.key for node in step.kept} <= before
        before = {node.key for node in (*step.made, *step.kept)}
    assert {one.key, other.key} <= before


def test_what_is_used_once_is_no_column() -> None:
    """A comparison used once is written where it is used; used twice, it is computed once."""
    _, one, other = shared()
    assert not any(node.op == "compare" for step in stages([one]) for node in step.made)
    assert sum(node.op == "compare" for step in stages([one, other]) for node in step.made) == 1


def test_nothing_wanted_is_one_empty_step() -> None:
    """No truth, no column."""
    assert stages([]) == (Stage((), ()),)


def test_a_query_reads_the_table_once_and_each_step_the_one_before() -> None:
    """The steps can be written one after the other, or one inside the other; the names given are kept."""
    e = Expressions()
    a, b = e.source("a", TRUTH, Reading(BOOLEAN)), e.source("b", TRUTH, Reading(BOOLEAN))
    both = e.all_of([a, b])
    neither = e.negation(e.any_of([a, b]))
    found = query("contrats", {"x": both, "y": neither}, ["cle"], FUNCTIONS, {both.key: "les deux"})
    reads = [text.rsplit(" FROM ", 1)[1] for _, text in found.steps]
    assert reads == ["contrats", *(name for name, _ in found.steps[:-1])]
    assert found.last == f'SELECT "cle", "les deux" AS "x", "c{neither.key}" AS "y" FROM {found.steps[-1][0]}'
    assert found.nested.count("FROM contrats") == 1
    assert not any(f"FROM {name}" in found.nested for name, _ in found.steps)
