"""Processes of other machines that carry out tasks: an executor over a Dask cluster that exists.

The machines share the files: a path names the same thing on all of them. Dask gives tasks to its workers and gives
them again when a worker dies; a worker hands each to a program of its own (see ``errands``), so that a document that
kills or hangs its reader costs the reader and not the worker, and fails in the same words as on one machine.
"""

import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import uuid4
from warnings import catch_warnings, simplefilter

from achats_check import __version__
from achats_check.batch import tasks
from achats_check.batch.disk import KEPT
from achats_check.batch.errands import Brought, Errand
from achats_check.batch.piped import Order
from achats_check.batch.sameness import Sight, program, sight
from achats_check.batch.tasks import Answer, Failure, Task
from achats_check.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client, Future

_CONNECT_SECONDS = 10
_JOINING_TRIES = 3
_ANSWER_SECONDS = 30
"""Time that the scheduler has to answer a question, before it is taken for gone."""
_PATIENCE_SECONDS = 120
"""Time without a single worker, after which nobody will come."""
_LOOK_SECONDS = 2
_AHEAD = 2
"""Tasks at the cluster for each thread: one that is done, one that waits, so that nobody waits for this machine."""
_HERE = "Sans cluster, la reprise continue l'audit sur ce seul poste."


class _Sent(NamedTuple):
    """A task at the cluster."""

    task: Task
    future: "Future"
    sights: dict[str, Sight | None]
    """What this machine sees under each path of the task."""
    solo: bool
    """Whether the cluster has no other task of ours."""


