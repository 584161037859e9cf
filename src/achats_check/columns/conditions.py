"""Conditions in columns: each verb as a truth over the columns, equal to what ``law.conditions`` gives on a row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from achats_check.columns.expression import DATE, LIST, NUMBER, TEXT, TRUTH, Expressions, Node
from achats_check.columns.figures import Figures, Question, scaled
from achats_check.columns.reading import type_of
from achats_check.columns.refusal import NotColumnar
from achats_check.law.conditions import ORDERED
from achats_check.law.context import MARKET_PREFIX
from achats_check.model.fact import Scalar
from achats_check.model.rule import Condition, Operand
from achats_check.vocabulary import FactSpec, Vocabulary

_SIGNS = {"superieur_a": ">", "au_moins": ">=", "inferieur_a": "<", "au_plus": "<="}
_UPWARDS = {"au_moins", "inferieur_a"}
"""A limit finer than the scale of the columns moves to the side where it changes nothing."""
COLUMN_SCOPES = {"marche", "lot", "acheteur"}
"""Scopes that a line of a table is judged in."""


class Conditions:
    """Truths of conditions on one day of the law, over the facts of a table."""

    def __init__(
        self,
        expressions: Expressions,
        figures: Figures,
        facts: Mapping[str, Node],
        day: Node,
        vocabulary: Vocabulary,
        not_computed: frozenset[str] = frozenset(),
    ) -> None:
        self.e = expressions
        self.figures = figures
        self.facts = facts
        self.day = day
        self.vocabulary = vocabulary
        self.not_computed = not_computed
        self._known: dict[Condition, Node] = {}

    def all_of(self, conditions: tuple[Condition, ...]) -> Node:
        """Return the truth of conditions that must all hold."""
        return self.e.all_of(self.truth(condition) for condition in conditions)

    def truth(self, condition: Condition) -> Node:
        """Return the truth of a condition for each row.

        Raises:
            NotColumnar: A condition that needs more than the columns of the row.
        """
        found = self._known.get(condition)
        if found is None:
            found = self._known[condition] = self._truth(condition)
        return found

    def _truth(self, condition: Condition) -> Node:
        if condition.verb == "un_des":
            return self.e.any_of(self.truth(child) for child in condition.children)
        if condition.verb == "aucun":
            return self.e.negation(self.e.any_of(self.truth(child) for child in condition.children))
        if condition.children:  # "tous", and both verbs on lots: a market whose lots are not described counts as one
            return self.all_of(condition.children)
        return self._leaf(condition)

    def spec(self, name: str) -> FactSpec:
        """Return what the vocabulary says of a fact that a column can hold.

        Raises:
            NotColumnar: A fact that is neither the market's nor its buyer's.
        """
        spec = self.vocabulary[name.removeprefix(MARKET_PREFIX)]
        if not COLUMN_SCOPES & set(spec.scopes) or spec.scopes == ("lot",):
            raise NotColumnar(f"« {name} » n'est ni un fait du marché ni un fait de l'acheteur")
        return spec

    def fact(self, name: str) -> Node:
        """Return the column of a fact."""
        spec = self.spec(name)
        if spec.name in self.not_computed:
            raise NotColumnar(f"« {spec.name} » ne se calcule pas en colonnes")
        return self.facts[spec.name]

    def _leaf(self, condition: Condition) -> Node:
        spec = self.spec(condition.fact)
        fact, operand = self.fact(condition.fact), condition.operand
        if condition.verb in {"present", "absent"}:
            present = self._present(fact, spec)
            return present if condition.verb == "present" else self.e.negation(present)
        if condition.verb in ORDERED:
            return self._ordered(condition, fact)
        if operand.parameter:
            raise NotColumnar(
                f"« {condition.verb} » compare « {spec.name} » à un paramètre, qui peut avoir plusieurs valeurs"
            )
        if condition.verb == "contient":
            return self._contains(fact, spec, operand)
        found = self._same_fact(fact, spec, operand) if operand.fact else self._equal(fact, spec, operand.values)
        return self.e.negation(found) if condition.verb == "different" else found

    def _present(self, fact: Node, spec: FactSpec) -> Node:
        """A known value is present, an empty list is not; what is unknown may be either."""
        if type_of(spec) == LIST:
            return self.e.negation(self.e.call("is_empty", TRUTH, [fact]))
        if spec.type == "liste":
            return self.e.compare(">", self.e.call("count", NUMBER, [fact]), self.e.literal(0, NUMBER))
        return self.e.case([(self.e.known(fact), self.e.true)])

    def _ordered(self, condition: Condition, fact: Node) -> Node:
        operand, sign = condition.operand, _SIGNS[condition.verb]
        if operand.fact:
            return self.e.compare(sign, fact, self._other(operand))
        if operand.parameter:
            return self._against_figure(condition.verb, fact, operand)
        value = operand.values[0]
        if isinstance(value, date):
            return self.e.compare(sign, fact, self.e.literal(value, DATE))
        if not isinstance(value, Decimal):
            raise NotColumnar(
                f"« {condition.verb} » compare « {condition.fact} » à « {value} », qui n'est pas un nombre"
            )
        limit = scaled(value, up=condition.verb in _UPWARDS)
        return self.e.compare(sign, fact, self.e.literal(limit or 0, NUMBER))

    def _against_figure(self, verb: str, fact: Node, operand: Operand) -> Node:
        """Compare with every value the figure may have: settled when all agree."""
        low, high = self.bounds(operand, verb)
        sign = _SIGNS[verb]
        if low is high:
            return self.e.compare(sign, fact, low)
        sure, possible = (high, low) if verb in {"superieur_a", "au_moins"} else (low, high)
        return self.e.case(
            [
                (self.e.compare(sign, fact, sure), self.e.true),
                (self.e.negation(self.e.compare(sign, fact, possible)), self.e.false),
            ]
        )

    def bounds(self, operand: Operand, verb: str) -> tuple[Node, Node]:
        """Return the smallest and the largest value that the figure of an operand may have."""
        factor = operand.factor or None  # as in ``law.conditions``: a factor of zero is none

        def bound(about: str) -> Node:
            question = Question(about, factor=factor, up=verb in _UPWARDS)
            return self.figures.node(operand.parameter, self.facts, self.day, question)

        return bound("least"), bound("most")

    def _other(self, operand: Operand) -> Node:
        if operand.factor:
            raise NotColumnar(f"« {operand.fact} » est multiplié par {operand.factor}")
        return self.fact(operand.fact)

    def _same_fact(self, fact: Node, spec: FactSpec, operand: Operand) -> Node:
        other = self._other(operand)
        if fact.type != other.type or fact.type not in {NUMBER, DATE}:
            raise NotColumnar(f"« {spec.name} » et « {operand.fact} » ne sont pas tous deux des nombres ou des dates")
        return self.e.compare("=", fact, other)

    def _equal(self, fact: Node, spec: FactSpec, values: tuple[Scalar, ...]) -> Node:
        if fact.type == TRUTH:
            tests = [fact if value else self.e.negation(fact) for value in values]
            return self.e.any_of(tests)
        if spec.type == "enum":
            return self.e.is_in(fact, [str(value) for value in values])
        if fact.type == TEXT:
            folded = tuple(str(value).casefold() for value in values)
            return self.e.call("folded_in", TRUTH, [fact], folded)
        if fact.type == DATE:
            return self.e.any_of(self.e.compare("=", fact, self.e.literal(value, DATE)) for value in values)  # type: ignore[arg-type]
        if fact.type == NUMBER:
            return self.e.any_of(self._equal_number(fact, value) for value in values)
        raise NotColumnar(f"« {spec.name} » est une liste, comparée à une valeur")

    def _equal_number(self, fact: Node, value: Scalar) -> Node:
        exact = Decimal(str(value))
        low, high = scaled(exact, up=False), scaled(exact, up=True)
        if low != high or low is None:
            return self.e.case([(self.e.known(fact), self.e.false)])
        return self.e.compare("=", fact, self.e.literal(low, NUMBER))

    def _contains(self, fact: Node, spec: FactSpec, operand: Operand) -> Node:
        if operand.fact or fact.type != LIST:
            raise NotColumnar(
                f"« contient » cherche dans « {spec.name} », qui n'est pas une liste de codes ou de textes"
            )
        texts = [str(value) for value in operand.values]
        prefixes = tuple(text for text in texts if text.isdigit() and 2 <= len(text) <= 8)
        items = tuple(text.casefold() for text in texts if text not in prefixes)
        tests = [self.e.call("has_prefix", TRUTH, [fact], prefixes)] if prefixes else []
        tests += [self.e.call("has_item_folded", TRUTH, [fact], items)] if items else []
        return self.e.any_of(tests)
