"""Many dossiers, the whole audit on one page: discover → judge → write → sum up."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from achats_check import __version__
from achats_check.batch.campaign import Campaign
from achats_check.batch.cutting import Aside
from achats_check.batch.discovery import Found, discover, holds_contracts
from achats_check.batch.folder import ResultsFolder
from achats_check.batch.journal import Journal
from achats_check.batch.pool import LocalPool
from achats_check.batch.progress import progress_bar
from achats_check.batch.results import write_results
from achats_check.batch.summary import dossier_sections
from achats_check.batch.tally import Tally
from achats_check.batch.tasks import Executor
from achats_check.batch.units import PATIENCE, Terms
from achats_check.columns.extra import need
from achats_check.dossier import check
from achats_check.law.rulebook import Rulebook
from achats_check.model.synthesis import Synthesis
from achats_check.rules import load_rules
from achats_check.tender import Tender


class Audited(NamedTuple):
    """What an audit did."""

    synthesis: Synthesis
    tally: Tally
    """The dossiers, summed up."""
    resumed: int
    """Dossiers that were done before."""
    dropped: int
    """Lines of the journal that were cut short, and whose dossiers were done again."""


def audit(
    sources: Sequence[str | Path],
    output: str | Path,
    *,
    today: date,
    same_day: bool = True,
    buyer: str | None = None,
    declared: Mapping[str, str] | None = None,
    packs: Sequence[str] = (),
    ocr: bool = False,
    resume: bool = False,
    processes: int | None = None,
    executor: Executor | None = None,
) -> Audited:
    """Audit archives of dossiers, and write the results in a folder.

    Args:
        sources: Folders, archives, files, in any number and mix.
        output: The folder of results; made if it does not exist.
        today: The day whose law is assumed for dossiers whose launch is not known.
        same_day: When resumed, keep the day on which the audit began instead of ``today``.
        buyer: Path of a profile of the buyer, the same for all dossiers.
        declared: Facts by dotted name, the same for all dossiers.
        packs: Local packs of rules.
        ocr: Whether scanned pages and images are read by character recognition.
        resume: Go on with the audit that the folder holds; what is done and did not change is not done again.
        processes: Dossiers judged at the same time; one for each processor by default.
        executor: Who does the work instead of processes of this machine.

    Returns:
        What was found, as the synthesis says it.

    Raises:
        UsageError: Options that cannot be used, a folder of results that cannot be, a full disk, a missing library.
        NothingToCheckError: Nothing to audit in the sources.
        DescriptionError: A profile of the buyer that is not valid.
        RuleFileError: Rules that cannot be loaded.
    """
    for library in ("pyarrow", "tqdm"):
        need(library)
    book = load_rules(packs)
    check(Tender(), today=today, buyer=buyer, declared=declared, rules=book)  # refuses wrong options at once
    found = _without_tables(discover([Path(source) for source in sources], Path(output), holds_contracts))
    with ResultsFolder(Path(output), resume=resume) as folder:
        day = folder.today(today, imposed=not same_day)
        stated = tuple((declared or {}).items())
        terms = Terms(day, book.version, buyer, stated, tuple(packs), ocr, **(PATIENCE if ocr else {}))
        with Journal(folder.journal_path) as journal:
            campaign = Campaign(found.units, terms, journal)
            _run(campaign, executor, processes or _processors())
            with folder.drafts() as drafts:
                tally = Tally()
                for entry in write_results(drafts, journal, campaign.keys, found.aside, book.vocabulary):
                    tally.add(entry)
                synthesis = _synthesis(sources, found, tally, day, book)
            return Audited(synthesis, tally, campaign.resumed, journal.dropped)


def _without_tables(found: Found) -> Found:
    """Say of the tables of contracts that they were found and are not judged with the dossiers."""
    reason = "C'est une table de contrats : elle n'est pas jugée avec les dossiers."
    aside = [Aside(table.shown, reason) for table in found.tables]
    return found._replace(tables=(), aside=tuple(sorted((*found.aside, *aside))))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(campaign: Campaign, executor: Executor | None, processes: int) -> None:
    with progress_bar(campaign.total, campaign.resumed) as done:
        if executor is not None:
            campaign.run(executor, done)
            return
        with LocalPool(processes) as pool:
            campaign.run(pool, done)


def _synthesis(sources: Sequence[str | Path], found: Found, tally: Tally, today: date, book: Rulebook) -> Synthesis:
    number = len(found.units)
    return Synthesis(
        f"Audit de {number} dossier{'s' if number > 1 else ''}",
        tuple(map(str, sources)),
        today,
        __version__,
        book.version,
        dossier_sections(tally, found.aside),
    )
