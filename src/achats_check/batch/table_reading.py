"""The reading of tables of contracts: a large one by portions, each given out as soon as its place is known."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from achats_check.batch.attempts import attempts, check_shared, reason_of
from achats_check.batch.progress import Progress
from achats_check.batch.table_work import CutJob, PortionRead, SourceJob
from achats_check.batch.tasks import CUT, SOURCE, Executor, Failure, Task
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.portions import Portion
from achats_check.contracts.quality import PortionQuality, SourceQuality, whole_quality
from achats_check.contracts.sources import portion_task

_MOST_STEPS = 1_000
"""Of the bar, for a file: what a Parquet says of its size may be false."""


class TableRead(NamedTuple):
    """What became of a file of contracts."""

    shown: str
    quality: SourceQuality | None
    """None when it cannot be read."""
    folders: tuple[Path, ...] = ()
    """Where its contracts are."""
    reason: str = ""
    """Why it cannot be read, in French."""
    crashed: bool = False
    """Whether a bug of ours is to blame."""


def apart(task: SourceTask, size: int) -> SourceTask:
    """Give a large file a folder of its own for portions of a size: those of another size are others."""
    return task._replace(folder=f"{task.folder}-{size}") if task.size > size else task


def read_tables(
    executor: Executor,
    sources: Sequence[SourceTask],
    size: int,
    packs: tuple[str, ...],
    version: str,
    *,
    progress: Progress,
) -> list[TableRead]:
    """Read files of contracts; what is read of each does not depend on how it is cut, nor on who reads it.

    Args:
        executor: Who reads.
        sources: The files, the large ones ``apart``.
        size: Bytes of a portion, at least; a file that has no more is read whole.
        packs: Local packs of rules.
        version: Version of the rules.
        progress: What shows how far the work is.

    Returns:
        What became of each file, in their order.

    Raises:
        AchatsCheckError: What stops the whole audit; portions read before are not read again.
    """
    files = {task.shown: _File(task, size) for task in sources}
    cuts = [Task(CUT, CutJob(file.task, size, packs, version)) for file in files.values() if file.is_large]
    wholes = [Task(SOURCE, SourceJob(file.task, packs, version)) for file in files.values() if not file.is_large]
    total = sum(file.steps[1] for file in files.values())
    with progress(total, 0, "tranche" if cuts else "table", "") as done:
        for task, item in attempts(executor, [*cuts, *wholes]):
            file = files[task.payload.task.shown]
            before = file.steps[0]
            if isinstance(item, Portion):
                portion = file.add(item)
                if portion is not None:
                    executor.submit(Task(SOURCE, SourceJob(portion, packs, version)))
            else:
                file.end(task, item)
            for _ in range(file.steps[0] - before):
                done()
    return [file.outcome() for file in files.values()]


class _File:
    """A file being read."""

    def __init__(self, task: SourceTask, size: int) -> None:
        self.is_large = task.size > size
        self.task = task
        self.portions: dict[int, SourceTask] = {} if self.is_large else {0: task}
        self.read: dict[int, PortionRead] = {}
        self.unread: PortionRead | None = None
        """Why it cannot be cut."""
        self._is_cut = not self.is_large
        self._parts = min(max(-(-task.size // size), 1), _MOST_STEPS)
        """Portions that are expected: no more are counted, whatever their number."""

    @property
    def steps(self) -> tuple[int, int]:
        """Steps that are done, and steps in all: each portion is found in a large file, then read."""
        most = self._parts
        found = most if self._is_cut else min(len(self.portions), most - 1)
        read = most if self._is_cut and len(self.read) == len(self.portions) else min(len(self.read), most - 1)
        return (found * self.is_large + read), most * (1 + self.is_large)

    def add(self, portion: Portion) -> SourceTask | None:
        """Add a portion that was found; return what is to be done of it, None when it was found before."""
        self._is_cut = self._is_cut or portion.end is None
        if portion.rank in self.portions:
            return None
        return self.portions.setdefault(portion.rank, portion_task(self.task, portion))

    def end(self, task: Task, item: PortionRead | Failure) -> None:
        """Take what became of a portion, or why no more can be found."""
        if isinstance(item, Failure):
            item = PortionRead(None, reason_of("La lecture", item))
        elif item.quality is not None:
            check_shared(Path(task.payload.task.folder))
        if task.kind == CUT:
            self.unread = item
        else:
            self.read[task.payload.task.portion.rank] = item

    def outcome(self) -> TableRead:
        """Return what became of it: what follows the place where it stops being readable does not count."""
        qualities: list[PortionQuality] = []
        folders: list[Path] = []
        for rank, one in [(0, self.unread)] if self.unread else sorted(self.read.items()):
            if one.quality is None:
                return TableRead(self.task.shown, None, (), one.reason, one.crashed)
            qualities.append(one.quality)
            folders.append(Path(self.portions[rank].folder))
            if one.quality.stop:
                break
        return TableRead(self.task.shown, whole_quality(self.task.shown, qualities), tuple(folders))
