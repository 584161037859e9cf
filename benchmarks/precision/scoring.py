"""Facts read against labels: right, wrong, missed, and absences claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from typing import NamedTuple

from achats_check.model.fact import ABSENT, KNOWN, Fact, Value
from precision.gold import FOLLOWS, OF_THE_DOSSIER, Label, Name, Piece

FALSE: tuple[Value | None, ...] = (False, "aucune", "aucun")
"""Values that say a thing is not there."""
Fault = tuple[str, Name, object, object]
"""Piece, fact, what was read and what a person reads."""


class Tally:
    """Counts of one fact, or of one family of facts."""

    def __init__(self) -> None:
        self.right = 0
        self.wrong = 0
        self.missed = 0
        self.placed = 0
        """Right values whose evidence stands where a person reads them."""
        self.locatable = 0
        """Right values whose place is labelled."""

    @property
    def precision(self) -> Decimal | None:
        """Share of what was claimed that is right; None when nothing was claimed."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Decimal | None:
        """Share of what is written that was read; None when nothing is written."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> Decimal | None:
        """Harmonic mean of both; None when one is not defined."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return Decimal(0) if not both else 2 * self.precision * self.recall / both

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        for name in ("right", "wrong", "missed", "placed", "locatable"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


class Score(NamedTuple):
    """Tallies by fact, absences by fact, and every fault with what should have been read."""

    facts: dict[str, Tally]
    absences: dict[str, Tally]
    faults: list[Fault]


def empty() -> Score:
    """Return a score without any count."""
    return Score({}, {}, [])


def score_piece(piece: Piece, facts: Iterable[Fact], into: Score) -> None:
    """Count what was read in one piece.

    A value that differs from the label is both wrong and missed; a value for a fact that the piece does not state is
    wrong; a fact left in doubt is only missed.
    """
    known = {_name(fact): fact for fact in facts if fact.status == KNOWN and _stated(fact)}
    for name, label in piece.labels.items():
        tally = into.facts.setdefault(name[1], Tally())
        fact = known.get(name)
        if fact is None:
            tally.missed += 1
            into.faults.append((piece.fingerprint, name, None, label.value))
        elif agrees(label, fact.value):
            tally.right += 1
            _place(label, fact, tally)
        else:
            tally.wrong += 1
            tally.missed += 1
            into.faults.append((piece.fingerprint, name, fact.value, label.value))
    for name, fact in known.items():
        if name not in piece.labels and name not in piece.tolerated and ("", name[1]) not in piece.tolerated:
            into.facts.setdefault(name[1], Tally()).wrong += 1
            into.faults.append((piece.fingerprint, name, fact.value, None))


def _stated(fact: Fact) -> bool:
    return fact.name not in FOLLOWS and not fact.name.startswith(OF_THE_DOSSIER)


def score_absences(pieces: Iterable[Piece], facts: Iterable[Fact], into: Score) -> None:
    """Count the absences claimed of a dossier: wrong when one of its pieces states the thing."""
    stated: dict[Name, str] = {}
    tolerated: set[Name] = set()
    for piece in pieces:
        tolerated |= piece.tolerated
        stated |= {name: piece.fingerprint for name, label in piece.labels.items() if label.value not in FALSE}
    for fact in facts:
        name = _name(fact)
        if fact.status != ABSENT or name in tolerated or not _stated(fact):
            continue
        tally = into.absences.setdefault(fact.name, Tally())
        if name in stated:
            tally.wrong += 1
            into.faults.append((stated[name], name, "absent", "écrit"))
        else:
            tally.right += 1


def agrees(label: Label, value: Value | None) -> bool:
    """Say whether a value is the labelled one; any text is, since only its place is labelled.

    Award criteria are compared by their weights and natures, lists without their order.
    """
    if label.value is None:
        return True
    if isinstance(label.value, tuple):
        return sorted(map(str, label.value)) == sorted(items(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and isinstance(label.value, Decimal):
        return Decimal(value) == label.value
    return value == label.value and isinstance(value, bool) == isinstance(label.value, bool)


def items(value: Value | None) -> list[str]:
    """Return what a value holds, as text: a criterion by its weight and its nature."""
    return [_item(item) for item in value] if isinstance(value, tuple) else [str(value)]


def _item(item: object) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    if "nature" not in item:
        return str({name: value for name, value in item.items() if value is not None})
    weight = item.get("poids")
    shown = f"{weight.normalize():f}" if isinstance(weight, Decimal) else "-"
    return f"{shown} {item.get('nature')}"


def _place(label: Label, fact: Fact, tally: Tally) -> None:
    if not label.pages and not label.articles:
        return
    tally.locatable += 1
    places = [passage.location for passage in fact.evidence]
    tally.placed += any(place.page in label.pages or place.article in label.articles for place in places)


def _name(fact: Fact) -> Name:
    return (fact.scope.id if fact.scope.kind == "lot" else ""), fact.name


def merged(tallies: Mapping[str, Tally], names: Set[str] | None = None) -> Tally:
    """Return the sum of the tallies of some facts, of all by default."""
    whole = Tally()
    for name, tally in tallies.items():
        if names is None or name in names:
            whole.add(tally)
    return whole
