"""The amendments of a contract, applied in order: what it is worth and how long it lasts once they are."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from achats_check.contracts.field_reader import FieldReader
from achats_check.contracts.holders import Holders, holders
from achats_check.contracts.notes import REFUSED, REPAIRED, Note
from achats_check.contracts.texts import first_at, items_of, texts_at
from achats_check.model.fact import Value

_FIELD = "modifications"
_DATES = ("dateNotificationModification", "dateSignatureModification", "datePublicationDonneesModification")
_TWICE = "modification écrite deux fois, appliquée une seule"
_DISORDER = "modifications sans ordre certain qui donnent des valeurs différentes"
_UNREAD = "valeur modifiée illisible"
_ONES = "un mois, à côté d'un montant de remplissage"
NOBODY = Holders((), ())
T = TypeVar("T")


class Amendment(NamedTuple):
    """What one amendment changes."""

    number: int | None
    day: date | None
    amount: Value | None
    months: Value | None
    holders: Holders
    unread: tuple[str, ...]
    """Of "montant", "dureeMois" and "titulaires", what it changes to something that is no value."""


class Amended(NamedTuple):
    """What the amendments leave of a contract."""

    amount: Value | None
    months: Value | None
    holders: Holders
    applied: int
    """How many amendments."""
    listed: int
    """The same, those written twice counted twice."""
    published: tuple[date, ...]
    """Days when amendments were published."""
    items: tuple[Amendment, ...] = ()
    """Each of them once, in no order."""


def amended(
    record: Mapping[str, Any], facts: Mapping[str, Value], initial: Holders, reader: FieldReader
) -> tuple[Amended, list[Note]]:
    """Apply the amendments of a record, by their numbers, else by their dates.

    Args:
        record: The contract.
        facts: Its initial facts.
        initial: Its initial holders.
        reader: Reads the amounts and durations.
    """
    start = Amended(facts.get("execution.montant_ht"), facts.get("duree_mois"), initial, 0, 0, ())
    items = items_of(record.get("modifications"), "modification") if record.get("modifications") else []
    if not items:
        return start, []
    notes: list[Note] = []
    found = [_amendment(item, facts.get("contrat"), reader, notes) for item in items]
    unique = list(dict.fromkeys(found))
    notes += [Note(_FIELD, REPAIRED, _TWICE)] * (len(found) - len(unique))
    steps = ordered(unique)
    published = (reader.day(item, _DATES[-1]) for item in items)
    days = tuple(day for day in published if isinstance(day, date))
    last = start._replace(applied=len(unique), listed=len(items), published=days, items=tuple(unique))
    for steps_at_once in steps:
        last = applied(last, steps_at_once, notes)
    return last, notes


def _amendment(item: Mapping[str, Any], contract: Value | None, reader: FieldReader, notes: list[Note]) -> Amendment:
    amount, about_amount = reader.amount(item)
    months, about_months = reader.duration(item, contract)
    if months == 1 and amount is None and about_amount:
        months, about_months = None, [Note("dureeMois", REFUSED, _ONES, "1")]
    said, about_holders = holders(item, reader.empty)
    about = (*about_amount, *about_months, *about_holders)
    notes += [note._replace(field=f"{_FIELD}/{note.field}") for note in about]
    number = first_at(item, "id")
    day = reader.day(item, *_DATES)
    unread = tuple(
        field
        for field, value, names in (
            ("montant", amount, ("montant", "valeurGlobale")),
            ("dureeMois", months, ("dureeMois",)),
        )
        if value is None and any(texts_at(item, name) for name in names)
    )
    if said == NOBODY and any(note.kind == REFUSED for note in about_holders):
        unread += ("titulaires",)
    return Amendment(
        int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None,
        day if isinstance(day, date) else None,
        amount,
        months,
        said,
        unread,
    )


def ordered(found: Sequence[Amendment]) -> list[list[Amendment]]:
    """Return the amendments in order, those that nothing tells apart together."""
    told = [name for name in ("number", "day") if all(getattr(item, name) is not None for item in found)]
    if not told:
        return [list(found)]
    key = attrgetter(*told)
    return [list(same) for _, same in groupby(sorted(found, key=key), key)]


def applied(before: Amended, at_once: Sequence[Amendment], notes: list[Note]) -> Amended:
    """Return a contract after amendments that nothing orders; what they contradict each other on is unknown."""
    unread = {field for item in at_once for field in item.unread}
    named = [_known(item.holders) for item in at_once]
    held = _one(_known(before.holders), named, "titulaires" in unread, notes)
    return before._replace(
        amount=_one(before.amount, [item.amount for item in at_once], "montant" in unread, notes),
        months=_one(before.months, [item.months for item in at_once], "dureeMois" in unread, notes),
        holders=held or NOBODY,
    )


def _one(before: T, said: Sequence[T], unread: bool, notes: list[Note]) -> T | None:
    """Return the value after amendments made at once; None when it is not known."""
    values = {value for value in said if value is not None}
    if unread:
        notes.append(Note(_FIELD, REFUSED, _UNREAD))
    if len(values) > 1:
        notes.append(Note(_FIELD, REFUSED, _DISORDER, " ; ".join(sorted(map(_written, values)))))
    if unread or len(values) > 1:
        return None
    return values.pop() if values else before


def _known(said: Holders) -> Holders | None:
    return said if said != NOBODY else None


def _written(value: object) -> str:
    return ", ".join((*value.identifiers, *value.names)) if isinstance(value, Holders) else str(value)
