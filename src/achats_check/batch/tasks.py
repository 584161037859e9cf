"""The work of an audit, cut in tasks that any executor can carry: other processes here, or other machines.

A task is a kind and a payload. Its kind names a function that takes the payload and yields what it finds, item by
item, so that what is done is not lost when the end of the task is. An executor (``LocalPool``) takes tasks and gives
back, in any order, each item with its task, or a `Failure` when the process that did the task died. Who submits knows
what items to expect, and submits again what is missing.

Tasks, payloads and items must be picklable. A task must not depend on what ran before it in the same process.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple, Protocol

DOSSIERS = "dossiers"
"""Judge a few dossiers: a ``work.Batch`` → a ``work.Outcome`` for each."""
CUT = "cut"
"""Find where a large file of contracts can be cut: a ``table_work.CutJob`` → each ``portions.Portion``."""
SOURCE = "source"
"""Read a file of contracts, or a portion of one: a ``table_work.SourceJob`` → its ``PortionRead``."""
PARTITION = "partition"
"""Judge a partition of contracts: a ``table_work.PartitionJob`` → its ``PartitionJudged``."""

_HOMES = {
    DOSSIERS: "achats_check.batch.work:judge",
    CUT: "achats_check.batch.table_work:cut_table",
    SOURCE: "achats_check.batch.table_work:read_table",
    PARTITION: "achats_check.batch.table_work:judge_contracts",
}
"""Where the function of each kind is: imported by the process that does the task."""

DIED, LATE, GREEDY = "died", "late", "greedy"
"""Why a task failed: its process died; it took too long; it asked for more memory than it may."""


class Payload(Protocol):
    """What a task is about."""

    @property
    def alone(self) -> bool:
        """Whether it is a last try: failing again condemns what it is about."""

    def paths(self) -> list[str]:
        """Return the files and folders that it reads, which every machine must see."""


class Task(NamedTuple):
    """Something to do in another process."""

    kind: str
    """A kind of this module, or the place of a function: "module:function"."""
    payload: Any
    """A `Payload`."""


class Failure(NamedTuple):
    """What became of a task that did not end: what it had already given stands."""

    cause: str
    """DIED, LATE or GREEDY."""
    detail: str = ""
    """More of it for people: "signal 11"."""


Answer = tuple[Task, Any]
"""A task with an item that it gave, or with its `Failure`."""


class Executor(Protocol):
    """Who carries tasks out."""

    def submit(self, task: Task) -> None:
        """Take a task; it may be called between two answers."""

    def answers(self) -> Iterator[Answer]:
        """Yield what tasks give, in any order, until nothing submitted is left to do.

        Raises:
            AchatsCheckError: A task raised it: rules that cannot be loaded, for instance. Nothing else will come.
        """


def perform(task: Task) -> Iterable[Any]:
    """Do a task in this process.

    Returns:
        What it finds, item by item.

    Raises:
        AchatsCheckError: A fault that no retry would mend.
        MemoryError: It asks for more memory than it may.
    """
    module, _, function = _HOMES.get(task.kind, task.kind).partition(":")
    found: Iterable[Any] = getattr(import_module(module), function)(task.payload)
    return found
