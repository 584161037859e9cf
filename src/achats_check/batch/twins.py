"""Dossiers that an archive holds twice, as the folder and its zip: known by what was read, not by where it lies."""

from hashlib import sha256

from achats_check.model.fact import KNOWN, Evidence
from achats_check.model.report import Report


def likeness_of(report: Report) -> str:
    """Return what two dossiers have in common when they are the same pieces under other names.

    Returns:
        A hash of the day of the law, of every fact with its passages, and of the verdicts; "" for a dossier of which
        too little is known to be told from another.
    """
    subject = report.fact("objet")
    if subject is None or subject.status != KNOWN:
        return ""
    facts = sorted(
        repr((f.scope, f.name, f.status, f.value, *map(_passage, (*f.evidence, *f.rivals)))) for f in report.facts
    )
    verdicts = sorted(repr((f.rule, f.scope, f.verdict, f.doubt, f.message)) for f in report.findings)
    pieces = sorted(repr((piece.role, piece.pages, piece.status)) for piece in report.inputs)
    told = (report.law_day.date, report.law_day.origin, *pieces, *facts, *verdicts)
    return sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()


def _passage(evidence: Evidence) -> tuple[str, str, int | None, str]:
    place = evidence.location
    return evidence.role, evidence.quote, place.page, place.article


class Twins:
    """The dossiers seen so far; ask it of each, in the order of the names."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def first_of(self, name: str, likeness: str) -> str:
        """Return the name of the first dossier that is like this one; "" when it is the first."""
        first = self._first.setdefault(likeness, name) if likeness else name
        return "" if first == name else first
