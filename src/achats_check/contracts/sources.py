"""One source: a file of contracts → partitions and a report, in a folder that exists only once it is whole."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

from achats_check.contracts.partitions import PartitionWriter, schema_of, writing
from achats_check.contracts.plans import Plan, SourceTask, plan_of
from achats_check.contracts.portions import Portion, portions, portions_data, portions_from
from achats_check.contracts.quality import (
    Ledger,
    PortionQuality,
    SourceQuality,
    portion_data,
    portion_from,
    whole_quality,
)
from achats_check.contracts.records import Record, Refusal
from achats_check.contracts.streams import is_plain
from achats_check.law.rulebook import Rulebook

REPORT = "bilan.json"
_CUTS, _UNFINISHED = "tranches.json", ".encours"


def read_source(task: SourceTask, book: Rulebook) -> SourceQuality:
    """Read one file into its folder; the same file read again gives the same bytes.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read, or nothing can be written.
    """
    return whole_quality(task.shown, [read_portion(task, book)])


def read_portion(task: SourceTask, book: Rulebook) -> PortionQuality:
    """Read a portion of a file, or the whole of it, into its folder.

    The folder appears under its name once all is written: one that is there is whole, and is left as it is.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read, or nothing can be written.
    """
    folder = Path(task.folder)
    done = folder / REPORT
    if done.is_file():
        return portion_from(json.loads(done.read_text(encoding="utf-8")))
    started = folder.with_name(f"{folder.name}.{uuid4().hex}{_UNFINISHED}")
    with writing(folder):
        started.mkdir(parents=True)
    try:
        plan = plan_of(task, book)
        writer = PartitionWriter(started, schema_of(plan.facts, book.vocabulary, hidden=True))
        quality = _read(task, plan, writer)
        report = json.dumps(portion_data(quality), ensure_ascii=False, indent=1)
        with writing(folder):
            (started / REPORT).write_text(report, encoding="utf-8")
            _settle(started, folder)
    finally:
        shutil.rmtree(started, ignore_errors=True)
    return quality


def cut_source(task: SourceTask, size: int, book: Rulebook) -> Iterator[Portion]:
    """Yield the portions of a file, each as soon as it is known; they are kept in its folder.

    What is packed or written in 16 or 32 bits is not cut: it is one portion.

    Args:
        task: The file, and where the folders of its portions go.
        size: Bytes of a portion, at least.
        book: The rules.

    Raises:
        UsageError: It is no file of contracts, or its correspondence does not fit it.
        OSError: It cannot be read, or nothing can be written.
    """
    kept = Path(task.folder) / _CUTS
    if kept.is_file():
        yield from portions_from(json.loads(kept.read_text(encoding="utf-8")))
        return
    found: list[Portion] = []
    starts = plan_of(task, book).starts(size) if is_plain(Path(task.path)) else iter(())
    for portion in portions(starts):
        found.append(portion)
        yield portion
    started = kept.with_name(f"{_CUTS}.{uuid4().hex}{_UNFINISHED}")
    with writing(kept.parent):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with started.open("w", encoding="utf-8") as written:
            json.dump(portions_data(found), written, ensure_ascii=False)
            os.fsync(written.fileno())
        started.replace(kept)


def portion_task(task: SourceTask, portion: Portion) -> SourceTask:
    """Return the task of a portion of a file, which has a folder of its own in that of the file."""
    return task._replace(folder=str(Path(task.folder) / f"{portion.rank:05d}"), portion=portion)


def _settle(started: Path, folder: Path) -> None:
    """Push what is written to the disk, then give it its name; what another process read meanwhile is the same."""
    for file in started.iterdir():
        with file.open("r+b") as written:
            os.fsync(written.fileno())
    try:
        started.replace(folder)
    except OSError:
        if not (folder / REPORT).is_file():
            raise


def forget_others(work: Path, kept: Iterable[SourceTask]) -> None:
    """Remove from a folder what was read of sources that are no longer there, or otherwise, or not to the end.

    Each folder loses its name first: one that is half removed must not pass for whole.
    """
    names = {Path(task.folder).name for task in kept}
    doomed = work / "oubli"
    for folder in sorted(work.iterdir()) if work.is_dir() else ():
        shutil.rmtree(doomed, ignore_errors=True)
        if folder.name not in names and folder != doomed:
            folder.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
        for left in folder.glob(f"*{_UNFINISHED}"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _read(task: SourceTask, plan: Plan, writer: PartitionWriter) -> PortionQuality:
    ledger = Ledger(task.shown)
    refused = 0
    stop: tuple[str, ...] = ()
    for item in plan.items(task.portion):
        for found in plan.shape(item) if isinstance(item, Record) else [item]:
            if isinstance(found, Refusal):
                ledger.refuse(found)
                refused += not found.fatal
                stop = (found.reason, found.place) if found.fatal else stop
            else:
                row, notes = found
                writer.add(row)
                ledger.add(notes, row["uid"], row["rang"])
    writer.flush()
    return PortionQuality(plan.format, writer.count, refused, stop, ledger.defects())
