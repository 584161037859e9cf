"""Templates whose ticks were lost: "n'est pas réservé" and "est réservé" printed one under the other.

Both options in sight, and no box left to choose between them: nothing was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.model.document import Block
from achats_check.model.fact import Value
from achats_check.patterns import compiled

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
_OPTION = compiled(
    r"^[\s•-]{0,4}(?:le|la|l'|ce)? ?(?:present[e]? )?(?:marche|lot|accord-cadre|consultation|procedure)(?: public)?"
    r"(?: \w+){0,3} (?:est|sera) reservee?\s*:?\s*$"
)
_NEGATIVE: tuple[Value, ...] = ("aucune", False)
PRINTED_OPTIONS = "modèle qui imprime toutes les options : aucune n'est choisie"


def set_undecided_aside(
    results: list[Candidate | NearMiss], blocks: Sequence[Block], texts: Sequence[str]
) -> Iterator[Candidate | NearMiss]:
    """Turn the contrary options of a template that stand next to each other into near misses.

    Args:
        results: What the clauses of the document said.
        blocks: Blocks of the document.
        texts: Folded text by block.
    """
    places = _by_place(results)
    rivals = {id(r) for r in results if isinstance(r, Candidate) and _contradicted(r, places)}
    printed = [index for index, text in enumerate(texts) if "reserve" in text and _OPTION.search(text)]
    rivals |= {id(r) for r in results if isinstance(r, Candidate) and _beside_option(r, printed, blocks)}
    categories = _menu(results)
    aside = {r.evidence.location.block for r in results if r.name == _CATEGORY and id(r) in rivals | categories}
    aside |= {
        r.evidence.location.block
        for r in results
        if r.name == _CATEGORY and isinstance(r, NearMiss) and r.reason == PRINTED_OPTIONS
    }
    for result in results:
        listed = result.name in _WITH_CATEGORY and result.evidence.location.block in aside
        if isinstance(result, Candidate) and (listed or id(result) in rivals or id(result) in categories):
            yield NearMiss(result.name, result.evidence, PRINTED_OPTIONS, undecided=True)
        else:
            yield result


def _beside_option(one: Candidate, printed: Sequence[int], blocks: Sequence[Block]) -> bool:
    """ "Le marché est réservé :" printed beside "n'est pas réservé", with its list of categories."""
    if one.name not in _WITH_CATEGORY and not (one.name == _CATEGORY and one.value == "aucune"):
        return False
    here = one.evidence.location
    return any(
        abs((here.block or 0) - index) <= _NEAR and blocks[index].heading == here.heading and _is_option(one)
        for index in printed
        if index != here.block
    )


_Places = dict[tuple[str, int], list[Candidate | NearMiss]]
"""What was said of each fact in each block: only near blocks are compared."""


def _by_place(results: list[Candidate | NearMiss]) -> _Places:
    places: _Places = {}
    for result in results:
        if result.name in _FACTS:
            places.setdefault((result.name, result.evidence.location.block or 0), []).append(result)
    return places


def _contradicted(one: Candidate, places: _Places) -> bool:
    if one.name not in _FACTS or not _is_option(one):
        return False
    here = one.evidence.location.block or 0
    return any(
        _contrary(one, other) and _near(one, other) and _is_option(other)
        for block in range(here - _NEAR, here + _NEAR + 1)
        for other in places.get((one.name, block), ())
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
