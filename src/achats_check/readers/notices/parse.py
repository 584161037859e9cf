"""Bytes of a notice to an XML tree, under limits: no document type, no entity, no boundless file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.readers import guards

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

AGAIN = "Télécharger de nouveau l'avis en XML depuis son site de publication, puis relancer."


def parsed(path: Path) -> Element:
    """Return the root of an XML file.

    Raises:
        ReadError: The file is too large, is not well-formed, or declares a document type or entities.
    """
    try:
        return guards.parse_xml(content(path), path.name)
    except ReadError as error:
        raise ReadError(error.reason, AGAIN) from None


def content(path: Path) -> bytes:
    """Return the bytes of a file no larger than ``MAX_TEXT_BYTES``.

    Raises:
        ReadError: It is larger.
    """
    if path.stat().st_size > guards.MAX_TEXT_BYTES:
        limit = guards.MAX_TEXT_BYTES // 2**20
        raise ReadError(f"Le fichier dépasse {limit} Mo, bien plus qu'un avis ou un contrat.", AGAIN)
    return path.read_bytes()
