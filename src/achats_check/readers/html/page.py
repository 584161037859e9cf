"""A web page, token after token: blocks end where the page breaks its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.html.names import CLOSED_BY_NEXT, INLINE, UNSEEN, VOID
from achats_check.readers.html.tables import Cell, Table
from achats_check.readers.looks import Look, draft_of
from achats_check.readers.outline import Draft
from achats_check.readers.symbols import EMPTY_BOX, TICKED_BOX

if TYPE_CHECKING:
    from achats_check.readers.html.tokens import Token

_BOLD = frozenset({"b", "strong", "th"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OUTSIDE = {"nav": "toc", "footer": "footer"}
_BLANKS = compiled(r"[ \t\r\n\f\v]+")
_GLUED = compiled(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=[A-ZÀ-Ý]['’a-zà-ÿA-ZÀ-Ý])")
"""The automatic number of a heading, which LibreOffice writes against its first word."""
_TYPED_IN = frozenset({"", "text", "number", "date", "email", "tel", "url"})


class Page:
    """Builds the drafts of a page.

    Attributes:
        changes: Insertions and deletions marked in the page; insertions are read, deletions are not.
    """

    def __init__(self) -> None:
        self.changes = 0
        self._drafts: list[Draft] = []
        self._tables: list[Table] = []
        self._cells: list[Cell | None] = []
        self._count = 0
        self._unseen = ""
        self._unseen_depth = 0
        self._outside: list[str] = []
        self._options: list[tuple[bool, str]] | None = None
        self._bold = 0
        self._linked = False
        self._level = 0
        self._kept_lines = 0
        self._new_block()

    def _new_block(self) -> None:
        self._texts: list[str] = []
        self._all_bold = True
        self._all_linked = True
        self._listed = False

    def take(self, token: Token) -> None:
        """Read a token."""
        if self._unseen:
            self._pass_over(token)
        elif token.kind == "text":
            self._text(token.value)
        elif token.kind == "end":
            self._end(token.value)
        elif not self._hides(token):
            self._start(token.value, token.attributes)
            if token.kind == "void" and token.value not in VOID:
                self._end(token.value)

    def finished(self) -> list[Draft]:
        """Return the drafts, once the page is over."""
        self._flush()
        while self._tables:
            self._end_table()
        return self._drafts

    def _hides(self, token: Token) -> bool:
        """Tell whether an element is not shown; what it holds is then passed over."""
        name = token.value
        self.changes += name == "del"
        if name not in UNSEEN and not _is_hidden(token.attributes):
            return False
        if token.kind != "void" and name not in VOID:
            self._unseen, self._unseen_depth = name, 1
        return True

    def _pass_over(self, token: Token) -> None:
        """Pass over what is not shown; an element that the next one closes, like a paragraph, ends with it."""
        if token.kind in ("text", "void"):
            return
        if self._unseen in CLOSED_BY_NEXT and token.value not in INLINE:
            ended = token.kind == "end" and token.value == self._unseen
            self._unseen = ""
            if not ended:
                self.take(token)
        elif token.value == self._unseen:
            self._unseen_depth += 1 if token.kind == "start" else -1
            self._unseen = self._unseen if self._unseen_depth else ""

    def _text(self, text: str) -> None:
        if self._options is not None:
            if self._options:
                self._options[-1] = (self._options[-1][0], self._options[-1][1] + text)
            return
        text = text if self._kept_lines else _BLANKS.sub(" ", text)
        if text.strip():
            self._all_bold = self._all_bold and self._bold > 0
            self._all_linked = self._all_linked and self._linked
        self._texts.append(text)

    # --- Tags ---------------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.changes += name == "ins"
        if name not in INLINE and name != "br":
            self._flush()
        self._bold += name in _BOLD
        if name == "a":
            self._linked = attributes.get("href", "").startswith("#")
        if name in _OUTSIDE:
            self._outside.append(name)
        elif name in _HEADINGS:
            self._level = _HEADINGS[name]
        else:
            self._start_of_part(name, attributes)

    def _start_of_part(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self._texts.append("\n")
        elif name == "li":
            self._listed = True
        elif name == "pre":
            self._kept_lines += 1
        elif name == "input":
            self._texts.append(_field(attributes))
        elif name == "select":
            self._options = []
        elif name == "option" and self._options is not None:
            self._options.append(("selected" in attributes, ""))
        elif name == "table":
            self._start_table()
        elif self._tables:
            self._start_in_table(name, attributes)

    def _end(self, name: str) -> None:
        if name not in INLINE:
            self._flush()
        self._bold = max(self._bold - (name in _BOLD), 0)
        self._linked = self._linked and name != "a"
        if name in _HEADINGS:
            self._level = 0
        elif name == "pre":
            self._kept_lines = max(self._kept_lines - 1, 0)
        elif name in _OUTSIDE and self._outside:
            self._outside.pop()
        elif name == "select" and self._options is not None:
            chosen = [text for selected, text in self._options if selected] or [""]
            self._options = None
            self._text(chosen[0])
        elif name == "table" and self._tables:
            self._end_table()
        elif name in ("td", "th") and self._cells:
            self._cells[-1] = None

    def _start_table(self) -> None:
        if len(self._tables) >= guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        self._tables.append(Table(self._count))
        self._cells.append(None)
        self._count += 1

    def _start_in_table(self, name: str, attributes: dict[str, str]) -> None:
        rows = self._tables[-1].rows
        if name == "tr":
            rows.append([])
            self._cells[-1] = None
        elif name in ("td", "th"):
            self._bold = name == "th"
            cell = Cell(attributes.get("colspan", ""), attributes.get("rowspan", ""))
            if not rows:
                rows.append([])
            rows[-1].append(cell)
            self._cells[-1] = cell

    def _end_table(self) -> None:
        drafts = self._tables.pop().drafts()
        self._cells.pop()
        kind = _OUTSIDE[self._outside[0]] if self._outside else ""
        for draft in drafts if kind else ():
            draft.kind, draft.level, draft.article = kind, 0, ""
        cell = self._cells[-1] if self._cells else None
        if cell is None:
            self._drafts.extend(drafts)
        else:
            cell.inner.extend(drafts)
            cell.headed = True

    # --- Blocks -------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """End the block that is being built."""
        text = clean("\n".join(line.strip() for line in "".join(self._texts).split("\n")))
        if self._level:
            text = _GLUED.sub(r"\1 ", text, count=1) if _GLUED.match(text) else text
        look = Look(self._level, listed=self._listed, bold=self._all_bold)
        announces = self._all_linked and not self._level
        waiting = self._listed and not text
        self._new_block()
        self._listed = waiting  # a paragraph inside the item
        if not text:
            return
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            cell.paragraphs.append((text, look))
            cell.headed = cell.headed or look.level > 0
        elif self._outside:
            self._drafts.append(Draft(_OUTSIDE[self._outside[0]], text))
        else:
            self._drafts.append(Draft("toc", text) if announces else draft_of(text, look))


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "mso-hide:all" in style


def _field(attributes: dict[str, str]) -> str:
    """Return what an input shows: a box, ticked or not, or what was typed in it."""
    kind = attributes.get("type", "").lower()
    if kind in ("checkbox", "radio"):
        return TICKED_BOX if "checked" in attributes else EMPTY_BOX
    return attributes.get("value", "") if kind in _TYPED_IN else ""
