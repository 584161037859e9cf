"""What a process of an audit does with tables of contracts: read a file of them, judge a partition of them."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from achats_check.batch.disk import FULL, told
from achats_check.batch.rows import fault_of_ours
from achats_check.batch.worker_rules import rules_of
from achats_check.contracts.judging import Count, PartitionTask, contract_audit, judge_partition
from achats_check.contracts.quality import SourceQuality
from achats_check.contracts.sources import SourceTask, read_source
from achats_check.errors import AchatsCheckError

if TYPE_CHECKING:
    from achats_check.columns.table_audit import TableAudit


class SourceJob(NamedTuple):
    """A file of contracts to read."""

    task: SourceTask
    packs: tuple[str, ...]
    rules_version: str
    alone: bool = False
    """Whether it is a second try."""

    def paths(self) -> list[str]:
        """Return the files that it reads."""
        return [self.task.path, *filter(None, [self.task.correspondence]), *self.packs]


class SourceRead(NamedTuple):
    """What became of a file of contracts."""

    shown: str
    quality: SourceQuality | None
    """None when it cannot be read."""
    reason: str = ""
    """Why it cannot be read, in French."""
    crashed: bool = False
    """Whether a bug of ours is to blame."""


class PartitionJob(NamedTuple):
    """A partition of contracts to judge."""

    task: PartitionTask
    packs: tuple[str, ...]
    rules_version: str
    alone: bool = False
    """Whether it is a second try."""

    def paths(self) -> list[str]:
        """Return the files that it reads."""
        return [self.task.partition, *self.packs]


class PartitionJudged(NamedTuple):
    """What was found in a partition."""

    violations: str
    """The file of its violations."""
    counts: tuple[Count, ...]


def read_table(job: SourceJob) -> Iterator[SourceRead]:
    """Read a file of contracts into its own folder.

    Yields:
        What became of it: a file that cannot be read is told, and costs the others nothing.

    Raises:
        UsageError: The rules changed since the audit began; the disk is full.
        MemoryError: It asks for more memory than there is.
    """
    book = rules_of(job.packs, job.rules_version)
    try:
        yield SourceRead(job.task.shown, read_source(job.task, book))
    except OSError as error:
        if error.errno in FULL:
            with told(Path(job.task.folder)):
                raise
        yield SourceRead(job.task.shown, None, f"Fichier illisible ({error.strerror}).")
    except AchatsCheckError as error:
        yield SourceRead(job.task.shown, None, str(error).removeprefix(f"{job.task.shown} : "))
    except Exception as error:  # a bug of ours on one table must not lose the others
        if isinstance(error, MemoryError):
            raise
        yield SourceRead(job.task.shown, None, fault_of_ours(error), crashed=True)


def judge_contracts(job: PartitionJob) -> Iterator[PartitionJudged]:
    """Judge the contracts of a partition, and write those that deserve a look beside the others.

    Yields:
        Its counts.

    Raises:
        UsageError: The rules changed since the audit began; the disk is full.
    """
    audit = _audit(job.packs, job.rules_version, job.task.today)
    with told(Path(job.task.target)):
        counts = judge_partition(job.task, audit)
    yield PartitionJudged(job.task.target, counts)


@lru_cache(maxsize=1)
def _audit(packs: tuple[str, ...], version: str, today: date) -> "TableAudit":
    return contract_audit(rules_of(packs, version), today)
