"""The folder of results: new, or resumed; never overwritten by mistake, never written by two audits at once."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from achats_check.batch.disk import settle, settle_names, told
from achats_check.errors import UsageError
from achats_check.readers.piece_file import is_file

_RESUME = "reprise"
_JOURNAL = "journal.jsonl"

_OF_TABLES = ("contrats", "constats-contrats")
_FILES_OF_TABLES = ("comptes.jsonl", "qualite.json", "portefeuilles.jsonl", "portefeuilles.parquet")
"""Results that only audits of tables have: they must not stay when no table is left."""


def holds_results(folder: Path) -> bool:
    """Say whether a folder is that of the results of an audit."""
    return is_file(folder / _RESUME / _JOURNAL)


class ResultsFolder:
    """The folder of results of one audit, held until it is left; use it as a context manager."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        """Take hold of the folder.

        Args:
            path: The folder, made if it does not exist.
            resume: Whether what an audit began there is to be gone on with.

        Raises:
            UsageError: It holds results and is not resumed, is not a folder, cannot be written, or another audit is
                writing in it.
        """
        self.path = path
        self._resume = path / _RESUME
        self._lock: IO[str] | None = None
        self._check(resume)
        with told(path):
            self._resume.mkdir(parents=True, exist_ok=True)
            self._lock = self._locked()

    def _check(self, resume: bool) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise UsageError(f"résultats dans {self.path} : c'est un fichier ; donner un dossier, qui sera créé.")
        begun = self.journal_path.exists()
        if begun and not resume:
            raise UsageError(
                f"résultats dans {self.path} : ce dossier contient déjà un audit. Ajouter --reprendre (resume=True en"
                " Python) pour le continuer, ou le remettre à jour, sans refaire ce qui est fait ; sinon donner un"
                " autre dossier."
            )
        others = [] if begun or not self.path.is_dir() else [p.name for p in self.path.iterdir() if p.name != _RESUME]
        if others:
            raise UsageError(
                f"résultats dans {self.path} : ce dossier contient autre chose qu'un audit ({min(others)}). Donner un"
                " dossier vide, ou un nouveau nom."
            )

    def _locked(self) -> IO[str]:
        """Hold a lock that the system gives back when this process ends, whatever ends it.

        Raises:
            UsageError: Another audit holds it.
        """
        file = (self._resume / "verrou").open("w", encoding="ascii")
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # Windows: two audits at once are the user's to avoid
            return file
        except BlockingIOError:
            file.close()
            raise UsageError(f"résultats dans {self.path} : un autre audit écrit déjà dans ce dossier.") from None
        return file

    def __enter__(self) -> Self:
        """Return the folder."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        if self._lock is not None:
            self._lock.close()

    @property
    def journal_path(self) -> Path:
        """Where the journal of the dossiers is."""
        return self._resume / _JOURNAL

    def today(self, today: date, *, imposed: bool) -> date:
        """Return the day of the audit: that of its beginning when it is resumed, unless another is imposed.

        An audit that is stopped at night and resumed in the morning is still one audit, under one law.
        """
        state = self._resume / "audit.json"
        if not imposed and state.is_file():
            try:
                return date.fromisoformat(json.loads(state.read_text(encoding="utf-8"))["today"])
            except (OSError, ValueError, KeyError, TypeError):
                pass  # a file cut short by a kill: the audit was only beginning
        with told(state):
            state.write_text(json.dumps({"today": today.isoformat()}) + "\n", encoding="utf-8")
        return today

    @property
    def sources(self) -> Path:
        """Where the contracts of each file are kept once it is read."""
        return self._resume / "tables"

    @contextmanager
    def drafts(self) -> Iterator[Path]:
        """Give a folder where results are written; they replace the former ones together, once all are whole.

        They are on the disk before they take their place, and so are their names before this ends.

        Raises:
            UsageError: They cannot be written: the disk is full, for instance.
        """
        folder = self._resume / "brouillons"
        with told(self.path):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            try:
                yield folder
                settle(folder)
                for name in _OF_TABLES:
                    shutil.rmtree(self.path / name, ignore_errors=True)
                for name in _FILES_OF_TABLES:
                    (self.path / name).unlink(missing_ok=True)
                for draft in sorted(folder.iterdir()):
                    draft.replace(self.path / draft.name)
                settle_names(self.path)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
