"""Cells of a table that hold a list: objects, as JSON or as Python writes them, or several holders side by side."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Mapping
from typing import Any

_OBJECTS = re.compile(r"\s*[\[{]")
_LONGEST = 100_000
"""Characters of a cell that is read as objects; a list of holders is some hundreds."""
_IDENTIFIERS = re.compile(r"\d[\d ]{7,18}\d(?:\s*[,;|/]\s*\d[\d ]{7,18}\d)*\s*")
_BETWEEN = re.compile(r"[,;|/]")
_ASIDE = "|"
"""Between the values of several holders, where each field has its own column."""
UNREADABLE: Mapping[str, Any] = {"montant": "?", "dureeMois": "?", "titulaires": [{"id": "?"}]}
"""An amendment that cannot be read may have changed anything that amendments change."""


def amendments_in(cell: Any) -> list[Any]:
    """Return the amendments that a cell holds; ``UNREADABLE`` for what may be some."""
    found = _objects(cell)
    return [dict(UNREADABLE)] if found is None else found


def holders_in(cell: Any, wrapper: str) -> list[Any]:
    """Return the holders that a cell holds: objects, identifiers, else one name.

    Args:
        cell: Its value.
        wrapper: Key of an object that only wraps others.
    """
    found = _objects(cell)
    if found is not None:
        return [item if isinstance(item, dict) else {"denominationSociale": str(item)} for item in found]
    text = str(cell)
    if wrapper in text and _OBJECTS.match(text):
        return [{"id": "?"}]
    if _IDENTIFIERS.fullmatch(text):
        return [{"id": part.strip()} for part in _BETWEEN.split(text)]
    return [{"denominationSociale": text}]


def side_by_side(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the holders whose fields each have a column, where values of several stand in each cell.

    Values are put together by their rank, where there are as many of each; else each stands for a holder by itself.
    """
    if not any(type(value) is str and _ASIDE in value for value in fields.values()):
        return [dict(fields)] if fields else []
    parts = {field: [part.strip() for part in str(value).split(_ASIDE)] for field, value in fields.items()}
    parts = {field: [part for part in values if part] for field, values in parts.items()}
    parts = {field: values for field, values in parts.items() if values}
    if max(map(len, parts.values()), default=0) < 2:
        return [{field: values[0] for field, values in parts.items()}] if parts else []
    if len(set(map(len, parts.values()))) == 1:
        return [dict(zip(parts, values, strict=True)) for values in zip(*parts.values(), strict=True)]
    register = parts.pop("typeIdentifiant", [])
    shared = {"typeIdentifiant": register[0]} if len(set(register)) == 1 else {}
    return [{field: value} | (shared if field == "id" else {}) for field, values in parts.items() for value in values]


def _objects(cell: Any) -> list[Any] | None:
    """Return the list that a cell holds; None when it is no list that can be read."""
    if isinstance(cell, list | dict):
        return cell if isinstance(cell, list) else [cell]
    text = str(cell)
    if not _OBJECTS.match(text) or len(text) > _LONGEST:
        return None
    for read in (json.loads, _literal):
        try:
            found = read(text)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if isinstance(found, list) else [found]
    return None


def _literal(text: str) -> Any:
    """Return what Python reads; an odd escape in a cell is no code of ours to warn about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.literal_eval(text)
