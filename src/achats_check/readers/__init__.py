"""Bytes to documents: every reader knows a file format, none knows procurement.

``read`` is the only door. A file that cannot be read gives an `Unread` with what to do about it; an
exception that leaves this package is a bug of ours.
"""

from __future__ import annotations

from pathlib import Path

from achats_check.errors import ReadError
from achats_check.model.document import Document, Unread
from achats_check.readers import guards
from achats_check.readers.formats import FORMATS, reader
from achats_check.readers.sniff import sniff

_MAY_BE_NO_PIECE = ("text", "md", "json", "html", "unknown")
_ACCESS = "Vérifier le chemin et les droits d'accès au fichier."


def read(path: Path, *, ocr: bool = False) -> Document | Unread:
    """Read a piece of a dossier, whatever its extension.

    Args:
        path: A file of one of the formats of the table (see ``formats``).
        ocr: Whether scanned pages and images are read by character recognition (tesseract).

    Returns:
        The document; for a description, one block that holds its raw text, with the role "DESCRIPTION".
        An `Unread` when the file is missing, damaged, protected, scanned, or of another format.
    """
    path = Path(path)
    kind = ""
    try:
        guards.check_size(path)
        kind = sniff(path)
        refused = _not_a_piece(path, kind)
        if refused or kind not in FORMATS:
            raise _refusal(refused or kind)
        document = reader(kind, ocr=ocr)(path)
    except ReadError as error:
        return Unread(str(path), kind, error.reason, error.advice)
    except OSError as error:
        return Unread(str(path), kind, *_trouble(error, path))
    return _noting_extension(document, path)


def _not_a_piece(path: Path, kind: str) -> str:
    """Return what a text or data file is when it is nobody's piece; "" for any other, which pays for no look."""
    if kind not in _MAY_BE_NO_PIECE:
        return ""
    from achats_check.readers.own_reports import is_own_report
    from achats_check.readers.tables import is_table_of_contracts

    if is_table_of_contracts(path, kind):
        return "table"
    return "own_report" if is_own_report(path, kind) else ""


def _refusal(kind: str) -> ReadError:
    from achats_check.readers.refusals import REFUSALS

    return ReadError(*REFUSALS[kind])


def _noting_extension(document: Document, path: Path) -> Document:
    known = FORMATS[document.format]
    if path.suffix.lower() in known.extensions:
        return document
    named = f"porte l'extension {path.suffix}" if path.suffix else "n'a pas d'extension"
    note = f"Le fichier {named} mais c'est {known.label} : il a été lu comme tel."
    return document._replace(warnings=(note, *document.warnings))


def _trouble(error: OSError, path: Path) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        from achats_check.readers.missing import advice

        return "Le fichier n'existe pas.", advice(path)
    if isinstance(error, IsADirectoryError):
        return "C'est un dossier, pas un fichier.", "Donner les fichiers qu'il contient."
    from achats_check.disk_words import why

    return f"Le fichier n'est pas accessible en lecture : {why(error)}.", _ACCESS
