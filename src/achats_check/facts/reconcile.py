"""Many passages, one fact: agreement keeps every passage, disagreement is told, silence is proven or not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.text import fold
from achats_check.model.document import Document, stands_for
from achats_check.model.fact import (
    ABSENT,
    ACHETEUR,
    CONFLICT,
    KNOWN,
    MARCHE,
    UNKNOWN,
    Evidence,
    Fact,
    FactSet,
    Scope,
    Search,
    Value,
)
from achats_check.vocabulary import FactSpec

_CLEAR_LEAD = 0.15
"""Lead in confidence beyond which the best reading wins over its rivals."""
_AUTHORITY_FLOOR = 0.8
"""Confidence under which a rival from a piece of lesser authority is set aside."""
_NEEDS_CRITERIA = {"social.critere", "environnement.critere", "environnement.cout_cycle_vie"}
"""Facts whose absence is only proven when the criteria themselves were read."""

_TELLING = 5
"""Letters from which a word says something of a fact."""


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
) -> FactSet:
    """Turn what the extractors yielded into facts, one for each name and scope.

    Args:
        found: Candidates, near misses and vocabularies sought, of every document.
        documents: The documents searched, with their roles.
        vocabulary: The specifications of the facts.

    Returns:
        A known or disputed fact for each name and scope that has candidates; for the others of the market
        and of the buyer, an absent or unknown fact that tells where it was looked for.
    """
    candidates: dict[tuple[Scope, str], list[Candidate]] = defaultdict(list)
    misses: dict[str, list[NearMiss]] = defaultdict(list)
    sought: dict[str, list[str]] = defaultdict(list)
    undecided: set[str] = set()
    """Facts some passage leaves open, or that a lot has: silence about the market proves nothing."""
    for item in found:
        if isinstance(item, Candidate):
            if item.name in vocabulary:
                candidates[(item.scope, item.name)].append(item)
                undecided.update([item.name] if _belongs_to_a_lot(item) else [])
        elif isinstance(item, NearMiss):
            misses[item.name].append(item)
            undecided.update([item.name] if item.undecided else [])
        else:
            sought[item.name].extend(word for word in item.vocabulary if word not in sought[item.name])
    facts = [_settle(vocabulary[name], scope, same) for (scope, name), same in candidates.items()]
    ledger = _Ledger(documents, sought, misses, undecided, any(f.name == "criteres" for f in facts))
    said = {(f.scope, f.name) for f in facts}
    for spec in vocabulary.values():
        scope = ACHETEUR if spec.scopes == ("acheteur",) else MARCHE
        if spec.pieces and not spec.derived and (scope, spec.name) not in said:
            facts.append(ledger.silence(spec, scope))
    return FactSet(facts)


def _belongs_to_a_lot(candidate: Candidate) -> bool:
    """A clause of lot 2 is not absent from the market; a reservation of lot 2 leaves the rest unreserved."""
    considered = candidate.name.startswith(("social.", "environnement."))
    return considered and candidate.scope.kind == "lot" and candidate.value is not False


def _settle(spec: FactSpec, scope: Scope, candidates: list[Candidate]) -> Fact:
    if spec.type == "liste" and spec.item != "champs":
        return _union(spec, scope, candidates)
    groups = _groups(spec, candidates)
    best = groups[0]
    rivals = tuple(c.evidence._replace(value=c.value) for g in groups[1:] for c in g.candidates)
    value = best.candidates[0].value
    evidence = tuple(c.evidence._replace(value=c.value) for c in best.candidates)
    if _is_loose(spec) or len(groups) == 1:
        return Fact(spec.name, scope, value, KNOWN, confidence=_joint(best), evidence=evidence)
    if all(_outranks(best, other) for other in groups[1:]):
        return Fact(spec.name, scope, value, KNOWN, confidence=best.confidence, evidence=evidence, rivals=rivals)
    return Fact(spec.name, scope, None, CONFLICT, confidence=best.confidence, evidence=evidence, rivals=rivals)


def _is_loose(spec: FactSpec) -> bool:
    """Free texts are said in many ways: the best one is kept and the others contradict nothing."""
    return spec.type == "texte" and spec.name != "acheteur.siret"


def _outranks(best: _Group, other: _Group) -> bool:
    if best.confidence - other.confidence >= _CLEAR_LEAD:
        return True
    return best.rank < other.rank and other.confidence < _AUTHORITY_FLOOR


def _joint(group: _Group) -> float:
    """Readings that agree in different pieces support one another a little."""
    pieces = len({c.evidence.document for c in group.candidates})
    return min(0.99, group.confidence + 0.02 * (pieces - 1))


def _groups(spec: FactSpec, candidates: list[Candidate]) -> list[_Group]:
    by_value: dict[object, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_value[_key(candidate.value)].append(candidate)
    groups = []
    for same in by_value.values():
        ranked = sorted(same, key=lambda c: (-c.confidence, _rank(spec, c)))
        groups.append(_Group(_distinct(ranked), ranked[0].confidence, min(_rank(spec, c) for c in same)))
    if _is_loose(spec):
        return sorted(groups, key=lambda g: (-round(g.confidence, 1), g.rank))
    return sorted(groups, key=lambda g: (-g.confidence, g.rank))


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """Drop repetitions of a passage, such as a page header on every page."""
    if len(candidates) == 1:
        return candidates
    seen: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        seen.setdefault((candidate.evidence.document, fold(candidate.evidence.quote).strip()), candidate)
    return list(seen.values())


def _rank(spec: FactSpec, candidate: Candidate) -> int:
    role = candidate.evidence.role
    return spec.pieces.index(role) if role in spec.pieces else len(spec.pieces)


def _key(value: Value) -> object:
    """Return what makes two values the same: weights and natures for criteria, spelling aside for texts."""
    if isinstance(value, str):
        return fold(value).strip()
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], Mapping):
        return tuple(sorted(_item_key(item) for item in value if isinstance(item, Mapping)))
    return tuple(sorted(str(item) for item in value))


def _item_key(item: Mapping[str, object]) -> str:
    weight = item.get("poids")
    if isinstance(weight, Decimal):
        return str(weight.normalize())
    return fold(str(item.get("nom", ""))).strip()


def _union(spec: FactSpec, scope: Scope, candidates: list[Candidate]) -> Fact:
    """Lists of codes, articles or words add up: each piece may tell a part of them."""
    ranked = _distinct(sorted(candidates, key=lambda c: (-c.confidence, _rank(spec, c))))
    items = dict.fromkeys(i for c in ranked for i in (c.value if isinstance(c.value, tuple) else (c.value,)))
    evidence = tuple(c.evidence._replace(value=c.value) for c in ranked)
    return Fact(spec.name, scope, tuple(items), KNOWN, confidence=ranked[0].confidence, evidence=evidence)


class _Ledger:
    """Where facts were looked for, and whether their absence is proven."""

    def __init__(
        self,
        documents: Sequence[Document],
        sought: Mapping[str, Sequence[str]],
        misses: Mapping[str, Sequence[NearMiss]],
        undecided: Set[str],
        criteria_known: bool,
    ) -> None:
        self._undecided = undecided
        self._sought = sought
        self._misses = misses
        self._criteria_known = criteria_known
        self._roles = tuple(dict.fromkeys(d.role for d in documents))
        self._full = frozenset(d.role for d in documents if fully_read(d))
        self._sections = {role: sections([d for d in documents if d.role == role]) for role in self._roles}
        self._known: dict[object, tuple[tuple[str, ...], tuple[str, ...], str]] = {}

    def silence(self, spec: FactSpec, scope: Scope) -> Fact:
        """Return the absent or unknown fact of a name that no passage carries."""
        missing = self._pieces(spec)[0]
        proven = bool(spec.absence) and not missing and self._was_sought(spec) and spec.name not in self._undecided
        value = spec.none_value if proven else None
        search = self._search(spec)
        return Fact(spec.name, scope, value, ABSENT if proven else UNKNOWN, search=search)

    def _was_sought(self, spec: FactSpec) -> bool:
        if spec.name not in self._sought or (spec.name in _NEEDS_CRITERIA and not self._criteria_known):
            return False
        return not spec.outside_pieces or "RAPPORT" in self._full

    def _pieces(self, spec: FactSpec) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Return the roles that miss, those searched and where in them: the same for the facts of the same pieces."""
        found = self._known.get((spec.absence, spec.pieces))
        if found is None:
            groups = spec.absence or tuple((role,) for role in spec.pieces)
            missing = tuple(dict.fromkeys(g[0] for g in groups if not any(stands_for(role, self._full) for role in g)))
            homes = {role for group in spec.absence for role in group} | set(spec.pieces)
            searched = tuple(r for r in self._roles if any(stands_for(home, frozenset((r,))) for home in homes))
            found = self._known[(spec.absence, spec.pieces)] = (missing, searched, self._where(searched))
        return found

    def _search(self, spec: FactSpec) -> Search:
        missing, searched, where = self._pieces(spec)
        words = self._sought.get(spec.name, ())
        miss = _closest(self._misses.get(spec.name, ()), words)
        return Search(
            pieces=searched,
            missing=missing,
            sections=where,
            vocabulary=tuple(words),
            nearest=miss.evidence if miss else None,
            nearest_reason=miss.reason if miss else "",
        )

    def _where(self, searched: tuple[str, ...]) -> str:
        if len(searched) == 1:
            return self._sections[searched[0]]
        return " ; ".join(f"{role} {self._sections[role]}" for role in searched)


