"""Details of a clause: they say nothing when their own sentence denies the clause."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss

_CLAUSES = {
    "social.insertion": "social.",
    "social.condition_execution": "social.",
    "environnement.condition_execution": "environnement.",
}


def drop_denied_details(results: list[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
    """Turn the publics, hours or penalties of a clause that the same sentence denies into near misses."""
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
        and result.name.startswith(_CLAUSES[clause.name])
        and here.block == there.block
        and here.start < there.end
        and there.start < here.end
    )
