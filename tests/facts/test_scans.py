"""What was read by character recognition is kept, less surely: it accuses nobody and proves no absence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from achats_check import readers
from achats_check.dossier import check
from achats_check.facts.scans import RECOGNISED
from achats_check.model.document import Document, Unread
from achats_check.model.fact import ABSENT, EXTRACTED, KNOWN, SURE_ENOUGH

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook
    from achats_check.model.report import Report

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "espaces-verts"
DAY = date(2026, 10, 1)
read_as_written = readers.read


def scanned(path: Path, **options: bool) -> Document | Unread:
    """Read a piece as if all of it came from one scanned page."""
    found = read_as_written(path, **options)
    if isinstance(found, Unread) or found.role == "DESCRIPTION":
        return found
    blocks = tuple(block._replace(page=1) for block in found.blocks)
    return found._replace(blocks=blocks, pages=1, ocr_pages=(1,))


@pytest.fixture
def written_and_scanned(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> tuple[Report, Report]:
    """Return the reports of a dossier of text, and of the same dossier scanned."""
    written = check(SAMPLE, today=DAY, rules=book)
    monkeypatch.setattr(readers, "read", scanned)
    return written, check(SAMPLE, today=DAY, rules=book)


def test_scans_accuse_nobody(written_and_scanned: tuple[Report, Report]) -> None:
    """Faults found in texts become doubts in scans of the same texts."""
    written, recognised = written_and_scanned
    assert len(written.by_verdict("non_conforme")) > 2
    assert recognised.by_verdict("non_conforme") == ()


def test_scans_are_read_less_surely(written_and_scanned: tuple[Report, Report]) -> None:
    """The same values come out, under what accuses even when all pieces agree, and nothing is said absent."""
    written, recognised = written_and_scanned
    same = {(f.scope, f.name): f.value for f in written.facts if f.status == KNOWN and f.origin == EXTRACTED}
    found = [f for f in recognised.facts if f.status == KNOWN and f.origin == EXTRACTED]
    assert {(f.scope, f.name): f.value for f in found} == same
    assert all(f.confidence < SURE_ENOUGH for f in found)
    assert any(f.confidence == RECOGNISED for f in found)
    assert any(f.status == ABSENT for f in written.facts)
    assert not any(f.status == ABSENT for f in recognised.facts if f.origin == EXTRACTED)
    assert not any(f.status == ABSENT for f in recognised.facts if f.name.endswith("_concordante"))
    assert {piece.status for piece in recognised.inputs if piece.role != "DESCRIPTION"} == {"partly_read"}
    assert all("reconnaissance" in piece.reason for piece in recognised.inputs if piece.role != "DESCRIPTION")
