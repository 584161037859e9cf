"""A table judged in DuckDB: larger than memory, in one pass; the only place that names DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from operator import add
from typing import TYPE_CHECKING, Any

from achats_check.columns import reading as r
from achats_check.columns.judge import Judge, Listing, Masks
from achats_check.columns.reading import Column
from achats_check.columns.split import Split
from achats_check.columns.sql_query import query
from achats_check.columns.sql_writer import literal, quoted
from achats_check.errors import UsageError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

BATCH = 16_384
"""Rows read at once: few, so that the memory that DuckDB spares is not spent on them."""
THREADS = 2
"""Threads that read, for the one that decides: each more would hold a group of rows of the file, and then wait."""
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
        connection.execute(f"SET threads = {THREADS}")
        try:
            relation = connection.read_parquet(files)
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise UsageError(f"{files} : table illisible ({said}). Donner un fichier Parquet.") from None
        connection.register("contrats", relation)
        yield connection, columns_of(relation)


def computed(connection: duckdb.DuckDBPyConnection, split: Split, kept: Iterable[str] = ()) -> pa.RecordBatchReader:
    """Return what DuckDB computes of the view ``contrats``, read batch after batch.

    Args:
        connection: An open connection.
        split: What DuckDB computes.
        kept: Columns of the view to keep as they are.
    """
    return connection.sql(query("contrats", split.columns, dict.fromkeys([*kept, *split.kept])).nested).to_arrow_reader(
        BATCH
    )


def counted(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[int]:
    """Count the rows of the view ``contrats``, then those where each truth of a judge is true."""
    totals = [0] * (1 + len(judge.split.wanted))
    for batch in computed(connection, judge.split):
        totals = list(map(add, totals, judge.counts(batch)))
    return totals


def write_listed(connection: duckdb.DuckDBPyConnection, key: str, masks: Masks, target: str) -> None:
    """Write, as Parquet, one row for each row of the view ``contrats`` and each mask that is true there."""
    import pyarrow as pa

    connection.execute("SET threads = 1")  # what is written is held too
    listing = Listing(key, masks)
    batches = computed(connection, listing.split, [key])
    schema = listing.schema(batches.schema.field(key).type)
    rows = pa.RecordBatchReader.from_batches(schema, map(listing.rows, batches))
    with closing(connection.cursor()) as writer:  # another query on the connection would end the one that is read
        writer.register("liste", rows)
        told = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in schema.names[1:])
        writer.execute(f"COPY (SELECT {quoted(key)}, {told} FROM liste) TO {literal(target)} (FORMAT parquet)")
