"""What conditions and parameters need to see of a tender: the interface that ``Context`` fills."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import Fact, FactSet, Scope, Value
from achats_check.model.finding import TraceNode
from achats_check.model.rule import Condition, ParameterRow


class View(Protocol):
    """The facts of a tender as one scope sees them, on the day whose law applies."""

    book: Rulebook
    facts: FactSet
    day: date
    scope: Scope
    traces: dict[Condition, TraceNode]
    """Comparisons already explained here."""

    def at(self, scope: Scope) -> View:
        """Return the same tender seen from another scope."""
        ...

    def fact(self, name: str) -> Fact:
        """Return the fact a name designates; an unknown one when nothing is recorded."""
        ...

    def candidates(self, name: str) -> tuple[Value | None, ...]:
        """Return the values a fact may have; empty when unknown."""
        ...

    def known(self, name: str) -> Value | None:
        """Return the single known value of a fact, or None."""
        ...

    def rows(self, parameter: str) -> tuple[ParameterRow, ...]:
        """Return the rows of a parameter that may apply."""
        ...
