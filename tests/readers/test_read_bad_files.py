"""Files that are broken, hostile, foreign or mislabelled: a result that says what to do, never a crash."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_formats import h, odf_cell, odf_table, ods_bytes, odt_bytes, p, rows, xlsx_bytes
from make_pieces import cell, docx_bytes, lines, paragraph, pdf_bytes, root, run, table, written

from achats_check.model.document import Document, Unread
from achats_check.readers import guards, read

DOCX = docx_bytes(paragraph("Article 1 - Objet") + paragraph("Texte.") + table(cell("Prix") + cell("60 %")))
PDF = pdf_bytes(lines("Article 1 - Objet", "Texte."), lines("Article 2 - Durée", "Un an."))
ODT = odt_bytes(h("Objet") + p("Texte.") + odf_table(odf_cell("Prix") + odf_cell("60 %")))
ODS = ods_bytes(odf_table(odf_cell("Prix") + odf_cell("60 %")))
XLSX = xlsx_bytes(("Lot 1", rows(["Prix", (0.6, 1)])), texts=["a"], formats=["0%"])
HTML = "<html><h1>Objet</h1><p>Été.<table><tr><td>Prix<td>60 %</table>".encode()
WHOLE = [DOCX, PDF, ODT, ODS, XLSX, HTML, HTML.decode().encode("utf-16")]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def stream(name: str) -> bytes:
    """An old Office container that holds a stream of that name."""
    return OLE + name.encode("utf-16-le")


def archive_of(**members: bytes) -> bytes:
    """A zip of members; two underscores stand for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def main_part(xml: bytes) -> bytes:
    """A Word file whose main part is exactly that."""
    return archive_of(**{"word__document.xml": xml})


def unread(path: Path) -> Unread:
    """Read a file that cannot be read; what is said of it is made of sentences."""
    result = read(path)
    assert isinstance(result, Unread), result
    assert result.path == str(path)
    for sentence in (result.reason, result.advice):
        assert sentence
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    return result


FOREIGN = {
    "empty": (b"", "", "vide"),
    "password": (stream("EncryptedPackage"), "encrypted", "mot de passe"),
    "old Office": (stream("VisioDocument"), "ole", "ancien"),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image", "image"),
    "OpenDocument": (archive_of(mimetype=b"application/vnd.oasis.opendocument.text"), "odt", "texte principal"),
    "Excel": (archive_of(xl__workbook=b"x"), "xlsx", "classeur"),
    "web page": (b"<!DOCTYPE html><html><body></body></html>", "html", "aucun texte"),
    "blank text": (b" \n\t\n", "text", "aucun texte"),
    "archive": (archive_of(a=b"x"), "zip", "archive"),
    "XML": (b"<?xml version='1.0'?><avis/>", "xml", "XML"),
    "noise": (bytes(range(256)) * 20, "unknown", "pas reconnu"),
    "null bytes": (b"\0" * 5000, "unknown", "pas reconnu"),
    "bare zip end": (b"PK\x05\x06" + b"\0" * 18, "zip", "archive"),
}


@pytest.mark.parametrize(("data", "kind", "word"), FOREIGN.values(), ids=FOREIGN)
def test_foreign_files(tmp_path: Path, data: bytes, kind: str, word: str) -> None:
    """What is not a Word file nor a PDF is recognised by content and refused with advice."""
    result = unread(written(tmp_path / "piece", data))
    assert result.format == kind
    assert word in result.reason


