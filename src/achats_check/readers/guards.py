"""Limits that keep a hostile or broken file from costing more than a refusal.

They are far above anything a real tender file reaches: the largest Word piece we met inflates to a few
megabytes, the longest PDF has a few hundred pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile, ZipInfo

MAX_FILE_BYTES = 200 * 2**20
"""A file on disk: dossiers with scanned plans reach 100 MB."""
MAX_TEXT_BYTES = 20 * 2**20
"""A JSON or YAML description."""
MAX_ZIP_MEMBERS = 10_000
"""Members of a Word file: a few hundred when it is full of pictures."""
MAX_PART_BYTES = 64 * 2**20
"""One XML part once inflated."""
MAX_INFLATION = 400
"""Inflated size of an XML part over its compressed size, beyond the first megabyte: real ones stay under 60."""
MAX_XML_DEPTH = 60
"""Containers within containers (tables in tables, content controls in content controls)."""
MAX_PAGES = 2_000
"""Pages read of a PDF; the others are told as unread."""
MAX_CHARACTERS = 10_000_000
"""Characters read of a PDF, whose pages have 3 000; the pages after are told as unread."""
MAX_FIELDS = 2_000
"""Fields and notes read on a page of a PDF."""
MAX_BLOCKS = 200_000
"""Blocks kept of a document; the rest is told in a warning."""
MAX_CELLS = 500_000
"""Cells read of a workbook, from the first column of each row to its last filled one; the rest is told as unread."""
MAX_COLUMNS = 500
"""Columns read of a sheet or of a table."""
CONVERSION_SECONDS = 90
"""Time LibreOffice has to convert a piece."""
OCR_DPI = 200
"""Dots per inch at which scanned pages are drawn: more does not read better, and takes longer."""
OCR_SECONDS = 60
"""Time tesseract has for a page."""
MAX_OCR_PAGES = 300
"""Pages of a piece read by character recognition; the others stay unread."""
MAX_RECOGNITION_SECONDS = 1_800
"""Reading of one piece whose scanned pages are recognised: a hundred pages take a minute or two."""
MAX_PICTURE_DOTS = 60_000_000
"""Dots of a picture: an A2 page at 200 dots per inch has 15 million."""
MAX_PIECES = 2_000
"""Files of one dossier, its archives opened: the largest works dossiers have a few hundred plans."""
MAX_ARCHIVE_MEMBERS = 4_000
"""Entries of an archive of pieces, folders and what systems leave included."""
MAX_FOLDER_DEPTH = 20
"""Folders within folders."""
MAX_ARCHIVE_DEPTH = 3
"""Archives within archives: a platform's download, the dossier in it, the plans in that."""
MAX_ARCHIVE_BYTES = 2**30
"""A dossier given as an archive, on disk; each file in it stays under `MAX_FILE_BYTES`."""
MAX_TOTAL_BYTES = 2**30
"""All that is taken out of the archives of one dossier."""
MAX_DIRECTORY_BYTES = 8 * 2**20
"""Table of contents of an archive: that of 50 000 files, which is refused by their number, takes 5 MB."""
MAX_READING_SECONDS = 60
"""Reading of one piece by a parser that is not ours: 2 000 pages take a few seconds."""
MAX_READING_BYTES = 2 * 2**30
"""Memory that such a reading may ask for."""

CORRUPT = "Ouvrir le fichier dans le logiciel d'origine, l'enregistrer de nouveau, puis relancer."
HOSTILE = "Vérifier l'origine du fichier ; s'il est légitime, l'enregistrer de nouveau en .docx ou .pdf."


def check_size(path: Path) -> None:
    """Refuse a file too small or too large to be read.

    Raises:
        ReadError: The file is empty or larger than `MAX_FILE_BYTES`.
    """
    size = path.stat().st_size
    if size == 0:
        raise ReadError("Le fichier est vide.", "Redéposer la pièce : l'envoi ou la copie a sans doute échoué.")
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        raise ReadError(
            f"Le fichier pèse {-(-size // 2**20)} Mo, plus que la limite de {limit} Mo.",
            "Retirer les images ou les plans, ou séparer la pièce en plusieurs fichiers.",
        )


def zip_errors() -> tuple[type[Exception], ...]:
    """Return what ``zipfile`` raises on a damaged archive; it is many things."""
    import struct
    import zlib
    from zipfile import BadZipFile

    return (
        BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        KeyError,
        OSError,
        OverflowError,
        RuntimeError,  # and its kind: an unknown compression, an encrypted member
        ValueError,
    )


def check_members(archive: ZipFile, limit: int = MAX_ZIP_MEMBERS) -> None:
    """Refuse an archive with too many members.

    Raises:
        ReadError: Too many members.
    """
    count = len(archive.infolist())
    if count > limit:
        raise ReadError(f"L'archive contient {count} fichiers, plus que la limite de {limit}.", HOSTILE)


