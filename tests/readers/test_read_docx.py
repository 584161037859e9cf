"""What the Word reader sees, construct by construct."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_pieces import cell, docx_bytes, paragraph, run, table, written

from achats_check.model.document import Block, Document
from achats_check.readers import read

if TYPE_CHECKING:
    from pathlib import Path

HEADING = '<w:pStyle w:val="Titre1"/>'
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Maison"><w:name w:val="Titre maison"/><w:basedOn w:val="Titre1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
)


def levels(*texts: str) -> str:
    """XML of a list definition 7 used by the list 1."""
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, text in enumerate(texts)
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )


def numbered(ilvl: int) -> str:
    """XML of the numbering of a paragraph in the list 1."""
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="1"/></w:numPr>'


@pytest.fixture
def blocks_of(tmp_path: Path):
    """Read a body as the blocks of a document."""

    def read_body(body: str, **parts: str) -> tuple[Block, ...]:
        return document_of(tmp_path, body, **parts).blocks

    return read_body


def document_of(folder: Path, body: str, **parts: str) -> Document:
    """Read a body, and other parts, as a document."""
    document = read(written(folder / "piece.docx", docx_bytes(body, **parts)))
    assert isinstance(document, Document), document
    return document


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """Texts of the blocks, in order."""
    return [block.text for block in blocks]


WRAPPED = {
    "block content control": f"<w:sdt><w:sdtContent>{paragraph('clause')}</w:sdtContent></w:sdt>",
    "inline content control": f"<w:p><w:sdt><w:sdtContent>{run('clause')}</w:sdtContent></w:sdt></w:p>",
    "tracked insertion": f"<w:p><w:ins>{run('clause')}</w:ins></w:p>",
    "moved here": f"<w:p><w:moveTo>{run('clause')}</w:moveTo></w:p>",
    "hyperlink": f"<w:p><w:hyperlink>{run('clause')}</w:hyperlink></w:p>",
    "simple field": f"<w:p><w:fldSimple>{run('clause')}</w:fldSimple></w:p>",
    "custom XML": f"<w:customXml>{paragraph('clause')}</w:customXml>",
    "choice": f"<w:p><mc:AlternateContent><mc:Choice>{run('clause')}</mc:Choice>"
    f"<mc:Fallback>{run('clause')}</mc:Fallback></mc:AlternateContent></w:p>",
    "fallback": f"<w:p><mc:AlternateContent><mc:Fallback>{run('clause')}</mc:Fallback></mc:AlternateContent></w:p>",
    "complex field": '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("clause")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "deletion aside": f"<w:p>{run('cla')}<w:del><w:r><w:delText>non</w:delText></w:r></w:del>{run('use')}</w:p>",
    "moved away": f"<w:p>{run('clause')}<w:moveFrom>{run('ailleurs')}</w:moveFrom></w:p>",
    "hidden text": f"<w:p>{run('secret', '<w:vanish/>')}{run('clause')}</w:p>",
    "soft hyphen": f"<w:p>{run('cla')}<w:r><w:softHyphen/></w:r>{run('use')}</w:p>",
    "frame of one cell": table(cell("clause")),
    "split paragraph mark": f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('cla')}</w:p>{paragraph('use')}",
}


@pytest.mark.parametrize("body", WRAPPED.values(), ids=WRAPPED)
def test_text_is_seen_once(blocks_of, body: str) -> None:
    """A word is read once, whatever wraps it, and what is deleted or hidden is not."""
    assert texts(blocks_of(body)) == ["clause"]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:tab/>", "a\tb"),
        ("<w:br/>", "a\nb"),
        ("<w:noBreakHyphen/>", "a\u2011b"),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/>', "a☐b"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "a☒b"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "a☒b"),
    ],
)
def test_marks_inside_a_run(blocks_of, inner: str, expected: str) -> None:
    """Tabs, breaks, hyphens and symbols become the characters people see."""
    assert texts(blocks_of(f"<w:p>{run('a')}<w:r>{inner}</w:r>{run('b')}</w:p>")) == [expected]


def test_tick_boxes(blocks_of) -> None:
    """Content-control boxes, legacy boxes and boxes of symbol fonts all read ☐ or ☒."""
    control = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    legacy = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    drawn = run("o", '<w:rFonts w:ascii="Wingdings"/>') + run("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>')
    body = control.format(1) + control.format(0) + legacy.format("<w:checked/>")
    body += legacy.format('<w:default w:val="0"/>') + drawn
    assert texts(blocks_of(f"<w:p>{body}</w:p>")) == ["☒☐☒☐☐☒"]


def test_pending_changes_are_counted(tmp_path: Path) -> None:
    """Insertions and deletions still pending are counted and told."""
    body = f"<w:p><w:ins>{run('un')}</w:ins><w:del><w:r><w:delText>deux</w:delText></w:r></w:del></w:p>"
    document = document_of(tmp_path, body)
    assert document.pending_changes == 2
    assert "2 modification(s)" in document.warnings[0]


def test_deleted_row_is_dropped(blocks_of) -> None:
    """A row whose deletion is pending is not read."""
    kept = cell("Prix") + cell("60 %")
    gone = "<w:trPr><w:del/></w:trPr>" + cell("Délai") + cell("40 %")
    assert texts(blocks_of(table(kept, gone))) == ["Prix\t60 %"]


def test_merged_cells_are_read_once(blocks_of) -> None:
    """A cell over two columns counts once; the rest of a cell over two rows is empty, so columns stay aligned."""
    first = cell("Critère", '<w:gridSpan w:val="2"/>') + cell("Poids", '<w:vMerge w:val="restart"/>')
    second = cell("a") + cell("b") + cell("", "<w:vMerge/>")
    blocks = blocks_of(table(first, second))
    assert [block.cells for block in blocks] == [("Critère", "Poids"), ("a", "b", "")]
    assert {block.table for block in blocks} == {0}


def test_nested_table_follows_its_host(blocks_of) -> None:
    """The rows of a table inside a cell come after the outer table, as a table of their own."""
    inner = f"<w:tc>{paragraph('hôte')}{table(cell('x') + cell('y'))}</w:tc>"
    blocks = blocks_of(table(inner + cell("voisin")))
    assert [(block.text, block.table) for block in blocks] == [("hôte\tvoisin", 0), ("x\ty", 1)]


def test_tab_inside_a_cell_does_not_split_it(blocks_of) -> None:
    """Cells are separated by tabs, so a tab inside a cell becomes a space."""
    tabbed = f"<w:tc><w:p>{run('a')}<w:r><w:tab/></w:r>{run('b')}</w:p></w:tc>"
    (block,) = blocks_of(table(tabbed + cell("c")))
    assert block.text.split("\t") == list(block.cells) == ["a b", "c"]


def test_text_box_is_read_once(blocks_of) -> None:
    """The text box of a drawing, which its fallback repeats, follows its paragraph once."""
    box = f"<w:txbxContent>{paragraph('encadré')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    blocks = blocks_of(f"<w:p>{run('texte')}<w:r>{drawing}</w:r></w:p>")
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", "texte"), ("textbox", "encadré")]


def test_margins_and_notes_come_last_and_once(blocks_of) -> None:
    """Notes, then headers and footers, follow the body; the same header on two parts is kept once."""
    note = f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote><w:footnote>{paragraph("note")}</w:footnote>'
    blocks = blocks_of(
        paragraph("corps"),
        header1=paragraph("entête"),
        header2=paragraph("entête"),
        footer1=paragraph("pied"),
        footnotes=note,
    )
    assert [(block.kind, block.text) for block in blocks] == [
        ("paragraph", "corps"),
        ("note", "note"),
        ("header", "entête"),
        ("footer", "pied"),
    ]


def test_heading_styles_give_titles(blocks_of) -> None:
    """A style based on "heading 1" makes a title, and what follows belongs to it."""
    blocks = blocks_of(paragraph("Durée", '<w:pStyle w:val="Maison"/>') + paragraph("Un an."), styles=STYLES)
    assert [(block.kind, block.level, block.heading) for block in blocks] == [
        ("title", 1, "Durée"),
        ("paragraph", 0, "Durée"),
    ]


def test_automatic_numbers_give_articles(blocks_of) -> None:
    """Automatic numbers are counted as Word does, kept as the article and left out of the text."""
    body = "".join(
        paragraph(text, HEADING.replace("Titre1", f"Titre{ilvl + 1}") + numbered(ilvl))
        for text, ilvl in (("Objet", 0), ("Durée", 0), ("Fin", 1), ("Suite", 1), ("Prix", 0), ("Forme", 1))
    )
    styles = STYLES + '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="Titre 2"/></w:style>'
    blocks = blocks_of(body, styles=styles, numbering=levels("Article %1 -", "%1.%2."))
    assert [(block.article, block.text) for block in blocks] == [
        ("1", "Objet"),
        ("2", "Durée"),
        ("2.1", "Fin"),
        ("2.2", "Suite"),
        ("3", "Prix"),
        ("3.1", "Forme"),
    ]


def test_numbered_list_is_no_title(blocks_of) -> None:
    """A numbered paragraph without bold nor heading style is an item of a list."""
    blocks = blocks_of(paragraph("Le mémoire technique", numbered(0)), numbering=levels("%1."))
    assert [block.kind for block in blocks] == ["list_item"]


def test_table_of_contents_is_set_aside(blocks_of) -> None:
    """Entries of a table of contents, by style or by content control, are no titles."""
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('1 - Objet')}</w:sdtContent></w:sdt>"
    )
    styled = paragraph("2 - Durée", '<w:pStyle w:val="TM1"/>')
    assert [block.kind for block in blocks_of(control + styled, styles=STYLES)] == ["toc", "toc"]


def test_strict_documents_are_read(tmp_path: Path) -> None:
    """A file saved as Strict Open XML, with its own namespaces, is read all the same."""
    import io
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(docx_bytes(paragraph("clause"))))
    path = tmp_path / "strict.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            archive.writestr(name, data.replace(old, b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    document = read(path)
    assert isinstance(document, Document)
    assert texts(document.blocks) == ["clause"]


def test_text_is_cleaned(blocks_of) -> None:
    """Accents are composed, zero-width characters dropped, U+FFFD and no-break spaces kept."""
    assert texts(blocks_of(paragraph("e\u0301te\u0301\u200b 3\u202f000\u00a0€ \ufffd"))) == [
        "été 3\u202f000\u00a0€ \ufffd"
    ]
