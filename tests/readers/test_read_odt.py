"""OpenDocument texts: what LibreOffice prints, numbers included, from files written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_formats import content, h, odf_cell, odf_table, odt_bytes, p, zipped
from make_pieces import written

from achats_check.model.document import Document, Unread
from achats_check.readers import read

STYLES = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Article "/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    '<text:list-style style:name="Num"><text:list-level-style-number text:level="1" style:num-format="I"/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/></text:list-style>'
    '<style:style style:name="Gras" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
    '<style:style style:name="Fils" style:family="paragraph" style:parent-style-name="Gras"/>'
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Caché" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="W" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>'
    '<style:style style:name="T2" style:family="paragraph" style:default-outline-level="2"/>'
)


def document(tmp_path: Path, body: str, **parts: str) -> Document:
    """Read a text of that body."""
    result = read(written(tmp_path / "RC.odt", odt_bytes(body, styles=STYLES, **parts)))
    assert isinstance(result, Document), result
    return result


def shown(found: Document) -> list[tuple[str, str, str]]:
    """Kind, article and text of each block."""
    return [(block.kind, block.article, block.text) for block in found.blocks]


STARTS_AT_7 = 'text:start-value="7"'


def item(*blocks: str, attributes: str = "") -> str:
    """XML of a list item."""
    return f"<text:list-item {attributes}>{''.join(blocks)}</text:list-item>"


def test_headings_are_numbered_by_the_outline(tmp_path: Path) -> None:
    """Levels count as they print; a number typed in plain sight outranks the automatic one; headers have none."""
    body = h("Objet") + h("Lots", 2) + p("Deux.") + h("Prix", 2) + h("Durée") + h("B.3 - Avance", 2) + p("Lieu", "T2")
    assert shown(document(tmp_path, body)) == [
        ("title", "1", "Objet"),
        ("title", "1.1", "Lots"),
        ("paragraph", "1.1", "Deux."),
        ("title", "1.2", "Prix"),
        ("title", "2", "Durée"),
        ("title", "B.3", "B.3 - Avance"),
        ("title", "2", "Lieu"),
    ]


def test_lists(tmp_path: Path) -> None:
    """A list goes on from the one it names; bold numbered items are titles; a second paragraph is no new item."""
    body = (
        f'<text:list xml:id="l1" text:style-name="Num">{item(p("Objet", "Fils"), p("Suite"))}</text:list>'
        f'<text:list text:continue-list="l1" text:style-name="Num">{item(p("Durée", "Gras"))}'
        f"{item('<text:list>' + item(p('Ferme', 'Gras')) + '</text:list>')}</text:list>"
        f'<text:list text:style-name="Num">{item(p("tonte"))}{item(p("taille"))}</text:list>'
        f'<text:list text:continue-numbering="true" text:style-name="Num">{item(p("Prix", "Gras"))}</text:list>'
        f'<text:list text:style-name="Num">{item(p("Saut", "Gras"), attributes=STARTS_AT_7)}</text:list>'
    )
    assert shown(document(tmp_path, body)) == [
        ("title", "I", "Objet"),
        ("paragraph", "I", "Suite"),
        ("title", "II", "Durée"),
        ("title", "II.a", "Ferme"),
        ("list_item", "II.a", "tonte"),
        ("list_item", "II.a", "taille"),
        ("title", "III", "Prix"),
        ("title", "VII", "Saut"),
    ]


def test_text_of_a_paragraph(tmp_path: Path) -> None:
    """Spaces, tabs, line ends, spans, links, fields and symbols are read; comments and hidden text are not."""
    body = p(
        'A<text:s text:c="2"/>b<text:tab/>c<text:line-break/><text:span text:style-name="B">d</text:span>'
        "<text:a><text:span>e</text:span></text:a><text:page-number>3</text:page-number>"
        "<office:annotation><text:p>note à part</text:p></office:annotation>"
        '<text:span text:style-name="Caché">caché</text:span><text:hidden-text text:is-hidden="true" '
        'text:string-value="x"/><text:span text:style-name="W">o</text:span><text:soft-page-break/>.'
    )
    hidden = '<text:p>Non<text:hidden-paragraph text:is-hidden="true"/></text:p>'
    assert shown(document(tmp_path, body + hidden)) == [("paragraph", "", "A  b\tc\nde3☐.")]


def test_tracked_changes(tmp_path: Path) -> None:
    """Insertions stand in the text, deletions apart from it; both are counted."""
    body = (
        "<text:tracked-changes><text:changed-region><text:insertion/></text:changed-region><text:changed-region>"
        "<text:deletion><text:p>douze</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Durée : <text:change text:change-id="2"/><text:change-start/>24<text:change-end/> mois</text:p>'
    )
    found = document(tmp_path, body)
    assert shown(found) == [("paragraph", "", "Durée : 24 mois")]
    assert found.pending_changes == 2
    assert "suivie(s) en attente" in found.warnings[0]


def test_tables(tmp_path: Path) -> None:
    """Merged cells are read once, their rest is empty below and left out beside; repeated cells are repeated."""
    covered = "<table:covered-table-cell/>"
    body = (
        odf_table(
            "<table:table-header-rows><table:table-row>"
            + odf_cell("Lot", 'table:number-rows-spanned="2"')
            + odf_cell("Prix", 'table:number-columns-spanned="2"')
            + covered
            + "</table:table-row></table:table-header-rows>",
            covered + odf_cell("HT") + odf_cell("TTC"),
            odf_cell("1") + odf_cell("x", 'table:number-columns-repeated="2"'),
        )
        .replace("<table:table-row><table:table-header-rows>", "<table:table-header-rows>")
        .replace("</table:table-header-rows></table:table-row>", "</table:table-header-rows>")
    )
    found = document(tmp_path, body)
    assert [block.cells for block in found.blocks] == [("Lot", "Prix"), ("", "HT", "TTC"), ("1", "x", "x")]
    assert {block.table for block in found.blocks} == {0}


def test_frames_and_nested_tables(tmp_path: Path) -> None:
    """A table of one column is a frame; a table in a cell follows its table; lists in cells are read."""
    inner = odf_table(odf_cell("a") + odf_cell("b"))
    body = odf_table(odf_cell("Objet du marché")) + odf_table(
        f"<table:table-cell><text:list>{item(p('un'))}{item(p('deux'))}</text:list></table:table-cell>"
        f"<table:table-cell>{p('x')}{inner}</table:table-cell>"
    )
    assert [(block.kind, block.text, block.table) for block in document(tmp_path, body).blocks] == [
        ("paragraph", "Objet du marché", None),
        ("row", "un\ndeux\tx", 0),
        ("row", "a\tb", 1),
    ]


def test_boxes(tmp_path: Path) -> None:
    """Tick boxes of forms, of fields of Word and of content controls say whether they are ticked."""
    form = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/><form:checkbox '
        'form:id="c2" form:state="unchecked"/><form:radio form:id="c3" '
        'form:current-selected="true"/><form:text form:id="c4" form:current-value="12 mois"/></form:form>'
        "</office:forms>"
    )
    drawn = "".join(f'<draw:control draw:control="c{n}"/> ' for n in (1, 2, 3, 4))
    field = (
        '<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param '
        'field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> '
    )
    control = '<loext:content-control loext:checkbox="true" loext:checked="false">☐</loext:content-control>'
    assert shown(document(tmp_path, form + p(drawn + field + control))) == [("paragraph", "", "☒ ☐ ☒ 12 mois ☒ ☐")]


def test_notes_boxes_contents_and_margins(tmp_path: Path) -> None:
    """Text boxes follow their paragraph, contents announce, notes and margins come last, each once."""
    body_of_note = f"<text:note-body>{p('HT')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body_of_note}</text:note>"
    box = f"<draw:frame><draw:text-box>{p('Encadré')}</draw:text-box></draw:frame>"
    body = (
        f"<text:table-of-content><text:index-body>{p('Objet 3')}</text:index-body></text:table-of-content>"
        f"<text:section>{p('Prix' + note + box)}</text:section>"
        f'<text:section text:display="none">{p("caché")}</text:section>'
    )
    masters = (
        f"<style:master-page><style:header>{p('Mairie')}</style:header><style:footer>{p('RC')}</style:footer>"
        f"<style:header-left>{p('Mairie')}</style:header-left></style:master-page>"
    )
    assert shown(document(tmp_path, body, masters=masters)) == [
        ("toc", "", "Objet 3"),
        ("paragraph", "", "Prix"),
        ("textbox", "", "Encadré"),
        ("note", "", "HT"),
        ("header", "", "Mairie"),
        ("footer", "", "RC"),
    ]


MIME = {"mimetype": "application/vnd.oasis.opendocument.text"}
LOCKED = {"META-INF__manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x01\x02"}
GOOD = odt_bytes(h("Objet") + p("Texte.") + odf_table(odf_cell("a") + odf_cell("b")), styles=STYLES)
BAD = {
    "cut": (GOOD[: len(GOOD) // 2], "endommagé"),
    "password": (zipped(**MIME, **LOCKED), "mot de passe"),
    "no content": (zipped(**MIME), "texte principal"),
    "no body": (zipped(**MIME, **{"content.xml": "<a/>"}), "texte principal"),
    "other body": (zipped(**MIME, **{"content.xml": content("spreadsheet", "")}), "texte principal"),
    "no text": (odt_bytes("<text:p/>"), "aucun texte"),
    "broken": (zipped(**MIME, **{"content.xml": "<a"}), "XML lisible"),
    "entities": (odt_bytes(p("&b;"), head='<!DOCTYPE d [<!ENTITY b "c">]>'), "entités"),
    "bomb": (odt_bytes(" " * 5_000_000), "décompression"),
    "deep sections": (odt_bytes("<text:section>" * 500 + "</text:section>" * 500), "niveaux"),
    "deep spans": (odt_bytes(p("<text:span>" * 500 + "x" + "</text:span>" * 500)), "niveaux"),
    "deep lists": (odt_bytes("<text:list><text:list-item>" * 300 + "</text:list-item></text:list>" * 300), "niveaux"),
    "deep tables": (
        odt_bytes(
            "<table:table><table:table-row><table:table-cell/><table:table-cell>" * 300
            + "</table:table-cell></table:table-row></table:table>" * 300
        ),
        "niveaux",
    ),
}


@pytest.mark.parametrize(("data", "word"), BAD.values(), ids=BAD)
def test_bad_files(tmp_path: Path, data: bytes, word: str) -> None:
    """What cannot be read says why and what to do."""
    result = read(written(tmp_path / "RC.odt", data))
    assert isinstance(result, Unread), result
    assert word in result.reason
    assert result.advice


_NAMES = [
    "text:p",
    "text:h",
    "text:list",
    "text:list-item",
    "text:span",
    "text:s",
    "text:section",
    "draw:frame",
    "text:note",
]
_NAMES += [
    "table:table",
    "table:table-row",
    "table:table-cell",
    "table:covered-table-cell",
    "draw:text-box",
    "text:note-body",
]
_VALUES = st.sampled_from(["1", "-1", "0", "99999999999", "x", "", "Num", "true"])
_ATTRIBUTES = ["text:c", "text:outline-level", "text:style-name", "table:number-rows-spanned", "text:start-value"]
_ATTRIBUTES += ["table:number-columns-spanned", "table:number-columns-repeated", "text:continue-numbering"]
trees = st.recursive(
    st.sampled_from(["", "texte", "Article 1 - Objet"]),
    lambda inner: st.builds(
        lambda name, attribute, value, parts: f'<{name} {attribute}="{value}">{"".join(parts)}</{name}>',
        st.sampled_from(_NAMES),
        st.sampled_from(_ATTRIBUTES),
        _VALUES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(st.lists(trees, max_size=5).map("".join))
def test_any_tree_of_known_elements(tmp_path: Path, body: str) -> None:
    """Known elements in any order, with any attributes, give a document or a reason."""
    result = read(written(tmp_path / "RC.odt", odt_bytes(body, styles=STYLES)))
    assert result.reason if isinstance(result, Unread) else result.blocks
