"""Whether a buyer owes a SPASER for a year: the rule ``spaser-adoption`` asked with each figure we have.

Declared purchases settle it. Estimates from published contracts never do: they say whether the question arises.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from datetime import date
from decimal import Decimal

from achats_check.law.conditions import explain
from achats_check.law.context import Context
from achats_check.law.evaluate import governing_day
from achats_check.law.kleene import all_of
from achats_check.law.parameters import BUYER_FACTS
from achats_check.law.references import parameters_of
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import compared
from achats_check.model.fact import ACHETEUR, DERIVED, KNOWN, Fact, FactSet
from achats_check.model.rule import Rule
from achats_check.portfolio.records import Spending

RULE = "spaser-adoption"
PURCHASES = "acheteur.achats_annuels_ht"
_WITHOUT_END = Decimal(10) ** 13
"""Euros a year that no buyer spends."""
_CENT = Decimal("0.01")
OWED, NOT_OWED, LIKELY, POSSIBLE, UNDETERMINED = "du", "non_du", "probable", "possible", "indetermine"
STATUSES = {
    OWED: "dû",
    NOT_OWED: "non dû",
    LIKELY: "sans doute dû (à vérifier)",
    POSSIBLE: "peut-être dû (à vérifier)",
    UNDETERMINED: "indéterminé",
}
"""What is known of the duty, and how people are told."""


class SpaserDuty:
    """Asks the rule who is bound, and from what purchases on.

    The answer only changes where purchases pass a figure of the rule: it is asked there, once for each kind of buyer
    and year, and read from there for every other amount.
    """

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._rule = book.rule(RULE)
        conditions = [c for v in self._rule.versions for c in v.when] if self._rule else []
        self._facts = {name for c in conditions for name in compared(c)} | set(BUYER_FACTS)
        figures = {
            row.value
            for name in parameters_of(conditions)
            for row in book.parameters[name].rows
            if row.value is not None
        }
        self._points = sorted({Decimal(0), _WITHOUT_END, *figures, *(figure + _CENT for figure in figures)})
        self._answers: dict[Hashable, list[bool | None]] = {}

    def status(self, facts: FactSet, day: date, spending: Spending) -> str:
        """Return one of ``STATUSES``.

        Args:
            facts: What is known of the buyer, with ``reference_date_achats`` for the year.
            day: Last day of the year.
            spending: The estimates of the year.

        Returns:
            ``du`` or ``non_du`` only from declared purchases, or when no purchase could make this buyer owe one;
            ``probable`` when the lower estimate alone exceeds the threshold, ``possible`` when only the upper one
            does; ``indetermine`` when neither does, since the data miss purchases, or when what kind of buyer it is
            matters.
        """
        stated = facts.get(PURCHASES, ACHETEUR)
        if stated is not None and isinstance(stated.value, Decimal | int):
            return {True: OWED, False: NOT_OWED, None: UNDETERMINED}[self._applies(facts, day, Decimal(stated.value))]
        if self._applies(facts, day, _WITHOUT_END) is False:
            return NOT_OWED
        low, high = (Decimal(cents) / 100 for cents in spending)
        if self._applies(facts, day, low):
            return LIKELY
        return POSSIBLE if self._applies(facts, day, high) else UNDETERMINED

    def _applies(self, facts: FactSet, day: date, purchases: Decimal) -> bool | None:
        """Say whether the rule would apply to a buyer with such purchases."""
        if self._rule is None:
            return None
        profile = (day, *((f.name, f.value) for f in facts if f.name in self._facts and f.name != PURCHASES))
        answers = self._answers.get(profile)
        if answers is None:
            answers = [self._asked(self._rule, facts, day, point) for point in self._points]
            self._answers[profile] = answers
        return answers[bisect_right(self._points, purchases) - 1]

    def _asked(self, rule: Rule, facts: FactSet, day: date, purchases: Decimal) -> bool | None:
        supposed = facts.merged(Fact(PURCHASES, ACHETEUR, purchases, KNOWN, DERIVED))
        context = Context(self._book, supposed, day, ACHETEUR)
        context = context.at(ACHETEUR, governing_day(rule, context))
        version = rule.version_on(context.day)
        if version is None:
            return False
        return all_of(explain(condition, context).result for condition in version.when)
