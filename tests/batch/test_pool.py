"""Processes that carry out tasks: what dies costs its task, and nothing else."""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from achats_check.batch.pool import LocalPool
from achats_check.batch.tasks import DIED, GREEDY, LATE, Failure, Task
from achats_check.errors import UsageError


def done(*tasks: tuple[str, object], processes: int = 2) -> dict[int, list[object]]:
    """Do tasks of ``errands_of_tests``; return what each gave, by rank."""
    given: dict[int, list[object]] = defaultdict(list)
    ranks = {Task(f"errands_of_tests:{name}", payload): rank for rank, (name, payload) in enumerate(tasks)}
    with LocalPool(processes) as pool:
        for task in ranks:
            pool.submit(task)
        for task, item in pool.answers():
            given[ranks[task]].append(item)
    return given


def test_what_dies_costs_its_task_only() -> None:
    """Items given before a death stand; the other tasks are done, by new processes."""
    given = done(("count", 3), ("die", 2), ("leave", 1), ("leave", 7), ("swell", 0), ("die", 0), ("count", 4))
    assert given == {
        0: [0, 1, 2],
        1: [0, 1, Failure(DIED, "signal 9")],
        2: [0, Failure(LATE)],
        3: [0, Failure(DIED, "code 7")],
        4: [1, Failure(GREEDY)],
        5: [Failure(DIED, "signal 9")],
        6: [0, 1, 2, 3],
    }


def test_a_fault_that_no_retry_mends_ends_all() -> None:
    """Rules that cannot be loaded are told once, not for each task."""
    with pytest.raises(UsageError, match="règles"):
        done(("refuse", "les règles"), ("sleep", 30.0))


def test_tasks_may_be_added_between_answers() -> None:
    """What failed is submitted again while the rest goes on."""
    with LocalPool(1) as pool:
        pool.submit(Task("errands_of_tests:count", 1))
        found = []
        for _, item in pool.answers():
            found.append(item)
            if len(found) < 3:
                pool.submit(Task("errands_of_tests:count", 1))
    assert found == [0, 0, 0]


def test_leaving_the_pool_ends_its_processes() -> None:
    """Whatever they do."""
    with LocalPool(1) as pool:
        pool.submit(Task("errands_of_tests:sleep", 60.0))
        pid = next(item for _, item in pool.answers())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_processes_that_never_start_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine is at fault, and no dossier."""
    monkeypatch.setattr("achats_check.batch.pool.serve", exit)
    with pytest.raises(UsageError, match="s'arrêtent dès leur départ"):
        done(("count", 1), processes=1)
