"""Horizontal bars: one label a line, its bar, its value; stacked when there are several series."""

from collections.abc import Iterator
from typing import NamedTuple

from achats_check.model.synthesis import SHARE, Chart
from achats_check.reports.page.markup import Markup, join, tag, typeset
from achats_check.reports.synthesis.colours import series_class
from achats_check.reports.synthesis.lettering import LINE, cut, width, wrap
from achats_check.reports.synthesis.scale import Scale, highest, scale
from achats_check.reports.synthesis.values import UNKNOWN, figure, full, short

THICKNESS = 18.0
MOST = 60
"""Labels drawn at most; the table has them all."""
_NARROW = 500.0
"""Below this width a label stands above its bar."""
_GAP = 8.0


class Row(NamedTuple):
    """One line of the chart, ready to be drawn."""

    label: str
    lines: list[str]
    values: tuple[float | None, ...]
    bounds: tuple[float, float] | None
    """Between what and what the value is, when there is one series."""
    text: str
    """The value written at the end of the bar."""
    top: float
    """Where the line begins; its height is ``height``."""
    height: float


class Plan(NamedTuple):
    """Where everything goes."""

    rows: list[Row]
    axis: Scale
    top: float
    """Where the plot begins, under the labels of the targets."""
    bottom: float
    labels: float
    """Width of the column of labels; 0 when they stand above the bars."""
    width: float


def bars(chart: Chart, total: float) -> tuple[Markup, float]:
    """Draw the bars of a chart.

    Args:
        chart: Labels and series of values; bounds are drawn when there is one series.
        total: Width of the drawing.

    Returns:
        The shapes, and the height they take.
    """
    plan = _plan(chart, total)
    rows = [_row(chart, plan, row) for row in plan.rows]
    zero = tag("path", class_="axis", d=f"M{plan.axis.start:.1f} {plan.top - 2:.1f}V{plan.bottom:.1f}")
    shapes = [_grid(chart, plan), *rows, zero, *_targets(chart, plan)]
    return join(shapes), plan.bottom + LINE + 8


def _plan(chart: Chart, total: float) -> Plan:
    labels = [typeset(label) for label in chart.labels[:MOST]]
    values = [tuple(_value(series.values, index) for series in chart.series) for index in range(len(labels))]
    texts = [_text(chart, numbers) for numbers in values]
    narrow = total < _NARROW
    column = 0.0 if narrow else min(total * 0.36, max(map(width, labels), default=0.0) + _GAP + 4)
    end = total - max(map(width, texts), default=0.0) - _GAP - 4
    start = column + 2
    axis = scale(highest(chart), start, max(end, start + 60), unit=chart.unit, wanted=4 if narrow else 6)
    top = len(chart.targets) * (LINE + 3) + 6.0
    rows, y = [], top
    for index, (label, numbers, text) in enumerate(zip(labels, values, texts, strict=True)):
        lines = wrap(label, total - 4 if narrow else column - _GAP)
        height = len(lines) * LINE + THICKNESS + 12 if narrow else max(THICKNESS, len(lines) * LINE) + 10
        rows.append(Row(label, lines, numbers, _bounds(chart, index), text, y, height))
        y += height
    return Plan(rows, axis, top, y, column, total)


def _value(values: tuple[float | None, ...], index: int) -> float | None:
    number = figure(values[index]) if index < len(values) else None
    return None if number is None else max(number, 0.0)


def _text(chart: Chart, numbers: tuple[float | None, ...]) -> str:
    """Write the value at the end of a bar: the sum of what is known, which for stacked shares says nothing."""
    found = [number for number in numbers if number is not None]
    if not found:
        return UNKNOWN
    if len(numbers) > 1 and chart.unit == SHARE:
        return "" if len(found) == len(numbers) else f"+ {UNKNOWN}"
    return short(sum(found), chart.unit) + (f" + {UNKNOWN}" if len(found) < len(numbers) else "")


def _grid(chart: Chart, plan: Plan) -> Markup:
    top, bottom = plan.top - 2, plan.bottom
    lines = [
        tag("path", class_="grid", d=f"M{plan.axis.at(tick):.1f} {top:.1f}V{bottom:.1f}")
        for tick in plan.axis.ticks[1:]
    ]
    return join([*lines, *_tick_texts(chart, plan)])


