"""Cells of tables that hold a list, or look as if they did: no cell stops the reading of a table."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.readers.notices.cells import UNREADABLE, amendments_in, holders_in


@pytest.mark.parametrize("cell", ["{[1]: 2}", "{{}}", "{{ nom }}", "[", "{" * 5000, "[" + "-" * 50_000 + "1]", "[x]"])
def test_a_cell_that_is_no_list_is_a_name_or_an_unread_amendment(cell: str) -> None:
    """What Python cannot build, a dictionary under a list say, is not read as objects."""
    assert holders_in(cell, "titulaire") == [{"denominationSociale": cell}]
    assert amendments_in(cell) == [UNREADABLE]


def test_an_odd_escape_is_no_warning() -> None:
    """The text of a table is no code of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert holders_in("['A\\d']", "titulaire") == [{"denominationSociale": "A\\d"}]


_ANYTHING = st.text(alphabet="[]{}()'\",:1a-*+\\ .", max_size=40)


@given(_ANYTHING)
def test_no_cell_stops_the_reading(cell: str) -> None:
    """Whatever brackets and quotes follow each other."""
    found: list[Any] = [*holders_in(cell, "titulaire"), *holders_in(f"[{cell}]", "titulaire"), *amendments_in(cell)]
    assert found
