"""The other side of the isolation: a process that reads the pieces it is told to, until it is killed.

Requests are paths, each ended by a null byte; a reply is its length in eight bytes, then ``marshal`` of plain
values. Nothing that a parser could be made to answer is code: ``marshal`` only builds numbers, texts and tuples.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from achats_check import patterns
from achats_check.model.document import Block, Document, Unread

READY = b"\x01"
"""First byte of a worker that is another program: it runs, and it is this one."""
_BUG = "Le lecteur de ce format a échoué sur cette pièce ({kind})."
_BUG_ADVICE = "L'enregistrer de nouveau depuis le logiciel d'origine, puis relancer ; signaler le cas s'il persiste."
Read = Callable[[Path], "Document | Unread"]


def serve(requests: int, replies: int, read: Read, memory: int, seconds: int) -> None:
    """Read what is asked for until the requests end.

    Args:
        requests: File descriptor of the paths.
        replies: File descriptor of the documents.
        read: The reader.
        memory: Bytes that the process may ask for, beyond what it has.
        seconds: Processor time of one piece; the other side watches the clock.
    """
    limit_memory(memory)
    pending = b""
    while chunk := os.read(requests, 2**16):
        *paths, pending = (pending + chunk).split(b"\0")
        for path in paths:
            _limit_time(seconds)
            answer = _reading(Path(os.fsdecode(path)), read, memory)
            patterns.keep()  # those of the reader are compiled here only
            _write(replies, answer)


def _reading(path: Path, read: Read, memory: int) -> bytes:
    import marshal

    try:
        return marshal.dumps(packed(read_safely(path, read, memory)))
    except MemoryError:
        return marshal.dumps(packed(too_greedy(path, memory)))


def read_safely(path: Path, read: Read, memory: int) -> Document | Unread:
    """Read a piece; a defect of a reader costs that piece and no other."""
    try:
        return read_here(path, read)
    except MemoryError:
        return too_greedy(path, memory)


def read_here(path: Path, read: Read) -> Document | Unread:
    """Read a piece as ``read_safely``, except that what to do about the lack of memory is left to the caller.

    Raises:
        MemoryError: The reading asks for more memory than the process may have.
    """
    try:
        return read(path)
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser raises, the other pieces go on
        return Unread(str(path), "", _BUG.format(kind=type(error).__name__), _BUG_ADVICE)


def too_greedy(path: Path, memory: int) -> Unread:
    """Return what becomes of a piece whose reading asks for too much memory."""
    limit = f"{memory / 2**30:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return Unread(
        str(path),
        "",
        f"La lecture demande plus de mémoire que la limite de {limit} Go.",
        "Retirer les images, ou séparer la pièce en plusieurs fichiers.",
    )


def packed(piece: Document | Unread) -> tuple[Any, ...]:
    """Return a piece as plain tuples."""
    if isinstance(piece, Unread):
        return tuple(piece)
    return tuple(piece._replace(blocks=tuple(map(tuple, piece.blocks))))  # type: ignore[arg-type]


def unpacked(plain: tuple[Any, ...]) -> Document | Unread:
    """Return the piece that ``packed`` made plain."""
    if len(plain) == len(Unread._fields):
        return Unread(*plain)
    document = Document(*plain)
    return document._replace(blocks=tuple(map(Block._make, document.blocks)))


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(len(data).to_bytes(8, "little") + data)
    while view:
        view = view[os.write(descriptor, view) :]


def limit_memory(extra: int) -> int | None:
    """Bound what the process may ask for, where the system can; what it already has is not counted.

    Returns:
        The limit there was before; None where none can be set.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        size = pages * resource.getpagesize() + extra
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
    except (ImportError, OSError, ValueError):
        return None
    return soft


def restore_memory(before: int | None) -> None:
    """Give back the limit there was before ``limit_memory``."""
    if before is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (before, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_time(seconds: int) -> None:
    """Bound the processor time of the next piece, so that a worker whose parent died does not run for ever."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = int(used.ru_utime + used.ru_stime) + seconds + 1
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _main() -> None:
    """Serve as a program: the requests come on standard input, the replies leave on standard output."""
    from achats_check.readers import read

    requests, replies = os.dup(0), os.dup(1)
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(silence, standard)
    os.write(replies, READY)
    serve(requests, replies, partial(read, ocr="ocr" in sys.argv), int(sys.argv[1]), int(sys.argv[2]))


if __name__ == "__main__":
    _main()
