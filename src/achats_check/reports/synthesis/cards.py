"""Key figures and things to act on, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.model.synthesis import AMOUNT, TEXT, Card, Figure
from achats_check.reports.page.markup import Markup, tag, typeset
from achats_check.reports.synthesis.links import Links
from achats_check.reports.synthesis.values import full, short
from achats_check.reports.synthesis.verdicts import chip, severity_word
from achats_check.wording import NBSP

_OPEN = 12
"""Cards shown at once; the others unfold."""
_LONG = 9
"""A key figure of more characters is written smaller."""


def tiles(figures: Sequence[Figure]) -> Markup:
    """Draw a row of key figures."""
    return tag("dl", *map(_tile, figures), class_="tiles")


def _tile(figure: Figure) -> Markup:
    exact = typeset(full(figure.value, figure.kind))
    shown = short(figure.value, AMOUNT) if figure.kind == AMOUNT else exact
    size = "long" if figure.kind == TEXT and len(shown) > _LONG else None
    value = tag("dd", shown, class_=size, title=exact if shown != exact else None)
    note = [tag("dd", figure.note, class_="note")] if figure.note.strip() else []
    return tag("div", tag("dt", figure.label), value, *note)


def card_list(cards: Sequence[Card], links: Links) -> Markup:
    """Draw cards one under the other, the first ones open and the others folded."""
    drawn = [_card(card, links) for card in cards]
    left = len(drawn) - _OPEN
    if left <= 1:
        return tag("div", *drawn, class_="cards")
    more = tag("details", tag("summary", f"Voir les {left} autres"), *drawn[_OPEN:], class_="more")
    return tag("div", *drawn[:_OPEN], more, class_="cards")


def _card(card: Card, links: Links) -> Markup:
    row = links.to_row(card.subject)
    where = tag("a", card.where, href=f"#{row}") if row else card.where
    severity = [tag("span", severity_word(card.severity), class_="severity")] if card.severity else []
    parts = [
        tag("p", chip(card.verdict), *severity, class_="head"),
        tag("h3", card.title),
        tag("p", where, class_="where"),
        tag("p", card.message),
    ]
    if card.quote.strip():
        parts.append(tag("blockquote", card.quote))
    if card.remedy.strip():
        parts.append(tag("p", tag("span", f"À faire{NBSP}:", class_="lead"), Markup(" "), card.remedy, class_="remedy"))
    ground = [tag("span", card.reference)] if card.reference.strip() else []
    ground += [tag("code", card.rule)] if card.rule else []
    if ground:
        parts.append(tag("p", *ground, class_="ground"))
    anchor = links.place(links.to_card(card.subject))
    return tag("article", *parts, id=anchor, class_=f"card c-{card.verdict}")
