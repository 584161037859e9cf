"""Records of an XML file of any size, one element in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError, XMLPullParser

from achats_check.contracts.portions import WHOLE, Portion
from achats_check.contracts.records import MAX_RECORD_BYTES, Item, Record, Refusal
from achats_check.contracts.streams import Cut, between, chunks
from achats_check.contracts.xml_starts import RECORDS, around
from achats_check.readers import guards

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHUNK = 2**16
_FIRST = re.compile(rb"<[^!?]")
"""Beginning of the first element: a type of document is declared before it, or nowhere."""
_CUT = "le XML s'arrête ou n'est plus lisible ici ; ce qui précède est lu"
_TYPED = "le fichier déclare un type de document ou des entités XML"
_DEEP = f"le fichier imbrique plus de {guards.MAX_XML_DEPTH} niveaux"
_HUGE = "un enregistrement n'a pas de fin"


def xml_records(path: Path, portion: Portion = WHOLE) -> Iterator[Item]:
    """Yield the records of a file whose contracts are ``marche`` or ``contrat-concession`` elements.

    Args:
        path: The file.
        portion: What is read of it: the whole, or a portion between places of ``xml_starts``.

    Raises:
        OSError: The file cannot be opened.
    """
    walker = _Walker(portion.start.before)
    for chunk, counted in _parts(path, portion):
        yield from walker.feed(chunk, counted)
        if walker.stopped:
            place = f"enregistrement {walker.rank + 1}"
            yield Refusal(walker.rank + 1, walker.stopped, place=place, fatal=True)
            return


def _parts(path: Path, portion: Portion) -> Iterator[tuple[bytes | None, int]]:
    """Yield what is parsed of a file, then None: a portion is put between what is open around it in the whole.

    With each, the bytes that it adds to what was read since the end of a record: those of a chunk that a portion begins
    in the middle of add nothing, for in the whole file a record ends in it.
    """
    if portion == WHOLE:
        try:
            for chunk in chunks(path, _CHUNK):
                yield chunk, len(chunk)
        except Cut:
            pass
        yield None, 0
        return
    before, after = around(path)
    if portion.start.at:
        yield before, 0
    for rank, chunk in enumerate(between(path, portion.start.at, portion.end, _CHUNK)):
        yield chunk, 0 if portion.start.at and not rank and len(chunk) < _CHUNK else len(chunk)
    if portion.end is not None:
        yield after, 0
    yield None, 0


class _Walker:
    """Events in, records out."""

    def __init__(self, before: int) -> None:
        self.rank = before
        self.stopped = ""
        """Why nothing more is read, in French."""
        self._parser: Any = XMLPullParser(("start", "end"))
        self._open: list[Element] = []
        self._record = 0
        """Depth of the record that is open; 0 outside."""
        self._size = 0
        """Bytes since the chunk where the last record ends."""
        self._prolog: bytes | None = b""
        """The bytes up to the first element, and more, but for comments; None once there is one."""

    def feed(self, chunk: bytes | None, counted: int) -> Iterator[Record]:
        """Yield the records that a chunk completes; None for the end of the file.

        Args:
            chunk: The bytes.
            counted: How many of them count, when no record ends among them.
        """
        if self._prolog is not None:
            outside, begun = _without_comments(self._prolog + (chunk or b""))
            self._prolog = outside + begun
            if b"<!DOCTYPE" in _FIRST.split(outside, 1)[0]:
                self.stopped = _TYPED
                return
        try:
            if chunk is None:
                self._parser.close()
            else:
                self._parser.feed(_declared(chunk) if self._prolog is not None else chunk)
        except (ParseError, ValueError, LookupError):
            self.stopped = _CUT
        before = self.rank
        try:
            yield from self._records()
        except ParseError:  # the parser keeps its error for who reads its events
            self.stopped = _CUT
        self._size = 0 if self.rank > before else self._size + counted
        if self._size > MAX_RECORD_BYTES:
            self.stopped = _HUGE

    def _records(self) -> Iterator[Record]:
        for event, element in self._parser.read_events():
            if event == "start":
                self._prolog = None
                self._open.append(element)
                if len(self._open) > guards.MAX_XML_DEPTH:
                    self.stopped = _DEEP
                    return
                if not self._record and _name(element) in RECORDS:
                    self._record = len(self._open)
                continue
            depth = len(self._open)
            self._open.pop()
            if depth == self._record:
                self.rank += 1
                self._record = 0
                yield Record(self.rank, _values(element))
            if not self._record:
                element.clear()
                if self._open:
                    self._open[-1].clear()


def _without_comments(data: bytes) -> tuple[bytes, bytes]:
    """Return what stands outside comments, and the two ends of the comment that is not closed yet, b"" without one."""
    kept, at = [], 0
    while (start := data.find(b"<!--", at)) >= 0:
        kept.append(data[at:start])
        end = data.find(b"-->", start + 4)
        if end < 0:
            return b"".join(kept), b"<!--" + data[max(start + 4, len(data) - 2) :]
        at = end + 3
    return b"".join(kept) + data[at:], b""


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
