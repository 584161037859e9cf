"""Facts that depend on another one: details of a denied clause, a referral beside real demands."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.model.fact import MARCHE

_CLAUSES = {
    "social.insertion": "social.",
    "social.condition_execution": "social.",
    "environnement.condition_execution": "environnement.",
}
_REASON = "social.derogation_motif"
"""Why a clause is set aside is told beside the denial, and is no detail of it."""
_REFERRAL = "environnement.renvoi_seul"


def drop_denied_details(results: list[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
    """Turn the publics, hours or penalties of a clause denied in the same sentence and lot into near misses."""
    denied = [r for r in results if isinstance(r, Candidate) and r.name in _CLAUSES and r.value is False]
    for result in results:
        if isinstance(result, Candidate) and any(_detail_of(result, clause) for clause in denied):
            yield NearMiss(result.name, result.evidence, "la phrase écarte la clause elle-même")
        else:
            yield result


def _detail_of(result: Candidate, clause: Candidate) -> bool:
    here, there = result.evidence.location, clause.evidence.location
    return (
        result.value is not False
        and result.name != _REASON
        and result.name.startswith(_CLAUSES[clause.name])
        and (result.scope == clause.scope or MARCHE in (result.scope, clause.scope))
        and here.block == there.block
        and here.start < there.end
        and there.start < here.end
    )


def drop_accompanied_referrals(results: list[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
    """A referral to the CCAG or to regulations is the only clause when nothing else in the piece demands."""
    demands = {r.evidence.location.block for r in results if isinstance(r, Candidate) and _demands(r)}
    for result in results:
        if isinstance(result, Candidate) and result.name == _REFERRAL and demands - {result.evidence.location.block}:
            yield NearMiss(result.name, result.evidence, "d'autres exigences environnementales sont écrites")
        else:
            yield result


def _demands(result: Candidate) -> bool:
    return result.name == "environnement.condition_execution" and result.value is True and result.confidence >= 0.6
