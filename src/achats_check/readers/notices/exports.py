"""Exports of the BOAMP's open data: one file of JSON, or lines of it, that holds many notices.

A dossier is one consultation, and refuses such a file; an audit takes its notices out one by one, like the files of
an archive.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from achats_check.errors import ReadError
from achats_check.patterns import compiled
from achats_check.readers import guards
from achats_check.readers.encodings import decoded
from achats_check.readers.notices.bulletin import fields_of, records_of
from achats_check.readers.piece_file import head_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAMES = ("idweb", "id")
"""Fields that name a notice in the open data."""
_LONGEST_NAME = 60
_BEFORE = b"\xef\xbb\xbf \t\r\n"
"""What may stand before the JSON."""


def notices_in(path: Path) -> Mapping[str, bytes]:
    """Return the notices of an export as files of one record each, by their names; none for any other file.

    The last file looked at is remembered: what judges its notices one by one reads it once.

    Raises:
        OSError: The file cannot be opened.
    """
    found = path.stat()
    if found.st_size > guards.MAX_TEXT_BYTES or not head_of(path).lstrip(_BEFORE).startswith((b"{", b"[")):
        return {}
    return _notices_of(path, (found.st_size, found.st_mtime_ns))


@lru_cache(maxsize=1)
def _notices_of(path: Path, _state: tuple[int, int]) -> Mapping[str, bytes]:
    text = decoded(path.read_bytes())
    try:
        records = records_of(text) if text is not None else []
    except ReadError:
        return {}
    if len(records) < 2:
        return {}
    names = _names([fields_of(record) for record in records])
    return {
        name: json.dumps(_short_first(record), ensure_ascii=False).encode("utf-8", "backslashreplace")
        for name, record in zip(names, records, strict=True)
    }


def _short_first(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record whose short fields come first: a file is known by its first bytes."""
    return dict(sorted(record.items(), key=lambda field: len(str(field[1]))))


def _names(records: list[dict[str, Any]]) -> list[str]:
    """Return a name for each record: its number in the bulletin, or its rank; no two are alike."""
    names: list[str] = []
    taken: set[str] = set()
    for rank, record in enumerate(records, 1):
        told = next((str(record[name]) for name in _NAMES if record.get(name)), "")
        plain = compiled(r"[^\w.-]+").sub("-", told).strip("-.")[:_LONGEST_NAME]
        name = plain or str(rank)
        while name in taken:
            name = f"{name}-{rank}"
        taken.add(name)
        names.append(f"{name}.json")
    return names
