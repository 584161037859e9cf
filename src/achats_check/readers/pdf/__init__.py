"""PDF files: text of every page by PDFium, paragraphs and tables from where the lines stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.outline import Draft, settle
from achats_check.readers.pdf.engine import Page, Pdf
from achats_check.readers.pdf.fallback import Fallback
from achats_check.readers.pdf.hyphens import Hyphens
from achats_check.readers.pdf.margins import find_margins
from achats_check.readers.pdf.paragraphs import Joiner
from achats_check.readers.pdf.tables import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from achats_check.readers.ocr.pages import Recognition
    from achats_check.readers.pdf.shapes import Line, TableRows

_SCAN_ADVICE = (
    "Fournir la pièce d'origine (.docx, ou .pdf exporté du traitement de texte), "
    "ou relancer avec --ocr (reconnaissance de caractères)."
)

_NOTHING_RECOGNISED = (
    "La reconnaissance de caractères n'y a rien lu : fournir la pièce d'origine, ou la numériser plus nettement."
)
_DAMAGED_ADVICE = "Le télécharger de nouveau, ou l'imprimer en PDF, puis relancer."


class _Sheet:
    """What is kept of a page once it is closed."""

    __slots__ = ("height", "items", "number", "text")

    def __init__(self, number: int, height: float, text: str, items: list[Line | TableRows]) -> None:
        self.number = number
        self.height = height
        self.text = text
        self.items = items


def _sheet(page: Page, fallback: Fallback) -> _Sheet:
    lines = page.lines()
    return _Sheet(page.number, page.height, page.text, lay_out(page, lines, fallback))


def read_pdf(path: Path, ocr: bool = False) -> Document:
    """Read a PDF.

    Args:
        path: The file.
        ocr: Whether its scanned pages are read by character recognition.

    Returns:
        Its paragraphs, titles and table rows page after page, then its running heads and feet, each once.

    Raises:
        ReadError: The file is damaged, protected, or holds no text at all.
    """
    with Pdf(path) as pdf:
        count = pdf.page_count
        fallback = Fallback(path)
        sheets: dict[int, _Sheet] = {}
        unread: list[int] = []
        for rank, page in enumerate(pdf.pages(guards.MAX_PAGES), 1):
            if page is None or page.is_scan():
                unread.append(rank)
            if page is not None:
                sheets[rank] = _sheet(page, fallback)
    lost = min(count, guards.MAX_PAGES) - len(sheets)
    scans = _recognised(path, [number for number in unread if number in sheets]) if ocr else None
    for found in scans.pages if scans is not None else ():
        text = "\n".join(line.text for line in found.lines)
        sheets[found.number] = _Sheet(found.number, found.height, text, list(found.lines))
        unread.remove(found.number)
    unread.extend(range(guards.MAX_PAGES + 1, count + 1))
    drafts = _drafts([sheets[number] for number in sorted(sheets)])
    if not drafts:
        raise _without_text(count, unread, lost, scans)
    return Document(
        str(path),
        "pdf",
        settle(drafts),
        count,
        tuple(unread),
        warnings=(*(scans.notes if scans is not None else ()), *_warnings(count, unread, drafts)),
        ocr_pages=tuple(found.number for found in scans.pages) if scans is not None else (),
    )


def _recognised(path: Path, numbers: list[int]) -> Recognition:
    from achats_check.readers.ocr.pages import recognised
    from achats_check.readers.pdf.picture import pictures

    return recognised(pictures(path, numbers) if numbers else ())


def _drafts(sheets: list[_Sheet]) -> list[Draft]:
    margins = find_margins([(sheet.height, sheet.items) for sheet in sheets])
    joiner = Joiner(Hyphens("\n".join(sheet.text for sheet in sheets), len(sheets)))
    outside: dict[tuple[str, str], Draft] = {}
    for sheet in sheets:
        body = []
        for item in sheet.items:
            kind = margins.kind(item, sheet.height)
            if not kind:
                body.append(item)
            elif text := clean(item.text):
                outside.setdefault((kind, text.translate(_NO_DIGITS)), Draft(kind, text, sheet.number))
        joiner.page(sheet.number, body)
    joiner.flush()
    return joiner.drafts + list(outside.values())


_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))


def _without_text(count: int, unread: list[int], lost: int, scans: Recognition | None) -> ReadError:
    if lost:
        return ReadError(f"Le PDF est endommagé : {lost} page(s) illisible(s), aucune avec du texte.", _DAMAGED_ADVICE)
    if unread:
        return ReadError(
            f"PDF sans texte (numérisé) : {count} page(s) en image.",
            _SCAN_ADVICE if scans is None else scans.trouble or _NOTHING_RECOGNISED,
        )
    return ReadError("Le PDF ne contient aucun texte.", _SCAN_ADVICE)


def _warnings(count: int, unread: list[int], drafts: list[Draft]) -> tuple[str, ...]:
    found = []
    scans = [number for number in unread if number <= guards.MAX_PAGES]
    if scans:
        shown = ", ".join(map(str, scans[:20])) + (" …" if len(scans) > 20 else "")
        found.append(f"{len(scans)} page(s) sans texte (numérisées) non lue(s) : {shown}.")
    if count > guards.MAX_PAGES:
        found.append(f"Le PDF compte {count} pages : seules les {guards.MAX_PAGES} premières ont été lues.")
    if len(drafts) > guards.MAX_BLOCKS:
        found.append(f"Seuls les {guards.MAX_BLOCKS} premiers paragraphes ont été lus.")
    return tuple(found)
