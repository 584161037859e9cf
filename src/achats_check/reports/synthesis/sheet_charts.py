"""Charts that the spreadsheet draws itself from the figures written beside them."""

from __future__ import annotations

from typing import Any

from achats_check.model.synthesis import AMOUNT, LINES, SHARE, Chart, Series
from achats_check.reports.page.markup import clean
from achats_check.reports.synthesis.colours import series_colour
from achats_check.reports.synthesis.scale import highest, scale
from achats_check.reports.synthesis.values import figure

CHART_WIDTH = 900
"""Width of a chart, in pixels."""
ROW_PIXELS = 20
"""Height of a row of a sheet, in pixels."""
_LOWEST, _HIGHEST = 360, 1800
_NUMBERS = {SHARE: "0 %", AMOUNT: '#,##0 "€"'}
_MARKERS = ("circle", "square", "triangle", "diamond", "x")
_DASHES = ("solid", "long_dash", "round_dot", "dash_dot")


def draw_chart(workbook: Any, chart: Chart, sheet: str, first: int, columns: int) -> Any:
    """Make a native chart of figures that are, or will be, in a sheet.

    Args:
        workbook: Where the chart will be.
        chart: What to draw.
        sheet: Name of the sheet of the figures.
        first: First row of the figures, from 0.
        columns: Columns of labels and series, bounds included; those of the targets follow.

    Returns:
        A chart of the library, not yet placed.
    """
    curves = chart.kind == LINES
    stacked = {"subtype": "stacked"} if len(chart.series) > 1 and not curves else {}
    drawn = workbook.add_chart({"type": "line" if curves else "bar", **stacked})
    last = first + len(chart.labels) - 1
    column = 1
    for index, series in enumerate(chart.series):
        drawn.add_series(_series(chart, series, index, (sheet, first, last, column)))
        column += 1
        for name, bound in (("au moins", series.low), ("au plus", series.high)):
            if bound:
                if curves:
                    drawn.add_series(_bound(chart, series, index, name, (sheet, first, last, column)))
                column += 1
    if curves:
        for number, target in enumerate(chart.targets):
            drawn.add_series(_target(target.label, chart, (sheet, first, last, columns + number)))
    _arrange(drawn, chart, curves=curves)
    return drawn


_Place = tuple[str, int, int, int]
"""Sheet, first row, last row and column of the values of a series."""


def _plain(text: str) -> str:
    """Return a name that the library cannot take for the address of a cell, as it does of "Lots!A1"."""
    return clean(text).replace("!", f"!{_WORD_JOINER}")


def _ranges(chart: Chart, place: _Place, values: tuple[float | None, ...]) -> dict[str, Any]:
    """Say where labels and values stand, with a copy for the programs that show a file without computing it."""
    sheet, first, last, column = place
    return {
        "categories": [sheet, first, 0, last, 0],
        "values": [sheet, first, column, last, column],
        "categories_data": [clean(label) for label in chart.labels],
        "values_data": [None if figure(value) is None else value for value in values[: len(chart.labels)]],
    }


def _series(chart: Chart, series: Series, index: int, place: _Place) -> dict[str, Any]:
    colour = series_colour(series, index)
    looks: dict[str, Any] = {"fill": {"color": colour}, "gap": 45}
    if chart.kind == LINES:
        line = {"color": colour, "width": 2.25, "dash_type": _DASHES[index % len(_DASHES)]}
        mark = {"type": _MARKERS[index % len(_MARKERS)], "fill": {"color": colour}, "border": {"color": colour}}
        looks = {"line": line, "marker": {**mark, "size": 6}}
    elif len(chart.series) == 1:
        looks["data_labels"] = {"value": True}
    return {"name": _plain(series.name), **_ranges(chart, place, series.values), **looks}


def _bound(chart: Chart, series: Series, index: int, name: str, place: _Place) -> dict[str, Any]:
    values = series.low if name == "au moins" else series.high
    line = {"color": series_colour(series, index), "width": 0.75, "dash_type": "square_dot"}
    return {"name": f"{_plain(series.name)}, {name}", **_ranges(chart, place, values), "line": line}


def _target(label: str, chart: Chart, place: _Place) -> dict[str, Any]:
    value = next(target.value for target in chart.targets if target.label == label)
    line = {"color": "#1d2129", "width": 1.25, "dash_type": "dash"}
    return {"name": _plain(label), **_ranges(chart, place, (value,) * len(chart.labels)), "line": line}


def chart_height(chart: Chart) -> int:
    """Return how high a chart is, in pixels: bars take room for each label."""
    return _LOWEST if chart.kind == LINES else min(max(_LOWEST, 34 * len(chart.labels) + 120), _HIGHEST)


def _arrange(drawn: Any, chart: Chart, *, curves: bool) -> None:
    drawn.set_title({"name": _plain(chart.title), "name_font": {"size": 12}, "overlay": False})
    ticks = scale(highest(chart), 0.0, 1.0, unit=chart.unit).ticks
    numbers = {
        "min": 0,
        "max": ticks[-1],
        "major_unit": ticks[1],
        "num_format": _NUMBERS.get(chart.unit, "#,##0"),
        "major_gridlines": _GRID,
    }
    if curves:
        drawn.set_y_axis(numbers)
    else:
        drawn.set_x_axis(numbers)
        drawn.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    drawn.show_blanks_as("gap")
    alone = len(chart.series) == 1 and not (curves and (chart.targets or chart.series[0].low))
    drawn.set_legend({"none": True} if alone else {"position": "bottom"})


_WORD_JOINER = "\u2060"
_GRID = {"visible": True, "line": {"color": "#e6e8ec"}}
