"""The colours of a synthesis: one for each verdict, and a row of ordinary ones that colour-blind readers tell apart."""

from typing import NamedTuple

from achats_check.model.finding import A_VERIFIER, CONFORME, NON_CONFORME, OPPORTUNITE, SANS_OBJET
from achats_check.model.synthesis import Series


class Colour(NamedTuple):
    """A colour on a light page and on a dark one, each with the letters that can be read on it."""

    light: str
    light_ink: str
    dark: str
    dark_ink: str


VERDICT_COLOURS = {
    NON_CONFORME: Colour("#b3261e", "#ffffff", "#f2685c", "#1b1b1f"),
    OPPORTUNITE: Colour("#2b5fc7", "#ffffff", "#8ab4ff", "#1b1b1f"),
    A_VERIFIER: Colour("#e3a008", "#1b1b1f", "#ffcf5c", "#1b1b1f"),
    CONFORME: Colour("#3a9a7d", "#1b1b1f", "#86e6c9", "#1b1b1f"),
    SANS_OBJET: Colour("#bcc1c9", "#1b1b1f", "#6b7280", "#ffffff"),
}
SERIES_COLOURS = (
    Colour("#2161b6", "#ffffff", "#598fcf", "#1b1b1f"),
    Colour("#e5771f", "#1b1b1f", "#bb8844", "#1b1b1f"),
    Colour("#20946c", "#1b1b1f", "#54eeb9", "#1b1b1f"),
    Colour("#551d49", "#ffffff", "#b82f69", "#ffffff"),
    Colour("#3ab8e8", "#1b1b1f", "#97d6f2", "#1b1b1f"),
    Colour("#5215da", "#ffffff", "#8c48e7", "#ffffff"),
)


def series_class(series: Series, index: int) -> str:
    """Return the class that gives a series its colour: that of its verdict, or the next ordinary one."""
    if series.meaning in VERDICT_COLOURS:
        return f"c-{series.meaning}"
    return f"c-{index % len(SERIES_COLOURS) + 1}"


def series_colour(series: Series, index: int) -> str:
    """Return the colour of a series on a light page."""
    return (VERDICT_COLOURS.get(series.meaning) or SERIES_COLOURS[index % len(SERIES_COLOURS)]).light


def colour_rules(*, dark: bool) -> str:
    """Write the custom properties ``--c`` (colour) and ``--ink`` (letters on it) of every class."""
    named = {f"c-{number}": colour for number, colour in enumerate(SERIES_COLOURS, 1)}
    named |= {f"c-{verdict}": colour for verdict, colour in VERDICT_COLOURS.items()}
    return "".join(
        f".{name}{{--c:{colour.dark if dark else colour.light};--ink:{colour.dark_ink if dark else colour.light_ink}}}"
        for name, colour in named.items()
    )
