"""A program that does the tasks it is given on its standard input, for a worker of a cluster.

A worker of a cluster is a process with threads, that others share, and that may start no process by
``multiprocessing``. Reading documents asks for the contrary: PDFium bears one thread, limits of time and memory are
those of a process, and a document may kill who reads it. So each thread of a worker has a program like this one.
"""

import gc
import os
import pickle
import signal
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, NamedTuple

from achats_check.batch.sameness import Program, program
from achats_check.batch.serving import CRASHED_CODE, RAISED, READY, carried_out
from achats_check.errors import AchatsCheckError

OTHER = "other"
"""Said by a program that is not the one that is wanted, with what it is."""
IDLE_CODE = 75
"""Exit code of a program that nobody needed for a minute, or whose worker is gone."""
_IDLE_SECONDS = 60


class Order(NamedTuple):
    """A task, and where it comes from."""

    folder: str
    """Folder that relative paths start from."""
    packs: tuple[str, ...]
    program: Program
    """What must do it."""
    task: bytes
    """A ``tasks.Task``, pickled."""


class _Output:
    """Where things are said, one after the other."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def send(self, said: tuple[str, Any]) -> None:
        pickle.dump(said, self._stream)
        self._stream.flush()


def main() -> None:
    """Do tasks until nobody gives any; never return."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders, output = os.fdopen(os.dup(0), "rb"), _Output(os.fdopen(os.dup(1), "wb"))
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    gc.set_threshold(50_000)
    code = CRASHED_CODE
    try:
        output.send((READY, None))
        waiting: SimpleQueue[Order] = SimpleQueue()
        Thread(target=_listen, args=(orders, waiting.put), daemon=True).start()
        while True:
            output.send(_obey(output, waiting.get(timeout=_IDLE_SECONDS)))
    except (Empty, BrokenPipeError):
        code = IDLE_CODE
    finally:
        os._exit(code)


def _listen(orders: BinaryIO, take: Callable[[Order], None]) -> None:
    """Take orders as they come; end this process, whatever it does, as soon as who gives them is gone."""
    while True:
        try:
            take(pickle.load(orders))
        except (EOFError, OSError):
            os._exit(IDLE_CODE)


def _obey(output: _Output, order: Order) -> tuple[str, Any]:
    with suppress(OSError):  # a folder that is not there is told by the paths that are not seen
        os.chdir(order.folder)
    try:
        mine = program(order.packs)
    except AchatsCheckError as error:
        return RAISED, error
    return (OTHER, mine) if mine != order.program else carried_out(output, pickle.loads(order.task))


if __name__ == "__main__":
    main()
