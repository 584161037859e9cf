"""What the SQL of each warehouse says in its own way; sqlglot translates the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from achats_check.columns.extra import need
from achats_check.columns.sql_writer import FUNCTIONS

DIALECTS = ("duckdb", "postgres", "spark", "bigquery")
_MARK = "ACHATS_"
"""Begins the name of a function that stands for a template until the query is translated."""

_COMMON = {
    "year": "EXTRACT(YEAR FROM {0})",
    "month": "EXTRACT(MONTH FROM {0})",
    "day": "EXTRACT(DAY FROM {0})",
    "item": "LEFT(i, 8)",
    "lower": "LOWER({0})",
}
_POSTGRES = {
    **_COMMON,
    "pack": "CASE WHEN CARDINALITY({0}) = 0 THEN CHR(31) WHEN ARRAY_POSITION({0}, NULL) IS NULL "
    "THEN CHR(31) || ARRAY_TO_STRING({0}, CHR(31)) || CHR(31) END",
    "matches": "({0} ~ {1})",
    "holds": "(STRPOS({0}, {1}) > 0)",
    "repack": "(CHR(31) || REGEXP_REPLACE({0}, {1}, CHR(31), 'g') || CHR(31))",
    "div": "DIV({0}, {1})",
    "wide": "CAST({0} AS DECIMAL)",
    "wide_div": "DIV({0}, {1})",
    "first_item": "SPLIT_PART({0}, CHR(31), 2)",
    "all_items": "(NOT EXISTS(SELECT 1 FROM UNNEST(STRING_TO_ARRAY(BTRIM({0}, CHR(31)), CHR(31))) AS u(i) "
    "WHERE NOT {1}))",
    "strip": "BTRIM({0}, {1})",
    "make_year_end": "MAKE_DATE({0}, 12, 31)",
    "days_before": "({0} - {1})",
    "days_between": "({0} - {1})",
}
_SPARK = {
    **_COMMON,
    "pack": "CASE WHEN SIZE({0}) = 0 THEN CHAR(31) WHEN NOT EXISTS({0}, i -> i IS NULL) "
    "THEN CONCAT(CHAR(31), ARRAY_JOIN({0}, CHAR(31)), CHAR(31)) END",
    "matches": "({0} RLIKE {1})",
    "holds": "(INSTR({0}, {1}) > 0)",
    "repack": "CONCAT(CHAR(31), REGEXP_REPLACE({0}, {1}, CHAR(31)), CHAR(31))",
    "div": "({0} DIV {1})",
    "wide": "CAST({0} AS DECIMAL(38, 0))",
    # Its DIV gives a BIGINT, and a quotient past it is an error or nonsense.
    "wide_div": "CAST((({0}) - ({0}) % ({1})) / ({1}) AS DECIMAL(38, 0))",
    "first_item": "SPLIT_PART({0}, CHAR(31), 2)",
    "all_items": "FORALL(SPLIT(TRIM(BOTH CHAR(31) FROM {0}), CHAR(31)), i -> {1})",
    "strip": "TRIM(BOTH {1} FROM {0})",
    "make_year_end": "MAKE_DATE({0}, 12, 31)",
    "days_before": "DATE_SUB({0}, {1})",
    "days_between": "DATEDIFF({0}, {1})",
}
_BIGQUERY = {
    **_COMMON,
    # A list that was null is stored there as an empty one: an empty list proves nothing.
    "pack": "CASE WHEN ARRAY_LENGTH({0}) > 0 THEN CHR(31) || ARRAY_TO_STRING({0}, CHR(31)) || CHR(31) END",
    "matches": "REGEXP_CONTAINS({0}, {1})",
    "holds": "(STRPOS({0}, {1}) > 0)",
    "repack": "(CHR(31) || REGEXP_REPLACE({0}, {1}, CHR(31)) || CHR(31))",
    "div": "DIV({0}, {1})",
    "wide": "CAST({0} AS BIGNUMERIC)",
    "wide_div": "DIV({0}, {1})",
    "first_item": "SPLIT({0}, CHR(31))[SAFE_OFFSET(1)]",
    "all_items": "(NOT EXISTS(SELECT 1 FROM UNNEST(SPLIT(TRIM({0}, CHR(31)), CHR(31))) AS i WHERE NOT {1}))",
    "strip": "TRIM({0}, {1})",
    "make_year_end": "DATE({0}, 12, 31)",
    "days_before": "DATE_SUB({0}, INTERVAL {1} DAY)",
    "days_between": "DATE_DIFF({0}, {1}, DAY)",
}
TEMPLATES: Mapping[str, Mapping[str, str]] = {
    "duckdb": FUNCTIONS,
    "postgres": _POSTGRES,
    "spark": _SPARK,
    "bigquery": _BIGQUERY,
}


def marks(dialect: str) -> Mapping[str, str]:
    """Return what the writer puts for each function: DuckDB's own words, or marks to translate."""
    if dialect == "duckdb":
        return FUNCTIONS
    return {name: f"{_MARK}{name.upper()}({_arguments(template)})" for name, template in FUNCTIONS.items()}


def _arguments(template: str) -> str:
    return ", ".join(f"{{{rank}}}" for rank in range(3) if f"{{{rank}}}" in template)


def translated(text: str, dialect: str) -> str:
    """Return a query of the writer in the SQL of a dialect, laid out for people.

    Raises:
        UsageError: sqlglot is not installed.
    """
    need("sqlglot")
    import sqlglot
    from sqlglot import expressions as exp

    tree = sqlglot.parse_one(text, read="duckdb")
    templates = TEMPLATES[dialect]

    def replaced(node: Any) -> Any:
        if not isinstance(node, exp.Anonymous) or not str(node.this).upper().startswith(_MARK):
            return node
        name = str(node.this).removeprefix(_MARK).lower()
        # From the inside out: an argument may hold a mark itself.
        args = [argument.transform(replaced).sql(dialect) for argument in node.expressions]
        if dialect == "postgres":  # there, digits that follow would be read as part of \x1f
            args = [argument.replace("\\x1f", "\\u001f") for argument in args]
        return sqlglot.parse_one(templates[name].format(*args), read=dialect)

    found = tree.transform(replaced)
    if dialect == "bigquery":  # which admits no dot in the name of a column
        for identifier in found.find_all(exp.Identifier):
            identifier.set("this", identifier.this.replace(".", "__"))
    if dialect == "postgres":  # which writes a step into the next, again for each use: its planner never ends
        for step in found.find_all(exp.CTE):
            step.set("materialized", True)
    return str(found.sql(dialect, pretty=True, comments=False))
