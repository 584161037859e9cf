"""The dated figures of the rules, as the steps that a table is compared with."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from achats_check.law.context import Context
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import DECLARED, KNOWN, MARCHE, Fact, FactSet
from achats_check.model.rule import ParameterRow


class Step(NamedTuple):
    """The lowest value a figure may have from one day on."""

    since: date
    value: Decimal | None
    """None when the figure has no known value."""


def steps(book: Rulebook, parameter: str, nature: str) -> tuple[Step, ...]:
    """Return the successive values of a figure for one nature of contracts ("travaux", "fournitures", "services").

    Where several values may apply (buyer or law not settled), the lowest: what is under it is under all.
    """
    facts = FactSet([Fact("type", MARCHE, nature, KNOWN, DECLARED)])
    found: list[Step] = []
    for since in sorted(set(_changes(book.parameters[parameter].rows))):
        values = [row.value for row in Context(book, facts, since).rows(parameter) if row.value is not None]
        step = Step(since, min(values, default=None))
        if not found or found[-1].value != step.value:
            found.append(step)
    return tuple(found)


def largest(book: Rulebook, parameter: str) -> Decimal:
    """Return the largest value a figure ever has."""
    return max(row.value for row in book.parameters[parameter].rows if row.value is not None)


def _changes(rows: tuple[ParameterRow, ...]) -> Iterator[date]:
    for row in rows:
        yield row.since
        if row.until is not None:
            yield row.until + timedelta(days=1)
