"""Where each format writes how long the contract lasts: fields of a notice → months and renewals, lot by lot."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import NamedTuple

from achats_check.facts.french import months_between
from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.mapping import day
from achats_check.patterns import compiled

_MONTHS = {
    "MONTH": Decimal(1),
    "YEAR": Decimal(12),
    "WEEK": Decimal(84) / 365,
    "DAY": Decimal(12) / 365,
}
_BOAMP_PLACES = (
    *("DONNEES/OBJET/LOTS/LOT", "DONNEES/OBJET/DUREE_DELAI"),
    *("AVIS_NATIONAL/lots/lot", "AVIS_NATIONAL/natureMarche", "AVIS_NATIONAL/duree"),
)
_BOAMP_UNITS = (
    ("/DUREE_MOIS", "MONTH"),
    ("/DUREE_JOUR", "DAY"),
    ("/dureeMois", "MONTH"),
    ("/nbMois", "MONTH"),
    ("/nbJours", "DAY"),
)
LONGEST = 1200
"""Months beyond which a duration is a placeholder."""


class Term(NamedTuple):
    """A duration as the fields of a notice give it."""

    field: Field
    months: int
    renewals: int | None = None
    """How many: 0 when the notice says none, None when it does not say."""
    text: str = ""
    """What is written of the renewals."""


def terms(fields: Fields) -> Iterator[Term]:
    """Yield the duration of each lot of a notice, as its fields give it."""
    read = {"eforms": _eforms, "ted": _ted, "boamp": _boamp}.get(fields.document.format)
    yield from read(fields) if read else ()


def _months(text: str, unit: str) -> int | None:
    try:
        months = Decimal(text) * _MONTHS.get(unit.upper(), Decimal(0))
    except InvalidOperation:
        return None
    return int(months.to_integral_value(ROUND_CEILING)) if 0 < months <= LONGEST else None


def _between(start: Field | None, end: Field | None) -> int | None:
    """Return the months between two dates, rounded up: a contract of 365 days lasts twelve months."""
    first, last = day(start.text) if start else None, day(end.text) if end else None
    if first is None or last is None or last <= first:
        return None
    whole = months_between(first, last)
    if whole is not None:
        return whole
    months = Decimal((last - first).days + 1) * 12 / Decimal("365.25")
    nearest = int(months.to_integral_value())
    return max(nearest, 1) if abs(months - nearest) < Decimal("0.2") else int(months.to_integral_value(ROUND_CEILING))


def _by_lot(fields: Fields, path: str) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for field in fields.under(path):
        found.setdefault(field.lot, []).append(field)
    return found


def _first(own: list[Field], end: str) -> Field | None:
    return next((field for field in own if _path(field).endswith(end)), None)


def _path(field: Field) -> str:
    return compiled(r"\[[^\[\]]*\]").sub("", field.place)


def _text(own: list[Field], end: str) -> str:
    return "\n".join(field.text for field in own if _path(field).endswith(end))


def _eforms(fields: Fields) -> Iterator[Term]:
    for own in _by_lot(fields, "ProcurementProjectLot/ProcurementProject").values():
        coded, start, end = (
            _first(own, f"PlannedPeriod/{name}") for name in ("DurationMeasure", "StartDate", "EndDate")
        )
        months = _months(coded.text, coded.attribute("unitCode")) if coded else _between(start, end)
        count = _first(own, "ContractExtension/MaximumNumberNumeric")
        renewals = int(count.text) if count is not None and count.text.isdigit() and len(count.text) < 3 else None
        shown = coded or end
        if months is not None and shown is not None:
            yield Term(shown, months, renewals, _text(own, "Renewal/Period/Description"))


def _ted(fields: Fields) -> Iterator[Term]:
    for own in _by_lot(fields, "OBJECT_CONTRACT/OBJECT_DESCR").values():
        coded, start, end = (_first(own, name) for name in ("/DURATION", "/DATE_START", "/DATE_END"))
        months = _months(coded.text, coded.attribute("TYPE")) if coded else _between(start, end)
        renewals = 0 if _first(own, "/NO_RENEWAL") else None
        shown = coded or end
        if months is not None and shown is not None:
            yield Term(shown, months, renewals, _text(own, "/RENEWAL_DESCR/P"))


def _boamp(fields: Fields) -> Iterator[Term]:
    for path in _BOAMP_PLACES:
        for own in _by_lot(fields, path).values():
            months, shown = None, None
            for name, unit in _BOAMP_UNITS:
                shown = shown or _first(own, name)
                months = months or (_months(shown.text, unit) if shown else None)
            start, end = _first(own, "/DATE_DEBUT"), _first(own, "/DATE_FIN")
            months, shown = months or _between(start, end), shown or end
            renewals = 0 if _first(own, "/RENOUVELLEMENT_NON") else None
            if months is not None and shown is not None:
                yield Term(shown, months, renewals, _text(own, "/RENOUVELLEMENT_DESCRIPTION"))
