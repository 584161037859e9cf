"""The texts of a record under a path, as the reader of notices would give them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
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
    names, deep = _steps(path)
    if len(names) > 1 and record.get(names[0]) is None:  # "acheteur.id": some publishers flatten an object
        names = (".".join(names),)
    value: Any = record
    for rank, name in enumerate(names):
        if not isinstance(value, dict):
            return tuple(text for held in _under(value, names[rank:]) for text in _texts(held, deep, 0))
        value = value.get(name)
    if type(value) is str:
        text = clean(value)
        return (text,) if text else ()
    return tuple(_texts(value, deep, 0)) if value is not None else ()


def first_at(record: Mapping[str, Any], *paths: str) -> str:
    """Return the first text of the first path that has one, or ""."""
    for path in paths:
        texts = texts_at(record, path)
        if texts:
            return texts[0]
    return ""


def spelling(value: Any) -> Hashable:
    """Return what tells a value from any other that is written otherwise: what was said of it can be remembered."""
    return value if type(value) is str else (repr(value),)


def items_of(value: Any, wrapper: str, depth: int = 0) -> list[Mapping[str, Any]]:
    """Return the objects of a list, however wrapped.

    Args:
        value: ``[{…}]``, ``[{"titulaire": {…}}]``, ``{"titulaire": [{…}]}`` or ``[[{…}]]``.
        wrapper: The key of an object that only wraps others.
        depth: How deep the list lies; nothing is looked for too deep.
    """
    if depth > MAX_XML_DEPTH:
        return []
    if isinstance(value, dict):
        return items_of(value[wrapper], wrapper, depth + 1) if wrapper in value else [value]
    if not isinstance(value, list):
        return []
    found: list[Mapping[str, Any]] = []
    for item in value:
        inner = item.get(wrapper, item) if isinstance(item, dict) else item
        if isinstance(inner, dict) and wrapper not in inner:
            found.append(inner)
        else:
            found += items_of(inner, wrapper, depth + 1)
    return found


def _under(value: Any, names: Sequence[str]) -> list[Any]:
    held = [value]
    for name in names:
        held = [child for item in held for child in _children(item, name)]
    return held


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
