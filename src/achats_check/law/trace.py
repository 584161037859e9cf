"""What a trace tells: which facts decided, which are missing, what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from achats_check.law.context import MARKET_PREFIX, Context
from achats_check.law.derive import INPUTS
from achats_check.law.parameters import BUYER_FACTS, NATURE_FACTS
from achats_check.model.fact import ABSENT, CONFLICT, DERIVED, UNKNOWN, Evidence, Fact, Scope, Search
from achats_check.model.finding import TraceNode
from achats_check.model.rule import Condition, ParameterRow

_UNSETTLED = (UNKNOWN, CONFLICT)
_PASSAGES = 2
"""Passages shown of a fact that is read: they all say the same."""
_SIDES = 8
"""Passages shown of a fact drawn from others: each tells a part of it."""


def deciding(node: TraceNode) -> Iterator[TraceNode]:
    """Yield the leaves that made a node what it is; for a node unknown, the leaves that left it so."""
    if not node.children:
        if node.fact:
            yield node
        return
    wanted = {"aucun": {True: False, False: True, None: None}}.get(node.verb, {True: True, False: False, None: None})
    for child in node.children:
        if child.result is wanted[node.result]:
            yield from deciding(child)


def deciding_of_all(nodes: Iterable[TraceNode], result: bool | None) -> tuple[TraceNode, ...]:
    """Return the deciding leaves of conditions that must all hold, given their common result."""
    return tuple(leaf for node in nodes if node.result is result for leaf in deciding(node))


def settled_beside_unknown(nodes: Iterable[TraceNode]) -> Iterator[TraceNode]:
    """Yield the leaves that are settled where what stands beside them is still unknown.

    "A clause, or a recorded reason": without the clause, the doubt on the reason rests on that absence too.
    "A referral, and what completes it": with the referral, the doubt on the complement rests on it.
    """
    for node in nodes:
        if node.result is not None:
            continue
        for child in node.children:
            if (node.verb, child.result) in {("un_des", False), ("tous", True)}:
                yield from deciding(child)
        yield from settled_beside_unknown(node.children)


def missing_facts(unknown: Iterable[TraceNode], context: Context) -> tuple[str, ...]:
    """Return the facts to provide so that unknown leaves are settled, each once.

    A derived fact is replaced by what it is computed from; an unsettled parameter by the buyer or the
    nature it waits for; a fact in conflict by itself.
    """
    found: dict[str, None] = {}
    for leaf in unknown:
        seen = context.at(leaf.scope) if leaf.scope and leaf.scope.kind == "lot" else context
        if not seen.fact(leaf.fact).candidates or len(seen.candidates(leaf.fact)) > 1:
            found.update(dict.fromkeys(_to_provide(leaf.fact.removeprefix(MARKET_PREFIX), seen)))
        if leaf.other_fact and len(seen.candidates(leaf.other_fact)) != 1:
            found.update(dict.fromkeys(_to_provide(leaf.other_fact.removeprefix(MARKET_PREFIX), seen)))
        for name in _unsettled(leaf.parameter, seen) if leaf.parameter else ():
            found.update(dict.fromkeys(_to_provide(name, seen)))
    return tuple(found)


def _unsettled(parameter: str, context: Context) -> list[str]:
    """Return the facts that would choose between the values a parameter may have; none when it has one."""
    return [name for name in awaited(context.rows(parameter)) if len(context.candidates(name)) != 1]


def awaited(rows: tuple[ParameterRow, ...]) -> tuple[str, ...]:
    """Return the facts that choose between rows of a parameter, known or not; none when they have one value."""
    if len({row.value for row in rows}) == 1:
        return ()
    names = [name for row in rows if row.condition is not None for name in compared(row.condition)]
    if not rows or len({row.buyers for row in rows}) > 1:
        names += BUYER_FACTS
    if not rows or len({row.natures for row in rows}) > 1:
        names += NATURE_FACTS
    return tuple(dict.fromkeys(names))


def compared(condition: Condition) -> Iterator[str]:
    """Yield the facts a condition tree looks at."""
    if condition.fact:
        yield condition.fact.removeprefix(MARKET_PREFIX)
    for child in condition.children:
        yield from compared(child)


def _to_provide(name: str, context: Context) -> tuple[str, ...]:
    spec = context.book.vocabulary[name]
    if not spec.derived:
        return (name,)
    inputs = [source for source in INPUTS.get(name, ()) if source in context.book.vocabulary]
    return tuple(source for source in inputs if context.fact(source).status in _UNSETTLED) if inputs else (name,)


def facts_of(nodes: Iterable[TraceNode], context: Context) -> tuple[Fact, ...]:
    """Return the facts that leaves compare, each once."""
    found: dict[tuple[Scope, str], Fact] = {}
    for leaf in nodes:
        seen = context.at(leaf.scope) if leaf.scope and leaf.scope.kind == "lot" else context
        for name in filter(None, (leaf.fact, leaf.other_fact)):
            fact = seen.fact(name)
            found[(fact.scope, fact.name)] = fact
    return tuple(found.values())


def evidence_of(facts: Iterable[Fact]) -> tuple[Evidence, ...]:
    """Return the passages that carry facts, best first, each once: all the sides of what compares several."""
    passages = (e for fact in facts for e in (*fact.evidence[: _most(fact)], *fact.rivals[:2]))
    return tuple({(e.document, e.location, e.quote): e for e in passages}.values())


def _most(fact: Fact) -> int:
    return _SIDES if fact.origin == DERIVED else _PASSAGES


def search_of(facts: Iterable[Fact]) -> Search | None:
    """Return the ledger of a fact that was looked for: one proven absent first, one searched in vain next."""
    searched = sorted((fact for fact in facts if fact.search is not None), key=_proof)
    return searched[0].search if searched else None


def _proof(fact: Fact) -> tuple[bool, bool]:
    return fact.status != ABSENT, not (fact.search and fact.search.pieces)
