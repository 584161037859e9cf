"""The body of a Word file, block after block, as a reader of the printed page meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.docx.inline import Inline
from achats_check.readers.docx.names import (
    ALTERNATE,
    DEL,
    DELETED,
    INS,
    MOVE_TO,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TBL,
    TC,
    TCPR,
    TR,
    TRANSPARENT,
    TRPR,
    VAL,
    P,
    chosen,
    number,
    w,
)
from achats_check.readers.docx.styles import Style, Styles, outline_level
from achats_check.readers.outline import Draft, row
from achats_check.readers.titles import MAX_TITLE_LENGTH, may_be_numbered, typed_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from achats_check.readers.docx.numbering import Label, Numbering

_P_STYLE, _OUTLINE, _NUM_PR, _NUM_ID, _ILVL = w("pStyle"), w("outlineLvl"), w("numPr"), w("numId"), w("ilvl")
_MERGE, _GALLERY_OF, _GALLERY = w("vMerge"), w("docPartObj"), w("docPartGallery")
_WITHOUT_BLOCKS = frozenset({TCPR, w("sectPr"), w("bookmarkStart"), w("bookmarkEnd"), w("proofErr")})
MAX_HEADING_LENGTH = 300
"""A heading style on anything longer was put there for its looks."""


class Walker:
    """Turns block containers (body, cells, content controls, notes…) into drafts.

    Attributes:
        drafts: Blocks found so far, in reading order; one more than the limit, at most, tells that some are left out.
        tables: Number of tables met.
        inline: Reader of paragraphs, which counts the pending changes.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.drafts: list[Draft] = []
        self.tables = 0
        self.inline = Inline()
        self._styles = styles
        self._numbering = numbering
        self._carried = ""
        self._depth = 0

    def walk(self, container: Element, kind: str = "paragraph", toc: bool = False) -> None:
        """Read a container.

        Args:
            container: An element that holds paragraphs and tables.
            kind: Kind of its blocks; titles and lists are told apart only in a "paragraph" container.
            toc: True inside a table of contents.
        """
        self._depth += 1
        if self._depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        for child in container:
            if len(self.drafts) > guards.MAX_BLOCKS:
                break
            if child.tag == P:
                self._paragraph(child, kind, toc)
            elif child.tag == TBL:
                self._table(child, kind, toc)
            elif child.tag not in _WITHOUT_BLOCKS:
                for inner, in_toc in self._wrapped([child], toc):
                    (self._paragraph if inner.tag == P else self._table)(inner, kind, in_toc)
        self._depth -= 1

    def _wrapped(self, elements: Iterable[Element], toc: bool = False) -> Iterator[tuple[Element, bool]]:
        """Yield the paragraphs and tables among some elements, through whatever only wraps them."""
        pending = [(child, toc) for child in reversed(list(elements))]
        while pending:
            element, in_toc = pending.pop()
            tag = element.tag
            if tag in (P, TBL):
                yield element, in_toc
                continue
            if tag in DELETED:
                self.inline.changes += tag == DEL
                continue
            inner: Element | None = element if tag in TRANSPARENT else None
            self.inline.changes += tag in (INS, MOVE_TO)
            if tag == SDT:
                inner, in_toc = element.find(SDT_CONTENT), in_toc or _is_table_of_contents(element)
            elif tag == ALTERNATE:
                inner = chosen(element)
            if inner is not None:
                pending.extend((child, in_toc) for child in reversed(inner))

    # --- Paragraphs ---------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Element, kind: str, toc: bool) -> None:
        style, label, mark = self._dress(paragraph)
        text = self._visible_text(paragraph, style, mark)
        if text is None:
            return
        bold = self.inline.all_bold
        if text:
            self.drafts.append(self._draft(text, kind, style, label, bold, toc))
        if self.inline.textboxes:
            boxes, self.inline.textboxes = self.inline.textboxes, []
            for box in boxes:
                self.walk(box, "textbox" if kind == "paragraph" else kind)

    def _visible_text(self, paragraph: Element, style: Style, mark: Element | None) -> str | None:
        """Return the text of a paragraph with what was carried to it; None when it carries on to the next."""
        if style.vanish:
            return ""
        text = self.inline.text(paragraph, style.bold)
        if self._carried:
            text, self._carried = self._carried + text, ""
        if mark is not None and len(mark):
            self.inline.changes += (mark.find(INS) is not None) + (mark.find(DEL) is not None)
            if mark.find(DEL) is not None:
                self._carried = text
                return None
        return clean(text)

    def _dress(self, paragraph: Element) -> tuple[Style, Label | None, Element | None]:
        """Return the style of a paragraph with its own settings on top, its automatic number, and the look of its
        mark, where its own insertion or deletion is noted.
        """
        if not len(paragraph) or paragraph[0].tag != PPR or not len(paragraph[0]):
            style = self._styles.get("")
            return style, self._label(style, "") if style.num_id else None, None
        identifier = ""
        outline = numbering = mark = None
        for setting in paragraph[0]:
            tag = setting.tag
            if tag == _P_STYLE:
                identifier = setting.get(VAL, "")
            elif tag == RPR:
                mark = setting
            elif tag == _NUM_PR:
                numbering = setting
            elif tag == _OUTLINE:
                outline = setting
        style = self._styles.get(identifier)
        if outline is not None:
            style = style._replace(level=outline_level(outline))
        if numbering is not None:
            style = _numbered(style, numbering)
        return style, self._label(style, identifier) if style.num_id else None, mark

    def _label(self, style: Style, identifier: str) -> Label | None:
        num_id = style.num_id or "0"
        ilvl = self._numbering.level_of_style(num_id, identifier) if style.ilvl is None else style.ilvl
        return self._numbering.next(num_id, ilvl)

    def _draft(self, text: str, kind: str, style: Style, label: Label | None, bold: bool, toc: bool) -> Draft:
        if kind != "paragraph":
            return Draft(kind, text)
        if toc or style.toc:
            return Draft("toc", text)
        if style.level or label is not None or may_be_numbered(text):
            title = _title(text, style, label, bold)
            if title is not None:
                return title
        return Draft("paragraph" if label is None else "list_item", text)

    # --- Tables -------------------------------------------------------------------------------------------------

    def _table(self, table: Element, kind: str, toc: bool) -> None:
        rows = [self._cells(line) for line in self._parts(table, TR) if not _is_deleted(line)]
        if all(len(cells) == 1 for cells in rows):
            for cells in rows:
                self.walk(cells[0], kind, toc)
            return
        rank = self.tables
        self.tables += 1
        nested: list[Element] = []
        for cells in rows:
            if len(self.drafts) > guards.MAX_BLOCKS:
                break
            texts = tuple(self._cell_text(cell, nested) for cell in cells)
            if any(texts):
                draft = row(texts, rank)
                if kind != "paragraph":
                    draft.kind = kind
                self.drafts.append(draft)
        boxes, self.inline.textboxes = self.inline.textboxes, []
        for inner in nested:
            self._nested(inner, kind)
        for box in boxes:
            self.walk(box, "textbox" if kind == "paragraph" else kind)

    def _nested(self, table: Element, kind: str) -> None:
        self._depth += 1
        if self._depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        self._table(table, kind, False)
        self._depth -= 1

    def _cells(self, line: Element) -> list[Element]:
        return list(self._parts(line, TC))

    def _parts(self, parent: Element, tag: str) -> Iterator[Element]:
        """Yield the rows of a table or the cells of a row, through content controls and insertions."""
        pending = list(reversed(parent))
        while pending:
            element = pending.pop()
            if element.tag == tag:
                yield element
            elif element.tag == SDT:
                content = element.find(SDT_CONTENT)
                pending.extend(reversed(content if content is not None else []))
            elif element.tag in TRANSPARENT:
                pending.extend(reversed(element))

    def _cell_text(self, cell: Element, nested: list[Element]) -> str:
        looks = cell.find(TCPR)
        merge = None if looks is None else looks.find(_MERGE)
        if merge is not None and merge.get(VAL, "continue") == "continue":
            return ""
        texts = []
        for child, _ in self._wrapped(cell):
            if child.tag == TBL:
                nested.append(child)
                continue
            style, _label, mark = self._dress(child)
            text = self._visible_text(child, style, mark)
            if text:
                texts.append(text)
        if self._carried:
            texts.append(clean(self._carried))
            self._carried = ""
        return "\n".join(filter(None, texts))


