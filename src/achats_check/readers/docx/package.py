"""The zip of a Word file: its main part, the parts it names, and its headers, footers and notes."""

from __future__ import annotations

from posixpath import join, normpath
from typing import TYPE_CHECKING
from zipfile import ZipFile

from achats_check.errors import ReadError
from achats_check.readers import guards

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree.ElementTree import Element

    Trim = Callable[[bytes], bytes]

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_TABLE_STYLE = b'w:type="table"'


class Package:
    """An open Word file; parts are parsed on demand, under the limits of ``guards``.

    Raises:
        ReadError: The file is not a zip, or holds no main part.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = ZipFile(path)
        except guards.zip_errors() as error:
            raise ReadError("Le document Word est incomplet ou endommagé.", guards.CORRUPT) from error
        guards.check_members(self._zip)
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self.main = self._main_part()
        self._relations = self._related(self.main)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str, trimmed: Trim | None = None) -> Element | None:
        """Return the root element of a part, or None when the file has no such part; case does not count."""
        member = self._names.get(name.lower())
        if member is None:
            return None
        data = guards.in_utf8(guards.inflate(self._zip, member))
        if _STRICT in data[:8192]:
            data = data.replace(_STRICT, _TRANSITIONAL).replace(_STRICT_RELATIONS, _RELATIONS)
        return guards.parse_xml(trimmed(data) if trimmed else data, name)

    def styles(self) -> list[Element]:
        """Return the roots of the style parts, without the styles of tables, which are most of what they hold."""
        return self.related("styles", _without_table_styles)

    def related(self, kind: str, trimmed: Trim | None = None) -> list[Element]:
        """Return the parts the main part names under a relationship, such as "header" or "styles"."""
        names = dict.fromkeys(target for relation, target in self._relations if relation == kind)
        parts = (self.part(name, trimmed) for name in names)
        return [part for part in parts if part is not None]

    def _main_part(self) -> str:
        for relation, target in self._package_relations():
            if relation == "officeDocument" and target.lower() in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise ReadError("Le document Word ne contient pas de texte principal.", guards.CORRUPT)

    def _package_relations(self) -> list[tuple[str, str]]:
        """Return the relationships of the package; none when that part is damaged, for the usual name may do."""
        try:
            return self._related("")
        except ReadError:
            if "word/document.xml" in self._names:
                return []
            raise

    def _related(self, source: str) -> list[tuple[str, str]]:
        """Return (kind, part) for each relationship of a part; "" is the package itself."""
        folder, _, name = source.rpartition("/")
        root = self.part(join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        found = []
        for relation in root:
            if relation.get("TargetMode") != "External":
                target = normpath(join("/" + folder, relation.get("Target", "").replace("\\", "/"))).lstrip("/")
                found.append((relation.get("Type", "").rpartition("/")[2], target))
        return found


def _without_table_styles(data: bytes) -> bytes:
    """Cut the styles of tables out of a style part before it is parsed: nine tenths of it, and of no use here."""
    if b"<!" in data:  # in a comment, what looks like a style may not be one
        return data
    head, *styles = data.split(b"<w:style ")
    return head + b"".join(map(_unless_of_tables, styles))


def _unless_of_tables(style: bytes) -> bytes:
    """Return a style and what follows it; only what follows it when it is a style of tables."""
    tag = style.partition(b">")[0]
    if _TABLE_STYLE not in tag:
        return b"<w:style " + style
    return style[len(tag) + 1 :] if tag.endswith(b"/") else style.partition(b"</w:style>")[2]
