"""Workbooks: every sheet, its values as they are shown, merged cells once, hidden parts read and said."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_formats import odf_cell, odf_table, ods_bytes, rows, xlsx_bytes, zipped
from make_pieces import written

from achats_check.model.document import Document, Unread
from achats_check.readers import guards, read
from achats_check.readers.spreadsheet.formats import shown


def document(path: Path, data: bytes) -> Document:
    """Read a workbook."""
    result = read(written(path, data))
    assert isinstance(result, Document), result
    return result


def outline(found: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, heading and cells, or text, of each block."""
    return [(block.kind, block.heading, block.cells or (block.text,)) for block in found.blocks]


def test_sheets_are_titles_and_tables(tmp_path: Path) -> None:
    """A sheet named by someone is a title; a text alone in its row a paragraph; empty columns are left out."""
    lot = rows(["Bordereau des prix"], [], ["N°", None, "Désignation", "Prix"], ["1", None, "Tonte", 12.5])
    found = document(
        tmp_path / "BPU.xlsx", xlsx_bytes(("Lot 2 Tonte", lot), ("Feuil2", rows(["a", "b"])), ("Vide", ""))
    )
    assert outline(found) == [
        ("title", "Lot 2 Tonte", ("Lot 2 Tonte",)),
        ("paragraph", "Lot 2 Tonte", ("Bordereau des prix",)),
        ("row", "Lot 2 Tonte", ("N°", "Désignation", "Prix")),
        ("row", "Lot 2 Tonte", ("1", "Tonte", "12,5")),
        ("row", "Lot 2 Tonte", ("a", "b")),
    ]
    assert [block.table for block in found.blocks] == [None, None, 0, 0, 1]


def test_kinds_of_cells(tmp_path: Path) -> None:
    """Shared and rich texts, formulas, booleans, errors and ISO dates are read; formulas without a result are told."""
    cells = (
        '<sheetData><row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="str"><f>A1</f><v>calculé</v></c>'
        '<c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#REF!</v></c><c r="E3" t="d"><v>2026-10-01T00:00:00</v></c>'
        '<c r="F3" t="inlineStr"><is><r><t>ri</t></r><r><t>che</t></r><rPh><t>non</t></rPh></is></c>'
        '<c r="G3"><f>1+1</f></c><c t="s"><v>99</v></c><c><v>7</v></c></row></sheetData>'
    )
    found = document(tmp_path / "a.xlsx", xlsx_bytes(("A", cells), texts=["un", "deux"]))
    assert found.blocks[1].cells == ("deux", "calculé", "VRAI", "#REF!", "01/10/2026", "riche", "7")
    assert "1 cellule(s) calculée(s)" in found.warnings[0]


def test_merged_cells(tmp_path: Path) -> None:
    """A merged cell is read once: nothing beside it, an empty cell where it goes on below."""
    sheet = rows(["Lot", "Prix", None], [None, "HT", "TTC"], ["1", "2", "3"])
    sheet += '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="?"/></mergeCells>'
    found = document(tmp_path / "a.xlsx", xlsx_bytes(("A", sheet)))
    assert [block.cells for block in found.blocks[1:]] == [("Lot", "Prix"), ("", "HT", "TTC"), ("1", "2", "3")]


def test_hidden_parts(tmp_path: Path) -> None:
    """Hidden sheets and rows are read, and said."""
    sheet = '<sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    found = document(tmp_path / "a.xlsx", xlsx_bytes(("Secret", sheet), hidden=["Secret"]))
    assert found.blocks[1].cells == ("1", "2")
    assert ["« Secret »" in found.warnings[0], "1 ligne(s) masquée(s)" in found.warnings[1]] == [True, True]


def test_dates_from_1904(tmp_path: Path) -> None:
    """Workbooks of old Macs count days from 1904."""
    data = xlsx_bytes(("A", rows(["x", (0, 1)])), formats=["dd/mm/yyyy"], workbook='<workbookPr date1904="1"/>')
    assert document(tmp_path / "a.xlsx", data).blocks[1].cells == ("x", "01/01/1904")


