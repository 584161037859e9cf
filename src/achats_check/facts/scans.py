"""What was read by character recognition is less sure than what was written, and accuses nobody."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.model.document import Document

RECOGNISED = 0.45
"""Highest confidence of such a reading: low enough that several pieces that agree stay under what accuses."""


def less_sure_of_scans(
    found: list[Candidate | NearMiss | Sought], documents: Sequence[Document]
) -> list[Candidate | NearMiss | Sought]:
    """Return what was found, with less confidence in the passages of pages read by character recognition."""
    pages = {document.path: frozenset(document.ocr_pages) for document in documents if document.ocr_pages}
    if not pages:
        return found
    return [
        item._replace(confidence=min(item.confidence, RECOGNISED))
        if isinstance(item, Candidate)
        and item.evidence.location.page in pages.get(item.evidence.document, frozenset[int]())
        else item
        for item in found
    ]
