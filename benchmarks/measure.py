"""Interleaved measures: every candidate is run in turn, so that a slow moment of the machine hits all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple


class Row(NamedTuple):
    """One line of a table: a time, what it is compared with, and the goal."""

    what: str
    seconds: float
    ratio: float
    goal: float | None = None
    at_least: bool = False
    """The goal is a minimum ("20 times faster"), not a maximum."""

    @property
    def verdict(self) -> str:
        """Return "tenu", "manqué", or "" when there is no goal."""
        if self.goal is None:
            return ""
        return "tenu" if (self.ratio >= self.goal if self.at_least else self.ratio <= self.goal) else "manqué"


def interleaved(
    candidates: Mapping[str, Callable[[], object]], runs: int, clock: Callable[[], float] = perf_counter
) -> dict[str, float]:
    """Return the median time of each candidate, in seconds of a clock, after one run that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for rank in range(runs + 1):
        for name, run in candidates.items():
            start = clock()
            run()
            if rank:
                times[name].append(clock() - start)
    return {name: median(found) for name, found in times.items()}


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table, with the goal beside what was measured."""
    width = max(len(row.what) for row in rows)
    print(f"\n{title}")
    print(f"  {'':{width}}  {'temps':>11}  {'rapport':>9}  {'but':>8}")
    for row in rows:
        goal = "" if row.goal is None else f"{'≥' if row.at_least else '≤'} {row.goal:g} ×"
        print(f"  {row.what:{width}}  {_time(row.seconds):>11}  {row.ratio:>7.2f} ×  {goal:>8}  {row.verdict}".rstrip())


def _time(seconds: float) -> str:
    if seconds >= 0.001:
        return f"{seconds * 1e3:.1f} ms"
    return f"{seconds * 1e6:.1f} µs" if seconds >= 1e-6 else f"{seconds * 1e9:.0f} ns"
