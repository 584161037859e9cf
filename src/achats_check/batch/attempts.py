"""Tasks of tables, each tried twice when its process dies, and what is said of those that fail."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from achats_check.batch.disk import KEPT
from achats_check.batch.tasks import GREEDY, Executor, Failure, Task
from achats_check.errors import UsageError


def attempts(executor: Executor, tasks: Iterable[Task]) -> Iterator[tuple[Task, Any]]:
    """Yield what each task gives; one whose process died is tried once more, then its failure stands."""
    for task in tasks:
        executor.submit(task)
    for task, item in executor.answers():
        if isinstance(item, Failure) and not task.payload.alone:
            executor.submit(task._replace(payload=task.payload._replace(alone=True)))
        else:
            yield task, item


def check_shared(written: Path) -> None:
    """Make sure that what a worker wrote can be read here.

    Raises:
        UsageError: It wrote on a disk of its own.
    """
    if not written.exists():
        raise UsageError(
            f"{written} : ce qu'un worker y a écrit ne se voit pas d'ici. Sur un cluster, le dossier des résultats"
            f" aussi est sur un stockage partagé, monté au même endroit partout. {KEPT}"
        )


def reason_of(what: str, failure: Failure) -> str:
    """Return why a task failed, in French."""
    if failure.cause == GREEDY:
        return f"{what} demande trop de mémoire, deux fois de suite."
    return f"{what} arrête brutalement son processus ({failure.detail or failure.cause}), deux fois de suite."
