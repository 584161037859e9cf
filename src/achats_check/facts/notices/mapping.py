"""The rows of a table applied to a notice: one field, one fact."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from achats_check.facts.codes import written_cpv
from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.notices.tables import ANY, Row, Table
from achats_check.facts.text import fold
from achats_check.model.fact import Value
from achats_check.patterns import compiled

_LEAST = Decimal(100)
"""Amount under which a value is a placeholder (0, 0.01, 1): no notice is published for less."""
_MOST = Decimal(10) ** 11
"""Amount beyond which a value is a placeholder (1e17)."""
_DAY = r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)"
_LONGEST_MONTHS = 1200


def read_rows(fields: Fields, table: Table) -> Iterator[Found | Doubt]:
    """Yield what the fields of a notice say, row by row."""
    calls = fields.document.role == "AAPC"
    for row in table.rows:
        if not row.fact or (row.of_calls and not calls):
            continue
        for field in _places(fields, row):
            said = _read(row, field, table.format)
            if said is not None:
                yield said
            if row.reading == "existence":
                break


def _places(fields: Fields, row: Row) -> Iterator[Field]:
    if row.reading == "existence":
        return fields.under(row.path)
    return iter(fields.in_french(row.path) if row.reading == "texte" else fields.at(row.path))


class Said(NamedTuple):
    """What the text of a field says of a fact."""

    value: Value | None
    reason: str = ""
    """Why it says no value, in French; "" when it says nothing at all."""
    undecided: bool = False
    """It leaves the question open, where another field might say "none"."""


def said_by(row: Row, text: str, format: str) -> Said:
    """Return what a text says by the row of a table, "codes" and its likes only; whatever holds the text."""
    if row.reading == "codes":
        return _code(row, text, format)
    if row.reading == "motif":
        return _pattern(row, text)
    value, reason = _READERS[row.reading](text)
    return Said(value, "" if value is not None else reason)


def _read(row: Row, field: Field, format: str) -> Found | Doubt | None:
    if row.reading == "existence":
        return Found(row.fact, row.value, field, row.confidence, field.lot) if row.value is not None else None
    if row.reading == "montant":
        return _amount(row, field)
    value, reason, undecided = said_by(row, field.text, format)
    if value is not None:
        return Found(row.fact, value, field, row.confidence, field.lot)
    return Doubt(row.fact, field, reason, undecided) if reason else None


def _code(row: Row, text: str, format: str) -> Said:
    code = fold(text).strip() if format == "decp" else text
    codes, doubts = dict(row.codes), dict(row.doubts)
    value = codes.get(code, None if code in doubts else codes.get(ANY))
    if value is not None:
        return Said(value)
    return Said(None, doubts.get(code, doubts.get(ANY, "") if code not in codes else ""), undecided=True)


def _pattern(row: Row, text: str) -> Said:
    folded = fold(text)
    return Said(next((value for pattern, value in row.codes if compiled(pattern).search(folded)), None))


def _amount(row: Row, field: Field) -> Found | Doubt | None:
    currency = field.attribute("currencyID") or field.attribute("CURRENCY") or field.attribute("DEVISE")
    if currency not in ("", "EUR"):
        return Doubt(row.fact, field, f"montant en {currency}, et non en euros", undecided=False)
    value, reason = money(field.text)
    if value is None:
        return Doubt(row.fact, field, reason, undecided=False)
    return Found(row.fact, value, field, row.confidence, field.lot)


def money(text: str) -> tuple[Decimal | None, str]:
    """Return the amount of a field, or why it is none: what buyers type when they do not want to tell."""
    try:
        value = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None, "ce champ ne contient pas de montant"
    reason = _not_an_amount(value)
    if reason:
        return None, f"valeur de remplissage, et non montant : {reason}"
    return value.normalize() if value != value.to_integral_value() else Decimal(int(value)), ""


def _not_an_amount(value: Decimal) -> str:
    """Say why a number is what buyers type when they do not want to tell; "" for an amount."""
    if not value.is_finite():
        return "ce n'est pas un nombre fini"
    if value <= 0:
        return "nulle ou négative"
    if value < _LEAST:
        return "moins de 100 €"
    if value > _MOST:
        return "plus de cent milliards d'euros"
    return "suite de chiffres" if _is_filler(value) else ""


def _is_filler(value: Decimal) -> bool:
    """A row of nines, of ones, or of digits in order (123456789, 123456.78, 987654.32)."""
    digits = str(int(value))
    written = str(value.normalize() if value != value.to_integral_value() else int(value)).replace(".", "")
    in_order = any(row.startswith(written) for row in ("1234567890", "9876543210"))
    return len(digits) >= 6 and (set(digits) == {"9"} or set(digits) == {"1"} or in_order)


def day(text: str) -> date | None:
    """Return the day of "2024-10-25+02:00", "20241025" or "2024-10-25T12:00:00Z", as written there; None for none."""
    match = compiled(_DAY).match(text.strip())
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _date(text: str) -> tuple[Value | None, str]:
    found = day(text)
    return found, "" if found else "ce champ ne contient pas de date"


def _text(text: str) -> tuple[Value | None, str]:
    said = " ".join(text.split())
    return (said, "") if len(said) > 2 and said.lower() != "unpublished" else (None, "")


def _cpv(text: str) -> tuple[Value | None, str]:
    """Repair a code that lost its zero or kept its check digit; refuse any other."""
    code, _ = written_cpv(text)
    return ((code,), "") if code else (None, "ce n'est pas un code CPV")


def _months(text: str) -> tuple[Value | None, str]:
    try:
        months = Decimal(text)
    except InvalidOperation:
        return None, "ce champ ne contient pas de nombre de mois"
    if not months.is_finite() or not 0 < months <= _LONGEST_MONTHS:  # NaN cannot be compared
        return None, "durée de remplissage"
    return int(months.to_integral_value()), ""


_READERS = {"date": _date, "texte": _text, "cpv": _cpv, "duree": _months}
