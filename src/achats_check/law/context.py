"""What a condition sees: the facts of one scope, and the parameters of one day."""

from __future__ import annotations

from datetime import date

from achats_check.law.parameters import applicable_rows
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ACHETEUR, GRANT, MARCHE, UNKNOWN, Fact, FactSet, Scope, Value
from achats_check.model.finding import Reference, TraceNode
from achats_check.model.rule import Condition, ParameterRow
from achats_check.vocabulary import FactSpec, Vocabulary

MARKET_PREFIX = "marche."
Citations = tuple[tuple[Reference, ...], tuple[str, ...]]
"""References of a version of a rule, and the names of its figures."""


def fact_spec(name: str, vocabulary: Vocabulary) -> FactSpec | None:
    """Return what the vocabulary says of a name, "marche." prefix allowed; None when unknown."""
    return vocabulary.get(name.removeprefix(MARKET_PREFIX)) or vocabulary.get(name)


class Context:
    """The facts of a tender as one scope sees them, on the day whose law applies."""

    def __init__(
        self, book: Rulebook, facts: FactSet, day: date, scope: Scope = MARCHE, *, launch_known: bool = True
    ) -> None:
        self.book = book
        self.facts = facts
        self.day = day
        self.scope = scope
        self.launch_known = launch_known
        """False when the day of the law is only assumed."""
        self._rows: dict[str, tuple[ParameterRow, ...]] = {}
        self._seen: dict[str, Fact] = {}
        self.traces: dict[Condition, TraceNode] = {}
        """Comparisons already explained here: rules share two out of three."""
        self._others: dict[tuple[date, Scope], Context] = {(day, scope): self}
        self.citations: dict[tuple[str, date], Citations] = {}
        """By rule and version; they are the same for every lot."""

    def at(self, scope: Scope, day: date | None = None) -> Context:
        """Return the same context seen from another scope, or on another day."""
        key = (day or self.day, scope)
        found = self._others.get(key)
        if found is None:
            found = self._others[key] = Context(self.book, self.facts, *key, launch_known=self.launch_known)
            found._others, found.citations = self._others, self.citations
        return found

    def fact(self, name: str) -> Fact:
        """Return the fact a name designates here; an unknown one when nothing is recorded."""
        found = self._seen.get(name)
        if found is None:
            found = self._seen[name] = self._find(name)
        return found

    def _find(self, name: str) -> Fact:
        scope = MARCHE if name.startswith(MARKET_PREFIX) else self.scope
        name = name.removeprefix(MARKET_PREFIX)
        spec = self.book.vocabulary[name]
        if "acheteur" in spec.scopes:
            scope = ACHETEUR
        if scope.kind == "lot":
            own = self.facts.get(name, scope) if "lot" in spec.scopes else None
            if own is not None and own.status != UNKNOWN:
                return own
            if "lot" in spec.scopes and not spec.inherited:
                return own or Fact(name, scope)
            scope = MARCHE
        if GRANT.kind in spec.scopes:
            scope = GRANT
        elif scope.kind in {"portefeuille", GRANT.kind} and scope.kind not in spec.scopes:
            scope = MARCHE
        if scope == ACHETEUR and "acheteur" not in spec.scopes:
            scope = MARCHE
        return self.facts.get(name, scope) or Fact(name, scope)

    def candidates(self, name: str) -> tuple[Value | None, ...]:
        """Return the values a fact may have here; empty when unknown, (None,) when absent without a value."""
        return self.fact(name).candidates

    def known(self, name: str) -> Value | None:
        """Return the single known value of a fact, or None."""
        fact = self.fact(name)
        return fact.value if len(fact.candidates) == 1 else None

    def rows(self, parameter: str) -> tuple[ParameterRow, ...]:
        """Return the rows of a parameter that may apply here: several when buyer or nature is not settled."""
        found = self._rows.get(parameter)
        if found is None:
            found = self._rows[parameter] = applicable_rows(self.book.parameters[parameter], self)
        return found
