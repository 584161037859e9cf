"""The title of a piece whose first page was read as one paragraph: capitals tell it from a piece that is cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from achats_check.facts.roles.title import mentions, named_by_title
from achats_check.facts.text import fold
from achats_check.patterns import compiled

if TYPE_CHECKING:
    from achats_check.facts.roles.naming import Naming
    from achats_check.facts.roles.title import Named
    from achats_check.model.document import Block

_FIRST_BLOCKS, _REACH = 3, 1500
"""Where the title of a run-on page stands: blocks, and code points of each."""
_FULL_NAME = 15
"""Fewest letters of a name written in full: an abbreviation in a paragraph is only a citation."""
_CITED = r"(?:\b(?:conforme|selon|voir|presente?|au|du|le|la|les|un|aux|dans|et|a|ou|par|de)|['’,;:])\s*$"
_TITLE_ENDS = r"\s*(?:\([^()]{1,20}\)\s*)?(?:[A-ZÀ-Ý«\"(\d–.-]|$)"
"""What follows a title in a run of titles and labels: a capital, a number; a sentence goes on in small letters."""


def named_in_run_on(blocks: Sequence[Block], naming: Naming, shortest: int) -> tuple[Named, str] | None:
    """Return what the first long paragraphs entitle themselves, and the title as written.

    Args:
        blocks: Those of the document.
        naming: How pieces are named.
        shortest: Code points from which a paragraph is too long to be a title.
    """
    for block in blocks[:_FIRST_BLOCKS]:
        raw = " ".join(block.text.split())[:_REACH]
        if len(raw) <= shortest or block.kind in ("toc", "header", "footer"):
            continue
        folded = fold(raw)
        for start, end, _ in mentions(folded, naming):
            if _is_titled(raw, folded, start, end) and (named := named_by_title(folded[start:end], naming)):
                return named, raw[start:end]
    return None


def _is_titled(raw: str, folded: str, start: int, end: int) -> bool:
    return (
        end - start >= _FULL_NAME
        and raw[start].isupper()
        and compiled(_CITED).search(folded, max(0, start - 30), start) is None
        and compiled(_TITLE_ENDS).match(raw, end) is not None
    )
