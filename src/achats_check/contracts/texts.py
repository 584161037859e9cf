"""The texts of a record under a path, as the reader of notices would give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from achats_check.readers.cleaning import clean
from achats_check.readers.guards import MAX_XML_DEPTH


@cache
def _steps(path: str) -> tuple[tuple[str, ...], bool]:
    """Return the names of a path, and whether all that lies under it is wanted."""
    return tuple(path.removesuffix("/**").split("/")), path.endswith("/**")


def texts_at(record: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """Return the texts at a path ("acheteur/id"), or anywhere under it when it ends in "/**"."""
    (first, *others), deep = _steps(path)
    value = record.get(first)
    if value is None:
        return ()
    if not others and type(value) is str:
        text = clean(value)
        return (text,) if text else ()
    held = [value]
    for name in others:
        held = [value for item in held for value in _children(item, name)]
    return tuple(text for value in held for text in _texts(value, deep, 0))


def first_at(record: Mapping[str, Any], *paths: str) -> str:
    """Return the first text of the first path that has one, or ""."""
    return next((text for path in paths for text in texts_at(record, path)[:1]), "")


def items_of(value: Any, wrapper: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list, however wrapped: ``[{…}]``, ``[{"titulaire": {…}}]``, ``{"titulaire": [{…}]}``."""
    if isinstance(value, Mapping):
        return items_of(value[wrapper], wrapper) if wrapper in value else [value]
    if not isinstance(value, list):
        return []
    found = [item for item in value if isinstance(item, Mapping)]
    return [inner for item in found for inner in (items_of(item[wrapper], wrapper) if wrapper in item else [item])]


def _children(item: Any, name: str) -> list[Any]:
    if isinstance(item, dict):
        value = item.get(name)
        return [] if value is None else [value]
    if isinstance(item, list):
        return [value for one in item for value in _children(one, name)]
    return []


def _texts(value: Any, deep: bool, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        text = clean(value)
        if text:
            yield text
    elif isinstance(value, bool):
        yield "oui" if value else "non"
    elif isinstance(value, list):
        if depth < MAX_XML_DEPTH:
            for item in value:
                yield from _texts(item, deep, depth + 1)
    elif isinstance(value, dict):
        if deep and depth < MAX_XML_DEPTH:
            for item in value.values():
                yield from _texts(item, deep, depth + 1)
    elif value is not None:
        yield str(value)
