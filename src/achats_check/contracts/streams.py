"""The bytes of a file, chunk after chunk, whatever it is packed or written in: memory does not grow with the file."""

from __future__ import annotations

import codecs
import errno
from collections.abc import Iterator
from pathlib import Path

from achats_check.readers.encodings import decoded

CHUNK = 2**20
GZIP = b"\x1f\x8b"
HEAD = 64 * 1024
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


BROKEN = frozenset(
    getattr(errno, name)
    for name in ("EIO", "EREMOTEIO", "ESTALE", "ETIMEDOUT", "ENXIO", "ENODEV", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH")
    if hasattr(errno, name)
)
"""What a system says of a disk, or of a share, that does not answer: what is read of it is not at fault."""


class Cut(Exception):
    """A packed file that ends before its end; ``place`` says where, in bytes of what was unpacked."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def head(path: Path, size: int = HEAD) -> bytes:
    """Return the first bytes of a file, unpacked, in UTF-8 or in a code where ASCII is itself, without their mark.

    Raises:
        OSError: The file cannot be opened.
    """
    found = b""
    try:
        for chunk in chunks(path, size):
            found += chunk
            if len(found) >= size:
                break
    except Cut:
        pass
    return found[:size]


def is_plain(path: Path) -> bool:
    """Whether the bytes of a file are those that ``chunks`` yields, but for the mark of UTF-8.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        first = file.read(4)
    return not first.startswith((GZIP, *(mark for mark, _ in _WIDE)))


def between(path: Path, start: int = 0, end: int | None = None, chunk: int | None = None) -> Iterator[bytes]:
    """Yield a part of what ``chunks`` yields of a plain file, cut at the same places of it.

    Args:
        path: The file.
        start: First byte, the mark of UTF-8 left out.
        end: The byte after the last one; None for the end of the file.
        chunk: Bytes of what is yielded, at most.

    Raises:
        OSError: The file cannot be opened.
    """
    most = chunk or CHUNK
    with path.open("rb") as file:
        mark = len(codecs.BOM_UTF8) if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else 0
        at = file.seek(start + mark)
        while end is None or at < end + mark:
            size = most - at % most
            data = file.read(size if end is None else min(size, end + mark - at))
            if not data:
                return
            yield data
            at += len(data)


def chunks(path: Path, size: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked, in UTF-8 or in a code where ASCII is itself, without their mark.

    Raises:
        OSError: The file cannot be opened.
        Cut: A packed file is cut or damaged; what is before was yielded.
    """
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
        file.seek(0)
        read = iter(lambda: file.read(size or CHUNK), b"")
        yield from _narrow(_unpacked(read) if packed else read)


def _unpacked(read: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what a gzip holds, in pieces of bounded size, the last bytes before a damage included."""
    import zlib

    unpacker, place = zlib.decompressobj(wbits=31), 0
    for data in read:
        while data:
            if unpacker.eof:  # another member follows
                unpacker = zlib.decompressobj(wbits=31)
            try:
                found = unpacker.decompress(data, CHUNK)
            except zlib.error:
                raise Cut(place) from None
            place += len(found)
            yield found
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    yield unpacker.flush()
    if not unpacker.eof:
        raise Cut(place)


def _narrow(read: Iterator[bytes]) -> Iterator[bytes]:
    """Put UTF-16 and UTF-32 in UTF-8; other codes, which JSON, XML and CSV may be cut in, stay as they are."""
    first = next(read, b"")
    name = next((name for mark, name in _WIDE if first.startswith(mark)), "")
    if not name:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from read
        return
    decoder = codecs.getincrementaldecoder(name)("replace")
    yield decoder.decode(first).encode("utf-8", "replace")
    for chunk in read:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def text_of(data: bytes) -> str:
    """Return the text of a record or of a line: UTF-8, else what it looks like, odd bytes as U+FFFD."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(data) or data.decode("utf-8", "replace")
