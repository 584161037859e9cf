"""Lots numbered in Roman figures: "Lot II" is lot 2 where a "Lot I" stands beside it, and no lettered lot does."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_FIGURES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_VALUES = {figure: str(rank) for rank, figure in enumerate(_FIGURES, 1)}


def in_figures(numbers: Collection[str]) -> Mapping[str, str]:
    """Return the Arabic figures of the lots of a piece by their Roman ones, empty when they are not Roman.

    Args:
        numbers: Numbers of the lots as the piece writes them, in capitals.
    """
    lettered = [number for number in numbers if number.isalpha() and number not in _VALUES]
    return _VALUES if {"I", "II"} <= set(numbers) and not lettered else {}
