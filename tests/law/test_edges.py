"""Purchases at the edges of the law: verdicts written by hand from the texts, beside those of the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from achats_check.example_facts import example_facts
from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.law.evaluate import judge_rule
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.fact import ACHETEUR, MARCHE, Scope

EDGES = [
    edge
    for path in sorted(Path(__file__).with_name("edges").glob("*.yaml"))
    for edge in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: str(edge["nom"]))
def test_the_law_is_said_as_it_stands(edge: dict[str, Any], book: Rulebook) -> None:
    """Each rule named gives the verdict expected, or another than the one refused."""
    example = Example(edge["nom"], edge["le"], edge["faits"], {}, (), "", "", "")
    context = Context(book, derive(Context(book, example_facts(example, book.vocabulary), edge["le"])), edge["le"])
    rules = {rule.id: rule for rule in book.rules}
    wrong = []
    for name, expected in edge["attendu"].items():
        rule_id, _, lot = name.partition("#")
        rule = rules[rule_id]
        scope = Scope("lot", lot) if lot else ACHETEUR if rule.scope == "acheteur" else MARCHE
        verdict = judge_rule(rule, context.at(scope)).verdict
        refused = expected.removeprefix("autre_que ")
        if (verdict == refused) is not (refused == expected):
            wrong.append((name, expected, verdict))
    assert wrong == []
