"""The report of a dossier as a page: all that the text says, closed to what tenders may smuggle in."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import report_builders as make
from hypothesis import given, settings
from hypothesis import strategies as st
from page_reader import Element, read_page
from page_words import flat, sentences, spoken, unsaid

from achats_check.model.fact import KNOWN, MARCHE, Evidence, Fact, FactSet
from achats_check.model.report import InputPiece, LawDay, Report
from achats_check.reports.dossier_page.dossiers import Dossier
from achats_check.reports.dossier_page.html import render_html

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook

TODAY = date(2026, 11, 21)
HOSTILE = (
    "<script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "&lt;b&gt; &amp; &#x3c;",
    "]]><!-- --> <!DOCTYPE x>",
    "droite\u202egauche\u2066isolé\u2069",
    "nul\x00 sonnerie\x07 échappement\x1b[31m \x85 \ufeff",
    "nom illisible \udce9\udcff \ufffe \U0001ffff",
    "عقد شراء \u200f 2024",
    "--set <b>x</b>=…",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=40))


def drawn(report: Report, book: Rulebook, *, everything: bool = False, name: str = "dossier") -> str:
    """Draw one report."""
    return render_html([Dossier(name, report)], book.vocabulary, today=TODAY, everything=everything)


def test_every_sentence_of_the_text_is_on_the_page(book: Rulebook) -> None:
    """Findings, passages, citations, remedies: what ``--tout`` tells is there, folded or not."""
    report = make.report(resolutions=make.resolutions())
    said = spoken(drawn(report, book))
    told = sentences(report, book.vocabulary)
    assert len(told) > 60
    assert unsaid(told, said) == []


def test_what_a_jurist_needs_is_on_the_page(book: Rulebook) -> None:
    """The day of the law and how it was had, why each rule is there, reserves, versions, the day it was made."""
    said = spoken(drawn(make.report(law_day=LawDay(date(2026, 10, 1), "declared", make.RESERVE)), book))
    for wanted in (
        "1er octobre 2026 (date de lancement déclarée)",
        make.RESERVE,
        "Parce que la trésorerie manque aux petites entreprises.",
        "CCP, art. R2191-7, en vigueur depuis le 22/08/2026, vérifié le 23/08/2026",
        "Kit RégionalESS, fiche n°11, p. 22 : 5 % ; au jour du droit appliqué : 10 %.",
        "CCAP, art. 9, p. 6 : « Les travaux favorisent l'insertion",
        "achats-check 0.1.0, règles 2026-11-21+3f9a1c",
        "Établi le 21 novembre 2026",
        "Non fourni : avis d'appel à la concurrence (AAPC)",
    ):
        assert flat(wanted) in said, wanted


def test_the_passage_of_the_launch_is_quoted(book: Rulebook) -> None:
    """Who reads must be able to check the day that the whole report rests on."""
    launch = Fact("date_lancement", MARCHE, make.LAW_DAY, KNOWN, "extracted", 0.9, (make.evidence("1er octobre", "2"),))
    report = make.report(law_day=LawDay(make.LAW_DAY, "extracted"), facts=FactSet([*make.facts(), launch]))
    assert flat("(date de lancement lue dans les pièces) CCAP, art. 2, p. 4 : « 1er octobre »") in spoken(
        drawn(report, book)
    )


def test_counts_come_first_and_lead_to_their_part(book: Rulebook) -> None:
    """A number for each part that the text report has, before any finding."""
    page = read_page(drawn(make.report(resolutions=make.resolutions()), book))
    (tiles,) = page.all("dl", "tiles")
    counts = [flat(tile.text) for tile in tiles.all("div")]
    assert counts[:3] == ["✗Non conforme1", "!À justifier1", "!À examiner1"]
    assert counts[3:] == ["◇Opportunités12", "?À vérifier1", "?À préciser14", "✓Conforme3", "–Sans objet5"]
    identifiers = {e["id"]: e for e in page.all() if "id" in e.attributes}
    for link in tiles.all("a"):
        assert link.text in identifiers[link["href"][1:]].text


def test_what_the_text_folds_is_folded_and_all_opens_it(book: Rulebook) -> None:
    """Levers beyond the first, respected rules and those out of scope wait for the reader; ``--tout`` opens them."""
    report = make.report(resolutions=make.resolutions())
    page = read_page(drawn(report, book))
    shown = {e["id"] for e in page.all("h3")} - {e["id"] for d in page.all("details") for e in d.all("h3")}
    assert {name for name in shown if name.startswith("levier")} == {f"levier-{n}" for n in range(1, 6)}
    assert not any(name.startswith("respectee") for name in shown)
    assert not [e for e in page.all("details") if "open" in e.attributes]
    opened = list(read_page(drawn(report, book, everything=True)).all("details"))
    assert opened
    assert all("open" in e.attributes for e in opened)


def test_many_passages_are_folded_and_none_is_lost(book: Rulebook) -> None:
    """The first passages show; a reader who doubts opens the others, whole."""
    quotes = [f"Passage numéro {n} : {'mot ' * 60}fin." for n in range(9)]
    found = make.finding("delai-paiement", "non_conforme", evidence=tuple(make.evidence(q, f"{q[15]}") for q in quotes))
    page = read_page(drawn(make.report(found), book))
    said = [flat(e.text) for e in page.all("blockquote")]
    assert [flat(quote) in text for quote, text in zip(quotes, said, strict=True)] == [True] * 9
    (rest,) = [e for e in page.all("details") if "passages" in e.text]
    assert len(list(rest.all("blockquote"))) == 5


def test_nothing_judged_is_no_good_news(book: Rulebook) -> None:
    """A dossier of which nothing could be read is never said to have no fault."""
    piece = InputPiece("dossier/CCAP.pdf", "pdf", "CCAP", None, "unread", "Le PDF est incomplet.")
    report = make.report(inputs=(piece,))._replace(
        findings=(), facts=FactSet(), not_run=(("delai-paiement", "aucune pièce n'a pu être lue"),)
    )
    said = spoken(drawn(report, book))
    assert "Rien n'a été jugé : aucune pièce n'a pu être lue." in said
    assert "Le PDF est incomplet." in said
    assert "Aucune non-conformité" not in said
    assert "Aucune non-conformité établie." in spoken(drawn(make.report(make.finding("a-b", "conforme")), book))


def test_what_the_buyer_stated_is_told_apart(book: Rulebook) -> None:
    """A declared fact is no word of the pieces: it is listed with where it comes from."""
    said = Evidence("--set", "DESCRIPTION", "oui")
    stated = Fact("sourcing", MARCHE, True, KNOWN, "declared", evidence=(said,))
    page = spoken(drawn(make.report(facts=FactSet([*make.facts(), stated])), book))
    assert flat(f"{book.vocabulary['sourcing'].label} : oui — déclaré (--set)") in page


def test_several_dossiers_share_a_page_with_a_table_of_contents(book: Rulebook) -> None:
    """Each has its title, its counts and its findings; what could not be checked keeps its place."""
    other = make.report(make.finding("delai-paiement", "non_conforme"), inputs=())
    nothing = make.report(inputs=())._replace(findings=(), facts=FactSet())
    names = ("premier", "second", "tiers.yaml")
    dossiers = [Dossier(n, r) for n, r in zip(names, (make.report(), other, nothing), strict=True)]
    text = render_html(dossiers, book.vocabulary, today=TODAY)
    page = read_page(text)
    check_structure(page)
    (nav,) = page.all("nav")
    targets = [link["href"][1:] for link in nav.all("a")]
    assert targets == ["dossier", "dossier-2", "dossier-3", "lire"]
    (header,) = page.all("header")
    rows = [[flat(cell.text) for cell in row.all() if cell.name in ("th", "td")] for row in header.all("tr")]
    assert rows[0] == ["Dossier", "Non conforme", "Opportunités", "À vérifier", "Conforme", "Sans objet"]
    assert rows[1][1:] == ["1", "12", "17", "3", "5"]
    assert rows[3] == ["tiers.yaml", "non vérifié"]


def check_structure(page: Element) -> None:
    """Check what a reader who hears a page, or walks it by keyboard, relies on."""
    (html,) = page.all("html")
    assert html["lang"] == "fr"
    assert all(len(list(page.all(mark))) == 1 for mark in ("header", "nav", "main", "footer", "h1"))
    identifiers = Counter(e["id"] for e in page.all() if "id" in e.attributes)
    assert set(identifiers.values()) == {1}
    links = [e["href"] for e in page.all("a")]
    assert links
    assert all(link.startswith("#") and link[1:] in identifiers for link in links)
    named = [e["aria-labelledby"] for e in page.all() if "aria-labelledby" in e.attributes]
    assert all(name in identifiers for name in named)
    levels = [int(e.name[1]) for e in page.all() if re.fullmatch("h[1-6]", e.name)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    for table in page.all("table"):
        assert table.children[0].name == "caption"  # type: ignore[union-attr]
        assert {head["scope"] for head in table.all("th")} == {"col", "row"}


def test_the_page_is_sound_and_speaks_to_those_who_do_not_see_it(book: Rulebook) -> None:
    """Language, landmarks, levels of titles, captions, scopes, links that arrive."""
    check_structure(read_page(drawn(make.report(resolutions=make.resolutions()), book)))


def test_the_page_runs_nothing_and_fetches_nothing(book: Rulebook) -> None:
    """No script, no address; the policy of the page names the digest of its style alone."""
    text = drawn(make.report(), book)
    assert not re.search(r"https?:|url\(|@import|<script", text)
    page = read_page(text)
    assert {name for e in page.all() for name in e.attributes} <= _ATTRIBUTES
    (policy,) = [e["content"] for e in page.all("meta") if e.attributes.get("http-equiv")]
    (style,) = page.all("style")
    digest = b64encode(sha256(str(style.children[0]).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"


def test_the_same_report_gives_the_same_bytes(book: Rulebook) -> None:
    """Nothing of the machine nor of the moment enters the page."""
    assert drawn(make.report(), book).encode() == drawn(make.report(), book).encode()


@settings(max_examples=25)
@given(texts)
@pytest.mark.parametrize("verdict", ["non_conforme", "conforme", "sans_objet"])
def test_no_text_of_a_tender_becomes_markup(book: Rulebook, verdict: str, text: str) -> None:
    """Whatever pieces, files and rules say is shown as it is, control and direction marks aside."""
    evidence = make.evidence(text, text)._replace(document=text)
    search = make.absence()._replace(nearest=evidence, nearest_reason=text, sections=text, vocabulary=(text,))
    found = make.finding(
        "delai-paiement",
        verdict,
        title=text,
        message=text,
        why=text,
        remedy=text,
        reserve=text,
        evidence=(evidence,),
        search=search,
        references=(make.law(text), make.kit()._replace(text=text)),
    )
    piece = InputPiece(text, "pdf", "CCAP", 3, "partly_read", text, text)
    launch = Fact("date_lancement", MARCHE, make.LAW_DAY, KNOWN, "extracted", 0.9, (evidence,))
    subject = Fact("objet", MARCHE, text, KNOWN, "declared", 0.9, (evidence,))
    report = make.report(
        found,
        inputs=(piece,),
        notes=(text,),
        law_day=LawDay(make.LAW_DAY, "extracted", text),
        facts=FactSet([launch, subject]),
        not_run=(("regle-ecartee", text),),
    )
    page = drawn(report, book, name=text)
    element = read_page(page)
    check_structure(element)
    assert {e.name for e in element.all()} <= _ELEMENTS
    assert {name for e in element.all() for name in e.attributes} <= _ATTRIBUTES
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    assert page.encode()
    if flat(text):
        assert flat(text) in spoken(page)
    if verdict != "sans_objet" and flat(text):
        (quote,) = element.all("blockquote")
        assert flat(text) in flat(quote.text)


_ELEMENTS = {
    *("document", "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer"),
    *("section", "article", "h1", "h2", "h3", "p", "blockquote", "div", "span", "code", "strong", "a"),
    *("ul", "ol", "li", "dl", "dt", "dd", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "href", "id", "aria-labelledby", "aria-hidden"),
    *("aria-label", "scope", "role", "tabindex"),
}
