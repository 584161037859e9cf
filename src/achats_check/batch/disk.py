"""What is said when a file of results cannot be written: the disk is full, most often, after hours of work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path

from achats_check.disk_words import why
from achats_check.errors import UsageError

FULL = (ENOSPC, EDQUOT)
_AT_ONCE = 16
KEPT = "Ce qui est fait est gardé : relancer avec --reprendre (resume=True en Python)."


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn a failure to write into a French sentence that says what to do.

    Raises:
        UsageError: The file could not be written or read.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise UsageError(f"{path} : le disque est plein. Faire de la place. {KEPT}") from None
        raise UsageError(f"{path} : écriture impossible ({why(error)}). {KEPT}") from None


def settle(folder: Path) -> None:
    """Push to the disk what is written in a folder: a machine that stops after it loses none of it.

    Files are pushed side by side: the disk ends many of them together, as soon as one of them alone.

    Raises:
        OSError: The disk refuses it.
    """
    from concurrent.futures import ThreadPoolExecutor

    found = [folder, *folder.rglob("*")]
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(_settle_file, (path for path in found if not path.is_dir())):
            pass
        for _ in threads.map(settle_names, (path for path in found if path.is_dir())):
            pass


def _settle_file(path: Path) -> None:
    with path.open("r+b") as file:  # Windows pushes only what is open to be written
        os.fsync(file.fileno())


def settle_names(folder: Path) -> None:
    """Push to the disk the names that a folder holds; nothing where a folder cannot be opened, as on Windows.

    Raises:
        OSError: The disk refuses it.
    """
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
