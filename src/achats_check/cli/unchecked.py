"""The report of a dossier that could not be checked at all: its files, unread, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook
    from achats_check.model.report import LawDay, Report

_FORMATS = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def unchecked(dossier: Sequence[str], reason: str, law_day: LawDay, book: Rulebook) -> Report:
    """Return a report without findings, so that whoever reads the array finds each of the files that were given.

    Args:
        dossier: The files of the consultation, as they were named.
        reason: Why nothing could be checked, in French.
        law_day: The day whose law would have been applied.
        book: The rules, none of which was run.
    """
    from achats_check import __version__
    from achats_check.model.fact import FactSet
    from achats_check.model.report import InputPiece, Report

    pieces = tuple(
        InputPiece(path, found, "DESCRIPTION" if found else "AUTRE", None, "unread", reason)
        for path in dossier
        for found in [_FORMATS.get(PurePath(path).suffix.lower(), "")]
    )
    not_run = tuple((rule.id, "le dossier n'a pas pu être vérifié") for rule in book.rules)
    return Report(__version__, book.version, law_day, pieces, FactSet(), (), not_run=not_run)
