"""What a worker of a cluster does: hand a task to a program of its own, and bring back what it gave.

Nothing here knows of Dask: a worker calls `run`, from any of its threads, with bytes, and gets bytes.
"""

import os
import pickle
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock
from typing import Any, NamedTuple

import achats_check
from achats_check.batch import tasks
from achats_check.batch.piped import IDLE_CODE, OTHER, Order
from achats_check.batch.pool import failure_of
from achats_check.batch.sameness import Program, Sight, sight
from achats_check.batch.serving import DONE, GAVE, GREEDY, RAISED, READY, TASKS_OF_A_LIFE
from achats_check.batch.tasks import Failure
from achats_check.disk_words import why
from achats_check.errors import AchatsCheckError, UsageError

_MAX_STILLBORN = 3


class Errand(NamedTuple):
    """A task sent to a worker."""

    audit: str
    """Which audit it belongs to: each has programs of its own, which load its rules."""
    order: Order
    sights: tuple[tuple[str, Sight | None], ...]
    """What the sender sees under each path of the task."""


class Brought(NamedTuple):
    """What a worker brings back."""

    items: tuple[Any, ...] = ()
    failure: Failure | None = None
    unlike: str = ""
    """A path under which the worker does not see what the sender sees; then nothing was done."""
    error: AchatsCheckError | None = None
    """What stops the whole audit."""
    other: Program | None = None
    """What the worker runs, when it is not what is wanted; then nothing was done."""


def run(packed: bytes) -> bytes:
    """Do an errand; both it and the ``Brought`` are pickled."""
    errand: Errand = pickle.loads(packed)
    for path, seen in errand.sights:
        if sight(Path(errand.order.folder, path)) != seen:
            return pickle.dumps(Brought(unlike=path))
    try:
        brought = _HANDS.carry(errand.audit, errand.order)
    except UsageError as error:
        brought = Brought(error=error)
    return pickle.dumps(brought)


class _Hand:
    """A program that does tasks, one at a time."""

    def __init__(self) -> None:
        folder = str(Path(achats_check.__file__).parent.parent)
        paths = os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH", ""))))
        command = [sys.executable, "-P", "-m", "achats_check.batch.piped"]
        self._program = Popen(command, stdin=PIPE, stdout=PIPE, env={**os.environ, "PYTHONPATH": paths})
        self._left = TASKS_OF_A_LIFE

    def starts(self) -> bool:
        """Wait until it can work; say whether it can."""
        try:
            return self._heard()[0] == READY
        except EOFError:
            return False

    def give(self, order: Order) -> bool:
        """Give it a task; say whether it is there to take it."""
        assert self._program.stdin
        self._left -= 1
        try:
            pickle.dump(order, self._program.stdin)
            self._program.stdin.flush()
        except OSError:
            return False
        return True

    def brought(self) -> Brought | None:
        """Wait until the task is done, or the program is dead; None when it went away before it began."""
        items: list[Any] = []
        said, item = GAVE, None
        try:
            while (told := self._heard())[0] == GAVE:
                items.append(told[1])
            said, item = told
        except EOFError:
            code = self.end()
            return None if code == IDLE_CODE else Brought(tuple(items), failure_of(code))
        if said == RAISED:
            return Brought(tuple(items), error=item)
        if said == OTHER:
            return Brought(other=item)
        assert said in (DONE, GREEDY)
        return Brought(tuple(items), Failure(tasks.GREEDY) if said == GREEDY else None)

    def can_go_on(self) -> bool:
        """Say whether it may do another task."""
        return self._left > 0 and self._program.poll() is None

    def end(self) -> int:
        """End it; return its exit code, negative for a signal."""
        assert self._program.stdin
        assert self._program.stdout
        for stream in (self._program.stdin, self._program.stdout):
            try:
                stream.close()
            except OSError:  # what it never read
                continue
        return self._program.wait()

    def _heard(self) -> tuple[str, Any]:
        assert self._program.stdout
        try:
            said: tuple[str, Any] = pickle.load(self._program.stdout)
        except pickle.UnpicklingError:  # cut in the middle
            raise EOFError from None
        return said


class _Hands:
    """The programs of a worker: as many as its threads ask for at the same time."""

    def __init__(self) -> None:
        self._free: dict[str, list[_Hand]] = {}
        self._lock = Lock()

    def carry(self, audit: str, order: Order) -> Brought:
        """Have a task done.

        Raises:
            UsageError: No program starts here.
        """
        brought = None
        while brought is None:
            hand = self._take(audit)
            brought = hand.brought() if hand.give(order) else None
            if brought is not None and hand.can_go_on():
                with self._lock:
                    self._free.setdefault(audit, []).append(hand)
            else:
                hand.end()
        return brought

    def _take(self, audit: str) -> _Hand:
        with self._lock:
            living = {name: [hand for hand in free if hand.can_go_on()] for name, free in self._free.items()}
            self._free = {name: free for name, free in living.items() if free}
            if self._free.get(audit):
                return self._free[audit].pop()
        for _ in range(_MAX_STILLBORN):
            try:
                hand = _Hand()
            except OSError as error:
                raise UsageError(f"aucun processus de travail n'y démarre ({why(error)}).") from None
            if hand.starts():
                return hand
            code = hand.end()
        raise UsageError(f"aucun processus de travail n'y démarre (code {code}).")


_HANDS = _Hands()
