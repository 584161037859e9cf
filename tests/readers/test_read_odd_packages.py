"""Word files put together in ways that Word accepts or that a hostile hand may try."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from make_pieces import docx_bytes, paragraph, root, written

from achats_check.model.document import Document, Unread
from achats_check.readers import read

if TYPE_CHECKING:
    from pathlib import Path

MAIN, RELATIONS = "word/document.xml", "_rels/.rels"
TRANSITIONAL = b"http://schemas.openxmlformats.org/"
CLAUSE = root("document", f"<w:body>{paragraph('clause')}</w:body>").encode()


def members() -> dict[str, bytes]:
    """Members of a Word file that says "clause"."""
    archive = zipfile.ZipFile(io.BytesIO(docx_bytes(paragraph("clause"))))
    return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Bytes of an archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def renamed(old: str, new: str) -> bytes:
    """A Word file where a name is replaced by another in names and contents."""
    return packed(
        {name.replace(old, new): data.replace(old.encode(), new.encode()) for name, data in members().items()}
    )


def with_part(name: str, data: bytes) -> bytes:
    """A Word file with another content for a part."""
    return packed({**members(), name: data})


def strict(data: bytes) -> bytes:
    """A part in the namespaces of Strict Open XML."""
    data = data.replace(
        TRANSITIONAL + b"wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    return data.replace(TRANSITIONAL + b"officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")


TYPES = (
    b'<Types><Override PartName="/contenu/principal.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
READABLE = {
    "other main part": renamed(MAIN, "word/document2.xml"),
    "other folder": packed(
        {
            "[Content_Types].xml": TYPES,
            RELATIONS: members()[RELATIONS].replace(MAIN.encode(), b"contenu/principal.xml"),
            "contenu/principal.xml": CLAUSE,
        }
    ),
    "absolute target": with_part(RELATIONS, members()[RELATIONS].replace(b'"word/', b'"/word/')),
    "backslash in target": with_part(RELATIONS, members()[RELATIONS].replace(b"word/", b"word\\")),
    "backslashes in names": packed({name.replace("/", "\\"): data for name, data in members().items()}),
    "other case": packed({name.replace(MAIN, "Word/Document.xml"): data for name, data in members().items()}),
    "wrong content types": with_part("[Content_Types].xml", TYPES.replace(b"wordprocessingml", b"image")),
    "no content types": packed({n: d for n, d in members().items() if n != "[Content_Types].xml"}),
    "broken package relations": with_part(RELATIONS, b"<"),
    "no package relations": packed({n: d for n, d in members().items() if n != RELATIONS}),
    "UTF-16": with_part(MAIN, CLAUSE.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "UTF-16 without declaration": with_part(MAIN, CLAUSE.decode().partition("?>")[2].encode("utf-16")),
    "strict": packed({name: strict(data) for name, data in members().items()}),
    "strict in UTF-16": with_part(MAIN, strict(CLAUSE).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
}


@pytest.mark.parametrize("data", READABLE.values(), ids=READABLE)
def test_odd_packages_are_read(tmp_path: Path, data: bytes) -> None:
    """Parts under other names, in other encodings or namespaces, are found and read."""
    document = read(written(tmp_path / "piece.docx", data))
    assert isinstance(document, Document), document
    assert [block.text for block in document.blocks] == ["clause"]
    assert document.warnings == ()


@pytest.mark.parametrize("suffix", [".docm", ".dotx", ".dotm", ".DOCX"])
def test_extensions_of_word(tmp_path: Path, suffix: str) -> None:
    """Macros and templates are Word files like others, without a remark."""
    document = read(written(tmp_path / f"piece{suffix}", packed(members())))
    assert isinstance(document, Document)
    assert document.warnings == ()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_member(tmp_path: Path) -> None:
    """Of two members with one name, the last is read, as office suites do."""
    buffer = io.BytesIO(packed(members()))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(MAIN, CLAUSE.replace(b"clause", b"autre"))
    document = read(written(tmp_path / "piece.docx", buffer.getvalue()))
    assert isinstance(document, Document)
    assert [block.text for block in document.blocks] == ["autre"]


def patched(offset: int, value: bytes) -> bytes:
    """A Word file with bytes changed at an offset of every entry of its central directory."""
    data = bytearray(packed(members()))
    start = data.find(b"PK\x01\x02")
    while start >= 0:
        data[start + offset : start + offset + len(value)] = value
        start = data.find(b"PK\x01\x02", start + 4)
    return bytes(data)


REFUSED = {
    "encrypted member": (patched(8, b"\x01\x00"), "mot de passe"),
    "absurd size": (patched(24, b"\xff\xff\xff\x7f"), "bombe"),
    "size too small": (patched(24, b"\x0a\x00\x00\x00"), "endommagée"),
    "no main part": (packed({n: d for n, d in members().items() if n != MAIN}), "texte principal"),
    "main part elsewhere": (with_part(MAIN, b"<other/>"), "texte principal"),
}


@pytest.mark.parametrize(("data", "word"), REFUSED.values(), ids=REFUSED)
def test_refused_packages(tmp_path: Path, data: bytes, word: str) -> None:
    """Encrypted members, false sizes and missing parts are refused, and the reason says which."""
    result = read(written(tmp_path / "piece.docx", data))
    assert isinstance(result, Unread)
    assert word in result.reason
