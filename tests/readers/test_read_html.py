"""Web pages: what a person reads of them, merged cells once, hidden parts left out, whatever is not closed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_pieces import written

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import read
from achats_check.readers.html.page import Page
from achats_check.readers.html.tokens import tokens
from achats_check.readers.outline import Draft


def drafts(source: str) -> list[Draft]:
    """Drafts of a page."""
    page = Page()
    for token in tokens(source):
        page.take(token)
    return page.finished()


def shown(source: str) -> list[tuple[str, str]]:
    """Kinds and texts of the drafts of a page."""
    return [(draft.kind, draft.text) for draft in drafts(source)]


def cells(source: str) -> list[tuple[str, ...]]:
    """Cells of the rows of a page."""
    return [draft.cells for draft in drafts(source) if draft.kind == "row"]


def test_blocks() -> None:
    """Blocks end where the page breaks its lines; spaces fold; levels and numbers make titles."""
    source = (
        "<h2>Article 2&nbsp;: Durée</h2><p>Un <b>an</b>\n  ferme,<br>soit 12&#160;mois.<ul><li>tonte<li><p>taille</ul>"
        "<p><strong>3.1 Lots</strong></p><div>Deux<span> lots</span></div>Fin"
    )
    assert shown(source) == [
        ("title", "Article 2\xa0: Durée"),
        ("paragraph", "Un an ferme,\nsoit 12\xa0mois."),
        ("list_item", "tonte"),
        ("list_item", "taille"),
        ("title", "3.1 Lots"),
        ("paragraph", "Deux lots"),
        ("paragraph", "Fin"),
    ]


def test_what_is_not_shown_is_not_read() -> None:
    """Scripts, styles, comments, titles of windows and hidden parts are left out; deletions are counted."""
    source = (
        "<head><title>Onglet</title><style>p{}</style></head><script>if (a</b) x</script><!-- <p>non</p> -->"
        '<div style="display: none"><div>caché</div>encore</div><p hidden>caché</p>'
        "<p>Durée <del>2</del><ins>3</ins> ans"
    )
    page = Page()
    for token in tokens(source):
        page.take(token)
    assert [draft.text for draft in page.finished()] == ["Durée 3 ans"]
    assert page.changes == 2


def test_nothing_is_lost_after_what_is_not_shown() -> None:
    """A hidden paragraph ends where the next one starts; elements that close themselves hide nothing."""
    source = (
        "<p hidden>a<b>b</b><p>Un<div>Deux</div><li style='display:none'>c</li>Trois<script/>Quatre<svg/> <title/>Cinq"
    )
    assert [text for _, text in shown(source)] == ["Un", "Deux", "TroisQuatre Cinq"]
    assert shown('<p>a<a name="x"/>b<br/>c<p/>d') == [("paragraph", "ab\nc"), ("paragraph", "d")]


def test_forms_show_what_was_filled_in() -> None:
    """Boxes, chosen options and typed values are read as they show."""
    source = (
        '<p><input type=checkbox checked> oui <input type="checkbox"> non</p><p>Durée : <select><option>1 an'
        "<option selected>2 ans</select> <input value='x'> <input type=submit value=Envoyer><textarea>a <b</textarea>"
    )
    assert shown(source) == [("paragraph", "☒ oui ☐ non"), ("paragraph", "Durée : 2 ans x a <b")]


def test_tables() -> None:
    """A cell over several rows or columns is read once; cells keep their lines."""
    source = (
        "<table><tr><th rowspan=2>Lot<th colspan=2>Prix</tr><tr><td>HT<td>TTC</tr>"
        "<tr><td>1<br>tonte</td><td>10<td>12</table>"
    )
    assert cells(source) == [("Lot", "Prix"), ("", "HT", "TTC"), ("1\ntonte", "10", "12")]


def test_tables_that_lay_the_page_out() -> None:
    """One cell a row, or headings in cells, is a page cut in parts: their blocks are read in order."""
    assert shown("<table><tr><td><p>a<p>b</table>") == [("paragraph", "a"), ("paragraph", "b")]
    assert shown("<table><tr><td>menu<td><h1>Objet</h1><p>Tonte</table>") == [
        ("paragraph", "menu"),
        ("title", "Objet"),
        ("paragraph", "Tonte"),
    ]


def test_tables_of_contents_and_glued_numbers() -> None:
    """A line that is all a link inside the page announces; the number of a heading is parted from its first word."""
    contents = '<p><a href="#a">6</a> <a href="#a">Prix 12</a></p>'
    source = f'{contents}<h1>6Prix</h1><h2>6.1.L’avance</h2><p>Cf. <a href="#a">6</a></p>'
    assert [(draft.kind, draft.text, draft.article) for draft in drafts(source)] == [
        ("toc", "6 Prix 12", ""),
        ("title", "6 Prix", "6"),
        ("title", "6.1 L’avance", "6.1"),
        ("paragraph", "Cf. 6", ""),
    ]


def test_menus_and_feet() -> None:
    """Menus announce, feet stand outside the text."""
    assert shown("<nav>Lots</nav><p>Objet</p><footer>Mairie</footer>") == [
        ("toc", "Lots"),
        ("paragraph", "Objet"),
        ("footer", "Mairie"),
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<html><meta charset=iso-8859-1><p>« l’été »".encode("cp1252"), "« l’été »"),
        ('<html><meta charset="utf-8"><p>été'.encode("cp1252"), "été"),
        ("<html><p>été".encode("utf-16"), "été"),
        ('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><p>été</p></html>'.encode(), "été"),
        (b"<html><meta charset=inconnu><p>a", "a"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    """The declared encoding is believed when it holds; without one, the text tells."""
    document = read(written(tmp_path / "avis.html", data))
    assert isinstance(document, Document)
    assert [block.text for block in document.blocks] == [text]


def test_page_without_text(tmp_path: Path) -> None:
    """A page of scripts alone is unread, with what to do."""
    result = read(written(tmp_path / "a.html", b"<html><script>x</script></html>"))
    assert not isinstance(result, Document)
    assert "aucun texte" in result.reason


_BITS = [
    "<p>",
    "</p>",
    "<table>",
    "</table>",
    "<tr>",
    "<td rowspan=3>",
    "<th colspan=2>",
    "</td>",
    "<h1>",
    "</h1>",
    "<li>",
]
_BITS += [
    "<select>",
    "<option>",
    "</select>",
    "<nav>",
    "</nav>",
    "<b>",
    "</b>",
    "<pre>",
    "texte",
    "&amp;",
    "&#0;",
    "<br>",
]
_BITS += ["<script>", "</script>", "<a href='", '"', ">", "<", "<!--", "-->", "<del>", "<div hidden>", "</div>", " "]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(_BITS) | st.text(max_size=4), max_size=30).map("".join))
def test_any_tags_are_read(source: str) -> None:
    """Tags in any order, open or closed, give drafts."""
    assert all(draft.text or draft.kind == "row" for draft in drafts(source))


_HOSTILE = [
    "<a",
    "<!--",
    "</",
    "<a b='",
    "&",
    "<![CDATA[",
    "<td>",
    "<div>",
    "&#",
    "<a b=",
    "<li>",
    "<p>&#9999999999",
    "<b>",
]


@pytest.mark.parametrize("bit", _HOSTILE)
def test_time_grows_with_the_page(bit: str) -> None:
    """30 000 tags that never close take little time: the standard library takes a minute for some."""
    start = time.thread_time()
    drafts(bit * 30_000)
    assert time.thread_time() - start < 5


def test_tables_within_tables() -> None:
    """Tables nested beyond reason are refused."""
    with pytest.raises(ReadError, match="niveaux"):
        drafts("<table><tr><td>" * 500)
