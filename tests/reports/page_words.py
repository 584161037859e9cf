"""What the page of a dossier says, beside what the text report says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from page_reader import Element, read_page

from achats_check.reports.page.markup import clean
from achats_check.reports.text import render_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from achats_check.model.report import Report
    from achats_check.vocabulary import Vocabulary


def flat(text: str) -> str:
    """Return a text whose spaces are all alike: those of the page do not break where French forbids it."""
    return re.sub(r"\s+", " ", clean(text))


def spoken(page: str) -> str:
    """Return what a page says, without what a reader does not see."""
    (body,) = read_page(page).all("body")
    return flat(" ".join(_pieces(body)))


def _pieces(element: Element) -> list[str]:
    """Return the text of each innermost block, options of the command line left in their sentence."""
    if all(isinstance(child, str) or child.name == "span" for child in element.children):
        return [element.text]
    return [text for child in element.children for text in (_pieces(child) if isinstance(child, Element) else [child])]


def sentences(report: Report, vocabulary: Vocabulary) -> list[str]:
    """Return what ``--tout`` says of the findings, a sentence or a title each, on lines that never end."""
    text = render_text(report, vocabulary, width=20_000, everything=True)
    lines = [line for block in text.split("\n\n")[1:] for line in block.split("\n")]
    told = [line for line in lines if re.match(r" {2,}\S", line)]
    parts = [part for line in told for part in re.split(r" {3,}", line.strip())]
    return [flat(re.sub(r"^[✗!◇?✓–·→] ", "", part)) for part in parts]


def unsaid(told: Iterable[str], said: str) -> list[str]:
    """Return the sentences of the text that a page does not say; passages are whole there, maybe cut in the text."""
    return [sentence for sentence in told if not all(part.strip() in said for part in _parts(sentence))]


def _parts(sentence: str) -> list[str]:
    """Cut the name of a rule from its weight, and what follows a passage that is cut."""
    return re.split(r" · (?=[\w ]+$)|… »", sentence)
