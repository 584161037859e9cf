"""When two values of a fact say the same thing: spelling, order and the names of criteria set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from achats_check.facts.codes import is_siret
from achats_check.facts.terms import Term
from achats_check.facts.text import fold
from achats_check.model.fact import Item, Value

_UNKNOWN_NATURE = "autre"
_MONEY = frozenset({"prix", "cout"})
_SIREN = 9
"""Digits of a SIRET that name the organisation; the others tell its establishment."""


def agree(one: Value, other: Value, natures: Sequence[Term] = ()) -> bool:
    """Say whether two values are the same: texts but for their spelling, lists but for their order.

    Criteria agree when each finds one of the same weight and nature in the other list: pieces name them
    differently. A criterion of unknown nature may be any other of its weight. Two SIRETs agree when they are
    those of one organisation. The names of criteria declared without a nature say it, by the terms given.
    """
    if one == other:
        return True
    if likeness(one) != likeness(other):
        return False
    return not (isinstance(one, tuple) and isinstance(other, tuple)) or _paired(_records(one), _records(other), natures)


def likeness(value: Value) -> object:
    """Return what two values share when they agree; those that share it may still disagree on natures."""
    if isinstance(value, str):
        return value[:_SIREN] if is_siret(value) else fold(value).strip()
    if not isinstance(value, tuple):
        return value
    records = _records(value)
    return tuple(sorted(map(_mark, records))) if records else tuple(sorted(str(item) for item in value))


def _records(value: Sequence[object]) -> list[Item]:
    return [item for item in value if isinstance(item, Mapping)]


def _mark(record: Item) -> str:
    """Return the weight of a criterion, the name of a record that has none."""
    weight = record.get("poids")
    return str(weight.normalize()) if isinstance(weight, Decimal) else _name(record)


def _name(record: Item) -> str:
    return fold(str(record.get("nom", ""))).strip()


def _paired(ours: Sequence[Item], theirs: Sequence[Item], terms: Sequence[Term]) -> bool:
    """Say whether the records of two lists of the same length can be paired, each with one that is the same."""
    owner: dict[int, int] = {}

    def place(rank: int, tried: set[int]) -> bool:
        """Give a record one of the other list, moving the owners of those that suit it when they can."""
        for at, record in enumerate(theirs):
            if at not in tried and _same(ours[rank], record, terms):
                tried.add(at)
                if at not in owner or place(owner[at], tried):
                    owner[at] = rank
                    return True
        return False

    return all(place(rank, set()) for rank in range(len(ours)))


def _same(one: Item, other: Item, terms: Sequence[Term]) -> bool:
    if _mark(one) != _mark(other):
        return False
    if not isinstance(one.get("poids"), Decimal):
        return True
    natures = {_nature(one, terms), _nature(other, terms)}
    if len(natures) == 1 or _UNKNOWN_NATURE in natures or natures == _MONEY:
        return True
    names = sorted((_name(one), _name(other)), key=len)
    return names[1].startswith(names[0])  # "Valeur technique, au regard du planning" is "Valeur technique"


def _nature(criterion: Item, terms: Sequence[Term]) -> str:
    """Return the nature of a criterion; a declared one may leave it to its name."""
    from achats_check.facts.structure.weight_items import nature_of

    return str(criterion.get("nature") or nature_of(_name(criterion), terms))
