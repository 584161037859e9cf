"""A cluster that this machine does not have, played event by event from times that were measured.

One line hands tasks out and takes results in (the machine that runs ``audit``: what it spends on a dossier cannot be
shared). Workers do tasks, die at random, lose what they were doing, and come back. Nothing else is modelled: neither
the network (see ``docs/echelle.md``) nor a storage that is too slow.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from math import log, sqrt
from random import Random
from typing import NamedTuple


class Work(NamedTuple):
    """What there is to do; times in seconds."""

    items: int
    batch: int
    """Items of a task."""
    mean: float
    """Time of an item on a worker."""
    spread: float
    """Standard deviation of that time; items are log-normal: a few are ten times longer."""
    sending: float
    """Time of the sender for a task."""
    taking: float
    """Time of the sender for the result of an item."""


class Workers(NamedTuple):
    """Who does it; times in seconds."""

    number: int
    start: float
    """Time before the first task: programs and rules loaded."""
    life: float = float("inf")
    """Mean time before a worker dies."""
    absence: float = 60.0
    """Time before a worker that died is replaced."""


class Played(NamedTuple):
    """What came of it."""

    seconds: float
    efficiency: float
    """Share of the time of the workers that was spent on results that were kept."""
    again: int
    """Items done again because their worker died."""


def play(work: Work, workers: Workers, seed: int = 1) -> Played:
    """Play one run; the same seed gives the same run."""
    random = Random(seed)
    waiting = deque(_tasks(work, random))
    useful = sum(task.seconds for task in waiting)
    dies = [workers.start + _life(workers, random) for _ in range(workers.number)]
    events: list[tuple[float, int, _Task | None]] = [(workers.start, rank, None) for rank in range(workers.number)]
    idle: list[int] = []
    line = end = 0.0
    left, again = len(waiting), 0
    while left:
        now, rank, task = heappop(events)
        if task and now < dies[rank]:
            line = end = max(line, now) + work.taking * task.items
            left -= 1
        elif task:
            waiting.append(task)
            again += task.items
            dies[rank] = now + workers.absence + workers.start + _life(workers, random)
            heappush(events, (now + workers.absence + workers.start, rank, None))
            rank = idle.pop() if idle else -1
        if rank >= 0 and waiting:
            given = waiting.popleft()
            line = max(line, now) + work.sending
            heappush(events, (max(line, min(line + given.seconds, dies[rank])), rank, given))
        elif rank >= 0:
            idle.append(rank)
    return Played(end, useful / (end * workers.number), again)


class _Task(NamedTuple):
    seconds: float
    items: int


def _tasks(work: Work, random: Random) -> list[_Task]:
    shape = sqrt(log(1 + (work.spread / work.mean) ** 2))
    centre = log(work.mean) - shape**2 / 2
    sizes = [min(work.batch, work.items - first) for first in range(0, work.items, work.batch)]
    return [_Task(sum(random.lognormvariate(centre, shape) for _ in range(size)), size) for size in sizes]


def _life(workers: Workers, random: Random) -> float:
    return random.expovariate(1 / workers.life) if workers.life < float("inf") else float("inf")
