"""Variants that a technical specification offers: the rules decide, and what it says is held against theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.structure.scan import Text, said, sentence
from achats_check.facts.terms import Subject, found, held
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope

_FACT = "variantes"
_ROLE, _NOTICE = "CCTP", "AAPC"
_FORBIDDEN = "interdites"
_CONFIDENCE = 0.82
"""Enough to be compared with the rules, too little to be believed against them."""


def find_offered(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield ``variantes`` for the lots, or the market, whose bidders a technical specification lets propose some.

    Args:
        reading: The document.
        text: Its text.
        terms: What says that variants are offered.
    """
    if reading.role != _ROLE:
        return
    for index in text.announced(terms["offertes"]):
        folded, block = text.folded[index], text.blocks[index]
        match = found(terms["offertes"], folded)
        if match is None:
            continue
        span = sentence(folded, *match.span())
        lots = lot_numbers(folded[slice(*span)]) or lot_numbers(fold(block.heading))
        for scope in [Scope("lot", lot) for lot in lots] or [MARCHE]:
            yield said(reading, _FACT, held(terms["offertes"], folded), block, span, _CONFIDENCE, scope)


def with_rules_of_the_market(
    read: Sequence[Candidate | NearMiss | Sought],
) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what was read, and for each lot that a specification alone speaks of, what is told of every lot.

    "Variantes interdites" in the rules holds for the lot whose specification offers some: neither is sure any more.
    The same goes for the notice, where the rules admit some for a lot.

    Args:
        read: What every piece of a dossier says.
    """
    told = [item for item in read if isinstance(item, Candidate) and item.name == _FACT]
    roles: dict[Scope, set[str]] = {}
    for item in told:
        roles.setdefault(item.scope, set()).add(item.evidence.role)
    alone = [scope for scope, speaking in roles.items() if scope.kind == "lot" and speaking == {_ROLE}]
    yield from read
    for scope in alone:
        yield from (item._replace(scope=scope) for item in told if item.scope == MARCHE)
    yield from _against_the_notice(told)


def _against_the_notice(told: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what makes unsure a lot whose variants the rules admit and the notice forbids without naming any lot."""
    of_notice = [item for item in told if item.evidence.role == _NOTICE]
    forbidden = next((i for i in of_notice if i.scope == MARCHE and i.value == _FORBIDDEN), None)
    if forbidden is None or any(item.value != _FORBIDDEN for item in of_notice):
        return
    spoken = {item.scope for item in of_notice}
    for item in told:
        rules = item.evidence.role not in (_ROLE, _NOTICE)
        if rules and item.scope.kind == "lot" and item.scope not in spoken and item.value != _FORBIDDEN:
            yield forbidden._replace(scope=item.scope)
            yield item._replace(scope=MARCHE)