def _numbered(style: Style, numbering: Element) -> Style:
    num_id, ilvl = numbering.find(_NUM_ID), numbering.find(_ILVL)
    if num_id is not None:
        style = style._replace(num_id=num_id.get(VAL))
    if ilvl is not None:
        style = style._replace(ilvl=number(ilvl.get(VAL)))
    return style


def _title(text: str, style: Style, label: Label | None, bold: bool) -> Draft | None:
    """Return the draft of a title, by its style, its automatic number in bold, or the number typed in it."""
    typed = typed_title(text, bold or bool(style.level))
    if style.level and len(text) <= MAX_HEADING_LENGTH:
        article = label.article if label is not None else ""
        return Draft("title", text, level=style.level, article=article or (typed.article if typed else ""))
    if label is not None and label.article and bold and len(text) <= MAX_TITLE_LENGTH and text[-1] not in ".;,":
        return Draft("title", text, level=label.article.count(".") + 1, article=label.article)
    if typed is None or label is not None:
        return None
    draft = Draft("title", text, level=typed.level, article=typed.article)
    draft.sureness = typed.sureness
    return draft


def _is_deleted(line: Element) -> bool:
    properties = line.find(TRPR)
    return properties is not None and properties.find(DEL) is not None


def _is_table_of_contents(control: Element) -> bool:
    properties = control.find(SDT_PR)
    part = None if properties is None else properties.find(_GALLERY_OF)
    gallery = None if part is None else part.find(_GALLERY)
    return gallery is not None and gallery.get(VAL, "") == "Table of Contents"
