"""The zip of an Excel workbook: its sheets in order, its shared texts and its number formats."""

from posixpath import join, normpath
from typing import TYPE_CHECKING, NamedTuple

from achats_check.errors import ReadError
from achats_check.readers import guards
from achats_check.readers.spreadsheet.values import Values

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_WORKBOOK = "xl/workbook.xml"
_NOT_SHOWN = ("hidden", "veryHidden")


class SheetPart(NamedTuple):
    """A sheet of the workbook."""

    name: str
    member: str
    """Its part in the zip."""
    hidden: bool


class Package:
    """An open workbook.

    Attributes:
        sheets: Its sheets in the order of their tabs; sheets that hold only a chart are left out.

    Raises:
        ReadError: The file is no zip, or holds no workbook.
    """

    def __init__(self, path: "Path") -> None:
        self._zip = guards.open_zip(path, "Le classeur Excel est incomplet ou endommagé.")
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self._main = self._main_part()
        root = self._part(self._main)
        if root is None:
            raise ReadError("Le fichier ne contient pas de classeur.", guards.CORRUPT)
        self._related = self._relations(self._main)
        self._from_1904 = any(e.get("date1904") in ("1", "true") for e in _children(root, "workbookPr"))
        self.sheets = list(self._sheets(root))

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def data(self, member: str) -> bytes:
        """Return the bytes of a part that the workbook names.

        Raises:
            ReadError: The part is missing or damaged.
        """
        name = self._names.get(member.lower())
        if name is None:
            raise ReadError(f"La feuille « {member} » du classeur manque.", guards.CORRUPT)
        return guards.in_utf8(guards.inflate(self._zip, name))

    def values(self) -> Values:
        """Return what turns the cells of the workbook into texts."""
        texts: list[str] = []
        formats: list[str | int] = []
        for kind, member in self._related.values():
            if kind == "sharedStrings" and (root := self._part(member)) is not None:
                texts = [item_text(item) for item in root]
            elif kind == "styles" and (root := self._part(member)) is not None:
                formats = _formats(root)
        return Values(texts, formats, from_1904=self._from_1904)

    def _part(self, member: str) -> "Element | None":
        if member.lower() not in self._names:
            return None
        return guards.parse_xml(self.data(member), member)

    def _main_part(self) -> str:
        targets = (target for kind, target in self._relations("").values() if kind == "officeDocument")
        return next((target for target in targets if target.lower() in self._names), _WORKBOOK)

    def _relations(self, source: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the part of each relationship of a part, by identifier; "" is the package itself."""
        folder, _, name = source.rpartition("/")
        root = self._part(join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = normpath(join("/" + folder, relation.get("Target", "").replace("\\", "/"))).lstrip("/")
                found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
        return found

    def _sheets(self, root: "Element") -> list[SheetPart]:
        found = []
        for sheets in _children(root, "sheets"):
            for sheet in sheets:
                identifier = next((value for name, value in sheet.items() if name.endswith("}id")), "")
                kind, member = self._related.get(identifier, ("", ""))
                if kind == "worksheet":
                    found.append(SheetPart(sheet.get("name", ""), member, sheet.get("state") in _NOT_SHOWN))
        return found


def local(tag: str) -> str:
    """Return a name without its namespace: strict and usual workbooks have two."""
    return tag.rpartition("}")[2]


def _children(element: "Element", name: str) -> "list[Element]":
    return [child for child in element if local(child.tag) == name]


def item_text(item: "Element") -> str:
    """Return the text of a shared or inline string, its runs joined, without the readings of Asian signs."""
    parts = []
    for child in item:
        name = local(child.tag)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [text.text or "" for text in _children(child, "t")]
    return "".join(parts)


def _formats(root: "Element") -> list[str | int]:
    """Return the number format of each style of cells: its code, or its number when it is a usual one."""
    codes: dict[str, str] = {}
    for formats in _children(root, "numFmts"):
        codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in formats}
    found: list[str | int] = []
    for styles in _children(root, "cellXfs"):
        for style in styles:
            identifier = style.get("numFmtId", "0")
            found.append(codes.get(identifier) or (int(identifier) if identifier.isdigit() else 0))
    return found
