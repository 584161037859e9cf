"""Records of an XML file of any size, one element in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError, XMLPullParser

from achats_check.contracts.records import MAX_RECORD_BYTES, Item, Record, Refusal
from achats_check.contracts.streams import Cut, chunks
from achats_check.readers import guards

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RECORDS = ("marche", "contrat-concession", "concession")
_CHUNK = 2**16
_CUT = "le XML s'arrête ou n'est plus lisible ici ; ce qui précède est lu"
_TYPED = "le fichier déclare un type de document ou des entités XML"
_DEEP = f"le fichier imbrique plus de {guards.MAX_XML_DEPTH} niveaux"
_HUGE = "un enregistrement n'a pas de fin"


def xml_records(path: Path) -> Iterator[Item]:
    """Yield the records of a file whose contracts are ``marche`` or ``contrat-concession`` elements.

    Raises:
        OSError: The file cannot be opened.
    """
    walker = _Walker()
    place = 0
    read = chunks(path, _CHUNK)
    while True:
        try:
            chunk = next(read, None)
        except Cut:
            chunk = None
        place += len(chunk or b"")
        yield from walker.feed(chunk)
        if walker.stopped:
            yield Refusal(walker.rank + 1, walker.stopped, place=f"vers l'octet {place}", fatal=True)
        if walker.stopped or chunk is None:
            return


class _Walker:
    """Events in, records out."""

    def __init__(self) -> None:
        self.rank = 0
        self.stopped = ""
        """Why nothing more is read, in French."""
        self._parser: Any = XMLPullParser(("start", "end"))
        self._open: list[Element] = []
        self._record = 0
        """Depth of the record that is open; 0 outside."""
        self._size = 0
        """Bytes since the last record."""

    def feed(self, chunk: bytes | None) -> Iterator[Record]:
        """Yield the records that a chunk completes; None for the end of the file."""
        if chunk and not self._record and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
            self.stopped = _TYPED
            return
        try:
            if chunk is None:
                self._parser.close()
            else:
                self._parser.feed(_declared(chunk) if not self._open and not self.rank else chunk)
        except (ParseError, ValueError, LookupError):
            self.stopped = _CUT
        try:
            yield from self._records()
        except ParseError:  # the parser keeps its error for who reads its events
            self.stopped = _CUT
        self._size += len(chunk or b"")
        if self._size > MAX_RECORD_BYTES:
            self.stopped = _HUGE

    def _records(self) -> Iterator[Record]:
        for event, element in self._parser.read_events():
            if event == "start":
                self._open.append(element)
                if len(self._open) > guards.MAX_XML_DEPTH:
                    self.stopped = _DEEP
                    return
                if not self._record and _name(element) in _RECORDS:
                    self._record = len(self._open)
                continue
            depth = len(self._open)
            self._open.pop()
            if depth == self._record:
                self.rank += 1
                self._size = 0
                self._record = 0
                yield Record(self.rank, _values(element))
            if not self._record:
                element.clear()
                if self._open:
                    self._open[-1].clear()


def _declared(chunk: bytes) -> bytes:
    """Drop the declaration of UTF-16, which the stream put in UTF-8."""
    start = chunk.find(b"?>") + 2 if chunk.startswith(b"<?xml") and b"utf-16" in chunk[:100].lower() else 0
    return chunk[start:]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _values(element: Element) -> dict[str, Any]:
    """Return an element as the same record would be in JSON: texts, objects, and lists of what is repeated."""
    found: dict[str, Any] = {}
    for child in element:
        name = _name(child)
        value: Any = _values(child) if len(child) else (child.text or "")
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found