ACCOUNTING = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        ("1234.5", ACCOUNTING, "1\xa0234,50 €"),
        ("-1234.5", ACCOUNTING, "-1\xa0234,50 €"),
        ("0", ACCOUNTING, "- €"),
        ("1234567.891", "#,##0.00", "1\xa0234\xa0567,89"),
        ("1234567", "###\\ ###\\ ##0", "1\xa0234\xa0567"),
        ("0.6", "0%", "60\xa0%"),
        ("0.055", "0.0%", "5,5\xa0%"),
        ("45931", "dd/mm/yyyy", "01/10/2025"),
        ("45931.5", "[$-40C]d mmmm yyyy hh:mm;@", "01/10/2025 12:00"),
        ("45931", "mmm-yy", "10/2025"),
        ("0.75", "hh:mm", "18:00"),
        ("1", "dd/mm/yyyy", "01/01/1900"),
        ("24", '0" mois"', "24 mois"),
        ("3", '"Lot "0', "Lot 3"),
        ("75002", "00000", "75002"),
        ("1234", "00000", "01234"),
        ("0.30000000000000004", "General", "0,3"),
        ("1E-3", "General", "0,001"),
        ("12", "General", "12"),
        ("12.50", "@", "12,5"),
        ("-3", "0;(0)", "(3)"),
        ("1500", "[$€-40C] #,##0", "€ 1\xa0500"),
        ("2.5", "0.##", "2,5"),
        ("abc", "0", "abc"),
        ("1e999", "0", "1e999"),
        ("99999999", "dd/mm/yyyy", "99999999"),
        ("5", "", "5"),
    ],
)
def test_numbers_are_shown_as_in_french(content: str, code: str, text: str) -> None:
    """Amounts, shares, dates and units come out as the sheet shows them."""
    assert shown(content, code) == text


@settings(max_examples=300)
@given(
    st.decimals(-(10**12), 10**12, places=3).map(str) | st.text(max_size=8),
    st.text(alphabet='0#?.,;%"\\[]$€_*-dmyhs @GeneralE+ ', max_size=20),
)
def test_any_format_shows_something(content: str, code: str) -> None:
    """Any code gives a text, and digits of the number stay digits."""
    assert isinstance(shown(content, code), str)


