"""The words that announce a regular expression: a text that lacks them need not be searched.

They are had from the parsed expression: a sequence needs what each of its parts needs, an alternative what one of
its branches needs. ``Words`` keeps that shape, so that "atelier protégé ou entreprise adaptée" is not looked for
in every paragraph that holds "entreprise".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

Item: TypeAlias = "str | Words"
Words: TypeAlias = "tuple[tuple[Item, ...], ...]"
"""Every match holds one item of each group; an item is a piece of a word, a whole word, or ``Words`` again."""

WHOLE = "="
"""Opens an item that is a whole word, with no letter or digit on either side."""
MIN_PIECE = 3
"""Letters that a piece of a word has at least; a whole word may be shorter."""
_MOST_GROUPS = 4
"""Groups kept of a sequence: the next ones set next to nothing aside."""
_COMMON = (
    *("titulaire", "marche", "clause", "candidat", "groupement", "condition", "execut", "travaux", "produit"),
    *("environnementales", "objet", "social", "offre", "prix", "contrat", "article", "lot", "materiaux", "entreprise"),
    *("personnes", "prestation", "fourniture", "delai", "jours", "montant", "accord-cadre", "forme", "technique"),
    *("travail", "seul", "dans", "pour", "par", "les", "des", "est", "sont", "doit", "service", "public", "moins"),
    *("droit", "mise", "point", "part", "pas", "cette", "etre", "economique", "mois", "euros", "duree", "document"),
)
"""Words nearly every page holds: they announce little."""
_COST_OF_COMMON = 40
_LITTLE = frozenset(
    (
        *("a", "au", "aux", "ce", "ces", "de", "des", "du", "en", "et", "il", "la", "le", "les", "ou", "par", "pour"),
        *("que", "qui", "sa", "se", "son", "sur", "un", "une"),
    )
)
"""Whole words of every sentence: looking for them sets nothing aside."""


class _Run:
    """A run of plain characters of an expression, between two other parts."""

    def __init__(self, text: str, opened: bool, closed: bool) -> None:
        self.text = text
        self.whole = opened and closed and text.isalnum()

    def item(self) -> str:
        """Return what is looked for, or "" when it is too short to tell anything."""
        if self.whole and len(self.text) > 1:
            return "" if self.text in _LITTLE else WHOLE + self.text
        return self.text if len(self.text) >= MIN_PIECE else ""


def announcing(tree: Any) -> Words:
    """Return the words that every match of a parsed expression holds, () when none is sure."""
    groups = sorted(dict.fromkeys(_required(tree, False, False)), key=_cost)
    return tuple(groups[:_MOST_GROUPS])


def pieces(words: Words) -> Iterator[str]:
    """Yield every word looked for, without its mark."""
    for group in words:
        for item in group:
            if isinstance(item, str):
                yield item.removeprefix(WHOLE)
            else:
                yield from pieces(item)


def _required(tree: Any, opened: bool, closed: bool) -> list[tuple[Item, ...]]:
    """Return the groups that a sequence needs, one after the other.

    Args:
        tree: The parsed sequence.
        opened: Whether no letter stands before it.
        closed: Whether no letter stands after it.
    """
    nodes = [(str(op), value) for op, value in tree]
    groups: list[tuple[Item, ...]] = []
    rank = 0
    while rank < len(nodes):
        end = rank
        while end < len(nodes) and _is_plain(*nodes[end]):
            end += 1
        before = _is_edge(nodes[:rank][::-1], opened)
        if end > rank:
            text = "".join(chr(value) for _, value in nodes[rank:end])
            item = _Run(text, before, _is_edge(nodes[end:], closed)).item()
            groups += [(item,)] if item else []
            rank = end
        else:
            groups += _required_by_part(*nodes[rank], before, _is_edge(nodes[rank + 1 :], closed))
            rank += 1
    return groups


def _required_by_part(op: str, value: Any, opened: bool, closed: bool) -> list[tuple[Item, ...]]:
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        once = value[1] == 1
        return _required(value[2], opened and once, closed and once) if value[0] else []
    if op in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _required(value[3] if op == "SUBPATTERN" else value, opened, closed)
    if op == "BRANCH":
        return _alternative([_required(branch, opened, closed) for branch in value[1]])
    return []


def _alternative(branches: Sequence[list[tuple[Item, ...]]]) -> list[tuple[Item, ...]]:
    """Join what the branches need; an alternative one of whose branches needs nothing needs nothing."""
    if not all(branches):
        return []
    items: list[Item] = []
    for groups in branches:
        best = sorted(dict.fromkeys(groups), key=_cost)[:_MOST_GROUPS]
        items += best[0] if len(best) == 1 else [tuple(best)]
    return [tuple(dict.fromkeys(items))]


def _is_plain(op: str, value: Any) -> bool:
    return op == "LITERAL" and not chr(value).isspace()


def _is_edge(nodes: Sequence[tuple[str, Any]], otherwise: bool) -> bool:
    """Tell whether what stands next, nearest first, is no letter or digit; ``otherwise`` beyond the sequence."""
    for op, value in nodes:
        if op == "AT":
            return str(value) != "AT_NON_BOUNDARY"
        if op in ("MAX_REPEAT", "MIN_REPEAT"):
            inner = [(str(kind), content) for kind, content in value[2]]
            if len(inner) != 1 or not _is_no_letter(*inner[0]):
                return False
            if value[0]:
                return True
            continue
        return _is_no_letter(op, value)
    return otherwise


def _is_no_letter(op: str, value: Any) -> bool:
    if op == "LITERAL":
        return not (chr(value).isalnum() or value == ord("_"))
    if op == "IN":
        return all(
            str(content) == "CATEGORY_SPACE" if str(kind) == "CATEGORY" else _is_no_letter(str(kind), content)
            for kind, content in value
        )
    return False


def _cost(group: Sequence[Item]) -> int:
    """Rank a group by how many pages hold it: few, rare and long words set the most aside."""
    return sum(_cost_of(item) for item in group)


@cache
def _cost_of(item: Item) -> int:
    if not isinstance(item, str):
        return min(_cost(group) for group in item)
    if item.startswith(WHOLE):
        return _COST_OF_COMMON // 2 if any(usual.startswith(item[1:]) for usual in _COMMON) else 2
    if any(item in usual or usual in item for usual in _COMMON):
        return _COST_OF_COMMON
    return max(2, 10 - len(item))
