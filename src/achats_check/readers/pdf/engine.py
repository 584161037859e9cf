"""PDFium, through its raw binding: pages as lines that know where they stand.

The raw binding starts in two thirds of the time of the helpers, and a page costs little more than its plain
text. PDFium is not thread-safe: read PDFs from one thread of a process.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import contextmanager
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from achats_check.errors import ReadError
from achats_check.patterns import compiled
from achats_check.readers.pdf.drawing import Drawing
from achats_check.readers.pdf.form import Entry, Form
from achats_check.readers.pdf.shapes import Box, Line
from achats_check.readers.symbols import is_symbol_font, symbol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROKEN_WORD = "\ufffe"
"""What PDFium puts for a hyphen at the end of a line, where it takes the line end away."""
_ERROR_PASSWORD, _ERROR_SECURITY = 4, 5
_BOLD_WEIGHT = 600
_LONE_LETTER = compiled(r"[oxqrpnlmRSTQ*£¨©§ýþüûø](?<!\S.)(?!\S)")
"""Letters under which the boxes of Wingdings are found when a file does not say what they stand for. What is before
comes after in the pattern, as ``re`` looks for one set of characters much faster."""
_NOWHERE = Box(0, 0, 0, 0)
_RIGHT, _UP, _LEFT, _DOWN = range(4)
"""Ways a text may run on its page; sideways pages are read as if they were turned upright."""
_ready = False


def _library() -> Any:
    global _ready
    pdfium: Any = import_module("pypdfium2_raw")
    if not _ready:
        pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
        _ready = True
    return pdfium


class Pdf:
    """An open PDF.

    Raises:
        ReadError: The file is damaged or asks for a password.
    """

    def __init__(self, path: Path) -> None:
        self._pdfium = _library()
        self._handle = self._pdfium.FPDF_LoadDocument(os.fsencode(path), None)
        if not self._handle:
            raise _refusal(self._pdfium.FPDF_GetLastError())
        self.page_count: int = self._pdfium.FPDF_GetPageCount(self._handle)
        self._form = Form(self._pdfium, self._handle)

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._form.close()
        self._pdfium.FPDF_CloseDocument(self._handle)

    def pages(self, limit: int) -> Iterator[Page | None]:
        """Yield the pages one after the other, each closed before the next; None for one that cannot be loaded."""
        for index in range(min(self.page_count, limit)):
            handle = self._pdfium.FPDF_LoadPage(self._handle, index)
            if not handle:
                yield None
                continue
            page = Page(self._pdfium, handle, index + 1, self._form)
            try:
                yield page
            finally:
                page.close()

    @property
    def library(self) -> Any:
        """The raw binding, for who draws pages."""
        return self._pdfium

    @contextmanager
    def loaded(self, number: int) -> Iterator[Any]:
        """Give the handle of a page, from 1, without its text; a null one when it cannot be loaded."""
        handle = self._pdfium.FPDF_LoadPage(self._handle, number - 1)
        try:
            yield handle
        finally:
            if handle:
                self._pdfium.FPDF_ClosePage(handle)


def _refusal(code: int) -> ReadError:
    if code == _ERROR_PASSWORD:
        return ReadError(
            "Le PDF est protégé par un mot de passe d'ouverture.",
            "Fournir une copie sans mot de passe (l'imprimer en PDF suffit).",
        )
    if code == _ERROR_SECURITY:
        return ReadError(
            "Le PDF est protégé par un procédé que nous ne lisons pas.", "Fournir une copie sans protection."
        )
    return ReadError(
        "Le PDF est incomplet ou endommagé.",
        "Le télécharger de nouveau, ou l'imprimer en PDF, puis relancer.",
    )


class Page:
    """A loaded page; ``number`` counts from 1, ``text`` holds its characters as PDFium orders them.

    Places are those of the page as people read it, whichever way its text runs.
    """

    def __init__(self, pdfium: Any, handle: Any, number: int, form: Form) -> None:
        self._pdfium = pdfium
        self._form = form
        self._handle = handle
        self._text_handle = pdfium.FPDFText_LoadPage(handle)
        self._drawing = Drawing(pdfium, handle)
        self._rectangle = pdfium.FS_RECTF()
        self._loose_box = pdfium.FPDFText_GetLooseCharBox
        self._way = _RIGHT
        self._frame = Box(0, 0, 0, 0)
        self.number = number
        self.text = self._all_text() if self._text_handle else ""

    def close(self) -> None:
        """Free the page."""
        if self._text_handle:
            self._pdfium.FPDFText_ClosePage(self._text_handle)
        self._pdfium.FPDF_ClosePage(self._handle)

    @property
    def is_turned(self) -> bool:
        """Whether the text runs another way than the page; known once its lines are."""
        return self._way != _RIGHT

    @property
    def height(self) -> float:
        """Height in points, as its text is read; known once its lines are."""
        if self.is_turned:
            return self._frame.right - self._frame.left if self._way != _LEFT else self._frame.top - self._frame.bottom
        return float(self._pdfium.FPDF_GetPageHeightF(self._handle))

    def _all_text(self) -> str:
        count = self._pdfium.FPDFText_CountChars(self._text_handle)
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer((count + 1) * 2)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        written = self._pdfium.FPDFText_GetText(self._text_handle, 0, count, pointer)
        self._aligned = written - 1 == count
        return buffer.raw[: max(written - 1, 0) * 2].decode("utf-16-le", "replace")

    def lines(self) -> list[Line]:
        """Return the lines of the page that hold something to read, in PDFium's order, or from top to bottom
        when that order climbs the page."""
        found = []
        position = 0
        beyond = _units(self.text) != len(self.text)
        for text in self.text.split("\r\n"):
            stripped = text.strip()
            if stripped:
                start = position + len(text) - len(text.lstrip())
                found.append(self._line(self._with_boxes(stripped, start), start))
            position += (_units(text) if beyond else len(text)) + 2
        if self._way == _RIGHT and _are_odd(found):
            self._way = self._main_way(found)
            if self.is_turned:
                self._frame = self._bounding_box()
                return self.lines()
        return sorted(found, key=lambda line: -line.bottom) if _climb(found) else found

    def _line(self, text: str, start: int) -> Line:
        end = start + len(text)
        first, last = self._char(start), self._char(end - 1)
        left, bottom, _right, top = self._edges(first)
        _left, last_bottom, right, last_top = self._edges(last)
        size = max(top - bottom, last_top - last_bottom)
        bold = self._is_bold(first) and self._is_bold(last)
        return Line(text, left, right, last_bottom, top, size, bold, start, end)

    def _with_boxes(self, text: str, start: int) -> str:
        """Return a line with the lone letters of a symbol font as the tick boxes they draw, one for one."""
        for match in _LONE_LETTER.finditer(text):
            font = self._font(self._char(start + match.start()))
            box = symbol(ord(match[0]), font) if is_symbol_font(font) else ""
            if len(box) == 1:
                text = text[: match.start()] + box + text[match.end() :]
        return text

    def _font(self, char: int) -> str:
        """Return the name of the font of a character, without the mark of a subset nor what follows a dash."""
        buffer = ctypes.create_string_buffer(64)
        self._pdfium.FPDFText_GetFontInfo(self._text_handle, char, buffer, len(buffer), ctypes.c_int())
        return buffer.value.decode("latin-1").split("+")[-1].split("-")[0].replace("Wingdings2", "Wingdings 2")

    def _main_way(self, lines: list[Line]) -> int:
        """Return the way most lines run, by the places of their ends."""
        votes = [0, 0, 0, 0]
        for line in lines:
            first, last = self._char_box(self._char(line.start)), self._char_box(self._char(line.end - 1))
            across, up = last.left - first.left, last.bottom - first.bottom
            if len(line.text) > 1:
                way = (_RIGHT if across >= 0 else _LEFT) if abs(across) >= abs(up) else (_UP if up > 0 else _DOWN)
                votes[way] += 1
        return votes.index(max(votes))

    def _bounding_box(self) -> Box:
        rectangle = self._pdfium.FS_RECTF()
        self._pdfium.FPDF_GetPageBoundingBox(self._handle, rectangle)
        return Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _char(self, index: int) -> int:
        """Return the rank PDFium gives a character of ``text``: it skips those without a code."""
        return index if self._aligned else self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_handle, index)

    def _char_box(self, char: int) -> Box:
        return Box(*self._edges(char))

    def _edges(self, char: int) -> tuple[float, float, float, float]:
        """Return the box of a character as a plain tuple, which is made faster."""
        rectangle = self._rectangle
        if not self._loose_box(self._text_handle, char, rectangle):
            return _NOWHERE
        edges = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        return edges if self._way == _RIGHT else self._upright(Box(*edges))

    def _upright(self, box: Box) -> Box:
        """Return a rectangle of the page once the page is turned so that its text runs to the right."""
        left, bottom, right, top = self._frame
        if self._way == _UP:
            return Box(box.bottom - bottom, right - box.right, box.top - bottom, right - box.left)
        if self._way == _DOWN:
            return Box(top - box.top, box.left - left, top - box.bottom, box.right - left)
        return Box(right - box.right, top - box.top, right - box.left, top - box.bottom)

    def _is_bold(self, char: int) -> bool:
        return bool(self._pdfium.FPDFText_GetFontWeight(self._text_handle, char) >= _BOLD_WEIGHT)

    def char_centre(self, index: int) -> tuple[float, float]:
        """Return the centre of a character of ``text``."""
        if self._way == _RIGHT:
            box = self._rectangle
            if self._loose_box(self._text_handle, self._char(index), box):
                return (box.left + box.right) / 2, (box.bottom + box.top) / 2
        left, bottom, right, top = self.char_box(index)
        return (left + right) / 2, (bottom + top) / 2

    def char_box(self, index: int) -> Box:
        """Return the place of a character of ``text``."""
        return self._char_box(self._char(index))

    def image_share(self) -> float:
        """Return the share of the page that images cover."""
        page = self._bounding_box()
        area = (page.right - page.left) * (page.top - page.bottom)
        return self._drawing.image_area(page) / area if area > 0 else 0.0

    def entries(self) -> list[Entry]:
        """Return what was filled in on the page: ticks, values of fields, notes."""
        found = self._form.entries(self._handle)
        return [entry._replace(box=self._upright(entry.box)) for entry in found] if self.is_turned else found

    def path_boxes(self) -> list[Box]:
        """Return the bounds of what is drawn: rules, frames, shaded cells; white backgrounds are left out."""
        boxes = self._drawing.path_boxes()
        return [self._upright(box) for box in boxes] if self.is_turned else boxes


def _units(text: str) -> int:
    """Return how many units of UTF-16 a text takes: PDFium counts those."""
    return len(text.encode("utf-16-le")) // 2


def _are_odd(lines: list[Line]) -> bool:
    """Tell whether most lines end before they start, or stand on end: their page is turned."""
    odd = sum(line.right - line.left <= min(len(line.text) - 1, 3) for line in lines if len(line.text) > 1)
    high = sum(line.bottom >= line.top or line.top - line.bottom > 3 * line.size for line in lines)
    return max(odd, high) * 2 > len(lines)


def _climb(lines: list[Line]) -> bool:
    """Tell whether lines go up the page more often than down."""
    moves = [after.bottom - before.bottom for before, after in pairwise(lines)]
    up = sum(move > line.size / 2 for move, line in zip(moves, lines, strict=False))
    down = sum(move < -line.size / 2 for move, line in zip(moves, lines, strict=False))
    return up > 1 and up > down
