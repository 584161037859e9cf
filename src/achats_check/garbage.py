"""Building many records at once, none of them garbage, without having them searched for cycles again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_searched() -> Iterator[None]:
    """Stop the search for cycles while a value is built, if it was on: its cost grows faster than the value.

    Use it around what makes records and keeps them all, never around what may run for long.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
