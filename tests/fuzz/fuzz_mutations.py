"""Files made from a valid one by a list of numbers: the same numbers give the same file.

Bytes are changed, or the parts a format is made of: members of a zip, tags, words, numbers and names. A coverage-guided
campaign and a property test draw the numbers each in its way.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(rb"<[^<>]{0,400}>|[^<>\s\[\](){},:]+|\s+|.", re.DOTALL)
_MOST_TOKENS = 4_000
_MOST_BYTES = 300_000
HOSTILE = (
    b"\0",
    b"\xff\xfe",
    "\u202e\u2066".encode(),
    "e\u0301\ufffd\ufb01".encode(),
    "\ue0a8\uf0fe".encode(),
    b"&#0;&#xD800;",
    b"&amp;&lt;&undefined;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<!-- ",
    b"<![CDATA[",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e400",
    b"NaN",
    b"2147483648",
    b"9" * 400,
    b"a" * 3_000,
    b" " * 3_000,
    b"." * 3_000,
    b"Article 1.1.1.1.1 - ",
    b"\r\n\t\v\f",
    b"null",
    b"true",
    b"{}",
    b"[[[[[[[[",
    b"((((((((",
    b"<<<<<<<<",
    b"../../../etc/passwd",
    b"\xc3",
)


def mutated(data: bytes, numbers: Iterator[int]) -> bytes:
    """Return a file made from a valid one.

    Args:
        data: The valid file.
        numbers: Numbers from 0 to 255; a few dozens are enough, and there may be none left.
    """
    draw = _drawing(numbers)
    for _ in range(1 + draw(4)):
        by_parts = draw(3) > 0
        if by_parts and data.startswith(b"PK"):
            data = _with_a_member_changed(data, draw)
        else:
            data = _retokenised(data, draw) if by_parts else _with_bytes_changed(data, draw)
        data = data[:_MOST_BYTES]
    return data


def _drawing(numbers: Iterator[int]) -> Callable[[int], int]:
    """Return a function that draws a number under a bound; 0 when there is none left."""

    def draw(bound: int) -> int:
        found = next(numbers, 0)
        if bound > 256:
            found = found << 16 | next(numbers, 0) << 8 | next(numbers, 0)
        return found % bound if bound > 0 else 0

    return draw


def _with_bytes_changed(data: bytes, draw: Callable[[int], int]) -> bytes:
    start = draw(len(data) + 1)
    size = draw(40)
    piece = data[start : start + size]
    changes = (
        lambda: data[:start] + data[start + size :],
        lambda: data[:start] + piece * (2 + draw(30)) + data[start + size :],
        lambda: data[:start] + HOSTILE[draw(len(HOSTILE))] + data[start:],
        lambda: data[:start] + bytes([draw(256) for _ in range(1 + draw(4))]) + data[start + 1 :],
        lambda: data[:start],
        lambda: data[:start] + bytes(byte ^ 1 << draw(8) for byte in piece[:3]) + data[start + len(piece[:3]) :],
    )
    return changes[draw(len(changes))]()


def _retokenised(data: bytes, draw: Callable[[int], int]) -> bytes:
    """Return bytes with some of their tags and words moved, repeated, nested or replaced."""
    tokens = _TOKEN.findall(data)
    if len(tokens) > _MOST_TOKENS:
        return _with_bytes_changed(data, draw)
    start, size = draw(len(tokens) + 1), draw(12)
    piece = tokens[start : start + size]
    most = 1 + _MOST_BYTES // (1 + sum(map(len, piece)))
    other = tokens[draw(len(tokens) + 1) :][: 1 + draw(6)]
    changes = (
        lambda: tokens[:start] + tokens[start + size :],
        lambda: tokens[:start] + piece * min(2 + draw(60), most) + tokens[start + size :],
        lambda: tokens[:start] + piece[:1] * min(1 + draw(256), most) + piece[1:] + tokens[start + size :],
        lambda: tokens[:start] + other + tokens[start + size :],
        lambda: tokens[:start] + other + tokens[start:],
        lambda: [*tokens[:start], HOSTILE[draw(len(HOSTILE))], *tokens[start + 1 :]],
        lambda: tokens[:start] + piece[::-1] + tokens[start + size :],
    )
    return b"".join(changes[draw(len(changes))]())


def _with_a_member_changed(data: bytes, draw: Callable[[int], int]) -> bytes:
    """Return a zip with the contents of a member changed, or a member taken away, doubled or renamed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, KeyError, OSError, RuntimeError):
        return _with_bytes_changed(data, draw)
    except Exception as error:  # zlib.error is no ValueError
        if type(error).__module__ != "zlib":
            raise
        return _with_bytes_changed(data, draw)
    if not members:
        return data
    rank, way = draw(len(members)), draw(12)
    name, content = members[rank]
    if way == 0:
        del members[rank]
    elif way == 1:
        members.append((name, members[draw(len(members))][1]))
    elif way == 2:
        members[rank] = (members[draw(len(members))][0], content)
    else:
        changed = _retokenised(content, draw) if way < 10 else _with_bytes_changed(content, draw)
        members[rank] = (name, changed)
    return _zipped(members)


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    import warnings

    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two members of one name are part of the game
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()
