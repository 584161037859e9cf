"""The synthesis as a page: well formed, closed to what tenders may smuggle in, the same each time."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element, read_page
from synthesis_sample import SAMPLE

from achats_check.model.finding import A_VERIFIER, NON_CONFORME
from achats_check.model.synthesis import (
    AMOUNT,
    BARS,
    COUNT,
    LINES,
    SHARE,
    VERDICT,
    Block,
    Card,
    Chart,
    Column,
    Figure,
    Note,
    Section,
    Series,
    Synthesis,
    Table,
    Target,
)
from achats_check.reports.synthesis.html import render_html

HOSTILE = (
    "<script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "&lt;b&gt; &amp; &#x3c;",
    "]]><!-- --> <!DOCTYPE x>",
    "droite\u202egauche\u2066isolé",
    "nul\x00 sonnerie\x07 échappement\x1b[31m \x85 \ufeff",
    "nom illisible \udce9\udcff \ufffe \U0001ffff",
    "عقد شراء \u200f 2024",
    "deux\nlignes\tet tabulation",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))


def synthesis(*blocks: Block, title: str = "Essai", anchor: str = "partie") -> Synthesis:
    """Return a synthesis of one section."""
    section = Section(anchor, title, blocks)
    return Synthesis(title, ("archives/",), date(2026, 11, 21), "1.0", "2026.11", (section,))


def every_block(text: str) -> tuple[Block, ...]:
    """Return a block of each kind that says a text wherever it can."""
    series = Series(text, (1.0, None), (0.5, None), (2.0, None))
    columns = (Column(text), Column(text, COUNT), Column(text, VERDICT))
    return (
        Figure(text, text, "texte", text),
        Figure(text, 12.5, AMOUNT, text),
        Note(text),
        Card(text, NON_CONFORME, text, text, text, text, text, text, text),
        Card(text, text, text, text),
        Chart(text, BARS, COUNT, (text, text), (series, series), (Target(text, 1.0),), text),
        Chart(text, LINES, SHARE, (text, text), (series,), (Target(text, 0.3),), text),
        Table(text, text, columns, ((text, 1, NON_CONFORME), (None, None, text)), text, 3),
    )


def test_the_page_is_well_formed() -> None:
    """Every element is closed in its turn, every identifier is used once, every link arrives."""
    page = read_page(render_html(SAMPLE))
    identifiers = Counter(e["id"] for e in page.all() if "id" in e.attributes)
    assert set(identifiers.values()) == {1}
    links = [e["href"] for e in page.all("a")]
    assert len(links) == len(SAMPLE.sections) + 3
    assert all(link.startswith("#") and link[1:] in identifiers for link in links)
    named = [e["aria-labelledby"].split() for e in page.all() if "aria-labelledby" in e.attributes]
    assert named
    assert all(name in identifiers for names in named for name in names)


def test_the_page_speaks_to_those_who_do_not_see_it() -> None:
    """Language, landmarks, captions, scopes, and words for each picture."""
    page = read_page(render_html(SAMPLE))
    (html,) = page.all("html")
    assert html["lang"] == "fr"
    assert all(len(list(page.all(mark))) == 1 for mark in ("header", "nav", "main", "footer", "h1"))
    for table in page.all("table"):
        assert table.children[0].name == "caption"  # type: ignore[union-attr]
        heads = list(table.all("th"))
        assert heads
        assert {head["scope"] for head in heads} <= {"col", "row"}
    pictures = [e for e in page.all("svg") if "aria-hidden" not in e.attributes]
    assert len(pictures) == 10
    for picture in pictures:
        assert picture["role"] == "img"
        assert [child.name for child in picture.children[:2]] == ["title", "desc"]  # type: ignore[union-attr]
    assert [e.text for e in page.all("summary")].count("Les chiffres de ce graphique") == 5


def test_the_page_fetches_nothing_and_runs_its_own_script_only() -> None:
    """No address anywhere; the policy of the page names the digests of its style and of its script."""
    text = render_html(SAMPLE)
    assert "http:" not in text
    assert "https:" not in text
    assert "url(" not in text
    assert "@import" not in text
    page = read_page(text)
    assert not [e for e in page.all() if {"src", "style", "onclick", "onload"} & set(e.attributes)]
    (policy,) = [e["content"] for e in page.all("meta") if e.attributes.get("http-equiv")]
    for name in ("style", "script"):
        (element,) = page.all(name)
        digest = b64encode(sha256(str(element.children[0]).encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_the_same_records_give_the_same_bytes() -> None:
    """Nothing of the machine nor of the moment enters the page."""
    assert render_html(SAMPLE).encode() == render_html(SAMPLE).encode()


def test_golden_page(golden: Callable[[str, str], None]) -> None:
    """A small synthesis with every block, its style and its script left out."""
    blocks: tuple[Block, ...] = (
        Figure("dossiers", 1204, COUNT, "dont 9 mis de côté"),
        Figure("montant", 1_284_356.5, AMOUNT),
        Figure("part", None, SHARE),
        Note("Un paragraphe.\nUn autre."),
        Card("Délai trop court", NON_CONFORME, "Gymnase", "21 jours ; 35 exigés.", "bloquante", "AAPC : « 24 mars »"),
        Chart("Règles", BARS, COUNT, ("Avance", "Délai"), (Series("Non conforme", (3, None), meaning=NON_CONFORME),)),
        Chart(
            "Parts", LINES, SHARE, ("2023", "2024"), (Series("Sociale", (0.1, 0.25)),), (Target("Visé : 30 %", 0.3),)
        ),
        Table("dossiers", "Dossiers", (Column("Dossier"), Column("Montant", AMOUNT)), (("A", 1e5), ("B", None)), "", 7),
    )
    text = re.sub(r"(?s)<(style|script)>.*?</\1>|sha256-[\w+/=]+", "", render_html(synthesis(*blocks)))
    golden("synthese.html", text.replace("><", ">\n<"))


@settings(max_examples=30)
@given(st.lists(texts, min_size=1, max_size=3))
def test_no_text_becomes_markup(said: list[str]) -> None:
    """Whatever the texts say, the page has the elements that it has for harmless ones."""

    def shape(text: str) -> list[str]:
        page = read_page(render_html(synthesis(*every_block(text), title=text, anchor=text)))
        kept = ("html", "head", "body", "script", "style", "article", "table", "figure", "svg", "section", "img", "b")
        return [e.name for e in page.all() if e.name in kept]

    for text in said:
        wanted = shape("mot" if text.strip() else " ")
        found = shape(text)
        assert Counter(found) == Counter(wanted)


@settings(max_examples=30)
@given(texts)
def test_texts_are_shown_without_what_drives_a_screen(text: str) -> None:
    """No control character, no override of the direction, no half character reaches the page, which can be encoded."""
    page = render_html(synthesis(*every_block(text), title=text))
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", page)


def test_texts_are_shown_as_they_are() -> None:
    """What looks like markup is read as such by people."""
    page = read_page(render_html(synthesis(Card(HOSTILE[0], NON_CONFORME, "ici", "<b>gras</b> & cie"))))
    (card,) = page.all("article")
    assert [e.text for e in card.all("h3")] == [HOSTILE[0]]
    assert "<b>gras</b> & cie" in card.text


def test_french_signs_stay_on_the_line_of_their_word() -> None:
    """Quotes, colons and units are tied by a no-break space."""
    page = read_page(render_html(synthesis(Note("Il dit : « oui » à 30 % pour 5 € ; quoi ?"))))
    assert "Il dit\u00a0: «\u00a0oui\u00a0» à 30\u00a0% pour 5\u00a0€\u00a0; quoi\u00a0?" in page.text


def test_names_asked_for_twice_are_told_apart() -> None:
    """Two tables of one name, and a section named as a part of the page, have anchors of their own."""
    table = Table("contenu", "Un", (Column("A"),), (("x",),))
    page = read_page(render_html(synthesis(table, table, anchor="contenu")))
    identifiers = Counter(e["id"] for e in page.all() if "id" in e.attributes)
    assert set(identifiers.values()) == {1}


def test_verdicts_are_told_by_words_and_signs() -> None:
    """A card and a cell say their verdict; colour only repeats it."""
    table = Table("t", "T", (Column("V", VERDICT),), ((A_VERIFIER,),))
    page = read_page(render_html(synthesis(Card("t", NON_CONFORME, "w", "m", "majeure"), table)))
    assert [e.text for e in page.all("span", "chip")] == ["✗Non conforme", "?À vérifier"]


def test_many_cards_fold() -> None:
    """The first ones are read at once; the others are there, folded, and counted."""
    cards = [Card(f"Constat {number}", NON_CONFORME, "ici", "dit") for number in range(30)]
    page = read_page(render_html(synthesis(*cards)))
    (folded,) = page.all("details", "more")
    assert len(list(folded.all("article"))) == 18
    assert len(list(page.all("article"))) == 30
    assert next(folded.all("summary")).text == "Voir les 18 autres"


@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_says_how_much_is_elsewhere(rows: int) -> None:
    """The number of rows counts those left out, and an empty table says so."""
    table = Table("t", "T", (Column("A"),), (("x",),) * rows, "Le reste dans a.parquet.", 2_000)
    page = read_page(render_html(synthesis(table)))
    (count,) = page.all("p", "count")
    assert count.text == f"2\u202f00{rows}\u00a0lignes, dont {rows} ici"
    assert ("Aucune ligne." in page.text) is (rows == 0)


def test_a_card_and_its_row_lead_to_each_other() -> None:
    """The first card and the first row on a subject are linked; a card alone, or a row alone, leads nowhere."""
    rows = (("dossier/1",), ("dossier/2",), ("dossier/1",))
    cards = [Card("c", NON_CONFORME, f"ici {n}", "dit", subject=f"dossier/{n}") for n in (1, 1, 3)]
    page = read_page(render_html(synthesis(*cards, Table("t", "T", (Column("Dossier"),), rows))))
    places = [next(card.all("p", "where")) for card in page.all("article")]
    arrivals = [[link["href"] for link in place.all("a")] for place in places]
    (row,) = [row for row in page.all("tr") if "id" in row.attributes]
    assert arrivals == [[f"#{row['id']}"], [f"#{row['id']}"], []]
    (card,) = [card for card in page.all("article") if "id" in card.attributes]
    assert [link["href"] for link in page.all("a") if link.text == "dossier/1"] == [f"#{card['id']}"] * 2
    assert card.text.startswith("✗")


def cells(page: Element) -> list[tuple[str, str | None]]:
    """Return the text of each cell and what it sorts by."""
    return [(e.text, e.attributes.get("data-v")) for e in page.all("td")]


def test_cells_keep_what_sorting_needs() -> None:
    """A figure sorts by its value, a day by its ISO form, an unknown value by nothing."""
    columns = (Column("A", AMOUNT), Column("B", SHARE), Column("C", "date"), Column("D", COUNT))
    table = Table("t", "T", columns, ((89_999.99, 0.25, date(2024, 3, 1), None),))
    assert cells(read_page(render_html(synthesis(table)))) == [
        ("89\u202f999,99\u00a0€", "89999.99"),
        ("25,0\u00a0%", "0.25"),
        ("01/03/2024", "2024-03-01"),
        ("—", None),
    ]
