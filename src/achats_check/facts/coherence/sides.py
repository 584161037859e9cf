"""What each piece says of one point, and whether the pieces say the same: every side kept with its quote."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from achats_check.facts.candidate import Candidate
from achats_check.model.fact import MARCHE, STRUCTURED, Evidence, Scope
from achats_check.wording import NBSP, format_location, join_french

DRAFTED = ("AAPC", "RC", "CCAP", "CCP", "CCTP", "AE")
"""Roles of the pieces a buyer drafts, in the order a reader compares them."""
UNSURE = 0.5
"""Confidence of a disagreement that only a person can judge: it accuses nobody."""
NEVER_SURE = 2.0
"""What no reading reaches: a comparison that is a doubt whatever was read."""
_AT = {
    "AAPC": "à l'avis",
    "RC": "au RC",
    "CCAP": "au CCAP",
    "CCP": "au CCP",
    "CCTP": "au CCTP",
    "AE": "à l'AE",
    "PRIX": "à la pièce financière",
    "DECP": "aux données essentielles",
}


class Side(NamedTuple):
    """What one piece says of a point."""

    document: str
    role: str
    readings: tuple[Candidate, ...]
    """One reading for each different value, the surest first."""

    @property
    def best(self) -> Candidate:
        """The surest reading."""
        return self.readings[0]


class Outcome(NamedTuple):
    """What comparing the pieces on one point gave."""

    agrees: bool
    evidence: tuple[Evidence, ...]
    """Every side, those that disagree first; each carries its own value."""
    said: str = ""
    """The disagreement in French, every value with its place; "" when the pieces agree."""
    confidence: float = 0.9


Same = Callable[[Candidate, Candidate], bool]
Say = Callable[[Candidate], str]


def equal(one: Candidate, other: Candidate) -> bool:
    """Return whether two readings have the same value."""
    return one.value == other.value


def sides(
    found: Iterable[Candidate],
    name: str,
    roles: Sequence[str],
    *,
    floor: float,
    scope: Scope = MARCHE,
    twins: bool = False,
) -> list[Side]:
    """Gather what each piece says of a fact, in the order of the roles.

    Rules documents apart, the pieces of a role that contradict one another are left out.

    Args:
        found: Every candidate of the dossier.
        name: The fact.
        roles: Roles that are compared.
        floor: Confidence under which a reading is not worth comparing.
        scope: The market, or a lot.
        twins: Keep those that contradict one another all the same: a contract and its annex that name the same lot.
    """
    by_document: dict[str, dict[object, Candidate]] = {}
    for candidate in sorted(found, key=lambda c: -c.confidence):
        at, sure = candidate.evidence, candidate.confidence >= floor
        if sure and candidate.name == name and candidate.scope == scope and at.role in roles:
            by_document.setdefault(at.document, {}).setdefault(repr(candidate.value), candidate)
    held = [Side(path, next(iter(v.values())).evidence.role, tuple(v.values())) for path, v in by_document.items()]
    kept = [side for side in held if twins or side.role == "RC" or _one_voice([s for s in held if s.role == side.role])]
    return sorted(kept, key=lambda side: (roles.index(side.role), side.document))


def _one_voice(same_role: Sequence[Side]) -> bool:
    """Several pieces of one role that differ are those of several lots, or a notice and its correction: none speaks."""
    told = [{repr(reading.value) for reading in side.readings} for side in same_role]
    return bool(set.intersection(*told))


def compare(held: Sequence[Side], same: Same, say: Say, *, sure: float) -> Outcome | None:
    """Compare the sides two by two; a piece that says several things agrees when one of them does.

    Args:
        held: The sides.
        same: Whether two readings say the same, perhaps in different forms.
        say: A reading as a French value.
        sure: Confidence from which two single readings that differ are a certain contradiction.

    Returns:
        None when fewer than two pieces speak.
    """
    if len(held) < 2:
        return None
    pairs = [pair for pair in combinations(held, 2) if not _agree(*pair, same)]
    if not pairs:
        return Outcome(True, tuple(_passage(side.best) for side in held))
    certain = [pair for pair in pairs if all(_plain(side, sure) for side in pair)]
    first = (certain or pairs)[0]
    ordered = [*first, *(side for side in held if side not in first)]
    confidence = min(side.best.confidence for side in first) if certain else UNSURE
    return Outcome(False, tuple(_passage(side.best) for side in ordered), told(ordered, say), confidence)


def _agree(one: Side, other: Side, same: Same) -> bool:
    return any(same(a, b) for a in one.readings for b in other.readings)


def _plain(side: Side, sure: float) -> bool:
    """A drafted piece that says one thing only, and says it clearly; contract records hold too many slips."""
    return side.role in DRAFTED and len(side.readings) == 1 and side.best.confidence >= sure


def less_sure_when_coded(side: Side, told_apart: float = 1.0) -> Side:
    """Return a side whose codes, unless they are that sure, make no certain contradiction."""
    readings = tuple(
        c._replace(confidence=UNSURE) if c.origin == STRUCTURED and c.confidence < told_apart else c
        for c in side.readings
    )
    return side._replace(readings=readings)


def _passage(candidate: Candidate) -> Evidence:
    return candidate.evidence._replace(value=candidate.value)


def told(held: Sequence[Side], say: Say) -> str:
    """Say every value with its places: "12 mois au RC (art. 3, p. 4) ; 24 mois au CCAP (art. 2, p. 3)"."""
    roles = [side.role for side in held]
    places: dict[str, list[str]] = {}
    for side in held:
        twice = roles.count(side.role) > 1
        places.setdefault(say(side.best), []).append(place(side.best.evidence, named=twice))
    return " ; ".join(f"{value} {join_french(where)}" for value, where in places.items())


def place(evidence: Evidence, *, named: bool = False) -> str:
    """Say where a passage stands, inside a sentence: "au RC (art. 3, p. 4)".

    Args:
        evidence: The passage.
        named: Also give the file, when several pieces have the same role.
    """
    _, _, within = format_location(evidence).partition(", ")
    file = evidence.document.rpartition("/")[2]
    where = _AT.get(evidence.role, f"dans «{NBSP}{file}{NBSP}»")
    if named and evidence.role in _AT:
        within = ", ".join(part for part in (file, within) if part)
    return f"{where} ({within})" if within else where


def merged(outcomes: Iterable[tuple[str, Outcome]]) -> Outcome | None:
    """Gather the outcomes of several scopes or facts into one: a single disagreement is enough.

    Args:
        outcomes: What to say before a disagreement ("lot 2" or ""), and the outcome.
    """
    known = list(outcomes)
    if not known:
        return None
    clashes = sorted((pair for pair in known if not pair[1].agrees), key=lambda pair: -pair[1].confidence)
    if not clashes:
        return Outcome(True, tuple(e for _, outcome in known for e in outcome.evidence))
    first, *others = (f"{lead}{NBSP}: {outcome.said}" if lead else outcome.said for lead, outcome in clashes)
    said = ". ".join([first, *(other[:1].upper() + other[1:] for other in others)])
    evidence = tuple(e for _, outcome in clashes for e in outcome.evidence)
    return Outcome(False, evidence, said, clashes[0][1].confidence)
