"""PDF files: text of every page by PDFium, paragraphs and tables from where the lines stand."""

from typing import TYPE_CHECKING, NamedTuple

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.cleaning import clean
from achats_check.readers.outline import Draft, settle
from achats_check.readers.pdf.columns import in_reading_order
from achats_check.readers.pdf.engine import Page, Pdf
from achats_check.readers.pdf.entries import joined, with_entries
from achats_check.readers.pdf.fallback import Fallback
from achats_check.readers.pdf.hyphens import Hyphens
from achats_check.readers.pdf.margins import Margins, find_margins
from achats_check.readers.pdf.paragraphs import Joiner
from achats_check.readers.pdf.tables import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from achats_check.readers.ocr.pages import PageLines

SCAN_CHARACTERS = 50
"""A page with fewer characters of its own than this may be a scan…"""
SCAN_IMAGE_SHARE = 0.5
"""…when images cover more than this share of it."""
SPARSE_CHARACTERS = 500
"""A page with more characters than this is no scan, running heads included: its images are not measured."""
GARBLED_SHARE = 0.2
"""Share of replacement characters above which a page is not readable."""
LONGEST_WORDS = 40
"""Average length of its words above which the signs of a page are not letters: French words have six."""
_FILLERS = "._…-"
"""Signs of blanks to fill in, which make long words of no letters."""

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

    __slots__ = ("gutters", "height", "image_share", "items", "number", "text")

    def __init__(self, page: Page, fallback: Fallback) -> None:
        lines = page.lines()
        entries = page.entries()
        if entries:
            lines = with_entries(page, lines, entries)
        self.number = page.number
        self.height = page.height
        self.text = page.text
        self.image_share = page.image_share() if len(page.text) < SPARSE_CHARACTERS else 0.0
        items = lay_out(page, lines, fallback)
        self.items, self.gutters = in_reading_order(page, joined(items) if entries else items)

    def take(self, found: "PageLines") -> None:
        """Hold what character recognition read on the page, in place of its own text."""
        self.height = found.height
        self.text = "\n".join(line.text for line in found.lines)
        self.items, self.gutters = list(found.lines), ()
        self.image_share = 0.0

    def is_scan(self, margins: Margins) -> bool:
        """Tell whether the page is a picture of text: images over most of it, and next to no text but what comes
        back on each page, as the line that a sending platform writes over scans.
        """
        if self.image_share <= SCAN_IMAGE_SHARE:
            return False
        body = (item.text for item in self.items if not margins.kind(item, self.height))
        return sum(len(word) for text in body for word in text.split()) < SCAN_CHARACTERS

    def is_garbled(self) -> bool:
        """Tell whether the characters of the page cannot be told: its fonts do not say what their signs stand for."""
        size = len(self.text) - sum(map(self.text.count, _FILLERS))
        if size < SCAN_CHARACTERS:
            return False
        unknown = self.text.count("\ufffd")
        return unknown > GARBLED_SHARE * size or size > LONGEST_WORDS * len(self.text.split())


class _Reading(NamedTuple):
    """The pages of a PDF: those that were loaded, and those whose text cannot be had."""

    page_count: int
    last: int
    """Last page read under the limits."""
    sheets: list[_Sheet]
    margins: Margins
    broken: list[int]
    scans: list[int]
    garbled: list[int]
    recognised: tuple[int, ...] = ()
    """Pages that character recognition read."""
    trouble: str = ""
    """Why it could read none, in French, or ""."""

    @property
    def unread(self) -> tuple[int, ...]:
        """Pages without their text: broken, in image, in unknown signs, or beyond the limit."""
        return (*sorted(self.broken + self.scans + self.garbled), *range(self.last + 1, self.page_count + 1))


def read_pdf(path: "Path", ocr: bool = False) -> Document:
    """Read a PDF.

    Args:
        path: The file.
        ocr: Whether its pages without text are read by character recognition.

    Returns:
        Its paragraphs, titles and table rows page after page, then its running heads and feet, each once.

    Raises:
        ReadError: The file is damaged, protected, or holds no text at all.
    """
    reading = _pages(path)
    if ocr:
        reading = _recognised(path, reading)
    drafts = _drafts(reading)
    if not drafts:
        raise _without_text(reading, ocr)
    return Document(
        str(path),
        "pdf",
        settle(drafts),
        reading.page_count,
        reading.unread,
        truncated=reading.page_count > reading.last or len(drafts) > guards.MAX_BLOCKS,
        warnings=_warnings(reading, drafts),
        ocr_pages=reading.recognised,
    )


