"""Patterns as a jurist writes them → safe regular expressions, with the words every match contains.

A space stands for any short run of blanks, "…" for a short gap inside one sentence, ``\\w*`` for the rest of a
word. What could be
slow on a hostile text (an unbounded repeat of a repeat) is refused, and so is what no fixed word announces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from achats_check.facts.announcing import MIN_PIECE, Words, announcing
from achats_check.facts.line_starts import LINE_START
from achats_check.facts.text import fold

MAX_REPEAT = 300
NUMBER = (
    r"((?<![\w-])(?:\d{1,2}|(?:vingt|trente|quarante|cinquante)(?:[- ](?:et[- ])?(?:une?|deux|trois|quatre|cinq"
    r"|six|sept"
    r"|huit|neuf))?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:[- ](?:sept|huit|neuf))?|onze|douze|treize"
    r"|quatorze|quinze|seize))(?: ?\")? ?(?:\(\w{1,8}\) ?)?"
)
"""What "{nombre}" stands for: a small number in figures or letters, which is a group, and its repetition."""
GAP = r"(?:[^.;]|\.(?=\s?\d|\S|\s[lrd]\.?\s?\d)){0,80}?"
_BLANKS = r"(?:\s{1,4})"
_APOSTROPHE = r"'\s{0,2}"
"""Pages whose letters were spread or recognised write "d' insertion"."""


_NAMED = re.compile(r"\{(?!nombre\}|debut\})([a-z_]{3,40})\}")
_TOKENS = re.compile(r"\(\?<[=!][^()]*\)|\\[wds][*+]|\\.|\[(?:\\.|[^\]\\])+\]| +|…|'")


class PatternFault(ValueError):
    """A pattern that cannot be used; the message is a French sentence."""


def translate(pattern: str, groups: Mapping[str, str] | None = None) -> str:
    """Turn a pattern of the lexicon into a regular expression on folded text.

    Args:
        pattern: As a jurist writes it.
        groups: Words that a pattern may name between braces, by name; None leaves braces as they are.

    Raises:
        PatternFault: Syntax error, capitals or accents that folded text never holds, a group that nobody wrote, or a
            dangerous repeat.
    """
    if groups is not None:
        pattern = _with_groups(pattern, groups)
    plain = pattern.replace("…", "")
    if fold(_without_escapes(plain)) != _without_escapes(plain):
        raise PatternFault("un motif s'écrit en minuscules sans accent, avec l'apostrophe droite")
    source = _TOKENS.sub(_spelled, re.sub(r" ?… ?", "…", pattern)).replace("oeu", "oe?u")  # œ folds to o
    source = source.replace("{nombre}", NUMBER).replace("{debut}", LINE_START)
    tree = _parse(source)
    _refuse_dangerous(tree, 0)
    return source


def _with_groups(pattern: str, groups: Mapping[str, str]) -> str:
    """Write in full the groups that a pattern names: "{structures}" becomes "(?:esat|siae)"."""
    if unknown := [name for name in _NAMED.findall(pattern) if name not in groups]:
        raise PatternFault(f"groupe « {unknown[0]} » inconnu (connus : {', '.join(sorted(groups)) or 'aucun'})")
    return _NAMED.sub(lambda found: f"(?:{groups[found[1]]})", pattern)


def words_of(source: str) -> Words:
    """Return the words that every match of a regular expression holds, the most telling group first.

    Raises:
        PatternFault: No group whose words all have at least ``MIN_PIECE`` letters, or stand alone.
    """
    words = announcing(_parse(source))
    if not words:
        raise PatternFault(f"aucun mot fixe d'au moins {MIN_PIECE} lettres n'annonce ce motif")
    return words


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


@lru_cache(maxsize=1)
def _parse(source: str) -> Any:
    """Return the parsed expression: the last one is kept, whose words are looked for once it was judged."""
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
