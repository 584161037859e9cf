"""What a process of an audit does: judge a few dossiers, each under limits of time and memory of its own."""

import faulthandler
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from achats_check import patterns
from achats_check.batch.consultation import consultation_row
from achats_check.batch.digest import digest_of
from achats_check.batch.journal import packed
from achats_check.batch.rows import (
    SET_ASIDE,
    UNREAD,
    Row,
    dossier_row,
    fact_rows,
    failed_row,
    fault_of_ours,
    finding_rows,
)
from achats_check.batch.units import Terms, Unit, key_of
from achats_check.batch.worker_rules import rules_of
from achats_check.dossier import check_gathered
from achats_check.errors import DescriptionError, NothingToCheckError, UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.report import Report
from achats_check.pieces import Gathering, no_description
from achats_check.readers import guards
from achats_check.readers.worker import limit_memory, restore_memory


class Batch(NamedTuple):
    """A few dossiers to judge one after the other, in this process."""

    terms: Terms
    stamp: str
    """Of the terms (see ``Terms.stamp``)."""
    units: tuple[Unit, ...]
    alone: bool = False
    """Whether it is a second try: the dossier ended or hung a process, so its pieces are read apart, with patience."""

    def paths(self) -> list[str]:
        """Return the files and folders that it reads."""
        profile = [self.terms.buyer] if self.terms.buyer else []
        return [*profile, *self.terms.packs, *(path for unit in self.units for path in unit.paths)]


class Outcome(NamedTuple):
    """What became of one dossier: a line of the journal."""

    name: str
    key: str
    status: str
    """A status of ``rows``."""
    crashed: bool
    """Whether a bug of ours is to blame."""
    line: bytes
    """JSON, ended by a newline; see ``journal``."""


def judge(batch: Batch) -> Iterator[Outcome]:
    """Judge the dossiers of a batch.

    Yields:
        The outcome of each, in their order, as soon as it is known.

    Raises:
        RuleFileError: Rules that cannot be loaded.
        UsageError: Rules that changed since the audit began.
        MemoryError: A dossier asks for more memory than it may.
    """
    book = rules_of(batch.terms.packs, batch.terms.rules_version)
    for unit in batch.units:
        yield _judged(unit, batch, book)
    patterns.keep()


def _judged(unit: Unit, batch: Batch, book: Rulebook) -> Outcome:
    key = key_of(unit, batch.stamp)
    try:
        with _watched(batch.terms, alone=batch.alone):
            report = _check(unit, batch, book)
        return _outcome(unit, key, report, book)
    except DescriptionError as error:
        return failed(unit, key, UNREAD, no_description(error))
    except (NothingToCheckError, UsageError) as error:
        return failed(unit, key, UNREAD, str(error))
    except Exception as error:  # a bug of ours on one dossier must not lose the others
        if isinstance(error, MemoryError):
            raise
        return failed(unit, key, SET_ASIDE, fault_of_ours(error), crashed=True)


def _check(unit: Unit, batch: Batch, book: Rulebook) -> Report:
    terms = batch.terms
    return check_gathered(
        Gathering([Path(path) for path in unit.paths], ocr=terms.ocr, apart=batch.alone, inside=unit.inside),
        today=terms.today,
        buyer=terms.buyer,
        declared=dict(terms.declared),
        rules=book,
    )


def _outcome(unit: Unit, key: str, report: Report, book: Rulebook) -> Outcome:
    row = dossier_row(unit.name, report)
    judged = bool(report.findings)
    line = {
        "key": key,
        "name": unit.name,
        "crashed": False,
        "dossier": row,
        "digest": digest_of(report),
        "consultation": consultation_row(unit.name, report, book.vocabulary) if judged else None,
        "findings": packed(_lines(finding_rows(unit.name, report))),
        "facts": packed(_lines(fact_rows(unit.name, report, book.vocabulary)) if judged else ""),
    }
    return Outcome(unit.name, key, row["status"], False, _line(line))


def failed(unit: Unit, key: str, status: str, reason: str, *, crashed: bool = False) -> Outcome:
    """Return the outcome of a dossier that could not be judged."""
    row = failed_row(unit.name, status, reason)
    line = {
        "key": key,
        "name": unit.name,
        "crashed": crashed,
        "dossier": row,
        "digest": None,
        "consultation": None,
        "findings": packed(""),
        "facts": packed(""),
    }
    return Outcome(unit.name, key, status, crashed, _line(line))


def _lines(rows: Iterator[Row]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False, allow_nan=False)}\n" for row in rows)


def _line(data: Row) -> bytes:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


@contextmanager
def _watched(terms: Terms, *, alone: bool) -> Iterator[None]:
    """Bound the time and the memory of a dossier: past the first, the process ends itself, whatever native code does.

    The limit of memory is given back: other kinds of tasks reserve more of it than they use.
    """
    with _ended_after(terms.alone_seconds if alone else terms.seconds):
        before = limit_memory(guards.MAX_READING_BYTES)
        try:
            yield
        finally:
            restore_memory(before)


@contextmanager
def _ended_after(seconds: int) -> Iterator[None]:
    """End the process when the time is up: by the system's own alarm, or by ``faulthandler`` where there is none.

    The latter looks at the frames of a program that runs, and at times crashes in doing so.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return
    with Path(os.devnull).open("w", encoding="ascii") as silence:
        faulthandler.dump_traceback_later(seconds, exit=True, file=silence)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
