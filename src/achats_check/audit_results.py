"""``audit``, for a program: the audit of the command line, and its results row by row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast
from weakref import finalize

from achats_check.errors import UsageError

if TYPE_CHECKING:
    from achats_check.auditing import Options
    from achats_check.batch.row_types import AsideRow, ContractFindingRow, DossierRow, FactRow, FindingRow


class AuditResults:
    """What an audit found, read from its folder as it is asked for; use it as a context manager.

    Rows are those of the files that the command writes; ``docs/colonnes.md`` tells each column.

    Attributes:
        folder: The folder of results: its files, the synthesis among them. Without ``output``, it lasts as long as
            this object, and no longer than the ``with`` block.
        resumed: Dossiers that were done before.
    """

    def __init__(self, folder: Path, *, temporary: bool) -> None:
        self.folder = folder
        self.resumed = 0
        self._remove = finalize(self, shutil.rmtree, folder, ignore_errors=True) if temporary else None

    def __enter__(self) -> Self:
        """Return the results."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the folder when no ``output`` was given."""
        if self._remove is not None:
            self._remove()

    def dossiers(self) -> Iterator[DossierRow]:
        """Yield the dossiers by name, those that could not be judged included: look at their ``status``."""
        yield from cast("Iterator[DossierRow]", self._lines("dossiers"))

    def findings(self) -> Iterator[FindingRow]:
        """Yield the findings of the dossiers, dossier by dossier, the most useful first."""
        yield from cast("Iterator[FindingRow]", self._lines("constats"))

    def facts(self) -> Iterator[FactRow]:
        """Yield the facts of the dossiers, dossier by dossier."""
        yield from cast("Iterator[FactRow]", self._lines("faits"))

    def set_aside(self) -> Iterator[AsideRow]:
        """Yield what was found in the sources and is not audited, with the reason."""
        yield from cast("Iterator[AsideRow]", self._lines("ecartes"))

    def contracts(self) -> Iterator[dict[str, Any]]:
        """Yield the contracts of the tables, each once: facts by their names, and the columns that tell its source."""
        yield from self._partitions("contrats")

    def contract_findings(self) -> Iterator[ContractFindingRow]:
        """Yield the verdicts on the contracts, by ``uid``; what is respected, or without object, is not listed."""
        yield from cast("Iterator[ContractFindingRow]", self._partitions("constats-contrats"))

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        from achats_check.batch.reading_results import lines

        return lines(self.folder / f"{name}.jsonl")

    def _partitions(self, name: str) -> Iterator[dict[str, Any]]:
        from achats_check.batch.reading_results import partitions

        return partitions(self.folder / name)


def audit(
    sources: str | Path | Sequence[str | Path],
    *,
    today: date,
    output: str | Path | None = None,
    resume: bool = False,
    buyer: str | Path | None = None,
    declared: Mapping[str, Any] | None = None,
    packs: str | Path | Sequence[str | Path] = (),
    ocr: bool = False,
    correspondence: str | Path | None = None,
    buyers: str | Path | None = None,
    processes: int | None = None,
) -> AuditResults:
    """Audit archives of dossiers and tables of contracts, as the ``audit`` command does; nothing is printed.

    The work is done in processes: call it under ``if __name__ == "__main__":``. It needs the ``audit`` extra.

    Args:
        sources: Folders, archives, files, in any number and mix.
        today: The day whose law is assumed for what has no known launch. An audit that is resumed on another day
            judges again what depends on it.
        output: The folder of results, made if it does not exist; without it, they are kept for as long as the value
            that is returned.
        resume: Go on with the audit that ``output`` holds: what is done and did not change is not done again.
        buyer: A buyer profile, the same for all dossiers.
        declared: Facts by dotted name, the same for all dossiers.
        packs: Local packs of rules, one or several.
        ocr: Whether scanned pages and images are read by character recognition.
        correspondence: Column map of generic tables of contracts.
        buyers: What buyers declare of themselves and of their years.
        processes: Dossiers judged at the same time; one for each processor by default.

    Returns:
        The results. A dossier that cannot be read is no error: it is among them, with its reason.

    Raises:
        UsageError: A declared name or value that the vocabulary refuses, an argument of another type, a folder of
            results that cannot be used, a full disk, a missing library.
        DescriptionError: A profile of the buyer, or a file of buyers, that is not valid.
        RuleFileError: Rules that cannot be loaded.
        NothingToCheckError: Sources that hold nothing to audit.
    """
    from achats_check.auditing import Options

    if output is None and resume:
        raise UsageError("resume : sans output, il n'y a pas d'audit à reprendre ; donner le dossier des résultats.")
    options = Options(
        _optional("buyer", buyer),
        declared or {},
        _paths("packs", packs),
        ocr,
        _optional("correspondence", correspondence),
        _optional("buyers", buyers),
    )
    return _results(_paths("sources", sources), _optional("output", output), today, options, resume, processes)


def _results(
    sources: tuple[str, ...], output: str | None, today: date, options: Options, resume: bool, processes: int | None
) -> AuditResults:
    """Run the audit; a folder of our own does not outlive its failure."""
    from achats_check.auditing import run_audit

    folder = mkdtemp(prefix="achats-check-") if output is None else output
    with ExitStack() as undo:
        results = undo.enter_context(AuditResults(Path(folder), temporary=output is None))
        done = run_audit(
            sources, folder, today=today, same_day=False, options=options, resume=resume, processes=processes
        )
        results.resumed = done.resumed
        undo.pop_all()  # whoever receives the results leaves them
    return results


def _paths(name: str, given: object) -> tuple[str, ...]:
    listed = (given,) if isinstance(given, str | Path) else given
    if not isinstance(listed, Sequence) or isinstance(listed, bytes):
        raise UsageError(f"{name} : un chemin ou une liste de chemins est attendu ; reçu : {given!r}.")
    return tuple(_path(name, path) for path in listed)


def _optional(name: str, given: object) -> str | None:
    return None if given is None else _path(name, given)


def _path(name: str, given: object) -> str:
    """Return a path as text.

    Raises:
        UsageError: It is none.
    """
    if not isinstance(given, str | Path):
        raise UsageError(f"{name} : un chemin est attendu ; reçu : {given!r}.")
    return str(given)
