"""What every reader of a file of contracts yields: records, and what could not be read, each with its place."""

from collections.abc import Mapping
from typing import Any, NamedTuple

MAX_RECORD_BYTES = 16 * 2**20
"""A record is some kilobytes; what never ends is a damaged file, or a hostile one."""


class Record(NamedTuple):
    """One record of a file, as its format writes it."""

    rank: int
    """From 1, refused ones counted."""
    value: Mapping[str, Any]


class Refusal(NamedTuple):
    """Something of a file that was not read: one record, one line, or all that follows."""

    rank: int
    """Of the record, or of the line."""
    reason: str
    """In French."""
    sample: str = ""
    """Its first characters."""
    place: str = ""
    """"ligne 12", "octet 4096"; "" when the rank says it."""
    fatal: bool = False
    """Nothing after it was read: the file is cut there, or no reader can follow it."""


Item = Record | Refusal
SAMPLE = 120
"""Characters of what is refused that are shown."""


def shown(data: bytes) -> str:
    """Return the first characters of some bytes, on one line."""
    return " ".join(data[: 2 * SAMPLE].decode("utf-8", "replace").split())[:SAMPLE]
