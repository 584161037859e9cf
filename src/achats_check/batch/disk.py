"""What is said when a file of results cannot be written: the disk is full, most often, after hours of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path

from achats_check.errors import UsageError

FULL = (ENOSPC, EDQUOT)
KEPT = "Ce qui est fait est gardé : relancer la même commande avec --reprendre."


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
        reason = "droits insuffisants" if isinstance(error, PermissionError) else error.strerror
        raise UsageError(f"{path} : écriture impossible ({reason}). {KEPT}") from None
