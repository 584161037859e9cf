"""The levels that rules ask of shares and numbers of a portfolio, to show them beside what is reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from achats_check.law.evaluate import PORTFOLIO
from achats_check.law.rulebook import Rulebook
from achats_check.model.rule import Condition, RuleVersion
from achats_check.portfolio.judging import kind_of
from achats_check.portfolio.records import Goal

OWN, NATIONAL = "objectif de l'acheteur", "objectif national"


def goals(book: Rulebook) -> Mapping[str, tuple[Goal, ...]]:
    """Return what each rule on a year asks a fact to reach ("au moins"), by fact, in the order of the rules.

    The goals of a pack are the buyer's, those of the shipped rules the national plan's. What is asked of a sign, as the
    years between two awards, is no goal.
    """
    found: dict[str, list[Goal]] = {}
    for rule in book.rules:
        if rule.scope != PORTFOLIO or kind_of(rule):
            continue
        label = OWN if rule.pack else NATIONAL
        for version in rule.versions:
            for condition in version.requires:
                if condition.verb == "au_moins":
                    found.setdefault(condition.fact, []).extend(_goals(label, version, condition, book))
    return {name: tuple(named) for name, named in found.items()}


def _goals(label: str, version: RuleVersion, condition: Condition, book: Rulebook) -> Iterator[Goal]:
    """Yield the levels, with the days they hold for: those of the rule, and of the figure where it is dated."""
    operand = condition.operand
    for value in operand.values:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            yield Goal(label, float(value), version.since, version.until)
    for row in book.parameters[operand.parameter].rows if operand.parameter else ():
        if row.value is not None:
            value = row.value * (operand.factor or 1)
            ends = [day for day in (row.until, version.until) if day is not None]
            yield Goal(label, float(value), max(row.since, version.since), min(ends, default=None))
