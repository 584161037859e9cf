"""The sign of each curve: its shape tells it apart where its colour does not."""

from __future__ import annotations

from achats_check.reports.page.markup import Markup, tag

_SHAPES = (
    "M{l} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
    "M{l} {t}h8v8h-8z",
    "M{x} {t}L{r} {b}H{l}z",
    "M{x} {t}L{r} {y}L{x} {b}L{l} {y}z",
    "M{l} {t}H{r}L{x} {b}z",
)


def mark(index: int, x: float, y: float, colour: str, title: str = "") -> Markup:
    """Draw the sign of a series around a point.

    Args:
        index: Number of the series.
        x: Place along the width.
        y: Place along the height.
        colour: Class of its colour.
        title: What shows under the pointer.
    """
    corners = {"x": x, "y": y, "l": x - 4, "r": x + 4, "t": y - 4, "b": y + 4}
    path = _SHAPES[index % len(_SHAPES)].format(**{name: f"{value:.1f}" for name, value in corners.items()})
    return tag("path", *([tag("title", title)] if title else []), class_=f"mark {colour}", d=path)
