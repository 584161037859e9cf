"""The list of the law's figures on a day, with what the source documents said beside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from achats_check.model.rule import Parameter, ParameterRow
from achats_check.reports.conditions import condition_lines
from achats_check.reports.layout import MIN_WIDTH, painter, wrap
from achats_check.reports.wording import CONFIDENCE_LABELS
from achats_check.vocabulary import Vocabulary
from achats_check.wording import enum_label, format_amount, format_date, format_short_date, join_french, kit_place

_SIGNS = {
    "inferieur_a": "moins de",
    "au_plus": "au plus",
    "au_moins": "à partir de",
    "superieur_a": "plus de",
}


def render_parameters(
    parameters: Iterable[Parameter], day: date, vocabulary: Vocabulary, *, width: int = 100, color: bool = False
) -> str:
    """Draw the figures in force on a day: a title for each, a line for each buyer and nature that has its own.

    Args:
        parameters: Figures of the law.
        day: Day of the law.
        vocabulary: Labels for the conditions that a row may have.
        width: Longest line; never under 40.
        color: Write ANSI colours.
    """
    width, paint = max(width, MIN_WIDTH), painter(color)
    heading = wrap(f"Chiffres du droit en vigueur le {format_date(day)}", width)
    blocks = [[paint(line, "title") for line in heading]]
    for parameter in parameters:
        rows = [row for row in parameter.rows if row.in_force(day)]
        if not rows:
            continue
        lines = [paint(line, "title") for line in wrap(f"{_capital(parameter.label)}  [{parameter.name}]", width)]
        for row in rows:
            lines += wrap(_row(parameter, row, vocabulary), width, "  · ")
        lines += [line for text in _kit(parameter) for line in wrap(text, width, "  ◇ ")]
        blocks.append(lines)
    if len(blocks) == 1:
        blocks.append(["Aucune valeur connue à cette date."])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _row(parameter: Parameter, row: ParameterRow, vocabulary: Vocabulary) -> str:
    sign = _SIGNS[parameter.comparator]
    figure = "valeur non connue" if row.value is None else f"{sign} {format_amount(row.value, parameter.unit)}"
    until = f" jusqu'au {format_short_date(row.until)}" if row.until else ""
    since = f"depuis le {format_short_date(row.since)}{until}"
    return f"{figure} — {_audience(row, vocabulary)} — {since} ({_basis(row)})"


def _audience(row: ParameterRow, vocabulary: Vocabulary) -> str:
    buyers = "tous acheteurs" if row.buyers == ("tous",) else join_french(map(enum_label, row.buyers), "ou")
    natures = f", {join_french(map(enum_label, row.natures), 'ou')}" if row.natures else ""
    condition = ""
    if row.condition is not None:
        said = " ".join(line.strip() for line in condition_lines((row.condition,), vocabulary, {}))
        condition = f", si {said}"
    return f"{buyers}{natures}{condition}"


def _basis(row: ParameterRow) -> str:
    checked = f", vérifié le {format_short_date(row.checked_on)}" if row.checked_on else ""
    if row.confidence == "certaine":
        return f"{row.basis}{checked}"
    check = f", à vérifier : {row.check}" if row.check else ""
    return f"{row.basis}{checked}, {CONFIDENCE_LABELS.get(row.confidence, row.confidence)}{check}"


def _kit(parameter: Parameter) -> list[str]:
    return [
        f"chiffre cité par {_place(citation.document)} : {format_amount(value, parameter.unit)} ({kit_place(citation)})"
        for citation, value in parameter.kit
        if value is not None
    ]


def _place(document: str) -> str:
    return {"kit-regionaless": "le kit", "territoires-urbains": "l'étude Territoires urbains"}.get(document, document)
