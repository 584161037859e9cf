"""Qualified names of the elements and attributes the Word reader knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def w(name: str) -> str:
    """Return a name of the WordprocessingML namespace."""
    return _W + name


VAL = w("val")
P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, TCPR, TRPR = w("pPr"), w("rPr"), w("tcPr"), w("trPr")
SDT, SDT_PR, SDT_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
INS, DEL, MOVE_TO, MOVE_FROM = w("ins"), w("del"), w("moveTo"), w("moveFrom")
TEXTBOX = w("txbxContent")
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
CHECKBOX, CHECKED, CHECKED_VAL = _W14 + "checkbox", _W14 + "checked", _W14 + "val"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
TRANSPARENT = frozenset(
    {w("customXml"), w("smartTag"), w("hyperlink"), w("fldSimple"), w("dir"), w("bdo"), INS, MOVE_TO}
)
"""Elements that only wrap what they hold."""
DELETED = frozenset({DEL, MOVE_FROM})


def chosen(alternate: Element) -> Element | None:
    """Return the branch of an mc:AlternateContent to read: the first choice with contents, else the fallback."""
    for branch in alternate:
        if branch.tag in (CHOICE, FALLBACK) and len(branch):
            return branch
    return None


def is_on(element: Element | None) -> bool:
    """Return whether a toggle such as w:vanish is present and not set to false."""
    return element is not None and element.get(VAL, "true") not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """Return an integer attribute, or the default when it is missing or malformed."""
    try:
        return int(text) if text else default
    except ValueError:
        return default