def _recognised(path: "Path", reading: _Reading) -> _Reading:
    """Return the pages with those in image, or in unknown signs, as character recognition reads them."""
    from achats_check.readers.ocr.pages import recognised
    from achats_check.readers.pdf.picture import pictures

    found = recognised(pictures(path, sorted(reading.scans + reading.garbled)))
    pages = {page.number: page for page in found.pages}
    for sheet in reading.sheets:
        if sheet.number in pages:
            sheet.take(pages[sheet.number])
    return reading._replace(
        margins=find_margins([(sheet.height, sheet.items) for sheet in reading.sheets]),
        scans=[number for number in reading.scans if number not in pages],
        garbled=[number for number in reading.garbled if number not in pages],
        recognised=tuple(pages),
        trouble=found.trouble,
    )


def _pages(path: "Path") -> _Reading:
    sheets: list[_Sheet] = []
    broken: list[int] = []
    last, left = 0, guards.MAX_CHARACTERS
    with Pdf(path) as pdf:
        fallback = Fallback(path)
        for last, page in enumerate(pdf.pages(guards.MAX_PAGES), 1):
            if page is None:
                broken.append(last)
                continue
            sheets.append(_Sheet(page, fallback))
            left -= len(page.text)
            if left < 0:
                break
    margins = find_margins([(sheet.height, sheet.items) for sheet in sheets])
    scans = [sheet.number for sheet in sheets if sheet.is_scan(margins)]
    garbled = [sheet.number for sheet in sheets if sheet.number not in scans and sheet.is_garbled()]
    return _Reading(pdf.page_count, last, sheets, margins, broken, scans, garbled)


def _drafts(reading: _Reading) -> list[Draft]:
    joiner = Joiner(Hyphens("\n".join(sheet.text for sheet in reading.sheets), len(reading.sheets)))
    outside: dict[tuple[str, str], Draft] = {}
    for sheet in reading.sheets:
        body = []
        for item in sheet.items:
            kind = reading.margins.kind(item, sheet.height)
            if not kind:
                body.append(item)
            elif text := clean(item.text):
                outside.setdefault((kind, text.translate(_NO_DIGITS)), Draft(kind, text, sheet.number))
        joiner.page(sheet.number, body, sheet.gutters)
    joiner.flush()
    return joiner.drafts + list(outside.values())


_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))


def _without_text(reading: _Reading, ocr: bool) -> ReadError:
    if reading.broken:
        lost = len(reading.broken)
        return ReadError(f"Le PDF est endommagé : {lost} page(s) illisible(s), aucune avec du texte.", _DAMAGED_ADVICE)
    if reading.scans:
        advice = reading.trouble or (_NOTHING_RECOGNISED if ocr else _SCAN_ADVICE)
        return ReadError(f"PDF sans texte (numérisé) : {reading.page_count} page(s) en image.", advice)
    return ReadError("Le PDF ne contient aucun texte.", _SCAN_ADVICE)


def _warnings(reading: _Reading, drafts: list[Draft]) -> tuple[str, ...]:
    found = [f"Reconnaissance de caractères impossible : {reading.trouble}"] if reading.trouble else []
    if reading.scans:
        found.append(f"{len(reading.scans)} page(s) sans texte (numérisées) non lue(s) : {_listed(reading.scans)}.")
    if reading.broken:
        found.append(f"{len(reading.broken)} page(s) endommagée(s) non lue(s) : {_listed(reading.broken)}.")
    if reading.garbled:
        pages = _listed(reading.garbled)
        found.append(f"{len(reading.garbled)} page(s) aux caractères indéchiffrables, comptée(s) non lue(s) : {pages}.")
    if reading.page_count > reading.last:
        found.append(f"Le PDF compte {reading.page_count} pages : seules les {reading.last} premières ont été lues.")
    if len(drafts) > guards.MAX_BLOCKS:
        found.append(f"Seuls les {guards.MAX_BLOCKS} premiers paragraphes ont été lus.")
    return tuple(found)


def _listed(pages: list[int]) -> str:
    return ", ".join(map(str, pages[:20])) + (" …" if len(pages) > 20 else "")
