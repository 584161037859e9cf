"""The colours of a synthesis: those of the verdicts, and a row of others that colour-blind readers tell apart."""

from achats_check.model.synthesis import Series
from achats_check.reports.page.colours import VERDICT_COLOURS, Colour

SERIES_COLOURS = (
    Colour("#2161b6", "#ffffff", "#598fcf", "#1b1b1f"),
    Colour("#e5771f", "#1b1b1f", "#bb8844", "#1b1b1f"),
    Colour("#20946c", "#1b1b1f", "#54eeb9", "#1b1b1f"),
    Colour("#551d49", "#ffffff", "#b82f69", "#ffffff"),
    Colour("#3ab8e8", "#1b1b1f", "#97d6f2", "#1b1b1f"),
    Colour("#5215da", "#ffffff", "#8c48e7", "#ffffff"),
)
COLOURS = {**{str(number): colour for number, colour in enumerate(SERIES_COLOURS, 1)}, **VERDICT_COLOURS}
"""Every colour, by the name of its class without its "c-"."""


def series_class(series: Series, index: int) -> str:
    """Return the class that gives a series its colour: that of its verdict, or the next ordinary one."""
    if series.meaning in VERDICT_COLOURS:
        return f"c-{series.meaning}"
    return f"c-{index % len(SERIES_COLOURS) + 1}"


def series_colour(series: Series, index: int) -> str:
    """Return the colour of a series on a light page."""
    return (VERDICT_COLOURS.get(series.meaning) or SERIES_COLOURS[index % len(SERIES_COLOURS)]).light