DOCTYPE = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "entities": (main_part(DOCTYPE + root("document", "<w:body>&b;</w:body>").encode().split(b"?>")[1]), "entités"),
    "entities in UTF-16": (main_part("<!DOCTYPE d><d/>".encode("utf-16")), "entités"),
    "external entity": (main_part(b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>'), "entités"),
    "broken XML": (main_part(b"<w:document"), "XML lisible"),
    "no body": (main_part(root("document", "").encode()), "texte principal"),
    "no main part": (archive_of(word__styles=b"x"), "texte principal"),
    "no text": (docx_bytes("<w:p/>"), "aucun texte"),
    "bomb": (main_part(root("document", " " * 5_000_000).encode()), "décompression"),
    "too many members": (archive_of(**{f"word__{i}": b"" for i in range(guards.MAX_ZIP_MEMBERS + 1)}), "fichiers"),
}


@pytest.mark.parametrize(("data", "word"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_word_files(tmp_path: Path, data: bytes, word: str) -> None:
    """Bombs, entities and broken parts are refused, and the reason says which."""
    assert word in unread(written(tmp_path / "piece.docx", data)).reason


def nested(opening: str, inner: str, closing: str, depth: int) -> str:
    """XML of a container in itself, many times."""
    return opening * depth + inner + closing * depth


DEEP = {
    "tables": nested("<w:tbl><w:tr><w:tc>", paragraph("x"), "</w:tc></w:tr></w:tbl>", 5000),
    "wide tables": nested("<w:tbl><w:tr><w:tc/><w:tc>", paragraph("x"), "</w:tc></w:tr></w:tbl>", 5000),
    "runs": f"<w:p>{nested('<w:ins>', run('x'), '</w:ins>', 5000)}</w:p>",
    "text boxes": nested(
        "<w:p><w:r><w:pict><w:txbxContent>", paragraph("x"), "</w:txbxContent></w:pict></w:r></w:p>", 5000
    ),
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_deep_nesting(tmp_path: Path, body: str) -> None:
    """Containers nested thousands of times are refused, without exhausting the stack."""
    assert "niveaux" in unread(written(tmp_path / "piece.docx", docx_bytes(body))).reason


def test_deep_content_controls_are_read(tmp_path: Path) -> None:
    """Content controls only wrap: however deep, their text is read."""
    body = nested("<w:sdt><w:sdtContent>", paragraph("x"), "</w:sdtContent></w:sdt>", 5000)
    assert isinstance(read(written(tmp_path / "piece.docx", docx_bytes(body))), Document)


def test_file_over_the_limit(tmp_path: Path) -> None:
    """A file of more than the limit is refused before it is read."""
    path = tmp_path / "lourd.pdf"
    with path.open("wb") as file:
        file.truncate(guards.MAX_FILE_BYTES + 1)
    assert "200 Mo" in unread(path).reason


def test_name_in_a_wrong_encoding(tmp_path: Path) -> None:
    """A file whose name is not UTF-8, as old archives leave them, is read."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Am\xe9nagement.pdf"))
    assert isinstance(read(written(path, PDF)), Document)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A path that leads to no file says so."""
    assert "n'existe pas" in unread(tmp_path / "absent.pdf").reason
    assert "dossier" in unread(tmp_path).reason


def test_truncated_files(tmp_path: Path) -> None:
    """Half a Word file is refused as damaged."""
    assert "endommagé" in unread(written(tmp_path / "piece.docx", DOCX[: len(DOCX) // 2])).reason
    assert "endommagé" in unread(written(tmp_path / "piece.pdf", PDF[:60])).reason


def test_damaged_part(tmp_path: Path) -> None:
    """A Word file whose main part is altered is refused as damaged."""
    start = DOCX.index(b"word/document.xml") + 60
    data = DOCX[:start] + bytes(byte ^ 0x55 for byte in DOCX[start : start + 40]) + DOCX[start + 40 :]
    assert "endommagée" in unread(written(tmp_path / "piece.docx", data)).reason


@pytest.mark.parametrize(("name", "data", "kind"), [("a.pdf", DOCX, "docx"), ("a.docx", PDF, "pdf"), ("a", PDF, "pdf")])
def test_wrong_extension(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    """A wrong extension does not hinder, and is told."""
    document = read(written(tmp_path / name, data))
    assert isinstance(document, Document)
    assert document.format == kind
    assert "lu comme tel" in document.warnings[0]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.json", '{"objet": "tonte"}', "json"),
        ("a.yaml", "objet: tonte\n", "yaml"),
        ("a.yml", "# achat\nlots: []\n", "yaml"),
        ("a.json", "pas du JSON", "json"),
        ("a", '{"objet": "tonte"}', "json"),
    ],
)
def test_descriptions(tmp_path: Path, name: str, text: str, kind: str) -> None:
    """A description is handed over raw, in one block, with its role."""
    document = read(written(tmp_path / name, text.encode()))
    assert isinstance(document, Document)
    assert (document.format, document.role) == (kind, "DESCRIPTION")
    assert [block.text for block in document.blocks] == [text]


def coherent(result: Document | Unread) -> None:
    """Check what every result promises."""
    if isinstance(result, Unread):
        assert result.reason
        return
    for rank, block in enumerate(result.blocks):
        assert block.index == rank
        assert block.text or block.kind == "row" or result.role == "DESCRIPTION"
        assert (block.table is None) == (not block.cells)
        assert not block.cells or block.text == "\t".join(block.cells)
        assert block.page is None or 1 <= block.page <= (result.pages or 0)


def read_bytes(data: bytes, suffix: str) -> Document | Unread:
    """Read bytes through a file of their own."""
    handle, name = tempfile.mkstemp(suffix)
    try:
        os.write(handle, data)
        os.close(handle)
        return read(Path(name))
    finally:
        Path(name).unlink()


slow = settings(max_examples=120, suppress_health_check=list(HealthCheck))
magic = st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"{", b"\xff\xfe", b"---\n", b"\x89PNG"])


@slow
@given(
    magic,
    st.binary(max_size=400),
    st.sampled_from(["", ".docx", ".pdf", ".json", ".yaml", ".txt", ".md", ".html", ".odt", ".xlsx"]),
)
def test_random_bytes(start: bytes, data: bytes, suffix: str) -> None:
    """Random bytes, whatever their signature and extension, give a document or a reason."""
    coherent(read_bytes(start + data, suffix))


@slow
@given(st.sampled_from(WHOLE), st.floats(0, 1))
def test_prefixes(whole: bytes, share: float) -> None:
    """Any beginning of a good file gives a document or a reason."""
    coherent(read_bytes(whole[: int(len(whole) * share)], ""))


@slow
@given(st.sampled_from(WHOLE), st.floats(0, 1), st.binary(min_size=1, max_size=6))
def test_altered_bytes(whole: bytes, share: float, patch: bytes) -> None:
    """A good file with a few bytes changed gives a document or a reason."""
    start = int(len(whole) * share)
    coherent(read_bytes(whole[:start] + patch + whole[start + len(patch) :], ""))


_NAMES = "p r t tab br tbl tr tc sdt sdtContent ins del pPr rPr numPr numId ilvl pStyle fldChar sym vMerge tcPr"
ELEMENTS = _NAMES.split()
trees = st.recursive(
    st.sampled_from(["", "texte", "Article 1 - Objet"]),
    lambda inner: st.builds(
        lambda name, value, parts: f'<w:{name} w:val="{value}" w:fldCharType="{value}">{"".join(parts)}</w:{name}>',
        st.sampled_from(ELEMENTS),
        st.sampled_from(["1", "-1", "99999999999", "begin", "separate", "end", "restart", "x", ""]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@slow
@given(st.lists(trees, max_size=5), trees, trees)
def test_any_tree_of_known_elements(body: list[str], styles: str, numbering: str) -> None:
    """Known elements in any order, with any attributes, give a document or a reason."""
    coherent(read_bytes(docx_bytes("".join(body), styles=styles, numbering=numbering), ".docx"))
