"""A page of a PDF drawn in grey, for who reads pictures."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from achats_check.readers import guards
from achats_check.readers.ocr.pages import Picture
from achats_check.readers.pdf.engine import Pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GREY, _WITH_ANNOTATIONS, _WHITE = 1, 1, 0xFFFFFFFF


def pictures(path: Path, numbers: list[int]) -> Iterator[Picture]:
    """Yield pages of a PDF drawn in grey; those that cannot be drawn are left out.

    Args:
        path: The file, which was read before.
        numbers: Numbers of the pages, from 1.
    """
    with Pdf(path) as pdf:
        for number in numbers:
            with pdf.loaded(number) as page:
                drawn = _drawn(pdf.library, page, number) if page else None
            if drawn is not None:
                yield drawn


def _drawn(pdfium: Any, page: Any, number: int) -> Picture | None:
    """Return a page as a picture, with fewer dots per inch for one as large as a wall; None without room for it."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    dpi = guards.OCR_DPI
    dots = width * height * (dpi / 72) ** 2
    if dots > guards.MAX_PICTURE_DOTS:
        dpi = int(dpi * (guards.MAX_PICTURE_DOTS / dots) ** 0.5)
    across, down = int(width * dpi / 72), int(height * dpi / 72)
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, _GREY, None, 0) if across > 0 and down > 0 else None
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, _WITH_ANNOTATIONS)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = raw if stride == across else b"".join(raw[start : start + across] for start in range(0, len(raw), stride))
    return Picture(number, b"P5 %d %d 255\n%s" % (across, down, rows), dpi, height)
