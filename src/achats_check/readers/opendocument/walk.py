"""The body of an OpenDocument text, block after block, as a reader of the printed page meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.grids import Merges, Region
from achats_check.readers.looks import Look, draft_of
from achats_check.readers.opendocument.names import (
    CELL,
    COVERED,
    FRAMES,
    LIST,
    ROW,
    ROW_GROUPS,
    STYLE_NAME,
    TABLE,
    H,
    P,
    count,
    q,
)
from achats_check.readers.opendocument.numbering import Counters, Lists
from achats_check.readers.outline import Draft, row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from achats_check.readers.opendocument.inline import Inline
    from achats_check.readers.opendocument.styles import Styles

_ITEM, _HEADER = q("text:list-item"), q("text:list-header")
_ID, _GOES_ON, _FOLLOWS, _START = (
    q("xml:id"),
    q("text:continue-list"),
    q("text:continue-numbering"),
    q("text:start-value"),
)
_LEVEL, _UNNUMBERED = q("text:outline-level"), q("text:is-list-header")
_DISPLAY = q("text:display")
_CHANGES, _REGION = q("text:tracked-changes"), q("text:changed-region")
_COUNTED = (q("text:insertion"), q("text:deletion"))
_TEXT_BOX = q("draw:text-box")
_CONTENTS = frozenset(
    map(
        q,
        (
            "text:table-of-content",
            "text:illustration-index",
            "text:table-index",
            "text:object-index",
            "text:user-index",
            "text:alphabetical-index",
        ),
    )
)
_WRAPPERS = frozenset(map(q, ("text:section", "text:index-body", "text:index-title", "text:numbered-paragraph")))
_COLUMNS_SPANNED, _ROWS_SPANNED = q("table:number-columns-spanned"), q("table:number-rows-spanned")
_COLUMNS_REPEATED = q("table:number-columns-repeated")


class _Place:
    """Where a paragraph stands among lists."""

    __slots__ = ("counters", "fresh", "level", "start", "style")

    def __init__(self, counters: Counters | None = None, style: str = "", level: int = 0) -> None:
        self.counters = counters
        self.style = style
        self.level = level
        self.fresh = False
        """Whether no paragraph of the item was read yet: the first bears its number."""
        self.start: int | None = None


class Walker:
    """Turns block containers (body, sections, cells, notes…) into drafts.

    Attributes:
        drafts: Blocks found so far, in reading order.
        changes: Tracked insertions and deletions; insertions are read, deletions stand apart in the file.
    """

    def __init__(self, styles: Styles, inline: Inline) -> None:
        self.drafts: list[Draft] = []
        self.changes = 0
        self._inline = inline
        self._styles = styles
        self._lists = Lists()
        self._tables = 0
        self._depth = 0

    def walk(self, container: Element, kind: str = "paragraph", place: _Place | None = None) -> None:
        """Read a container.

        Args:
            container: An element that holds paragraphs, lists and tables.
            kind: Kind of its blocks; titles and lists are told apart only in a "paragraph" container.
            place: Where it stands among lists.
        """
        self._depth += 1
        if self._depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        for child in container:
            self._block(child, kind, place or _Place())
        self._depth -= 1

    def _block(self, child: Element, kind: str, place: _Place) -> None:
        tag = child.tag
        if tag in (P, H):
            self._paragraph(child, kind, place)
        elif tag == LIST:
            self._list(child, kind, place)
        elif tag == TABLE:
            self._table(child, kind)
        elif tag in _CONTENTS:
            self.walk(child, "toc" if kind == "paragraph" else kind)
        elif tag in _WRAPPERS:
            if child.get(_DISPLAY) != "none":
                self.walk(child, kind, place)
        elif tag == _CHANGES:
            self.changes += sum(region.find(name) is not None for region in child.findall(_REGION) for name in _COUNTED)
        elif tag in FRAMES or tag == _TEXT_BOX:
            self.walk(child, "textbox" if kind == "paragraph" else kind)

    # --- Paragraphs and lists -----------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Element, kind: str, place: _Place) -> None:
        text = clean(self._inline.text(paragraph))
        bold = self._inline.all_bold
        boxes, self._inline.boxes = self._inline.boxes, []
        if text:
            draft = Draft(kind, text)
            if kind == "paragraph":
                draft = draft_of(text, self._look(paragraph, place)._replace(bold=bold))
            self.drafts.append(draft)
        for box in boxes:
            self.walk(box, "textbox" if kind == "paragraph" else kind)

    def _look(self, paragraph: Element, place: _Place) -> Look:
        level = self._styles.get("paragraph", paragraph.get(STYLE_NAME)).level
        if paragraph.tag == H:
            level = count(paragraph.get(_LEVEL), 1)
        listed, place.fresh = place.fresh, False
        number = ""
        if listed and place.counters is not None:
            number = place.counters.next(place.level, self._styles.levels(place.style), place.start)
        elif paragraph.tag == H and paragraph.get(_UNNUMBERED) != "true":
            number = self._lists.outline.next(level, self._styles.outline)
        return Look(level, number, listed)

    def _list(self, element: Element, kind: str, outer: _Place) -> None:
        style = element.get(STYLE_NAME, outer.style)
        if outer.counters is None or (outer.style and style != outer.style):
            counters = self._lists.open(
                style, element.get(_ID, ""), element.get(_GOES_ON, ""), element.get(_FOLLOWS) == "true"
            )
        else:
            counters = outer.counters
        for item in element:
            if item.tag not in (_ITEM, _HEADER):
                continue
            place = _Place(counters, style, outer.level + 1)
            place.fresh = item.tag == _ITEM
            start = item.get(_START)
            place.start = count(start, 1) if start else None
            self.walk(item, kind, place)

    # --- Tables -------------------------------------------------------------------------------------------------

    def _table(self, table: Element, kind: str) -> None:
        rows = list(_rows(table))
        if all(sum(cell.tag == CELL for cell in cells) <= 1 for cells in rows):
            for cells in rows:
                for cell in cells:
                    self.walk(cell, kind)
            return
        rank = self._tables
        self._tables += 1
        merges = Merges()
        nested: list[Element] = []
        for number, cells in enumerate(rows):
            found = merges.line(number, self._texts(cells, number, merges, nested))
            texts = tuple(text for text in found if text is not None)
            if any(texts):
                draft = row(texts, rank)
                draft.kind = "row" if kind == "paragraph" else kind
                self.drafts.append(draft)
        boxes, self._inline.boxes = self._inline.boxes, []
        for inner in nested:
            self._nested(inner, kind)
        for box in boxes:
            self.walk(box, "textbox" if kind == "paragraph" else kind)

    def _nested(self, table: Element, kind: str) -> None:
        self._depth += 1
        if self._depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        self._table(table, kind)
        self._depth -= 1

    def _texts(self, cells: list[Element], number: int, merges: Merges, nested: list[Element]) -> list[str]:
        """Return the text of each column of a row, and note its merged cells and the tables inside it."""
        texts: list[str] = []
        for cell in cells:
            across, down = count(cell.get(_COLUMNS_SPANNED)), count(cell.get(_ROWS_SPANNED))
            merges.add(Region(number, len(texts), number + down - 1, len(texts) + across - 1))
            repeated = count(cell.get(_COLUMNS_REPEATED), limit=guards.MAX_COLUMNS)
            text = "" if cell.tag == COVERED else clean("\n".join(self._lines(cell, nested, 0)))
            texts.extend([text] * repeated)
        return texts

    def _lines(self, container: Element, nested: list[Element], depth: int) -> Iterator[str]:
        """Yield the paragraphs of a cell, through its lists and sections."""
        if depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        for child in container:
            if child.tag in (P, H):
                text = clean(self._inline.text(child))
                if text:
                    yield text
            elif child.tag == TABLE:
                nested.append(child)
            elif child.tag in (LIST, _ITEM, _HEADER) or child.tag in _WRAPPERS:
                yield from self._lines(child, nested, depth + 1)


def _rows(table: Element) -> Iterator[list[Element]]:
    """Yield the cells of each row, covered ones included, through the groups of rows."""
    pending = list(reversed(table))
    while pending:
        element = pending.pop()
        if element.tag == ROW:
            yield [cell for cell in element if cell.tag in (CELL, COVERED)]
        elif element.tag in ROW_GROUPS:
            pending.extend(reversed(element))
