"""Citations of a finding: the law in the version in force, the kit's passages, the figures compared."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from achats_check.law.rulebook import Rulebook
from achats_check.law.view import View
from achats_check.model.finding import ParameterUse, Reference
from achats_check.model.rule import Condition, KitCitation, Parameter, ParameterRow, Rule, RuleVersion
from achats_check.wording import format_amount, format_short_date, kit_passage, kit_place


def rule_references(rule: Rule, version: RuleVersion, book: Rulebook) -> tuple[Reference, ...]:
    """Return the law in the version in force, then the kit's passages."""
    law = [
        Reference("droit", basis.text, basis.article, version.since, version.until, basis.checked_on)
        for basis in version.basis
    ]
    return (*law, *(kit_reference(citation, book) for citation in rule.kit))


def kit_reference(citation: KitCitation, book: Rulebook) -> Reference:
    """Return a passage of a source document as people read it."""
    return Reference(
        "kit",
        kit_passage(citation, book.sources.documents),
        document=citation.document,
        fiche=citation.fiche,
        heading=citation.heading,
        page=citation.page,
        entry=citation.entry,
    )


def parameters_of(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Return the parameters named in condition trees, each once, in order."""
    found: dict[str, None] = {}
    for condition in conditions:
        if condition.operand.parameter:
            found[condition.operand.parameter] = None
        found.update(dict.fromkeys(parameters_of(condition.children)))
    return tuple(found)


def parameter_uses(names: Iterable[str], view: View) -> tuple[ParameterUse, ...]:
    """Return each figure that applies, with what the kit said where it differs."""
    return tuple(_use(view.book.parameters[name], row, view.book) for name in names for row in view.rows(name))


def _use(parameter: Parameter, row: ParameterRow, book: Rulebook) -> ParameterUse:
    figures = [(citation, value) for citation, value in parameter.kit if value is not None]
    kit_value: Decimal | None = figures[0][1] if figures else None
    return ParameterUse(
        parameter.name,
        parameter.label,
        row.value,
        parameter.unit,
        row.since,
        row.until,
        row.basis,
        row.confidence,
        kit_value,
        _kit_text(parameter, row, book) if figures and kit_value != row.value else "",
    )


def _kit_text(parameter: Parameter, row: ParameterRow, book: Rulebook) -> str:
    """Say both figures: "Seuil de dispense : 40 000 € HT selon Kit …, p. 22 ; droit appliqué : 60 000 €…"."""
    citation, value = next((c, v) for c, v in parameter.kit if v is not None)
    said = "" if value is None else format_amount(value, parameter.unit)
    title = book.sources.documents[citation.document]
    now = "valeur non connue" if row.value is None else format_amount(row.value, parameter.unit)
    since = format_short_date(row.since)
    label = parameter.label[:1].upper() + parameter.label[1:]
    return f"{label} : {said} selon {title}, {kit_place(citation)} ; droit appliqué : {now}, depuis le {since}."
