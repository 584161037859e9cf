"""What a file is for an audit: a piece of a dossier, a notice, a table of contracts, or nothing to judge."""

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import NamedTuple

from achats_check.batch.names import is_about_the_archive
from achats_check.pieces import SIDE_FILE
from achats_check.readers.formats import FORMATS
from achats_check.readers.own_reports import is_own_report
from achats_check.readers.refusals import REFUSALS
from achats_check.readers.sniff import HEAD_BYTES, kind_of_head, sniff

DOCUMENT, PROSE, NOTICE, DESCRIPTION, TABLE, SIDE, ARCHIVE, OTHER = (
    *("document", "prose", "notice", "description", "table", "side", "archive", "other"),
)
"""A piece; a text, which is one only among others or by its name; a published notice; the description of a purchase;
contracts in a table; facts beside pieces; an archive; anything else."""

_PROSE = ("text", "md", "html")
_NOTICES = ("eforms", "ted", "boamp")
_MAY_BE_TABLES = ("json", "text", "archive", "unknown")
"""What ``sniff`` calls files that may hold contracts; gzip packs tables, and archives that are not opened."""
_DATA = ("json", "yaml", "decp", *_NOTICES)
_EXTENSIONS = {
    extension for kind, known in FORMATS.items() if kind not in (*_PROSE, *_DATA) for extension in known.extensions
}
_TEXTS = ("", *(extension for kind in _PROSE for extension in FORMATS[kind].extensions))
_SCHEMA_SIGNS = (b"json-schema.org", b'"fields": [')
"""What the schemas of JSON and of tables hold, and no data."""
_SCHEMAS = (".xsd", ".rng", ".sch", ".xsl", ".xslt", ".dtd")


class Look(NamedTuple):
    """What a file is."""

    kind: str
    reason: str = ""
    """Why nothing can be judged in it, in French, for OTHER."""


def kind_of(name: str, path: Path | None, head: Callable[[], bytes], is_table: Callable[[Path], bool]) -> Look:
    """Say what a file is, opening it only when its name does not tell.

    Args:
        name: Its name.
        path: Where it is on disk; None for the member of an archive.
        head: Returns its first bytes.
        is_table: Says whether a file on disk holds contracts.

    Raises:
        OSError: It cannot be opened.
    """
    suffix = PurePath(name).suffix.lower()
    if name == SIDE_FILE:
        return Look(SIDE)
    if is_about_the_archive(name):
        return Look(OTHER, "Ce fichier décrit l'archive, non un achat.")
    if suffix in _SCHEMAS:
        return Look(OTHER, "C'est un schéma de données, non un achat.")
    if suffix in _EXTENSIONS:
        return Look(DOCUMENT)
    kind = sniff(path) if path is not None else _kind_of_member(head(), suffix)
    if kind in ("json", "decp") and any(sign in head() for sign in _SCHEMA_SIGNS):
        return Look(OTHER, "C'est un schéma de données, non un achat.")
    if path is not None and is_own_report(path, kind):
        return Look(OTHER, REFUSALS["own_report"][0])
    if kind == "decp" or (path is not None and kind in _MAY_BE_TABLES and is_table(path)):
        return Look(TABLE)
    return _look(kind, suffix)


def _kind_of_member(head: bytes, suffix: str) -> str:
    if not head:
        return "empty"
    if head.startswith(b"PK"):
        return "zip"
    return kind_of_head(head[:HEAD_BYTES], suffix)


def _look(kind: str, suffix: str) -> Look:
    if kind in _NOTICES:
        return Look(NOTICE)
    if kind == "zip":
        return Look(ARCHIVE)
    if kind in ("json", "yaml"):
        return Look(DESCRIPTION)
    if suffix in (".csv", ".tsv"):
        return Look(OTHER, "Ce tableau n'a pas les colonnes d'une table de contrats connue.")
    if kind in _PROSE:
        return Look(PROSE) if suffix in _TEXTS else Look(OTHER, "Ce fichier texte n'est pas la pièce d'un dossier.")
    return Look(DOCUMENT) if kind in FORMATS else Look(OTHER, REFUSALS.get(kind, REFUSALS["unknown"])[0])
