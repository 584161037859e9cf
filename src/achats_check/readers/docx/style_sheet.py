"""The style part of a Word file, of which each style is parsed when it is asked for.

Templates carry hundreds of styles, nine tenths of them for tables; a document uses ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.docx.names import w
from achats_check.readers.docx.trimming import is_plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_STYLE, _STYLE_ID, _TYPE, _DEFAULT = w("style"), w("styleId"), w("type"), w("default")
_ATTRIBUTE = compiled(r"""w:(styleId|type|default)\s*=\s*(?:"([^"<&]*)"|'([^'<&]*)')""")
_OPENING = compiled(rb"<w:style\s")
_ON = ("1", "true", "on")


class StyleSheet:
    """The styles of one part, by identifier.

    Args:
        data: Bytes of the part.
        name: Name of the part, for messages.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._elements: dict[str, Element | None] = {}
        self._sources: dict[str, bytes] = {}
        self.default = ""
        """Identifier of the default paragraph style, or ""."""
        head, *sources = _OPENING.split(data)
        self._root = head[head.find(b"<w:styles") :].partition(b">")[0] + b">"
        if not (self._root.startswith(b"<w:styles") and is_plain(data) and all(map(self._note, sources))):
            self._parse_whole(data)

    def _note(self, source: bytes) -> bool:
        """Note where a style stands; False when its tag cannot be read without a parser."""
        tag = source.partition(b">")[0].decode("utf-8", "replace")
        said = {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}
        if "styleId" not in said:
            return False
        self._sources[said["styleId"]] = source
        if said.get("type") == "paragraph" and said.get("default") in _ON:
            self.default = said["styleId"]
        return True

    def _parse_whole(self, data: bytes) -> None:
        self._sources.clear()
        self.default = ""
        for element in guards.parse_xml(data, self._name).findall(_STYLE):
            identifier = element.get(_STYLE_ID, "")
            self._elements[identifier] = element
            if element.get(_TYPE) == "paragraph" and element.get(_DEFAULT) in _ON:
                self.default = identifier

    def style(self, identifier: str) -> Element | None:
        """Return a style; None when the part has none of that identifier, or one that says nothing.

        Raises:
            ReadError: The style is not well-formed XML.
        """
        source = self._sources.pop(identifier, None)
        if source is not None:
            self._elements[identifier] = self._parsed(source)
        return self._elements.get(identifier)

    def _parsed(self, source: bytes) -> Element | None:
        inner, end, _ = source.partition(b"</w:style>")
        if not end:
            return None
        return guards.parse_xml(self._root + b"<w:style " + inner + end + b"</w:styles>", self._name).find(_STYLE)