def _closest(misses: Sequence[NearMiss], sought: Sequence[str]) -> NearMiss | None:
    """Return the miss that shares the most with the words sought: whole phrases first, then words; else the first."""
    if len(misses) < 2:
        return misses[0] if misses else None
    phrases = [fold(phrase) for phrase in sought]
    words = {word for phrase in phrases for word in phrase.split() if len(word) >= _TELLING}
    quotes = [fold(miss.evidence.quote) for miss in misses]
    shared = [(sum(p in quote for p in phrases), sum(w in quote for w in words)) for quote in quotes]
    return misses[max(range(len(misses)), key=lambda rank: (misses[rank].undecided, shared[rank]))]


def fully_read(document: Document) -> bool:
    """Return whether nothing of the document escaped the reading, so that its silence means something."""
    if document.unread_pages or not document.blocks:
        return False
    return not any("partiel" in fold(warning) for warning in document.warnings)


def sections(documents: Sequence[Document]) -> str:
    """Return where was searched, in French: "art. 1 à 14, 212 paragraphes"."""
    tops = [b.article.split(".")[0] for d in documents for b in d.blocks if b.article[:1].isdigit()]
    numbers = sorted({int(top) for top in tops if top.isdigit()})
    count = sum(len(d.blocks) for d in documents)
    plural = "s" if count > 1 else ""
    said = f"{count} paragraphe{plural}"
    if not numbers:
        return said
    span = f"art. {numbers[0]}" if len(numbers) == 1 else f"art. {numbers[0]} à {numbers[-1]}"
    return f"{span}, {said}"


