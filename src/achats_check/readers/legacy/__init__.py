"""Formats we do not read ourselves (.doc, .rtf, .xls, .ppt…), through LibreOffice when it is installed.

A copy is converted in a folder of its own, by a LibreOffice with a profile of its own; the copy's text is what is read.
RTF too: its plain words are simple to extract, its tables, lists and fields are not, and they carry the clauses.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers.formats import FORMATS, reader
from achats_check.readers.legacy.office import convert, find_office
from achats_check.readers.sniff import sniff

_TARGETS = {
    "doc": "docx",
    "rtf": "docx",
    "xls": "xlsx",
    "xlsb": "xlsx",
    "ppt": "pdf",
    "pptx": "pdf",
    "odp": "pdf",
}
"""Format of the table of readers that each one is converted to."""


def read_legacy(path: Path) -> Document:
    """Read a file once LibreOffice has converted a copy of it.

    Raises:
        ReadError: LibreOffice is not there, fails, or gives a file that cannot be read.
    """
    kind = sniff(path)
    known, target = FORMATS[kind], _TARGETS[kind]
    office = find_office()
    if office is None:
        raise ReadError(
            f"C'est {known.label}, qui n'est lu qu'avec LibreOffice, et LibreOffice n'est pas installé.",
            f"L'enregistrer en .{target}, ou installer LibreOffice, puis relancer.",
        )
    with TemporaryDirectory(prefix="achats-check-", ignore_cleanup_errors=True) as folder:
        made = convert(office, path, known.extensions[0], target, Path(folder))
        document = reader(target)(made)
    said = f"Le fichier est {known.label} : il a été lu après conversion en .{target} par LibreOffice."
    return document._replace(path=str(path), format=kind, warnings=(said, *document.warnings))
