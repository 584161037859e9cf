"""The synthesis as a spreadsheet: texts stay texts, figures stay figures, and the file is the same each time."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_reader import Sheet, read_sheets
from synthesis_sample import SAMPLE
from test_synthesis_page import HOSTILE, every_block, synthesis

from achats_check.model.finding import NON_CONFORME
from achats_check.model.synthesis import AMOUNT, COUNT, DAY, NUMBER, SHARE, TEXT, VERDICT, Block, Card, Column, Table
from achats_check.reports.page.colours import VERDICT_COLOURS
from achats_check.reports.synthesis import sheet_cells, workbook
from achats_check.reports.synthesis.sheet_names import SheetNames
from achats_check.reports.synthesis.workbook import write_workbook

FORMULAS = (
    "=1+1",
    "+33 1 02 03",
    "-5 %",
    "@SOMME(A1)",
    '=HYPERLINK("x")',
    "=cmd|' /C calc'!A0",
    "Lots!A1",
    "{=A1}",
    "_x0041_ b",
)


def written(folder: Path, *blocks: Block) -> dict[str, Sheet]:
    """Write a synthesis of some blocks and read it back."""
    path = folder / "essai.xlsx"
    write_workbook(synthesis(*blocks), path)
    return read_sheets(path)


def test_the_first_sheet_leads_to_the_others(tmp_path: Path) -> None:
    """Titles, figures, notes and cards are read on the first sheet; each table and each chart has a link."""
    write_workbook(SAMPLE, tmp_path / "s.xlsx")
    sheets = read_sheets(tmp_path / "s.xlsx")
    assert list(sheets) == [
        "Synthèse",
        "Graphiques",
        "Chiffres des graphiques",
        "Acheteurs suivis",
        "Ce qui a été réparé ou refusé",
    ]
    front = sheets["Synthèse"]
    assert front.cells["A1"].value == SAMPLE.title
    assert "Établie le 21\u00a0novembre 2026" in front.column("A")
    assert [section.title for section in SAMPLE.sections] == [
        text for text in front.column("A") if text in {section.title for section in SAMPLE.sections}
    ]
    cards = [block for section in SAMPLE.sections for block in section.blocks if isinstance(block, Card)]
    assert [card.title for card in cards] == [t for t in front.column("B") if t in {card.title for card in cards}]
    links = {link.get("ref"): link.get("location") for link in front.tree.iter() if link.tag.endswith("}hyperlink")}
    assert {str(location).split("!")[0].strip("'") for location in links.values()} == set(sheets) - {
        "Synthèse",
        "Chiffres des graphiques",
    }
    assert "'Acheteurs suivis'!A4" in links.values()


def test_a_card_leads_to_the_row_of_its_subject(tmp_path: Path) -> None:
    """The verdict of a card is a link to the sheet and to the row that begins with its subject.

    LibreOffice cuts a link that does not hold on one line of its column: no text of a tender is one.
    """
    table = Table("t", "L'essai", (Column("Dossier"),), (("a",), ("=b",)))
    cards = [Card("c", NON_CONFORME, f"=ici {subject}", "dit", subject=subject) for subject in ("=b", "absent")]
    front = written(tmp_path, *cards, table)["Synthèse"]
    links = {link.get("ref"): link.get("location") for link in front.tree.iter() if link.tag.endswith("}hyperlink")}
    assert links == {"A8": "'L''essai'!A3", "C10": "'L''essai'!A1"}
    assert front.cells["A8"].value == "Non conforme"
    assert front.cells["C8"].value == "=ici =b"
    assert front.cells["C8"].quoted


def test_links_hold_on_one_line(tmp_path: Path) -> None:
    """The longest words that lead elsewhere are narrower than their column."""
    table = Table("t", "Lignes " * 20, (Column("Dossier"),), (("a",),), more=123_456)
    cards = [
        Card(f"c{verdict}{severity}", verdict, "ici", "dit", subject="a", severity=severity)
        for verdict in VERDICT_COLOURS
        for severity in ("bloquante", "majeure", "moyen")
    ]
    front = written(tmp_path, *cards, table)["Synthèse"]
    links = [str(link.get("ref")) for link in front.tree.iter() if link.tag.endswith("}hyperlink")]
    widths = [float(str(column.get("width"))) for column in front.tree.iter() if column.tag.endswith("}col")]
    assert len(links) == len(cards) + 1
    for cell in links:
        assert len(str(front.cells[cell].value)) <= widths["ABC".index(cell[0])], cell


def test_charts_are_native(tmp_path: Path) -> None:
    """Each chart that has something to draw is one, of its kind, from ranges that hold its figures."""
    write_workbook(SAMPLE, tmp_path / "s.xlsx")
    figures = read_sheets(tmp_path / "s.xlsx")["Chiffres des graphiques"]
    with ZipFile(tmp_path / "s.xlsx") as archive:
        names = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name))
        charts = [archive.read(name).decode() for name in names]
    assert len(charts) == 5
    assert ["lineChart" in chart for chart in charts] == [False, True, True, False, False]
    assert ["stacked" in chart for chart in charts] == [True, False, False, False, False]
    for chart in charts:
        for kind in ("val", "cat"):
            parts = re.findall(rf"<c:{kind}>.*?</c:{kind}>", chart)
            assert parts
            for part in parts:
                (formula,) = re.findall(r"<c:f>'Chiffres des graphiques'!\$(\w+)\$(\d+):\$\w+\$(\d+)</c:f>", part)
                kept = re.findall(r'<c:pt idx="(\d+)"><c:v>(.*?)</c:v>', part)
                rows = range(int(formula[1]), int(formula[2]) + 1)
                cells = [figures.cells.get(f"{formula[0]}{row}") for row in rows]
                shown = {i: cell.value for i, cell in enumerate(cells) if cell}
                for index, value in kept:
                    if value:
                        assert same(ElementTree.fromstring(f"<v>{value}</v>").text or "", shown[int(index)])


def same(one: str, other: str) -> bool:
    """Tell whether two written values are the same, figures by what they are worth."""
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other


def test_tables_have_frozen_titles_and_filters(tmp_path: Path) -> None:
    """The titles stay in sight, and every column can be filtered."""
    sheet = written(tmp_path, Table("t", "Table", (Column("A"), Column("B", COUNT)), (("x", 3), ("y", None))))["Table"]
    assert sheet.has("pane")
    (filtered,) = [e for e in sheet.tree.iter() if e.tag.endswith("}autoFilter")]
    assert filtered.get("ref") == "A1:B3"
    assert sheet.column("A") == ["A", "x", "y"]
    assert sheet.column("B") == ["B", "3"]


def test_each_kind_of_value_stays_what_it_is(tmp_path: Path) -> None:
    """Numbers are numbers with a format, days are days, codes are texts, and what would lose digits is a text."""
    kinds = (AMOUNT, AMOUNT, SHARE, COUNT, DAY, NUMBER, TEXT, VERDICT, COUNT, COUNT, DAY, AMOUNT)
    row = (
        1000.0,
        89_999.99,
        0.25,
        1204,
        date(2024, 3, 1),
        1.5,
        "01234567800012",
        NON_CONFORME,
        10**16,
        True,
        date(1850, 1, 1),
        float("nan"),
    )
    columns = tuple(Column(f"c{index}", kind) for index, kind in enumerate(kinds))
    cells = written(tmp_path, Table("t", "Table", columns, (row,)))["Table"].cells
    found = [cells[f"{letter}2"][:3] if f"{letter}2" in cells else None for letter in "ABCDEFGHIJKL"]
    assert found == [
        ("1000", "n", '#,##0 "€"'),
        ("89999.99000000001", "n", '#,##0.00 "€"'),
        ("0.25", "n", "0.0 %"),
        ("1204", "n", "#,##0"),
        ("45352", "n", "dd/mm/yyyy"),
        ("1.5", "n", "#,##0.00"),
        ("01234567800012", "inlineStr", ""),
        ("Non conforme", "inlineStr", ""),
        ("10000000000000000", "inlineStr", "#,##0"),
        ("oui", "inlineStr", "#,##0"),
        ("01/01/1850", "inlineStr", "dd/mm/yyyy"),
        None,
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    """A text that looks like a formula is a text, and stays one when its cell is edited."""
    table = Table("t", "Table", (Column(text),), ((text,),))
    sheets = written(tmp_path, Card(text, NON_CONFORME, text, text, text, text, text, text, text), table)
    expected = "_x005F_x0041_ b" if text.startswith("_x") else text
    for cell in (sheets["Table"].cells["A1"], sheets["Table"].cells["A2"], sheets["Synthèse"].cells["C8"]):
        assert cell.value == expected
        assert cell.kind == "inlineStr"
        assert cell.quoted is text.startswith(("=", "+", "-", "@"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.sampled_from((*HOSTILE, *FORMULAS)) | st.text(max_size=60))
def test_any_text_gives_a_file_that_can_be_read(tmp_path: Path, text: str) -> None:
    """Whatever the texts say, every part of the file is XML, without formula nor outside link."""
    path = tmp_path / "essai.xlsx"
    write_workbook(synthesis(*every_block(text), title=text), path)
    read_sheets(path)
    with ZipFile(path) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
            assert b'TargetMode="External"' not in archive.read(name)


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the machine nor of the moment enters the file."""
    for name in ("a", "b"):
        write_workbook(SAMPLE, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with ZipFile(tmp_path / "a") as archive:
        assert b"2026-11-21T00:00:00Z" in archive.read("docProps/core.xml")


def test_what_does_not_fit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows past the end of a sheet, and those that the table left out, are counted under the last row."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    table = Table("t", "Table", (Column("A"),), tuple((str(i),) for i in range(6)), "Voir a.parquet.", 10)
    assert written(tmp_path, table)["Table"].column("A") == [
        "A",
        "0",
        "1",
        "2",
        "13 autres lignes ne sont pas ici. Voir a.parquet.",
    ]
    one_left = table._replace(rows=table.rows[:2], more=1)
    assert written(tmp_path, one_left)["Table"].column("A")[-1] == "1 autre ligne n'est pas ici. Voir a.parquet."
    assert sheet_cells.MOST_ROWS == 1_048_576


@pytest.mark.parametrize("letter", ["a", "\U0001f600"])
def test_a_long_text_is_cut_to_what_a_cell_holds(tmp_path: Path, letter: str) -> None:
    """A cell holds 32,767 characters; past that the text ends in an ellipsis."""
    sheets = written(tmp_path, Table("t", "Table", (Column("A"),), ((letter * 40_000,),)))
    value = sheets["Table"].cells["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith(f"{letter}…")


@given(st.lists(st.text(max_size=50) | st.sampled_from(("Synthèse", "SYNTHÈSE", "History", "a" * 40)), max_size=8))
def test_sheet_names_are_accepted(titles: list[str]) -> None:
    """Short, different whatever the case, without the signs that spreadsheets refuse."""
    names = SheetNames(("Synthèse",))
    found = [names.take(title, title) for title in titles]
    assert len({name.casefold() for name in [*found, "Synthèse"]}) == len(found) + 1
    for name in found:
        assert name
        assert len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name == name.strip("'")
        assert name.casefold() not in {"history"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("À examiner : un signe dans les pièces", "À examiner"),
        ("Secteurs d'achat (divisions du code CPV)", "Secteurs d'achat"),
        ("Acheteurs et années, des plus grands montants", "Acheteurs et années"),
        ("SPASER : nombre d'acheteurs par année", "SPASER nombre d'acheteurs par…"),
        ("Ce que ces données ne disent pas", "Ce que ces données ne disent…"),
    ],
)
def test_a_long_title_gives_its_first_words_to_its_sheet(title: str, name: str) -> None:
    """« A examiner », the name of its anchor, has lost its accent."""
    assert SheetNames(()).take(title, "a-examiner") == name


def test_charts_hold_in_the_width_of_a_page(tmp_path: Path) -> None:
    """Each is printed whole on a page of its own: breaks count only where no fit to the page is asked for."""
    write_workbook(SAMPLE, tmp_path / "s.xlsx")
    tree = read_sheets(tmp_path / "s.xlsx")["Graphiques"].tree
    (setup,) = [e for e in tree.iter() if e.tag.endswith("}pageSetup")]
    assert setup.get("scale") == "80"
    assert not [e for e in tree.iter() if e.tag.endswith("}pageSetUpPr") and e.get("fitToPage")]
    assert workbook.CHART_WIDTH * 0.8 * 72 / 96 < 842 - 2 * 0.7 * 72  # points of A4, less the margins


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    """The caller sees the error of the system, not that of the library."""
    with pytest.raises(FileNotFoundError):
        write_workbook(SAMPLE, tmp_path / "absent" / "s.xlsx")
