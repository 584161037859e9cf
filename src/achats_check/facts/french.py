"""French amounts, dates, durations, percentages and numbers in letters, read in folded text.

Every function takes text folded by ``facts.text.fold`` (or plain ASCII), never raises, and gives
spans in code points of that text. Money is Decimal euros, tax flags are "HT", "TTC" or "".
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from typing import NamedTuple

from achats_check.patterns import compiled


class Amount(NamedTuple):
    """An amount of money."""

    value: Decimal
    """Euros."""
    tax: str
    """"HT", "TTC", or "" when the text does not say."""
    start: int
    end: int


class Day(NamedTuple):
    """A date of the calendar."""

    value: date
    start: int
    end: int


class Duration(NamedTuple):
    """A length of time."""

    months: Decimal
    """Months, to a tenth (a year of 365 days is 12 months)."""
    unit: str
    """"an", "mois", "semaine" or "jour"."""
    start: int
    end: int


class Percent(NamedTuple):
    """A percentage."""

    value: Decimal
    start: int
    end: int


_UNITS = [
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


@cache
def letters() -> dict[str, int]:
    """Return the numbers from 0 to 100 by their folded French name, spelled with hyphens."""
    names = {name: value for value, name in enumerate(_UNITS)}
    names |= {"une": 1, "quatre-vingts": 80, "cent": 100}
    for ten, word in _TENS.items():
        names[word] = ten
        for more in range(1, 20 if ten in (60, 80) else 10):
            link = "-et-" if more in (1, 11) and ten != 80 else "-"
            names[f"{word}{link}{_UNITS[more]}"] = ten + more
    return names


def number_in_letters(text: str) -> int | None:
    """Return the number a French name says, from 0 to 100 ("vingt et un"), or None."""
    return letters().get("-".join(text.replace("-", " ").split()))


_NUMBER = (
    r"(?<![\d.,])(?:[1-9]\d{0,2}(?:(?: {1,2}|\.)\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,15}(?:[.,]\d{1,4}(?!\d))?)"
)
_MONEY = (
    r" {0,3}(k ?€|k ?euros?\b|keur\b|m ?€|meur\b|m ?euros?\b|milliers? d'euros?|millions? d'euros?|millions? €"
    r"|€|euros?\b|eur\b)"
)
_TAX = (
    r"(?:[ ,]{0,3}(?:€|euros?|eur)\b)?[ ,(]{0,3}(?:\([^()\n]{0,80}\) {0,2})?(?:euros? )?\(?(h\.? ?t\b\.?"
    r"|hors[ -]taxes?|hors tva|t\.? ?t\.? ?c\b\.?|toutes taxes comprises)"
)
_AMOUNT = _NUMBER + _MONEY


def parse_number(text: str) -> Decimal | None:
    """Return the number a French or plain spelling says ("2 000 000,00", "1.200.000", "400 000.00").

    A dot followed by exactly three digits separates thousands, unless a zero stands before it ("0.125"); a comma is
    always decimal.
    """
    digits = text.strip().replace(" ", "")
    if len(digits) > 24 or not compiled(r"-?\d+(?:[.,]\d+)*").fullmatch(digits):
        return None
    if compiled(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?").fullmatch(digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    return _tidy(Decimal(digits)) if digits.count(".") <= 1 else None


def _tidy(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


def _scale(unit: str) -> int:
    if unit.startswith(("k", "millier")):
        return 1000
    return 1_000_000 if unit.startswith("m") else 1


def _tax(found: str) -> str:
    return "HT" if found.startswith("h") else "TTC"


def amounts(text: str) -> Iterator[Amount]:
    """Yield the amounts that carry a currency ("40 000€ HT", "1,2 M€", "1 200 000 EUR HT")."""
    if "€" not in text and "eur" not in text:
        return
    for match in compiled(_AMOUNT).finditer(text):
        number = match.group()[: match.start(1) - match.start()].strip()
        scale = _scale(match.group(1))
        value = parse_number(number.replace(".", ",") if scale > 1 and number.count(".") == 1 else number)
        if value is None:
            continue
        tax = compiled(_TAX).match(text, match.end())
        end = tax.end() if tax else match.end()
        yield Amount(_tidy(value * scale), _tax(tax.group(1)) if tax else "", match.start(), end)


def bare_amount(cell: str) -> Decimal | None:
    """Return the amount of a table cell that may leave its currency to the header, or None."""
    found = next(amounts(cell), None)
    if found is not None:
        return found.value
    return parse_number(cell) if cell.strip()[:1].isdigit() else None


MONTHS = {
    name: rank
    for rank, name in enumerate(
        [
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ],
        1,
    )
}
_DAY_WORDS = r"(?<!\d)(\d{1,2})(?: ?er)? {1,3}(" + "|".join(MONTHS) + r") {1,3}(\d{4})(?!\d)"
_DAY_DIGITS = r"(?<![\d/.-])(?:(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2}))(?![\d]|[/-]\d)"


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None when the calendar has no such day or the year is not one of tenders."""
    try:
        return date(year, month, day) if 1980 <= year <= 2100 else None
    except ValueError:
        return None


