"""The report a buyer reads in a terminal."""

from __future__ import annotations

from achats_check.model.finding import CONFORME, NON_CONFORME, SANS_OBJET, VERDICTS
from achats_check.model.report import Report
from achats_check.reports.finding_text import EntryWriter
from achats_check.reports.layout import MIN_WIDTH, Paint, painter, wrap
from achats_check.reports.piece_words import pieces_text, reading_notes
from achats_check.reports.purchase_words import purchase_line
from achats_check.reports.sections import (
    SHOWN_RESOLUTIONS,
    Section,
    sections,
    told_at_the_head,
    waiting,
)
from achats_check.reports.telling import Teller
from achats_check.reports.wording import (
    NO_FAULT,
    NOT_RUN,
    TO_STATE,
    VERDICT_TITLES,
    folded_lead,
    law_day_text,
    other_informations,
    rules_text,
    rules_with,
    settles,
    waiting_rules,
)
from achats_check.vocabulary import Vocabulary
from achats_check.wording import shorten

_NAMED_LEVERS = 6
_SUMMARY_SYMBOLS = dict(zip(VERDICTS, "✗◇?✓–", strict=True))


def render_text(
    report: Report,
    vocabulary: Vocabulary,
    *,
    color: bool = False,
    width: int = 80,
    everything: bool = False,
) -> str:
    """Draw a report for a terminal.

    Args:
        report: What was found.
        vocabulary: Labels of the facts that are missing.
        color: Write ANSI colours.
        width: Longest line, in characters; never under 40. Only a web address may be longer.
        everything: Unfold the levers, the respected rules and those out of scope.

    Returns:
        The text, ended by a newline, no line of it by a space.
    """
    width, paint = max(width, MIN_WIDTH), painter(color)
    plan = sections(report, everything=everything)
    told = told_at_the_head(report, plan)
    writer = EntryWriter(Teller(vocabulary, everything=everything, told=told), width=width, paint=paint)
    blocks = [_head(report, width, paint)]
    if not any(section.key == NON_CONFORME for section in plan):
        blocks.append([paint(NO_FAULT, CONFORME)])
    blocks += [_section(section, writer, width, paint) for section in plan if section.key not in _LAST]
    blocks.append(_waiting(report, everything, width, paint))
    blocks += [_section(section, writer, width, paint) for section in plan if section.key in _LAST]
    blocks.append(_counts(report, everything, width, paint))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


_LAST = ("en_attente", "conforme", "sans_objet")


def render_summary_line(report: Report, name: str, *, color: bool = False, width: int = 80) -> str:
    """Draw a report as one line among others: its name, then how many findings of each verdict."""
    paint = painter(color)
    pairs = [(verdict, len(report.by_verdict(verdict))) for verdict in VERDICTS if verdict != SANS_OBJET]
    plain = "  ".join(f"{_SUMMARY_SYMBOLS[verdict]} {number:>2}" for verdict, number in pairs)
    drawn = "  ".join(
        paint(f"{_SUMMARY_SYMBOLS[verdict]} {number:>2}", verdict if number else "dim") for verdict, number in pairs
    )
    room = max(width, MIN_WIDTH) - len(plain) - 2
    return f"{shorten(name, room):<{room}}  {drawn}\n"


def _head(report: Report, width: int, paint: Paint) -> list[str]:
    lines = [paint(line, "title") for line in wrap(purchase_line(report), width)]
    lines += wrap(_law_day_line(report), width)
    if report.law_day.note:
        lines += wrap(report.law_day.note, width)
    for note in (*reading_notes(report), *report.notes):
        lines += wrap(note, width, "· ")
    return lines


def _section(section: Section, writer: EntryWriter, width: int, paint: Paint) -> list[str]:
    note = f" — {section.note}" if section.note else ""
    heading = f"{section.title} ({section.size}){note}"
    lines = [paint(line, section.style) for line in wrap(heading, width, "", "  ")]
    apart = section.key not in _LAST or section.key == CONFORME
    for rank, group in enumerate(writer.section(section)):
        lines += ["", *group] if rank and apart else group
    return [*lines, *_folded(section, width)]


def _folded(section: Section, width: int) -> list[str]:
    if not section.folded:
        return []
    named = section.folded if section.key == "a_justifier" else section.folded[:_NAMED_LEVERS]
    titles = " ; ".join(shorten(entry.first.title, 70) for entry in named)
    more = " ; …" if len(section.folded) > len(named) else ""
    gap = [""] if section.entries else []
    return [
        *gap,
        *wrap(f"{folded_lead(section.key, len(section.folded))} : {titles}{more} (--tout pour les lire)", width, "  "),
    ]


def _waiting(report: Report, everything: bool, width: int, paint: Paint) -> list[str]:
    """Gather the rules that wait for an information under what would settle them."""
    number = waiting(report)
    if not number:
        return []
    heading = f"{TO_STATE} — {waiting_rules(number)}"
    lines = [paint(line, "a_verifier") for line in wrap(heading, width, "", "  ")]
    shown = report.resolutions if everything else report.resolutions[:SHOWN_RESOLUTIONS]
    for resolution in shown:
        lines += wrap(settles(resolution), width, "  · ")
    if hidden := len(report.resolutions) - len(shown):
        lines += wrap(f"{other_informations(hidden)} (--tout pour les lire)", width, "  ")
    return lines


def _counts(report: Report, everything: bool, width: int, paint: Paint) -> list[str]:
    told = [f"{VERDICT_TITLES[v]} {rules_with(report, v)}" for v in (CONFORME, SANS_OBJET)]
    if report.not_run:
        told.append(f"{NOT_RUN} {len(report.not_run)}")
    line = " · ".join(told)
    reading = "" if everything else "--tout pour les lire, "
    hint = f"({reading}achats-check expliquer REGLE pour comprendre)"
    gap = width - len(line) - len(hint)
    if gap >= 2:
        lines = [f"{paint(line, 'title')}{' ' * gap}{paint(hint, 'dim')}"]
    else:
        lines = [paint(text, "title") for text in wrap(line, width)]
        lines += [paint(text, "dim") for text in wrap(hint, width)]
    if everything:
        for rule, reason in report.not_run:
            lines += wrap(f"{rule} : {reason}", width, "  · ")
    return lines


def _law_day_line(report: Report) -> str:
    """Say which law is applied, with how many rules, to which pieces."""
    parts = (f"Droit appliqué : {law_day_text(report)}", rules_text(report), pieces_text(report))
    return " · ".join(part for part in parts if part)
