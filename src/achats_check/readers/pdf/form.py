"""What was filled in on a page: ticks, values of fields, notes typed over it, which PDFium leaves out of its text."""

import ctypes
from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check.readers import guards
from achats_check.readers.pdf.shapes import Box
from achats_check.readers.symbols import EMPTY_BOX, TICKED_BOX

if TYPE_CHECKING:
    from collections.abc import Iterator

_FREE_TEXT, _WIDGET = 3, 20
_CHECK_BOX, _RADIO_BUTTON, _COMBO_BOX, _LIST_BOX, _TEXT_FIELD = range(2, 7)
_OFF = "Off"
"""State of what is not ticked, whatever the name of the other one."""
_HIDDEN = 1 << 1 | 1 << 5
"""Flags of what is neither shown nor seen."""
_LONGEST = 4_000
"""Code units of a value beyond which the rest is left out."""


class Entry(NamedTuple):
    """A tick or a value, and where it stands."""

    text: str
    box: Box


class Form:
    """The fields of an open PDF.

    Args:
        pdfium: The raw binding.
        document: Handle of the document.
    """

    def __init__(self, pdfium: Any, document: Any) -> None:
        self._pdfium = pdfium
        self._document = document
        self._info: Any = None
        self._handle: Any = None

    def close(self) -> None:
        """Free the form, before its document."""
        if self._handle:
            self._pdfium.FPDFDOC_ExitFormFillEnvironment(self._handle)

    def entries(self, page: Any) -> list[Entry]:
        """Return what was filled in on a loaded page, in the order of the file."""
        count = min(self._pdfium.FPDFPage_GetAnnotCount(page), guards.MAX_FIELDS)
        return [entry for rank in range(count) for entry in self._entry(page, rank)]

    def _entry(self, page: Any, rank: int) -> "Iterator[Entry]":
        pdfium = self._pdfium
        annotation = pdfium.FPDFPage_GetAnnot(page, rank)
        if not annotation:
            return
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind not in (_FREE_TEXT, _WIDGET) or pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                return
            text = self._value(annotation) if kind == _WIDGET else self._text(annotation, b"Contents")
            rectangle = pdfium.FS_RECTF()
            if text and pdfium.FPDFAnnot_GetRect(annotation, rectangle):
                yield Entry(text, Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)

    def _value(self, annotation: Any) -> str:
        """Return what a field shows."""
        form = self._environment()
        if not form:
            return ""
        kind = self._pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
        if kind in (_CHECK_BOX, _RADIO_BUTTON):
            return EMPTY_BOX if self._text(annotation, b"AS") in ("", _OFF) else TICKED_BOX
        if kind in (_COMBO_BOX, _LIST_BOX, _TEXT_FIELD):
            return _read(lambda buffer, size: self._pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
        return ""

    def _text(self, annotation: Any, key: bytes) -> str:
        return _read(lambda buffer, size: self._pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))

    def _environment(self) -> Any:
        """Return the form, made when the first field is met."""
        if self._info is None:
            self._info = self._pdfium.FPDF_FORMFILLINFO(version=2)
            self._handle = self._pdfium.FPDFDOC_InitFormFillEnvironment(self._document, self._info)
        return self._handle


def _read(get: Any) -> str:
    """Return a text of PDFium on one line, asked for its length first."""
    size = min(get(None, 0), 2 * _LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size + 2)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return " ".join(buffer.raw[:size].decode("utf-16-le", "replace").split("\0")[0].split())
