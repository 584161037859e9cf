"""The synthesis of an audit as one page that stands alone: nothing is fetched to read, file or print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from achats_check.model.synthesis import Block, Card, Chart, Figure, Note, Section, Synthesis, Table
from achats_check.reports.page.anchors import Anchors
from achats_check.reports.page.document import document, shipped
from achats_check.reports.page.markup import Markup, clean, join, tag
from achats_check.reports.synthesis.cards import card_list, tiles
from achats_check.reports.synthesis.charts import chart_block
from achats_check.reports.synthesis.colours import COLOURS
from achats_check.reports.synthesis.links import Links
from achats_check.reports.synthesis.tables import table_block
from achats_check.wording import NBSP, format_date

_SHOWN_SOURCES = 4
_UNKNOWNS = f"«{NBSP}Inconnu{NBSP}» veut dire que les sources ne le disent pas{NBSP}: ce n'est ni oui, ni non, ni zéro."


def render_html(synthesis: Synthesis) -> str:
    """Draw a synthesis as a page.

    The same records give the same bytes. Every text is escaped; a policy of the page itself also forbids any script
    but its own and any request.

    Args:
        synthesis: What to draw.

    Returns:
        The whole HTML document.
    """
    anchors = Anchors()
    links = Links(synthesis, anchors)
    named = [(section, anchors.take(section.anchor)) for section in synthesis.sections]
    sections = [_section(section, anchor, anchors, links) for section, anchor in named]
    return document(
        synthesis.title,
        _header(synthesis),
        tag("div", _contents(named), tag("main", *sections, id="contenu"), class_="columns"),
        tag("footer", tag("p", _versions(synthesis))),
        style=shipped(__package__, "page.css"),
        colours=COLOURS,
        script=shipped(__package__, "page.js"),
    )


def _header(synthesis: Synthesis) -> Markup:
    shown = [tag("li", source) for source in synthesis.sources[:_SHOWN_SOURCES]]
    rest = [tag("li", source) for source in synthesis.sources[_SHOWN_SOURCES:]]
    folded = [tag("details", tag("summary", f"et {len(rest)} autres"), tag("ul", *rest))] if len(rest) > 0 else []
    sources = [tag("div", tag("p", "Sources"), tag("ul", *shown), *folded, class_="sources")] if shown else []
    return tag(
        "header",
        tag("p", "Synthèse d'audit des achats", class_="kicker"),
        tag("h1", synthesis.title),
        tag("p", f"Établie le {format_date(synthesis.today)} avec {_versions(synthesis)}", class_="day"),
        *sources,
        tag("p", _UNKNOWNS, class_="unknowns"),
    )


def _contents(named: Sequence[tuple[Section, str]]) -> Markup:
    items = [tag("li", tag("a", section.title, href=f"#{anchor}"), *_card_count(section)) for section, anchor in named]
    return tag("nav", tag("h2", "Sommaire", id="sommaire"), tag("ol", *items), aria_labelledby="sommaire")


def _card_count(section: Section) -> list[Markup]:
    cards = sum(isinstance(block, Card) for block in section.blocks)
    return [tag("span", f"{cards}", class_="badge", title=f"{cards} à lire")] if cards else []


def _section(section: Section, anchor: str, anchors: Anchors, links: Links) -> Markup:
    heading = tag("h2", section.title, id=f"{anchor}-titre")
    drawn = [
        block
        for kind, run in groupby(section.blocks, key=type)
        for block in _run(kind, list(run), anchor, anchors, links)
    ]
    return tag("section", heading, *drawn, id=anchor, aria_labelledby=f"{anchor}-titre", class_="part")


def _run(kind: type[Block], blocks: list[Block], anchor: str, anchors: Anchors, links: Links) -> Iterator[Markup]:
    """Draw neighbouring blocks of one kind: figures make a row, cards a list."""
    if kind is Figure:
        yield tiles([block for block in blocks if isinstance(block, Figure)])
    elif kind is Card:
        yield card_list([block for block in blocks if isinstance(block, Card)], links)
    for block in blocks:
        if isinstance(block, Chart):
            yield chart_block(block, anchors.take(f"{anchor}-graphique"))
        elif isinstance(block, Table):
            yield table_block(block, anchors.take(block.name), links)
        elif isinstance(block, Note):
            yield join(tag("p", line) for line in block.text.splitlines() if clean(line))


def _versions(synthesis: Synthesis) -> str:
    return f"achats-check {synthesis.tool_version}, règles {synthesis.rules_version}"
