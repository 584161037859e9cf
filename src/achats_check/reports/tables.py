"""Tables for the commands that show the law's figures, the rules and the facts.

rich is imported inside ``draw``: these commands can afford the fifty milliseconds that a check cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from typing import Literal

from achats_check.model.fact import KNOWN, Fact, FactSet, Scope
from achats_check.model.rule import Condition, Parameter, ParameterRow, Rule, RuleVersion
from achats_check.reports.conditions import condition_lines
from achats_check.reports.layout import MIN_WIDTH, glue, painter, unglue, wrap
from achats_check.reports.wording import (
    CONFIDENCE_LABELS,
    NATURE_LABELS,
    ORIGIN_LABELS,
    STATUS_LABELS,
    THEME_LABELS,
    count,
    passage,
    search_lines,
    severity_label,
)
from achats_check.vocabulary import Vocabulary
from achats_check.wording import (
    NBSP,
    enum_label,
    format_amount,
    format_date,
    format_short_date,
    format_value,
    join_french,
)

TABLE_WIDTH = 100
"""Under this width a table is drawn as a list of records: columns of ten letters cannot be read."""


def draw(columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, color: bool) -> str:
    """Draw rows as a table, or as a list of records on a narrow terminal.

    Args:
        columns: Titles; a title that starts with ">" is aligned to the right.
        rows: Texts of each row, as many as columns.
        width: Longest line; never under 40.
        color: Write ANSI colours.

    Returns:
        The drawing, or "" when there is no row.
    """
    if not rows:
        return ""
    width = max(width, MIN_WIDTH)
    if width < TABLE_WIDTH:
        return _records(columns, rows, width, color)
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in columns:
        whole = column in _NEVER_CUT
        align: Literal["left", "right"] = "right" if column.startswith(">") else "left"
        table.add_column(column.lstrip(">"), justify=align, overflow="fold", no_wrap=whole)
    for row in rows:
        table.add_row(*(Text(glue(cell)) for cell in row))
    page = StringIO()
    system: Literal["standard"] | None = "standard" if color else None
    Console(file=page, width=width, force_terminal=color, color_system=system, highlight=False).print(table)
    return "".join(f"{unglue(line).rstrip()}\n" for line in page.getvalue().splitlines())


_NEVER_CUT = ("Identifiant", "Nom", ">Valeur", "Depuis")
"""Columns whose cells keep to one line: figures, and names that people copy."""


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, color: bool) -> str:
    paint = painter(color)
    blocks = []
    for row in rows:
        lines = [paint(line, "title") for line in wrap(row[0], width)]
        for column, cell in zip(columns[1:], row[1:], strict=True):
            lines += wrap(f"{column.lstrip('>').lower()} : {cell}", width, "  ", "    ") if cell else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def render_parameters(
    parameters: Iterable[Parameter],
    day: date,
    vocabulary: Vocabulary,
    *,
    width: int = 100,
    color: bool = False,
) -> str:
    """Draw the figures in force on a day: one row for each buyer and nature that has its own.

    Args:
        parameters: Figures of the law.
        day: Day of the law.
        vocabulary: Labels for the conditions that a row may have.
    """
    columns = ("Seuil ou taux", "Pour", ">Valeur", "Depuis", "Fondement", "Le kit cite")
    rows = [
        (
            parameter.label,
            _audience(row, vocabulary),
            _figure(parameter, row),
            _period(row),
            _basis(row),
            _kit(parameter),
        )
        for parameter in parameters
        for row in parameter.rows
        if row.since <= day and (row.until is None or day <= row.until)
    ]
    head = f"Valeurs en vigueur le {format_date(day)}\n\n"
    return head + (draw(columns, rows, width=width, color=color) or "Aucune valeur connue à cette date.\n")


def _audience(row: ParameterRow, vocabulary: Vocabulary) -> str:
    buyers = join_french(map(enum_label, row.buyers), "ou")
    natures = f" ; {join_french(map(enum_label, row.natures), 'ou')}" if row.natures else ""
    condition = f" ; si {_condition(row.condition, vocabulary)}" if row.condition else ""
    return f"{buyers}{natures}{condition}"


def _condition(condition: Condition, vocabulary: Vocabulary) -> str:
    return " ".join(line.strip() for line in condition_lines((condition,), vocabulary, {}))


def _figure(parameter: Parameter, row: ParameterRow) -> str:
    return "non connue" if row.value is None else format_amount(row.value, parameter.unit)


def _period(row: ParameterRow) -> str:
    until = f" jusqu'au {format_short_date(row.until)}" if row.until else ""
    return f"{format_short_date(row.since)}{until}"


def _basis(row: ParameterRow) -> str:
    if row.confidence == "certaine":
        return row.basis
    check = f" : {row.check}" if row.check else ""
    return f"{row.basis} ({CONFIDENCE_LABELS.get(row.confidence, row.confidence)}{check})"


def _kit(parameter: Parameter) -> str:
    figures = [
        f"{format_amount(value, parameter.unit)} (p.{NBSP}{citation.page})"
        for citation, value in parameter.kit
        if value is not None
    ]
    return join_french(dict.fromkeys(figures))


def render_rules(rules: Iterable[Rule], day: date, *, width: int = 100, color: bool = False) -> str:
    """Draw the list of the rules, by theme, with the text in force on a day."""
    ordered = sorted(rules, key=lambda rule: (rule.theme, rule.id))
    rows = [
        (
            rule.title,
            THEME_LABELS.get(rule.theme, rule.theme),
            f"{NATURE_LABELS.get(rule.nature, rule.nature)}, {severity_label(rule.nature, rule.severity)}",
            law_in_force(rule, day),
            rule.id,
        )
        for rule in ordered
    ]
    columns = ("Règle", "Thème", "Nature", "Fondement", "Identifiant")
    head = f"{count(len(rows), 'règle')}, droit du {format_date(day)}\n\n"
    return head + draw(columns, rows, width=width, color=color)


def version_on(rule: Rule, day: date) -> RuleVersion | None:
    """Return the version of a rule in force on a day, or None."""
    return next((v for v in rule.versions if v.since <= day and (v.until is None or day <= v.until)), None)


def law_in_force(rule: Rule, day: date) -> str:
    """Name the texts a rule rests on, on a day."""
    version = version_on(rule, day)
    return " ; ".join(basis.text for basis in version.basis) if version else "pas en vigueur ce jour"


def render_facts(facts: FactSet, vocabulary: Vocabulary, *, width: int = 100, color: bool = False) -> str:
    """Draw each fact with its value, and where it was read or looked for."""
    names = {name: rank for rank, name in enumerate(vocabulary)}
    lots = {lot: rank for rank, lot in enumerate(facts.lots)}
    ordered = sorted(
        facts,
        key=lambda f: (
            f.scope.kind == "lot",
            lots.get(f.scope.id, -1),
            names.get(f.name, len(names)),
            f.name,
        ),
    )
    rows = [
        (
            _label(fact, vocabulary),
            _value(fact, vocabulary),
            _where(fact),
            fact.name,
        )
        for fact in ordered
    ]
    columns = ("Fait", "Valeur", "Où", "Nom")
    return draw(columns, rows, width=width, color=color) or "Aucun fait connu.\n"


def _label(fact: Fact, vocabulary: Vocabulary) -> str:
    label = vocabulary[fact.name].label if fact.name in vocabulary else fact.name
    return f"{label} ({_lot(fact.scope)})" if fact.scope.kind == "lot" else label


def _lot(scope: Scope) -> str:
    return f"lot{NBSP}{scope.id}"


def _value(fact: Fact, vocabulary: Vocabulary) -> str:
    spec = vocabulary.get(fact.name)
    values = [value for value in fact.candidates if value is not None]
    written = join_french((format_value(spec, value) for value in values), "ou")
    if fact.status == KNOWN:
        return written
    status = STATUS_LABELS[fact.status]
    return f"{written} ({status})" if written else status


def _where(fact: Fact) -> str:
    passages = [passage(evidence, 80) for evidence in (*fact.evidence[:1], *fact.rivals[:2])]
    if passages:
        return "\n".join(passages)
    if fact.search is not None:
        return "\n".join(search_lines(fact.search, 4))
    return ORIGIN_LABELS.get(fact.origin, fact.origin)
