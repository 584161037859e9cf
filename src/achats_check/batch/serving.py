"""The other side of the pool: a process that does the tasks it is given, until nobody listens."""

import gc
import os
import signal
from multiprocessing import connection, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

from achats_check.batch.tasks import perform
from achats_check.errors import AchatsCheckError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

READY, GAVE, DONE, RAISED, GREEDY = "ready", "gave", "done", "raised", "greedy"
"""What a process says: it can work; an item of its task; the task is done; an error that ends the audit; the task
asks for more memory than it may."""
LATE_CODES = (1, -signal.SIGALRM) if hasattr(signal, "SIGALRM") else (1,)
"""Exit codes of a process that was ended by its own watchdog: ``faulthandler``, or the system's alarm."""
CRASHED_CODE = 70
TASKS_OF_A_LIFE = 100
"""Tasks after which a process is replaced: what native parsers leak never piles up."""


class Line(Protocol):
    """Where a process says what it finds."""

    def send(self, said: tuple[str, Any]) -> None:
        """Say one thing."""


def serve(line: "Connection[Any, Any]") -> None:
    """Do tasks until the other side is gone; never return.

    Args:
        line: Where tasks come from, and what they give goes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends this process itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_the_parent, daemon=True).start()
    gc.set_threshold(50_000)
    code = CRASHED_CODE
    try:
        line.send((READY, None))
        while True:
            line.send(carried_out(line, line.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        code = 0
    finally:
        os._exit(code)


def carried_out(line: "Line", task: Any) -> tuple[str, Any]:
    """Do a task, saying each item on the line; return the last thing to say."""
    try:
        for item in perform(task):
            line.send((GAVE, item))
    except AchatsCheckError as error:
        return RAISED, error
    except MemoryError:
        return GREEDY, None
    return DONE, None


def _end_with_the_parent() -> None:
    """End this process, whatever it does, as soon as the program that started it is gone, even by kill -9."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
