"""Whether a buyer owes a SPASER for a year: the rule ``spaser-adoption`` asked with each figure we have.

Declared purchases settle it. Estimates from published contracts never do: they say whether the question arises.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from achats_check.law.context import Context
from achats_check.law.conditions import explain
from achats_check.law.evaluate import governing_day
from achats_check.law.kleene import all_of
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ACHETEUR, DERIVED, KNOWN, UNKNOWN, Fact, FactSet
from achats_check.model.rule import Rule
from achats_check.portfolio.records import Spending

RULE = "spaser-adoption"
PURCHASES = "acheteur.achats_annuels_ht"
OWED, NOT_OWED, LIKELY, POSSIBLE, UNDETERMINED = "du", "non_du", "probable", "possible", "indetermine"
STATUSES = {
    OWED: "dû",
    NOT_OWED: "non dû",
    LIKELY: "sans doute dû (à vérifier)",
    POSSIBLE: "peut-être dû (à vérifier)",
    UNDETERMINED: "indéterminé",
}
"""What is known of the duty, and how people are told."""


def spaser_status(book: Rulebook, facts: FactSet, day: date, spending: Spending) -> str:
    """Return one of ``STATUSES``.

    Args:
        book: The rules.
        facts: What is known of the buyer, with ``reference_date_achats`` for the year.
        day: Last day of the year.
        spending: The estimates of the year.

    Returns:
        ``du`` or ``non_du`` only from declared purchases, or when no purchase could make this buyer owe one;
        ``probable`` when the lower estimate alone exceeds the threshold, ``possible`` when only the upper one does;
        ``indetermine`` when neither does, since the data miss purchases, or when what kind of buyer it is matters.
    """
    rule = book.rule(RULE)
    if rule is None:
        return UNDETERMINED
    stated = facts.get(PURCHASES, ACHETEUR)
    if stated is not None and stated.status != UNKNOWN:
        return {True: OWED, False: NOT_OWED, None: UNDETERMINED}[_applies(rule, book, facts, day)]
    if _applies_to(Decimal(10) ** 13, rule, book, facts, day) is False:
        return NOT_OWED
    if _applies_to(Decimal(spending.low) / 100, rule, book, facts, day):
        return LIKELY
    if _applies_to(Decimal(spending.high) / 100, rule, book, facts, day):
        return POSSIBLE
    return UNDETERMINED


def _applies_to(purchases: Decimal, rule: Rule, book: Rulebook, facts: FactSet, day: date) -> bool | None:
    supposed = facts.merged(Fact(PURCHASES, ACHETEUR, purchases, KNOWN, DERIVED, 0.5))
    return _applies(rule, book, supposed, day)


def _applies(rule: Rule, book: Rulebook, facts: FactSet, day: date) -> bool | None:
    context = Context(book, facts, day, ACHETEUR)
    context = context.at(ACHETEUR, governing_day(rule, context))
    version = rule.version_on(context.day)
    if version is None:
        return False
    return all_of(explain(condition, context).result for condition in version.when)
