"""JSON and YAML descriptions: handed over raw, for who knows the vocabulary to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Block, Document
from achats_check.readers import guards
from achats_check.readers.encodings import decoded

if TYPE_CHECKING:
    from pathlib import Path


def read_json(path: Path) -> Document:
    """Return a document of one block, the text of a JSON file, with the role "DESCRIPTION".

    Raises:
        ReadError: The file is too large, or is no text.
    """
    return _read(path, "json")


def read_yaml(path: Path) -> Document:
    """Return a document of one block, the text of a YAML file, with the role "DESCRIPTION".

    Raises:
        ReadError: The file is too large, or is no text.
    """
    return _read(path, "yaml")


def _read(path: Path, kind: str) -> Document:
    if path.stat().st_size > guards.MAX_TEXT_BYTES:
        limit = guards.MAX_TEXT_BYTES // 2**20
        raise ReadError(f"La description dépasse {limit} Mo.", "La séparer en plusieurs fichiers.")
    text = decoded(path.read_bytes())
    if text is None:
        raise ReadError("Le fichier n'est pas du texte UTF-8.", "L'enregistrer en UTF-8, puis relancer.")
    return Document(str(path), kind, (Block(0, "paragraph", text),), role="DESCRIPTION")
