"""The page of one rule: what it asks, since when, why, and the examples it is tested with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from achats_check.model.rule import DUTIES, LEVERS, Parameter, Rule, RuleVersion
from achats_check.reports.conditions import condition_lines
from achats_check.reports.layout import MIN_WIDTH, Paint, painter, wrap
from achats_check.reports.wording import CONFIDENCE_LABELS, NATURE_LABELS, SCOPE_LABELS, severity_label
from achats_check.vocabulary import Vocabulary
from achats_check.wording import flatten, format_date, format_short_date, kit_passage

_ACCUSES = {
    "pieces": "Le silence des pièces, prouvé, peut valoir non-conformité.",
    "declaration": "Seul un fait déclaré peut valoir non-conformité ; le silence des pièces demande une justification.",
    "jamais": "Cette règle signale, elle ne conclut jamais à une non-conformité.",
}


class ExampleLine(NamedTuple):
    """An example of a rule, as its page shows it."""

    name: str
    day: date
    expected: str
    """A verdict."""
    note: str = ""


def render_rule_page(
    rule: Rule,
    vocabulary: Vocabulary,
    day: date,
    *,
    documents: Mapping[str, str],
    parameters: Mapping[str, Parameter],
    examples: Sequence[ExampleLine] = (),
    width: int = 80,
    color: bool = False,
) -> str:
    """Draw the page of a rule.

    Args:
        rule: The rule.
        vocabulary: Labels of the facts.
        day: Day of the law, whose version is told in full.
        documents: Titles of the source documents, by key.
        parameters: Figures of the law, by name.
        examples: Examples of the rule, in the order of its file.
        width: Longest line; never under 40.
        color: Write ANSI colours.
    """
    page = _Page(max(width, MIN_WIDTH), painter(color))
    page.title(rule.title)
    nature = NATURE_LABELS.get(rule.nature, rule.nature)
    scope = SCOPE_LABELS.get(rule.scope, rule.scope)
    page.text(f"{rule.id} — {nature}, {severity_label(rule.nature, rule.severity)} ; porte sur {scope}")
    if rule.pack:
        page.text(f"Règle locale : {rule.pack}")
    page.section("Pourquoi", [rule.why])
    _law(page, rule, day)
    if (version := rule.version_on(day)) is not None:
        page.section("S'applique si", condition_lines(version.when, vocabulary, parameters) or ["toujours"])
        page.section(_asked(rule), condition_lines(version.requires, vocabulary, parameters))
    page.section("Ce que vaut le silence", [_ACCUSES[rule.accuses]] if rule.nature in DUTIES else [])
    page.section("Que faire", [rule.remedy])
    page.section("Documents sources", [kit_passage(citation, documents) for citation in rule.kit] or [_NO_KIT])
    page.section("Exemples", [_example(line) for line in examples])
    return page.drawn()


_VERDICTS = {
    "conforme": "conforme",
    "non_conforme": "non conforme",
    "opportunite": "opportunité",
    "a_verifier": "à vérifier",
    "sans_objet": "sans objet",
}
_NOTES = {"applicabilite": "applicabilité"}
_NO_KIT = "Aucun des documents sources n'en parle."


class _Page:
    """Lines under titles, each wrapped to the width."""

    def __init__(self, width: int, paint: Paint) -> None:
        self._width = width
        self._paint = paint
        self._lines: list[str] = []

    def title(self, text: str) -> None:
        self._lines += [self._paint(line, "title") for line in wrap(text, self._width)]

    def text(self, text: str) -> None:
        self._lines += wrap(text, self._width)

    def section(self, title: str, lines: Iterable[str]) -> None:
        body: list[str] = []
        for line in lines:
            depth = len(line) - len(line.lstrip(" "))
            body += wrap(flatten(line), self._width, "  " + " " * depth, "  " + " " * depth)
        if body:
            self._lines += ["", self._paint(title, "title"), *body]

    def drawn(self) -> str:
        return "\n".join(self._lines) + "\n"


def _asked(rule: Rule) -> str:
    return "Utilisé si" if rule.nature in LEVERS else "Exige"


def _law(page: _Page, rule: Rule, day: date) -> None:
    current = rule.version_on(day)
    lines = [f"{'→' if version is current else '·'} {_version(version)}" for version in rule.versions]
    if current is None:
        lines.append(f"Aucune version en vigueur le {format_date(day)}.")
    page.section(f"Droit (au {format_date(day)} : →)", lines)


def _version(version: RuleVersion) -> str:
    until = f"au {format_short_date(version.until)}" if version.until else ""
    period = (
        f"du {format_short_date(version.since)} {until}" if until else f"depuis le {format_short_date(version.since)}"
    )
    texts = " ; ".join(f"{b.text}, vérifié le {format_short_date(b.checked_on)}" for b in version.basis)
    if version.confidence == "certaine":
        return f"{period} : {texts}"
    check = f" : {version.check}" if version.check else ""
    return f"{period} : {texts} (version {CONFIDENCE_LABELS[version.confidence]}{check})"


def _example(line: ExampleLine) -> str:
    verdict = _VERDICTS.get(line.expected, line.expected)
    note = f" ({_NOTES.get(line.note, line.note)})" if line.note else ""
    return f"· {format_short_date(line.day)} {line.name} : {verdict}{note}"
