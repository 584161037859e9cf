"""Reading by parsers that are not ours in other processes, so that a file that kills or hangs one costs itself only.

A worker is a fork of this process, which costs a few milliseconds, unless other threads run: a fork would then
inherit locks that nobody holds, so the worker is a new program, which costs a tenth of a second. Several pieces are
read at the same time; the results come in the order of the pieces, whoever ends first.
"""

import os
import time
from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from achats_check.model.document import Document, Unread
from achats_check.readers import guards
from achats_check.readers.piece_file import PieceFile, needs_isolation, size_of
from achats_check.readers.worker import Read, read_here, read_safely, unpacked
from achats_check.readers.workers import Forks, Terms, Worker, can_fork

if TYPE_CHECKING:
    from achats_check.readers.programs import Programs

_PRINT_AGAIN = "L'imprimer en PDF depuis le logiciel d'origine, ou fournir la pièce en .docx, puis relancer."
_MAX_WORKERS = 4
_KILLED = -9
_WORTH_A_WORKER = 400_000
"""Bytes of PDF that take about as long to read as a parser to load."""


class Limits(NamedTuple):
    """What the reading of one piece may cost."""

    seconds: int = guards.MAX_READING_SECONDS
    memory: int = guards.MAX_READING_BYTES


_LIMITS = Limits()
_OCR_LIMITS = Limits(seconds=guards.MAX_RECOGNITION_SECONDS)


class Readings:
    """The reading of the pieces of a dossier, begun at once, ended by ``results``.

    Use it as a context manager: leaving it ends the workers, whatever happened.
    """

    def __init__(
        self,
        files: Sequence[PieceFile],
        read: Read | None = None,
        limits: Limits | None = None,
        *,
        ocr: bool = False,
        apart: bool = True,
    ) -> None:
        """Send the first pieces to their workers.

        Args:
            files: What to read.
            read: The reader; that of the package by default.
            limits: What one piece may cost.
            ocr: Whether the package's reader recognises the characters of scanned pages.
            apart: False for a process that is itself watched and replaced: everything is read in it, a piece may end
                it, and the lack of memory is raised as ``MemoryError``.
        """
        self._files = files
        self._apart = apart
        self._read = read or _package_reader(ocr)
        self._limits = limits or (_OCR_LIMITS if ocr else _LIMITS)
        self._found: dict[int, Document | Unread] = {}
        native = [apart and needs_isolation(file.path) for file in files]
        elsewhere = [rank for rank, is_native in enumerate(native) if is_native]
        self._here = [rank for rank, is_native in enumerate(native) if not is_native]
        self._waiting = sorted(elsewhere, key=lambda rank: size_of(files[rank].path))
        """Pieces for the workers; the last, which is the longest, is taken first."""
        terms = Terms(self._read, self._limits.memory, self._limits.seconds, ocr)
        self._crew = _crew(terms) if elsewhere else Forks(terms)
        for _ in range(min(_slots(sum(size_of(files[rank].path) for rank in elsewhere)), len(elsewhere))):
            self._start()

    def __enter__(self) -> Self:
        """Return the readings."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers."""
        for worker in self._crew.workers:
            worker.close()

    def results(self) -> list[Document | Unread]:
        """Return what became of each piece, in the order they were given, under the path that people know."""
        while self._crew.workers:
            for worker, chunk in self._crew.wait(0 if self._here else self._patience()):
                self._hear(worker, chunk)
            self._stop_the_late()
            if self._here:
                self._read_here(self._here.pop(0))
        for rank in (*self._here, *self._waiting):
            self._read_here(rank)
        return [self._found[rank]._replace(path=file.shown) for rank, file in enumerate(self._files)]

    def _read_here(self, rank: int) -> None:
        path = self._files[rank].path
        self._found[rank] = (
            read_safely(path, self._read, self._limits.memory) if self._apart else read_here(path, self._read)
        )

    def _start(self) -> None:
        """Start a worker on a piece; where the system lets none start, the pieces are read in this process."""
        try:
            self._send(self._crew.start())
        except OSError:
            return

    def _send(self, worker: Worker) -> None:
        rank = self._waiting.pop()
        worker.send(rank, self._files[rank].path, time.monotonic() + self._limits.seconds)

    def _patience(self) -> float:
        return max(0.0, min(worker.deadline for worker in self._crew.workers) - time.monotonic())

    def _hear(self, worker: Worker, chunk: bytes) -> None:
        if worker not in self._crew.workers:
            return
        plain = worker.answer(chunk) if chunk else ()
        if plain is None:
            return
        if not plain:
            self._lose(worker, "")
            return
        try:
            self._found[worker.rank] = unpacked(plain)
        except (TypeError, ValueError, AttributeError):  # what a worker that was taken over may say
            self._lose(worker, "")
            return
        if self._waiting:
            self._send(worker)
        else:
            self._crew.workers.remove(worker)
            worker.close()

    def _stop_the_late(self) -> None:
        now = time.monotonic()
        for worker in [worker for worker in self._crew.workers if worker.deadline <= now]:
            self._lose(
                worker, f"La lecture de la pièce a dépassé {self._limits.seconds} secondes : elle a été arrêtée."
            )

    def _lose(self, worker: Worker, reason: str) -> None:
        """Give up the piece of a worker that died or must, and put another worker in its place."""
        self._crew.workers.remove(worker)
        code = worker.close()
        if not reason and code == _KILLED:
            reason = "La lecture de la pièce a été arrêtée par le système, sans doute faute de mémoire."
        reason = reason or f"La pièce arrête brutalement son lecteur ({_ended(code)})."
        self._found[worker.rank] = Unread("", "pdf", reason, _PRINT_AGAIN)
        if self._waiting:
            self._start()


def _crew(terms: Terms) -> "Forks | Programs":
    if can_fork():
        return Forks(terms)
    from achats_check.readers.programs import Programs

    return Programs(terms)


def _package_reader(ocr: bool) -> Read:
    from achats_check.readers import read

    return partial(read, ocr=True) if ocr else read


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def _slots(size: int) -> int:
    """How many pieces are read at a time: one for each processor this process may use, and a few at most.

    A second worker loads the parser again, which only pays when there is enough to read.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, _MAX_WORKERS, 1 + size // _WORTH_A_WORKER))
