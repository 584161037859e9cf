"""Figures of a synthesis, as a table and as a chart write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.model.synthesis import AMOUNT, COUNT, DAY, NUMBER, SHARE, TEXT, Cell
from achats_check.reports.synthesis.values import UNKNOWN, figure, full, short


@pytest.mark.parametrize(
    ("value", "kind", "in_full", "in_short"),
    [
        (1_284_356_912.35, AMOUNT, "1 284 356 912,35 €", "1,28 Md€"),
        (89_999.99, AMOUNT, "89 999,99 €", "90 k€"),
        (999_999.0, AMOUNT, "999 999 €", "1 M€"),
        (1_500, AMOUNT, "1 500 €", "1,5 k€"),
        (850.5, AMOUNT, "850,50 €", "850 €"),
        (0, AMOUNT, "0 €", "0 €"),
        (1_204, COUNT, "1 204", "1 204"),
        (1_234_567, COUNT, "1 234 567", "1 234 567"),
        (12_000_000, COUNT, "12 000 000", "12 M"),
        (4.0, COUNT, "4", "4"),
        (2.345, NUMBER, "2,35", "2,35"),
        (0.25, SHARE, "25,0 %", "25 %"),
        (0.2996, SHARE, "30,0 %", "30 %"),
        (0.0, SHARE, "0,0 %", "0 %"),
        (1, SHARE, "100,0 %", "100 %"),
        (0.0001, SHARE, "< 0,1 %", "< 0,1 %"),
        (0.9999, SHARE, "> 99,9 %", "> 99,9 %"),
        (1.25, SHARE, "125,0 %", "125 %"),
        (1e300, AMOUNT, "1,00e+300 €", "1,00e+300 €"),
        (2025, TEXT, "2025", "2025"),
        (True, COUNT, "oui", "oui"),
        (date(2026, 3, 1), DAY, "01/03/2026", "01/03/2026"),
        ("≥ 3", COUNT, "≥ 3", "≥ 3"),
        (None, AMOUNT, UNKNOWN, UNKNOWN),
        (float("nan"), SHARE, UNKNOWN, UNKNOWN),
        (float("inf"), COUNT, UNKNOWN, UNKNOWN),
    ],
)
def test_figures_are_written_the_french_way(value: Cell, kind: str, in_full: str, in_short: str) -> None:
    """In full nothing is lost but decimals of shares; in short three figures are enough; unknown is never zero."""

    def spaced(text: str) -> str:
        return text.replace("\u202f", " ").replace("\u00a0", " ")

    assert spaced(full(value, kind)) == in_full
    assert spaced(short(value, kind)) == in_short


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_share_is_never_rounded_to_nothing_nor_to_everything(value: float) -> None:
    """Some is not none, and almost all is not all."""
    for text in (full(value, SHARE), short(value, SHARE)):
        assert not text.startswith(("0\u00a0%", "0,0\u00a0%", "100"))


@given(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.sampled_from((AMOUNT, COUNT, SHARE, TEXT))
)
def test_no_value_breaks_a_drawing(value: Cell, kind: str) -> None:
    """Anything has a text, and a number only when it is one."""
    assert isinstance(full(value, kind), str)
    assert isinstance(short(value, kind), str)
    number = figure(value)
    assert number is None or number == float(value or 0)
