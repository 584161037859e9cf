"""What holds of any file whatever: it is read or refused with sentences, and what is said of it is found in it."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

from achats_check.facts.extract import extract
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles.naming import Naming
from achats_check.facts.terms import from_plain
from achats_check.model.document import Block, Document, Unread
from achats_check.readers import guards, read
from tender_strategies import book

if TYPE_CHECKING:
    from achats_check.model.fact import Evidence

SECONDS = 10.0
"""Processor time no small file may take."""


def judge(data: bytes, suffix: str) -> Document | Unread:
    """Read bytes through a file of their own, extract what they say, and check all that is promised of both.

    Raises:
        AssertionError: A promise is broken.
    """
    start = process_time()
    result = _read(data, suffix)
    if isinstance(result, Unread):
        _check_refusal(result)
    else:
        _check_document(result)
        _check_quotes(result)
    assert process_time() - start < SECONDS, f"{len(data)} bytes took {process_time() - start:.1f} s"
    return result


def _read(data: bytes, suffix: str) -> Document | Unread:
    handle, name = tempfile.mkstemp(suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return read(Path(name))
    finally:
        Path(name).unlink()


def _check_refusal(result: Unread) -> None:
    for sentence in (result.reason, result.advice):
        assert sentence, result
        assert sentence.endswith("."), result


def _check_document(document: Document) -> None:
    assert len(document.blocks) <= guards.MAX_BLOCKS
    assert document.pages is None or all(1 <= page <= document.pages for page in document.unread_pages)
    for rank, block in enumerate(document.blocks):
        assert block.index == rank
        assert (block.table is None) == (not block.cells)
        assert not block.cells or block.text == "\t".join(block.cells)
        assert block.page is None or 1 <= block.page <= (document.pages or 0)
        block.text.encode()  # no lone surrogate
        assert "\0" not in block.text or document.role == "DESCRIPTION", block  # which is handed over raw


def _check_quotes(document: Document) -> None:
    if document.role == "DESCRIPTION":
        return
    known, facts = extract(
        [document], book().vocabulary, Naming.from_plain(book().naming), from_plain(book().terms), _lexicon()
    )
    blocks = {piece.path: piece.blocks for piece in known}
    for fact in facts:
        nearest: tuple[Any, ...] = (fact.search.nearest,) if fact.search and fact.search.nearest else ()
        for passage in (*fact.evidence, *fact.rivals, *nearest):
            _check_quote(passage, blocks)


def _check_quote(passage: Evidence, blocks: dict[str, tuple[Block, ...]]) -> None:
    where = passage.location
    if where.block is None:  # a field of a notice, which has no text to point to
        return
    block = blocks[passage.document][where.block]
    assert passage.quote, passage
    assert block.text[where.start : where.end] == passage.quote, passage


@cache
def _lexicon() -> Lexicon:
    return Lexicon.from_plain(book().lexicon)
