"""Paragraphs of formats that say how each one looks: which are titles, and with what number."""

from typing import NamedTuple

from achats_check.readers.outline import Draft
from achats_check.readers.titles import BARE, MAX_TITLE_LENGTH, typed_title

MAX_HEADING_LENGTH = 300
"""A heading style on anything longer was put there for its looks."""


class Look(NamedTuple):
    """What a format says of a paragraph beside its text."""

    level: int = 0
    """Depth of a heading, from 1; 0 for anything else."""
    article: str = ""
    """Number that is printed before it without being part of it, or ""."""
    listed: bool = False
    """Whether it is the beginning of a list item."""
    bold: bool = False
    """Whether all of it is bold."""


def draft_of(text: str, look: Look) -> Draft:
    """Return the draft of a paragraph, as a title when its look or its typed number makes it one.

    A number typed in plain sight outranks the automatic one: converted files have lists whose numbers are not printed.
    """
    typed = typed_title(text, look.bold or bool(look.level))
    if look.level and len(text) <= MAX_HEADING_LENGTH:
        plain = typed.article if typed and (typed.sureness != BARE or not look.article) else ""
        return Draft("title", text, level=look.level, article=plain or look.article)
    if look.listed and look.article and look.bold and len(text) <= MAX_TITLE_LENGTH and text[-1] not in ".;,":
        return Draft("title", text, level=look.article.count(".") + 1, article=look.article)
    if typed is None or look.listed:
        return Draft("list_item" if look.listed else "paragraph", text)
    draft = Draft("title", text, level=typed.level, article=typed.article)
    draft.sureness = typed.sureness
    return draft
