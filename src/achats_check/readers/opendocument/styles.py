"""Styles of an OpenDocument file: what is bold, hidden, a heading, and how lists are numbered."""

from typing import TYPE_CHECKING, NamedTuple

from achats_check.readers.opendocument.names import count, q
from achats_check.readers.symbols import is_symbol_font

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

_STYLE, _NAME, _FAMILY, _PARENT = q("style:style"), q("style:name"), q("style:family"), q("style:parent-style-name")
_OUTLINE_LEVEL = q("style:default-outline-level")
_TEXT, _TABLE = q("style:text-properties"), q("style:table-properties")
_WEIGHT, _DISPLAY, _SHOWN = q("fo:font-weight"), q("text:display"), q("table:display")
_FONTS = (q("style:font-name"), q("fo:font-family"))
_LIST_STYLE, _OUTLINE = q("text:list-style"), q("text:outline-style")
_LEVEL, _FORMAT, _DISPLAYED, _START = (
    q("text:level"),
    q("style:num-format"),
    q("text:display-levels"),
    q("text:start-value"),
)
_NUMBERED = frozenset({q("text:list-level-style-number"), q("text:outline-level-style")})
_MAX_CHAIN = 20


class Style(NamedTuple):
    """What a text gets from its style."""

    bold: bool = False
    hidden: bool = False
    level: int = 0
    """Depth of a heading, from 1; 0 for body text."""
    font: str = ""
    """Name of its font when its letters are drawings, or ""."""


class Numbered(NamedTuple):
    """One level of a numbered list."""

    form: str
    """"1", "I", "i", "A" or "a"."""
    displayed: int
    """How many levels its number shows."""
    start: int


class Styles:
    """Styles by family and name, from the parts of a file."""

    def __init__(self, roots: "Iterable[Element]") -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._resolved: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, dict[int, Numbered]] = {}
        self.outline: dict[int, Numbered] = {}
        for root in roots:
            for element in root.iter(_STYLE):
                self._elements[element.get(_FAMILY, ""), element.get(_NAME, "")] = element
            for element in root.iter(_LIST_STYLE):
                self._lists[element.get(_NAME, "")] = _levels(element)
            for element in root.iter(_OUTLINE):
                self.outline = _levels(element)

    def get(self, family: str, name: str | None) -> Style:
        """Return a style with what it inherits; one that says nothing when it is unknown."""
        key = family, name or ""
        if key not in self._resolved:
            self._resolved[key] = self._resolve(*key)
        return self._resolved[key]

    def _resolve(self, family: str, name: str) -> Style:
        chain: list[Element] = []
        while (family, name) in self._elements and len(chain) < _MAX_CHAIN:
            chain.append(self._elements[family, name])
            name = chain[-1].get(_PARENT, "")
        style = Style()
        for element in reversed(chain):
            style = _extended(style, element)
        return style

    def levels(self, name: str) -> dict[int, Numbered]:
        """Return the numbered levels of a list style, from 1; bullets have none."""
        return self._lists.get(name, {})


def _extended(base: Style, element: "Element") -> Style:
    looks, table = element.find(_TEXT), element.find(_TABLE)
    level = element.get(_OUTLINE_LEVEL)
    if level is not None:
        base = base._replace(level=count(level, 0))
    if table is not None and table.get(_SHOWN) == "false":
        base = base._replace(hidden=True)
    if looks is None:
        return base
    if looks.get(_WEIGHT):
        base = base._replace(bold=looks.get(_WEIGHT) in ("bold", "600", "700", "800", "900"))
    if looks.get(_DISPLAY):
        base = base._replace(hidden=looks.get(_DISPLAY) == "none")
    fonts = [looks.get(name, "").strip("'") for name in _FONTS if looks.get(name)]
    return base._replace(font=next(filter(is_symbol_font, fonts), "")) if fonts else base


def _levels(element: "Element") -> dict[int, Numbered]:
    return {
        count(level.get(_LEVEL)): Numbered(
            level.get(_FORMAT, ""), count(level.get(_DISPLAYED)), count(level.get(_START), 1)
        )
        for level in element
        if level.tag in _NUMBERED and level.get(_FORMAT)
    }
