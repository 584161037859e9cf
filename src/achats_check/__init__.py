"""Check French public procurement documents against dated law and the Kit RégionalESS.

    from datetime import date
    from achats_check import check

    report = check("CCAP.docx", today=date.today())

Names are imported on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from achats_check.audit_results import AuditResults as AuditResults
    from achats_check.audit_results import audit as audit
    from achats_check.batch.row_types import AsideRow as AsideRow
    from achats_check.batch.row_types import ContractFindingRow as ContractFindingRow
    from achats_check.batch.row_types import DossierRow as DossierRow
    from achats_check.batch.row_types import FactRow as FactRow
    from achats_check.batch.row_types import FindingRow as FindingRow
    from achats_check.batch.row_types import InputRow as InputRow
    from achats_check.batch.row_types import PassageRow as PassageRow
    from achats_check.columns.table_audit import ParquetAudit as ParquetAudit
    from achats_check.columns.table_audit import TableAudit as TableAudit
    from achats_check.dossier import check as check
    from achats_check.errors import AchatsCheckError as AchatsCheckError
    from achats_check.errors import DescriptionError as DescriptionError
    from achats_check.errors import NothingToCheckError as NothingToCheckError
    from achats_check.errors import ReadError as ReadError
    from achats_check.errors import RuleFileError as RuleFileError
    from achats_check.errors import UsageError as UsageError
    from achats_check.law.rulebook import Rulebook as Rulebook
    from achats_check.model.fact import Evidence as Evidence
    from achats_check.model.fact import Fact as Fact
    from achats_check.model.fact import FactSet as FactSet
    from achats_check.model.fact import Location as Location
    from achats_check.model.fact import Scope as Scope
    from achats_check.model.fact import Search as Search
    from achats_check.model.finding import Finding as Finding
    from achats_check.model.finding import ParameterUse as ParameterUse
    from achats_check.model.finding import Reference as Reference
    from achats_check.model.finding import TraceNode as TraceNode
    from achats_check.model.report import InputPiece as InputPiece
    from achats_check.model.report import LawDay as LawDay
    from achats_check.model.report import Report as Report
    from achats_check.model.report import Resolution as Resolution
    from achats_check.model.rule import Rule as Rule
    from achats_check.reports.json_report import report_data as report_data
    from achats_check.reports.schema import report_schema as report_schema
    from achats_check.rules import load_rules as load_rules
    from achats_check.tender import Tender as Tender
    from achats_check.upload import Upload as Upload
    from achats_check.vocabulary import Vocabulary as Vocabulary

__version__ = "0.1.0"

_HOMES = {
    "check": "achats_check.dossier",
    "audit": "achats_check.audit_results",
    "AuditResults": "achats_check.audit_results",
    "AsideRow": "achats_check.batch.row_types",
    "ContractFindingRow": "achats_check.batch.row_types",
    "DossierRow": "achats_check.batch.row_types",
    "FactRow": "achats_check.batch.row_types",
    "FindingRow": "achats_check.batch.row_types",
    "InputRow": "achats_check.batch.row_types",
    "PassageRow": "achats_check.batch.row_types",
    "load_rules": "achats_check.rules",
    "report_data": "achats_check.reports.json_report",
    "report_schema": "achats_check.reports.schema",
    "Tender": "achats_check.tender",
    "Upload": "achats_check.upload",
    "TableAudit": "achats_check.columns.table_audit",
    "ParquetAudit": "achats_check.columns.table_audit",
    "Rulebook": "achats_check.law.rulebook",
    "Report": "achats_check.model.report",
    "Finding": "achats_check.model.finding",
    "Fact": "achats_check.model.fact",
    "FactSet": "achats_check.model.fact",
    "Evidence": "achats_check.model.fact",
    "Location": "achats_check.model.fact",
    "Scope": "achats_check.model.fact",
    "Search": "achats_check.model.fact",
    "InputPiece": "achats_check.model.report",
    "LawDay": "achats_check.model.report",
    "Resolution": "achats_check.model.report",
    "ParameterUse": "achats_check.model.finding",
    "Reference": "achats_check.model.finding",
    "TraceNode": "achats_check.model.finding",
    "Rule": "achats_check.model.rule",
    "Vocabulary": "achats_check.vocabulary",
    "AchatsCheckError": "achats_check.errors",
    "DescriptionError": "achats_check.errors",
    "NothingToCheckError": "achats_check.errors",
    "ReadError": "achats_check.errors",
    "RuleFileError": "achats_check.errors",
    "UsageError": "achats_check.errors",
}

__all__ = ["__version__", *sorted(_HOMES)]  # names come from one table


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
