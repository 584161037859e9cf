"""Where a report goes: standard output, in a form that never fails for a letter, or a file that is nobody's piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from achats_check.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def prepare_streams() -> None:
    """Let standard output and errors take any letter, whatever the system.

    A pipe or a file gets UTF-8, as ``--sortie`` writes: Windows would give it an encoding without « ✗ » nor « → ».
    A terminal keeps its own encoding, and shows « ? » for what it lacks.
    """
    import os
    import sys
    from io import TextIOWrapper

    imposed = "PYTHONIOENCODING" in os.environ
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if imposed or stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def put(text: str) -> None:
    """Write on standard output.

    Raises:
        UsageError: It cannot be written; a reader that left early, as ``head`` does, is no such trouble.
    """
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        from achats_check.disk_words import why

        raise UsageError(f"Sortie standard : écriture impossible : {why(error)}.") from None


def check_output(output: str, sources: Iterable[str], others: Iterable[str]) -> None:
    """Refuse to write a report over something of the user's.

    Args:
        output: Where the report is to go.
        sources: Files and folders to check.
        others: Other files that are read.

    Raises:
        UsageError: A file stands there that is one of them, or lies in one of these folders and is no report of ours.
    """
    from pathlib import Path

    path = Path(output)
    if not _exists(path):
        return
    from achats_check.readers.piece_file import is_folder

    for source in (*sources, *others):
        given = Path(source)
        if _exists(given) and path.samefile(given):
            raise UsageError(f"--sortie {output} : c'est un fichier à lire, qui serait effacé ; donner un autre nom.")
        if is_folder(given) and path.is_file() and path.resolve().is_relative_to(given.resolve()):
            _check_inside(path, output, source)


def _check_inside(path: Path, output: str, folder: str) -> None:
    from achats_check.readers.own_reports import is_own_report
    from achats_check.readers.sniff import sniff

    if path.stat().st_size and not is_own_report(path, sniff(path)):
        raise UsageError(
            f"--sortie {output} : ce fichier du dossier {folder} existe, n'est pas un rapport d'achats-check, et serait"
            " effacé ; donner un autre nom."
        )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def write_report(text: str, output: str | None) -> None:
    """Write a report to a file, or to standard output without one.

    Raises:
        UsageError: It cannot be written there.
    """
    if output is None:
        put(text)
        return
    from pathlib import Path

    path = Path(output)
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(f"--sortie {output} : écriture impossible : {_why_not(path, error)}.") from None


def _why_not(path: Path, error: OSError) -> str:
    """Say in French why a report could not be written, and what to do."""
    from achats_check.disk_words import why
    from achats_check.readers.piece_file import is_file, is_folder

    if is_folder(path):
        return "c'est un dossier ; donner un nom de fichier"
    if is_file(path.parent):
        return f"{path.parent} est un fichier, non un dossier ; choisir un autre chemin"
    if isinstance(error, FileNotFoundError) and not is_folder(path.parent):
        return f"le dossier {path.parent} n'existe pas ; le créer ou choisir un autre chemin"
    return f"{why(error)} ; choisir un autre chemin"
