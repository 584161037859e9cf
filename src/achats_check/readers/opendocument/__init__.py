"""OpenDocument texts and workbooks (.odt, .ods), by our own walk of their XML.

The one library for them is an order of magnitude slower, and keeps deleted text among the text that stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.opendocument.inline import Inline, form_controls
from achats_check.readers.opendocument.names import q
from achats_check.readers.opendocument.package import Package
from achats_check.readers.opendocument.styles import Styles
from achats_check.readers.opendocument.walk import Walker
from achats_check.readers.outline import Draft, cut_short, settle

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_TEXT, _SPREADSHEET = q("office:text"), q("office:spreadsheet")
_BODY = q("office:body")
_MARGINS = (
    ("header", ("style:header", "style:header-first", "style:header-left")),
    ("footer", ("style:footer", "style:footer-first", "style:footer-left")),
)


def read_odt(path: Path) -> Document:
    """Read an OpenDocument text.

    Returns:
        Its paragraphs, titles, table rows and text boxes in reading order, then its notes, then its headers
        and footers, each once.

    Raises:
        ReadError: The file is damaged, protected, empty of text or beyond the limits.
    """
    with Package(path) as package:
        content, extra = package.content(), package.part("styles.xml")
    inline = _inline(content, extra)
    walker = Walker(inline.styles, inline)
    walker.walk(_body(content, _TEXT))
    for note in inline.notes:
        walker.walk(note, "note")
    if extra is not None:
        _walk_margins(extra, walker)
    if not walker.drafts:
        raise ReadError("Le document ne contient aucun texte.", "Vérifier que la pièce n'est pas faite d'images.")
    return Document(
        str(path),
        "odt",
        settle(walker.drafts),
        pending_changes=walker.changes,
        truncated=cut_short(walker.drafts),
        warnings=_warnings(walker),
    )


def read_ods(path: Path) -> Document:
    """Read an OpenDocument workbook: each sheet a title and a table.

    Raises:
        ReadError: The file is damaged, protected, empty or beyond the limits.
    """
    from achats_check.readers.opendocument.sheets import read_sheets
    from achats_check.readers.sheets import Workbook

    with Package(path) as package:
        content, extra = package.content(), package.part("styles.xml")
    inline = _inline(content, extra)
    book = Workbook()
    read_sheets(_body(content, _SPREADSHEET), inline.styles, inline, book)
    return book.document(path, "ods")


def _inline(content: Element, extra: Element | None) -> Inline:
    styles = Styles([content] if extra is None else [extra, content])
    return Inline(styles, form_controls(content))


def _body(content: Element, kind: str) -> Element:
    body = content.find(_BODY)
    found = None if body is None else body.find(kind)
    if found is None:
        raise ReadError("Le fichier OpenDocument ne contient pas de texte principal.", guards.CORRUPT)
    return found


def _walk_margins(extra: Element, walker: Walker) -> None:
    """Read headers and footers, each text once: first pages and left pages repeat those of the others."""
    body = walker.drafts
    for kind, names in _MARGINS:
        walker.drafts = []
        for name in names:
            for margin in extra.iter(q(name)):
                walker.walk(margin, kind)
        fresh: dict[str, Draft] = {}
        for draft in walker.drafts:
            fresh.setdefault(draft.text, draft)
        body.extend(fresh.values())
    walker.drafts = body


def _warnings(walker: Walker) -> tuple[str, ...]:
    changes = walker.changes
    said = (f"{changes} modification(s) suivie(s) en attente : le texte est lu comme si elles étaient acceptées.",)
    return said if changes else ()
