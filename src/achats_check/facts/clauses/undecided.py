"""Templates whose ticks were lost: "n'est pas réservé" and "est réservé" printed one under the other.

Both options in sight, and no box left to choose between them: nothing was decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.model.fact import Value

_FACTS = frozenset(
    {
        "reservation.categorie",
        "social.condition_execution",
        "social.insertion",
        "environnement.condition_execution",
        "avance",
    }
)
_CATEGORY = "reservation.categorie"
_WITH_CATEGORY = frozenset({"reservation.fondement", "reservation.articles_avis", "reservation.mention_avis"})
_NEAR = 8
_NEGATIVE: tuple[Value, ...] = ("aucune", False)
PRINTED_OPTIONS = "modèle qui imprime toutes les options : aucune n'est choisie"


def set_undecided_aside(results: list[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
    """Turn the contrary options of a template that stand next to each other into near misses."""
    rivals = {id(r) for r in results if isinstance(r, Candidate) and _contradicted(r, results)}
    categories = _menu(results)
    aside = {r.evidence.location.block for r in results if r.name == _CATEGORY and id(r) in rivals | categories}
    aside |= {
        r.evidence.location.block
        for r in results
        if r.name == _CATEGORY and isinstance(r, NearMiss) and r.reason == PRINTED_OPTIONS
    }
    for result in results:
        printed = result.name in _WITH_CATEGORY and result.evidence.location.block in aside
        if isinstance(result, Candidate) and (printed or id(result) in rivals or id(result) in categories):
            yield NearMiss(result.name, result.evidence, PRINTED_OPTIONS)
        else:
            yield result


def _contradicted(one: Candidate, results: list[Candidate | NearMiss]) -> bool:
    return one.name in _FACTS and any(
        other.name == one.name and _contrary(one, other) and _near(one, other) and _is_option(one) and _is_option(other)
        for other in results
    )


def _contrary(one: Candidate, other: Candidate | NearMiss) -> bool:
    if isinstance(other, NearMiss):
        return other.reason == PRINTED_OPTIONS
    return other.scope == one.scope and (other.value in _NEGATIVE) != (one.value in _NEGATIVE)


def _near(one: Candidate, other: Candidate | NearMiss) -> bool:
    here, there = one.evidence.location, other.evidence.location
    return abs((here.block or 0) - (there.block or 0)) <= _NEAR and here.heading == there.heading


def _is_option(candidate: Candidate | NearMiss) -> bool:
    """A printed option is one short sentence; an argued paragraph is not one."""
    return len(candidate.evidence.quote) <= 260


def _menu(results: list[Candidate | NearMiss]) -> set[int]:
    """Categories of reservation printed one after the other for the same scope: a menu, not a choice."""
    found = [r for r in results if isinstance(r, Candidate) and r.name == _CATEGORY and r.value != "aucune"]
    menu: set[int] = set()
    for one in found:
        others = {str(r.value) for r in found if r.scope == one.scope and r is not one and _near(one, r)}
        if len({*others, str(one.value)}) >= 3:
            menu.add(id(one))
    return menu
