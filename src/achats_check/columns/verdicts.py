"""The verdict of a rule in columns: the same law as ``law.judgement``, as masks over the rows of a table.

A mask counts where it is true; unknown, like false, does not count. What a row states is declared: it accuses
wherever a declaration may, with full confidence. Every row bears exactly one verdict, and a doubt when it is
``a_verifier``: a test holds that the masks of a rule cover every row once.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from achats_check.columns.conditions import COLUMN_SCOPES, Conditions
from achats_check.columns.expression import DATE, NUMBER, Expressions, Node
from achats_check.columns.figures import Figures, Question
from achats_check.columns.reading import SCALE
from achats_check.columns.refusal import NotColumnar
from achats_check.law.context import MARKET_PREFIX
from achats_check.law.derive import INPUTS
from achats_check.law.judgement import RECENT_DAYS
from achats_check.law.parameters import BUYER_FACTS, NATURE_FACTS
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import compared
from achats_check.model.finding import (
    A_VERIFIER,
    ALERTE,
    APPLICABILITE,
    CONFORME,
    DROIT,
    JUSTIFICATION,
    LANCEMENT,
    NON_CONFORME,
    OPPORTUNITE,
    RESPECT,
)
from achats_check.model.rule import LEVERS, Condition, Rule, RuleVersion

Outcome = tuple[str, str]
"""A verdict and its doubt, "" for none."""


class Table(NamedTuple):
    """What the rules see of a table."""

    facts: Mapping[str, Node]
    """Facts by name, derived ones included."""
    day: Node
    """Day of the law of each row."""
    launch_known: Node
    """False where the day is only assumed."""
    not_computed: frozenset[str] = frozenset()
    """Derived facts that have no computation in columns."""


class Verdicts:
    """Writes the masks of each rule over one table."""

    def __init__(self, expressions: Expressions, figures: Figures, book: Rulebook, table: Table) -> None:
        self.e = expressions
        self.figures = figures
        self.book = book
        self.table = table
        self._days: dict[int, Conditions] = {}

    def masks(self, rule: Rule) -> dict[Outcome, Node]:
        """Return the mask of each verdict that a rule may give; ``SANS_OBJET`` is what remains.

        Raises:
            NotColumnar: The rule needs more than the columns of a row.
        """
        if rule.scope not in COLUMN_SCOPES:
            raise NotColumnar(f"portée « {rule.scope} » : elle ne se juge pas marché par marché")
        day = self._governing_day(rule)
        found: dict[Outcome, list[Node]] = {}
        for versions in _same_law(rule.versions):
            in_force = self.e.any_of(self._in_force(version, day) for version in versions)
            if in_force is self.e.false:
                continue
            writer = _Version(self, rule, versions[0], self._conditions(day))
            for outcome, mask in writer.masks():
                found.setdefault(outcome, []).append(self.e.all_of([in_force, mask]))
        masks = {outcome: self.e.any_of(parts) for outcome, parts in found.items()}
        return {
            outcome: mask for outcome, mask in masks.items() if mask.op not in {"null"} and mask is not self.e.false
        }

    def _conditions(self, day: Node) -> Conditions:
        found = self._days.get(day.key)
        if found is None:
            table = self.table
            found = Conditions(self.e, self.figures, table.facts, day, self.book.vocabulary, table.not_computed)
            self._days[day.key] = found
        return found

    def _in_force(self, version: RuleVersion, day: Node) -> Node:
        bounds = [self.e.compare(">=", day, self.e.literal(version.since, DATE))]
        if version.until is not None:
            bounds.append(self.e.compare("<=", day, self.e.literal(version.until, DATE)))
        return self.e.all_of(bounds)

    def _governing_day(self, rule: Rule) -> Node:
        """A year stands for its 31 December, as in ``law.evaluate.governing_day``."""
        if not rule.date_fact:
            return self.table.day
        own = self.table.facts[rule.date_fact]
        if own.type == DATE:
            return self.e.coalesce([own, self.table.day])
        if own.type != NUMBER:
            raise NotColumnar(f"« {rule.date_fact} » donne le jour du droit et n'est ni une date ni une année")
        year = self.e.all_of(
            [
                self.e.compare(">=", own, self.e.literal(SCALE, NUMBER)),
                self.e.compare("<=", own, self.e.literal(9999 * SCALE, NUMBER)),
            ]
        )
        end = self.e.case([(year, self.e.call("year_end", DATE, [own]))], self.e.null(DATE))
        return self.e.coalesce([end, self.table.day])

    def recent(self, rule: Rule) -> Node:
        """Say where the day is only supposed and the law of some years before would not accuse."""
        supposed = self.e.negation(self.table.launch_known)
        if rule.date_fact:
            supposed = self.e.all_of([supposed, self.e.is_null(self.table.facts[rule.date_fact])])
        if supposed is self.e.false:
            return supposed
        earlier = self._earlier_day()
        conditions = self._conditions(earlier)
        accused = [
            self.e.all_of(
                [
                    self._in_force(version, earlier),
                    conditions.all_of(version.when),
                    self.e.negation(conditions.all_of(version.requires)),
                ]
            )
            for version in rule.versions
        ]
        return self.e.all_of([supposed, self.e.negation(self.e.is_true(self.e.any_of(accused)))])

    def _earlier_day(self) -> Node:
        day = self.table.day
        if day.op == "literal":
            return self.e.literal(day.data - timedelta(days=RECENT_DAYS), DATE)
        return self.e.call("days_before", DATE, [day], RECENT_DAYS)

    def awaited_by(self, parameter: str) -> tuple[str, ...]:
        """Return the facts that may choose between the values of a parameter."""
        rows = self.book.parameters[parameter].rows
        names = [name for row in rows if row.condition is not None for name in compared(row.condition)]
        return tuple(dict.fromkeys([*names, *BUYER_FACTS, *NATURE_FACTS]))

    def missing(self, name: str) -> Iterator[tuple[Node, bool]]:
        """Yield, for each fact to provide so that one is known, where it is missing and if pieces tell it."""
        name = name.removeprefix(MARKET_PREFIX)
        vocabulary = self.book.vocabulary
        unknown = self.e.is_null(self.table.facts[name])
        inputs = [source for source in INPUTS.get(name, ()) if source in vocabulary] if vocabulary[name].derived else []
        if not inputs:
            yield unknown, not vocabulary[name].outside_pieces
        for source in inputs:
            both = self.e.all_of([unknown, self.e.is_null(self.table.facts[source])])
            yield both, not vocabulary[source].outside_pieces


class _Version:
    """The masks of one version of a rule, where it is in force."""

    def __init__(self, verdicts: Verdicts, rule: Rule, version: RuleVersion, conditions: Conditions) -> None:
        self.v = verdicts
        self.e = verdicts.e
        self.rule = rule
        self.version = version
        self.conditions = conditions
        self.applies = conditions.all_of(version.when)
        self.respected = conditions.all_of(version.requires)

    def masks(self) -> Iterator[tuple[Outcome, Node]]:
        """Yield verdicts with their masks; ``sans_objet`` is left out, being what remains."""
        unknown = self.e.is_null(self.applies)
        yield from self._within(unknown, self._maybe_applicable())
        yield from self._within(self.applies, self._judged())

    def _within(self, mask: Node, found: Iterable[tuple[Outcome, Node]]) -> Iterator[tuple[Outcome, Node]]:
        return ((outcome, self.e.all_of([mask, inner])) for outcome, inner in found)

    def _maybe_applicable(self) -> Iterator[tuple[Outcome, Node]]:
        """Only when the facts are known and the law alone is unsettled, what is required is looked at."""
        law = self._all_unsettled_by_law(self.version.when) if self.version.requires else self.e.false
        yield (A_VERIFIER, APPLICABILITE), self.e.negation(law)
        respected = self.e.is_true(self.respected)
        yield (CONFORME, ""), self.e.all_of([law, respected])
        yield (A_VERIFIER, DROIT), self.e.all_of([law, self.e.negation(respected)])

    def _judged(self) -> Iterator[tuple[Outcome, Node]]:
        if self.version.confidence == "incertaine":
            yield (A_VERIFIER, DROIT), self.e.true
            return
        yield from self._within(self.e.is_null(self.respected), self._unsettled())
        unsure = self._rests_on_uncertain_figures()
        yield (A_VERIFIER, DROIT), self.e.all_of([unsure, self.e.known(self.respected)])
        sure = self.e.negation(unsure)
        yield (CONFORME, ""), self.e.all_of([sure, self.respected])
        yield from self._within(self.e.all_of([sure, self.e.negation(self.respected)]), self._contrary())

    def _unsettled(self) -> Iterator[tuple[Outcome, Node]]:
        law = self.e.any_of(
            self.e.all_of([unknown, self._law_of(leaf)])
            for leaf, unknown in self._unknown_leaves(self.version.requires)
        )
        yield (A_VERIFIER, DROIT), law
        facts = self.e.negation(law)
        if self.rule.nature in LEVERS:
            yield (A_VERIFIER, RESPECT), facts
            return
        outside = self._waits_for_reasons()
        yield (A_VERIFIER, JUSTIFICATION), self.e.all_of([facts, outside])
        yield (A_VERIFIER, RESPECT), self.e.all_of([facts, self.e.negation(outside)])

    def _contrary(self) -> Iterator[tuple[Outcome, Node]]:
        if self.rule.nature in LEVERS:
            yield (OPPORTUNITE, ""), self.e.true
        elif self.rule.accuses == "jamais":
            yield (A_VERIFIER, ALERTE), self.e.true
        else:
            recent = self.v.recent(self.rule)
            yield (A_VERIFIER, LANCEMENT), recent
            yield (NON_CONFORME, ""), self.e.negation(recent)

    # --- Leaves that decide --------------------------------------------------------------------------------------

    def _unknown_leaves(self, conditions: Iterable[Condition]) -> Iterator[tuple[Condition, Node]]:
        """Yield the leaves with where they are what leaves the whole unknown: they and all that holds them are."""
        for condition in conditions:
            unknown = self.e.is_null(self.conditions.truth(condition))
            if unknown is self.e.false:
                continue
            if not condition.children:
                yield condition, unknown
            for leaf, inner in self._unknown_leaves(condition.children):
                yield leaf, self.e.all_of([unknown, inner])

    def _deciding_leaves(self, conditions: Iterable[Condition], wanted: bool) -> Iterator[tuple[Condition, Node]]:
        """Yield the leaves with where they, and all that holds them, have the result that decides."""
        for condition in conditions:
            truth = self.conditions.truth(condition)
            decided = truth if wanted else self.e.negation(truth)
            if not condition.children:
                yield condition, decided
            inside = not wanted if condition.verb == "aucun" else wanted
            for leaf, inner in self._deciding_leaves(condition.children, inside):
                yield leaf, self.e.all_of([decided, inner])

    def _awaited(self, leaf: Condition) -> Iterator[tuple[str, Node]]:
        """Yield the facts that would choose between the values of a figure, with where they would."""
        for name in self.v.awaited_by(leaf.operand.parameter):
            yield name, self._figure(leaf, Question("awaits", name))

    def _figure(self, leaf: Condition, question: Question) -> Node:
        return self.v.figures.node(leaf.operand.parameter, self.conditions.facts, self.conditions.day, question)

    def _law_of(self, leaf: Condition) -> Node:
        """Say where a comparison is unknown although its fact, the buyer and the nature are known."""
        if not leaf.operand.parameter:
            return self.e.false
        settled = [
            self.e.negation(self.e.all_of([waits, self.e.is_null(self.conditions.facts[name])]))
            for name, waits in self._awaited(leaf)
        ]
        return self.e.all_of([self.e.known(self.conditions.fact(leaf.fact)), *settled])

    def _all_unsettled_by_law(self, conditions: tuple[Condition, ...]) -> Node:
        leaves = list(self._unknown_leaves(conditions))
        return self.e.all_of(self.e.any_of([self.e.negation(unknown), self._law_of(leaf)]) for leaf, unknown in leaves)

    def _waits_for_reasons(self) -> Node:
        """Say where all that is missing may live only in the buyer's own file, and something is."""
        found = [
            (self.e.all_of([unknown, missing]), told)
            for leaf, unknown in self._unknown_leaves(self.version.requires)
            for missing, told in self._missing_of(leaf)
        ]
        if all(told for _, told in found):
            return self.e.false
        anything = [where for where, _ in found]
        inside = [where for where, told in found if told]
        return self.e.all_of([self.e.any_of(anything), self.e.negation(self.e.any_of(inside))])

    def _missing_of(self, leaf: Condition) -> Iterator[tuple[Node, bool]]:
        yield from self.v.missing(leaf.fact)
        if leaf.operand.fact:
            yield from self.v.missing(leaf.operand.fact)
        for name, waits in self._awaited(leaf) if leaf.operand.parameter else ():
            for missing, told in self.v.missing(name):
                yield self.e.all_of([waits, missing]), told

    def _rests_on_uncertain_figures(self) -> Node:
        found = []
        decided = [
            *((leaf, where) for wanted in (True, False) for leaf, where in self._deciding_whole(wanted)),
            *self._deciding_leaves(self.version.when, True),
        ]
        for leaf, where in decided:
            if leaf.operand.parameter:
                found.append(self.e.all_of([where, self._figure(leaf, Question("uncertain"))]))
        return self.e.is_true(self.e.any_of(found))

    def _deciding_whole(self, wanted: bool) -> Iterator[tuple[Condition, Node]]:
        """Yield the leaves of what is required that decide, where the whole has a result."""
        whole = self.respected if wanted else self.e.negation(self.respected)
        for leaf, where in self._deciding_leaves(self.version.requires, wanted):
            yield leaf, self.e.all_of([whole, where])


def _same_law(versions: tuple[RuleVersion, ...]) -> Iterator[list[RuleVersion]]:
    """Yield the versions by groups that give the same verdicts: often only the text cited changes."""

    def law(version: RuleVersion) -> tuple[tuple[Condition, ...], tuple[Condition, ...], bool]:
        return version.when, version.requires, version.confidence == "incertaine"

    return (list(group) for _, group in groupby(versions, law))
