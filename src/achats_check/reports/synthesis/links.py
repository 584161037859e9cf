"""What leads from a card to the row of a table on the same thing, and back."""

from __future__ import annotations

from achats_check.model.synthesis import Card, Synthesis, Table
from achats_check.reports.page.anchors import Anchors


class Links:
    """Identifiers of the first card and of the first row on each subject that has both."""

    def __init__(self, synthesis: Synthesis, anchors: Anchors) -> None:
        blocks = [block for section in synthesis.sections for block in section.blocks]
        told = {block.subject for block in blocks if isinstance(block, Card) and block.subject}
        rows = (row[0] for block in blocks if isinstance(block, Table) for row in block.rows if row)
        shared = [subject for subject in dict.fromkeys(rows) if isinstance(subject, str) and subject in told]
        self._rows = {subject: anchors.take(f"ligne-{number}") for number, subject in enumerate(shared, 1)}
        self._cards = {subject: anchors.take(f"constat-{number}") for number, subject in enumerate(shared, 1)}
        self._placed: set[str] = set()

    def to_row(self, subject: str) -> str | None:
        """Return the identifier of the row that a card leads to, or None."""
        return self._rows.get(subject)

    def to_card(self, subject: str) -> str | None:
        """Return the identifier of the card that a row leads to, or None."""
        return self._cards.get(subject)

    def place(self, anchor: str | None) -> str | None:
        """Return an identifier the first time that it is asked for: the first card, the first row have it."""
        if anchor is None or anchor in self._placed:
            return None
        self._placed.add(anchor)
        return anchor
