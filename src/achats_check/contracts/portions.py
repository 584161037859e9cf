"""Where a large file may be cut, so that its portions are read apart, in any order, and say what the whole says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

PORTION = 128 * 2**20
"""Bytes of a portion, at least; a file that has no more is read whole. Read in half a minute at most."""


class Start(NamedTuple):
    """A place between two records of a file, and what must be known there to read what follows."""

    at: int = 0
    """Bytes before it, the mark of UTF-8 left out; row groups, for a Parquet."""
    before: int = 0
    """Records before it; lines, for a CSV; rows, for a Parquet."""
    nested: tuple[tuple[str, str], ...] = ()
    """Objects and lists of JSON that are open around records: "{" or "[", and the key it is the value of."""
    lines: bool = False
    """Whether the objects of JSON outside any other are records."""
    columns: tuple[str, ...] = ()
    """Columns in force in a CSV; () before its first row."""


class Portion(NamedTuple):
    """A part of a file, between two records of it."""

    rank: int
    """From 0."""
    start: Start
    end: int | None
    """Where the next portion starts, as ``Start.at``; None for the last one, which also tells how the file ends."""


WHOLE = Portion(0, Start(), None)


def portions(starts: Iterable[Start]) -> Iterator[Portion]:
    """Yield the portions of a file from the places where it is cut, each as soon as it is known."""
    rank, start = 0, Start()
    for following in starts:
        yield Portion(rank, start, following.at)
        rank, start = rank + 1, following
    yield Portion(rank, start, None)


def portions_data(found: Sequence[Portion]) -> list[dict[str, Any]]:
    """Return portions as plain data."""
    return [{**portion._asdict(), "start": portion.start._asdict()} for portion in found]


def portions_from(data: Sequence[Mapping[str, Any]]) -> list[Portion]:
    """Rebuild what ``portions_data`` returned, once it has been JSON."""
    return [Portion(item["rank"], _start(item["start"]), item["end"]) for item in data]


def _start(data: Mapping[str, Any]) -> Start:
    nested = tuple((kind, key) for kind, key in data["nested"])
    return Start(**{**data, "nested": nested, "columns": tuple(data["columns"])})
