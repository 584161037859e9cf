"""A judged dossier as a row of the generic table (``docs/tables.md``): what is known of the market as a whole."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.columns.reading import STRUCTS, Column, usual_column
from achats_check.columns.rows import stated_scope
from achats_check.model.fact import ABSENT, KNOWN, Fact
from achats_check.model.report import Report
from achats_check.vocabulary import Vocabulary

CONTROL = {
    "uid": Column("string"),
    "source": Column("string"),
    "rang": Column("integer"),
    "annee": Column("integer"),
    "titulaires": Column("strings"),
    "titulaires_noms": Column("strings"),
    "date_publication": Column("day"),
    "montant_initial_ht": Column("float"),
    "duree_initiale_mois": Column("integer"),
    "avenants": Column("integer"),
    "considerations_sociales": Column("strings"),
    "considerations_environnementales": Column("strings"),
    "etat_sociales": Column("string"),
    "etat_environnementales": Column("string"),
    "repares": Column("strings"),
    "refuses": Column("strings"),
}
"""Columns of the generic table that are no facts, with their kinds."""
_SURE = 0.6
"""Confidence under which a fact read in a piece accuses nobody, nor is counted."""
_SCOPES = {"marche", "acheteur"}


def consultation_columns(vocabulary: Vocabulary) -> dict[str, Column]:
    """Return the columns of the table of consultations, the same whatever the dossiers: control columns, then facts."""
    facts = {name: usual_column(spec) for name, spec in vocabulary.items() if _SCOPES.intersection(spec.scopes)}
    return {**CONTROL, **dict(sorted(facts.items()))}


def consultation_row(path: str, report: Report, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the columns of a consultation that are known; those of its lots alone are left out."""
    row: dict[str, Any] = {"uid": path, "source": path, "rang": 1}
    row |= dict(sorted(_known(report, vocabulary)))
    notified = row.get("execution.date_notification")
    return row | ({"annee": int(notified[:4])} if notified else {})


def _known(report: Report, vocabulary: Vocabulary) -> Iterator[tuple[str, Any]]:
    for fact in report.facts:
        spec = vocabulary.get(fact.name)
        if spec is not None and _is_stated(fact) and fact.scope == stated_scope(spec):
            yield fact.name, _cell(fact.value, usual_column(spec))


def _is_stated(fact: Fact) -> bool:
    return fact.status in (KNOWN, ABSENT) and fact.value is not None and fact.confidence >= _SURE


def _cell(value: Any, column: Column) -> Any:
    """Return a value as its column holds it: amounts as floats, days as ISO texts, records with all their fields."""
    if column.kind == STRUCTS:
        return [{name: _plain(item.get(name)) for name, _ in column.fields} for item in value]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _plain(value) if column.kind != "integer" else int(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value
