"""Files built to cost: bombs, endless counts, loops and depths. Each is read or refused under the limits, soon.

Forms that draw themselves hang PDFium while it loads their page: only the process apart that pieces are read in stops
it, and its tests try them.
"""

from __future__ import annotations

import zlib
from time import process_time
from typing import TYPE_CHECKING

import pytest
from make_pieces import cell, docx_bytes, paragraph, raw_pdf, raw_pdf_page, run, table, written

from achats_check.model.document import Document, Unread
from achats_check.readers import guards, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 8.0
"""Processor time a hostile file of some kilobytes may take, on a slow machine."""
SENTENCE = b"BT /F1 12 Tf 20 20 Td (Le titulaire execute le marche.) Tj ET"
READABLE = "Le titulaire execute le marche."


def read_soon(path: Path) -> Document | Unread:
    """Read a file, under the time that any may take."""
    start = process_time()
    result = read(path)
    assert process_time() - start < SECONDS
    return result


def stream(content: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    data = zlib.compress(content, 9) if packed else content
    kind = b"/Filter/FlateDecode" if packed else b""
    return b"<</Length %d%s%s>>stream\n%s\nendstream" % (len(data), kind, extra, data)


def page(content: bytes, resources: bytes = b"", *others: bytes, packed: bool = False, extra: bytes = b"") -> bytes:
    """A PDF of one page of 500 points; ``others`` are objects 6 and on."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R%s/Resources<</Font<</F1 5 0 R>>%s>>>>"
            % (extra, resources),
            stream(content, packed=packed),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *others,
        ]
    )


_IMAGE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"


def packed_bomb() -> bytes:
    """Fifty million spaces before a sentence."""
    return page(b" " * 50_000_000 + SENTENCE, packed=True)


def many_objects() -> bytes:
    """Fifty thousand objects that nothing draws."""
    return page(SENTENCE, b"", *[b"<</A 1>>"] * 50_000)


def many_paths() -> bytes:
    """Eighty thousand rules across one another."""
    rules = b"".join(
        b"0 %d m 500 %d l S %d 0 m %d 500 l S\n" % (n % 500, n % 500, n % 499, n % 499) for n in range(100_000)
    )
    return page(SENTENCE + rules, packed=True)


def one_long_path() -> bytes:
    """One path of two hundred thousand segments."""
    return page(SENTENCE + b" 0 0 m " + b"1 1 l 2 2 l " * 100_000 + b"S", packed=True)


def huge_image() -> bytes:
    """An image of ten billion dots, which nobody draws."""
    image = stream(b"\0" * 100_000, _IMAGE % (100_000, 100_000), packed=True)
    return page(SENTENCE + b" q 500 0 0 500 0 0 cm /Im Do Q", b"/XObject<</Im 6 0 R>>", image)


def broken_jbig2() -> bytes:
    """An image in JBIG2 whose segments say nonsense."""
    image = stream(b"\xff\x00\x7f" * 400, _IMAGE % (5000, 5000) + b"/Filter/JBIG2Decode")
    return page(SENTENCE + b" q 500 0 0 500 0 0 cm /Im Do Q", b"/XObject<</Im 6 0 R>>", image)


def endless_text() -> bytes:
    """Sixty thousand words on one page, one over the other."""
    return page(b"BT /F1 12 Tf 20 20 Td " + b"(mot ) Tj " * 60_000 + b"ET", packed=True)


def endless_lines() -> bytes:
    """A line of two letters, twenty thousand times."""
    return page(b"BT /F1 1 Tf 1 TL 20 490 Td " + b"(ab) ' " * 20_000 + b"ET", packed=True)


def many_annotations() -> bytes:
    """Twenty thousand fields on one page."""
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(v)/Rect[20 100 200 112]>>"
    return page(SENTENCE, b"", extra=b"/Annots[%s]" % (field * 20_000))


def parents_in_a_ring() -> bytes:
    """Fields that are each other's parents."""
    ring = [b"<</Type/Annot/Subtype/Widget/Parent %d 0 R/Rect[20 100 200 112]>>" % rank for rank in (7, 6)]
    return page(SENTENCE, b"", *ring, extra=b"/Annots[6 0 R 7 0 R]")


def deep_arrays() -> bytes:
    """An object nested a hundred thousand times."""
    return page(SENTENCE, b"/X " + b"[" * 100_000 + b"]" * 100_000)


READ = {
    "packed bomb": packed_bomb,
    "many objects": many_objects,
    "many paths": many_paths,
    "one long path": one_long_path,
    "huge image": huge_image,
    "broken JBIG2": broken_jbig2,
    "many annotations": many_annotations,
    "parents in a ring": parents_in_a_ring,
}
COSTLY = {
    "endless text": endless_text,
    "endless lines": endless_lines,
    "deep arrays": deep_arrays,
}


@pytest.mark.parametrize("make", READ.values(), ids=READ)
def test_hostile_pdf_that_can_be_read(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """What stands beside the trap is read."""
    result = read_soon(written(tmp_path / "piece.pdf", make()))
    assert isinstance(result, Document), result
    assert any(READABLE in block.text for block in result.blocks)


@pytest.mark.parametrize("make", COSTLY.values(), ids=COSTLY)
def test_hostile_pdf(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """Read or refused, soon."""
    result = read_soon(written(tmp_path / "piece.pdf", make()))
    assert isinstance(result, Unread) or len(result.blocks) <= guards.MAX_BLOCKS


@pytest.mark.parametrize("scale", [b"1e38", b"-1e38", b"1e-38", b"9" * 60, b"0", b"1e400"])
@pytest.mark.parametrize("form", [b"%s 0 0 %s 0 0", b"1 0 0 1 %s %s", b"1 %s %s 1 0 0"])
def test_places_out_of_measure(tmp_path: Path, scale: bytes, form: bytes) -> None:
    """Lines, rules and images sent to infinity, or flattened to nothing, are read or left, never a crash."""
    texts = b"".join(b"(Le titulaire execute les prestations du lot %d selon le cahier.) ' " % n for n in range(12))
    rules = b"".join(b"20 %d 300 40 re S " % (n * 40) for n in range(8)) + b"20 0 m 20 300 l 90 0 m 90 300 l S "
    image = stream(b"\0" * 100, _IMAGE % (10, 10))
    content = form % (scale, scale) + b" cm " + rules + b"BT /F1 12 Tf 14 TL 20 400 Td " + texts + b"ET /Im Do"
    data = page(SENTENCE + b" q " + content + b" Q", b"/XObject<</Im 6 0 R>>", image)
    result = read_soon(written(tmp_path / "piece.pdf", data))
    assert isinstance(result, Document), result
    assert any(READABLE in block.text for block in result.blocks)


def test_a_count_of_pages_that_nothing_holds(tmp_path: Path) -> None:
    """Two billion pages announced, one there: the others are neither loaded nor listed beyond the limit."""
    data = page(SENTENCE).replace(b"/Count 1", b"/Count 2000000000")
    result = read_soon(written(tmp_path / "piece.pdf", data))
    assert isinstance(result, Unread) or len(result.unread_pages) < 10 * guards.MAX_PAGES


def test_a_million_empty_paragraphs(tmp_path: Path) -> None:
    """Empty paragraphs cost their parsing and make no block."""
    result = read_soon(written(tmp_path / "piece.docx", docx_bytes("<w:p/>" * 1_000_000 + paragraph("Texte."))))
    assert isinstance(result, Unread) or [block.text for block in result.blocks] == ["Texte."]


def test_an_endless_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of more rows than a document keeps blocks is cut, and told; the rows beyond are not even made."""
    monkeypatch.setattr(guards, "MAX_BLOCKS", 1_000)
    body = table(*[cell("a") + cell("b")] * 30_000) + paragraph("Après.")
    result = read_soon(written(tmp_path / "piece.docx", docx_bytes(body)))
    assert isinstance(result, Document)
    assert (len(result.blocks), result.truncated) == (1_000, True)
    assert "1000 premiers paragraphes" in result.warnings[0]


def test_endless_text_over_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the limit of characters, pages are not read, and told."""
    monkeypatch.setattr(guards, "MAX_CHARACTERS", 100)
    result = read_soon(written(tmp_path / "piece.pdf", raw_pdf_page(b"[0 0 500 500]", SENTENCE, 9)))
    assert isinstance(result, Document)
    assert (result.unread_pages, result.truncated) == ((5, 6, 7, 8, 9), True)
    assert "seules les 4 premières" in result.warnings[-1]


def test_a_row_of_many_cells(tmp_path: Path) -> None:
    """A row of twenty thousand cells, and twenty thousand runs in a paragraph."""
    result = read_soon(
        written(tmp_path / "piece.docx", docx_bytes(table(cell("a") * 20_000) + f"<w:p>{run('b') * 20_000}</w:p>"))
    )
    assert isinstance(result, Document)
    assert [len(block.text) for block in result.blocks] == [39_999, 20_000]


ODD = {
    "right to left": ("\u202eéhcram el\u202c", "éhcram el"),
    "isolates": ("\u2066marché\u2069", "marché"),
    "controls": ("mar\u0085ché", "mar\nché"),
    "zero width": ("mar\u200bch\u00ad\u2060é", "marché"),
    "combining": ("marche\u0301", "marché"),
    "far planes": ("march\U0001d452\U000e0041 \u2611\ufe0f", "march\U0001d452 \u2611"),
    "not a character": ("marché\ufffe\uffff", "marché"),
}


@pytest.mark.parametrize(("text", "read_as"), ODD.values(), ids=ODD)
def test_odd_characters(tmp_path: Path, text: str, read_as: str) -> None:
    """Characters that are not seen leave the text; the others stay, composed."""
    escaped = "".join(f"&#{ord(sign)};" if ord(sign) < 0xFFFE else sign for sign in text)
    result = read(written(tmp_path / "piece.docx", docx_bytes(paragraph(escaped))))
    if isinstance(result, Unread):  # XML forbids the character
        assert "XML lisible" in result.reason
    else:
        assert [block.text for block in result.blocks] == [read_as]


@pytest.mark.parametrize("text", ["a\0b", "a\x01b", "&#0;", "&#xD800;", "&inconnue;"])
def test_characters_that_xml_forbids(tmp_path: Path, text: str) -> None:
    """A part that holds one is refused as unreadable, with its name."""
    result = read(written(tmp_path / "piece.docx", docx_bytes(paragraph(text))))
    assert isinstance(result, Unread)
    assert "word/document.xml" in result.reason
