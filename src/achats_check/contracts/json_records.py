"""Records of a JSON file of any size: cut by their braces, then parsed one by one.

A parser of events stops at the first thing that is no JSON: NaN, an odd byte, a record damaged by its publisher. Here
each record is cut out by its braces, and one that is no JSON loses only itself.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from achats_check.contracts.portions import WHOLE, Portion, Start
from achats_check.contracts.records import MAX_RECORD_BYTES, Item, Record, Refusal, shown
from achats_check.contracts.streams import Cut, between, chunks, text_of

_NEXT = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
"""What lies before the next brace or bracket that is not in a string, and it."""
_TEXTS = rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+'


def _nested(levels: int) -> bytes:
    """Return the expression of an object or a list that holds others, so many levels deep."""
    inside = _nested(levels - 1) if levels else b"(?!)"
    return rb"[{\[]" + _TEXTS + rb"(?:" + inside + _TEXTS + rb")*+[}\]]"


_WHOLE = re.compile(_nested(5), re.DOTALL)
"""A whole record, when it is not nested deeper than any of the DECP: one run instead of one for each brace."""
_KEY = re.compile(rb'"((?:[^"\\]|\\.){1,80})"\s*:\s*$', re.DOTALL)
_HOLDERS = frozenset({b"marches", b"marche", b"contrat-concession", b"concession", b"releases", b"records", b"results"})
"""Keys whose lists hold records."""
_SINGLES = frozenset({b"marche", b"contrat-concession", b"concession"})
"""Keys whose object is a record, where there is no list around it."""
_CUT = "le fichier s'arrête au milieu d'un enregistrement ; ce qui le précède est lu"
_LOST = "le JSON n'est plus lisible à partir d'ici ; ce qui précède est lu"
_BROKEN = "cet enregistrement n'est pas du JSON lisible"
_ODD_NUMBERS = {"NaN": "NaN", "Infinity": "Infinity", "-Infinity": "-Infinity"}


_NAME = re.compile(rb'"([A-Za-z][\w.]{0,60})"\s*:')


def names_in(data: bytes) -> tuple[str, ...]:
    """Return the keys of the objects at the head of a file, each once."""
    return tuple(dict.fromkeys(name.decode() for name in _NAME.findall(data)))


def json_records(path: Path, portion: Portion = WHOLE) -> Iterator[Item]:
    """Yield the records of a document, of a list, or of JSON Lines.

    Args:
        path: The file.
        portion: What is read of it: the whole, or a portion between places of ``json_starts``.

    Raises:
        OSError: The file cannot be opened.
    """
    rank = portion.start.before
    cutter = _Cutter(portion.start)
    read = chunks(path) if portion == WHOLE else between(path, portion.start.at, portion.end)
    while True:
        try:
            chunk = next(read, None)
        except Cut as cut:
            yield Refusal(rank + 1, _CUT, place=f"octet {cut.place} une fois décompressé", fatal=True)
            return
        for data in cutter.feed(chunk or b""):
            rank += 1
            yield _parsed(rank, data)
        if cutter.lost:
            yield Refusal(rank + 1, _LOST, shown(cutter.rest), f"octet {cutter.place}", fatal=True)
            return
        if chunk is None:
            break
    if cutter.unfinished and portion.end is None:
        yield Refusal(rank + 1, _CUT, shown(cutter.rest), f"octet {cutter.place}", fatal=True)


def json_starts(path: Path, size: int) -> Iterator[Start]:
    """Yield places of a plain file, each right after a record, so many bytes from the one before or little more.

    Nothing is parsed; places stop where no reader can follow the file.

    Raises:
        OSError: The file cannot be opened.
    """
    rank, last = 0, 0
    cutter = _Cutter()
    for chunk in between(path):
        for _ in cutter.feed(chunk):
            rank += 1
            if cutter.reached >= last + size:
                last = cutter.reached
                yield cutter.start(rank)
        if cutter.lost:
            return


class _Cutter:
    """Bytes in, records out: keeps what a chunk leaves unfinished."""

    def __init__(self, start: Start = WHOLE.start) -> None:
        self.rest = b""
        """Bytes read and not cut yet: from the start of a record when one is open."""
        self.place = start.at
        """Place of ``rest`` in the file."""
        self.reached = start.at
        """Place in the file of the end of the record that was just yielded."""
        self.lost = False
        self._stack = [(kind.encode("latin-1"), key.encode("latin-1")) for kind, key in start.nested]
        """What is open outside records: "{" or "[", and the key it is the value of."""
        self._lines = start.lines
        """Whether the objects outside any other are records."""
        self._depth = 0
        """Braces and brackets open in the record at the start of ``rest``; 0 outside records."""
        self._at = 0
        """Where to go on in ``rest``."""

    @property
    def unfinished(self) -> bool:
        """Whether a record, a list or an object is still open at the end."""
        return bool(self._depth or self._stack or self.rest.strip(b" \t\r\n,\x1e"))

    def start(self, before: int) -> Start:
        """Return what must be known to go on after the record that was just yielded.

        Args:
            before: Records up to it.
        """
        nested = tuple((kind.decode("latin-1"), key.decode("latin-1")) for kind, key in self._stack)
        return Start(self.reached, before, nested, self._lines)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the records that a chunk completes."""
        data, at, depth = self.rest + chunk, self._at, self._depth
        start = 0
        while (match := _NEXT.match(data, at)) is not None:
            token, where, at = match[1], match.start(1), match.end()
            if depth:
                depth += 1 if token in b"{[" else -1
                if not depth:
                    self.reached = self.place + at
                    yield data[start:at]
                    start = at
            elif token == b"{" and self._opens_record(data, start, where):
                whole = _WHOLE.match(data, where)
                if whole is not None:
                    self.reached = self.place + whole.end()
                    yield whole[0]
                    start = at = whole.end()
                else:
                    depth, start = 1, where
            elif not self._structure(token, data, start, where):
                self.lost = True
                break
            else:
                start = at
        self.place += start
        self.rest, self._at, self._depth = data[start:], at - start, depth
        self.lost = self.lost or len(self.rest) > MAX_RECORD_BYTES

    def _opens_record(self, data: bytes, start: int, where: int) -> bool:
        """Whether the object that begins is a record: in a list of records, alone under its key, or on its line."""
        if not self._stack:
            self._lines = self._lines or not _is_wrapper(data, where)
            return self._lines
        kind, key = self._stack[-1]
        if kind == b"[":
            return key in _HOLDERS or len(self._stack) == 1
        return _key(data, start, where) in _SINGLES

    def _structure(self, token: bytes, data: bytes, start: int, where: int) -> bool:
        """Follow what is open outside records; False for a brace that closes nothing."""
        if token in b"{[":
            self._stack.append((token, _key(data, start, where)))
            return len(self._stack) < 40
        if not self._stack or (self._stack[-1][0] == b"{") != (token == b"}"):
            return False
        self._stack.pop()
        return True


