"""A tree of conditions written as French sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from achats_check.model.rule import Condition, Operand, Parameter
from achats_check.vocabulary import Vocabulary
from achats_check.wording import NBSP, format_number, format_value, join_french

_MARKET = "marche."
"""Before the name of a fact that is read on the whole market, even in a rule on a lot."""
_VERBS = {
    "egal": ":",
    "different": ": autre que",
    "parmi": ":",
    "contient": ": comprend",
    "superieur_a": ": plus de",
    "au_moins": ": au moins",
    "inferieur_a": ": moins de",
    "au_plus": ": au plus",
    "present": ": indiqué",
    "absent": ": non indiqué",
}
_GROUPS = {
    "tous": "à la fois :",
    "un_des": "l'un au moins :",
    "aucun": "aucun :",
    "pour_chaque_lot": "pour chaque lot :",
    "un_lot": "pour un lot au moins :",
}


def condition_lines(
    conditions: Iterable[Condition],
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
    depth: int = 0,
) -> list[str]:
    """Write conditions one to a line, branches indented by two spaces.

    Args:
        conditions: Trees, all of which must hold.
        vocabulary: Labels of the facts.
        parameters: Figures of the law, by name.
        depth: Depth of the branch.
    """
    indent = "  " * depth
    lines = []
    for condition in conditions:
        if condition.verb in _GROUPS:
            lines.append(f"{indent}{_GROUPS[condition.verb]}")
            lines += condition_lines(condition.children, vocabulary, parameters, depth + 1)
        else:
            lines.append(f"{indent}{_leaf(condition, vocabulary, parameters)}")
    return lines


def _leaf(condition: Condition, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]) -> str:
    if condition.verb == "different" and condition.operand.values in (
        (True,),
        (False,),
    ):  # « autre que oui » is « non »
        opposite = Operand((not condition.operand.values[0],))
        condition = condition._replace(verb="egal", operand=opposite)
    expected = _operand(condition.operand, condition.fact.removeprefix(_MARKET), vocabulary, parameters)
    return f"{_label(condition.fact, vocabulary)}{NBSP}{_VERBS[condition.verb]}{' ' if expected else ''}{expected}"


def _label(fact: str, vocabulary: Vocabulary) -> str:
    name = fact.removeprefix(_MARKET)
    of_market = " (du marché entier)" if name != fact else ""
    return f"{vocabulary[name].label}{of_market}" if name in vocabulary else fact


def _operand(operand: Operand, name: str, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]) -> str:
    times = f"{format_number(operand.factor)} × " if operand.factor else ""
    if operand.parameter:
        label = parameters[operand.parameter].label if operand.parameter in parameters else operand.parameter
        return f"{times}« {label} »"
    if operand.fact:
        return f"{times}{_label(operand.fact, vocabulary)}"
    return join_french((_written(value, name, vocabulary) for value in operand.values), "ou")


def _written(value: Any, name: str, vocabulary: Vocabulary) -> str:
    spec = vocabulary.get(name)
    if spec is not None and spec.type == "liste":
        return format_value(spec, (value,)) if not spec.fields else str(value)
    return format_value(spec, value)