def open_zip(path: Path, damaged: str) -> ZipFile:
    """Open the zip of a document whose members are within the limits.

    Args:
        path: The file.
        damaged: What to say of a file that is no zip, in French.

    Raises:
        ReadError: It is damaged, or has too many members.
    """
    from zipfile import ZipFile

    try:
        archive = ZipFile(path)
    except zip_errors() as error:
        raise ReadError(damaged, CORRUPT) from error
    try:
        check_members(archive)
    except ReadError:
        archive.close()
        raise
    return archive


def check_archive(path: Path) -> None:
    """Refuse an archive of pieces by its size, or by that of its table of contents, before any of it is loaded.

    Raises:
        ReadError: It is too large, or announces a table that only a bomb would have.
        OSError: The file cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_ARCHIVE_BYTES:
        raise ReadError(
            f"L'archive pèse {size // 2**20} Mo, plus que la limite de {MAX_ARCHIVE_BYTES // 2**20} Mo.",
            "L'extraire, et donner le dossier sans les plans.",
        )
    if not has_sensible_table(path):
        raise ReadError("La table des fichiers de l'archive en annonce des dizaines de milliers.", HOSTILE)


def has_sensible_table(path: Path) -> bool:
    """Say whether the table of contents of an archive may be loaded: ``zipfile`` loads it whole.

    Raises:
        OSError: The file cannot be opened.
    """
    size = path.stat().st_size
    return size <= MAX_DIRECTORY_BYTES or _table_of_contents(path, size) <= MAX_DIRECTORY_BYTES


def _table_of_contents(path: Path, size: int) -> int:
    """Return the size in bytes of the table at the end of an archive, as its last record gives it."""
    with path.open("rb") as file:
        file.seek(max(0, size - 65_600))
        tail = file.read()
    end, large = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    if large >= 0:
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


def check_inflation(info: ZipInfo, what: str, limit: int) -> None:
    """Refuse a member that would inflate beyond measure, by the sizes it declares.

    Args:
        info: The member.
        what: What to call it, in French ("Le fichier").
        limit: Largest size once inflated, in bytes.

    Raises:
        ReadError: It is larger, or was compressed as only a bomb is.
    """
    inflated = info.file_size
    ratio = inflated / max(info.compress_size, 1)
    if inflated > limit or (inflated > 2**20 and ratio > MAX_INFLATION):
        raise ReadError(f"{what} se décompresserait en {inflated / 2**20:.0f} Mo (bombe de décompression ?).", HOSTILE)


def inflate(archive: ZipFile, name: str) -> bytes:
    """Return the bytes of a member, after judging its declared size.

    Raises:
        ReadError: The member is encrypted, damaged, or inflates beyond measure.
    """
    info = archive.getinfo(name)
    if info.flag_bits & 0x1:
        raise ReadError("Le document est protégé par un mot de passe.", "Fournir une copie sans mot de passe.")
    check_inflation(info, f"La partie « {name} »", MAX_PART_BYTES)
    try:
        return archive.read(info)
    except zip_errors() as error:
        raise ReadError(f"La partie « {name} » du document est endommagée.", CORRUPT) from error


def in_utf8(data: bytes) -> bytes:
    """Return an XML part in UTF-8, without its declaration, when it comes in UTF-16; else as it is."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    text = data.decode("utf-16", "replace")
    start = text.find("?>") + 2 if text.startswith("<?xml") else 0
    return text[start:].encode("utf-8", "replace")


def parse_xml(data: bytes, name: str) -> Element:
    """Parse an XML part that declares neither a document type nor entities.

    Args:
        data: Bytes of the part, in any encoding expat knows.
        name: Name of the part, for the message.

    Raises:
        ReadError: The part is not well-formed, or declares a document type.
    """
    from xml.etree.ElementTree import ParseError, fromstring

    check_plain_xml(data, name)
    try:
        return fromstring(data)
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError(f"La partie « {name} » du document n'est pas du XML lisible.", CORRUPT) from error


def check_plain_xml(data: bytes, name: str) -> None:
    """Refuse an XML part that declares a document type or entities.

    Raises:
        ReadError: It does.
    """
    if _declares_a_type(data):
        raise ReadError(f"La partie « {name} » déclare un type de document ou des entités XML.", HOSTILE)


def _declares_a_type(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:64]:
        data = data.replace(b"\0", b"")
    return has_markup_declarations(data) and (b"<!DOCTYPE" in data or b"<!ENTITY" in data)


def has_markup_declarations(data: bytes) -> bool:
    """Tell whether XML bytes hold "<!": a comment, a CDATA section or a document type.

    The lone sign is looked for first, which goes ten times faster.
    """
    return b"!" in data and b"<!" in data


def too_deep() -> ReadError:
    """Return the error of a document nested deeper than `MAX_XML_DEPTH`."""
    return ReadError(f"Le document imbrique plus de {MAX_XML_DEPTH} niveaux de contenus.", HOSTILE)
