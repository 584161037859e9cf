"""The zip of a Word file: its main part, the parts it names, and its headers, footers and notes."""

from __future__ import annotations

from posixpath import join, normpath
from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.readers import guards
from achats_check.readers.docx.style_sheet import StyleSheet
from achats_check.readers.docx.trimming import trimmed

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Package:
    """An open Word file; parts are parsed on demand, under the limits of ``guards``.

    Raises:
        ReadError: The file is not a zip, or holds no main part.
    """

    def __init__(self, path: Path) -> None:
        self._zip = guards.open_zip(path, "Le document Word est incomplet ou endommagé.")
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self.main = self._main_part()
        self._relations = self._related(self.main)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str) -> Element | None:
        """Return the root element of a part, or None when the file has no such part; case does not count."""
        data = self._bytes(name)
        return None if data is None else guards.parse_xml(trimmed(data), name)

    def styles(self) -> StyleSheet | None:
        """Return the style part, the last one should there be many; None when there is none."""
        sheets = [StyleSheet(data, name) for name in self._targets("styles") if (data := self._bytes(name)) is not None]
        return sheets[-1] if sheets else None

    def related(self, kind: str) -> list[Element]:
        """Return the parts the main part names under a relationship, such as "header" or "numbering"."""
        parts = (self.part(name) for name in self._targets(kind))
        return [part for part in parts if part is not None]

    def _targets(self, kind: str) -> list[str]:
        return list(dict.fromkeys(target for relation, target in self._relations if relation == kind))

    def _bytes(self, name: str) -> bytes | None:
        member = self._names.get(name.lower())
        if member is None:
            return None
        data = guards.in_utf8(guards.inflate(self._zip, member))
        if _STRICT in data[:8192]:
            data = data.replace(_STRICT, _TRANSITIONAL).replace(_STRICT_RELATIONS, _RELATIONS)
        return data

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
