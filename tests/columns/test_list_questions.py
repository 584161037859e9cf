"""What is asked of a list: answered alike for each distinct list, however often it comes."""

from __future__ import annotations

import pytest

from achats_check.columns import list_questions
from achats_check.columns.expression import LIST, TRUTH, Expressions, Node
from achats_check.columns.list_questions import ListQuestions

WITHIN = (("71300000",), (("45000000", "45999999"),))


def question(op: str, data: object) -> Node:
    """Return a question on a list."""
    e = Expressions()
    return e.call(op, TRUTH, [e.source("cpv", LIST, None)], data)


def answer(op: str, data: object, *items: str) -> bool:
    """Ask one question of one list."""
    asked = question(op, data)
    ranks, yes = ListQuestions([asked]).kinds(["\x1f" + "".join(f"{item}\x1f" for item in items)])
    return ranks[0] in yes[asked.key]


@pytest.mark.parametrize(
    ("op", "data", "items", "expected"),
    [
        ("has_prefix", ("45", "77"), ("7731",), True),
        ("has_prefix", ("45", "77"), ("1445", "9077"), False),
        ("has_prefix", ("45",), (), False),
        ("has_item", ("R2122-1",), ("R2122-10",), False),
        ("has_item", ("R2122-1",), ("x", "R2122-1"), True),
        ("has_item_folded", ("séniors",), ("SÉNIORS",), True),
        ("all_prefixed", ("85", "80"), ("8531", "8050"), True),
        ("all_prefixed", ("85", "80"), ("8531", "4500"), False),
        ("all_prefixed", ("85",), (), True),
        ("first_within", WITHIN, ("45112500-1", "00000000"), True),
        ("first_within", WITHIN, ("00000000", "45112500"), False),
        ("first_within", WITHIN, (), False),
        ("all_within", WITHIN, ("45112500", "71300000"), True),
        ("all_within", WITHIN, ("45112500", "71300001"), False),
        ("all_within", WITHIN, (), False),
        ("is_empty", None, (), True),
        ("is_empty", None, ("45000000",), False),
    ],
)
def test_answers(op: str, data: object, items: tuple[str, ...], expected: bool) -> None:
    """Each question looks at whole items, and an empty list is within nothing."""
    assert answer(op, data, *items) is expected


def test_lists_that_answer_alike_are_one_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are sorted by their answers, and forgetting them changes nothing."""
    monkeypatch.setattr(list_questions, "_MOST", 2)
    asked = question("has_prefix", ("45",))
    questions = ListQuestions([asked])
    lists = ["\x1f45000000\x1f", "\x1f77000000\x1f", "\x1f45112500\x1f", "\x1f", "\x1f45000000\x1f"]
    for _ in range(2):
        ranks, yes = questions.kinds(lists)
        assert ranks == [0, 1, 0, 1, 0]
        assert yes == {asked.key: (0,)}
