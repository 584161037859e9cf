"""The processes that read: started, heard, ended."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check import patterns
from achats_check.readers.worker import Read, serve

if TYPE_CHECKING:
    from subprocess import Popen
    from threading import Thread

_HEADER = 8
CHUNK = 2**20
_KILL = 9
_FAILED = 70


class Terms(NamedTuple):
    """What a worker is asked to do, and within which limits."""

    read: Read
    """The reader; a worker that is another program has that of the package."""
    memory: int
    """Bytes it may ask for, beyond what it begins with."""
    seconds: int
    """Processor time of one piece."""
    ocr: bool = False
    """Whether a worker that is another program recognises the characters of scanned pages."""


class Worker:
    """One process that reads pieces, one at a time."""

    def __init__(self, requests: int, replies: int, pid: int, program: "Popen[bytes] | None" = None) -> None:
        self.requests = requests
        self.replies = replies
        self.rank = -1
        """Rank of the piece it reads."""
        self.deadline = 0.0
        """When that must have ended, by the monotonic clock."""
        self.listener: Thread | None = None
        """Thread that hears a worker that is another program."""
        self._pid = pid
        self._program = program
        self._heard = bytearray()

    def send(self, rank: int, path: Path, deadline: float) -> None:
        """Ask for a piece; that a worker is dead is found when it is heard."""
        self.rank, self.deadline = rank, deadline
        with suppress(BrokenPipeError):
            os.write(self.requests, os.fsencode(path.absolute()) + b"\0")

    def answer(self, chunk: bytes) -> tuple[Any, ...] | None:
        """Return what the worker says, once the last chunk of it is there; () for what is no answer."""
        self._heard += chunk
        size = int.from_bytes(self._heard[:_HEADER], "little")
        if len(self._heard) < _HEADER or len(self._heard) < _HEADER + size:
            return None
        import marshal

        said = bytes(self._heard[_HEADER : _HEADER + size])
        self._heard.clear()
        try:
            plain = marshal.loads(said)
        except (EOFError, ValueError, TypeError):
            return ()
        return plain if isinstance(plain, tuple) else ()

    def close(self) -> int:
        """End the process, if it has not ended; return its exit code, negative for a signal."""
        code = self._end_program() if self._program is not None else self._end_fork()
        if self.listener is not None:
            self.listener.join()  # it has heard the end, and no longer reads a descriptor that may serve again
        os.close(self.requests)
        os.close(self.replies)
        return code

    def _end_program(self) -> int:
        assert self._program is not None
        self._program.kill()
        return self._program.wait()

    def _end_fork(self) -> int:
        try:
            ended, status = os.waitpid(self._pid, os.WNOHANG)
            if not ended:
                os.kill(self._pid, _KILL)
                status = os.waitpid(self._pid, 0)[1]
        except OSError:  # the program that holds us waits for its children itself
            return 0
        return os.waitstatus_to_exitcode(status)


class Forks:
    """Workers that are forks of this process: ready in a few milliseconds, with whatever it has loaded."""

    def __init__(self, terms: Terms) -> None:
        self.workers: list[Worker] = []
        self._terms = terms

    def start(self) -> Worker:
        """Start one more worker.

        Raises:
            OSError: The system lets none start.
        """
        patterns.load()
        asked, requests = os.pipe()
        replies, told = os.pipe()
        pid = os.fork()
        if not pid:
            self._become_a_worker(asked, told, requests, replies)
        os.close(asked)
        os.close(told)
        self.workers.append(Worker(requests, replies, pid))
        return self.workers[-1]

    def _become_a_worker(self, asked: int, told: int, *inherited: int) -> None:
        """Let go of what the parent holds (pipes, terminal, the handling of Ctrl+C) and serve; never return."""
        import faulthandler
        import gc
        import signal

        try:
            gc.disable()
            faulthandler.disable()  # a death here is a result, not a defect to trace
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for descriptor in (*inherited, *(d for other in self.workers for d in (other.requests, other.replies))):
                os.close(descriptor)
            silence = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(silence, standard)
            serve(asked, told, self._terms.read, self._terms.memory, self._terms.seconds)
            os._exit(0)
        finally:
            os._exit(_FAILED)

    def wait(self, seconds: float) -> list[tuple[Worker, bytes]]:
        """Return what workers say within so many seconds; no bytes for one that has ended."""
        import select

        poll = select.poll()
        by_descriptor = {worker.replies: worker for worker in self.workers}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        ready = poll.poll(int(seconds * 1000) + (seconds > 0))
        return [(by_descriptor[descriptor], os.read(descriptor, CHUNK)) for descriptor, _ in ready]


def can_fork() -> bool:
    """Say whether a fork is safe here: no other thread holds a lock that it would inherit for ever."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)
