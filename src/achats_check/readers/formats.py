"""The table of readers: each format that can be read, what people call it, and who reads it.

A reader is a function from a path to a ``Document`` that raises ``ReadError``. It is named here and imported when a
file asks for it, so that a Word piece never pays for the reader of spreadsheets. Adding a format is adding a line
here, and the way to recognise it in ``sniff``.
"""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from achats_check.model.document import Document

    Reader = Callable[..., Document]


class Format(NamedTuple):
    """A format of files that are read."""

    label: str
    """What people call it, in French, after "c'est"."""
    extensions: tuple[str, ...]
    """Extensions such files bear, the usual one first; a file with another is read, and its name is told."""
    module: str
    """Module of the reader, inside ``achats_check.readers``."""
    function: str
    """Its function."""
    pictures: bool = False
    """Whether it may hold pictures of pages: its reader then takes ``ocr``, whether to recognise their characters."""


FORMATS = {
    "docx": Format("un document Word (.docx)", (".docx", ".docm", ".dotx", ".dotm"), "docx", "read_docx"),
    "pdf": Format("un PDF", (".pdf",), "pdf", "read_pdf", True),
    "odt": Format("un document OpenDocument (.odt)", (".odt", ".ott"), "opendocument", "read_odt"),
    "ods": Format("un classeur OpenDocument (.ods)", (".ods", ".ots"), "opendocument", "read_ods"),
    "xlsx": Format("un classeur Excel (.xlsx)", (".xlsx", ".xlsm", ".xltx", ".xltm"), "spreadsheet", "read_xlsx"),
    "doc": Format("un ancien document Word (.doc)", (".doc", ".dot"), "legacy", "read_legacy"),
    "rtf": Format("un document RTF", (".rtf",), "legacy", "read_legacy"),
    "xls": Format("un ancien classeur Excel (.xls)", (".xls", ".xlt"), "legacy", "read_legacy"),
    "xlsb": Format("un classeur Excel binaire (.xlsb)", (".xlsb",), "legacy", "read_legacy"),
    "ppt": Format("une ancienne présentation (.ppt)", (".ppt", ".pps"), "legacy", "read_legacy"),
    "pptx": Format("une présentation (.pptx)", (".pptx", ".pptm", ".ppsx"), "legacy", "read_legacy"),
    "odp": Format("une présentation OpenDocument (.odp)", (".odp",), "legacy", "read_legacy"),
    "html": Format("une page web (HTML)", (".html", ".htm", ".xhtml"), "html", "read_html"),
    "text": Format("un texte brut", (".txt", ".text"), "plain", "read_text"),
    "md": Format("un texte Markdown", (".md", ".markdown"), "plain", "read_markdown"),
    "image": Format(
        "une image",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"),
        "ocr.images",
        "read_image",
        True,
    ),
    "json": Format("une description JSON", (".json",), "descriptions", "read_json"),
    "yaml": Format("une description YAML", (".yaml", ".yml"), "descriptions", "read_yaml"),
    "eforms": Format("un avis eForms", (".xml", ".json"), "notices", "read_eforms"),
    "ted": Format("un avis du TED (schéma R2.0.9)", (".xml",), "notices", "read_ted"),
    "boamp": Format("un avis du BOAMP", (".xml", ".json"), "notices", "read_boamp"),
    "decp": Format("un enregistrement DECP", (".json", ".xml"), "notices", "read_decp"),
}
"""Formats that are read, by the name ``sniff`` gives them."""


def reader(kind: str, *, ocr: bool = False) -> "Reader":
    """Return the function that reads a format of the table.

    Args:
        kind: Name of the format.
        ocr: Whether pictures of pages are read by character recognition.
    """
    found = FORMATS[kind]
    function: Reader = getattr(import_module(f"achats_check.readers.{found.module}"), found.function)
    return partial(function, ocr=True) if ocr and found.pictures else function
