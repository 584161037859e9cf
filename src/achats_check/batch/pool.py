"""Processes of this machine that carry out tasks: one that dies or hangs costs its task, and is replaced."""

import os
from collections import deque
from collections.abc import Iterator
from multiprocessing import connection, get_context
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from achats_check.batch import tasks
from achats_check.batch.serving import DONE, GAVE, GREEDY, LATE_CODES, RAISED, READY, TASKS_OF_A_LIFE, serve
from achats_check.batch.tasks import Answer, Failure, Task
from achats_check.disk_words import why
from achats_check.errors import UsageError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_PRELOADED = ["achats_check.batch.serving", "achats_check.batch.work"]
"""Loaded once by the process that all workers are forked from."""
_MAX_STILLBORN = 3
"""Processes in a row that die before they can work, after which the machine is at fault and no task."""


class _Worker:
    """A process, and what it is doing."""

    def __init__(self, process: "BaseProcess", line: "Connection[Any, Any]") -> None:
        self.process = process
        self.line = line
        self.task: Task | None = None
        self.ready = False
        self.given = 0

    def give(self, task: Task) -> None:
        """Give it a task; that the process is dead is found when it is heard."""
        self.task = task
        self.given += 1
        try:
            self.line.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return

    def end(self) -> int:
        """End the process if it lives; return its exit code, negative for a signal."""
        self.line.close()
        if self.task is None:
            self.process.join(1)  # it ends by itself once nobody listens
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        return code


class LocalPool:
    """An executor over processes of this machine, forked from one that has loaded the program and nothing else.

    Use it as a context manager: leaving it ends the processes, whatever they do. They also end by themselves when
    this process is killed.
    """

    def __init__(self, processes: int) -> None:
        """Prepare the pool; processes start when there is something to do.

        Args:
            processes: How many tasks are done at the same time.
        """
        self._wanted = max(1, processes)
        self._waiting: deque[Task] = deque()
        self._workers: list[_Worker] = []
        self._stillborn = 0
        self._context = get_context("forkserver") if hasattr(os, "fork") else get_context("spawn")
        self._context.set_forkserver_preload(_PRELOADED)

    def __enter__(self) -> Self:
        """Return the pool."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        while self._workers:
            self._workers.pop().end()

    def submit(self, task: Task) -> None:
        """Take a task; those submitted first are done first."""
        self._waiting.append(task)

    def answers(self) -> Iterator[Answer]:
        """Yield what tasks give, until none is left.

        Raises:
            AchatsCheckError: A task raised it, or no process can work here.
        """
        while self._waiting or any(worker.task for worker in self._workers):
            self._employ()
            for line in connection.wait([worker.line for worker in self._workers]):
                worker = next(worker for worker in self._workers if worker.line is line)
                yield from self._hear(worker)

    def _employ(self) -> None:
        for worker in [worker for worker in self._workers if worker.ready and worker.task is None]:
            if worker.given >= TASKS_OF_A_LIFE:
                self._workers.remove(worker)
                worker.end()
            elif self._waiting:
                worker.give(self._waiting.popleft())
        for _ in range(min(self._wanted - len(self._workers), len(self._waiting))):
            self._start()

    def _start(self) -> None:
        ours, its = self._context.Pipe()
        process = self._context.Process(target=serve, args=(its,), daemon=True)
        try:
            process.start()
        except OSError as error:
            raise UsageError(f"Aucun processus de travail ne démarre ({why(error)}).") from None
        its.close()
        self._workers.append(_Worker(process, ours))

    def _hear(self, worker: _Worker) -> Iterator[Answer]:
        try:
            said, item = worker.line.recv()
        except (EOFError, ConnectionResetError):
            yield from self._lose(worker)
            return
        if said == READY:
            worker.ready, self._stillborn = True, 0
        elif said == RAISED:
            raise item
        elif worker.task is not None:
            if said == GAVE:
                yield worker.task, item
            else:
                task, worker.task = worker.task, None
                if said != DONE:
                    assert said == GREEDY
                    yield task, Failure(tasks.GREEDY)

    def _lose(self, worker: _Worker) -> Iterator[Answer]:
        """Say that the task of a process that ended is lost; another process is started when there is a task for it."""
        self._workers.remove(worker)
        worker.process.join()
        code = worker.process.exitcode or 0
        worker.end()
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn == _MAX_STILLBORN:
                raise UsageError(f"Les processus de travail s'arrêtent dès leur départ ({_ended(code)}).")
        if worker.task is not None:
            yield worker.task, failure_of(code)


def failure_of(code: int) -> Failure:
    """Return why a task failed, by how its process ended: its exit code, negative for a signal."""
    return Failure(tasks.LATE) if code in LATE_CODES else Failure(tasks.DIED, _ended(code))


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"
