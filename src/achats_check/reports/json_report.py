"""The report as JSON, for programs: everything the check knows, nothing folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.garbage import not_searched
from achats_check.model.fact import Evidence, Fact, Scope, Search
from achats_check.model.finding import VERDICTS, Finding, ParameterUse, Reference, TraceNode
from achats_check.model.report import InputPiece, Report
from achats_check.model.rule import SCOPES
from achats_check.vocabulary import Vocabulary

SCHEMA_VERSION = "1"
TOOL_NAME = "achats-check"

Json = dict[str, Any]


def render_json(report: Report, vocabulary: Vocabulary) -> str:
    """Return the report as indented JSON text, ended by a newline; the same report gives the same text."""
    import json

    with not_searched():
        return json.dumps(report_data(report, vocabulary), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def render_facts_json(report: Report, vocabulary: Vocabulary) -> str:
    """Return what was read as indented JSON text: the ``inputs`` and the ``facts`` of a report."""
    import json

    data = {
        "schema_version": SCHEMA_VERSION,
        "inputs": [_input(piece) for piece in report.inputs],
        "facts": _facts(report, vocabulary),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def render_pieces_json(pieces: Sequence[InputPiece], missing: Sequence[str]) -> str:
    """Return the list of the pieces as indented JSON text: the ``inputs`` of a report, and the roles not supplied."""
    import json

    data = {
        "schema_version": SCHEMA_VERSION,
        "inputs": [_input(piece) for piece in pieces],
        "missing_roles": list(missing),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def report_data(report: Report, vocabulary: Vocabulary) -> Json:
    """Return the report as plain data that ``json`` can write (see ``reports.schema``).

    Dates are ISO texts. Amounts and rates are whole numbers when they are whole, else the number written
    as the decimal is, exact up to fifteen significant digits.

    Args:
        report: What was found.
        vocabulary: Units of the facts.
    """
    day = report.law_day
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": TOOL_NAME, "version": report.tool_version, "rules_version": report.rules_version},
        "law_day": {"date": day.date.isoformat(), "origin": day.origin, "note": day.note},
        "inputs": [_input(piece) for piece in report.inputs],
        "facts": _facts(report, vocabulary),
        "findings": [_finding(finding) for finding in sorted(report.findings, key=_finding_order)],
        "summary": {
            "by_verdict": {verdict: len(report.by_verdict(verdict)) for verdict in VERDICTS},
            "not_run": [{"rule": rule, "reason": reason} for rule, reason in sorted(report.not_run)],
            "resolutions": [
                {"kind": r.kind, "name": r.name, "advice": r.advice, "rules": list(r.rules), "settled": r.settled}
                for r in report.resolutions
            ],
        },
        "notes": list(report.notes),
    }


def _order(scope: Scope) -> tuple[int, int, str]:
    """Sort scopes by kind, then lots by number: 2 before 10."""
    number = int(scope.id) if scope.id.isdecimal() else 10**9
    return (SCOPES.index(scope.kind), number, scope.id)


def _finding_order(finding: Finding) -> tuple[Any, ...]:
    return (VERDICTS.index(finding.verdict), finding.rank, finding.rule, _order(finding.scope))


def _input(piece: InputPiece) -> Json:
    return {**piece._asdict(), "also": list(piece.also), "lots": list(piece.lots)}


def _facts(report: Report, vocabulary: Vocabulary) -> list[Json]:
    ordered = sorted(report.facts, key=lambda fact: (*_order(fact.scope), fact.name))
    return [_fact(fact, vocabulary) for fact in ordered]


def _fact(fact: Fact, vocabulary: Vocabulary) -> Json:
    spec = vocabulary.get(fact.name)
    return {
        "name": fact.name,
        "scope": _scope(fact.scope),
        "value": plain_value(fact.value),
        "unit": spec.unit if spec else "",
        "status": fact.status,
        "origin": fact.origin,
        "confidence": fact.confidence,
        "evidence": [_evidence(e) for e in fact.evidence],
        "rivals": [_evidence(e) for e in fact.rivals],
        "searched": _search(fact.search),
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "theme": finding.theme,
        "nature": finding.nature,
        "verdict": finding.verdict,
        "doubt": finding.doubt,
        "severity": finding.severity,
        "scope": _scope(finding.scope),
        "message": finding.message,
        "why": finding.why,
        "remedy": finding.remedy,
        "reserve": finding.reserve,
        "missing_facts": list(finding.missing_facts),
        "missing_pieces": list(finding.missing_pieces),
        "trace": [_trace(node) for node in finding.trace],
        "references": [_reference(ref) for ref in finding.references],
        "parameters": [_parameter(use) for use in finding.parameters],
        "evidence": [_evidence(e) for e in finding.evidence],
        "searched": _search(finding.search),
        "fingerprint": finding.fingerprint,
        "rank": finding.rank,
    }


def _scope(scope: Scope) -> Json:
    return {"kind": scope.kind, "id": scope.id}


def _evidence(evidence: Evidence) -> Json:
    found = {
        "document": evidence.document,
        "role": evidence.role,
        "location": evidence.location._asdict(),
        "quote": evidence.quote,
    }
    if evidence.value is not None:
        found["value"] = plain_value(evidence.value)
    return found


def _search(search: Search | None) -> Json | None:
    if search is None:
        return None
    return {
        "pieces": list(search.pieces),
        "missing": list(search.missing),
        "sections": search.sections,
        "vocabulary": list(search.vocabulary),
        "nearest": _evidence(search.nearest) if search.nearest else None,
        "nearest_reason": search.nearest_reason,
    }


def _trace(node: TraceNode) -> Json:
    return {
        "verb": node.verb,
        "result": node.result,
        "fact": node.fact,
        "actual": plain_value(node.actual),
        "status": node.status,
        "expected": [plain_value(value) for value in node.expected],
        "parameter": node.parameter,
        "scope": _scope(node.scope) if node.scope else None,
        "children": [_trace(child) for child in node.children],
    }


def _reference(ref: Reference) -> Json:
    if ref.kind == "droit":
        return {
            "kind": ref.kind,
            "text": ref.text,
            "article": ref.article,
            "from": _day(ref.since),
            "to": _day(ref.until),
            "checked_on": _day(ref.checked_on),
        }
    keys = ("kind", "text", "document", "fiche", "page", "heading", "entry")
    return {key: getattr(ref, key) for key in keys}


def _parameter(use: ParameterUse) -> Json:
    return {
        "name": use.name,
        "label": use.label,
        "value": plain_value(use.value),
        "unit": use.unit,
        "from": _day(use.since),
        "to": _day(use.until),
        "basis": use.basis,
        "confidence": use.confidence,
        "kit_value": plain_value(use.kit_value),
        "kit_text": use.kit_text,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def plain_value(value: Any) -> Any:
    """Turn a value of the model into what ``json`` writes."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain_value(item) for key, item in value.items()}
    return value
