"""Names of labels → records that say whether an equivalent is accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeGuard

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.sentences import sentence
from achats_check.model.fact import Item
from achats_check.patterns import compiled

_EQUIVALENT = r"(?:equivalen(?:t|te|ts|tes|ces?)|similaires?)"
_REFUSED = compiled(
    rf"(?:aucun|pas d'|sans|exclu\w{{0,8}}|refus\w{{0,4}})\s[^.;]{{0,40}}{_EQUIVALENT}"
    rf"|{_EQUIVALENT}[^.;]{{0,40}}(?:ne ser\w{{1,4}} pas|n'est pas|non admis|non accept|refus|exclu)"
    r"|a l'exclusion de tou(?:t|te|s) autres? (?:label|certifi|marque|referentiel|norme|attestation)"
)
_ACCEPTED = compiled(
    rf"\bou\s(?:[\w']+\s){{0,5}}{_EQUIVALENT}|{_EQUIVALENT}[^.;]{{0,60}}(?:accept|admis|autoris"
    rf"|recevable)|l'objet d'{_EQUIVALENT}"
)
_OTHERS_REFUSED = compiled(
    r"\baucun(?:e)? autres? (?:labels?|certifi\w{1,8}|marques?|attestations?|referentiels?)\b[^.;]{0,60}"
    r"\b(?:n'est|ne sera|ne seront|ne sont) (?:\w+ )?(?:accept|admis|recevable|retenu)"
)
"""What may stand in the sentence below the one of the label: "Aucun autre label ne sera accepté"."""
_BELOW = 240
_EVERYWHERE = compiled(
    rf"(?:tous? (?:les )?|chacun des |chaque |les )(?:labels?|eco-?labels?|certifi\w{{1,8}}"
    rf"|autres? labels?|marques?|normes?)[^.;]{{0,80}}{_EQUIVALENT}"
    rf"|(?:labels?|certifi\w{{1,8}}) {_EQUIVALENT}[^.;]{{0,60}}(?:accept|admis|autoris)"
)
_THE_LABEL = compiled(r"\bl'eco-?label\b")
_GENERIC, _OF_THE_UNION = "écolabel", "écolabel européen"
_FAIR_TRADE = "commerce équitable"


def describe_labels(results: list[Candidate | NearMiss], texts: list[str]) -> Iterator[Candidate | NearMiss]:
    """Turn each candidate of ``labels``, whose value is a name, into a list of one record.

    Args:
        results: Results for every fact; those of other facts pass unchanged.
        texts: Folded text by block.
    """
    results = list(_recalled(results, texts))
    general = True if any(_EVERYWHERE.search(text) for text in texts if "equivalen" in text) else None
    told: dict[str, set[bool]] = defaultdict(set)
    """What the piece says, here or there, of each label: an article that only recalls it takes nothing back."""
    for result in results:
        if _names_a_label(result):
            told[str(result.value)].update(said for said in (_equivalence(result, texts),) if said is not None)
    for result in results:
        if _names_a_label(result):
            own = _equivalence(result, texts)
            elsewhere = next(iter(told[str(result.value)])) if len(told[str(result.value)]) == 1 else general
            yield result._replace(value=(_record(str(result.value), own if own is not None else elsewhere),))
        else:
            yield result


def _recalled(results: list[Candidate | NearMiss], texts: list[str]) -> Iterator[Candidate | NearMiss]:
    """Yield the results, "non conforme à l'Écolabel" as that of the Union when the piece names no other one."""
    named = {str(result.value) for result in results if _names_a_label(result)}
    for result in results:
        if _names_a_label(result) and result.value == _GENERIC and _OF_THE_UNION in named:
            location = result.evidence.location
            recalls = _THE_LABEL.search(texts[location.block or 0], location.start, location.end)
            yield result._replace(value=_OF_THE_UNION) if recalls else result
        else:
            yield result


def _names_a_label(result: Candidate | NearMiss) -> TypeGuard[Candidate]:
    return isinstance(result, Candidate) and result.name == "labels" and isinstance(result.value, str)


def _record(name: str, accepted: bool | None) -> Item:
    record: dict[str, str | bool | None] = {"nom": name}
    if accepted is not None:
        record["equivalent_accepte"] = accepted
    if name == _FAIR_TRADE:
        record["commerce_equitable"] = True
    return record


def _equivalence(result: Candidate, texts: list[str]) -> bool | None:
    """Read whether the sentence of the label accepts an equivalent; None when it does not say."""
    location = result.evidence.location
    text = texts[location.block or 0]
    left, right = sentence(text, location.start, location.end)
    right = min(len(text), max(right, location.end + 120))
    around = text[left:right]
    if _REFUSED.search(around) or _OTHERS_REFUSED.search(text[left : max(right, location.end + _BELOW)]):
        return False
    return True if _ACCEPTED.search(around) else None
