"""PDFium, through its raw binding: pages as lines that know where they stand.

The raw binding starts in two thirds of the time of the helpers, and a page costs little more than its plain
text. PDFium is not thread-safe: read PDFs from one thread of a process.
"""

from __future__ import annotations

import ctypes
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCAN_CHARACTERS = 50
"""A page with fewer characters than this may be a scan…"""
SCAN_IMAGE_SHARE = 0.5
"""…when an image covers more than this share of it."""
BROKEN_WORD = "\ufffe"
"""What PDFium puts for a hyphen at the end of a line, where it takes the line end away."""
_ERROR_PASSWORD, _ERROR_SECURITY = 4, 5
_PATH, _IMAGE, _FORM = 2, 3, 5
_MOVE_TO = 2
_ONE_RECTANGLE, _MANY_SEGMENTS = 5, 4_000
"""Segments of a plain rectangle, and of a drawing that is no table."""
_WHITE = 250
"""Least value of the three colours of a background that does not show."""
_BOLD_WEIGHT = 600
_ready = False


class Line(NamedTuple):
    """A line of text; lengths in points from the bottom left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    """Foot of the last character: lower than that of the first when a broken word joins two lines."""
    top: float
    """Head of the first character."""
    size: float
    """Height of the first or the last character in its font, the taller: one may be a bullet or an exponent.

    PDFium's own font size leaves the scale of the text out."""
    bold: bool
    """Whether the first and the last characters are bold."""
    start: int
    """Rank of the first character on the page."""
    end: int
    """One past the rank of the last character."""


class Box(NamedTuple):
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


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

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdfium.FPDF_CloseDocument(self._handle)

    def pages(self, limit: int) -> Iterator[Page | None]:
        """Yield the pages one after the other, each closed before the next; None for one that cannot be loaded."""
        for index in range(min(self.page_count, limit)):
            handle = self._pdfium.FPDF_LoadPage(self._handle, index)
            if not handle:
                yield None
                continue
            page = Page(self._pdfium, handle, index + 1)
            try:
                yield page
            finally:
                page.close()


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
    """A loaded page; ``number`` counts from 1, ``text`` holds its characters as PDFium orders them."""

    def __init__(self, pdfium: Any, handle: Any, number: int) -> None:
        self._pdfium = pdfium
        self._handle = handle
        self._text_handle = pdfium.FPDFText_LoadPage(handle)
        self.number = number
        self.text = self._all_text() if self._text_handle else ""

    def close(self) -> None:
        """Free the page."""
        if self._text_handle:
            self._pdfium.FPDFText_ClosePage(self._text_handle)
        self._pdfium.FPDF_ClosePage(self._handle)

    @property
    def width(self) -> float:
        """Width in points."""
        return float(self._pdfium.FPDF_GetPageWidthF(self._handle))

    @property
    def height(self) -> float:
        """Height in points."""
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
        """Return the lines of the page that hold something to read, in PDFium's order."""
        found = []
        position = 0
        beyond = self.text != "" and max(self.text) > "\uffff"
        for text in self.text.split("\r\n"):
            stripped = text.strip()
            if stripped:
                start = position + len(text) - len(text.lstrip())
                found.append(self._line(stripped, start))
            position += (len(text.encode("utf-16-le")) // 2 if beyond else len(text)) + 2
        return found

    def _line(self, text: str, start: int) -> Line:
        end = start + len(text)
        first, last = self._char(start), self._char(end - 1)
        left, bottom, _right, top = self._char_box(first)
        _left, last_bottom, right, last_top = self._char_box(last)
        size = max(top - bottom, last_top - last_bottom)
        bold = self._is_bold(first) and self._is_bold(last)
        return Line(text, left, right, last_bottom, top, size, bold, start, end)

    def _char(self, index: int) -> int:
        """Return the rank PDFium gives a character of ``text``: it skips those without a code."""
        return index if self._aligned else self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_handle, index)

    def _char_box(self, char: int) -> Box:
        rectangle = self._pdfium.FS_RECTF()
        self._pdfium.FPDFText_GetLooseCharBox(self._text_handle, char, rectangle)
        return Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _is_bold(self, char: int) -> bool:
        return bool(self._pdfium.FPDFText_GetFontWeight(self._text_handle, char) >= _BOLD_WEIGHT)

    def char_centre(self, index: int) -> tuple[float, float]:
        """Return the centre of a character of ``text``."""
        box = self._char_box(self._char(index))
        return (box.left + box.right) / 2, (box.bottom + box.top) / 2

    def text_in(self, box: Box) -> str:
        """Return the text PDFium finds inside a rectangle."""
        left, top, right, bottom = (ctypes.c_double(v) for v in (box.left, box.top, box.right, box.bottom))
        needed = self._pdfium.FPDFText_GetBoundedText(self._text_handle, left, top, right, bottom, None, 0)
        if needed <= 0:
            return ""
        buffer = ctypes.create_string_buffer((needed + 1) * 2)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        self._pdfium.FPDFText_GetBoundedText(self._text_handle, left, top, right, bottom, pointer, needed)
        return buffer.raw[: needed * 2].decode("utf-16-le", "replace").rstrip("\0")

    def is_scan(self) -> bool:
        """Tell whether the page is a picture of text: next to no characters and a large image."""
        if len("".join(self.text.split())) >= SCAN_CHARACTERS:
            return False
        area = self.width * self.height
        return any(_area(self._bounds(item)) > SCAN_IMAGE_SHARE * area for item in self._objects((_IMAGE, _FORM)))

    def path_boxes(self) -> list[Box]:
        """Return the bounds of what is drawn: rules, frames, shaded cells; white backgrounds are left out."""
        boxes: list[Box] = []
        for item in self._objects((_PATH,)):
            if self._is_white(item):
                continue
            count = self._pdfium.FPDFPath_CountSegments(item)
            if _ONE_RECTANGLE < count <= _MANY_SEGMENTS:
                boxes.extend(self._subpaths(item, count))
            else:
                boxes.append(self._bounds(item))
        return boxes

    def _objects(self, kinds: tuple[int, ...]) -> Iterator[Any]:
        pdfium = self._pdfium
        for rank in range(pdfium.FPDFPage_CountObjects(self._handle)):
            item = pdfium.FPDFPage_GetObject(self._handle, rank)
            if pdfium.FPDFPageObj_GetType(item) in kinds:
                yield item

    def _is_white(self, path: Any) -> bool:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if stroke.value or not fill.value:
            return not stroke.value
        colour = [ctypes.c_uint() for _ in range(4)]
        self._pdfium.FPDFPageObj_GetFillColor(path, *colour)
        return min(part.value for part in colour[:3]) >= _WHITE

    def _subpaths(self, path: Any, count: int) -> Iterator[Box]:
        """Yield the bounds of each part of a path that draws several rules at once."""
        pdfium = self._pdfium
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(path, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for rank in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, rank)
            if pdfium.FPDFPathSegment_GetType(segment) == _MOVE_TO and points:
                yield _around(points)
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            across = matrix.a * x.value + matrix.c * y.value + matrix.e
            points.append((across, matrix.b * x.value + matrix.d * y.value + matrix.f))
        if points:
            yield _around(points)

    def _bounds(self, item: Any) -> Box:
        sides = [ctypes.c_float() for _ in range(4)]
        self._pdfium.FPDFPageObj_GetBounds(item, *sides)
        return Box(*(side.value for side in sides))


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _area(box: Box) -> float:
    return max(box.right - box.left, 0) * max(box.top - box.bottom, 0)
