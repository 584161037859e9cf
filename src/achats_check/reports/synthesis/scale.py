"""Round ticks along an axis that starts at zero, and where a value falls between its ends."""

from math import ceil, floor, isfinite, log10
from typing import NamedTuple

from achats_check.model.synthesis import COUNT, LINES, Chart
from achats_check.reports.synthesis.values import figure


class Scale(NamedTuple):
    """An axis from zero."""

    ticks: tuple[float, ...]
    """Round values in growing order, the first 0."""
    start: float
    """Where zero is drawn."""
    end: float
    """Where the last tick is drawn."""

    def at(self, value: float) -> float:
        """Return where a value is drawn, never outside the axis."""
        share = min(max(value / self.ticks[-1], 0.0), 1.0)
        return self.start + share * (self.end - self.start)


def scale(highest: float, start: float, end: float, *, unit: str, wanted: int = 5) -> Scale:
    """Choose round ticks up to a value or a little more.

    Args:
        highest: Greatest value to show; when it is nothing, the axis goes to one.
        start: Where zero is drawn.
        end: Where the last tick is drawn.
        unit: Kind of the values; counts have no tick between two whole numbers.
        wanted: How many intervals to have, about.
    """
    top = highest if isfinite(highest) and highest > 0 else 1.0
    step = _round_step(top / max(wanted, 1))
    if unit == COUNT:
        step = max(step, 1.0)
    count = max(1, ceil(round(top / step, 9)))
    return Scale(tuple(_exact(step, index) for index in range(count + 1)), start, end)


def _round_step(rough: float) -> float:
    """Return the 1, 2 or 5 times a power of ten that is at least the given step."""
    power = floor(log10(rough)) if rough > 0 else 0
    for digit in (1, 2, 5, 10):
        step = _power(digit, power)
        if step >= rough * 0.999:
            return step
    return _power(10, power)


def _power(digit: int, power: int) -> float:
    return float(f"{digit}e{power}")


def _exact(step: float, index: int) -> float:
    return float(f"{step * index:.12g}")


def highest(chart: Chart) -> float:
    """Return the greatest value that a chart has to show: bounds and targets included, stacked series added up."""
    stacked = chart.kind != LINES and len(chart.series) > 1
    tops = [
        sum(max(figure(series.values[index]) or 0.0, 0.0) for series in chart.series if index < len(series.values))
        for index in range(len(chart.labels))
        if stacked
    ]
    parts = [part for series in chart.series for part in (series.values, series.low, series.high) if not stacked]
    found = [figure(value) or 0.0 for part in parts for value in part[: len(chart.labels)]]
    return max([*tops, *found, *(figure(target.value) or 0.0 for target in chart.targets)], default=0.0)
