"""Strong three-valued logic."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.law.kleene import agreed, all_of, any_of, negation

TRUTHS = (True, False, None)
truths = st.lists(st.sampled_from(TRUTHS), max_size=6)


@given(truths)
def test_order_never_matters(found: list[bool | None]) -> None:
    """The conjunction and the disjunction of the same truths do not depend on their order."""
    assert all_of(found) is all_of(found[::-1])
    assert any_of(found) is any_of(found[::-1])


@given(truths)
def test_de_morgan(found: list[bool | None]) -> None:
    """The negation of a conjunction is the disjunction of the negations, unknown included."""
    assert negation(all_of(found)) is any_of([negation(t) for t in found])


@given(truths)
def test_double_negation(found: list[bool | None]) -> None:
    """Two negations cancel out."""
    assert [negation(negation(t)) for t in found] == found


@pytest.mark.parametrize(("a", "b"), list(product(TRUTHS, TRUTHS)))
def test_learning_never_reverses(a: bool | None, b: bool | None) -> None:
    """Replacing unknown by a truth leaves a known result as it was."""
    for operation in (all_of, any_of):
        before = operation([a, b])
        for learnt in (True, False):
            after = operation([learnt if a is None else a, b])
            assert before is None or after is before


def test_empty() -> None:
    """No condition at all holds; no alternative at all fails."""
    assert all_of([]) is True
    assert any_of([]) is False


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], None),
        ([True, True], True),
        ([True, False], None),
        ([False], False),
        ([None, None], None),
        ([True, None], None),
    ],
)
def test_agreed(found: list[bool | None], expected: bool | None) -> None:
    """Disputed values settle a comparison only when all of them give the same result."""
    assert agreed(found) is expected
