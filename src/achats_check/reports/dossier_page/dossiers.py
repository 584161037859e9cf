"""One dossier on the page: what it is, how many findings of each kind, then each of them."""

from collections.abc import Iterator
from typing import NamedTuple

from achats_check.model.finding import NON_CONFORME
from achats_check.model.report import Report
from achats_check.reports.dossier_page.entries import EntryDrawer
from achats_check.reports.dossier_page.folding import folded
from achats_check.reports.dossier_page.identity import identity
from achats_check.reports.dossier_page.pieces import declared_facts, piece_table
from achats_check.reports.dossier_page.prose import prose
from achats_check.reports.page.anchors import Anchors
from achats_check.reports.page.markup import Markup, join, tag
from achats_check.reports.purchase_words import purchase_title
from achats_check.reports.sections import SHOWN_RESOLUTIONS, Section, sections, told_at_the_head, waiting
from achats_check.reports.telling import Teller
from achats_check.reports.wording import (
    NO_FAULT,
    NOT_RUN,
    TO_STATE,
    count,
    folded_lead,
    other_informations,
    settles,
    waiting_rules,
)
from achats_check.vocabulary import Vocabulary

_MEANINGS = {
    "non_conforme": "les pièces, ou ce que l'acheteur a déclaré, contredisent une obligation ou une interdiction",
    "opportunite": "un levier que cet achat pourrait utiliser ; jamais une faute",
    "conforme": "la règle s'applique, et elle est respectée",
    "sans_objet": "la règle ne concerne pas cet achat",
}
"""What the sections mean that the text report leaves without a note."""
_UNKNOWN = "on ne sait pas si elles s'appliquent, ou si elles sont respectées ; la première réponse en tranche le plus"
_FOLDED = {"conforme": "Lire les règles respectées", "sans_objet": "Lire les règles sans objet"}


class Dossier(NamedTuple):
    """What was checked."""

    name: str
    """Names of its files, without the folders of the machine where they lie."""
    report: Report


class Part(NamedTuple):
    """A titled part of a dossier."""

    anchor: str
    title: str
    size: int | None
    """How many rules it is about; None for what is not about rules."""
    style: str
    """Verdict whose colour it has, or ""."""
    symbol: str
    blocks: tuple[Markup, ...]


class Drawing(NamedTuple):
    """A dossier, drawn."""

    anchor: str
    title: str
    head: Markup
    parts: tuple[Part, ...]


def draw_dossier(
    dossier: Dossier, vocabulary: Vocabulary, anchors: Anchors, *, level: int, everything: bool
) -> Drawing:
    """Draw a dossier.

    Args:
        dossier: What was checked.
        vocabulary: Labels of the facts.
        anchors: Identifiers of the page.
        level: Level of its title; its parts stand one lower.
        everything: Unfold all.
    """
    report = dossier.report
    anchor = anchors.take("dossier")
    title = purchase_title(report) if report.findings else dossier.name
    drawn = tuple(_parts(report, vocabulary, anchors, level=level + 1, everything=everything))
    head = [tag(f"h{level}", title), identity(dossier.name, report), _counts(report, drawn)]
    return Drawing(anchor, title, join(head), drawn)


def _parts(report: Report, vocabulary: Vocabulary, anchors: Anchors, *, level: int, everything: bool) -> Iterator[Part]:
    """Yield the parts in the order of the text report, the pieces last."""
    shown = {section.key: section for section in sections(report, everything=everything)}
    whole = sections(report, everything=True)
    teller = Teller(vocabulary, everything=True, told=told_at_the_head(report, whole))
    drawer = EntryDrawer(teller, anchors, level=level + 1, opened=everything)
    awaited = next((section for section in whole if section.key == "en_attente"), None)
    for section in whole:
        if section.key not in (*_FOLDED, "en_attente"):
            yield _section(shown.get(section.key, section), drawer, anchors, everything=everything)
    if awaited is not None:
        yield _waiting(report, awaited, drawer, anchors, everything=everything)
    for section in whole:
        if section.key in _FOLDED:
            yield _section(section, drawer, anchors, everything=everything)
    if report.not_run and report.findings:
        lines = [tag("li", tag("code", rule), f" : {reason}") for rule, reason in report.not_run]
        listed = folded("Lire pourquoi", tag("ul", *lines, class_="rules"), opened=everything)
        yield Part(anchors.take("non-evaluees"), NOT_RUN.capitalize(), len(report.not_run), "", "", (listed,))
    blocks = (piece_table(report), declared_facts(report, vocabulary, opened=everything))
    yield Part(anchors.take("pieces"), "Pièces du dossier", None, "", "", blocks)


def _section(section: Section, drawer: EntryDrawer, anchors: Anchors, *, everything: bool) -> Part:
    note = section.note or _MEANINGS.get(section.key, "")
    blocks = [tag("p", f"{note[:1].upper()}{note[1:]}.", class_="note")] if note else []
    anchor = anchors.take(section.key)
    entries = drawer.entries(section)
    if section.key in _FOLDED:
        blocks.append(folded(_FOLDED[section.key], entries, opened=everything))
    else:
        blocks.append(entries)
    if section.folded:
        lead = folded_lead(section.key, len(section.folded))
        rest = drawer.entries(section._replace(entries=section.folded, folded=()))
        blocks.append(folded(lead, rest, opened=everything))
    return Part(anchor, section.title.capitalize(), section.size, section.style, section.symbol, tuple(blocks))


def _waiting(report: Report, awaited: Section, drawer: EntryDrawer, anchors: Anchors, *, everything: bool) -> Part:
    """Gather the rules that wait for an information under what would settle them, most useful first."""
    number = waiting(report)
    told = [tag("li", prose(settles(resolution))) for resolution in report.resolutions]
    first, others = told[:SHOWN_RESOLUTIONS], told[SHOWN_RESOLUTIONS:]
    blocks = [tag("p", f"{waiting_rules(number)} : {_UNKNOWN}.", class_="note"), tag("ul", *first)]
    if others:
        lead = other_informations(len(others))
        blocks.append(folded(lead, tag("ul", *others), opened=everything))
    rules = drawer.entries(awaited)
    blocks.append(folded(f"Lire {'la règle' if number == 1 else 'les règles'}", rules, opened=everything))
    anchor = anchors.take("a-preciser")
    return Part(anchor, TO_STATE.capitalize(), number, awaited.style, awaited.symbol, tuple(blocks))


def _counts(report: Report, parts: tuple[Part, ...]) -> Markup:
    """Draw how many rules each part is about, each number leading to it."""
    if not report.findings:
        reason = report.not_run[0][1] if report.not_run else "aucune règle"
        return tag("p", tag("strong", f"Rien n'a été jugé : {reason}."), class_="alert")
    tiles = [_tile(part) for part in parts if part.size is not None]
    if any(part.style == NON_CONFORME for part in parts):
        return tag("dl", *tiles, class_="tiles")
    return join([tag("p", NO_FAULT, class_="lead"), tag("dl", *tiles, class_="tiles")])


def _tile(part: Part) -> Markup:
    number = tag(
        "dd",
        tag("a", str(part.size), href=f"#{part.anchor}", aria_label=f"{part.title} : {count(part.size or 0, 'règle')}"),
    )
    sign = [tag("span", part.symbol, aria_hidden="true", class_="sign")] if part.symbol else []
    return tag("div", tag("dt", *sign, part.title), number, class_=f"c-{part.style}" if part.style else None)
