"""Durations that agree in different forms: years or dates, an initial period or the longest one."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import (
    DRAFTED,
    NEVER_SURE,
    UNSURE,
    Outcome,
    compare,
    less_sure_when_coded,
    sides,
)
from achats_check.facts.french import durations
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import Evidence, Scope
from achats_check.patterns import compiled

_RENEWAL = r"reconduc|reconduit|renouvel"
_OF_THE_CONTRACT = r"\bduree\b|\bperiode|reconduc|reconduit|renouvel|delai"
_CLEAR = 0.88
"""Confidence of a duration whose renewals were read, or denied."""

_PREPARATION = "preparation"
"""What sentences that both say whether it is a part of the time told leave no more to explain their difference."""
_RENEWALS_CODED = 0.95
"""Confidence of a coded duration whose number of renewals is coded too: without it, it may be the first period only."""


def compare_durations(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    """Compare the durations of one scope in the pieces.

    Args:
        pieces: The pieces and what was read in them.
        name: "duree_mois".
        scope: The market, or a lot.
    """

    def same(one: Candidate, other: Candidate) -> bool:
        return one.value == other.value or _initial_of(pieces, one, other) or _initial_of(pieces, other, one)

    roles = tuple(role for role in (*DRAFTED, "DECP") if role != "CCTP" or _alone(pieces, "CCTP"))
    held = [
        less_sure_when_coded(side._replace(readings=tuple(map(_clearer, side.readings))), _RENEWALS_CODED)
        for side in sides(pieces.found, name, roles, floor=0.8, scope=scope)
    ]
    outcome = compare(held, same, pieces.say(name), sure=_CLEAR)
    if outcome is None or outcome.agrees or not _may_be_a_part(pieces, outcome.evidence[:2]):
        return outcome
    return outcome._replace(confidence=UNSURE)


def _may_be_a_part(pieces: Pieces, clash: Sequence[Evidence]) -> bool:
    """Works have a time to perform beside their duration; a piece that gives both lengths may be split otherwise."""
    documents = {evidence.document for evidence in clash}
    if any(c.name == "delai_execution_mois" and c.evidence.document in documents for c in pieces.found):
        return True
    mentioned = [_mentioned(pieces.readings[evidence.document]) for evidence in clash]
    return any(one.value in held for one, held in zip(clash, reversed(mentioned), strict=True))


def _alone(pieces: Pieces, role: str) -> bool:
    """Several CCTP are those of several lots: each may have its own duration."""
    return sum(reading.role == role for reading in pieces.readings.values()) <= 1


def _clearer(candidate: Candidate) -> Candidate:
    """A duration read in the article "Durée" of its piece is no less clear for want of renewals."""
    if compiled(r"\bduree\b").search(fold(candidate.evidence.location.heading)):
        return candidate._replace(confidence=max(candidate.confidence, _CLEAR))
    return candidate


def _initial_of(pieces: Pieces, short: Candidate, long: Candidate) -> bool:
    """One piece gives the initial period and is silent on renewals, the other gives both."""
    if not isinstance(short.value, int) or not isinstance(long.value, int) or short.value >= long.value:
        return False
    silent = compiled(_RENEWAL).search(pieces.readings[short.evidence.document].joined) is None
    return silent and short.value in _mentioned(pieces.readings[long.evidence.document])


def _mentioned(reading: Reading) -> set[int]:
    """Return the lengths, in months, that the passages on duration of a piece mention."""
    return {
        int(spell.months)
        for text in reading.folded
        if compiled(_OF_THE_CONTRACT).search(text)
        for spell in durations(text)
    }


def compare_delays(pieces: Pieces, name: str, scope: Scope) -> Outcome | None:
    """Compare the times to perform of one scope: a part of a time, such as its preparation, raises no doubt."""

    def same(one: Candidate, other: Candidate) -> bool:
        if one.value == other.value:
            return True
        if all(_PREPARATION in fold(c.evidence.quote) for c in (one, other)):
            return False
        held = [_mentioned(pieces.readings[c.evidence.document]) for c in (one, other)]
        return one.value in held[1] or other.value in held[0]

    say = pieces.say(name)
    held = sides(pieces.found, name, ("AAPC", "RC", "CCAP", "CCP", "AE"), floor=0.8, scope=scope)
    return compare(held, same, lambda c: f"délai d'exécution de {say(c)}", sure=NEVER_SURE)
