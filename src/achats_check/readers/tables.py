"""Tables of contracts given as a piece: known by their columns, and refused: a text of them says nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from achats_check.readers.encodings import decoded
from achats_check.readers.sniff import HEAD_BYTES

if TYPE_CHECKING:
    from pathlib import Path

_EXTENSIONS = (".csv", ".tsv")
_SEPARATORS = ",;\t|"
_PARQUET = b"PAR1"
_OCDS = re.compile(r'"(?:ocid|releases|compiledRelease)"\s*:')
_FACT = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+")
"""A column named after a fact: no other table has names like « acheteur.categorie »."""
_FEWEST_FACTS = 2


def is_table_of_contracts(path: Path, kind: str) -> bool:
    """Say whether a file is a table of contracts, which only an audit reads.

    Args:
        path: The file.
        kind: What ``sniff`` says it is.

    Raises:
        OSError: The file cannot be opened.
    """
    if kind == "unknown":
        return _head(path).startswith(_PARQUET)
    if kind == "json":
        return _OCDS.search(decoded(_head(path)) or "") is not None
    return kind == "text" and path.suffix.lower() in _EXTENSIONS and _has_columns(path)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _has_columns(path: Path) -> bool:
    from achats_check.readers.notices.flat import TabularShape, load_columns

    data = _head(path)
    first = (decoded(data, cut=len(data) == HEAD_BYTES) or "").lstrip("\ufeff").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    columns = [cell.strip().strip('"').strip() for cell in first.split(separator)]
    if sum(_FACT.fullmatch(column) is not None for column in columns) >= _FEWEST_FACTS:
        return True
    return TabularShape(columns, load_columns()).fits
