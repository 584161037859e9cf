"""Plain text and Markdown: paragraphs, titles, lists and tables told by how their lines are laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.encodings import decoded
from achats_check.readers.outline import Draft, cut_short, settle

if TYPE_CHECKING:
    from pathlib import Path


def read_text(path: Path) -> Document:
    """Read a plain text; lines cut to a width are joined again.

    Raises:
        ReadError: The file is too large, or holds no text.
    """
    from achats_check.readers.plain.paragraphs import paragraphs

    return _document(path, "text", paragraphs(_lines(path)))


def read_markdown(path: Path) -> Document:
    """Read a Markdown text, whose marks are taken off.

    Raises:
        ReadError: The file is too large, or holds no text.
    """
    from achats_check.readers.plain.markdown import markdown

    return _document(path, "md", markdown(_lines(path)))


def _lines(path: Path) -> list[str]:
    return text_of(path, "Le texte").splitlines()


def text_of(path: Path, what: str) -> str:
    """Return the text of a file, whatever its encoding.

    Args:
        path: The file.
        what: What it is, as the subject of a French sentence.

    Raises:
        ReadError: The file is larger than `guards.MAX_TEXT_BYTES`, or is no text.
    """
    if path.stat().st_size > guards.MAX_TEXT_BYTES:
        raise ReadError(
            f"{what} dépasse {guards.MAX_TEXT_BYTES // 2**20} Mo.", "Séparer la pièce en plusieurs fichiers."
        )
    text = decoded(path.read_bytes())
    if text is None:
        raise ReadError("Le contenu du fichier n'est pas du texte.", "L'enregistrer en UTF-8, puis relancer.")
    return text


def _document(path: Path, kind: str, drafts: list[Draft]) -> Document:
    if not drafts:
        raise ReadError("Le fichier ne contient aucun texte.", "Redéposer la pièce, ou vérifier qu'elle est la bonne.")
    return Document(str(path), kind, settle(drafts), truncated=cut_short(drafts))
