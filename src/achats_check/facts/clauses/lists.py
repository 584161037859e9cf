"""Facts that are lists: the passages of a piece each carry one element, the piece carries them all."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought

LISTS = frozenset({"social.publics", "social.modalites", "reservation.fondement", "reservation.articles_avis", "labels"})

Result = Candidate | NearMiss | Sought


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
