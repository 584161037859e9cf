"""The tables of contracts of an audit: read by an executor, put together, judged by partitions."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from achats_check.batch.attempts import attempts, check_shared, reason_of
from achats_check.batch.cutting import Aside
from achats_check.batch.disk import KEPT, told
from achats_check.batch.progress import Progress
from achats_check.batch.table_reading import apart, read_tables
from achats_check.batch.table_work import Fault, PartitionJob, PartitionJudged
from achats_check.batch.tasks import PARTITION, Executor, Failure, Task
from achats_check.batch.tree import File
from achats_check.contracts import portions
from achats_check.contracts.assembling import assemble, known_values
from achats_check.contracts.judging import Count, merged_counts, partition_tasks, write_counts
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.quality import Quality
from achats_check.contracts.reading import blocks, source_tasks, write_quality
from achats_check.contracts.sources import forget_others
from achats_check.disk_words import why
from achats_check.errors import ProgramFault, UsageError
from achats_check.law.rulebook import Rulebook

CONTRACTS, VIOLATIONS = "contrats", "constats-contrats"
TRACEBACK = "defaut-du-programme.txt"
COUNTS, QUALITY = "comptes.jsonl", "qualite.json"
_SAME = "Cette table a le même contenu que {}, et n'est lue que sous ce nom : ses contrats comptent une fois."


class Contracts(NamedTuple):
    """The contracts of an audit, and what was found of them."""

    folder: Path
    """Their partitions, among the drafts until the audit ends."""
    violations: Path
    """Those of what was found, likewise."""
    quality: Quality
    counts: tuple[Count, ...]
    failed: tuple[Aside, ...]
    """Files that could not be read, and why."""
    repeated: tuple[Aside, ...]
    """Files that were not read, for another has the same content."""
    crashed: int
    """Files that a bug of ours lost, among those that could not be read."""

    @property
    def aside(self) -> tuple[Aside, ...]:
        """Return the files that were not read, and why."""
        return (*self.failed, *self.repeated)

    @property
    def total(self) -> int:
        """Return how many contracts there are."""
        return self.quality.merge.contracts

    @property
    def is_partial(self) -> bool:
        """Say whether a file could not be read, or not to its end."""
        return bool(self.failed) or any(source.cut for source in self.quality.sources)

    @property
    def partitions(self) -> list[Path]:
        """Return the files of the contracts, in their order."""
        return sorted(self.folder.glob("part-*.parquet"))


class TableCampaign:
    """Files of contracts, their reading and their judging, whatever dies on the way."""

    def __init__(
        self,
        tables: Sequence[File],
        work: Path,
        book: Rulebook,
        *,
        today: date,
        packs: Sequence[str],
        correspondence: Path | None,
        progress: Progress,
    ) -> None:
        """Prepare the campaign.

        Args:
            tables: The files.
            work: Where each source keeps its own partitions: a source that is there is not read again.
            book: The rules.
            today: The day whose law is assumed; later days are refused in data.
            packs: Local packs of rules, which are part of ``book``.
            correspondence: Column map of the generic tables.
            progress: What shows how far the work is.

        Raises:
            UsageError: A file cannot be read any more.
        """
        self._work, self._book, self._today = work, book, today
        self._packs = tuple(packs)
        self._progress = progress
        files = [(table.path, table.shown) for table in tables if table.path is not None]
        try:
            sources = self._known(files, today, correspondence)
        except OSError as error:
            raise UsageError(f"{error.filename} : fichier illisible ({why(error)}). {KEPT}") from None
        self._sources = [apart(task, portions.PORTION) for task in sources]

    def _known(self, files: Sequence[tuple[Path, str]], today: date, correspondence: Path | None) -> list[SourceTask]:
        """Read the files once to know them by their content: the only thing that large ones are long for here."""
        total = sum(blocks(path) for path, _ in files)
        if not total:
            return source_tasks(files, self._work, self._book, today=today, correspondence=correspondence)
        with self._progress(total, 0, "bloc", "Empreinte des tables") as done:
            return source_tasks(files, self._work, self._book, today=today, correspondence=correspondence, done=done)

    def run(self, executor: Executor, target: Path) -> Contracts:
        """Read the files, put the contracts together, judge them.

        Args:
            executor: Who reads and who judges.
            target: The folder of the results.

        Raises:
            AchatsCheckError: What stops the whole audit; files read before are not read again.
            ProgramFault: A bug of ours in the judging; its traceback is kept beside what is read.
        """
        self._work.with_name(TRACEBACK).unlink(missing_ok=True)  # of a bug that this run may not meet
        forget_others(self._work, self._sources)
        version = self._book.version
        read = sorted(
            read_tables(executor, self._sources, portions.PORTION, self._packs, version, progress=self._progress)
        )
        folder, violations = target / CONTRACTS, target / VIOLATIONS
        folders = [part for one in read for part in one.folders]
        merge = assemble(folders, folder, self._work / "assemblage", self._book)
        reports = tuple(one.quality for one in read if one.quality is not None)
        quality = Quality(reports, known_values(sorted(folder.glob("part-*.parquet"))), merge)
        counts = self._judge(executor, folder, violations)
        write_quality(quality, target / QUALITY)
        write_counts(counts, target / COUNTS)
        repeated = tuple(Aside(name, _SAME.format(task.shown)) for task in self._sources for name in task.also)
        unread = [one for one in read if one.quality is None]
        failed = tuple(Aside(one.shown, one.reason) for one in unread)
        return Contracts(folder, violations, quality, counts, failed, repeated, sum(one.crashed for one in unread))

    def _judge(self, executor: Executor, folder: Path, violations: Path) -> tuple[Count, ...]:
        jobs = [
            PartitionJob(task, self._packs, self._book.version)
            for task in partition_tasks(folder, violations, self._today)
        ]
        found: list[PartitionJudged] = []
        with self._progress(len(jobs), 0, "partition", "") as done:
            for _, item in attempts(executor, [Task(PARTITION, job) for job in jobs]):
                if isinstance(item, Failure):
                    raise UsageError(f"{reason_of('Le jugement des contrats', item)} {KEPT}")
                if isinstance(item, Fault):
                    raise self._kept(item)
                check_shared(Path(item.violations))
                found.append(item)
                done()
        return merged_counts(one.counts for one in found)

    def _kept(self, fault: Fault) -> ProgramFault:
        """Write where a bug of ours was met beside what is kept to resume, and return it."""
        file = self._work.with_name(TRACEBACK)
        with told(file):
            file.write_text(fault.traceback, encoding="utf-8")
        return ProgramFault(fault.what, str(file))
