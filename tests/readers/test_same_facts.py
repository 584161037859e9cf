"""One text gives the same facts, whatever the format it is written in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from make_formats import Source, as_docx, as_html, as_markdown, as_odt, as_text, source_lines

from achats_check.facts.extract import extract
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.model.document import Document
from achats_check.readers import read

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook

SOURCES = Path(__file__).resolve().parents[2] / "samples" / "sources"
TEXTS = [f"{folder}/{piece}" for folder in ("sain", "espaces-verts") for piece in ("RC", "CCAP")]
WRITERS: dict[str, Callable[[Source], bytes]] = {
    "odt": as_odt,
    "html": as_html,
    "md": as_markdown,
    "txt": as_text,
}


def facts_of(data: bytes, path: Path, book: Rulebook) -> dict[tuple[object, str], object]:
    """Return what is known or absent in a piece, by scope and name."""
    path.write_bytes(data)
    document = read(path)
    assert isinstance(document, Document), document
    assert document.warnings == ()
    found = extract(
        [document],
        book.vocabulary,
        Naming.from_plain(book.naming),
        from_plain(book.terms),
        Lexicon.from_plain(book.lexicon),
    )[1]
    return {(fact.scope, fact.name): (fact.status, fact.value) for fact in found if fact.status != "unknown"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_piece_says_the_same_in_every_format(name: str, tmp_path: Path, book: Rulebook) -> None:
    """Values, lots, criteria, clauses and proven absences of a piece do not depend on its format."""
    source = source_lines((SOURCES / f"{name}.txt").read_text(encoding="utf-8"))
    piece = name.split("/")[1]
    expected = facts_of(as_docx(source), tmp_path / f"{piece}.docx", book)
    assert len(expected) > 20
    for extension, write in WRITERS.items():
        found = facts_of(write(source), tmp_path / f"{piece}.{extension}", book)
        assert {k: (expected.get(k), found.get(k)) for k in expected | found if expected.get(k) != found.get(k)} == {}
