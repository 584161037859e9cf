"""One-line makers of documents, and what tests read in the results of clauses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.model.document import Block, Document

RULES = Path(__file__).parents[3] / "rules"
Result = Candidate | NearMiss | Sought
Finder = Callable[..., list[Result]]


def document(text: str, role: str = "CCAP", heading: str = "") -> Document:
    """Make a document of one block per line; "# " starts a title, a tab separates the cells of a row."""
    blocks: list[Block] = []
    for line in text.split("\n"):
        title = line.startswith("# ")
        heading = line[2:] if title else heading
        cells = tuple(line.split("\t")) if "\t" in line else ()
        kind = "title" if title else "row" if cells else "paragraph"
        blocks.append(
            Block(len(blocks), kind, line[2:] if title else line, heading=heading, level=int(title), cells=cells)
        )
    return Document("piece.docx", "docx", tuple(blocks), role=role)


def values(results: list[Result], fact: str) -> dict[str, object]:
    """Return the values found for a fact, by lot ("" for the market)."""
    return {r.scope.id: r.value for r in reversed(results) if isinstance(r, Candidate) and r.name == fact}