def merge_declared(
    extracted: FactSet, declared: Sequence[Fact], vocabulary: Mapping[str, FactSpec]
) -> tuple[FactSet, tuple[str, ...]]:
    """Let what the user declares outrank what was read.

    Args:
        extracted: Facts read in the pieces.
        declared: Facts of ``--set``, of a description or of a profile; a later one outranks an earlier one.
        vocabulary: The specifications of the facts.

    Returns:
        The merged facts, each declared one keeping the contrary passages as rivals, and a French sentence
        for each disagreement.
    """
    merged: list[Fact] = []
    notes: list[str] = []
    for fact in {(f.scope, f.name): f for f in declared}.values():
        read = extracted.get(fact.name, fact.scope)
        rivals = _contrary(vocabulary[fact.name], fact, read)
        notes += [_disagreement(fact, rivals[0], vocabulary)] if rivals else []
        merged.append(fact._replace(rivals=rivals))
    return extracted.merged(*merged), tuple(notes)


def _contrary(spec: FactSpec, declared: Fact, read: Fact | None) -> tuple[Evidence, ...]:
    if read is None or read.status not in (KNOWN, CONFLICT) or declared.value is None or _is_loose(spec):
        return ()
    same = _key(declared.value)
    passages = read.evidence + read.rivals
    return tuple(e for e in passages if e.value is not None and _key(e.value) != same)


def _disagreement(fact: Fact, rival: Evidence, vocabulary: Mapping[str, FactSpec]) -> str:
    spec = vocabulary[fact.name]
    where = [rival.role]
    if rival.location.article:
        where.append(f"art. {rival.location.article}")
    if rival.location.page:
        where.append(f"p. {rival.location.page}")
    scope = f" (lot {fact.scope.id})" if fact.scope.kind == "lot" else ""
    read = say(spec, rival.value)
    return f"{fact.name}{scope} : déclaré {say(spec, fact.value)}, lu {read} ({', '.join(where)})"


_SAID_UNITS = {"EUR_HT": "€ HT", "EUR": "€", "pourcent": "%", "mois": "mois", "heures": "heures", "jours": "jours"}


def say(spec: FactSpec, value: Value | None) -> str:
    """Return a value as a short French text, for notes."""
    if value is None:
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return ", ".join(str(item.get("nom", "")) if isinstance(item, Mapping) else str(item) for item in value)
    if hasattr(value, "isoformat"):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value
    unit = _SAID_UNITS.get(spec.unit, "")
    return f"{value:,}".replace(",", "\u00a0").replace(".", ",") + (f" {unit}" if unit else "")
