"""Where an XML file of contracts may be cut: between records that the same elements are open around."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from achats_check.contracts.portions import Start
from achats_check.contracts.records import MAX_RECORD_BYTES
from achats_check.contracts.streams import between
from achats_check.readers import guards

RECORDS = ("marche", "contrat-concession", "concession")
_NAME = rb"[^\s<>/:!?\"'=]++"
_ATTRIBUTES = rb"((?:[^<>\"'/]++|\"[^\"<]*+\"|'[^'<]*+'|/(?!>)|(?!))*+)"
"""The last alternative matches nothing: it puts ``re`` back where the others began, which 3.11.0 to 3.11.4 forget."""
_ASIDE = rb"<!--(?:.*?-->|())|<!\[CDATA\[(?:.*?\]\]>|())|<\?(?:.*?\?>|())"
"""What is no element; an empty group for one that is not closed yet."""
_ANY = re.compile(
    _ASIDE + rb"|<(/?)((?:" + _NAME + rb":)?(" + _NAME + rb")(?!:))" + _ATTRIBUTES + rb"(/?)>|(<!)", re.DOTALL
)
_DECLARED = re.compile(rb"<\?xml\s[^<>]*\?>")


@lru_cache(maxsize=16)
def _named(name: bytes) -> re.Pattern[bytes]:
    """Return the same as ``_ANY`` for one name only: in a record, what bears another is closed before it is."""
    tag = rb"|<(/?)(" + re.escape(name) + rb")(?=[\s/>])()" + _ATTRIBUTES + rb"(/?)>|((?!))"
    return re.compile(_ASIDE + tag, re.DOTALL)


@lru_cache(maxsize=16)
def _again(name: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<" + re.escape(name) + rb"[\s/>]")


class Around(NamedTuple):
    """What makes a document of a portion."""

    before: bytes
    """The declaration, and the tags of the elements that are open around the records."""
    after: bytes
    """The tags that close them."""


def around(path: Path) -> Around:
    """Return what is open around the first record of a file.

    Raises:
        OSError: The file cannot be opened.
    """
    cutter = _Cutter()
    for chunk in between(path):
        if any(True for _ in cutter.feed(chunk)) or cutter.lost:
            break
    tags = cutter.first or []
    closing = b"".join(b"</" + name + b">" for name, _ in reversed(tags))
    return Around(cutter.declared + b"".join(tag for _, tag in tags), closing)


def xml_starts(path: Path, size: int) -> Iterator[Start]:
    """Yield places of a plain file, each right after a record, so many bytes from the one before or little more.

    Nothing is parsed; places stop where another element is open around the records, or none.

    Raises:
        OSError: The file cannot be opened.
    """
    rank, last = 0, 0
    cutter = _Cutter()
    for chunk in between(path):
        for reached in cutter.feed(chunk):
            rank += 1
            if reached >= last + size:
                last = reached
                yield Start(last, rank)
        if cutter.lost:
            return


class _Cutter:
    """Bytes in, ends of records out."""

    def __init__(self) -> None:
        self.lost = False
        """Whether nothing more may be cut."""
        self.first: list[tuple[bytes, bytes]] | None = None
        """Names and tags of what is open around the first record; None before it."""
        self.declared = b""
        self._open: list[tuple[bytes, bytes]] = []
        self._record = b""
        """Name of the record that is open, "" outside."""
        self._depth = 0
        """Elements of that name that are open."""
        self._followed = 0
        """Up to where the tags of the record must be followed, in what is being read."""
        self._rest = b""
        self._place = 0
        """Of ``_rest`` in the file."""

    def feed(self, chunk: bytes) -> Iterator[int]:
        """Yield the place of the end of each record that a chunk completes."""
        data, at = self._rest + chunk, 0
        self._followed = 0
        if not self._place and not self._open:
            declared = _DECLARED.match(data)
            self.declared = declared[0] if declared else b""
        while not self.lost and (match := self._next(data, at)) is not None:
            if any(match[group] is not None for group in (1, 2, 3)):
                at = match.start()
                break
            at = match.end()
            if match[9] is not None:
                self.lost = True
            elif match[6] is not None and self._ends_record(match):
                yield self._place + at
        else:
            at = max(at, data.rfind(b"<", at)) if b"<" in data[at:] else len(data)
        self._rest, self._place = data[at:], self._place + at
        self.lost = self.lost or len(self._rest) > MAX_RECORD_BYTES

    def _next(self, data: bytes, at: int) -> re.Match[bytes] | None:
        if not self._record:
            return _ANY.search(data, at)
        if at >= self._followed:  # what is ahead is looked at once, however many tags stand in it
            end = data.find(b"</" + self._record, at)
            plain = end > at and data.find(b"<!", at, end) < 0 and data.find(b"<?", at, end) < 0
            if plain and _again(self._record).search(data, at, end) is None:
                at = end  # nothing of it need be followed
            else:
                self._followed = end if end >= 0 else len(data)
        return _named(self._record).search(data, at)

    def _ends_record(self, match: re.Match[bytes]) -> bool:
        """Follow a tag; say whether it ends a record."""
        closes, name, alone = bool(match[4]), match[5], bool(match[8])
        if not self._record and match[6].decode("utf-8", "replace") in RECORDS and not closes:
            self._meet()
            self._record = name
        if self._record:
            self._depth += 0 if alone else -1 if closes else 1
            self._record = self._record if self._depth else b""
            return not self._depth and not self.lost
        if closes:
            self.lost = not self._open or self._open.pop()[0] != name or not self._open
        elif not alone:
            self._open.append((name, match[0]))
            self.lost = len(self._open) > guards.MAX_XML_DEPTH
        return False

    def _meet(self) -> None:
        """Meet a record: what is open around it must be what was around the first one."""
        if self.first is None:
            self.first = list(self._open)
        self.lost = self._open != self.first or not self._open
