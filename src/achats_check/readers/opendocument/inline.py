"""The text of an OpenDocument paragraph, and what is anchored in it: notes, text boxes, form controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.readers import guards
from achats_check.readers.opendocument.names import FRAMES, LIST, SPAN, STYLE_NAME, H, P, count, q
from achats_check.readers.symbols import EMPTY_BOX, TICKED_BOX, symbol

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from achats_check.readers.opendocument.styles import Styles

_SPACES, _COUNT, _TAB, _BREAK = q("text:s"), q("text:c"), q("text:tab"), q("text:line-break")
_NOTE, _NOTE_BODY = q("text:note"), q("text:note-body")
_SKIPPED = frozenset(
    map(
        q,
        ("office:annotation", "office:annotation-end", "text:tracked-changes", "text:ruby-text", "text:note-citation"),
    )
)
_HIDDEN_TEXT, _HIDDEN_PARAGRAPH, _IS_HIDDEN = q("text:hidden-text"), q("text:hidden-paragraph"), q("text:is-hidden")
_STRING = q("text:string-value")
_CONTROL, _CONTROL_ID = q("draw:control"), q("draw:control")
_TEXT_BOX = q("draw:text-box")
_MARK, _MARK_TYPE, _PARAM = q("field:fieldmark"), q("field:type"), q("field:param")
_PARAM_NAME, _PARAM_VALUE = q("field:name"), q("field:value")
_CONTENT_CONTROL, _BOX, _CHECKED = q("loext:content-control"), q("loext:checkbox"), q("loext:checked")
_FORM_BOXES = {q("form:checkbox"): (q("form:current-state"), q("form:state"), "checked")}
_FORM_RADIOS = {q("form:radio"): (q("form:current-selected"), q("form:selected"), "true")}
_FORM_VALUE = q("form:current-value")
_IDENTIFIERS = (q("xml:id"), q("form:id"))
_FORMS = q("office:forms")


def form_controls(root: Element) -> dict[str, str]:
    """Return what each control of the forms of a document shows, by identifier: a tick box, or what was typed."""
    shown: dict[str, str] = {}
    for forms in root.iter(_FORMS):
        for control in forms.iter():
            states = {**_FORM_BOXES, **_FORM_RADIOS}.get(control.tag)
            if states is None:
                text = control.get(_FORM_VALUE, "")
            else:
                current, default, on = states
                text = TICKED_BOX if control.get(current, control.get(default)) == on else EMPTY_BOX
            shown.update((control.get(name, ""), text) for name in _IDENTIFIERS if text and control.get(name))
    return shown


class Inline:
    """Reads paragraphs one after the other.

    Attributes:
        notes: Bodies of the notes met so far.
        boxes: Text boxes met since they were last taken.
        styles: Styles of the file.
        all_bold: Whether every visible letter of the last paragraph was bold.
    """

    def __init__(self, styles: Styles, controls: dict[str, str]) -> None:
        self.notes: list[Element] = []
        self.boxes: list[Element] = []
        self.all_bold = False
        self.styles = styles
        self._controls = controls

    def text(self, paragraph: Element) -> str:
        """Return the visible text of a paragraph, uncleaned; "" when the paragraph is hidden."""
        style = self.styles.get("paragraph", paragraph.get(STYLE_NAME))
        if style.hidden or any(e.get(_IS_HIDDEN) == "true" for e in paragraph.iter(_HIDDEN_PARAGRAPH)):
            return ""
        self._out: list[str] = []
        self._plain_weight = False
        self._read(paragraph, style.bold, style.font, 0)
        self.all_bold = bool(self._out) and not self._plain_weight
        return "".join(self._out)

    def _put(self, text: str | None, bold: bool, font: str) -> None:
        if not text:
            return
        text = " ".join(text.split("\n"))
        self._out.append("".join(symbol(ord(sign), font) for sign in text) if font else text)
        self._plain_weight = self._plain_weight or not (bold or text.isspace())

    def _read(self, parent: Element, bold: bool, font: str, depth: int) -> None:
        if depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        self._put(parent.text, bold, font)
        for child in parent:
            self._child(child, bold, font, depth + 1)
            self._put(child.tail, bold, font)

    def _child(self, child: Element, bold: bool, font: str, depth: int) -> None:
        tag = child.tag
        if tag == SPAN:
            style = self.styles.get("text", child.get(STYLE_NAME))
            if not style.hidden:
                self._read(child, bold or style.bold, style.font or font, depth)
        elif tag == _SPACES:
            self._out.append(" " * count(child.get(_COUNT), 1, 1000))
        elif tag == _TAB:
            self._out.append("\t")
        elif tag == _BREAK:
            self._out.append("\n")
        elif tag not in _SKIPPED:
            self._rare(child, bold, font, depth)

    def _rare(self, child: Element, bold: bool, font: str, depth: int) -> None:
        tag = child.tag
        if tag == _NOTE:
            self.notes.extend(child.findall(_NOTE_BODY))
        elif tag == _CONTROL:
            self._out.append(self._controls.get(child.get(_CONTROL_ID, ""), ""))
        elif tag in FRAMES or tag == _TEXT_BOX:
            self._frame(child, depth)
        elif tag == _HIDDEN_TEXT:
            if child.get(_IS_HIDDEN) != "true":
                self._put(child.get(_STRING), bold, font)
        elif tag == _MARK:
            self._out.append(_form_field(child))
        elif tag == _CONTENT_CONTROL and child.get(_BOX) == "true":
            self._out.append(TICKED_BOX if child.get(_CHECKED) == "true" else EMPTY_BOX)
        elif tag not in (P, H, LIST):
            self._read(child, bold, font, depth)

    def _frame(self, frame: Element, depth: int) -> None:
        """Note the text boxes of a drawing, and read the controls among them."""
        if depth > guards.MAX_XML_DEPTH:
            raise guards.too_deep()
        if frame.tag == _TEXT_BOX or any(child.tag in (P, LIST) for child in frame):
            self.boxes.append(frame)
            return
        for child in frame:
            if child.tag == _CONTROL:
                self._out.append(self._controls.get(child.get(_CONTROL_ID, ""), ""))
            elif child.tag in FRAMES or child.tag == _TEXT_BOX:
                self._frame(child, depth + 1)


def _form_field(mark: Element) -> str:
    """Return the tick box that a form field of Word became; "" for other fields, whose text follows."""
    if not mark.get(_MARK_TYPE, "").endswith("FORMCHECKBOX"):
        return ""
    params = {param.get(_PARAM_NAME): param.get(_PARAM_VALUE) for param in mark.findall(_PARAM)}
    return TICKED_BOX if params.get("Checkbox_Checked") == "true" else EMPTY_BOX
