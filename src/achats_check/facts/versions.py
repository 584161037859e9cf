"""One piece supplied in two formats: the signed PDF and its Word source are one witness, not two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from achats_check.facts.text import fold
from achats_check.model.document import Document

_SAME_TEXT = 0.9
"""Share of words in common from which two files are the same text: page headings and figures typed twice differ."""
_LENGTH_RATIO = 0.7


def with_versions(documents: Sequence[Document]) -> list[Document]:
    """Return the documents, each that repeats another in another format knowing which, the PDFs repeating the rest.

    Both stay read: where they differ, the disagreement is a fact of the dossier; where they agree, one is quoted.
    """
    by_role: dict[str, list[int]] = {}
    for rank, document in enumerate(documents):
        by_role.setdefault(document.role, []).append(rank)
    same: dict[int, str] = {}
    for role, ranks in by_role.items():
        if role != "AUTRE" and len({documents[rank].format for rank in ranks}) > 1:
            same.update(_repetitions(documents, sorted(ranks, key=lambda rank: documents[rank].format == "pdf")))
    return [d._replace(same_as=same[rank]) if rank in same else d for rank, d in enumerate(documents)]


def _repetitions(documents: Sequence[Document], ranks: Sequence[int]) -> dict[int, str]:
    words = {rank: Counter(_words(documents[rank])) for rank in ranks}
    found: dict[int, str] = {}
    for place, rank in enumerate(ranks):
        for earlier in ranks[:place]:
            other = documents[earlier]
            if earlier not in found and other.format != documents[rank].format and _same(words[earlier], words[rank]):
                found[rank] = other.path
                break
    return found


def _words(document: Document) -> list[str]:
    return [word for block in document.blocks if block.kind not in ("header", "footer") for word in _split(block.text)]


def _split(text: str) -> list[str]:
    return [word for word in fold(text).split() if any(map(str.isalnum, word))]


def _same(one: Counter[str], other: Counter[str]) -> bool:
    sizes = sorted((one.total(), other.total()))
    if sizes[0] < _LENGTH_RATIO * sizes[1]:
        return False
    return (one & other).total() >= _SAME_TEXT * sizes[1] > 0
