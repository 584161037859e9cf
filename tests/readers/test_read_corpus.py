"""Real consultation files, when they are at hand beside the repository: read whole, with articles in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from achats_check.model.document import Document
from achats_check.readers import read

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dce"
PIECES = sorted(p for p in CORPUS.rglob("*") if p.suffix in (".docx", ".pdf"))

pytestmark = pytest.mark.skipif(not PIECES, reason="no ../shared/corpus beside the repository")


@pytest.mark.parametrize("path", PIECES, ids=lambda path: path.name)
def test_piece_is_read(path: Path) -> None:
    """Every piece gives text, titles, and articles that follow one another."""
    document = read(path)
    assert isinstance(document, Document)
    assert document.unread_pages == ()
    titles = [block for block in document.blocks if block.kind == "title"]
    assert len(titles) > 4
    paragraphs = [block for block in document.blocks if block.kind == "paragraph"]
    assert sum(block.text[0].islower() for block in paragraphs) < 0.05 * len(paragraphs)


@pytest.mark.skipif(not (CORPUS / "denrees-villeneuve-sur-lot").exists(), reason="piece not at hand")
def test_criteria_of_a_ruled_table() -> None:
    """The criteria of a PDF stand in rows of two cells, under their article, and their weights make 100."""
    document = read(CORPUS / "denrees-villeneuve-sur-lot" / "RC.pdf")
    assert isinstance(document, Document)
    weights = [b.cells[1] for b in document.blocks if b.article == "7.2" and b.kind == "row" and "%" in b.text]
    assert sum(float(weight.split()[0]) for weight in weights) == 100
