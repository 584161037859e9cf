"""A disk that fills up while contracts are put together or judged: told as such, whoever was writing."""

from __future__ import annotations

import errno
import gc
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from achats_check.contracts import assembling
from achats_check.contracts.judging import PartitionTask, contract_audit, judge_partition
from achats_check.contracts.partitions import schema_of, write_part

if TYPE_CHECKING:
    import duckdb

    from achats_check.law.rulebook import Rulebook

ROWS = 20


@pytest.fixture
def source(tmp_path: Path, book: Rulebook) -> Path:
    """A source read already."""
    schema = schema_of(("objet",), book.vocabulary, hidden=True)
    ranks = range(ROWS)
    given = {
        "uid": [sha256(str(rank).encode()).hexdigest() for rank in ranks],
        "source": ["a.json"] * ROWS,
        "rang": list(ranks),
        "objet": [f"Achat {rank}" for rank in ranks],
    }
    (tmp_path / "source").mkdir()
    columns = {field.name: given.get(field.name, [None] * ROWS) for field in schema}
    write_part(tmp_path / "source", 0, pa.table(columns, schema=schema))
    return tmp_path / "source"


def test_a_disk_that_duckdb_fills_is_a_full_disk(
    source: Path, tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB has errors of its own; for who asked, the disk is full, nothing is there, and the next try succeeds."""
    bound = assembling._bound

    def short(connection: duckdb.DuckDBPyConnection, work: Path) -> None:
        bound(connection, work)
        connection.execute("SET max_temp_directory_size = '1MB'")
        connection.execute("CREATE TEMP TABLE long AS SELECT md5(range::VARCHAR) FROM range(2_000_000)")

    with monkeypatch.context() as patched:
        patched.setattr(assembling, "MEMORY", "30MB")
        patched.setattr(assembling, "_bound", short)
        with pytest.raises(OSError, match="No space left") as raised:
            assembling.assemble([source], tmp_path / "contrats", tmp_path / "travail", book)
    assert raised.value.errno == errno.ENOSPC
    assert not (tmp_path / "contrats").exists()
    assert assembling.assemble([source], tmp_path / "contrats", tmp_path / "travail", book).contracts == ROWS


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_disk_that_the_violations_fill_is_a_full_disk(
    source: Path, tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Polars has errors of its own too; nothing of what was to be written is left that cannot be freed."""
    complaints: list[sys.UnraisableHookArgs] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    (tmp_path / "constats.encours").symlink_to("/dev/full")
    task = PartitionTask(str(source / "part-00000.parquet"), str(tmp_path / "constats.parquet"), date(2026, 11, 21))
    assert _number_of_failure(task, book) == errno.ENOSPC
    gc.collect()
    assert complaints == []


def _number_of_failure(task: PartitionTask, book: Rulebook) -> int | None:
    """Return the number of the error of a partition that cannot be judged, which keeps itself alive through here."""
    with pytest.raises(OSError, match="No space left") as raised:
        judge_partition(task, contract_audit(book, task.today))
    return raised.value.errno
