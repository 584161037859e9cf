"""What was mended, refused or left open while reading one contract."""

from typing import NamedTuple

REPAIRED, REFUSED, FLAGGED = "repare", "refuse", "signale"
"""Mended because only one value is possible; not believed, hence unknown; kept as it is, and told."""


class Note(NamedTuple):
    """One defect of one contract."""

    field: str
    """Field of the DECP ("codeCPV"), or column of the table."""
    kind: str
    """REPAIRED, REFUSED or FLAGGED."""
    reason: str
    """In French, the same for all that have the same defect: it is counted by it."""
    raw: str = ""
    """What is written."""
