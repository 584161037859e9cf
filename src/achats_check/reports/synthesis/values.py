"""Figures as people read them: in full in a table, short on a chart or a tile."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from achats_check.model.synthesis import AMOUNT, COUNT, NUMBER, SHARE, Cell
from achats_check.wording import NBSP, format_number, format_short_date

UNKNOWN = "inconnu"
NUMERIC = frozenset({AMOUNT, COUNT, NUMBER, SHARE})
_SCALES = ((1e9, "Md"), (1e6, "M"), (1e3, "k"))
_LONGEST = 1e15
"""From here on figures are written with an exponent: they are mistakes of a source, and must not burst a drawing."""


def known(value: Cell) -> bool:
    """Tell whether a cell holds a value: not None, nor a number that is none."""
    return value is not None and (not isinstance(value, float) or isfinite(value))


def figure(value: Cell) -> float | None:
    """Return the number of a cell, or None when it holds none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not known(value):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def full(value: Cell, kind: str) -> str:
    """Write a value without losing anything of it, or "inconnu".

    Amounts keep their cents, because a threshold is missed by one; shares have one decimal, and are never rounded
    to nothing nor to everything.
    """
    if value is None or not known(value):
        return UNKNOWN
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return format_short_date(value)
    if isinstance(value, str):
        return value
    if kind not in NUMERIC:
        return str(value)
    if kind == SHARE:
        return _share(value, fixed=True)
    return _unit(_plain(value, kind), kind)


def short(value: Cell, kind: str) -> str:
    """Write a value in a few characters: "1,23 M€", "25,3 %", "1 234"; three figures of an amount."""
    number = figure(value)
    if number is None or kind not in NUMERIC:
        return full(value, kind)
    if kind == SHARE:
        return _share(number)
    rounded = float(f"{number:.3g}")
    for scale, letter in _SCALES:
        if abs(rounded) >= (scale if kind == AMOUNT or scale > 1e6 else scale * 10) and abs(rounded) < _LONGEST:
            if letter == "k" and kind != AMOUNT:
                break
            return _scaled(rounded / scale, letter, kind)
    return _unit(_plain(rounded if kind == AMOUNT else number, kind), kind)


def _scaled(number: float, letter: str, kind: str) -> str:
    shown = format_number(Decimal(f"{number:.10g}"))
    return f"{shown}{NBSP}{letter}{'€' if kind == AMOUNT else ''}"


def _plain(value: float, kind: str) -> str:
    if abs(value) >= _LONGEST:
        return f"{Decimal(value):.2e}".replace(".", ",")
    exact = Decimal(str(value))
    if kind != AMOUNT:
        exact = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return format_number(exact, money=kind == AMOUNT)


def _unit(text: str, kind: str) -> str:
    return f"{text}{NBSP}€" if kind == AMOUNT else text


def _share(value: float, *, fixed: bool = False) -> str:
    if abs(value) >= _LONGEST:
        return f"{_plain(value, NUMBER)}{NBSP}%"
    percent = Decimal(str(value)) * 100
    rounded = percent.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rounded == 0 < percent:
        return f"<{NBSP}0,1{NBSP}%"
    if rounded == 100 > percent:
        return f">{NBSP}99,9{NBSP}%"
    text = f"{rounded:,f}".replace(",", "\u202f").replace(".", ",")
    return f"{text if fixed else text.removesuffix(',0')}{NBSP}%"
