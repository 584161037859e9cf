"""Curves over years: gaps where nothing is known, bands between bounds, targets, and names beside the curves."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from achats_check.model.synthesis import Chart, Series
from achats_check.reports.page.markup import Markup, join, tag, typeset
from achats_check.reports.synthesis.colours import series_class
from achats_check.reports.synthesis.lettering import LINE, apart, cut, width, wrap
from achats_check.reports.synthesis.marks import mark
from achats_check.reports.synthesis.scale import Scale, highest, scale
from achats_check.reports.synthesis.values import figure, full, short

_NARROW = 500.0
"""Below this width the names of the curves are under the drawing."""
_HEIGHT = 270.0
_MARGIN = 0.3
"""Share of the width that the names beside the curves may take."""
_BESIDE = 30.0
"""Room of the mark and of the line that tie a name to its curve."""
_TOP = 16.0
_LABELLED_POINTS = 14
"""A single curve of so many points shows each value."""


class Name(NamedTuple):
    """Words beside the plot: the end of a curve, or a target."""

    lines: list[str]
    y: float
    """Where it would best stand."""
    series: int
    """Number of the series, or -1 for a target."""
    full: str


class Plan(NamedTuple):
    """Where everything goes."""

    points: list[float]
    """Place of each label along the width."""
    axis: Scale
    left: float
    right: float
    """Right end of the plot; the names begin after it."""
    width: float


def lines(chart: Chart, total: float) -> tuple[Markup, float]:
    """Draw the curves of a chart.

    Args:
        chart: Years as labels, and series of values.
        total: Width of the drawing.

    Returns:
        The shapes, and the height they take.
    """
    plan = _plan(chart, total)
    shapes = [_grid(chart, plan), *_target_lines(chart, plan)]
    shapes += [_band(series, index, plan, chart.unit) for index, series in enumerate(chart.series)]
    shapes += [_curve(chart, index, plan) for index in range(len(chart.series))]
    if len(chart.series) == 1 and len(plan.points) <= _LABELLED_POINTS:
        shapes.append(_point_values(chart, plan))
    if total >= _NARROW:
        shapes.append(_names(chart, plan))
    return join(shapes), plan.axis.start + LINE + 10


def _plan(chart: Chart, total: float) -> Plan:
    narrow = total < _NARROW
    room = 0.0 if narrow else total * _MARGIN
    names = [] if narrow else [*_end_names(chart), *(typeset(target.label) for target in chart.targets)]
    taken = sum(len(wrap(name, room - _BESIDE - 1)) * LINE + 2 for name in names)
    bottom = _TOP + max(_HEIGHT * (0.8 if narrow else 1.0), taken)
    axis = scale(highest(chart), bottom, _TOP, unit=chart.unit, wanted=5)
    left = max(width(short(tick, chart.unit)) for tick in axis.ticks) + 10
    used = min(room, max(map(width, names), default=0.0) + _BESIDE + 1) if names else 20.0
    right = total - used
    inset = min(24.0, (right - left) / 8)
    return Plan(_places(chart.labels, left + inset, right - inset), axis, left, right, total)


def _places(labels: Sequence[str], start: float, end: float) -> list[float]:
    """Set years at their distance from one another, and other labels evenly; one alone in the middle."""
    if len(labels) < 2:
        return [(start + end) / 2] * len(labels)
    years = [int(label) if label.isascii() and label.isdigit() and len(label) == 4 else 0 for label in labels]
    if not all(years) or any(after <= before for before, after in pairwise(years)):
        years = list(range(len(labels)))
    return [start + (year - years[0]) / (years[-1] - years[0]) * (end - start) for year in years]


def _grid(chart: Chart, plan: Plan) -> Markup:
    shapes = []
    for tick in plan.axis.ticks:
        y, text = plan.axis.at(tick), short(tick, chart.unit)
        shapes.append(tag("path", class_="grid" if tick else "axis", d=f"M{plan.left:.1f} {y:.1f}H{plan.right:.1f}"))
        shapes.append(tag("text", text, class_="tick", x=plan.left - 6, y=y + 4, text_anchor="end"))
    return join([*shapes, *_years(chart, plan)])


def _years(chart: Chart, plan: Plan) -> Iterator[Markup]:
    """Yield the labels under the plot, leaving out one that would touch its neighbour."""
    edge = 0.0
    for label, x in zip(chart.labels, plan.points, strict=True):
        text = cut(typeset(label), plan.width / 3)
        half = width(text) / 2
        x = min(max(x, half), plan.width - half)
        if x - half >= edge:
            edge = x + half + 6
            y = plan.axis.start + LINE + 3
            yield tag("text", text, class_="tick", x=x, y=y, text_anchor="middle")


def _target_lines(chart: Chart, plan: Plan) -> Iterator[Markup]:
    for target in chart.targets:
        if (value := figure(target.value)) is not None:
            y = plan.axis.at(value)
            yield tag(
                "path",
                tag("title", typeset(target.label)),
                class_="target",
                d=f"M{plan.left:.1f} {y:.1f}H{plan.right:.1f}",
            )


def _at(values: Sequence[float | None], index: int) -> float | None:
    return figure(values[index]) if index < len(values) else None


def _runs(known: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the stretches of neighbouring positions where something is known."""
    for found, group in groupby(range(len(known)), key=lambda index: known[index]):
        if found:
            yield list(group)