class Cluster:
    """An executor over a Dask cluster; use it as a context manager.

    Leaving it, or the death of this process, makes the cluster forget its tasks; those that run end for nobody.
    """

    def __init__(self, address: str, packs: tuple[str, ...] = (), *, patience: float = _PATIENCE_SECONDS) -> None:
        """Prepare the executor; nothing is sent before it is entered.

        Args:
            address: Of the scheduler: "tcp://10.0.0.1:8786".
            packs: Local packs of rules that the tasks use.
            patience: Seconds without a single worker, after which the audit stops.
        """
        self._address, self._packs, self._patience = address, packs, patience
        self._program = program(packs)
        self._audit = uuid4().hex
        self._waiting: deque[Task] = deque()
        self._suspects: deque[Task] = deque()
        """Last tries during which workers died, perhaps of another task: each is sent when nothing else is."""
        self._sent: dict[str, _Sent] = {}
        self._landed: SimpleQueue[str] = SimpleQueue()
        self._threads = 0
        self._looked = self._peopled = -float("inf")
        self._done = 0

    def __enter__(self) -> Self:
        """Join the cluster.

        Raises:
            UsageError: ``distributed`` is not installed, or nobody answers at the address.
        """
        self._client = _joined(self._address)
        self._peopled = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster, which forgets the tasks."""
        self._sent.clear()
        try:
            self._client.close(timeout=_LOOK_SECONDS)
        except (OSError, TimeoutError):  # a cluster that is gone is left already
            return

    def submit(self, task: Task) -> None:
        """Take a task; those submitted first are sent first, a few at a time."""
        self._waiting.append(task)

    def answers(self) -> Iterator[Answer]:
        """Yield what tasks give, until none is left; all the items of a task come when it ends.

        Raises:
            AchatsCheckError: A task raised it, or the cluster cannot be used.
        """
        while self._waiting or self._suspects or self._sent:
            self._look()
            while self._waiting and len(self._sent) < max(1, _AHEAD * self._threads):
                self._send(self._waiting.popleft())
            if self._suspects and not self._sent:
                self._send(self._suspects.popleft(), solo=True)
            try:
                key = self._landed.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            yield from self._open(key)

    def _look(self) -> None:
        """Find out that the cluster is gone; count its threads, now and then."""
        if self._client.status != "running":
            raise self._gone()
        now = time.monotonic()
        if now < self._looked + _LOOK_SECONDS:
            return
        self._looked = now
        try:
            client = self._client
            self._threads = sum(client.sync(client.scheduler.ncores, callback_timeout=_ANSWER_SECONDS).values())
        except (OSError, TimeoutError):
            raise self._gone() from None
        if self._threads:
            self._peopled = now
        elif now - self._peopled > self._patience:
            raise UsageError(
                f"Le cluster {self._address} n'a plus aucun worker depuis {self._patience:.0f} secondes"
                f" ({self._done} tâches achevées). Démarrer des workers. {KEPT} {_HERE}"
            )

    def _send(self, task: Task, *, solo: bool = False) -> None:
        sights = {path: sight(Path(path)) for path in task.payload.paths()}
        order = Order(str(Path.cwd()), self._packs, self._program, pickle.dumps(task))
        errand = Errand(self._audit, order, tuple(sights.items()))
        try:
            future = self._client.submit(_entry(), __version__, pickle.dumps(errand), pure=False)
        except (OSError, TimeoutError):
            raise self._gone() from None
        self._sent[future.key] = _Sent(task, future, sights, solo)
        self._listen(future)

    def _listen(self, future: "Future") -> None:
        future.add_done_callback(lambda ended: self._landed.put(ended.key))

    def _open(self, key: str) -> Iterator[Answer]:
        """Yield what a task gave; send it again when the files changed since it was sent."""
        from distributed import CancelledError, KilledWorker

        sent = self._sent[key]
        task, future = sent.task, sent.future
        if future.cancelled():
            raise self._gone()
        try:
            worker, packed = future.result(timeout=_ANSWER_SECONDS)
        except TimeoutError:  # the worker that held the result died: it is done again
            self._listen(future)
            return
        except (OSError, CancelledError):
            raise self._gone() from None
        except KilledWorker:
            if task.payload.alone and not sent.solo:
                del self._sent[key]
                self._suspects.append(task)
                return
            brought = Brought(failure=Failure(tasks.DIED, "les workers qui l'essayaient se sont arrêtés"))
        else:
            brought = self._unpacked(worker, packed)
        del self._sent[key]
        if brought.unlike:
            self._check_change(worker, brought.unlike, sent.sights[brought.unlike])
            self._waiting.appendleft(task)
            return
        self._done += 1
        yield from ((task, item) for item in brought.items)
        if brought.failure:
            yield task, brought.failure

    def _unpacked(self, worker: str, packed: bytes | str) -> Brought:
        """Return what a worker brought.

        Raises:
            UsageError: It cannot do the tasks of this audit.
        """
        advice = f"Installer partout la même version. {KEPT}"
        if isinstance(packed, str):
            found = f"a achats-check {packed} au lieu de {__version__}" if packed else "n'a pas achats-check"
            raise UsageError(f"Le worker {worker} {found}. {advice}")
        brought: Brought = pickle.loads(packed)
        if brought.other:
            raise UsageError(
                f"Le worker {worker} ne donnerait pas les mêmes résultats ({self._program.unlike(brought.other)})."
                f" {advice}"
            )
        if brought.error:
            raise UsageError(f"Le worker {worker} ne peut pas travailler : {brought.error} {KEPT}")
        return brought

    def _check_change(self, worker: str, path: str, before: Sight | None) -> None:
        """Tell files that changed since they were sent from files that are not shared.

        Raises:
            UsageError: A worker does not see what this machine sees.
        """
        if sight(Path(path)) == before:
            raise UsageError(
                f"{path} : le worker {worker} n'y voit pas les mêmes fichiers que ce poste. Les sources se lisent sur"
                f" un stockage partagé, monté au même endroit partout, avec des droits de lecture. {KEPT}"
            )

    def _gone(self) -> UsageError:
        return UsageError(
            f"Le cluster {self._address} ne répond plus : l'audit s'arrête ({self._done} tâches achevées)."
            f" {KEPT} {_HERE}"
        )


def _joined(address: str) -> "Client":
    if find_spec("distributed") is None:
        raise UsageError(
            "Un audit sur cluster demande la bibliothèque distributed, qui n'est pas installée :"
            ' pip install "achats-check[cluster]".'
        )
    from distributed import Client

    for name in ("distributed", "distributed.client", "distributed.comm", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in French, once
    with catch_warnings():
        simplefilter("ignore")  # other versions are refused by name, when they count
        for _ in range(_JOINING_TRIES):
            try:
                return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="achats-check")
            except AssertionError:  # this machine is so busy that the client's own thread did not start in ten seconds
                continue
            except (OSError, TimeoutError, ValueError, ImportError):
                break
    raise UsageError(
        f"Aucun cluster Dask ne répond à {address}. Vérifier l'adresse du scheduler"
        " (tcp://machine:8786) et qu'il est démarré : dask scheduler."
    )


def _entry() -> Callable[[str, bytes], tuple[str, bytes | str]]:
    """Return what a worker calls; being a local function, it travels by its code, to workers that lack the package."""

    def enter(wanted: str, packed: bytes) -> tuple[str, bytes | str]:
        from distributed import get_worker

        worker = get_worker().address
        try:
            from achats_check import __version__ as found
        except ImportError:
            return worker, ""
        if found != wanted:
            return worker, found
        from achats_check.batch.errands import run

        return worker, run(packed)

    return enter