def _tick_texts(chart: Chart, plan: Plan) -> Iterator[Markup]:
    """Yield the figures under the axis, leaving out one that would touch its neighbour or leave the drawing."""
    edge = 0.0
    for tick in plan.axis.ticks:
        text = short(tick, chart.unit)
        half, x = width(text) / 2, plan.axis.at(tick)
        x = min(max(x, half), plan.width - half)
        if x - half >= edge:
            edge = x + half + _GAP
            yield tag("text", text, class_="tick", x=x, y=plan.bottom + LINE, text_anchor="middle")


def _row(chart: Chart, plan: Plan, row: Row) -> Markup:
    above = not plan.labels
    y = row.top + (len(row.lines) * LINE + 4 if above else (row.height - THICKNESS) / 2)
    shapes = [_label(plan, row)]
    x = plan.axis.start
    for index, (series, number) in enumerate(zip(chart.series, row.values, strict=True)):
        if number:
            end = plan.axis.at(sum(known or 0.0 for known in row.values[: index + 1]))
            title = f"{row.label} — {series.name}\u00a0: {full(number, chart.unit)}"
            shapes.append(_bar(x, end, y, series_class(series, index), title))
            if len(chart.series) > 1:
                shapes.append(_inside(short(number, chart.unit), x, end, y, series_class(series, index)))
            x = end
    reach = x
    if row.bounds:
        reach = max(x, plan.axis.at(row.bounds[1]))
        shapes.append(_whisker(chart, plan, row.bounds, y))
    kind = "value" if any(number is not None for number in row.values) else "value unknown"
    shapes.append(tag("text", row.text, class_=kind, x=reach + _GAP, y=y + THICKNESS / 2 + 4))
    return join(shapes)


def _label(plan: Plan, row: Row) -> Markup:
    """Write the label at the left of its bar, or above it; the whole of it shows under the pointer."""
    x, anchor = (plan.labels - _GAP + 2, "end") if plan.labels else (2.0, "start")
    first = row.top + (row.height - len(row.lines) * LINE) / 2 + LINE - 3.5 if plan.labels else row.top + LINE - 3
    lines = [tag("tspan", line, x=x, y=first + index * LINE) for index, line in enumerate(row.lines)]
    full_text = tag("title", row.label) if " ".join(row.lines) != row.label else Markup()
    return tag("text", full_text, *lines, class_="label", text_anchor=anchor)


def _bar(start: float, end: float, y: float, colour: str, title: str) -> Markup:
    return tag(
        "rect",
        tag("title", title),
        class_=f"bar {colour}",
        x=start,
        y=y,
        width=max(end - start, 1.0),
        height=THICKNESS,
    )


def _inside(text: str, start: float, end: float, y: float, colour: str) -> Markup:
    """Write the value of a segment inside it, when it is wide enough."""
    if width(text) + 6 > end - start:
        return Markup()
    return tag("text", text, class_=f"inside {colour}", x=(start + end) / 2, y=y + 13, text_anchor="middle")


def _bounds(chart: Chart, row: int) -> tuple[float, float] | None:
    if len(chart.series) != 1:
        return None
    series = chart.series[0]
    low = figure(series.low[row]) if row < len(series.low) else None
    high = figure(series.high[row]) if row < len(series.high) else None
    return None if low is None or high is None else (low, high)


def _whisker(chart: Chart, plan: Plan, bounds: tuple[float, float], y: float) -> Markup:
    """Draw the room that the value may be in."""
    low, high = (plan.axis.at(bound) for bound in bounds)
    middle, title = y + THICKNESS / 2, f"entre {full(bounds[0], chart.unit)} et {full(bounds[1], chart.unit)}"
    return tag(
        "path",
        tag("title", title),
        class_="whisker",
        d=f"M{low:.1f} {middle - 4:.1f}v8M{low:.1f} {middle:.1f}H{high:.1f}M{high:.1f} {middle - 4:.1f}v8",
    )


def _targets(chart: Chart, plan: Plan) -> list[Markup]:
    """Draw each target as a dashed line under its label; each label has a line of its own, over the dashes."""
    drawn: list[Markup] = []
    named: list[Markup] = []
    for index, target in enumerate(chart.targets):
        value = figure(target.value)
        if value is None:
            continue
        x, y = plan.axis.at(max(value, 0.0)), (index + 1) * (LINE + 3) - 4
        text = cut(typeset(target.label), plan.width - 4)
        half = width(text) / 2
        centre = min(max(x, half + 2), plan.width - half - 2)
        drawn.append(tag("path", class_="target", d=f"M{x:.1f} {y + 4:.1f}V{plan.bottom:.1f}"))
        title = tag("title", typeset(target.label))
        named.append(tag("text", title, text, class_="goal", x=centre, y=y, text_anchor="middle"))
    return [*drawn, *named]