def _band(series: Series, index: int, plan: Plan, unit: str) -> Markup:
    """Draw the room between the bounds: a surface along a stretch of years, a bar for a year alone."""
    bounds = [(_at(series.low, i), _at(series.high, i)) for i in range(len(plan.points))]
    shapes = []
    for run in _runs([low is not None and high is not None for low, high in bounds]):
        lows = [f"{plan.points[i]:.1f} {plan.axis.at(bounds[i][0] or 0.0):.1f}" for i in run]
        highs = [f"{plan.points[i]:.1f} {plan.axis.at(bounds[i][1] or 0.0):.1f}" for i in run]
        kind = f"band {series_class(series, index)}" if len(run) > 1 else f"error {series_class(series, index)}"
        low, high = (full(bound, unit) for bound in bounds[run[0]])
        said = f"{typeset(series.name)}\u00a0: entre {low} et {high}" if len(run) == 1 else f"bornes de {series.name}"
        shapes.append(tag("path", tag("title", said), class_=kind, d=f"M{'L'.join([*lows, *reversed(highs)])}"))
    return join(shapes)


def _curve(chart: Chart, index: int, plan: Plan) -> Markup:
    series = chart.series[index]
    colour = series_class(series, index)
    values = [_at(series.values, i) for i in range(len(plan.points))]
    shapes = []
    for run in _runs([value is not None for value in values]):
        path = "L".join(f"{plan.points[i]:.1f} {plan.axis.at(values[i] or 0.0):.1f}" for i in run)
        shapes.append(tag("path", class_=f"curve d-{index % 4} {colour}", d=f"M{path}"))
    for i, value in enumerate(values):
        if value is not None:
            said = f"{typeset(series.name)}, {typeset(chart.labels[i])}\u00a0: {full(value, chart.unit)}"
            shapes.append(mark(index, plan.points[i], plan.axis.at(value), colour, said))
    return join(shapes)


def _point_values(chart: Chart, plan: Plan) -> Markup:
    """Write the value over each point, leaving out one that would touch its neighbour."""
    edge, shapes = 0.0, []
    for i, x in enumerate(plan.points):
        value = _at(chart.series[0].values, i)
        if value is None:
            continue
        text = short(value, chart.unit)
        half = width(text) / 2
        centre = min(max(x, half), plan.width - half)
        if centre - half >= edge:
            edge = centre + half + 4
            top = max(plan.axis.at(value) - 9, LINE - 4)
            shapes.append(tag("text", text, class_="value", x=centre, y=top, text_anchor="middle"))
    return join(shapes)


def _end_names(chart: Chart) -> list[str]:
    """Return what is written at the end of each curve: its name and its last value."""
    said = []
    for series in chart.series:
        last = next((n for v in reversed(series.values[: len(chart.labels)]) if (n := figure(v)) is not None), None)
        value = "aucune valeur connue" if last is None else short(last, chart.unit)
        said.append(f"{typeset(series.name)}\u00a0: {value}")
    return said


def _names(chart: Chart, plan: Plan) -> Markup:
    room = plan.width - plan.right - _BESIDE
    names = []
    for index, (series, text) in enumerate(zip(chart.series, _end_names(chart), strict=True)):
        last = next((n for v in reversed(series.values[: len(chart.labels)]) if (n := figure(v)) is not None), 0.0)
        names.append(Name(wrap(text, room), plan.axis.at(last), index, text))
    names += [
        Name(wrap(label, room), plan.axis.at(value), -1, label)
        for label, value in ((typeset(target.label), figure(target.value)) for target in chart.targets)
        if value is not None
    ]
    heights = [len(name.lines) * LINE + 2 for name in names]
    centres = apart([name.y for name in names], heights, _TOP - 14, plan.axis.start + 6)
    return join(_name(chart, plan, name, centre) for name, centre in zip(names, centres, strict=True))


def _name(chart: Chart, plan: Plan, name: Name, centre: float) -> Markup:
    """Write a name beside the plot, tied to its curve or its target by its mark and a thin line."""
    x = plan.right + 24
    first = centre - len(name.lines) * LINE / 2 + LINE - 3.5
    rows = [tag("tspan", line, x=x, y=first + i * LINE) for i, line in enumerate(name.lines)]
    if name.series < 0:
        sign = tag("path", class_="target", d=f"M{plan.right:.1f} {name.y:.1f}L{x - 5:.1f} {centre:.1f}")
        return join([sign, tag("text", tag("title", name.full), *rows, class_="goal")])
    colour = series_class(chart.series[name.series], name.series)
    tie = tag("path", class_="tie", d=f"M{plan.right - 8:.1f} {name.y:.1f}L{x - 14:.1f} {centre:.1f}")
    return join(
        [tie, mark(name.series, x - 9, centre, colour), tag("text", tag("title", name.full), *rows, class_="name")]
    )
