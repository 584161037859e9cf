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


_CPV_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)


def written_cpv(text: str) -> tuple[str | None, str]:
    """Read a CPV code as records write it, and say what was mended.

    Returns:
        Eight digits, or None; and "" for a code written in full, with or without "-" and its check digit, else what
        was mended: a leading zero lost with the column of a spreadsheet, a check digit without its dash. Nine digits
        are a code when the last one is its check digit; one digit more, typed by mistake, would hardly be.
    """
    digits = compiled(r"[\s.]").sub("", text)
    body = compiled(r"-\d$").sub("", digits)
    code = cpv_code(body)
    if code is not None:
        return code, "zéro initial rétabli" if len(body) == 7 else ""
    code = cpv_code(digits[:8]) if len(digits) == 9 and digits[8:].isdigit() else None
    if code is None or _cpv_check_digit(code) != int(digits[8]):
        return None, ""
    return code, "clé de contrôle retirée"


def _cpv_check_digit(code: str) -> int:
    """Return the check digit that nearly all the codes of the nomenclature have."""
    return sum(int(digit) * weight for digit, weight in zip(code, _CPV_WEIGHTS, strict=True)) % 10


_LA_POSTE = "356000000"
"""Its establishments are numbered otherwise: their digits add up to a multiple of five."""


def is_siret(digits: str) -> bool:
    """Return whether fourteen digits pass the Luhn check of a SIRET, or that of La Poste; zeros alone are none."""
    if len(digits) != 14 or not (digits.isascii() and digits.isdigit()) or not int(digits):
        return False
    if digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    doubled = [int(digit) * (2 if rank % 2 == 0 else 1) for rank, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


SPEAKS_OF_LOTS = r"(?<![a-z])lots?(?![a-z])|\brelance"
"""A single lot whose title speaks of lots is one of several, run again; words may be joined to it ("Gymnase_Lot 4")."""


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
