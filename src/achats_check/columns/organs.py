"""Which organs of a clause are written, and which are missing, in columns: the same as ``law.derive_clauses``.

A line of a table has no lots: what the scalar engine looks for in the market, then in its lots, is the market's alone.
"""

from collections.abc import Iterable, Mapping

from achats_check.columns.expression import LIST, NUMBER, TRUTH, Expressions, Node
from achats_check.law.derive_clauses import ENVIRONMENT, INSERTION, OBLIGATION, OTHER_SOCIAL

Pairs = Iterable[tuple[str, str]]
_HOURS = "social.heures_insertion"


class Organs:
    """Writes the lists of organs over the facts known so far."""

    def __init__(self, expressions: Expressions, facts: Mapping[str, Node]) -> None:
        self.e = expressions
        self.facts = facts

    def social_missing(self) -> Node:
        """Return the organs that the social clause lacks, empty when it has them all."""
        return self._by_kind(self._missing(INSERTION), self._missing(OTHER_SOCIAL))

    def social_present(self) -> Node:
        """Return the organs that the social clause has."""
        return self._by_kind(self._present(INSERTION), self._present(OTHER_SOCIAL))

    def environmental_missing(self) -> Node:
        """Return the organs that the environmental clause lacks, empty when it has them all."""
        return self.e.listed(*self._missing(ENVIRONMENT))

    def environmental_present(self) -> Node:
        """Return the organs that the environmental clause has, the obligation first."""
        return self.e.listed(*self._present((OBLIGATION, *ENVIRONMENT)))

    def _by_kind(self, of_insertion: tuple[Node, dict[str, Node]], of_other: tuple[Node, dict[str, Node]]) -> Node:
        """Choose the organs to expect: those of insertion, unless the clause is known to ask for none."""
        insertion = self._there("social.insertion")
        asks = self.e.any_of([self.e.is_true(insertion), self.e.is_true(self._there(_HOURS))])
        none = self.e.is_true(self.e.negation(insertion))
        known = self.e.case([(asks, of_insertion[0]), (none, of_other[0])], self.e.false)
        parts = {
            organ: self.e.case([(asks, truth), (none, of_other[1].get(organ, self.e.false))], self.e.false)
            for organ, truth in of_insertion[1].items()
        }
        return self.e.listed(known, parts)

    def _missing(self, organs: Pairs) -> tuple[Node, dict[str, Node]]:
        there = {organ: self._there(fact) for organ, fact in organs}
        lacking = {organ: self.e.is_true(self.e.negation(found)) for organ, found in there.items()}
        settled = self.e.all_of(self.e.known(found) for found in there.values())
        return self.e.any_of([*lacking.values(), settled]), lacking

    def _present(self, organs: Pairs) -> tuple[Node, dict[str, Node]]:
        there = {organ: self.e.is_true(self._there(fact)) for organ, fact in organs}
        return self.e.any_of(there.values()), there

    def _there(self, name: str) -> Node:
        """Say whether the market has what a fact shows; unknown as long as the fact is."""
        found = self._shown(self.facts[name])
        if name != "social.volume":
            return found
        return self.e.case([(self._shown(self.facts[_HOURS]), self.e.true)], found)

    def _shown(self, fact: Node) -> Node:
        if fact.type == TRUTH:
            return fact
        if fact.type == LIST:
            return self.e.negation(self.e.call("is_empty", TRUTH, [fact]))
        if fact.type == NUMBER:
            return self.e.compare(">", fact, self.e.literal(0, NUMBER))
        return self.e.case([(self.e.known(fact), self.e.true)])
