"""Codes that people write in many ways: CPV, SIRET, numbers of lots, articles of the code."""

from __future__ import annotations

import re
from functools import cache

from achats_check.patterns import compiled

_CPV_DIVISIONS = frozenset(
    [
        "03",
        "09",
        "14",
        "15",
        "16",
        "18",
        "19",
        "22",
        "24",
        "30",
        "31",
        "32",
        "33",
        "34",
        "35",
        "37",
        "38",
        "39",
        "41",
        "42",
        "43",
        "44",
        "45",
        "48",
        "50",
        "51",
        "55",
        "60",
        "63",
        "64",
        "65",
        "66",
        "70",
        "71",
        "72",
        "73",
        "75",
        "76",
        "77",
        "79",
        "80",
        "85",
        "90",
        "92",
        "98",
    ]
)


def cpv_code(digits: str) -> str | None:
    """Return the eight digits of a CPV code, or None when they are not one.

    Spaces are dropped. A code of seven digits lost its leading zero; only divisions 03 and 09 have one.
    """
    digits = digits.replace(" ", "")
    if len(digits) == 7:
        digits = "0" + digits
    valid = len(digits) == 8 and digits.isascii() and digits.isdigit() and digits[:2] in _CPV_DIVISIONS
    return digits if valid else None


def is_siret(digits: str) -> bool:
    """Return whether fourteen digits pass the Luhn check of a SIRET."""
    if len(digits) != 14 or not (digits.isascii() and digits.isdigit()):
        return False
    doubled = [int(digit) * (2 if rank % 2 == 0 else 1) for rank, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def lot_number(text: str) -> str:
    """Return the number of a lot in its one spelling: "01" is "1", "a2" is "A2", "00" is "0"."""
    return text.strip().upper().lstrip("0") or "0"


@cache
def _article() -> re.Pattern[str]:
    return compiled(r"(?:art(?:icle)?\.? *)?([LRDlrd])\.? *\*?(\d{4}-\d{1,3}(?:-\d{1,2})?)")


def article_code(text: str) -> str:
    """Return "L2113-10" for any spelling of an article of the code, the text itself for another text."""
    match = _article().fullmatch(text.strip())
    return f"{match[1].upper()}{match[2]}" if match else text.strip()
