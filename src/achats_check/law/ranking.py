"""Which findings come first: the gravest duties, the most relevant levers."""

from __future__ import annotations

from achats_check.law.view import View
from achats_check.model.finding import OPPORTUNITE, Finding
from achats_check.model.rule import Rule

_WEIGHT = {"bloquante": 0, "majeure": 1, "mineure": 2, "fort": 0, "moyen": 1, "faible": 2}


def rank(finding: Finding, rule: Rule, view: View) -> int:
    """Return the rank of a finding among those of its verdict, the smallest first."""
    weight = 10 * _WEIGHT[finding.severity]
    if finding.verdict != OPPORTUNITE:
        return weight
    # What this purchase can change comes before what the buyer's organisation could.
    return weight + (0 if _in_sector(rule, view) else 3) + (5 if rule.scope == "acheteur" else 0)


def _in_sector(rule: Rule, view: View) -> bool:
    codes = view.known("cpv")
    return isinstance(codes, tuple) and any(str(code).startswith(rule.sectors) for code in codes if rule.sectors)
