"""Numbers and articles read inside a match of the lexicon."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.facts.clauses.values import read


@pytest.mark.parametrize(
    ("reading", "text", "expected"),
    [
        ("nombre", "1.200", Decimal(1200)),
        ("nombre", "1 200,50", Decimal("1200.5")),
        ("montant", "1.250.000", Decimal(1250000)),
        ("nombre", "soixante et onze", Decimal(71)),
        ("entier", "quarante-cinq", 45),
        ("entier", "2,5", None),
        ("pourcent", "5,5", Decimal("5.5")),
        ("pourcent", "5.125", Decimal("5.125")),
        ("pourcent", "120", None),
        ("part", "30", Decimal("0.3")),
        ("nombre", "1.2.3", None),
        ("nombre", "beaucoup", None),
    ],
)
def test_a_number_is_read_as_french_writes_it(reading: str, text: str, expected: object) -> None:
    """Thousands are separated by a blank or a dot; a percentage has no thousands."""
    assert read(reading, text, text) == expected


@given(st.integers(min_value=1000, max_value=10**9), st.sampled_from(" ."))
def test_thousands_come_back(number: int, gap: str) -> None:
    """However its thousands are separated, a number is itself."""
    text = f"{number:,}".replace(",", gap)
    assert read("nombre", text, text) == number
