"""Paragraph styles: outline level, numbering and look, along the chain of styles they are based on."""

from typing import TYPE_CHECKING, NamedTuple

from achats_check.patterns import compiled
from achats_check.readers.docx.names import PPR, RPR, VAL, is_on, number, w

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from achats_check.readers.docx.style_sheet import StyleSheet

_NAME, _BASED_ON, _OUTLINE = w("name"), w("basedOn"), w("outlineLvl")
_NUM_PR, _NUM_ID, _ILVL, _BOLD, _VANISH = w("numPr"), w("numId"), w("ilvl"), w("b"), w("vanish")
_HEADING = compiled(r"(?i)(?:heading|titre|überschrift)\s*([1-9])$")
_TOC = compiled(
    r"(?i)(?:toc|tm|table des matières)\s*(?:[1-9]|heading)?$|(?:toc ?heading|en-tête de table des matières)",
)


class Style(NamedTuple):
    """What a paragraph gets from its style."""

    level: int | None = None
    """Depth of a title from 1; 0 when the style says body text; None when it says nothing."""
    num_id: str | None = None
    ilvl: int | None = None
    bold: bool = False
    vanish: bool = False
    toc: bool = False


PLAIN = Style()


class Styles:
    """What the styles of a Word file say, each resolved once.

    Args:
        sheet: The style part; None when the file has none.
    """

    def __init__(self, sheet: "StyleSheet | None") -> None:
        self._sheet = sheet
        self._resolved: dict[str, Style] = {}

    def get(self, identifier: str) -> Style:
        """Return a style with what it inherits; the default paragraph style for ""."""
        style = self._resolved.get(identifier)
        if style is None:
            default = self._sheet.default if self._sheet else ""
            style = self._resolved[identifier] = self._resolve(identifier or default)
        return style

    def _resolve(self, identifier: str) -> Style:
        chain: list[Element] = []
        while (element := self._element(identifier)) is not None and element not in chain and len(chain) < 20:
            chain.append(element)
            identifier = _value(element.find(_BASED_ON))
        style = PLAIN
        for element in reversed(chain):
            style = _extended(style, element)
        return style

    def numbering_of(self, identifier: str) -> str | None:
        """Return the list a numbering style stands for, by the identifier of the style."""
        return None if self._element(identifier) is None else self.get(identifier).num_id

    def _element(self, identifier: str) -> "Element | None":
        return self._sheet.style(identifier) if self._sheet else None


def _extended(base: Style, element: "Element") -> Style:
    name = _value(element.find(_NAME))
    properties, look = element.find(PPR), element.find(RPR)
    heading = _HEADING.match(name)
    if heading:
        base = base._replace(level=int(heading[1]))
    if _TOC.match(name):
        base = base._replace(toc=True, level=0)
    if properties is not None:
        base = _with_properties(base, properties)
    if look is not None and look.find(_BOLD) is not None:
        base = base._replace(bold=is_on(look.find(_BOLD)))
    if look is not None and look.find(_VANISH) is not None:
        base = base._replace(vanish=is_on(look.find(_VANISH)))
    return base


def _with_properties(base: Style, properties: "Element") -> Style:
    outline, numbering = properties.find(_OUTLINE), properties.find(_NUM_PR)
    if outline is not None:
        base = base._replace(level=outline_level(outline))
    if numbering is not None:
        num_id, ilvl = numbering.find(_NUM_ID), numbering.find(_ILVL)
        if num_id is not None:
            base = base._replace(num_id=_value(num_id))
        if ilvl is not None:
            base = base._replace(ilvl=number(_value(ilvl)))
    return base


def outline_level(element: "Element") -> int:
    """Return the depth said by a w:outlineLvl, from 1; 0 for body text (9)."""
    level = number(element.get(VAL), 9)
    return level + 1 if 0 <= level < 9 else 0


def _value(element: "Element | None") -> str:
    return "" if element is None else element.get(VAL, "")
