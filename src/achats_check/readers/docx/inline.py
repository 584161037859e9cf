"""The text of a paragraph: runs, fields, tick boxes, tracked changes, and the text boxes anchored in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.docx.names import (
    ALTERNATE,
    CHECKBOX,
    CHECKED,
    CHECKED_VAL,
    DEL,
    DELETED,
    INS,
    MATH_TEXT,
    MOVE_TO,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SDT_PR,
    TEXTBOX,
    TRANSPARENT,
    VAL,
    R,
    T,
    chosen,
    is_on,
    number,
    w,
)
from achats_check.readers.symbols import EMPTY_BOX, TICKED_BOX, is_symbol_font, symbol

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PLAIN = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_SYM, _FONT, _CHAR = w("sym"), w("font"), w("char")
_FLD_CHAR, _FLD_TYPE, _FLD_DATA = w("fldChar"), w("fldCharType"), w("ffData")
_VANISH, _FONTS, _ASCII, _BOLD = w("vanish"), w("rFonts"), w("ascii"), w("b")
_FORM_BOX, _DROP_DOWN, _RESULT, _DEFAULT, _ENTRY = (
    w("checkBox"),
    w("ddList"),
    w("result"),
    w("default"),
    w("listEntry"),
)
_DRAWINGS = frozenset({w("drawing"), w("pict"), w("object"), ALTERNATE})
_MATH = (MATH_TEXT.removesuffix("t") + "oMath", MATH_TEXT.removesuffix("t") + "oMathPara")
_IN_CODE, _IN_RESULT = "code", "result"


class Inline:
    """Reads paragraphs one after the other; complex fields may run from one to the next.

    Attributes:
        changes: Tracked insertions and deletions met so far.
        textboxes: Text boxes met since they were last taken, in order.
        all_bold: Whether every visible run of the last paragraph was bold.
    """

    def __init__(self) -> None:
        self.changes = 0
        self.textboxes: list[Element] = []
        self.all_bold = False
        self._fields: list[str] = []
        self._out: list[str] = []
        self._plain_weight = False

    def text(self, paragraph: Element, style_bold: bool = False) -> str:
        """Return the visible text of a paragraph, every pending change accepted, uncleaned."""
        out: list[str] = []
        self._out, self._plain_weight = out, False
        self._style_bold, self._depth = style_bold, 0
        self._read(paragraph)
        if self._fields:
            self._fields = [state for state in self._fields if state != _IN_CODE]
        if len(out) == 1:
            self.all_bold = not self._plain_weight
            return out[0]
        self.all_bold = bool(out) and not self._plain_weight
        return "".join(out)

    def _read(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == R:
                self._run(child)
            elif tag == PPR:
                continue
            elif tag in TRANSPARENT:
                self.changes += tag in (INS, MOVE_TO)
                self._descend(child)
            elif tag == SDT:
                self._control(child)
            elif tag in DELETED:
                self.changes += tag == DEL
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._descend(branch)
            elif tag in _MATH:
                self._put("".join(t.text or "" for t in child.iter(MATH_TEXT)))

    def _descend(self, element: Element) -> None:
        self._depth += 1
        if self._depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        self._read(element)
        self._depth -= 1

    def _control(self, control: Element) -> None:
        properties = control.find(SDT_PR)
        box = None if properties is None else properties.find(CHECKBOX)
        if box is not None:
            checked = box.find(CHECKED)
            ticked = checked is not None and checked.get(CHECKED_VAL, "1") in ("1", "true", "on")
            self._put(TICKED_BOX if ticked else EMPTY_BOX)
            return
        content = control.find(SDT_CONTENT)
        if content is not None:
            self._descend(content)

    def _put(self, text: str) -> None:
        if text and (not self._fields or _IN_CODE not in self._fields):
            self._out.append(text)

    def _run(self, run: Element) -> None:
        """Read a run: its look, which stands first, says how to take its text."""
        font, bold = "", self._style_bold
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text
                if not text or (self._fields and _IN_CODE in self._fields):
                    continue
                self._out.append("".join(symbol(ord(c), font) for c in text) if font else text)
                if not (bold or self._plain_weight or text.isspace()):
                    self._plain_weight = True
            elif tag == RPR:
                look = self._look(child)
                if look is None:
                    return
                font, bold = look
            elif tag in _PLAIN:
                self._put(_PLAIN[tag])
            else:
                self._rare(child, tag)

    def _look(self, properties: Element) -> tuple[str, bool] | None:
        """Return the symbol font of a run, or "", and whether it is bold; None when it is hidden."""
        font, bold = "", self._style_bold
        for child in properties:
            tag = child.tag
            if tag == _FONTS:
                name = child.get(_ASCII, "")
                font = name if is_symbol_font(name) else ""
            elif tag == _BOLD:
                bold = is_on(child)
            elif tag == _VANISH and is_on(child):
                return None
        return font, bold

    def _rare(self, child: Element, tag: str) -> None:
        if tag == _FLD_CHAR:
            self._field(child)
        elif tag == _SYM:
            self._put(symbol(_hexadecimal(child.get(_CHAR)), child.get(_FONT, "")))
        elif tag in _DRAWINGS:
            self._drawing(child)

    def _drawing(self, drawing: Element) -> None:
        """Note the text boxes of a drawing; a choice and its fallback hold the same ones."""
        branch = chosen(drawing) if drawing.tag == ALTERNATE else drawing
        pending = [] if branch is None else [branch]
        while pending:
            element = pending.pop()
            for child in element:
                if child.tag == TEXTBOX:
                    self.textboxes.append(child)
                elif child.tag == ALTERNATE:
                    inner = chosen(child)
                    pending.extend([] if inner is None else [inner])
                else:
                    pending.append(child)

    def _field(self, mark: Element) -> None:
        kind = mark.get(_FLD_TYPE)
        if kind == "begin":
            data = mark.find(_FLD_DATA)
            if data is not None:
                self._put(_form_field(data))
            self._fields.append(_IN_CODE)
        elif kind == "separate" and self._fields:
            self._fields[-1] = _IN_RESULT
        elif kind == "end" and self._fields:
            self._fields.pop()


def _hexadecimal(text: str | None) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0


def _form_field(data: Element) -> str:
    """Return what a legacy form field shows when the document holds no result for it."""
    box, choices = data.find(_FORM_BOX), data.find(_DROP_DOWN)
    if box is not None:
        checked = box.find(w("checked"))
        state = box.find(_DEFAULT) if checked is None else checked
        return TICKED_BOX if is_on(state) else EMPTY_BOX
    if choices is None:
        return ""
    chosen_entry = choices.find(_RESULT)
    chosen_entry = choices.find(_DEFAULT) if chosen_entry is None else chosen_entry
    entries = [entry.get(VAL, "") for entry in choices.findall(_ENTRY)]
    rank = 0 if chosen_entry is None else number(chosen_entry.get(VAL))
    return entries[rank] if 0 <= rank < len(entries) else ""
