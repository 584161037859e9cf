"""Derived facts of the records of a list, criteria and labels, in columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from achats_check.columns.expression import NUMBER, TRUTH, Expressions, Node
from achats_check.columns.reading import SCALE
from achats_check.law.derive_criteria import OPEN_NATURES

_NATURES = ("prix", "cout", "technique", "social", "environnemental", "delai", "autre")


class RecordDerivations:
    """Writes what criteria and labels tell together, as ``law.derive`` computes it."""

    def __init__(self, expressions: Expressions, facts: Mapping[str, Node]) -> None:
        self.e = expressions
        self.facts = facts

    def writers(self) -> dict[str, Callable[[], Node]]:
        """Return, for each derived fact, what writes it."""
        return {
            "criteres_somme": self._total_weight,
            "criteres.echelle": self._scale,
            "criteres.prix_seul": lambda: self._only(("prix",)),
            "criteres.prix_et_delai_seuls": lambda: self._only(("prix", "delai")),
            "criteres.indiques": lambda: self._some_record("criteres"),
            "criteres.plusieurs": self._several,
            "criteres.ponderes": self._weighted,
            "environnement.critere": lambda: self._some("environnemental"),
            "environnement.critere_poids": lambda: self._weight_of("environnemental"),
            "environnement.cout_cycle_vie": self._life_cycle,
            "social.critere": lambda: self._some("social"),
            "social.critere_poids": lambda: self._weight_of("social"),
            "labels.exiges": lambda: self._some_record("labels"),
            "labels.equivalence_admise": self._equivalence,
            "labels.commerce_equitable": lambda: self._when(
                self._any_field("labels", "commerce_equitable", (True,)), self.e.true
            ),
        }

    def _when(self, condition: Node, value: Node) -> Node:
        return self.e.case([(condition, value)])

    def _number(self, value: int) -> Node:
        return self.e.literal(value * SCALE, NUMBER)

    def _some_record(self, name: str) -> Node:
        return self.e.compare(">", self.e.call("count", NUMBER, [self.facts[name]]), self._number(0))

    def _any_field(self, name: str, field: str, values: tuple[Any, ...]) -> Node:
        """Say whether a record has a field equal to one of some values, None for a field that is not stated."""
        return self.e.call("any_field", TRUTH, [self.facts[name]], (field, values))

    def _total_weight(self) -> Node:
        complete = self.e.negation(self._any_field("criteres", "poids", (None,)))
        total = self.e.call("sum_field", NUMBER, [self.facts["criteres"]], ("poids", "", ""))
        return self._when(self.e.all_of([self._some_record("criteres"), complete]), total)

    def _scale(self) -> Node:
        total = self._total_weight()
        like_percents = [
            self.e.compare(">=", total, self._number(80)),
            self.e.compare("<=", total, self._number(120)),
        ]
        return self._when(self.e.all_of(like_percents), self._number(100))

    def _several(self) -> Node:
        count = self.e.call("count", NUMBER, [self.facts["criteres"]])
        return self._when(self._some_record("criteres"), self.e.compare(">", count, self._number(1)))

    def _weighted(self) -> Node:
        missing = self._any_field("criteres", "poids", (None,))
        alone = self.e.compare("=", self.e.call("count", NUMBER, [self.facts["criteres"]]), self._number(1))
        return self._when(self._some_record("criteres"), self.e.any_of([self.e.negation(missing), alone]))

    def _only(self, natures: tuple[str, ...]) -> Node:
        others = tuple(nature for nature in _NATURES if nature not in natures)
        outcome = self.e.case(
            [
                (self._any_field("criteres", "nature", others), self.e.false),
                (self.e.negation(self._any_field("criteres", "nature", (None,))), self.e.true),
            ]
        )
        return self._when(self._some_record("criteres"), outcome)

    def _some(self, nature: str) -> Node:
        hidden = self._any_field("criteres", "nature", (None, *sorted(n for n in OPEN_NATURES if n)))
        outcome = self.e.case(
            [
                (self._any_field("criteres", "nature", (nature,)), self.e.true),
                (self.e.negation(hidden), self.e.false),
            ]
        )
        return self._when(self._some_record("criteres"), outcome)

    def _weight_of(self, nature: str) -> Node:
        return self.e.call("sum_field", NUMBER, [self.facts["criteres"]], ("poids", "nature", nature))

    def _life_cycle(self) -> Node:
        maybe = self._any_field("criteres", "nature", (None, "cout", "autre"))
        return self._when(self.e.all_of([self._some_record("criteres"), self.e.negation(maybe)]), self.e.false)

    def _equivalence(self) -> Node:
        outcome = self.e.case(
            [
                (self._any_field("labels", "equivalent_accepte", (False,)), self.e.false),
                (self.e.negation(self._any_field("labels", "equivalent_accepte", (None,))), self.e.true),
            ]
        )
        return self._when(self._some_record("labels"), outcome)
