"""Word files, by our own walk of their XML.

The usual libraries drop what buyers' templates are made of: content controls, tracked insertions, fields,
text boxes, automatic numbers. This walk reads them, every pending change accepted as Word would print it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.docx.names import w
from achats_check.readers.docx.numbering import Numbering
from achats_check.readers.docx.package import Package
from achats_check.readers.docx.styles import Styles
from achats_check.readers.docx.walk import Walker
from achats_check.readers.outline import Draft, settle

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

_BODY, _TYPE = w("body"), w("type")
_NOTES = (("footnotes", w("footnote")), ("endnotes", w("endnote")))


def read_docx(path: Path) -> Document:
    """Read a Word file.

    Returns:
        Its paragraphs, titles, table rows and text boxes in reading order, then its notes, then its headers
        and footers, each once.

    Raises:
        ReadError: The file is damaged, protected, empty of text or beyond the limits.
    """
    with Package(path) as package:
        main = package.part(package.main)
        body = None if main is None else main.find(_BODY)
        if body is None:
            raise ReadError("Le document Word ne contient pas de texte principal.", guards.CORRUPT)
        styles = Styles(package.styles())
        walker = Walker(styles, Numbering(lambda: package.related("numbering"), styles))
        walker.walk(body)
        _walk_notes(package, walker)
        _walk_margins(package, walker)
    if not walker.drafts:
        raise ReadError("Le document Word ne contient aucun texte.", "Vérifier que la pièce n'est pas faite d'images.")
    return Document(
        str(path),
        "docx",
        settle(walker.drafts),
        truncated=len(walker.drafts) > guards.MAX_BLOCKS,
        pending_changes=walker.inline.changes,
        warnings=_warnings(walker),
    )


def _walk_notes(package: Package, walker: Walker) -> None:
    for kind, tag in _NOTES:
        for root in package.related(kind):
            for note in root.findall(tag):
                if note.get(_TYPE, "normal") == "normal":
                    walker.walk(note, "note")


def _walk_margins(package: Package, walker: Walker) -> None:
    for kind in ("header", "footer"):
        seen: set[str] = set()
        for root in package.related(kind):
            walker.drafts.extend(_fresh(root, kind, walker, seen))


def _fresh(root: Element, kind: str, walker: Walker, seen: set[str]) -> list[Draft]:
    """Return the blocks of a margin that were not met in another: first pages and even pages repeat."""
    start = len(walker.drafts)
    walker.walk(root, kind)
    drafts = walker.drafts[start:]
    del walker.drafts[start:]
    fresh = [draft for draft in drafts if draft.text not in seen]
    seen.update(draft.text for draft in fresh)
    return fresh


def _warnings(walker: Walker) -> tuple[str, ...]:
    found = []
    changes = walker.inline.changes
    if changes:
        found.append(
            f"{changes} modification(s) suivie(s) en attente : le texte est lu comme si elles étaient acceptées."
        )
    if len(walker.drafts) > guards.MAX_BLOCKS:
        found.append(f"Seuls les {guards.MAX_BLOCKS} premiers paragraphes ont été lus.")
    return tuple(found)
