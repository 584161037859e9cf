"""Things to do in the processes of a pool: end well, die, hang, ask for too much."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

from achats_check.errors import UsageError


def count(to: int) -> Iterator[int]:
    """Yield numbers."""
    yield from range(to)


def die(after: int) -> Iterator[int]:
    """Give so many items, and be killed."""
    yield from range(after)
    os.kill(os.getpid(), signal.SIGKILL)


def leave(code: int) -> Iterator[int]:
    """End the process as native code does."""
    yield 0
    os._exit(code)


def refuse(message: str) -> Iterator[int]:
    """Meet a fault that ends the audit."""
    raise UsageError(message)
    yield 0


def swell(nothing: int) -> Iterator[int]:
    """Ask for more memory than there may be."""
    yield 1
    raise MemoryError


def sleep(seconds: float) -> Iterator[int]:
    """Say which process this is, and wait."""
    yield os.getpid()
    time.sleep(seconds)