@settings(max_examples=200)
@given(st.decimals(0, 10**9, places=2))
def test_amounts_keep_their_value(amount: object) -> None:
    """An amount shown in euros is the amount."""
    said = shown(str(amount), '#,##0.00\\ "€"')
    assert said.replace("\xa0", "").replace(",", ".").removesuffix(" €") == f"{amount:.2f}"


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells beyond the limit are left out, and the workbook is read in part; columns beyond theirs are left out."""
    monkeypatch.setattr(guards, "MAX_CELLS", 5)
    monkeypatch.setattr(guards, "MAX_COLUMNS", 2)
    found = document(tmp_path / "a.xlsx", xlsx_bytes(("A", rows(*[["x", "y", "z"]] * 9)), ("B", rows(["a", "b"]))))
    assert [block.cells for block in found.blocks if block.cells] == [("x", "y"), ("x", "y")]
    assert found.truncated


def test_hostile_sheets_take_little_time(tmp_path: Path) -> None:
    """Thousands of merged cells over every row, and rows far to the right, are read within the limits."""
    lines = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="SF{n}"><v>2</v></c></row>' for n in range(1, 3000))
    merges = "".join(f'<mergeCell ref="B{n}:SF{n + 3000}"/>' for n in range(1, 5000))
    sheet = f"<sheetData>{lines}</sheetData><mergeCells>{merges}</mergeCells>"
    start = time.thread_time()
    found = document(tmp_path / "a.xlsx", xlsx_bytes(("A", sheet)))
    assert found.truncated
    assert time.thread_time() - start < 10


def test_opendocument_sheets(tmp_path: Path) -> None:
    """Sheets of OpenDocument give the same: repeated cells and rows, merged ones, hidden ones."""
    hidden = '<style:table-properties table:display="false"/>'
    automatic = f'<style:style style:name="caché" style:family="table">{hidden}</style:style>'
    tables = odf_table(
        odf_cell("Lot", 'table:number-rows-spanned="2"')
        + odf_cell("Prix", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>",
        "<table:covered-table-cell/>" + odf_cell("HT") + odf_cell("TTC"),
        odf_cell("1") + odf_cell("-", 'table:number-columns-repeated="2"'),
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row>",
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
        + odf_cell("x")
        + odf_cell("y")
        + "</table:table-row>",
        name="Lot 1",
        attributes='table:style-name="caché"',
    )
    found = document(tmp_path / "DPGF.ods", ods_bytes(tables, automatic))
    assert [block.cells or block.text for block in found.blocks] == [
        "Lot 1",
        ("Lot", "Prix"),
        ("", "HT", "TTC"),
        ("1", "-", "-"),
        ("x", "y", ""),
        ("x", "y", ""),
    ]
    assert ["« Lot 1 »" in found.warnings[0], "2 ligne(s)" in found.warnings[1]] == [True, True]


GOOD = xlsx_bytes(("A", rows(["a", "b"])))


def _without_sheet() -> bytes:
    """A workbook that names a sheet it does not hold."""
    source, target = zipfile.ZipFile(io.BytesIO(GOOD)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            if "sheet1" not in name:
                archive.writestr(name, source.read(name))
    return target.getvalue()


BAD = {
    "cut.xlsx": (GOOD[: len(GOOD) // 2], "endommagé"),
    "cut.ods": (ods_bytes("")[:90], "endommagé"),
    "no sheets.xlsx": (xlsx_bytes(), "aucun texte"),
    "no workbook.xlsx": (zipped(xl__other="x"), "classeur"),
    "empty.ods": (ods_bytes(odf_table("")), "aucun texte"),
    "entities.xlsx": (xlsx_bytes(("A", "<!DOCTYPE a><sheetData/>")), "entités"),
    "broken.xlsx": (xlsx_bytes(("A", "<sheetData><row>")), "XML lisible"),
    "bomb.xlsx": (xlsx_bytes(("A", " " * 5_000_000)), "décompression"),
    "missing.xlsx": (_without_sheet(), "manque"),
}


@pytest.mark.parametrize(("name", "case"), BAD.items(), ids=BAD)
def test_bad_files(tmp_path: Path, name: str, case: tuple[bytes, str]) -> None:
    """What cannot be read says why and what to do."""
    data, word = case
    result = read(written(tmp_path / name, data))
    assert isinstance(result, Unread), result
    assert word in result.reason
    assert result.advice


_PLACES = st.sampled_from(["A1", "C1", "B2", "XFD1", "A99999999", "ZZZ9", "", "1", "$B$3"])
cells = st.builds(
    lambda place, kind, style, value: f'<c r="{place}" t="{kind}" s="{style}"><v>{value}</v></c>',
    _PLACES,
    st.sampled_from(["s", "n", "b", "e", "str", "d", "inlineStr", "x"]),
    st.sampled_from(["0", "1", "-1", "x", "999"]),
    st.sampled_from(["0", "1", "-5", "1e9", "texte", "2026-01-01", ""]),
)
lines = st.builds(
    lambda number, parts: f'<row r="{number}">{"".join(parts)}</row>',
    st.sampled_from(["1", "2", "1048576", "x", "", "-3"]),
    st.lists(cells, max_size=4),
)


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(st.lists(lines, max_size=4).map("".join), _PLACES, _PLACES)
def test_any_cells(tmp_path: Path, inner: str, start: str, end: str) -> None:
    """Cells of any kind at any place, merged in any way, give a document or a reason."""
    sheet = f'<sheetData>{inner}</sheetData><mergeCells><mergeCell ref="{start}:{end}"/></mergeCells>'
    result = read(written(tmp_path / "a.xlsx", xlsx_bytes(("A", sheet), texts=["t"], formats=["0.0"])))
    assert result.reason if isinstance(result, Unread) else result.blocks
