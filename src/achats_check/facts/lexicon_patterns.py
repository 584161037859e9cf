"""Patterns as a jurist writes them → safe regular expressions, with the words every match contains.

A space stands for any short run of blanks, "…" for a short gap inside one sentence, ``\\w*`` for the rest of a
word. What could be
slow on a hostile text (an unbounded repeat of a repeat) is refused, and so is what no fixed word announces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from achats_check.facts.text import fold

MIN_LITERAL = 3
MAX_REPEAT = 300
_COMMON = (
    *("titulaire", "marches", "clauses", "candidats", "groupements", "conditions", "execution", "execute", "travaux"),
    *(
        "produits",
        "environnementales",
        "objet",
        "sociales",
        "offres",
        "prix",
        "contrat",
        "article",
        "lots",
        "materiaux",
    ),
    *("entreprises", "personnes", "prestations", "fournitures", "delais", "jours", "montant", "accord-cadre", "forme"),
)
"""Words nearly every piece holds: they announce nothing."""
GAP = r"(?:[^.;]|\.(?=\s?\d|\S|\s[lrd]\.?\s?\d)){0,80}?"
_BLANKS = r"(?:\s{1,4})"
_APOSTROPHE = r"'\s{0,2}"
"""Pages whose letters were spread or recognised write "d' insertion"."""


_TOKENS = re.compile(r"\(\?<[=!][^()]*\)|\\[wds][*+]|\\.|\[(?:\\.|[^\]\\])+\]| +|…|'")


class PatternFault(ValueError):
    """A pattern that cannot be used; the message is a French sentence."""


def translate(pattern: str) -> str:
    """Turn a pattern of the lexicon into a regular expression on folded text.

    Raises:
        PatternFault: Syntax error, capitals or accents that folded text never holds, or a dangerous repeat.
    """
    plain = pattern.replace("…", "")
    if fold(_without_escapes(plain)) != _without_escapes(plain):
        raise PatternFault("un motif s'écrit en minuscules sans accent, avec l'apostrophe droite")
    source = _TOKENS.sub(_spelled, re.sub(r" ?… ?", "…", pattern)).replace("oeu", "oe?u")  # œ folds to o
    tree = _parse(source)
    _refuse_dangerous(tree, 0)
    return source


def literals(source: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of words: every match of a regular expression contains a word of each group.

    The most telling group comes first: it is the one documents are searched for.

    Raises:
        PatternFault: No such group whose words all have at least ``MIN_LITERAL`` characters.
    """
    groups = [g for g in _required(_parse(source)) if g and min(map(len, g)) >= MIN_LITERAL]
    if not groups:
        raise PatternFault(f"aucun mot fixe d'au moins {MIN_LITERAL} lettres n'annonce ce motif")
    groups.sort(key=_telling, reverse=True)
    return tuple(tuple(sorted(group)) for group in dict.fromkeys(groups))


def _spelled(token: re.Match[str]) -> str:
    """Spell a blank, a gap or an apostrophe out; escapes and character classes stay as they are.

    What looks behind has one width only: its apostrophes stay bare, and a blank in it is refused later.
    """
    text = token.group()
    if len(text) == 3 and text[0] == "\\":
        return f"{text[:2]}{{{int(text[2] == '+')},20}}"
    if text == "'":
        return _APOSTROPHE
    if text.startswith("(?<"):
        return text.replace(" ", _BLANKS)
    return GAP if text == "…" else _BLANKS if text.isspace() else text


def _without_escapes(pattern: str) -> str:
    return re.sub(r"\\.|\(\?P<\w+>", "", pattern)


def _parse(source: str) -> Any:
    from re import _parser  # type: ignore[attr-defined]

    try:
        if "(?<" in source:
            re.compile(source)  # only compiling tells a look-behind of variable width
        return _parser.parse(source)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternFault(f"motif illisible : {error}") from None


def _children(op: str, value: Any) -> list[Any]:
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [value[2]]
    if op == "SUBPATTERN":
        return [value[3]]
    if op == "BRANCH":
        return list(value[1])
    if op in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    return [value] if op == "ATOMIC_GROUP" else []


def _refuse_dangerous(tree: Any, depth: int) -> None:
    """An unbounded repeat may hold no other repeat, nor stand in one; a bounded one has a bound."""
    for op, value in tree:
        name = str(op)
        inside = depth
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            unbounded = value[1] > MAX_REPEAT
            if unbounded:
                raise PatternFault("répétition sans borne : écrire {0,80} ou « … »")
            inside += value[1] > 1
            if inside > 2 or (depth and value[1] > 30):
                raise PatternFault("répétitions imbriquées trop profondes")
        if name in ("GROUPREF", "GROUPREF_EXISTS"):
            raise PatternFault("les renvois à un groupe ne sont pas admis")
        for child in _children(name, value):
            _refuse_dangerous(child, inside)


def _telling(words: frozenset[str]) -> tuple[bool, int, int]:
    """Rank a group of words: rare, long and few words set the most documents aside."""
    common = any(word in usual for word in words for usual in _COMMON)
    return not common, min(map(len, words)), -len(words)


def _required(tree: Any) -> list[frozenset[str]]:
    """Return the groups of words a sequence requires, one after the other."""
    groups: list[frozenset[str]] = []
    run = ""
    for op, value in [*tree, ("END", None)]:
        if str(op) == "LITERAL" and not chr(value).isspace():
            run += chr(value)
            continue
        if run:
            groups.append(frozenset([run]))
        run = ""
        groups.extend(_required_node(str(op), value))
    return groups


def _required_node(op: str, value: Any) -> list[frozenset[str]]:
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        return _required(value[2]) if value[0] else []
    if op in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _required(value[3] if op == "SUBPATTERN" else value)
    if op == "BRANCH":
        return _alternative(_required(branch) for branch in value[1])
    return []


def _alternative(branches: Iterable[list[frozenset[str]]]) -> list[frozenset[str]]:
    """Join the best group of each branch; an alternative one of whose branches has none requires nothing."""
    best = [max((g for g in groups if g), key=_telling, default=frozenset()) for groups in branches]
    return [frozenset().union(*best)] if all(best) else []
