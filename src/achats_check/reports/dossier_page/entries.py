"""The findings of a section as cards, and those that only need naming as a list."""

from __future__ import annotations

from itertools import groupby

from achats_check.model.finding import Finding
from achats_check.reports.citing import passage
from achats_check.reports.dossier_page.folding import folded
from achats_check.reports.dossier_page.prose import prose
from achats_check.reports.page.anchors import Anchors
from achats_check.reports.page.markup import Markup, join, tag
from achats_check.reports.sections import Entry, Section
from achats_check.reports.telling import GROUND, KIT, LAW, MESSAGE, QUOTE, REMEDY, RESERVE, Said, Teller, weight
from achats_check.reports.wording import count
from achats_check.wording import NBSP

_LONGEST_QUOTE = 2000
"""Characters of a passage: the sentences of tenders are shorter, and a hostile one must not fill the page."""
_NAMED_ONLY = ("sans_objet", "en_attente")
_LABELS = {LAW: "Droit", KIT: "Documents sources"}
_QUOTES = 4
"""Passages of a rule shown at once; the others unfold."""
_TAGS = {MESSAGE: "p", QUOTE: "blockquote", GROUND: "p", RESERVE: "p"}


class EntryDrawer:
    """Draws entries under headings of a level, with what a teller says of them."""

    def __init__(self, teller: Teller, anchors: Anchors, *, level: int, opened: bool) -> None:
        self._teller = teller
        self._anchors = anchors
        self._heading = f"h{level}"
        self._opened = opened

    def entries(self, section: Section) -> Markup:
        """Draw the entries of a section."""
        if section.key in _NAMED_ONLY:
            named = [entry.first for entry in section.entries]
            return tag("ul", *map(_line, named), class_="rules")
        return tag("div", *(self._card(section, entry) for entry in section.entries), class_="cards")

    def _card(self, section: Section, entry: Entry) -> Markup:
        said = self._teller.group(section, (entry,))
        told = [one for one in said if one.kind in _TAGS]
        body = [drawn for kind, run in groupby(told, lambda one: one.kind) for drawn in self._run(kind, list(run))]
        remedy = [_labelled("Que faire", tag("p", prose(one.text)), "remedy") for one in said if one.kind == REMEDY]
        parts = [self._title(entry.first), *body, *_grounds(said, entry.first.why), *remedy]
        return tag("article", *parts, class_=f"card c-{section.style}")

    def _title(self, finding: Finding) -> Markup:
        told = [tag("span", weight(finding)), tag("code", finding.rule)]
        anchor = self._anchors.take(finding.rule)
        return join([tag(self._heading, finding.title, id=anchor), tag("p", *told, class_="rule")])

    def _run(self, kind: str, said: list[Said]) -> list[Markup]:
        """Draw sentences of one kind, of many passages the first ones only."""
        drawn = [_sentence(one) for one in said]
        hidden = len(drawn) - _QUOTES
        if kind != QUOTE or hidden < 2:
            return drawn
        rest = folded(f"et {count(hidden, 'autre passage', 'autres passages')}", *drawn[_QUOTES:], opened=self._opened)
        return [*drawn[:_QUOTES], rest]


def _line(finding: Finding) -> Markup:
    told = [Markup(" · "), tag("span", weight(finding))] if weight(finding) else []
    return tag("li", finding.title, Markup(" "), tag("code", finding.rule), *told)


def _sentence(said: Said) -> Markup:
    whole = passage(said.evidence, length=_LONGEST_QUOTE) if said.evidence else said.text
    return tag(_TAGS[said.kind], prose(whole), class_=said.kind)


def _grounds(said: list[Said], why: str) -> list[Markup]:
    """Draw the law, the source documents, and why the rule is there."""
    drawn = []
    for kind, label in _LABELS.items():
        texts = [tag("p", one.text) for one in said if one.kind == kind]
        if texts:
            drawn.append(_labelled(label, join(texts), kind))
    if why.strip():
        drawn.append(_labelled("Pourquoi", tag("p", why), "why"))
    return drawn


def _labelled(label: str, body: Markup, kind: str) -> Markup:
    return tag("div", tag("p", f"{label}{NBSP}:", class_="label"), tag("div", body), class_=f"labelled {kind}")
