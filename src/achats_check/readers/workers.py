"""The processes that read: started, heard, ended."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check.readers.worker import READY, Read, serve

if TYPE_CHECKING:
    from queue import SimpleQueue
    from subprocess import Popen
    from threading import Thread

_HEADER = 8
_CHUNK = 2**20
_START_SECONDS = 20
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


class Worker:
    """One process that reads pieces, one at a time."""

    def __init__(self, requests: int, replies: int, pid: int, program: Popen[bytes] | None = None) -> None:
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
            serve(asked, told, *self._terms)
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
        return [(by_descriptor[descriptor], os.read(descriptor, _CHUNK)) for descriptor, _ in ready]


class Programs:
    """Workers that are new programs, for a process that cannot be forked; each is heard by a thread."""

    def __init__(self, terms: Terms) -> None:
        from queue import SimpleQueue

        self.workers: list[Worker] = []
        self._terms = terms
        self._said: SimpleQueue[tuple[Worker, bytes]] = SimpleQueue()

    def start(self) -> Worker:
        """Start one more worker.

        Raises:
            OSError: None starts: there is no Python to run, or it does not find this package.
        """
        from queue import Empty, SimpleQueue
        from threading import Thread

        worker = Worker(*_launch(self._terms))
        first: SimpleQueue[tuple[Worker, bytes]] = SimpleQueue()
        worker.listener = Thread(target=_listen, args=(worker, first, self._said), daemon=True)
        worker.listener.start()
        try:
            ready = first.get(timeout=_START_SECONDS)[1] == READY
        except Empty:
            ready = False
        if not ready:
            worker.close()
            raise OSError("no worker")
        self.workers.append(worker)
        return worker

    def wait(self, seconds: float) -> list[tuple[Worker, bytes]]:
        """Return what a worker says within so many seconds; no bytes for one that has ended."""
        from queue import Empty

        try:
            return [self._said.get(timeout=seconds)] if seconds > 0 else [self._said.get_nowait()]
        except Empty:
            return []


def can_fork() -> bool:
    """Say whether a fork is safe here: no other thread holds a lock that it would inherit for ever."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)


def _launch(terms: Terms) -> tuple[int, int, int, Popen[bytes]]:
    from subprocess import DEVNULL, PIPE, Popen

    import achats_check

    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("no interpreter")
    folder = str(Path(achats_check.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-m", "achats_check.readers.worker", str(terms.memory), str(terms.seconds)]
    program = Popen(
        command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={**os.environ, "PYTHONPATH": paths}, bufsize=0
    )
    assert program.stdin is not None
    assert program.stdout is not None
    requests, replies = os.dup(program.stdin.fileno()), os.dup(program.stdout.fileno())
    program.stdin.close()
    program.stdout.close()
    return requests, replies, program.pid, program


def _listen(worker: Worker, first: SimpleQueue[tuple[Worker, bytes]], then: SimpleQueue[tuple[Worker, bytes]]) -> None:
    """Pass on the first byte of a worker, then what it says, then its end; Windows waits for no pipe, so a thread."""
    queue, size, chunk = first, 1, READY
    while chunk:
        try:
            chunk = os.read(worker.replies, size)
        except OSError:
            chunk = b""
        queue.put((worker, chunk))
        queue, size = then, _CHUNK
