"""Lots numbered in Roman figures: "Lot II" is lot 2 where a "Lot I" stands beside it, and no lettered lot does."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from achats_check.facts.roman import ARABIC


def in_figures(numbers: Collection[str]) -> Mapping[str, str]:
    """Return the Arabic figures of the lots of a piece by their Roman ones, empty when they are not Roman.

    Args:
        numbers: Numbers of the lots as the piece writes them, in capitals.
    """
    lettered = [number for number in numbers if number.isalpha() and number not in ARABIC]
    return ARABIC if {"I", "II"} <= set(numbers) and not lettered else {}
