"""Numbers as a French Excel shows them: amounts, percentages, dates, with the words their format adds.

A format is written in the American way in every file ("#,##0.00"); it is shown with a comma and spaces.
"""

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from achats_check.patterns import compiled

USUAL = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '#,##0 "€"',
    6: '#,##0 "€"',
    7: '#,##0.00 "€"',
    8: '#,##0.00 "€"',
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "dd/mm/yyyy",
    16: "dd/mm/yyyy",
    17: "mm/yyyy",
    18: "hh:mm",
    19: "hh:mm",
    20: "hh:mm",
    21: "hh:mm",
    22: "dd/mm/yyyy hh:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    42: '#,##0 "€"',
    44: '#,##0.00 "€"',
    41: "#,##0",
    43: "#,##0.00",
    45: "hh:mm",
    46: "hh:mm",
    47: "hh:mm",
    49: "@",
}
"""The formats that files name by a number; 0 is General."""
_PIECE = compiled(r'(?s)"([^"]*)"|\\(.)|\[([^\]]*)\]|_.|\*.|(General|Standard)|([dDmMyYhHsS]+)|([0#?])|(.)')
_CURRENCY = compiled(r"\$([^-]*)")
_DECIMALS = 10
"""Digits kept of a number without a format: what its cell shows."""
_LAST_DAY = 2_958_465
"""31 December 9999."""
_SPACE = "\u00a0"


class _Part(NamedTuple):
    """One section of a format, as what stands around the digits and how these are."""

    before: str = ""
    after: str = ""
    digits: int = 0
    """Least digits of the whole part."""
    decimals: int = 0
    kept_decimals: int = 0
    """Decimals shown even when they are zero."""
    grouped: bool = False
    percent: bool = False
    moments: str = ""
    """The letters of dates and hours, in lower case, or ""."""
    general: bool = False
    placed: bool = False
    """Whether it shows digits; the section for zero often shows but a dash."""


def shown(content: str, code: str, *, from_1904: bool = False) -> str:
    """Return a number as it is shown.

    Args:
        content: The number as the file holds it.
        code: The code of its format.
        from_1904: Whether days are counted from 1904.
    """
    try:
        value = Decimal(content.strip())
    except InvalidOperation:
        return content
    if not value.is_finite() or abs(value.adjusted()) > 300:
        return content
    parts = _parts(code)
    rank = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    part = parts[rank]
    if part.moments:
        return _moment(value, part, from_1904)
    if part.general or not (part.placed or part.before or part.after):
        return f"{part.before}{_general(value)}{part.after}"
    if not part.placed:
        return " ".join(f"{part.before}{part.after}".split())
    sign = "-" if value < 0 and rank == 0 else ""
    return f"{sign}{part.before}{_number(abs(value), part)}{part.after}".strip()


@lru_cache(maxsize=256)
def _parts(code: str) -> list[_Part]:
    return [_part(section) for section in _sections(code)]


def _sections(code: str) -> list[str]:
    """Split a format at the semicolons that stand outside quotes."""
    found, quoted = [""], False
    for sign in code:
        quoted = quoted != (sign == '"')
        if sign == ";" and not quoted:
            found.append("")
        else:
            found[-1] += sign
    return found


def _part(section: str) -> _Part:
    before, after, moments = "", "", ""
    whole, fraction = "", ""
    general = grouped = percent = dotted = False
    for match in _PIECE.finditer(section):
        quoted, escaped, bracket, word, letters, digit, other = match.groups()
        literal = quoted or escaped or ""
        if bracket is not None:
            currency = _CURRENCY.match(bracket)
            literal = currency[1] if currency else ""
            moments += bracket.lower() if bracket.lower() in ("h", "hh", "m", "mm", "s", "ss") else ""
        if word or other == "@":
            general = True
        elif letters:
            moments += letters.lower()
        elif digit:
            grouped = grouped or (after == " " and whole != "")
            after = "" if after == " " else after
            if dotted:
                fraction += digit
            else:
                whole += digit
        elif other == "." and whole and not dotted:
            dotted = True
        elif other == ",":
            grouped = grouped or whole != ""
        else:
            percent = percent or other == "%"
            literal = f"{_SPACE}%" if other == "%" else literal or other or ""
        if literal and (whole or fraction or general or dotted):
            after += literal
        else:
            before += literal
    return _Part(
        before.lstrip(),
        after.rstrip(),
        whole.count("0"),
        len(fraction),
        fraction.count("0"),
        grouped,
        percent,
        moments,
        general,
        not {"0", "#"}.isdisjoint(whole + fraction),
    )


def _general(value: Decimal) -> str:
    """Return a number without a format: its digits, with a comma."""
    if value == value.to_integral_value() and abs(value) < 10**15:
        return str(int(value))
    rounded = Decimal(f"{float(value):.{_DECIMALS}g}")
    return f"{rounded:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{rounded:f}" else f"{rounded:f}"


def _number(value: Decimal, part: _Part) -> str:
    if part.percent:
        value *= 100
    text = f"{value:.{part.decimals}f}"
    whole, _, decimals = text.partition(".")
    while len(decimals) > part.kept_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.zfill(part.digits)
    if part.grouped:
        whole = f"{int(whole):,}".replace(",", _SPACE).zfill(part.digits)
    return f"{whole},{decimals}" if decimals else whole


def _moment(value: Decimal, part: _Part, from_1904: bool) -> str:
    """Return a date, an hour, or both, as the letters of the format ask."""
    if not 0 <= value <= _LAST_DAY:
        return _general(value)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    moment = start + timedelta(seconds=round(float(value) * 86400))
    letters = part.moments
    timed = "h" in letters or "s" in letters
    dated = "d" in letters or "y" in letters or not timed
    day = f"{moment:%d/%m}/{moment.year:04d}" if "d" in letters else f"{moment:%m}/{moment.year:04d}"
    return " ".join([day] * dated + [f"{moment:%H:%M}"] * timed)
