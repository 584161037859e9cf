"""The fields of a notice by their path, whatever the ranks and namespaces, and the lot each belongs to."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from achats_check.model.document import Block, Document
from achats_check.model.fact import Evidence, Location, Value

_KEY = re.compile(r"\[[^\[\]]*\]")
_EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension/"
"""Where eForms put what UBL does not have: said nothing of in the tables."""
_LOT_STEPS = {
    "eforms": re.compile(r"ProcurementProjectLot\[([^\]]*)\]"),
    "ted": re.compile(r"OBJECT_DESCR\[([^\]]*)\]"),
    "boamp": re.compile(r"(?:LOTS/LOT|lots/lot)\[([^\]]*)\]"),
}
_NATIONAL = re.compile(
    r"DONNEES/(?:FNSimple|MAPA|DSP|DIVERS)/"
    r"(?:(?:initial|rectificatif|annulation|attribution|modification|intentionConclure)/)?"
)
"""Where the BOAMP wraps its national forms since 2024: the tables call it AVIS_NATIONAL, whatever the form."""
_FORM = re.compile(r"FORM_SECTION/([^/\[]+)(?:\[[^\]]*\])?/")
FRENCH = ("FRA", "fra", "FR", "fr", "")
"""Codes of the language of a French text; a text without any is of the notice's own language."""
FORM = "FORMULAIRE"
"""Path of the tables that reads the name of the form itself."""


class Field(NamedTuple):
    """A block of a notice with its place in the form."""

    block: Block
    place: str
    """Pointer without what the tables leave out, ranks kept: groups the fields of one criterion."""
    lot: str
    """Key of the lot it belongs to, "" for the whole procedure."""
    code: str = ""
    """What is read instead of its text: an attribute, the name of the element."""

    @property
    def text(self) -> str:
        """Code of the field, else its text."""
        return self.code or self.block.text

    def attribute(self, name: str) -> str:
        """Return an attribute of the field, or ""."""
        return next((value for key, value in self.block.attributes if key == name), "")


class Fields:
    """Every field of a notice, found by path."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._lot_step = _LOT_STEPS.get(document.format)
        self.all = tuple(self._field(block) for block in document.blocks if block.pointer)
        self._by_path: dict[str, list[Field]] = defaultdict(list)
        self._lots = {field.block.index: field.lot for field in self.all}
        self.by_lot: dict[str, list[Field]] = defaultdict(list)
        """Fields of each lot, by its key; those of the whole procedure under ""."""
        for field in self.all:
            self.by_lot[field.lot].append(field)
        for field in self.all:
            self._by_path[_KEY.sub("", field.place)].append(field)

    def _field(self, block: Block) -> Field:
        place = block.pointer.replace(_EXTENSION, "")
        place = _NATIONAL.sub("AVIS_NATIONAL/", _FORM.sub("", place, count=1), count=1)
        lot = self._lot_step.search(place) if self._lot_step else None
        return Field(block, place, lot[1] if lot else "")

    def at(self, path: str) -> Sequence[Field]:
        """Return the fields of a path of the tables, each with its code as text.

        Args:
            path: Names separated by "/", from the root of the notice or of its form. At its end, "[list]" keeps the
                codes of that list, "@NAME" reads an attribute, "/*" reads the names of the elements under the path,
                "/**" all that lies under it.
        """
        if path == FORM:
            return list(self._form())
        if path.endswith("/**"):
            return list(self.under(path[:-3]))
        if path.endswith("/*"):
            return list(self._children(path[:-2]))
        path, _, listed = path.partition("[")
        path, _, attribute = path.partition("@")
        found: Sequence[Field] = self._by_path.get(path, ())
        if listed:
            return [field for field in found if field.attribute("listName") == listed.rstrip("]")]
        if attribute:
            return [field._replace(code=field.attribute(attribute)) for field in found]
        return found

    def in_french(self, path: str) -> Sequence[Field]:
        """Return the texts of a path: where a lot, or the whole, says it in several languages, only in French."""
        found = self.at(path)
        french = {field.lot for field in found if field.attribute("languageID") in FRENCH}
        return [f for f in found if f.attribute("languageID") in FRENCH or f.lot not in french]

    def lot_of(self, block: int) -> str:
        """Return the key of the lot a block belongs to, or ""."""
        return self._lots.get(block, "")

    def _form(self) -> Iterator[Field]:
        """Yield the first field of the form, its code the name of the form ("F02_2014")."""
        for field in self.all:
            match = _FORM.match(field.block.pointer)
            if match is not None:
                yield field._replace(code=match[1])
                return

    def under(self, path: str) -> Iterator[Field]:
        """Yield the fields at a path or anywhere under it."""
        for known, fields in self._by_path.items():
            if known == path or known.startswith(path + "/"):
                yield from fields

    def _children(self, path: str) -> Iterator[Field]:
        """Yield one field for each element directly under a path, its name as the code."""
        seen: set[tuple[str, str]] = set()
        for known, fields in self._by_path.items():
            if known.startswith(path + "/"):
                name = known[len(path) + 1 :].partition("/")[0]
                for field in fields:
                    if (name, field.lot) not in seen:
                        seen.add((name, field.lot))
                        yield field._replace(code=name)

    def evidence(self, field: Field, value: Value | None = None) -> Evidence:
        """Return the evidence that a field is: its whole text, under the name of its section."""
        block = field.block
        location = Location(None, "", block.heading, block.index, 0, len(block.text), block.pointer)
        return Evidence(self.document.path, self.document.role, block.text, location, value)


def group(fields: Iterator[Field] | Sequence[Field], name: str) -> Iterator[tuple[str, list[Field]]]:
    """Yield the fields that lie in the same element of a name, with the place of the element, in order."""
    groups: dict[str, list[Field]] = {}
    step = re.compile(rf"(?:^|.*?/){name}(?:\[[^\]]*\])?(?=/|$)")
    for field in fields:
        match = step.match(field.place)
        if match is not None:
            groups.setdefault(match[0], []).append(field)
    yield from groups.items()
