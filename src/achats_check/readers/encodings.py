"""Bytes to text, for files that do not say how they were written."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNLIKELY = bytes(
    code
    for code in (*range(32), *range(127, 160))
    if code not in b"\t\n\x0b\x0c\r" and code not in b"\x80\x82\x85\x8c\x91\x92\x93\x94\x95\x96\x97\x99\x9c"
)
"""Codes that a French text in Windows-1252 does not use; those of quotes, dashes, "œ" and "€" are left out."""
_MAX_UNLIKELY = 0.02
_MAX_NULS = 0.01
"""Share of null bytes that a damaged text may hold; they are dropped."""
_SAMPLE = 4096


def decoded(data: bytes, cut: bool = False) -> str | None:
    """Return the text of UTF-8, UTF-16, UTF-32, Windows-1252 or MS-DOS bytes; None for anything else.

    Args:
        data: The bytes.
        cut: True when ``data`` may stop in the middle of a character.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    if b"\0" in data:
        wide = _wide(data)
        if wide:
            return data.decode(wide, "replace")
        if data.count(b"\0") > _MAX_NULS * len(data):
            return None
        data = data.replace(b"\0", b"")
    return _narrow(data, cut)


def _narrow(data: bytes, cut: bool) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if cut and error.start > len(data) - 4:
            return data[: error.start].decode("utf-8")
    if data.count(b"\x82") > data.count(b"\xe9"):  # "é" of MS-DOS, which is no letter in Windows-1252
        return data.decode("cp850", "replace")
    unlikely = len(data) - len(data.translate(None, _UNLIKELY))
    return data.decode("cp1252", "replace") if unlikely < _MAX_UNLIKELY * len(data) else None


def _wide(data: bytes) -> str:
    """Return the UTF-16 that a text without a mark is in, or "": every other byte of a French text is null."""
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.05 else ""
