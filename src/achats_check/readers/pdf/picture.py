"""A page of a PDF drawn in grey, for who reads pictures."""

from __future__ import annotations

import ctypes
from typing import Any

from achats_check.readers import guards

_GREY, _WITH_ANNOTATIONS, _WHITE = 1, 1, 0xFFFFFFFF


def grey_picture(pdfium: Any, page: Any, dpi: int) -> tuple[bytes, int]:
    """Return a page as a PGM file, and its dots per inch: fewer than asked for on a page of a wall.

    Args:
        pdfium: The raw binding.
        page: Handle of the loaded page.
        dpi: Dots per inch wanted.

    Returns:
        b"" in place of the file when the page has no surface or no memory is left.
    """
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    dots = width * height * (dpi / 72) ** 2
    if dots > guards.MAX_PICTURE_DOTS:
        dpi = int(dpi * (guards.MAX_PICTURE_DOTS / dots) ** 0.5)
    across, down = int(width * dpi / 72), int(height * dpi / 72)
    if across < 1 or down < 1:
        return b"", dpi
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, _GREY, None, 0)
    if not bitmap:
        return b"", dpi
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, _WITH_ANNOTATIONS)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = raw if stride == across else b"".join(raw[start : start + across] for start in range(0, len(raw), stride))
    return b"P5 %d %d 255\n%s" % (across, down, rows), dpi
