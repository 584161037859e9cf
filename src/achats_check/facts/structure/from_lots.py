"""What lots say together of a market that says nothing itself: the sum of their ceilings, what each of them has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate
from achats_check.model.fact import MARCHE

_CONFIDENCE = 0.8
_Number = Decimal | int


def _shared(values: Iterable[_Number]) -> _Number | None:
    """Return what every lot has, such as a criterion or a scale; None where they differ or lack it."""
    told = set(values)
    return told.pop() or None if len(told) == 1 else None


_MADE: dict[str, Callable[[Iterable[_Number]], _Number | None]] = {
    "valeur_maximale_ht": sum,
    "duree_mois": max,
    "criteres.echelle": _shared,
    "social.critere": _shared,
    "environnement.critere": _shared,
}
"""Facts of the market that those of its lots make, and how."""


def from_lots(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the values that the lots make for the market, when the pieces tell how many they are and each has one.

    Args:
        found: The candidates of every piece of the dossier.
    """
    yield from _codes(found)
    told = [c for c in found if c.name == "nombre_lots"]
    sure = {c.value for c in told if c.confidence > _CONFIDENCE}
    for name, made in _MADE.items():
        own = [c for c in found if c.name == name]
        lots: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in own:
            lots[candidate.scope.id].append(candidate)
        counts = sure or ({c.value for c in told} if made is sum else sure)
        known = [same[0] for same in lots.values() if len({c.value for c in same}) == 1]
        if "" in lots or len(lots) < 2 or len(known) != len(lots) or counts != {len(lots)}:
            continue
        value = made(c.value for c in known if isinstance(c.value, Decimal | int))
        if value is None:
            continue
        for part in known:
            if made is not max or part.value == value:
                yield Candidate(name, value, part.evidence._replace(value=value), _CONFIDENCE, MARCHE)


def _codes(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the codes of the lots for a market of which no piece tells one."""
    own = [c for c in found if c.name == "cpv"]
    if all(c.scope != MARCHE for c in own):
        yield from (c._replace(scope=MARCHE) for c in own)
