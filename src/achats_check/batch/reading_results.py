"""The files of results read back, row by row: a result of any size takes the memory of a few rows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ROWS = 1_000


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON Lines.

    Raises:
        OSError: It cannot be read.
    """
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def partitions(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of the Parquet files of a folder, in the order of their names; none without the folder.

    Raises:
        OSError: One of them cannot be read.
    """
    import pyarrow.parquet as pq

    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS):
                yield from batch.to_pylist()
