"""Passages of tender documents, kept as raw text with their file and page, made into documents.

They are excerpts: every document carries a page that was not read, so that nothing in it may be proven absent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.model.document import Document
from achats_check.readers.cleaning import clean
from achats_check.readers.outline import Draft, settle
from achats_check.readers.titles import typed_title

_RENAMED = {"Règlement_de_consultation.pdf": "RC.pdf"}
"""The same piece under two names."""
_OVERLAP = 80
"""Code points two passages of a page share at least when one goes on the other."""
_WRAPPED = 55
"""Length from which a line without a final mark goes on with the next."""
_CONTENTS = re.compile(r"\.{5,}\s*\d{0,3}\s*$")
_BLANKS = re.compile(r"[ \t]{2,}")
"""Runs of blanks that the extraction of these passages left between the words of justified lines."""
_OPENS = re.compile(
    r"\s*(?:[-–—•●▪■□❖➢►✓*·→◼]|[\ue000-\uf8ff]|[oO]\s|\d{1,2}\s?[).°]\s|[☐☒☑]|\d{1,2} [A-ZÉ]|\d{1,3} ?%$)"
)


class Passage(NamedTuple):
    """Raw text of one page, or part of it."""

    piece: str
    page: int | None
    text: str


def dossiers(path: Path) -> Iterator[tuple[str, tuple[Document, ...]]]:
    """Yield the number of each consultation and its pieces, each made of its passages in the order of the pages."""
    for tender in json.loads(path.read_text(encoding="utf-8")):
        yield str(tender["id"]), tuple(documents(_passages(tender)))


def _passages(tender: Mapping[str, Any]) -> Iterator[Passage]:
    chunks: dict[tuple[str, int], list[str]] = {}
    for value in tender.values():
        if isinstance(value, dict) and "dataPointSources" in value:
            for source in value["dataPointSources"]:
                name = _RENAMED.get(source["docFilePath"], source["docFilePath"])
                chunks.setdefault((name, source["pageNumber"] or 0), []).append(source["originalChunkExtract"])
    for (name, page), texts in sorted(chunks.items()):
        for text in united(texts):
            yield Passage(name, page or None, text)


def united(texts: list[str]) -> list[str]:
    """Return passages without repetition: one inside another is dropped, one that goes on another is joined to it."""
    kept: list[str] = []
    for text in sorted(set(texts), key=lambda t: (-len(t), t)):
        if any(text.strip() in other for other in kept):
            continue
        for rank, other in enumerate(kept):
            joined = _joined(other, text) or _joined(text, other)
            if joined:
                kept[rank] = joined
                break
        else:
            kept.append(text)
    return kept


def _joined(first: str, second: str) -> str:
    longest = min(len(first), len(second))
    shared = next((n for n in range(longest, _OVERLAP, -1) if first.endswith(second[:n])), 0)
    return first + second[shared:] if shared else ""


def documents(passages: Iterator[Passage]) -> Iterator[Document]:
    """Yield one document for each piece; a passage stands under the titles it holds itself, not those of another."""
    pieces: dict[str, list[Passage]] = {}
    for passage in passages:
        pieces.setdefault(passage.piece, []).append(passage)
    for name, own in pieces.items():
        blocks = [block for passage in own for block in settle(list(_drafts(passage)))]
        numbered = tuple(block._replace(index=rank) for rank, block in enumerate(blocks))
        yield Document(name, name.rpartition(".")[2], numbered, unread_pages=(0,))


def _drafts(passage: Passage) -> Iterator[Draft]:
    wrapped = passage.page is not None
    for paragraph in paragraphs(passage.text) if wrapped else map(clean, passage.text.splitlines()):
        if not paragraph:
            continue
        if _CONTENTS.search(paragraph):
            yield Draft("toc", paragraph, passage.page)
            continue
        title = typed_title(paragraph)
        draft = Draft("title" if title else "paragraph", paragraph, passage.page)
        if title:
            draft.article, draft.level, draft.sureness = title.article, title.level, title.sureness
        yield draft


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a page whose lines are wrapped: a blank line, a full stop or a list mark ends one."""
    pending = ""
    for raw in [*text.splitlines(), ""]:
        line = clean(_BLANKS.sub(" ", raw))
        if pending and (not line or not _goes_on(pending, line)):
            yield pending
            pending = ""
        pending = f"{pending}{'' if pending.endswith('-') else ' '}{line}".strip()


def _goes_on(before: str, line: str) -> bool:
    last = before.rstrip()
    if last.endswith((".", ";", ":", "!", "?", "%")) or _OPENS.match(line) or _CONTENTS.search(last):
        return False
    if typed_title(last) or typed_title(line):
        return False
    return len(last) >= _WRAPPED or line[:1].islower()
