"""Published notices and contract records: one block for each element that says something, with its path.

What an element means is told by ``facts.notices``; here, only which ones hold sentences and which ones codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers.notices import shapes
from achats_check.readers.notices.walk import Leaf, blocks, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from xml.etree.ElementTree import Element


def read_eforms(path: Path) -> Document:
    """Read an eForms notice (UBL), of any version of the SDK.

    Raises:
        ReadError: The file is too large, is not well-formed, or declares a document type.
    """
    return _notice(path, "eforms", leaves(_root(path), shapes.EFORMS))


def read_ted(path: Path) -> Document:
    """Read a notice in the older TED schema (R2.0.8, R2.0.9): its French form, else the original one.

    Raises:
        ReadError: As ``read_eforms``.
    """
    return _notice(path, "ted", leaves(shapes.without_translations(_root(path)), shapes.TED))


def read_boamp(path: Path) -> Document:
    """Read a notice of the BOAMP, of any of its forms: a European notice in its wrapping is read as such.

    Raises:
        ReadError: As ``read_eforms``; or the file holds several notices, or none.
    """
    from achats_check.readers.notices.bulletin import bulletin

    kind, root = bulletin(path)
    return _notice(path, kind, leaves(root, shapes.EFORMS if kind == "eforms" else shapes.BOAMP))


def read_decp(path: Path) -> Document:
    """Read the essential data of one contract, in JSON or XML, of the schemas of 2019 or 2022.

    Raises:
        ReadError: As ``read_eforms``; or the file describes several contracts, or none.
    """
    from achats_check.readers.notices.contracts import contract_leaves

    return _notice(path, "decp", contract_leaves(path))


def _root(path: Path) -> Element:
    from achats_check.readers.notices.parse import parsed

    return parsed(path)


def _notice(path: Path, kind: str, found: Iterable[Leaf]) -> Document:
    kept = tuple(blocks(found))
    if not kept:
        raise ReadError("Le fichier ne contient aucun champ renseigné.", "Le télécharger de nouveau, puis relancer.")
    return Document(str(path), kind, kept)
