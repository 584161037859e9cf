"""What is left unparsed of a Word file changes nothing of what is read of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_pieces import W, cell, docx_bytes, paragraph, run, table, written

from achats_check.model.document import Document, Unread
from achats_check.readers import read
from achats_check.readers.docx import trimming
from achats_check.readers.docx.style_sheet import StyleSheet

PAINT = (
    '<w:sz w:val="20"/>',
    '<w:lang w:val="fr-FR"/>',
    "<w:i/>",
    '<w:rFonts w:ascii="Wingdings"/>',
    "<w:b/>",
    '<w:b w:val="0"/>',
    "<w:vanish/>",
    '<w:color w:val="FF0000"/>',
    '<w:rStyle w:val="x"/>',
)
TEXTS = ("Article 1 - Objet", "4.2 Durée", "Texte > texte", 'dit w:rsidR="x" et', "o", "")
paints = st.lists(st.sampled_from(PAINT), max_size=4).map("".join)
tabs = st.sampled_from(["", '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>', '<w:pStyle w:val="Titre1"/>'])
runs = st.builds(run, st.sampled_from([text.replace(">", "&gt;") for text in TEXTS]), paints)
extras = st.sampled_from(["<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", '<w:proofErr w:type="spellStart"/>', ""])
paragraphs = st.builds(
    lambda revision, properties, mark, inner: (
        f'<w:p w:rsidR="{revision}"><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>{"".join(inner)}</w:p>'
    ),
    st.sampled_from(["00AB12CD", "0000000F"]),
    tabs,
    paints,
    st.lists(st.one_of(runs, extras), max_size=4),
)
cells = st.builds(
    lambda inner, width: f'<w:tc><w:tcPr><w:tcW w:w="{width}"/></w:tcPr>{inner}</w:tc>', paragraphs, paints
)
tables = st.builds(
    lambda rows: table(*("".join(row) for row in rows)), st.lists(st.lists(cells, max_size=3), max_size=3)
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="table" w:styleId="Grille"><w:name w:val="Grille"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Vide"/>'
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="Titre 1"/><w:basedOn w:val="Normal"/></w:style>'
)


@pytest.fixture(params=[0.0, 2.0], ids=["uncut", "cut"])
def cutting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never cut the paint of a part, or always."""
    monkeypatch.setattr(trimming, "_WORTH_CUTTING", request.param)


def read_with(share: float, path: Path) -> Document | Unread:
    """Read a file whose paint is cut always (2.0) or never (0.0)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trimming, "_WORTH_CUTTING", share)
        return read(path)


@settings(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(paragraphs, tables), min_size=1, max_size=5))
def test_paint_is_nothing(body: list[str]) -> None:
    """A part cut of its paint gives the same document, to the block."""
    with TemporaryDirectory() as folder:
        path = written(Path(folder) / "piece.docx", docx_bytes("".join(body), styles=STYLES))
        assert read_with(2.0, path) == read_with(0.0, path)


def test_much_paint_is_cut_and_little_is_not() -> None:
    """A part is cut when it pays, never when what looks like markup may be text."""
    painted = "".join(paragraph("Texte.", look="".join(PAINT[:3])) for _ in range(9))
    assert len(trimming.trimmed(painted.encode())) < 0.6 * len(painted)
    plain = paragraph("Texte.").encode()
    assert trimming.trimmed(plain) == plain
    commented = b"<!-- x -->" + painted.encode()
    assert trimming.trimmed(commented) == commented
    foreign = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + painted.encode()
    assert trimming.trimmed(foreign) == foreign


@pytest.mark.usefixtures("cutting")
def test_tabs_of_the_text_stay(tmp_path: Path) -> None:
    """Tab stops are paint, tabs are text; an empty cell is a cell."""
    stops = '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'
    body = f"<w:p><w:pPr>{stops}</w:pPr>{run('Prix')}<w:r><w:tab/></w:r>{run('60 %')}</w:p>"
    body += table(cell("a") + "<w:tc><w:p/></w:tc>" + cell("c"))
    document = read(written(tmp_path / "piece.docx", docx_bytes(body)))
    assert isinstance(document, Document)
    assert [block.text for block in document.blocks] == ["Prix\t60 %", "a\t\tc"]


def sheet(inner: str, head: str = "") -> StyleSheet:
    """Make a style part."""
    return StyleSheet(f'{head}<w:styles xmlns:w="{W}">{inner}</w:styles>'.encode(), "word/styles.xml")


@pytest.mark.parametrize("head", ["", "<!-- remarque -->", '<?xml version="1.0" encoding="us-ascii"?>'])
def test_styles_are_found_one_by_one_or_all_together(head: str) -> None:
    """A style part gives the same styles, parsed piece by piece or, when that is not safe, as a whole."""
    styles = sheet(STYLES, head)
    assert styles.default == "Normal"
    assert styles.style("inconnu") is None
    title = styles.style("Titre1")
    assert title is not None
    assert [child.get(f"{{{W}}}val") for child in title] == ["Titre 1", "Normal"]
    assert styles.style("Titre1") is title
    empty = styles.style("Vide")
    assert empty is None or len(empty) == 0


def test_odd_style_tags() -> None:
    """Quotes, spaces and entities in the tag of a style do not hide it."""
    odd = "<w:style\tw:type='paragraph' w:default = '1' w:styleId='A'><w:name w:val='Titre 2'/></w:style>"
    assert sheet(odd + STYLES).style("A") is not None
    odd += '<w:style w:type="paragraph" w:styleId="B&amp;C"><w:name w:val="Titre 3"/></w:style>'
    styles = sheet(odd)
    assert styles.default == "A"
    assert all(styles.style(name) is not None for name in ("A", "B&C"))


def test_a_broken_style_that_is_used_is_told(tmp_path: Path) -> None:
    """A style that is not well-formed refuses the document that uses it."""
    broken = '<w:style w:type="paragraph" w:styleId="Titre1"><w:name></w:style>'
    body = paragraph("Objet", '<w:pStyle w:val="Titre1"/>')
    result = read(written(tmp_path / "piece.docx", docx_bytes(body, styles=broken)))
    assert isinstance(result, Unread)
    assert "word/styles.xml" in result.reason
