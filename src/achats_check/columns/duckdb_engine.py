"""A table judged in DuckDB: larger than memory, in one pass; the only place that names DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from achats_check.columns import reading as r
from achats_check.columns.expression import Node
from achats_check.columns.reading import Column
from achats_check.columns.sql_query import query
from achats_check.columns.sql_writer import literal, quoted
from achats_check.errors import UsageError

if TYPE_CHECKING:
    import duckdb

_KINDS = (
    (r"BOOLEAN", r.BOOLEAN),
    (r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?", r.INTEGER),
    (r"FLOAT|DOUBLE|REAL", r.FLOAT),
    (r"DECIMAL\(.*\)", r.DECIMAL),
    (r"DATE", r.DAY),
    (r"TIMESTAMP.*", r.MOMENT),
    (r"VARCHAR|ENUM\(.*\)", r.STRING),
    (r"\"?NULL\"?", r.NOTHING),
)


_PLANNING = (
    "expression_rewriter",
    "filter_pullup",
    "filter_pushdown",
    "regex_range",
    "in_clause",
    "join_order",
    "deliminator",
    "unnest_rewriter",
    "statistics_propagation",
    "common_subexpressions",
    "common_aggregate",
    "limit_pushdown",
    "top_n",
    "build_side_probe_side",
    "compressed_materialization",
    "duplicate_groups",
    "reorder_filter",
    "sampling_pushdown",
    "join_filter_pushdown",
    "extension",
    "materialized_cte",
    "late_materialization",
    "cte_inlining",
)
"""Passes of DuckDB's planner that look again at every expression: on some thousands of them they take half a minute
and find nothing, each node being computed once already. Those that drop unused columns are kept."""


def connected() -> duckdb.DuckDBPyConnection:
    """Return a connection in memory that downloads nothing and plans these queries in no time."""
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    connection.execute("SET enable_progress_bar = false")  # it would be written among the results
    known: list[str] = []
    for one in _PLANNING:
        try:
            connection.execute(f"SET disabled_optimizers = '{','.join([*known, one])}'")
            known.append(one)
        except duckdb.Error:  # a pass that this version of DuckDB does not have
            connection.execute(f"SET disabled_optimizers = '{','.join(known)}'")
    return connection


def columns_of(relation: duckdb.DuckDBPyRelation) -> dict[str, Column]:
    """Return the columns of a DuckDB relation."""
    return {name: _column(type) for name, type in zip(relation.columns, relation.types, strict=True)}


def _column(type: Any) -> Column:
    if type.id != "list":
        return Column(_kind(type))
    inner = type.children[0][1]
    if inner.id == "struct":
        return Column(r.STRUCTS, tuple((name, _kind(field)) for name, field in inner.children))
    kind = _kind(inner)
    if kind in r.NUMERIC_KINDS:
        return Column(r.AMOUNTS)
    return Column({r.STRING: r.STRINGS, r.NOTHING: r.NOTHING}.get(kind, str(type)))


def _kind(type: Any) -> str:
    text = str(type)
    return next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, text)), text)


@contextmanager
def opened(files: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, Column]]]:
    """Open Parquet files (a path, or a pattern) as the view ``contrats``, closed afterwards; give it and its columns.

    Raises:
        UsageError: Files that are not there, or no Parquet.
    """
    import duckdb

    with closing(connected()) as connection:
        try:
            relation = connection.read_parquet(files)
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise UsageError(f"{files} : table illisible ({said}). Donner un fichier Parquet.") from None
        connection.register("contrats", relation)
        yield connection, columns_of(relation)


def counted(connection: duckdb.DuckDBPyConnection, masks: Mapping[Any, Node]) -> tuple[int, dict[Any, int]]:
    """Count the rows of the view ``contrats``, and those where each mask is true."""
    named = {f"m{rank}": node for rank, node in enumerate(masks.values())}
    sums = "".join(f', coalesce(count_if("{name}"), 0)' for name in named)
    (row,) = connection.execute(f"SELECT count(*){sums} FROM ({query('contrats', named).nested})").fetchall()
    return int(row[0]), dict(zip(masks, map(int, row[1:]), strict=True))


def write_listed(
    connection: duckdb.DuckDBPyConnection, key: str, masks: Mapping[tuple[str, tuple[str, str]], Node], target: str
) -> None:
    """Write, as Parquet, one row for each row of the view ``contrats`` and each mask that is true there."""
    named = {f"m{rank}": node for rank, node in enumerate(masks.values())}
    found = query("contrats", named, [key]).nested
    ranks = ", ".join(f'CASE WHEN "{name}" THEN {rank} END' for rank, name in enumerate(named))
    rows = ", ".join(
        f"({rank}, {literal(rule)}, {literal(verdict)}, {literal(doubt)})"
        for rank, (rule, (verdict, doubt)) in enumerate(masks)
    )
    held = f"list_filter([{ranks}], lambda r: r IS NOT NULL)" if named else "CAST([] AS INTEGER[])"
    noms = f"(VALUES {rows or '(-1, NULL, NULL, NULL)'}) AS noms(rang, regle, verdict, doute)"
    connection.execute(
        f"COPY (SELECT {quoted(key)}, regle, verdict, doute FROM "
        f"(SELECT {quoted(key)}, unnest({held}) AS rang FROM ({found})) JOIN {noms} USING (rang)) "
        f"TO {literal(target)} (FORMAT parquet)"
    )
