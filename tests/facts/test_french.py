"""French numbers as tender documents write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.facts import french
from achats_check.facts.text import fold


@pytest.mark.parametrize(
    ("text", "euros", "tax"),
    [
        ("2 000 000,00 €", "2000000", ""),
        ("400 000.00 € HT", "400000", "HT"),
        ("50 500€ euros hors taxe", "50500", "HT"),
        ("40 000€ HT", "40000", "HT"),
        ("1 200 000 EUR HT", "1200000", "HT"),
        ("1\u202f200\u00a0000\u2009€ TTC", "1200000", "TTC"),
        ("500 K€", "500000", ""),
        ("3 k€ H.T.", "3000", "HT"),
        ("1,2 M€ HT", "1200000", "HT"),
        ("1.5 M€", "1500000", ""),
        ("2 millions d'euros toutes taxes comprises", "2000000", "TTC"),
        ("1.200.000,50 € HT", "1200000.50", "HT"),
        ("50.000 € HT", "50000", "HT"),
        ("quarante (40 000) puis 40 000 euros (quarante mille euros) HT", "40000", "HT"),
        ("0,125 € HT", "0.125", "HT"),
    ],
)
def test_an_amount_is_read_in_every_shape(text: str, euros: str, tax: str) -> None:
    """An amount is read in every shape."""
    found = list(french.amounts(fold(text)))
    assert [(a.value, a.tax) for a in found] == [(Decimal(euros), tax)]


def test_a_year_or_a_lot_number_does_not_join_the_amount_after_it() -> None:
    """A year or a lot number does not join the amount after it."""
    assert [a.value for a in french.amounts("en 2025 100 000 €")] == [100000]
    assert [a.value for a in french.amounts("lot 3 : 21 000,00 € ht")] == [21000]


def test_a_number_without_currency_is_not_an_amount() -> None:
    """A number without currency is not an amount."""
    assert list(french.amounts("15 500 repas, 12 agents, article 3.2")) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("lundi 24 novembre 2025 à 12h00", date(2025, 11, 24)),
        ("1er mars 2025", date(2025, 3, 1)),
        ("24/11/2025", date(2025, 11, 24)),
        ("24.11.2025", date(2025, 11, 24)),
        ("2025-11-24", date(2025, 11, 24)),
        ("le 3 août 2026.", date(2026, 8, 3)),
    ],
)
def test_a_date_is_read_in_words_and_digits(text: str, day: date) -> None:
    """A date is read in words and digits."""
    assert [d.value for d in french.dates(fold(text))] == [day]


@pytest.mark.parametrize("text", ["31 février 2025", "31/04/2025", "12/2025", "2025-13-01", "consultation 25-11-0022"])
def test_an_impossible_date_is_no_date(text: str) -> None:
    """An impossible date is no date."""
    assert list(french.dates(fold(text))) == []


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("48 mois", 48),
        ("un an", 12),
        ("1 an", 12),
        ("trois (3) ans", 36),
        ("12 (douze) mois", 12),
        ("vingt-quatre mois", 24),
        ("365 jours calendaires", 12),
        ("deux années", 24),
        ("2 ans et 6 mois", 30),
        ("quatre (4) ans, neuf mois", 57),
    ],
)
def test_a_duration_is_read_in_months(text: str, months: int) -> None:
    """A duration is read in months."""
    assert [d.months for d in french.durations(fold(text))] == [months]


def test_what_does_not_complete_years_stays_apart() -> None:
    """A year and twelve months say the same thing, or two things: never their sum."""
    for text in (
        "1 an, 12 mois",
        "1 an (6 mois fermes)",
        "1 an pour le lot 1 et 6 mois pour le lot 2",
        "6 mois et 1 an",
    ):
        assert {d.months for d in french.durations(text)} <= {6, 12}


def test_weeks_are_a_fraction_of_months() -> None:
    """Weeks are a fraction of months."""
    assert [d.months for d in french.durations("17 semaines")] == [Decimal("3.9")]


def test_months_between_two_days_are_whole_or_nothing() -> None:
    """Months between two days are whole or nothing."""
    assert french.months_between(date(2026, 1, 1), date(2028, 12, 31)) == 36
    assert french.months_between(date(2026, 1, 15), date(2028, 12, 31)) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("douze", 12),
        ("vingt et un", 21),
        ("soixante et onze", 71),
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-neuf", 99),
        ("cent", 100),
    ],
)
def test_a_number_in_letters(words: str, number: int) -> None:
    """A number in letters."""
    assert french.number_in_letters(words) == number


def test_every_number_up_to_a_hundred_has_one_name() -> None:
    """Every number up to a hundred has one name."""
    assert set(french.letters().values()) == set(range(101))


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    """No text makes it raise."""
    folded = fold(text)
    for read in (french.amounts, french.dates, french.durations, french.percents):
        for found in read(folded):
            assert 0 <= found.start < found.end <= len(folded)
    french.parse_number(folded)
    french.number_in_letters(folded)


@given(st.text(alphabet="0123456789 .,€%/-htkm\u00a0", max_size=60))
def test_no_soup_of_digits_makes_it_raise(text: str) -> None:
    """No soup of digits makes it raise."""
    list(french.amounts(fold(text)))
    list(french.dates(fold(text)))
    french.bare_amount(fold(text))


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from([" ", "\u00a0", "\u202f", "."]))
def test_an_amount_comes_back_from_its_spelling(euros: int, gap: str) -> None:
    """An amount comes back from its spelling."""
    text = fold(f"montant : {euros:,} € HT".replace(",", gap))
    assert [(a.value, a.tax) for a in french.amounts(text)] == [(euros, "HT")]


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)))
def test_a_date_comes_back_from_its_spellings(day: date) -> None:
    """A date comes back from its spellings."""
    month = list(french.MONTHS)[day.month - 1]
    for text in (f"{day.day} {month} {day.year}", f"{day:%d/%m/%Y}", day.isoformat()):
        assert [d.value for d in french.dates(text)] == [day]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.125", "0.125"), ("0.007", "0.007"), ("-0.500", "-0.5"), ("1.500", "1500"), ("12.500,50", "12500.5")],
)
def test_a_zero_before_a_dot_separates_no_thousands(text: str, number: str) -> None:
    """A slice of "0.007" is seven thousandths, not seven: hours were counted a thousand times too few."""
    assert french.parse_number(text) == Decimal(number)


def test_an_amount_under_one_euro_keeps_its_decimals() -> None:
    """In a sentence too."""
    (amount,) = french.amounts("une redevance de 0.125 € ht par repas")
    assert amount.value == Decimal("0.125")
