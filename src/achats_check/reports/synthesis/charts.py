"""A chart on the page: its picture, drawn for a wide screen and for a phone, and its figures as a folded table."""

from collections.abc import Callable
from typing import NamedTuple

from achats_check.model.synthesis import LINES, TEXT, Chart, Column, Series, Table
from achats_check.reports.page.markup import Markup, join, tag, typeset
from achats_check.reports.synthesis.bars import MOST, bars
from achats_check.reports.synthesis.colours import series_class
from achats_check.reports.synthesis.lines import lines
from achats_check.reports.synthesis.marks import mark
from achats_check.reports.synthesis.tables import bare_table
from achats_check.reports.synthesis.values import figure, short
from achats_check.wording import NBSP, join_french

WIDE, NARROW = 860.0, 340.0
"""Widths of the two drawings, in points that are pixels when nothing shrinks them."""
_SAID = 8
"""Values told in the description of a picture; the table has them all."""


class _Picture(NamedTuple):
    """What the drawings of a chart share."""

    anchor: str
    draw: Callable[[Chart, float], tuple[Markup, float]]
    description: str


def chart_block(chart: Chart, anchor: str) -> Markup:
    """Draw a chart with its title, its key and its figures.

    Args:
        chart: What to draw.
        anchor: Identifier of its own in the page.
    """
    heading = tag("h3", chart.title, id=anchor)
    note = tag("p", chart.note, class_="note") if chart.note.strip() else Markup()
    table = figures_table(chart)
    folded = tag("details", tag("summary", "Les chiffres de ce graphique"), bare_table(table, f"{anchor}-chiffres"))
    if not _drawable(chart):
        empty = tag("p", "Aucune valeur connue : rien à dessiner.", class_="empty")
        return tag("figure", heading, note, empty, folded if chart.labels else Markup(), class_="chart")
    picture = _Picture(anchor, lines if chart.kind == LINES else bars, _description(chart))
    drawings = [_svg(chart, picture, WIDE, "wide"), _svg(chart, picture, NARROW, "narrow")]
    return tag("figure", heading, note, _key(chart), *drawings, _remainder(chart), folded, class_="chart")


def _drawable(chart: Chart) -> bool:
    return bool(chart.labels) and any(
        figure(value) is not None
        for series in chart.series
        for part in (series.values, series.high)
        for value in part[: len(chart.labels)]
    )


def _svg(chart: Chart, picture: _Picture, width: float, kind: str) -> Markup:
    shapes, height = picture.draw(chart, width)
    title, desc = f"{picture.anchor}-{kind}-titre", f"{picture.anchor}-{kind}-texte"
    return tag(
        "svg",
        tag("title", chart.title, id=title),
        tag("desc", picture.description, id=desc),
        shapes,
        class_=f"picture {kind}",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{title} {desc}",
    )


def _description(chart: Chart) -> str:
    """Tell a picture in words: what it shows, its first values, its targets."""
    kind = "Courbes" if chart.kind == LINES else "Barres horizontales"
    said = []
    for series in chart.series:
        pairs = zip(chart.labels, series.values, strict=False)
        values = [f"{typeset(label)} {short(value, chart.unit)}" for label, value in pairs][:_SAID]
        more = ", …" if len(chart.labels) > _SAID else ""
        said.append(f"{typeset(series.name)}{NBSP}: {', '.join(values)}{more}")
    goals = f" Repères{NBSP}: {join_french(typeset(t.label) for t in chart.targets)}." if chart.targets else ""
    return f"{kind}. {'. '.join(said)}.{goals} Tous les chiffres sont dans le tableau sous l'image."


def _key(chart: Chart) -> Markup:
    """Name the colours: always for stacked bars; for curves on a phone only, since a wide screen names each curve."""
    curves = chart.kind == LINES
    if not curves and len(chart.series) < 2:
        return Markup()
    names = [tag("li", _swatch(series, index, curves=curves), series.name) for index, series in enumerate(chart.series)]
    if curves:
        dash = tag("svg", tag("path", class_="target", d="M0 7H22"), viewBox="0 0 22 14", aria_hidden="true")
        names += [tag("li", dash, target.label) for target in chart.targets]
    return tag("ul", *names, class_="key narrow" if curves else "key")


def _swatch(series: Series, index: int, *, curves: bool) -> Markup:
    colour = series_class(series, index)
    shape = tag("path", class_=f"bar {colour}", d="M0 1h12v12h-12z")
    if curves:
        shape = join([tag("path", class_=f"curve d-{index % 4} {colour}", d="M0 7H22"), mark(index, 11, 7, colour)])
    return tag("svg", shape, viewBox="0 0 22 14" if curves else "0 0 12 14", aria_hidden="true")


def _remainder(chart: Chart) -> Markup:
    left = len(chart.labels) - MOST
    if chart.kind == LINES or left <= 0:
        return Markup()
    return tag(
        "p", f"Les {MOST} premières lignes sont dessinées ; le tableau a aussi les {left} autres.", class_="note"
    )


def figures_table(chart: Chart) -> Table:
    """Return the figures of a chart as a table: a column for each series, and for its bounds when it has some."""
    columns, values = [Column("Année" if chart.kind == LINES else "", TEXT)], []
    for series in chart.series:
        parts = [(series.name, series.values)]
        parts += [(f"{series.name}, au moins", series.low)] if series.low else []
        parts += [(f"{series.name}, au plus", series.high)] if series.high else []
        columns += [Column(title, chart.unit) for title, _ in parts]
        values += [part for _, part in parts]
    rows = tuple(
        (label, *(part[index] if index < len(part) else None for part in values))
        for index, label in enumerate(chart.labels)
    )
    goals = f"Repères{NBSP}: {join_french(target.label for target in chart.targets)}." if chart.targets else ""
    return Table("", chart.title, tuple(columns), rows, goals)
