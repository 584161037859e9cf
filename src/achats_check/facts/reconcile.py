"""Many passages, one fact: agreement keeps every passage, disagreement is told, silence is proven or not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from achats_check.facts.agreement import agree, likeness
from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.coverage import coverage
from achats_check.facts.ledger import CONCERNS, NEED_CRITERIA, Ledger
from achats_check.facts.text import fold
from achats_check.model.document import Document
from achats_check.model.fact import (
    ABSENT,
    ACHETEUR,
    CONFLICT,
    EXTRACTED,
    KNOWN,
    MARCHE,
    STRUCTURED,
    SURE_ENOUGH,
    Fact,
    FactSet,
    Scope,
)
from achats_check.vocabulary import FactSpec

CLEAR_LEAD = 0.15
"""Lead in confidence beyond which the best reading wins over its rivals."""
_AUTHORITY_FLOOR = 0.8
"""Confidence under which a rival from a piece of lesser authority is set aside."""

_NONE = "aucune"
"""The item of a list that says that it has no other."""
_MOST_LISTS = 60
"""Lists of criteria compared with one another, the surest: a dossier has a few, a hostile text any number."""


class _Group(NamedTuple):
    """Candidates that say the same value, best first."""

    candidates: list[Candidate]
    confidence: float
    rank: int
    """Place of its best piece among those that usually carry the fact; the lower, the more authority."""


def reconcile(
    found: Iterable[Candidate | NearMiss | Sought],
    documents: Sequence[Document],
    vocabulary: Mapping[str, FactSpec],
    unread: Sequence[Document] = (),
) -> FactSet:
    """Turn what the extractors yielded into facts, one for each name and scope.

    Args:
        found: Candidates, near misses and vocabularies sought, of every document.
        documents: The documents searched, with their roles.
        vocabulary: The specifications of the facts.
        unread: The pieces that could not be read, with the role that their names let expect.

    Returns:
        A known or disputed fact for each name and scope that has candidates; for the others of the market
        and of the buyer, an absent or unknown fact that tells where it was looked for.
    """
    candidates: dict[tuple[Scope, str], list[Candidate]] = defaultdict(list)
    misses: dict[str, list[NearMiss]] = defaultdict(list)
    sought: dict[str, list[str]] = defaultdict(list)
    undecided: set[str] = set()
    """Facts some passage leaves open: silence proves nothing."""
    unsettled: set[str] = set()
    """Facts that a lot has, or that need criteria which were not read: silence about the market proves nothing."""
    for item in found:
        if isinstance(item, Candidate):
            if item.name in vocabulary:
                candidates[(_whose(vocabulary[item.name], item.scope), item.name)].append(item)
                unsettled.update([item.name] if _belongs_to_a_lot(item) else [])
        elif isinstance(item, NearMiss):
            misses[item.name].append(item)
            undecided.update([item.name] if item.undecided else [])
        else:
            sought[item.name].extend(word for word in item.vocabulary if word not in sought[item.name])
    versions = {document.path: document.same_as for document in documents if document.same_as}
    facts = [
        _settle(vocabulary[name], scope, _once(same, versions) if versions else same)
        for (scope, name), same in candidates.items()
    ]
    lots = lot_count(facts)
    ledger = Ledger(documents, coverage(documents, unread, lots).whole, sought, misses, undecided)
    criteria = [fact.scope for fact in facts if fact.name == "criteres" and fact.confidence >= SURE_ENOUGH]
    unsettled.update(() if MARCHE in criteria or len(criteria) == lots else NEED_CRITERIA)
    said = {(f.scope, f.name) for f in facts}
    for spec in vocabulary.values():
        scope = _whose(spec, MARCHE)
        if spec.pieces and not spec.derived and (scope, spec.name) not in said:
            facts.append(ledger.silence(spec, scope, doubtful=spec.name in unsettled))
    shared_out = {(MARCHE, name) for name in CONCERNS if _is_of_lots(name, candidates)}
    return FactSet([*facts, *_not_judged(criteria, vocabulary, ledger, said - shared_out)])


def _is_of_lots(name: str, candidates: Mapping[tuple[Scope, str], Sequence[Candidate]]) -> bool:
    """Tell whether the passages that say a thing of the market are all in lists of criteria that some lots own."""
    of_lots = {_place(c) for (scope, own), same in candidates.items() if own == name and scope != MARCHE for c in same}
    return all(_place(candidate) in of_lots for candidate in candidates.get((MARCHE, name), ()))


def _place(candidate: Candidate) -> tuple[str, int | None]:
    return candidate.evidence.document, candidate.evidence.location.block


def _not_judged(
    criteria: Iterable[Scope], vocabulary: Mapping[str, FactSpec], ledger: Ledger, said: Set[tuple[Scope, str]]
) -> Iterator[Fact]:
    """Yield what the criteria of a lot, read whole, do not judge, whatever those of another lot do."""
    for scope, name in product(criteria, sorted(CONCERNS & vocabulary.keys())):
        if scope != MARCHE and not said & {(scope, name), (MARCHE, name)}:
            silence = ledger.silence(vocabulary[name], scope)
            yield from [silence] if silence.status == ABSENT else []


def _whose(spec: FactSpec, scope: Scope) -> Scope:
    """Return whose a fact is: the buyer's own, wherever it is read."""
    return ACHETEUR if spec.scopes == ("acheteur",) else scope


def lot_count(facts: Iterable[Fact]) -> int | None:
    """Return the number of lots when it is known; a market that is not divided is one lot."""
    said = {f.name: f.value for f in facts if f.scope == MARCHE and f.status == KNOWN}
    number = said.get("nombre_lots")
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    return 1 if said.get("alloti") is False else None


