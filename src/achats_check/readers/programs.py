"""Workers for a process that cannot be forked: programs of their own, each heard by a thread."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from queue import Empty, SimpleQueue
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread

from achats_check.readers.worker import READY
from achats_check.readers.workers import CHUNK, Terms, Worker

_START_SECONDS = 20


class Programs:
    """Workers that are new programs, for a process that cannot be forked; each is heard by a thread."""

    def __init__(self, terms: Terms) -> None:
        self.workers: list[Worker] = []
        self._terms = terms
        self._said: SimpleQueue[tuple[Worker, bytes]] = SimpleQueue()

    def start(self) -> Worker:
        """Start one more worker.

        Raises:
            OSError: None starts: there is no Python to run, or it does not find this package.
        """
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
        try:
            return [self._said.get(timeout=seconds)] if seconds > 0 else [self._said.get_nowait()]
        except Empty:
            return []


def _launch(terms: Terms) -> tuple[int, int, int, Popen[bytes]]:
    import achats_check

    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("no interpreter")
    folder = str(Path(achats_check.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH", ""))))
    command = [sys.executable, "-m", "achats_check.readers.worker", str(terms.memory), str(terms.seconds)]
    command += ["ocr"] if terms.ocr else []
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
        queue, size = then, CHUNK
