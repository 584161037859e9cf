"""Many dossiers and tables of contracts, the whole audit on one page: discover → judge → write → sum up."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from achats_check import __version__
from achats_check.batch.campaign import Campaign
from achats_check.batch.discovery import Found, discover
from achats_check.batch.folder import ResultsFolder
from achats_check.batch.journal import Journal
from achats_check.batch.pool import LocalPool
from achats_check.batch.progress import Progress, silent
from achats_check.batch.results import Entry, write_results
from achats_check.batch.summary import dossier_sections
from achats_check.batch.tables import Contracts, TableCampaign
from achats_check.batch.tally import Tally, reached_by
from achats_check.batch.tasks import Executor
from achats_check.batch.units import PATIENCE, Terms
from achats_check.columns.extra import need
from achats_check.contracts.column_map import load_map
from achats_check.contracts.formats import table_format
from achats_check.contracts.quality_sections import quality_sections
from achats_check.contracts.sources import forget_others
from achats_check.contracts.verdict_sections import verdict_sections
from achats_check.dossier import check
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.synthesis import Section, Synthesis
from achats_check.portfolio.assembly import portfolios
from achats_check.portfolio.buyers import Buyers, read_buyers
from achats_check.portfolio.output import write_portfolios
from achats_check.portfolio.records import Portfolios
from achats_check.portfolio.sections import sections as portfolio_sections
from achats_check.reports.synthesis.html import render_html
from achats_check.reports.synthesis.workbook import write_workbook
from achats_check.rules import load_rules
from achats_check.tender import Tender
from achats_check.wording import format_number

LIBRARIES = ("polars", "duckdb", "pyarrow", "orjson", "tqdm", "xlsxwriter")


class Options(NamedTuple):
    """Under what terms sources are audited; all have a default."""

    buyer: str | None = None
    """Path of a profile of the buyer, the same for all dossiers."""
    declared: Mapping[str, Any] = {}
    """Facts by dotted name, the same for all dossiers."""
    packs: Sequence[str] = ()
    """Local packs of rules, a buyer's own goals among them."""
    ocr: bool = False
    """Whether scanned pages and images are read by character recognition."""
    correspondence: str | None = None
    """Path of the column map of generic tables of contracts."""
    buyers: str | None = None
    """Path of what buyers declare of themselves and of their years."""


class Audited(NamedTuple):
    """What an audit did."""

    synthesis: Synthesis
    tally: Tally
    """The dossiers, summed up."""
    contracts: Contracts | None
    """The contracts of the tables; None without a table."""
    reached: frozenset[str]
    """Verdicts, and gravities of the faults, of contracts and of portfolios."""
    resumed: int
    """Dossiers that were done before."""
    dropped: int
    """Lines of the journal that were cut short, and whose dossiers were done again."""