def dates(text: str) -> Iterator[Day]:
    """Yield the dates, in words or digits, in the order of the text; impossible ones are left out."""
    found = [_day_in_words(m) for m in compiled(_DAY_WORDS).finditer(text)]
    found += [_day_in_digits(m) for m in compiled(_DAY_DIGITS).finditer(text)]
    yield from sorted((d for d in found if d is not None), key=lambda d: d.start)


def _day_in_words(match: re.Match[str]) -> Day | None:
    value = make_date(int(match[3]), MONTHS[match[2]], int(match[1]))
    return Day(value, match.start(), match.end()) if value else None


def _day_in_digits(match: re.Match[str]) -> Day | None:
    if match[5]:
        value = make_date(int(match[5]), int(match[6]), int(match[7]))
    else:
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        value = make_date(year, int(match[3]), int(match[1])) if len(match[4]) == 4 or match[2] == "/" else None
    return Day(value, match.start(), match.end()) if value else None


_PER_MONTH = {"an": (12, 1), "mois": (1, 1), "semaine": (84, 365), "jour": (12, 365)}
_TIME_UNIT = r"(ans?|annees?|mois|semaines?|jours?)\b"


@cache
def _duration_pattern() -> re.Pattern[str]:
    names = "|".join(sorted((n.replace("-", "[ -]") for n in letters() if n != "zero"), key=len, reverse=True))
    count = rf"(\d{{1,4}}|\b(?:{names}))"
    return compiled(rf"(?<![\d,.]){count} {{0,2}}(?:\((\d{{1,4}}|[a-z -]{{2,20}})\) {{0,2}})?{_TIME_UNIT}")


def durations(text: str) -> Iterator[Duration]:
    """Yield the lengths of time ("48 mois", "un an", "trois (3) ans", "365 jours calendaires", "2 ans et 6 mois")."""
    years: Duration | None = None
    for spell in _spells(text):
        if years is not None and _completes(text, years, spell):
            yield Duration(years.months + spell.months, "mois", years.start, spell.end)
            years = None
            continue
        if years is not None:
            yield years
        years = spell if spell.unit == "an" else None
        if years is None:
            yield spell
    if years is not None:
        yield years


def _completes(text: str, years: Duration, months: Duration) -> bool:
    """Say whether the months that follow years are the rest of them: fewer than a year, and nothing between."""
    if months.unit != "mois" or months.months >= 12:
        return False
    return compiled(r"[ ,]{0,3}(?:et {1,2})?").fullmatch(text, years.end, months.start) is not None


def _spells(text: str) -> Iterator[Duration]:
    if not any(unit in text for unit in ("an", "mois", "semaine", "jour")):
        return
    for match in _duration_pattern().finditer(text):
        told = match[2] if (match[2] or "").isdigit() else match[1]  # "cent quatre-vingts (180)": the figure is whole
        count = int(told) if told.isdigit() else number_in_letters(told)
        if not count:
            continue
        unit = "an" if match[3].startswith("an") else match[3] if match[3] == "mois" else match[3].rstrip("s")
        times, over = _PER_MONTH[unit]
        months = (Decimal(count * times) / over).quantize(Decimal("0.1"))
        whole = months.to_integral_value()
        yield Duration(whole if months == whole else months, unit, match.start(), match.end())


def whole_months(months: Decimal) -> int:
    """Return months as a whole number, rounded up: a contract of 3.9 months runs over four."""
    return int(months.to_integral_value(ROUND_CEILING))


def months_between(start: date, end: date) -> int | None:
    """Return the whole months from the first day to the last day included, or None when it is not whole.

    The 28th of February ends its month, in leap years too: few buyers look at the calendar.
    """
    after = date(end.year, 3, 1) if (end.month, end.day) == (2, 28) else date.fromordinal(end.toordinal() + 1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months if after.day == start.day and months > 0 else None


_PERCENT = r"(?<![\d,.])(\d{1,3}(?:[.,]\d{1,3})?) {0,2}(?:%|pour ?cents?\b|pourcents?\b)"


def percents(text: str) -> Iterator[Percent]:
    """Yield the percentages ("35.0 %", "40%", "dix pour cent" is left out)."""
    if "%" not in text and "cent" not in text:
        return
    for match in compiled(_PERCENT).finditer(text):
        yield Percent(Decimal(match[1].replace(",", ".")), match.start(), match.end())
