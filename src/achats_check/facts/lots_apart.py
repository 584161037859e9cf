"""Lots that a clause leaves aside: "les lots 1 et 3 comportent une clause d'insertion" is no clause of lot 2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.articles import OWNERS
from achats_check.facts.clauses.lots import EVERY
from achats_check.facts.clauses.spared import ALONE, SPARED
from achats_check.facts.text import fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_INSERTION = "social.insertion"
_CLAUSE = "social.condition_execution"
_SAME_FATE = (_INSERTION, _CLAUSE)
_OTHER_CLAUSES = frozenset({"social.egalite", "social.apprentissage"})
"""Facts of the market that are a social clause of every lot, whatever is said of insertion."""
_SHARED_OUT = (
    r"\blots?\b[^.;\n]{0,60}\b(?:comport\w+|assortis?|assujettis?|soumis|concernes?|inclu\w+|integr\w+|prevoi\w+"
    r"|contien\w+|font l'objet|fait l'objet)\b|(?:inscri\w+|prevu\w*|introdui\w+|appliqu\w+) (?:dans|pour|sur|aux?)"
    r" (?:les |le )?lots?\b|clauses? [^.;\n]{0,40}[:\t]\s*(?:oui\b[^.;\n]{0,6})?\b(?:les? )?lots?\b"
)
"""How a sentence shares a clause out among the lots; one that gives a lot its hours does not."""
_FOR_ALL_LOTS = ("AAPC", "RC", "CCAP", "CCP")
"""Pieces that speak of every lot; that of one lot says nothing of the others."""
_CONFIDENCE = 0.75


def lots_apart(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield that a lot has no clause of insertion when a sentence gives it to others, and none gives it to this one.

    Args:
        found: The candidates of every piece of the dossier.
    """
    yield from _spared(found)
    yield from _denied_with_insertion(found)
    own = [c for c in found if c.name in _SAME_FATE and c.value is True]
    of_lots = [c for c in own if c.scope != MARCHE and c.evidence.role in _FOR_ALL_LOTS]
    shared = [c for c in of_lots if _shares_out(fold(c.evidence.quote))]
    of_market = [c for c in own if c.scope == MARCHE]
    if not shared or not of_market or any(EVERY.search(fold(c.evidence.quote)) for c in of_market):
        return
    names = _names(found)
    told = {c.scope for c in found if c.name.startswith("social.") and c.scope != MARCHE}
    for scope in _lots(found):
        for name in names if scope not in told else ():
            yield Candidate(name, False, shared[0].evidence, _CONFIDENCE, scope)


def _names(found: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the clauses that a lot lacks with that of insertion: none but this one where the market has another."""
    return _SAME_FATE if _OTHER_CLAUSES.isdisjoint(_known(found)) else (_INSERTION,)


def _spared(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield that the lots which the article of a clause spares have none."""
    for item in found:
        if item.name not in (SPARED, ALONE) or not isinstance(item.value, tuple):
            continue
        named = [Scope("lot", str(lot)) for lot in item.value]
        spared = named if item.name == SPARED else [lot for lot in _lots(found) if lot not in named]
        for lot in spared:
            for name in _names(found):
                yield item._replace(name=name, value=False, scope=lot)


def _denied_with_insertion(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield that a lot whose clause of insertion is set aside has no social clause, where nothing tells one."""
    told: dict[Scope, list[Candidate]] = {}
    for item in found:
        if item.name in _SAME_FATE and item.scope != MARCHE:
            told.setdefault(item.scope, []).append(item)
    for items in told.values() if len(_names(found)) > 1 else ():
        if all(item.name == _INSERTION and item.value is False for item in items):
            yield from (item._replace(name=_CLAUSE) for item in items)


def _shares_out(quote: str) -> bool:
    row = "\t" in quote
    return compiled(_SHARED_OUT).search(quote) is not None or (not row and OWNERS.match(quote) is not None)


def _known(found: Iterable[Candidate]) -> set[str]:
    return {c.name for c in found if c.scope == MARCHE and c.value is True}


def _lots(found: Iterable[Candidate]) -> list[Scope]:
    return list(dict.fromkeys(c.scope for c in found if c.name == "objet" and c.scope.kind == "lot"))
