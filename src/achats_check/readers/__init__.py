"""Bytes to documents: every reader knows a file format, none knows procurement.

``read`` is the only door. A file that cannot be read gives an `Unread` with what to do about it; an
exception that leaves this package is a bug of ours.
"""

from __future__ import annotations

from pathlib import Path

from achats_check.errors import ReadError
from achats_check.model.document import Block, Document, Unread
from achats_check.readers import guards
from achats_check.readers.sniff import decoded, sniff

NAMES = {
    "docx": "un document Word (.docx)",
    "pdf": "un PDF",
    "json": "une description JSON",
    "yaml": "une description YAML",
}
"""Formats that can be read, as people call them."""

_RESAVE = "L'enregistrer en .docx ou en .pdf, puis relancer."
_UNREADABLE = {
    "encrypted": (
        "Le document est protégé par un mot de passe.",
        "Retirer le mot de passe (Fichier > Informations > Protéger le document), puis relancer.",
    ),
    "doc": (
        "C'est un ancien document Word (.doc), qui n'est pas lu.",
        "L'enregistrer en .docx, puis relancer.",
    ),
    "rtf": ("C'est un document RTF, qui n'est pas lu.", "L'enregistrer en .docx, puis relancer."),
    "odt": ("C'est un document OpenDocument (.odt), qui n'est pas lu.", _RESAVE),
    "ods": (
        "C'est un classeur OpenDocument (.ods), qui n'est pas lu.",
        "L'exporter en .pdf s'il porte des conditions du marché.",
    ),
    "xls": (
        "C'est un ancien classeur Excel (.xls), qui n'est pas lu.",
        "L'exporter en .pdf s'il porte des conditions du marché.",
    ),
    "xlsx": (
        "C'est un classeur Excel (.xlsx), qui n'est pas lu.",
        "L'exporter en .pdf s'il porte des conditions du marché.",
    ),
    "pptx": ("C'est une présentation (.pptx), qui n'est pas lue.", "L'exporter en .pdf, puis relancer."),
    "ppt": ("C'est une présentation (.ppt), qui n'est pas lue.", "L'exporter en .pdf, puis relancer."),
    "ole": ("C'est un ancien fichier Office, qui n'est pas lu.", _RESAVE),
    "zip": (
        "C'est une archive, pas un document.",
        "Lui rendre l'extension .zip si elle contient des pièces, ou donner le dossier extrait.",
    ),
    "archive": (
        "C'est une archive d'un autre format que .zip (7z, rar, tar, gz…), qui n'est pas ouverte.",
        "L'extraire et donner le dossier, ou la refaire en .zip.",
    ),
    "html": ("C'est une page web (HTML), qui n'est pas lue.", "L'imprimer en .pdf, puis relancer."),
    "xml": ("C'est un fichier XML, qui n'est pas lu comme pièce.", "Donner la pièce en .docx ou en .pdf."),
    "image": (
        "C'est une image : elle ne contient pas de texte.",
        "Fournir la pièce d'origine en .docx ou en .pdf, ou un PDF passé à la reconnaissance de caractères.",
    ),
    "text": ("C'est un texte brut, qui n'est pas lu comme pièce.", _RESAVE),
    "unknown": ("Le format du fichier n'est pas reconnu.", "Fournir la pièce en .docx ou en .pdf."),
    "empty": ("Le fichier est vide.", "Redéposer la pièce : l'envoi ou la copie a sans doute échoué."),
}


_SAME_FORMAT = {".yml": "yaml", ".docm": "docx", ".dotx": "docx", ".dotm": "docx"}


def read(path: Path) -> Document | Unread:
    """Read a piece of a dossier, whatever its extension.

    Args:
        path: A Word file (.docx), a PDF, or a JSON or YAML description.

    Returns:
        The document; for a description, one block that holds its raw text, with the role "DESCRIPTION".
        An `Unread` when the file is missing, damaged, protected, scanned, or of another format.
    """
    path = Path(path)
    kind = ""
    try:
        guards.check_size(path)
        kind = sniff(path)
        document = _read_as(kind, path)
    except ReadError as error:
        return Unread(str(path), kind, error.reason, error.advice)
    except OSError as error:
        return Unread(str(path), kind, _trouble(error), "Vérifier le chemin et les droits d'accès au fichier.")
    return _noting_extension(document, path)


def _read_as(kind: str, path: Path) -> Document:
    if kind == "docx":
        from achats_check.readers.docx import read_docx

        return read_docx(path)
    if kind == "pdf":
        from achats_check.readers.pdf import read_pdf

        return read_pdf(path)
    if kind in ("json", "yaml"):
        return _read_description(path, kind)
    raise ReadError(*_UNREADABLE[kind])


def _read_description(path: Path, kind: str) -> Document:
    if path.stat().st_size > guards.MAX_TEXT_BYTES:
        limit = guards.MAX_TEXT_BYTES // 2**20
        raise ReadError(f"La description dépasse {limit} Mo.", "La séparer en plusieurs fichiers.")
    text = decoded(path.read_bytes())
    if text is None:
        raise ReadError("Le fichier n'est pas du texte UTF-8.", "L'enregistrer en UTF-8, puis relancer.")
    return Document(str(path), kind, (Block(0, "paragraph", text),), role="DESCRIPTION")


def _noting_extension(document: Document, path: Path) -> Document:
    suffix = path.suffix.lower()
    expected = _SAME_FORMAT.get(suffix, suffix[1:])
    if expected == document.format:
        return document
    named = f"porte l'extension {path.suffix}" if path.suffix else "n'a pas d'extension"
    note = f"Le fichier {named} mais c'est {NAMES[document.format]} : il a été lu comme tel."
    return document._replace(warnings=(note, *document.warnings))


def _trouble(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Le fichier n'existe pas."
    if isinstance(error, IsADirectoryError):
        return "C'est un dossier, pas un fichier."
    if isinstance(error, PermissionError):
        return "Le fichier n'est pas accessible en lecture."
    return "Le fichier n'a pas pu être lu sur le disque."
