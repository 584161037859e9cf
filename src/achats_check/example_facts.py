"""The situation of an example → facts, as a declaration, a reading or a search would give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from achats_check.errors import UsageError
from achats_check.facts.codes import lot_number
from achats_check.facts.values import parse_value, scope_of
from achats_check.law.schema import Example
from achats_check.model.fact import (
    ABSENT,
    DECLARED,
    EXTRACTED,
    KNOWN,
    Fact,
    FactSet,
    Scope,
    Search,
)
from achats_check.vocabulary import FactSpec, Vocabulary


def example_facts(example: Example, vocabulary: Vocabulary) -> FactSet:
    """Return the facts of an example.

    Raises:
        UsageError: A name the vocabulary does not know, or a value it refuses.
    """
    found = [*_facts(example.declared, DECLARED, vocabulary), *_facts(example.read, EXTRACTED, vocabulary)]
    found += [_absent(name, vocabulary) for name in example.absent]
    lots = [_number(lot) for source in (example.declared, example.read) for lot in source.get("lots", ())]
    return FactSet(found, tuple(dict.fromkeys(lots)))


def _facts(data: Mapping[str, Any], origin: str, vocabulary: Vocabulary) -> Iterator[Fact]:
    for name, value in _flat(data, vocabulary):
        if name != "lots":
            yield _fact(name, value, None, origin, vocabulary)
    for lot in data.get("lots", ()):
        for name, value in _flat({k: v for k, v in lot.items() if k != "numero"}, vocabulary):
            yield _fact(name, value, Scope("lot", _number(lot)), origin, vocabulary)


def _number(lot: Mapping[str, Any]) -> str:
    return lot_number(str(lot["numero"]))


def _flat(data: Mapping[str, Any], vocabulary: Vocabulary, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted names and values; a mapping that is no fact is a level of the name."""
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and name not in vocabulary:
            yield from _flat(value, vocabulary, f"{name}.")
        else:
            yield name, value


def _fact(name: str, raw: Any, scope: Scope | None, origin: str, vocabulary: Vocabulary) -> Fact:
    spec = _spec(name, vocabulary)
    try:
        value = parse_value(spec, raw)
    except ValueError as error:
        raise UsageError(f"exemple : {name} : {error}") from None
    return Fact(name, scope or scope_of(spec), value, KNOWN, origin)


def _absent(name: str, vocabulary: Vocabulary) -> Fact:
    spec = _spec(name, vocabulary)
    return Fact(name, scope_of(spec), spec.none_value, ABSENT, EXTRACTED, search=Search(pieces=spec.pieces))


def _spec(name: str, vocabulary: Vocabulary) -> FactSpec:
    spec = vocabulary.get(name)
    if spec is None:
        raise UsageError(f"exemple : fait inconnu « {name} ».{vocabulary.suggestion(name)}")
    return spec
