"""Drafts of blocks, and the pass that numbers them and tells each one its article and its heading."""

from __future__ import annotations

from achats_check.model.document import Block
from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.numbered import numbered_articles
from achats_check.readers.sequence import Sequence, before_extract
from achats_check.readers.titles import BARE, DOTTED, LOOK, WORDED

_ITEM = compiled(r"(\d{1,2})(\s?[-–.)])")
OUTSIDE = {"header", "footer", "note"}
"""Kinds that stand outside the text: they belong to no article."""


class Draft:
    """A block before its place is known; the walkers fill it in."""

    __slots__ = ("article", "cells", "kind", "level", "page", "sureness", "table", "text")

    def __init__(self, kind: str, text: str, page: int | None = None, level: int = 0, article: str = "") -> None:
        self.kind = kind
        self.text = text
        self.page = page
        self.level = level
        self.article = article
        self.sureness = ""
        """For a title recognised by its typed number only: how sure (see ``titles``)."""
        self.table: int | None = None
        self.cells: tuple[str, ...] = ()


def row(cells: tuple[str, ...], table: int, page: int | None = None) -> Draft:
    """Return the draft of a table row; tabs inside cells become spaces so that cells can be told apart."""
    draft = Draft("row", "", page)
    draft.cells = tuple(cell.replace("\t", " ") for cell in cells)
    draft.text = "\t".join(draft.cells)
    draft.table = table
    return draft


def cut_short(drafts: list[Draft]) -> bool:
    """Tell whether ``settle`` leaves drafts out, beyond the limit."""
    return len(drafts) > guards.MAX_BLOCKS


def settle(drafts: list[Draft]) -> tuple[Block, ...]:
    """Turn drafts into blocks: rank, article and heading of the nearest title above.

    A bare number ("2 - Des rondes") only makes a title when it follows the number of the last one, in a document
    that does not number its articles in words.
    """
    drafts = drafts[: guards.MAX_BLOCKS]
    _retire_contents(drafts)
    _promote_numbered(drafts)
    _demote_doubtful(drafts)
    blocks: list[Block] = []
    open_titles: list[Draft] = []
    article = heading = ""
    for index, draft in enumerate(drafts):
        if draft.kind == "title":
            while open_titles and open_titles[-1].level >= draft.level:
                open_titles.pop()
            open_titles.append(draft)
            article = draft.article or next((t.article for t in reversed(open_titles) if t.article), "")
            heading = draft.text
        outside = draft.kind in OUTSIDE
        blocks.append(
            Block(
                index,
                draft.kind,
                draft.text,
                draft.page,
                "" if outside else article,
                "" if outside else heading,
                draft.level if draft.kind == "title" else 0,
                draft.table,
                draft.cells,
            )
        )
    return tuple(blocks)


def _promote_numbered(drafts: list[Draft]) -> None:
    """Make titles of the short numbered lines of a text that has no other title."""
    if any(draft.kind == "title" for draft in drafts):
        return
    lines = [draft.text if draft.kind in ("paragraph", "list_item") else "" for draft in drafts]
    for rank, article in numbered_articles(lines).items():
        drafts[rank].kind, drafts[rank].article, drafts[rank].level = "title", article, 1


def _retire_contents(drafts: list[Draft]) -> None:
    """Mark as contents the titles that only announce another one.

    They stand between two lines of contents, or say the text of a title followed by a page number.
    """
    for before, draft, after in zip(drafts, drafts[1:], drafts[2:], strict=False):
        if draft.kind == "title" and before.kind == after.kind == "toc":
            draft.kind, draft.article, draft.level = "toc", "", 0
    names = {draft.text for draft in drafts if draft.kind == "title"}
    for draft in drafts:
        if draft.kind == "title" and draft.text[-1].isdigit() and draft.text.rstrip("0123456789").rstrip() in names:
            draft.kind, draft.article, draft.level = "toc", "", 0


def _demote_doubtful(drafts: list[Draft]) -> None:
    """Make paragraphs of the lines taken for titles whose number does not follow those of the titles above."""
    _demote_looks(drafts)
    titles = [draft for draft in drafts if draft.kind == "title" and draft.sureness != LOOK]
    worded = sum(title.sureness == WORDED and title.article != "" for title in titles) > 1
    sequence = Sequence(before_extract([(title.article, title.sureness) for title in titles]))
    listed = _enumerated(drafts) | _interrupting(titles) | _following_items(drafts)
    for title in titles:
        if (
            title in listed
            or (worded and title.sureness == BARE)
            or not sequence.accepts(title.article, title.sureness)
        ):
            title.kind, title.article, title.level = "paragraph", "", 0


def _demote_looks(drafts: list[Draft]) -> None:
    """Make paragraphs of the lines taken for titles by their look that stand together or that no text follows."""
    kinds = ["", *(LOOK if draft.sureness == LOOK else draft.kind for draft in drafts), ""]
    for above, draft, below in zip(kinds, drafts, kinds[2:], strict=False):
        if draft.sureness == LOOK and (above == LOOK or below not in ("paragraph", "list_item", "row")):
            draft.kind, draft.level = "paragraph", 0


def _enumerated(drafts: list[Draft]) -> set[Draft]:
    """Return the bare numbers that follow one another with nothing between: a list, such as that of the lots."""
    found: set[Draft] = set()
    run: list[Draft] = []
    for draft in [*drafts, Draft("", "")]:
        if draft.kind == "title" and draft.sureness == BARE:
            run.append(draft)
            continue
        if len(run) > 2 and draft.kind != "title":
            found.update(run)
        run = []
    return found


def _following_items(drafts: list[Draft]) -> set[Draft]:
    """Return the bare figures that go on an enumeration of sentences, as "3- Lavage :" after "2- L'accès à l'eau."."""
    found: set[Draft] = set()
    item = ""
    last_title = 0
    for draft in drafts:
        match = _ITEM.match(draft.text) if draft.text[:1].isdigit() else None
        bare = draft.kind == "title" and draft.sureness == BARE
        if match is None or draft.kind not in ("paragraph", "list_item", "title"):
            continue
        number, mark = int(match[1]), match[2]
        if bare and number != last_title + 1 and item == f"{number - 1}{mark}":
            found.add(draft)
        elif draft.kind == "title":
            item, last_title = "", number if bare else last_title
            continue
        item = f"{number}{mark}"
    return found


def _interrupting(titles: list[Draft]) -> set[Draft]:
    """Return the bare numbers between two dotted ones of the same article, as "2" between 1.1 and 1.2."""
    found: set[Draft] = set()
    waiting: list[Draft] = []
    last = ""
    for title in titles:
        if title.sureness == BARE:
            waiting.append(title)
        elif title.sureness == DOTTED:
            top = title.article.partition(".")[0].lstrip("0")
            if top and top == last:
                found.update(draft for draft in waiting if draft.article.lstrip("0") != top)
            last, waiting = top, []
    return found
