"""The plan of a report for people: which findings are told one by one, which are gathered, in which order."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from achats_check.model.finding import (
    A_VERIFIER,
    ALERTE,
    APPLICABILITE,
    CONFORME,
    DROIT,
    JUSTIFICATION,
    LANCEMENT,
    NON_CONFORME,
    OPPORTUNITE,
    RESPECT,
    SANS_OBJET,
    Finding,
    TraceNode,
)
from achats_check.model.report import Report
from achats_check.model.rule import LEVERS

SHOWN_LEVERS = 5
SHOWN_RESOLUTIONS = 6


class Entry(NamedTuple):
    """What one rule says in one section: one finding, or one for each lot."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that speaks for all: title, law and remedy are the same for every lot."""
        return self.findings[0]


class Section(NamedTuple):
    """A titled list of entries."""

    key: str
    """Its key in the plan below: "non_conforme", "a_justifier", "en_attente" …"""
    title: str
    symbol: str
    style: str
    """Verdict whose colour the section has."""
    note: str
    """What the section means, in French, or ""."""
    entries: tuple[Entry, ...]
    folded: tuple[Entry, ...] = ()
    """Entries that are only named."""

    @property
    def size(self) -> int:
        """How many rules the section holds; one that speaks of several lots counts once."""
        return len(self.entries) + len(self.folded)


class _Planned(NamedTuple):
    """A section as it is drawn when it has something to say."""

    key: str
    verdict: str
    title: str
    symbol: str
    doubts: tuple[str, ...] = ()
    """For A_VERIFIER: the doubts it tells; () for all."""
    note: str = ""


_PLAN = (
    _Planned("non_conforme", NON_CONFORME, "NON CONFORME", "✗"),
    _Planned(
        "a_justifier",
        A_VERIFIER,
        "À JUSTIFIER",
        "!",
        (JUSTIFICATION,),
        "licite seulement si un motif est conservé au dossier",
    ),
    _Planned(
        "a_examiner",
        A_VERIFIER,
        "À EXAMINER",
        "!",
        (ALERTE,),
        "un signe dans les pièces, qu'une personne doit apprécier",
    ),
    _Planned("opportunite", OPPORTUNITE, "OPPORTUNITÉS", "◇"),
    _Planned(
        "a_verifier",
        A_VERIFIER,
        "À VÉRIFIER",
        "?",
        (LANCEMENT, RESPECT, DROIT, ""),
        "la règle s'applique, son respect reste à établir",
    ),
    _Planned("en_attente", A_VERIFIER, "EN ATTENTE D'UNE INFORMATION", "?"),
    _Planned("conforme", CONFORME, "CONFORME", "✓"),
    _Planned("sans_objet", SANS_OBJET, "SANS OBJET", "–"),
)
_ON_DEMAND = ("en_attente", "conforme", "sans_objet")


def sections(report: Report, *, everything: bool = False) -> tuple[Section, ...]:
    """Return the sections that have something to say, in the order people read them.

    Args:
        report: What was found.
        everything: Also list what is respected, out of scope or of unknown applicability, and fold nothing.
    """
    found = []
    for planned in _PLAN:
        if planned.key in _ON_DEMAND and not everything:
            continue
        entries = _by_rule(_told_in(planned, report))
        if not entries:
            continue
        shown, folded = (entries, ()) if everything else _fold(planned.key, entries)
        found.append(Section(planned.key, planned.title, planned.symbol, planned.verdict, planned.note, shown, folded))
    return tuple(found)


def _told_in(planned: _Planned, report: Report) -> Iterator[Finding]:
    """Yield the findings of a section: a doubt stands under its reason, or waits with those that are gathered."""
    for finding in report.by_verdict(planned.verdict):
        if planned.doubts and finding.doubt not in planned.doubts:
            continue
        waits = gathered(finding, profile=report.profile_given)
        if finding.verdict != A_VERIFIER or waits is (planned.key == "en_attente"):
            yield finding


def _fold(key: str, entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Split entries into those told in full and those only named.

    Levers beyond the first few are named; so are the duties that live in the buyer's own file and of which no
    tender document could say anything (an estimate's note, the trace of a choice).
    """
    if key == "opportunite":
        return entries[:SHOWN_LEVERS], entries[SHOWN_LEVERS:]
    if key != "a_justifier":
        return entries, ()
    kept = tuple(entry for entry in entries if _documents_say_something(entry.first))
    return kept, tuple(entry for entry in entries if entry not in kept)


def _documents_say_something(finding: Finding) -> bool:
    return bool(finding.search and finding.search.pieces) or any(map(_alternative_failed, finding.trace))


def _alternative_failed(node: TraceNode) -> bool:
    """Say whether the pieces, or a declaration, already set aside one way to respect the rule."""
    here = node.verb == "un_des" and node.result is None and any(child.result is False for child in node.children)
    return here or any(map(_alternative_failed, node.children))


def gathered(finding: Finding, *, profile: bool) -> bool:
    """Say whether a doubt is told only under what would settle it, and not by itself.

    Told one by one: the duties that apply to this purchase and whose respect is unknown, and the signs a person
    must judge. Gathered: rules that may not apply, levers that may already be used, and the duties of the
    buyer's organisation as long as its profile was not given.
    """
    if finding.verdict != A_VERIFIER or finding.doubt == ALERTE:
        return False
    if finding.doubt == APPLICABILITE or finding.nature in LEVERS:
        return True
    return finding.scope.kind == "acheteur" and not profile


def waiting(report: Report) -> int:
    """How many rules wait for an information and are not told one by one."""
    return len({f.rule for f in report.findings if gathered(f, profile=report.profile_given)})


def told_at_the_head(report: Report, listed: Iterable[Section]) -> frozenset[str]:
    """Return the reserves that the head of the report says once for all: the listed rules need not repeat them."""
    reserves = {entry.first.reserve for section in listed for entry in (*section.entries, *section.folded)}
    return frozenset(reserve for reserve in reserves if reserve and reserve in report.law_day.note)


def _by_rule(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    return tuple(Entry(tuple(group)) for group in groups.values())
