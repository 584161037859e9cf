"""What a process of an audit does with tables of contracts: cut a file of them, read it, judge a partition of them."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from traceback import format_exception
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from achats_check.batch.disk import told
from achats_check.batch.rows import fault_of_ours
from achats_check.batch.worker_rules import rules_of
from achats_check.contracts.judging import Count, PartitionTask, contract_audit, judge_partition
from achats_check.contracts.partitions import NotWritten
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.portions import Portion
from achats_check.contracts.quality import PortionQuality
from achats_check.contracts.sources import cut_source, read_portion
from achats_check.contracts.streams import BROKEN
from achats_check.disk_words import why
from achats_check.errors import AchatsCheckError, described

if TYPE_CHECKING:
    from achats_check.columns.table_audit import TableAudit

_BROKEN = (
    "Erreur d'entrée-sortie (n° {}) : le disque ou le partage ne répond pas, la table n'est pas en cause."
    " Le vérifier, puis relancer avec --reprendre (resume=True en Python)."
)
_Found = TypeVar("_Found")


class SourceJob(NamedTuple):
    """A file of contracts to read, or a portion of one."""

    task: SourceTask
    packs: tuple[str, ...]
    rules_version: str
    alone: bool = False
    """Whether it is a second try."""

    def paths(self) -> list[str]:
        """Return the files that it reads."""
        return [self.task.path, *filter(None, [self.task.correspondence]), *self.packs]


class CutJob(NamedTuple):
    """A large file of contracts to cut."""

    task: SourceTask
    size: int
    """Bytes of a portion, at least."""
    packs: tuple[str, ...]
    rules_version: str
    alone: bool = False
    """Whether it is a second try."""

    def paths(self) -> list[str]:
        """Return the files that it reads."""
        return [self.task.path, *filter(None, [self.task.correspondence]), *self.packs]


class PortionRead(NamedTuple):
    """What became of a portion of a file of contracts."""

    quality: PortionQuality | None
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


class Fault(NamedTuple):
    """A bug of ours, met while a partition was judged."""

    what: str
    """As ``errors.described`` says it."""
    traceback: str


def cut_table(job: CutJob) -> Iterator[Portion | PortionRead]:
    """Find where a file of contracts can be cut.

    Yields:
        Its portions, or why there are no more: a file that cannot be read is told, and costs the others nothing.

    Raises:
        UsageError: The rules changed since the audit began; the disk is full.
        MemoryError: It asks for more memory than there is.
    """
    book = rules_of(job.packs, job.rules_version)
    return _told(job.task, cut_source(job.task, job.size, book))


def read_table(job: SourceJob) -> Iterator[PortionRead]:
    """Read a file of contracts, or a portion of one, into its own folder.

    Yields:
        What became of it: a file that cannot be read is told, and costs the others nothing.

    Raises:
        UsageError: The rules changed since the audit began; the disk is full.
        MemoryError: It asks for more memory than there is.
    """
    book = rules_of(job.packs, job.rules_version)
    return _told(job.task, (PortionRead(read_portion(task, book)) for task in [job.task]))


def _told(task: SourceTask, found: Iterator[_Found]) -> Iterator[_Found | PortionRead]:
    try:
        yield from found
    except NotWritten:
        with told(Path(task.folder)):
            raise
    except OSError as error:
        reason = _BROKEN.format(error.errno) if error.errno in BROKEN else f"Fichier illisible : {why(error)}."
        yield PortionRead(None, reason)
    except AchatsCheckError as error:
        yield PortionRead(None, str(error).removeprefix(f"{task.shown} : "))
    except Exception as error:  # a bug of ours on one table must not lose the others
        if isinstance(error, MemoryError):
            raise
        yield PortionRead(None, fault_of_ours(error), crashed=True)


def judge_contracts(job: PartitionJob) -> Iterator[PartitionJudged | Fault]:
    """Judge the contracts of a partition, and write those that deserve a look beside the others.

    Yields:
        Its counts, or the bug of ours that stops the audit: another try would meet it again.

    Raises:
        UsageError: The rules changed since the audit began; the disk is full.
        MemoryError: It asks for more memory than there is.
    """
    try:
        audit = _audit(job.packs, job.rules_version, job.task.today)
        with told(Path(job.task.target)):
            counts = judge_partition(job.task, audit)
    except (AchatsCheckError, MemoryError):
        raise
    except Exception as error:  # untold, it would pass for the death of this process
        yield Fault(described(error), "".join(format_exception(error)))
    else:
        yield PartitionJudged(job.task.target, counts)


@lru_cache(maxsize=1)
def _audit(packs: tuple[str, ...], version: str, today: date) -> "TableAudit":
    return contract_audit(rules_of(packs, version), today)
