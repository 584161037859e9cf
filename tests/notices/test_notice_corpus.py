"""Real notices, when they are at hand beside the repository: none crashes, none is unread without a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from notices_builders import facts

from achats_check.model.document import Document, Unread
from achats_check.readers import read

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FORMATS = {"eforms": "eforms/*.xml", "ted": "ted-r209/*.xml", "boamp": "boamp/*.xml"}
ALL = [(kind, path) for kind, pattern in FORMATS.items() for path in sorted(CORPUS.glob(pattern))]
NOTICES = ALL[::12]
LEAST = {"objet", "acheteur.nom", "contrat", "type", "avis.date_envoi"}

pytestmark = pytest.mark.skipif(not NOTICES, reason="no ../shared/corpus beside the repository")


@pytest.mark.parametrize(("kind", "path"), NOTICES, ids=lambda part: part if isinstance(part, str) else part.stem)
def test_a_notice_gives_its_facts(kind: str, path: Path) -> None:
    """Each says at least what is bought, by whom, under what contract, and when."""
    found = read(path)
    assert isinstance(found, Document)
    assert found.format == kind
    known = {fact.name for fact in facts(found) if fact.status in ("known", "conflict")}
    assert len(LEAST - known) <= 1


def test_no_notice_stops_the_reading() -> None:
    """What one notice in a hundred says must not break the others."""
    for _, path in ALL:
        found = read(path)
        assert isinstance(found, Document), path.name
        assert len(facts(found)) > 10, path.name


@pytest.mark.parametrize("path", sorted((CORPUS / "decp").rglob("*.json")), ids=lambda path: path.stem)
def test_a_file_of_contracts_is_read_or_says_why(path: Path) -> None:
    """One contract is read; several are refused with what to do."""
    found = read(path)
    if isinstance(found, Unread):
        assert "contrats" in found.reason
