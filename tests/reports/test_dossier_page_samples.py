"""The page of the sample dossiers: what the text says of them, what their pieces say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page_reader import Element, read_page
from page_words import flat, sentences, spoken, unsaid

from achats_check.dossier import check
from achats_check.reports.citing import quoted
from achats_check.reports.dossier_page.dossiers import Dossier
from achats_check.reports.dossier_page.html import render_html

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook
    from achats_check.model.report import Report

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TODAY = date(2026, 11, 21)
NAMES = ("espaces-verts", "contradictions", "prix-seul", "travaux-sans-clause", "innovant/110000.json")


@pytest.fixture(scope="module")
def reports(book: Rulebook) -> dict[str, Report]:
    """Check each sample once."""
    return {name: check(SAMPLES / name, today=TODAY, rules=book) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_the_text_says(name: str, reports: dict[str, Report], book: Rulebook) -> None:
    """No finding, no passage, no citation and no remedy is lost; each rule has its card or its line."""
    report = reports[name]
    page = render_html([Dossier(name, report)], book.vocabulary, today=TODAY)
    told = sentences(report, book.vocabulary)
    assert len(told) > 200
    assert unsaid(told, spoken(page)) == []
    named = {code.text for code in read_page(page).all("code")}
    assert named >= {finding.rule for finding in report.findings}


@pytest.mark.parametrize("name", NAMES)
def test_passages_are_whole(name: str, reports: dict[str, Report], book: Rulebook) -> None:
    """A passage stands on its own card word for word, to its last one: who answers it must not answer a fragment."""
    report = reports[name]
    page = read_page(render_html([Dossier(name, report)], book.vocabulary, today=TODAY))
    cards = {code.text: flat(card.text) for card in page.all("article") for code in card.all("code")}
    alone = [finding for finding in report.findings if finding.scope.kind != "lot" and finding.rule in cards]
    quotes = [(finding, evidence.quote) for finding in alone for evidence in finding.evidence]
    assert len(quotes) > 5
    said_so = [(finding, quote) for finding, quote in quotes if quoted(quote) not in finding.message]
    assert [quote for finding, quote in said_so if flat(quote) not in cards[finding.rule]] == []


@pytest.mark.parametrize("name", ["prix-seul", "innovant/110000.json"])
def test_golden_page(name: str, reports: dict[str, Report], book: Rulebook, golden: Callable[[str, str], None]) -> None:
    """The page of two samples, its style left out, cut to what a reviewer can read."""
    report = reports[name]
    told = tuple(found for found in report.findings if found.verdict in ("non_conforme", "opportunite"))
    cut = report._replace(findings=told, tool_version="VERSION", rules_version="RULES", not_run=(), resolutions=())
    cut = cut._replace(inputs=tuple(piece._replace(path=Path(piece.path).name) for piece in report.inputs))
    page = render_html([Dossier(Path(name).name, cut)], book.vocabulary, today=TODAY)
    text = re.sub(r"(?s)<style>.*?</style>|sha256-[\w+/=]+", "", page)
    golden(f"{Path(name).stem}.html", text.replace("><", ">\n<"))


def test_every_title_is_a_heading(reports: dict[str, Report], book: Rulebook) -> None:
    """A reader goes from finding to finding by their titles, and can point to one by the name of its rule."""
    report = reports["espaces-verts"]
    page = read_page(render_html([Dossier("espaces-verts", report)], book.vocabulary, today=TODAY))
    headings: dict[str, Element] = {e["id"]: e for e in page.all("h3")}
    for finding in report.by_verdict("non_conforme"):
        assert flat(headings[finding.rule].text) == flat(finding.title)
