"""Partitions of every source → the partitions of the generic table, in bounded memory, sorted by contract."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from achats_check.contracts.merging import grouped, merged
from achats_check.contracts.partitions import HIDDEN, ROWS, PartitionWriter, schema_of, write_part
from achats_check.contracts.quality import Merge
from achats_check.contracts.successive import NUMBERED, joined
from achats_check.law.rulebook import Rulebook
from achats_check.readers.notices.flat import VERSION

if TYPE_CHECKING:
    import duckdb
    import pyarrow

MEMORY = "600MB"
"""What DuckDB keeps before it goes to disk."""
_FETCHED = 20_000
_GROUP = "groupe"
"""Column of the rows that may be of one contract: they have the same text in it."""
_EVENTS = ("identical", "superseded", "versions", "shared_names", "undated", "revalued", "doubtful")
_FULL = ("max_temp_directory_size", "No space left on device")
"""What DuckDB says of a disk that has no more room for what memory does not hold."""


def assemble(folders: Sequence[Path], target: Path, work: Path, book: Rulebook) -> Merge:
    """Write the generic table from the folders that ``read_source`` filled.

    Args:
        folders: One for each source, in any order.
        target: The folder of the partitions, made anew: it appears under its name once all is written.
        work: A folder for what does not fit in memory; emptied afterwards.
        book: The vocabulary.

    Raises:
        OSError: Nothing can be written; the target is then as it was.
    """
    from achats_check.columns.duckdb_engine import connected

    files = sorted(str(file) for folder in folders for file in folder.glob("part-*.parquet"))
    facts = sorted({name for folder in folders for name in _facts(folder, book)})
    started = target.with_name(f"{target.name}.encours")
    for folder in (started, work):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with _filling_told(work), closing(connected()) as connection:
        _bound(connection, work)
        relation = connection.read_parquet(files, union_by_name=True) if files else None
        if relation is None:
            PartitionWriter(started, schema_of(facts, book.vocabulary)).flush()
            merge = Merge(0, 0)
        else:
            connection.register("lignes", relation)
            merge = _written(connection, facts, started, work, book)
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    started.replace(target)
    return merge


@contextmanager
def _filling_told(work: Path) -> Iterator[None]:
    """Tell a disk that fills up as the system does: DuckDB, and Arrow when it reads it, have errors of their own.

    Raises:
        OSError: The disk is full.
    """
    try:
        yield
    except Exception as error:
        if getattr(error, "errno", None) is None and any(sign in str(error) for sign in _FULL):
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(work)) from error
        raise


def _facts(folder: Path, book: Rulebook) -> Iterable[str]:
    from pyarrow import parquet

    first = next(iter(sorted(folder.glob("part-*.parquet"))), None)
    return () if first is None else (name for name in parquet.read_schema(first).names if name in book.vocabulary)


def _bound(connection: duckdb.DuckDBPyConnection, work: Path) -> None:
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET temp_directory = ?", [str(work / "disque")])
    connection.execute("SET preserve_insertion_order = false")  # every order that matters is asked for


def _written(
    connection: duckdb.DuckDBPyConnection, facts: Sequence[str], target: Path, work: Path, book: Rulebook
) -> Merge:
    _find_repeated(connection)
    ((rows,),) = connection.execute("SELECT count(*) FROM lignes").fetchall()
    events: Counter[str] = Counter()
    disputed: Counter[str] = Counter()
    schema = schema_of(facts, book.vocabulary)
    writer = PartitionWriter(work, schema)
    ordered = f"SELECT * FROM lignes JOIN repetes USING (uid) ORDER BY {_GROUP}, uid, source, rang"
    for group in grouped(_rows(connection, ordered), _GROUP):
        contracts, doubtful = joined(group)
        events["doubtful"] += doubtful
        for contract in contracts:
            tally = merged(contract)
            events += tally.events
            disputed.update(tally.disputed)
            for row in tally.rows:
                writer.add(row)
    writer.flush()
    hidden = ", ".join(HIDDEN)
    connection.register("reunies", connection.read_parquet(str(work / "part-*.parquet")))
    whole = (
        f"SELECT * EXCLUDE ({hidden}) FROM lignes ANTI JOIN repetes USING (uid) UNION ALL BY NAME SELECT * FROM reunies"
    )
    count = _sliced(connection, f"SELECT * FROM ({whole}) ORDER BY uid", schema, target)
    return Merge(rows, count, disputed=dict(sorted(disputed.items())), **_named(events))


def _find_repeated(connection: duckdb.DuckDBPyConnection) -> None:
    """Name the contracts that several rows may describe, and those that one later version does."""
    columns = {row[0] for row in connection.execute("DESCRIBE lignes").fetchall()}
    purpose = "lower(trim(objet))" if "objet" in columns else "NULL"
    connection.execute(
        f"""
        CREATE TEMP TABLE repetes AS
        WITH numerotes AS (
            SELECT DISTINCT uid, left(uid, -2) AS racine, {purpose} AS but
            FROM lignes WHERE regexp_full_match(uid, '{NUMBERED}')
        ), suivis AS (
            SELECT racine, but FROM numerotes WHERE but IS NOT NULL GROUP BY ALL HAVING count(*) > 1
        ), racines AS (SELECT DISTINCT uid, racine FROM numerotes SEMI JOIN suivis USING (racine, but))
        SELECT uid, coalesce(any_value(racine), uid) AS {_GROUP}
        FROM lignes LEFT JOIN racines USING (uid)
        GROUP BY uid HAVING count(*) > 1 OR max({VERSION}) > 0 OR any_value(racine) IS NOT NULL
        """
    )


def _named(events: Counter[str]) -> dict[str, int]:
    return {name: events[name] for name in _EVENTS}


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    for batch in _batches(connection, query, _FETCHED):
        yield from batch.to_pylist()


def _batches(connection: duckdb.DuckDBPyConnection, query: str, rows: int) -> Iterator[pyarrow.RecordBatch]:
    """Yield a result as it comes; DuckDB 1 has another name for it."""
    relation: Any = connection.sql(query)
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
    yield from read(rows)


def _sliced(connection: duckdb.DuckDBPyConnection, query: str, schema: pyarrow.Schema, target: Path) -> int:
    """Write a result in partitions of the same number of rows, and return how many rows there are."""
    import pyarrow as pa

    held: list[pyarrow.Table] = []
    size = parts = count = 0
    for batch in _batches(connection, query, ROWS):
        held.append(pa.Table.from_batches([batch]).select(schema.names).cast(schema))
        size += batch.num_rows
        while size >= ROWS:
            whole = pa.concat_tables(held)
            write_part(target, parts, whole.slice(0, ROWS).combine_chunks())
            held, size, parts, count = [whole.slice(ROWS)], size - ROWS, parts + 1, count + ROWS
    if size or not parts:
        write_part(target, parts, pa.concat_tables(held).combine_chunks() if held else schema.empty_table())
    return count + size


def known_values(partitions: Sequence[Path]) -> dict[str, dict[str, int]]:
    """Return, for each source, how many contracts say each column; "" counts the contracts."""
    from achats_check.columns.duckdb_engine import connected

    with closing(connected()) as connection:
        relation = connection.read_parquet([str(file) for file in partitions])
        connection.register("contrats", relation)
        counts = ", ".join(f'count("{name}")' for name in relation.columns)
        found = connection.execute(f"SELECT source, count(*), {counts} FROM contrats GROUP BY source ORDER BY source")
        return {row[0]: dict(zip(("", *relation.columns), row[1:], strict=True)) for row in found.fetchall()}
