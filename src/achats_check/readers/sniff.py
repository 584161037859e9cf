"""What a file is, by its content: extensions are only believed where contents cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.patterns import compiled
from achats_check.readers.guards import has_sensible_table, zip_errors

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipFile

HEAD_BYTES = 8192
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\1\0")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
"""What 7z, rar, gzip, bzip2 and xz files begin with."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_YAML_LINE = r"(?:---|%YAML|[a-z_]+(?:\.[a-z_]+)*:(?:\s|$))"
_YAML_REST = r"- |-$|\.\.\.$|[\]}]"
_JSON = r"""\{\s*["}]|\[\s*[\[{"\]]|\{\s*$"""
_HTML = r"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]++|-(?!->))*-->\s*+)*<(?:!doctype\s+html|html|head|body)\b"
_TAG = r"(?i)<(?:p|div|h[1-6]|table|span|br|meta|ul|ol|a|b|strong|font|center)\b[^<>]*>"
_ZIPPED = (".docx", ".odt", ".ods", ".xlsx")
"""Extensions believed of a zip too damaged to tell what it is."""
_PROSE = (".txt", ".text", ".md", ".markdown")
"""Extensions of texts, which a description may have too: only its whole look tells."""

_COMMENT = r"(?s)<!--.*?(?:-->|\Z)"
_ROOT = r"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,60})"
_XML_ROOTS = {
    "ContractNotice": "eforms",
    "ContractAwardNotice": "eforms",
    "PriorInformationNotice": "eforms",
    "TED_EXPORT": "ted",
    "TED_ESENDERS": "ted",
    "ANNONCE": "boamp",
    "marches": "decp",
    "marche": "decp",
    "contrat-concession": "decp",
}
"""Root elements of the notices and contract records that are read."""
_CONTRACTS = r'\{\s*(?:"\$?\w+"\s*:\s*"[^"]*"\s*,\s*)*"marches"\s*:'
_BULLETIN = r'"idweb"\s*:|"(?:dateparution|nomacheteur)"\s*:|\A\s*\{\s*"(?:EFORMS|FNSimple|MAPA|DSP)"\s*:\s*\{'
"""Keys of the records of the BOAMP's open data."""
_CONTRACT_KEY = r'(?i)"(?:codeCPV|CPV_CODE|datePublicationDonnees|dateNotification|dateSignature)"\s*:\s*"?\d'
"""Keys of the essential data of contracts, which no description of a purchase has."""


def sniff(path: Path) -> str:
    """Return the format of a file.

    Returns:
        A name of the table of readers for what can be read; "encrypted" for an Office file under a password,
        "ole", "zip", "archive", "xml", "empty" or "unknown" for what is recognised only.

    Raises:
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    return kind_of_head(head, path.suffix.lower())


def kind_of_head(head: bytes, suffix: str) -> str:
    """Return the format of a file that is no zip nor an old Office file, by its first bytes and its extension.

    Args:
        head: At most `HEAD_BYTES` bytes.
        suffix: Extension, in small letters.
    """
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return "archive"
    from achats_check.readers.encodings import decoded

    text = decoded(head, cut=len(head) == HEAD_BYTES)
    return "unknown" if text is None else _kind_of_text(text, suffix)


def _kind_of_text(text: str, suffix: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if suffix in (".md", ".markdown") and not _is_description(start, suffix):
        return "md"
    if compiled(_HTML).match(start) or (suffix in (".html", ".htm", ".xhtml") and compiled(_TAG).search(start)):
        return "html"
    if start.startswith("<?xml") or (suffix == ".xml" and start.startswith("<")):
        return _kind_of_xml(start)
    if suffix == ".json" or compiled(_JSON).match(start):
        return _kind_of_json(start)
    if suffix in (".yaml", ".yml") or _is_description(start, suffix):
        return "yaml"
    return "text"


def _kind_of_json(start: str) -> str:
    if compiled(_BULLETIN).search(start):
        return "boamp"
    return "decp" if compiled(_CONTRACTS).match(start) or compiled(_CONTRACT_KEY).search(start) else "json"


def _kind_of_xml(start: str) -> str:
    """Return which notice an XML file is, by its root element; "xml" for any other."""
    root = compiled(_ROOT).search(compiled(_COMMENT).sub("", start))
    if root and root[1] == "ann":
        return "boamp" if "boamp" in start.lower() or "GESTION" in start else "xml"
    return _XML_ROOTS.get(root[1], "xml") if root else "xml"


def _is_description(start: str, suffix: str) -> bool:
    """Tell whether a text is written in JSON or YAML.

    A first line "cle: valeur" is enough where nothing says otherwise. In a text with the extension of one, every line
    at the margin must be such a line, or an item under one: letters and clauses have lines like that too.
    """
    if compiled(_JSON).match(start):
        return True
    lines = [line for line in start.splitlines() if line.strip() and not line.startswith("#")]
    if not lines or not compiled(_YAML_LINE).match(lines[0]):
        return False
    if suffix not in _PROSE:
        return True
    whole = lines if len(start) < HEAD_BYTES // 4 else lines[:-1]  # the last one may be cut
    margin = [line for line in whole if not line.startswith((" ", "\t"))]
    return all(compiled(_YAML_LINE).match(line) or compiled(_YAML_REST).match(line) for line in margin)


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
        suffix = path.suffix.lower()
        return suffix[1:] if suffix in _ZIPPED else "zip"
    if any(name.startswith("word/") for name in names) or b"wordprocessingml." in types:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
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
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    return "odp" if b"opendocument.presentation" in mimetype else "zip"


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