def _belongs_to_a_lot(candidate: Candidate) -> bool:
    """A clause or a level of lot 2 is not absent from the market; a reservation of lot 2 leaves the rest unreserved.

    "Le lot 4 n'est pas soumis à la clause d'insertion" speaks of a clause that others may have; that a thing is not
    marked in lot 4 says nothing of the criteria of others, which are read for themselves.
    """
    if candidate.name in CONCERNS and candidate.value is False:
        return False
    considered = candidate.name.startswith(("social.", "environnement.", "chiffre_affaires_"))
    return considered and candidate.scope.kind == "lot"


def _once(candidates: list[Candidate], versions: Mapping[str, str]) -> list[Candidate]:
    """Let a piece in two formats say a value once; where the formats differ, both are heard."""
    said = {(c.evidence.document, likeness(c.value)) for c in candidates}
    return [c for c in candidates if (versions.get(c.evidence.document, ""), likeness(c.value)) not in said]


def _settle(spec: FactSpec, scope: Scope, candidates: list[Candidate]) -> Fact:
    if spec.type == "liste" and spec.item != "champs":
        return _union(spec, scope, candidates)
    groups = _groups(spec, candidates)
    best = groups[0]
    rivals = tuple(c.evidence._replace(value=c.value) for g in groups[1:] for c in g.candidates)
    value = best.candidates[0].value
    evidence = tuple(c.evidence._replace(value=c.value) for c in best.candidates)
    origin = _origin(best.candidates)
    if is_loose(spec) or len(groups) == 1:
        return Fact(spec.name, scope, value, KNOWN, origin, _joint(best), evidence)
    if all(_outranks(best, other) for other in groups[1:]):
        return Fact(spec.name, scope, value, KNOWN, origin, best.confidence, evidence, rivals)
    return Fact(spec.name, scope, None, CONFLICT, origin, best.confidence, evidence, rivals)


def _origin(candidates: Sequence[Candidate]) -> str:
    """A value that a field gives is structured, whatever sentences repeat it."""
    return STRUCTURED if any(c.origin == STRUCTURED for c in candidates) else EXTRACTED


def is_loose(spec: FactSpec) -> bool:
    """Free texts are said in many ways: the best one is kept and the others contradict nothing."""
    return spec.type == "texte" and spec.name != "acheteur.siret"


def _outranks(best: _Group, other: _Group) -> bool:
    if best.confidence - other.confidence >= CLEAR_LEAD:
        return True
    return best.rank < other.rank and other.confidence < _AUTHORITY_FLOOR


def _joint(group: _Group) -> float:
    """Readings that agree in different pieces support one another a little."""
    pieces = len({c.evidence.document for c in group.candidates})
    return min(0.99, group.confidence + 0.02 * (pieces - 1))


def _groups(spec: FactSpec, candidates: list[Candidate]) -> list[_Group]:
    groups = []
    for same in _agreeing(candidates, records=spec.item == "champs"):
        ranked = sorted(same, key=lambda c: (-c.confidence, _rank(spec, c)))
        groups.append(_Group(_distinct(ranked), ranked[0].confidence, min(_rank(spec, c) for c in same)))
    if is_loose(spec):
        return sorted(groups, key=lambda g: (-round(g.confidence, 1), g.rank))
    return sorted(groups, key=lambda g: (-g.confidence, g.rank))


def _agreeing(candidates: Iterable[Candidate], *, records: bool) -> Iterable[list[Candidate]]:
    """Sort candidates by what they say."""
    alike: dict[object, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        alike[repr(candidate.value) if records else likeness(candidate.value)].append(candidate)
    return _of_one_mind(alike.values()) if records else alike.values()


def _of_one_mind(lists: Iterable[list[Candidate]]) -> list[list[Candidate]]:
    """Join lists so that each agrees with all those of its group, and not only with a vague first one."""
    groups: list[list[list[Candidate]]] = []
    for ours in sorted(lists, key=lambda same: -same[0].confidence)[:_MOST_LISTS]:
        value = ours[0].value
        own = next((group for group in groups if all(agree(theirs[0].value, value) for theirs in group)), None)
        if own is None:
            groups.append([ours])
        else:
            own.append(ours)
    return [[candidate for ours in group for candidate in ours] for group in groups]


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """Drop repetitions of a passage, such as a page header on every page."""
    if len(candidates) == 1:
        return candidates
    seen: dict[tuple[str, str, str], Candidate] = {}
    for candidate in candidates:
        seen.setdefault(_passage(candidate), candidate)
    return list(seen.values())


def _passage(candidate: Candidate) -> tuple[str, str, str]:
    """Return what makes a passage another: its words, and for an amount its field, as two lots of 60 000 € add up."""
    evidence = candidate.evidence
    field = evidence.location.pointer if isinstance(candidate.value, Decimal) else ""
    return evidence.document, fold(evidence.quote).strip(), field


def _rank(spec: FactSpec, candidate: Candidate) -> int:
    role = candidate.evidence.role
    return spec.pieces.index(role) if role in spec.pieces else len(spec.pieces)


def _union(spec: FactSpec, scope: Scope, candidates: list[Candidate]) -> Fact:
    """Lists of codes, articles or words add up: each piece may tell a part of them."""
    ranked = _distinct(sorted(candidates, key=lambda c: (-c.confidence, _rank(spec, c))))
    items = dict.fromkeys(i for c in ranked for i in (c.value if isinstance(c.value, tuple) else (c.value,)))
    evidence = tuple(c.evidence._replace(value=c.value) for c in ranked)
    if _NONE in items and len(items) > 1:
        return Fact(spec.name, scope, None, CONFLICT, _origin(ranked), ranked[0].confidence, evidence[:1], evidence[1:])
    return Fact(spec.name, scope, tuple(items), KNOWN, _origin(ranked), ranked[0].confidence, evidence)
