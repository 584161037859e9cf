"""The colours of the verdicts, and how colours become classes of a page."""

from collections.abc import Mapping
from typing import NamedTuple

from achats_check.model.finding import A_VERIFIER, CONFORME, NON_CONFORME, OPPORTUNITE, SANS_OBJET


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


def colour_style(colours: Mapping[str, Colour]) -> str:
    """Write the custom properties ``--c`` (colour) and ``--ink`` (letters on it) of the classes ``c-NAME``.

    Args:
        colours: Colours by the name of their class, without its "c-".
    """
    light = "".join(f".c-{name}{{--c:{c.light};--ink:{c.light_ink}}}" for name, c in colours.items())
    dark = "".join(f".c-{name}{{--c:{c.dark};--ink:{c.dark_ink}}}" for name, c in colours.items())
    return f"{light}\n@media screen and (prefers-color-scheme:dark){{{dark}}}\n"
