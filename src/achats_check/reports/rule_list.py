"""The list of the rules, by theme, with the text in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from achats_check.model.rule import Rule
from achats_check.reports.layout import MIN_WIDTH, head, painter, wrap
from achats_check.reports.wording import NATURE_LABELS, THEME_LABELS, count, severity_label
from achats_check.wording import format_date

_SYMBOLS = {"levier": "◇", "bonne_pratique": "◇", "coherence": "="}


def render_rules(rules: Iterable[Rule], day: date, *, width: int = 100, color: bool = False) -> str:
    """Draw the rules under their themes: title and identifier, then nature and law in force.

    Args:
        rules: Rules to list.
        day: Day of the law.
        width: Longest line; never under 40.
        color: Write ANSI colours.
    """
    width, paint = max(width, MIN_WIDTH), painter(color)
    ordered = sorted(rules, key=lambda rule: (rule.theme, rule.id))
    lines = [f"{count(len(ordered), 'règle')}, droit du {format_date(day)}"]
    for theme, group in groupby(ordered, key=lambda rule: rule.theme):
        lines += ["", paint(THEME_LABELS.get(theme, theme).upper(), "title")]
        for rule in group:
            lines += head(_SYMBOLS.get(rule.nature, "§"), rule.title, rule.id, width, paint, "dim")
            weight = f"{NATURE_LABELS.get(rule.nature, rule.nature)}, {severity_label(rule.nature, rule.severity)}"
            lines += wrap(f"{weight} — {law_in_force(rule, day)}", width, "    ")
    return "\n".join(lines) + "\n"


def law_in_force(rule: Rule, day: date) -> str:
    """Name the texts a rule rests on, on a day."""
    version = rule.version_on(day)
    return " ; ".join(basis.text for basis in version.basis) if version else "pas en vigueur ce jour"
