"""What the synthesis needs of one dossier, and nothing more: thousands of them are summed up in a small memory."""

from collections import Counter
from typing import Any, NamedTuple

from achats_check.batch.twins import likeness_of
from achats_check.model.finding import A_VERIFIER, NON_CONFORME, SANS_OBJET, Finding
from achats_check.model.report import Report
from achats_check.model.rule import SEVERITIES
from achats_check.reports.citing import kit_citations, law_citations, passage
from achats_check.reports.wording import lot_label
from achats_check.wording import flatten, shorten

Row = dict[str, Any]
_CARDS = 5
"""Most serious faults of a dossier kept as cards; the others are counted, and stand in the file of findings."""
_LONG = 400


class Counted(NamedTuple):
    """How many findings of a rule have a verdict in a dossier."""

    rule: str
    title: str
    nature: str
    severity: str
    verdict: str
    """A verdict; for a_verifier, the doubt (``model.finding.DOUBTS``)."""
    number: int


def digest_of(report: Report) -> Row:
    """Return the digest of a report, as plain data.

    Returns:
        "cards": the most serious faults, those of a rule in several lots together; "rules": the fields of `Counted`;
        "resolutions": what to do, and how many rules it would settle; "likeness": see `twins`.
    """
    found = Counter((f.rule, f.title, f.nature, f.severity, _verdict(f)) for f in report.findings)
    return {
        "cards": [_card(faults) for faults in _by_rule(report)[:_CARDS]],
        "rules": [[*key, count] for key, count in sorted(found.items()) if key[-1] != SANS_OBJET],
        "resolutions": [[_said(r.advice), len(r.rules)] for r in report.resolutions],
        "likeness": likeness_of(report),
    }


def _by_rule(report: Report) -> list[list[Finding]]:
    """Return the faults of each rule that say the same, the most serious first."""
    faults: dict[tuple[str, str], list[Finding]] = {}
    for fault in report.by_verdict(NON_CONFORME):
        faults.setdefault((fault.rule, fault.message), []).append(fault)
    return sorted(faults.values(), key=lambda same: (-SEVERITIES.index(same[0].severity), same[0].rank, same[0].rule))


def _verdict(finding: Finding) -> str:
    return finding.doubt if finding.verdict == A_VERIFIER else finding.verdict


def _said(advice: str) -> str:
    """Return what to do, without the option of the command line: it would hold for every dossier of the audit.

    The name of a fact stays: it is the key to write in the side file of the dossier.
    """
    said, _, option = advice.partition(" (--")
    name = option.removeprefix("set ").partition("=")[0]
    return f"{said} ({name})" if option.startswith("set ") else said


def _card(faults: list[Finding]) -> Row:
    first = faults[0]
    return {
        "title": first.title,
        "lots": lot_label(tuple(faults)),
        "message": flatten(first.message),
        "severity": first.severity,
        "quote": shorten(passage(first.evidence[0]), _LONG) if first.evidence else "",
        "reference": next(iter([*law_citations(first.references), *kit_citations(first.references)]), ""),
        "remedy": flatten(first.remedy),
        "rule": first.rule,
    }
