"""Web pages: what a person reads of them, never their scripts, styles and hidden parts."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.encodings import decoded
from achats_check.readers.html.page import Page
from achats_check.readers.html.tokens import tokens
from achats_check.readers.outline import cut_short, settle

if TYPE_CHECKING:
    from pathlib import Path

_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|encoding=["']([\w-]{2,40})["']""")
_HEAD_BYTES = 4096
_WINDOWS = {"iso8859-1", "ascii", "latin-1"}
"""What pages call the Windows code page, as browsers know."""


def read_html(path: Path) -> Document:
    """Read a web page.

    Raises:
        ReadError: The file is too large, or holds no text.
    """
    page = Page()
    for token in tokens(_text(path)):
        page.take(token)
    drafts = page.finished()
    if not drafts:
        raise ReadError(
            "La page web ne contient aucun texte.", "L'imprimer en .pdf depuis un navigateur, puis relancer."
        )
    return Document(str(path), "html", settle(drafts), pending_changes=page.changes, truncated=cut_short(drafts))


def _text(path: Path) -> str:
    if path.stat().st_size > guards.MAX_TEXT_BYTES:
        limit = guards.MAX_TEXT_BYTES // 2**20
        raise ReadError(f"La page web dépasse {limit} Mo.", "L'imprimer en .pdf, puis relancer.")
    data = path.read_bytes()
    text = _as_declared(data)
    text = decoded(data) if text is None else text
    if text is None:
        raise ReadError("Le contenu de la page web n'est pas du texte.", "L'imprimer en .pdf, puis relancer.")
    return text.replace("\0", "")


def _as_declared(data: bytes) -> str | None:
    """Return the text in the encoding the page declares; None when it declares none that holds."""
    match = _CHARSET.search(data[:_HEAD_BYTES])
    if match is None or b"\0" in data[:_HEAD_BYTES]:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
        return data.decode("cp1252" if name in _WINDOWS else name, "replace" if name in _WINDOWS else "strict")
    except (LookupError, UnicodeError, TypeError, ValueError, AttributeError):
        return None
