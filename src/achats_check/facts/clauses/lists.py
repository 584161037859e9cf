"""Facts that are lists: the passages of a piece each carry one element, the piece carries them all."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss

LISTS = frozenset(
    {"social.publics", "social.modalites", "reservation.fondement", "reservation.articles_avis", "labels"}
)
_MOST_PASSAGES = 5
_MOST_NEAR_MISSES = 3

Result = Candidate | NearMiss


def unite(results: list[Result]) -> Iterator[Result]:
    """Replace the elements of the lists by the whole list, once per scope and passage."""
    elements: dict[tuple[str, object], list[object]] = {}
    for result in results:
        if isinstance(result, Candidate) and result.name in LISTS:
            values = result.value if isinstance(result.value, tuple) else (result.value,)
            known = elements.setdefault((result.name, result.scope), [])
            known.extend(v for v in values if v not in known)
    for result in results:
        if isinstance(result, Candidate) and result.name in LISTS:
            yield result._replace(value=tuple(elements[result.name, result.scope]))  # type: ignore[arg-type]
        else:
            yield result


def best(results: list[Result]) -> Iterator[Result]:
    """Yield the surest passages of each value, a few at most, then the near misses, a few at most by fact."""
    seen: set[tuple[object, ...]] = set()
    count: dict[object, int] = {}
    ranked = sorted(results, key=lambda r: -r.confidence if isinstance(r, Candidate) else 1.0)
    for result in ranked:
        sure = isinstance(result, Candidate)
        group = (result.name, result.scope, repr(result.value)) if isinstance(result, Candidate) else result.name
        passage = (group, result.evidence.location.block, result.evidence.location.start)
        count[group] = count.get(group, 0) + (passage not in seen)
        if passage not in seen and count[group] <= (_MOST_PASSAGES if sure else _MOST_NEAR_MISSES):
            yield result
        seen.add(passage)
