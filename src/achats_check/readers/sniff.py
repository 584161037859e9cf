"""What a file is, by its content: extensions are only believed where contents cannot tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from achats_check.readers.guards import has_sensible_table, zip_errors

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipFile

HEAD_BYTES = 8192
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\1\0")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
"""What 7z, rar, gzip, bzip2 and xz files begin with."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_YAML_LINE = re.compile(r"(?:---|%YAML|[a-z_]+(?:\.[a-z_]+)*:(?:\s|$))")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def sniff(path: Path) -> str:
    """Return the format of a file.

    Returns:
        "docx", "pdf", "json" or "yaml" for what can be read; "encrypted" for a Word file under a password;
        "doc", "xls", "ppt", "ole", "odt", "ods", "xlsx", "pptx", "zip", "archive", "rtf", "html", "xml", "image",
        "text" for what is recognised only; "empty", "unknown".

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    return _kind_of_head(head, path.suffix.lower())


def _kind_of_head(head: bytes, suffix: str) -> str:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return "archive"
    text = decoded(head, cut=len(head) == HEAD_BYTES)
    return "unknown" if text is None else _kind_of_text(text, head, suffix)


def _kind_of_text(text: str, head: bytes, suffix: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if _HTML.match(head):
        return "html"
    if start.startswith("<?xml") or (suffix == ".xml" and start.startswith("<")):
        return "xml"
    if suffix == ".json" or start.startswith(("{", "[{", "[\n")):
        return "json"
    if suffix in (".yaml", ".yml"):
        return "yaml"
    lines = (line for line in start.splitlines() if line.strip() and not line.startswith("#"))
    return "yaml" if _YAML_LINE.match(next(lines, "")) and suffix != ".txt" else "text"


def decoded(data: bytes, cut: bool = False) -> str | None:
    """Return the text of UTF-8, UTF-16 with a mark, or Windows-1252 bytes; None for anything else.

    Args:
        data: The bytes.
        cut: True when ``data`` may stop in the middle of a character.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if cut and error.start > len(data) - 4:
            return data[: error.start].decode("utf-8-sig")
    odd = sum((byte < 32 and byte not in (9, 10, 12, 13)) or 127 <= byte < 160 for byte in data)
    return data.decode("cp1252", "replace") if odd * 50 < len(data) else None


def _kind_of_zip(path: Path) -> str:
    from zipfile import ZipFile

    try:
        if not has_sensible_table(path):
            return "zip"
        with ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return _opendocument(archive.read("mimetype"))
            types = _content_types(archive)
    except zip_errors():
        return "docx" if path.suffix.lower() == ".docx" else "zip"
    if any(name.startswith("word/") for name in names) or b"wordprocessingml." in types:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        return "pptx"
    return "zip"


def _content_types(archive: ZipFile) -> bytes:
    """Return the beginning of the part that tells what an Office file is, for those that name their folders freely."""
    name = "[Content_Types].xml"
    if name not in archive.NameToInfo:
        return b""
    with archive.open(name) as part:
        return part.read(HEAD_BYTES)


def _opendocument(mimetype: bytes) -> str:
    if b"opendocument.text" in mimetype:
        return "odt"
    return "ods" if b"opendocument.spreadsheet" in mimetype else "zip"


def _kind_of_ole(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(64 * 2**20)
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "ole"


_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
