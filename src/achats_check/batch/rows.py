"""From the report of one dossier to the rows of the files of results: plain values, always the same keys."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from achats_check.batch.schemas import DOSSIERS
from achats_check.errors import described
from achats_check.model.fact import ACHETEUR, KNOWN, MARCHE, Evidence, Fact, FactSet, Scope
from achats_check.model.finding import SANS_OBJET, VERDICTS, Finding
from achats_check.model.report import InputPiece, Report
from achats_check.model.rule import SCOPES, SEVERITIES
from achats_check.reports.json_report import plain_value
from achats_check.vocabulary import Vocabulary

JUDGED, UNREAD, SET_ASIDE = "judged", "unread", "set_aside"
"""What became of a dossier: it was judged; none of its pieces could be read; it kills or hangs who reads it."""

_NOTICES = ("eforms", "ted", "boamp", "decp")
Row = dict[str, Any]


def fault_of_ours(error: Exception) -> str:
    """Return the reason of what a bug of ours lost."""
    return f"Défaut du programme ({described(error)}), à signaler : ce n'est pas un verdict."


def failed_row(path: str, status: str, reason: str) -> Row:
    """Return the row of a dossier that could not be judged."""
    none: Row = dict.fromkeys(name for name, _ in DOSSIERS)
    counts = dict.fromkeys(("pieces_read", "pieces_unread", *VERDICTS, *SEVERITIES), 0)
    return {**none, **counts, "path": path, "status": status, "reason": reason, "inputs": [], "notes": []}


def _why_unread(pieces: Sequence[InputPiece]) -> str:
    """Say why nothing of a dossier could be read, by its first piece."""
    said = "Aucune pièce n'a pu être lue."
    if not pieces:
        return said
    first, others = pieces[0], len(pieces) - 1
    more = f" (et {others} autre{'s' if others > 1 else ''} pièce{'s' if others > 1 else ''})" if others else ""
    return f"{said} {first.path.rpartition('/')[2]} : {first.reason}{more}"


def dossier_row(path: str, report: Report) -> Row:
    """Return the row of a dossier: what it is about, its pieces, how many findings of each verdict."""
    read = [piece for piece in report.inputs if piece.status != "unread"]
    known = _Known(report.facts)
    faults = report.by_verdict("non_conforme")
    return {
        "path": path,
        "kind": _kind(report.inputs),
        "status": JUDGED if report.findings else UNREAD,
        "reason": "" if report.findings else _why_unread(report.inputs),
        "law_day": report.law_day.date.isoformat(),
        "law_day_origin": report.law_day.origin,
        "object": known.text("objet"),
        "type": known.text("type"),
        "procedure": known.text("procedure.type"),
        "estimated_value": known.number("valeur_estimee_ht"),
        "buyer": known.text("acheteur.nom"),
        "buyer_siret": known.text("acheteur.siret"),
        "buyer_category": known.text("acheteur.categorie"),
        "pieces_read": len(read),
        "pieces_unread": len(report.inputs) - len(read),
        **{verdict: sum(f.verdict == verdict for f in report.findings) for verdict in VERDICTS},
        **{severity: sum(f.severity == severity for f in faults) for severity in SEVERITIES},
        "inputs": [_input(piece) for piece in report.inputs],
        "notes": list(report.notes),
        "same_as": None,  # known once all are judged
    }


def _kind(pieces: Sequence[InputPiece]) -> str | None:
    """Say what a dossier is made of: a notice alone tells less than pieces do."""
    read = [piece for piece in pieces if piece.status != "unread"]
    if not read:
        return None
    if all(piece.role == "DESCRIPTION" for piece in read):
        return "description"
    return "avis" if all(piece.format in _NOTICES for piece in read) else "pieces"


class _Known:
    """The facts of a consultation that are known, whatever says them."""

    def __init__(self, facts: FactSet) -> None:
        self._facts = facts

    def value(self, name: str) -> Any:
        scope = ACHETEUR if name.startswith("acheteur.") else MARCHE
        fact = self._facts.get(name, scope)
        return fact.value if fact is not None and fact.status == KNOWN else None

    def text(self, name: str) -> str | None:
        value = self.value(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> float | None:
        value = self.value(name)
        return float(value) if isinstance(value, Decimal | int) else None


def _input(piece: InputPiece) -> Row:
    return {
        "path": piece.path,
        "format": piece.format,
        "role": piece.role,
        "status": piece.status,
        "reason": piece.reason,
    }


def finding_rows(path: str, report: Report) -> Iterator[Row]:
    """Yield a row for each finding, in the order of the JSON report, those of rules without object left out."""
    kept = [finding for finding in report.findings if finding.verdict != SANS_OBJET]
    for finding in sorted(kept, key=lambda f: (VERDICTS.index(f.verdict), f.rank, f.rule, *_order(f.scope))):
        yield _finding(path, finding)


def _finding(path: str, finding: Finding) -> Row:
    return {
        "dossier": path,
        "rule": finding.rule,
        "title": finding.title,
        "theme": finding.theme,
        "nature": finding.nature,
        "verdict": finding.verdict,
        "doubt": finding.doubt,
        "severity": finding.severity,
        "scope": finding.scope.kind,
        "scope_id": finding.scope.id,
        "message": finding.message,
        "remedy": finding.remedy,
        "reserve": finding.reserve,
        "missing_facts": list(finding.missing_facts),
        "missing_pieces": list(finding.missing_pieces),
        "law": [ref.text for ref in finding.references if ref.kind == "droit"],
        "kit": [ref.text for ref in finding.references if ref.kind == "kit"],
        "evidence": [_evidence(passage) for passage in finding.evidence],
        "searched": list(finding.search.pieces) if finding.search else [],
        "fingerprint": finding.fingerprint,
        "rank": finding.rank,
    }


def fact_rows(path: str, report: Report, vocabulary: Vocabulary) -> Iterator[Row]:
    """Yield a row for each fact, by scope and name; the value is JSON text, whatever its type."""
    for fact in sorted(report.facts, key=lambda f: (*_order(f.scope), f.name)):
        yield _fact(path, fact, vocabulary)


def _fact(path: str, fact: Fact, vocabulary: Vocabulary) -> Row:
    spec = vocabulary.get(fact.name)
    plain = plain_value(fact.value)
    return {
        "dossier": path,
        "name": fact.name,
        "scope": fact.scope.kind,
        "scope_id": fact.scope.id,
        "value": None if plain is None else json.dumps(plain, ensure_ascii=False),
        "unit": spec.unit if spec else "",
        "status": fact.status,
        "origin": fact.origin,
        "confidence": fact.confidence,
        "evidence": [_evidence(passage) for passage in fact.evidence],
        "rivals": [_evidence(passage) for passage in fact.rivals],
        "searched": list(fact.search.pieces) if fact.search else [],
        "missing_pieces": list(fact.search.missing) if fact.search else [],
    }


def _evidence(passage: Evidence) -> Row:
    place = passage.location
    return {
        "document": passage.document,
        "role": passage.role,
        "page": place.page,
        "article": place.article,
        "heading": place.heading,
        "pointer": place.pointer,
        "quote": passage.quote,
    }


def _order(scope: Scope) -> tuple[int, int, str]:
    """Sort scopes by kind, then lots by number: 2 before 10."""
    return (SCOPES.index(scope.kind), int(scope.id) if scope.id.isdecimal() else 10**9, scope.id)
