"""Curves with logarithmic axes, as an SVG that stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from xml.sax.saxutils import escape

Point = tuple[float, float, bool]
"""Abscissa, ordinate, and whether it was measured; else it is computed."""
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 360, 70, 44, 52, 50
_COLOURS = ("#1f5fa8", "#b5531c", "#3b7d3a", "#7a3b8f")


def log_curves(title: str, across: str, up: str, series: Mapping[str, Sequence[Point]]) -> str:
    """Draw curves: a full disc where a point was measured, a circle where it is computed."""
    points = [point for found in series.values() for point in found]
    left, right = floor(log10(min(x for x, _, _ in points))), ceil(log10(max(x for x, _, _ in points)))
    low, high = floor(log10(min(y for _, y, _ in points))), ceil(log10(max(y for _, y, _ in points)))

    def place(x: float, y: float) -> tuple[float, float]:
        across_share = (log10(x) - left) / (right - left)
        up_share = (log10(y) - low) / (high - low)
        return (
            _LEFT + across_share * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - up_share * (_HEIGHT - _TOP - _BOTTOM),
        )

    box = f"0 0 {_WIDTH} {_HEIGHT}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="20" font-size="14">{escape(title)}</text>',
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 10}" text-anchor="end">{escape(across)}</text>',
        f'<text x="8" y="{_TOP - 14}">{escape(up)}</text>',
    ]
    for power in range(left, right + 1):
        x, foot = place(10**power, 10**low)
        parts.append(f'<path d="M{x:.1f} {foot:.1f}V{_TOP}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{foot + 16:.1f}" text-anchor="middle">{_number(power)}</text>')
    for power in range(low, high + 1):
        side, y = place(10**left, 10**power)
        parts.append(f'<path d="M{side:.1f} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{side - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{_number(power)}</text>')
    for rank, (name, found) in enumerate(series.items()):
        colour = _COLOURS[rank % len(_COLOURS)]
        places = [(*place(x, y), measured) for x, y, measured in found]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in places)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" stroke="{colour}" fill="{colour if measured else "#fff"}"/>'
            for x, y, measured in places
        ]
        parts.append(f'<text x="{_LEFT + 12}" y="{_TOP + 16 + 16 * rank}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _number(power: int) -> str:
    return f"{10**power:,}".replace(",", " ") if power >= 0 else f"{10.0**power:g}".replace(".", ",")
