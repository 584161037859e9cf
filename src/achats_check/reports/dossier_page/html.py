"""The report of one dossier, or of several, as one page that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from achats_check.model.finding import VERDICTS
from achats_check.model.report import Report
from achats_check.reports.dossier_page.dossiers import Dossier, Drawing, Part, draw_dossier
from achats_check.reports.dossier_page.guide import reading_guide
from achats_check.reports.page.anchors import Anchors
from achats_check.reports.page.colours import VERDICT_COLOURS
from achats_check.reports.page.document import document, shipped
from achats_check.reports.page.markup import Markup, join, tag
from achats_check.reports.wording import VERDICT_TITLES, count, rules_with
from achats_check.vocabulary import Vocabulary
from achats_check.wording import format_date, format_number

_GUIDE = "Comment lire ce rapport"
_DOUBTS = "« À vérifier » réunit ici ce que le dossier range sous À justifier, À examiner, À vérifier et À préciser."


def render_html(dossiers: Sequence[Dossier], vocabulary: Vocabulary, *, today: date, everything: bool = False) -> str:
    """Draw reports as a page.

    It says all that ``--tout`` says; what the short report leaves out is folded. The same reports give the same
    bytes. Every text is escaped; the page runs no script and makes no request.

    Args:
        dossiers: What was checked, at least one; with several, a table of contents comes first.
        vocabulary: Labels of the facts.
        today: Day on which the page is made.
        everything: Unfold the levers, the respected rules and those out of scope.

    Returns:
        The whole HTML document.
    """
    anchors = Anchors()
    guide = anchors.take("lire")
    several = len(dossiers) > 1
    drawn = [
        draw_dossier(dossier, vocabulary, anchors, level=1 + several, everything=everything) for dossier in dossiers
    ]
    report = dossiers[0].report
    made = f"Établi le {format_date(today)} avec achats-check {report.tool_version}, règles {report.rules_version}"
    title = f"Vérification de {count(len(drawn), 'dossier')}" if several else drawn[0].title
    head = [tag("h1", title), _comparison(dossiers, drawn)] if several else [drawn[0].head]
    body = [_whole(drawing) for drawing in drawn] if several else [_part(part, 2) for part in drawn[0].parts]
    return document(
        title,
        tag("header", tag("p", "Vérification de consultation", class_="kicker"), *head, tag("p", made, class_="day")),
        tag(
            "div",
            _contents(_links(drawn, several=several), guide),
            tag("main", *body, reading_guide(guide), id="contenu"),
            class_="columns",
        ),
        tag("footer", tag("p", made)),
        style=shipped(__package__, "dossier.css"),
        colours=VERDICT_COLOURS,
    )


def _links(drawn: Sequence[Drawing], *, several: bool) -> Iterable[tuple[str, str, int | None]]:
    if several:
        return [(drawing.title, drawing.anchor, None) for drawing in drawn]
    return [(part.title, part.anchor, part.size) for part in drawn[0].parts]


def _contents(links: Iterable[tuple[str, str, int | None]], guide: str) -> Markup:
    items = [_link(*link) for link in (*links, (_GUIDE, guide, None))]
    return tag("nav", tag("h2", "Sommaire", id="sommaire"), tag("ol", *items), aria_labelledby="sommaire")


def _link(title: str, anchor: str, size: int | None) -> Markup:
    badge = [] if size is None else [tag("span", format_number(size), class_="badge")]
    return tag("li", tag("a", title, href=f"#{anchor}"), *badge)


def _whole(drawing: Drawing) -> Markup:
    """Draw a dossier among others: its head, then its parts."""
    parts = [_part(part, 3) for part in drawing.parts]
    return tag("section", drawing.head, *parts, id=drawing.anchor, class_="dossier")


def _part(part: Part, level: int) -> Markup:
    size = "" if part.size is None else f" ({format_number(part.size)})"
    sign = [tag("span", part.symbol, aria_hidden="true", class_="sign")] if part.symbol else []
    heading = tag(f"h{level}", *sign, f"{part.title}{size}", id=f"{part.anchor}-titre")
    style = f"part c-{part.style}" if part.style else "part"
    return tag("section", heading, *part.blocks, id=part.anchor, aria_labelledby=f"{part.anchor}-titre", class_=style)


def _comparison(dossiers: Sequence[Dossier], drawn: Sequence[Drawing]) -> Markup:
    """Draw how many rules give each verdict in each dossier."""
    heads = [tag("th", VERDICT_TITLES[verdict].capitalize(), scope="col", class_="number") for verdict in VERDICTS]
    rows = [
        tag("tr", _name(dossier, drawing), *_numbers(dossier.report))
        for dossier, drawing in zip(dossiers, drawn, strict=True)
    ]
    table = tag(
        "table",
        tag("caption", "Nombre de règles par dossier et par verdict", class_="hidden"),
        tag("thead", tag("tr", tag("th", "Dossier", scope="col"), *heads)),
        tag("tbody", *rows),
    )
    framed = tag("div", table, class_="frame", role="region", aria_label="Verdicts de chaque dossier", tabindex="0")
    return join([framed, tag("p", _DOUBTS, class_="note")])


def _name(dossier: Dossier, drawing: Drawing) -> Markup:
    given = [tag("div", dossier.name, class_="note")] if dossier.name != drawing.title else []
    return tag("th", tag("a", drawing.title, href=f"#{drawing.anchor}"), *given, scope="row", class_="long")


def _numbers(report: Report) -> list[Markup]:
    if not report.findings:
        return [tag("td", "non vérifié", colspan=len(VERDICTS))]
    return [tag("td", format_number(rules_with(report, verdict)), class_="number") for verdict in VERDICTS]