def run_audit(
    sources: Sequence[str | Path],
    output: str | Path,
    *,
    today: date,
    same_day: bool = True,
    options: Options = Options(),  # noqa: B008 - immutable
    resume: bool = False,
    processes: int | None = None,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> Audited:
    """Audit archives of dossiers and tables of contracts, and write the results in a folder.

    Args:
        sources: Folders, archives, files, in any number and mix.
        output: The folder of results; made if it does not exist.
        today: The day whose law is assumed for dossiers whose launch is not known.
        same_day: When resumed, keep the day on which the audit began instead of ``today``.
        options: Under what terms they are audited.
        resume: Go on with the audit that the folder holds; what is done and did not change is not done again.
        processes: Dossiers judged at the same time; one for each processor by default.
        executor: Who does the work instead of processes of this machine.
        progress: What shows how far the work is.

    Returns:
        What was found, as the synthesis says it.

    Raises:
        UsageError: Options that cannot be used, a folder of results that cannot be, a full disk, a missing library.
        NothingToCheckError: Nothing to audit in the sources.
        DescriptionError: A profile of the buyer, or a file of buyers, that is not valid.
        RuleFileError: Rules that cannot be loaded.
    """
    book, buyers = _tried(options, today)
    found = _discovered(sources, output, book, options)
    with (
        ResultsFolder(Path(output), resume=resume) as folder,
        Journal(folder.journal_path) as journal,
        _working(executor, processes) as workers,
    ):
        day = folder.today(today, imposed=not same_day)
        campaign = Campaign(found.units, _terms(day, book, options), journal)
        with progress(campaign.total, campaign.resumed, "dossier", "") as done:
            campaign.run(workers, done)
        with folder.drafts() as drafts:
            contracts = _contracts(found, folder.sources, drafts, workers, book, day, options, progress)
            found = found._replace(aside=tuple(sorted((*found.aside, *(contracts.aside if contracts else ())))))
            tally = _summed(write_results(drafts, journal, campaign.keys, found.aside, book.vocabulary))
            counted = _portfolios(tally, contracts, drafts, book, day, buyers)
            made = _sections(found, tally, contracts, counted, book, day)
            synthesis = _synthesis(sources, tally, contracts, made, day, book)
            (drafts / "synthese.html").write_text(render_html(synthesis), encoding="utf-8")
            write_workbook(synthesis, drafts / "synthese.xlsx")
        reached = reached_by(_verdicts(contracts, counted), book)
        return Audited(synthesis, tally, contracts, reached, campaign.resumed, journal.dropped)


def _tried(options: Options, today: date) -> tuple[Rulebook, Buyers]:
    """Return the rules and what buyers declare; wrong options are refused at once, before hours of work."""
    for library in LIBRARIES:
        need(library)
    book = load_rules(options.packs)
    buyers = read_buyers(Path(options.buyers), book.vocabulary) if options.buyers else {}
    check(Tender(), today=today, buyer=options.buyer, declared=options.declared, rules=book)
    return book, buyers


def _discovered(sources: Sequence[str | Path], output: str | Path, book: Rulebook, options: Options) -> Found:
    is_table = partial(table_format, vocabulary=book.vocabulary, mapped=options.correspondence is not None)
    if options.correspondence:
        load_map(Path(options.correspondence), book.vocabulary)  # refused even where no table is found
    if "" in (*sources, output):
        raise UsageError("Un chemin vide a été donné : nommer un fichier ou un dossier (« . » pour celui-ci).")
    return discover([Path(source) for source in sources], Path(output), lambda path: is_table(path) is not None)


@contextmanager
def _working(executor: Executor | None, processes: int | None) -> Iterator[Executor]:
    """Give who does the work: processes of this machine, one for each processor, unless another is given."""
    if executor is not None:
        yield executor
        return
    with LocalPool(processes or _processors()) as pool:
        yield pool


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _terms(day: date, book: Rulebook, options: Options) -> Terms:
    declared = tuple(options.declared.items())
    patience = PATIENCE if options.ocr else {}
    return Terms(day, book.version, options.buyer, declared, tuple(options.packs), options.ocr, **patience)


def _contracts(
    found: Found,
    work: Path,
    target: Path,
    executor: Executor,
    book: Rulebook,
    today: date,
    options: Options,
    progress: Progress,
) -> Contracts | None:
    if not found.tables:
        forget_others(work, ())
        return None
    correspondence = Path(options.correspondence) if options.correspondence else None
    campaign = TableCampaign(
        found.tables,
        work,
        book,
        today=today,
        packs=options.packs,
        correspondence=correspondence,
        progress=progress,
    )
    return campaign.run(executor, target)


def _summed(entries: Iterable[Entry]) -> Tally:
    tally = Tally()
    for entry in entries:
        tally.add(entry)
    return tally


def _portfolios(
    tally: Tally, contracts: Contracts | None, drafts: Path, book: Rulebook, today: date, buyers: Buyers
) -> Portfolios:
    """Return the portfolios; write them when there are contracts."""
    counted = portfolios(
        contracts.partitions if contracts else [],
        book,
        today=today,
        consultations=drafts / "consultations.parquet" if tally.rows else None,
        buyers=buyers,
    )
    if contracts is not None:
        write_portfolios(counted.lines, drafts)
    return counted


def _verdicts(contracts: Contracts | None, counted: Portfolios) -> Iterator[tuple[str, str]]:
    """Yield each rule with a verdict that it gives, dossiers left out."""
    if contracts is not None:
        yield from ((count.rule, count.verdict) for count in contracts.counts)
    for line in counted.lines:
        yield from ((judged.finding.rule, judged.finding.verdict) for judged in line.findings)


def _sections(
    found: Found, tally: Tally, contracts: Contracts | None, counted: Portfolios, book: Rulebook, today: date
) -> tuple[Section, ...]:
    """Return what is to be read."""
    made = [*dossier_sections(tally, found.aside)]
    quality: tuple[Section, ...] = ()
    if contracts is not None:
        made += verdict_sections(contracts.counts, contracts.folder, contracts.violations, book, today=today)
        quality = quality_sections(contracts.quality, book.vocabulary)
    return (*made, *portfolio_sections(counted), *quality)


def _synthesis(
    sources: Sequence[str | Path],
    tally: Tally,
    contracts: Contracts | None,
    sections: tuple[Section, ...],
    today: date,
    book: Rulebook,
) -> Synthesis:
    counts = [(len(tally.rows), "dossier"), (contracts.total if contracts else 0, "contrat")]
    named = " et ".join(
        f"{format_number(number)} {word}{'s' if number > 1 else ''}" for number, word in counts if number
    )
    title = f"Audit de {named}" if named else "Audit sans dossier ni contrat"
    return Synthesis(title, tuple(map(str, sources)), today, __version__, book.version, sections)