_WRAPPER = re.compile(
    rb'\{\s*+(?:"(?:[^"\\]|\\.){0,80}+"\s*:\s*(?:"(?:[^"\\]|\\.)*+"|[\w.+-]+|\[[^\[\]{}]*+\]|\{[^{}\[\]]*+\})\s*,\s*)*?'
    rb'"(?:marches|releases|records|results|marche|contrat-concession|concession)"\s*:\s*[\[{]',
    re.DOTALL,
)


def _is_wrapper(data: bytes, where: int) -> bool:
    """Whether the first object of a file wraps the records, by the key of a list among its first keys."""
    match = _WRAPPER.match(data[where : where + 2**16])
    return match is not None and b'"ocid"' not in match[0]  # a release or a record of OCDS, with its own parts


def _key(data: bytes, start: int, where: int) -> bytes:
    match = _KEY.search(data[max(start, where - 120) : where])
    return match[1] if match else b""


def _parsed(rank: int, data: bytes) -> Item:
    try:
        value = _loads(data)
    except (ValueError, RecursionError, ArithmeticError):
        return Refusal(rank, _BROKEN, shown(data))
    return Record(rank, value) if isinstance(value, dict) else Refusal(rank, _BROKEN, shown(data))


def _loads(data: bytes) -> Any:
    """Parse one record; what is not quite JSON (NaN, control characters, another code than UTF-8) goes the slow way."""
    from orjson import JSONDecodeError, loads

    try:
        return loads(data)
    except JSONDecodeError:
        return json.loads(text_of(data), strict=False, parse_constant=_ODD_NUMBERS.get)
