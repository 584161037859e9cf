"""Where a pattern may start: told to the engine of ``re``, which then leaps from one such character to the next.

``re`` looks for the first letters of a pattern only when they are plain; a pattern that opens with a boundary of words,
or with one in its alternatives ("\\bea\\b|entreprise adaptée"), is tried at every character of the text. Most patterns
that buyers' documents are searched with open so, and there is hardly a match in a thousand trials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

_MASK, _SHORTEST, _PLAIN_INFO = 2, 3, 5
"""In a code: where its kind of start and its least length are, and where what it says of itself ends."""
_CHARSET_START = 4
"""The kind of start that a set of characters is (``SRE_INFO_CHARSET``)."""
_WIDTHLESS = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


class _Anything(Exception):
    """A pattern of which too little is known."""


def with_starts(code: list[int], tree: Any) -> list[int]:
    """Return the code of a pattern with the characters it may start with, or as it is when that tells nothing.

    Args:
        code: What ``re`` compiled.
        tree: What it parsed.
    """
    opens_plainly = code[_MASK] != 0
    if opens_plainly or not code[_SHORTEST] or tree.state.flags & re.IGNORECASE:
        return code
    try:
        characters, _ = _starts(tree)
    except _Anything:
        return code
    charset: list[int] = []
    _compiler._compile_charset(_compiler._optimize_charset(characters)[0], tree.state.flags, charset)
    info, skip, _, *lengths = code[:_PLAIN_INFO]
    return [info, skip + len(charset), _CHARSET_START, *lengths, *charset, *code[_PLAIN_INFO:]]


def _starts(sequence: Iterable[tuple[Any, Any]]) -> tuple[list[tuple[Any, Any]], bool]:
    """Return the characters that a sequence may start with, and whether it may be empty."""
    found: list[tuple[Any, Any]] = []
    for operation, value in sequence:
        if str(operation) in _WIDTHLESS:
            continue
        characters, empty = _of_one(str(operation), value)
        found += characters
        if not empty:
            return found, False
    return found, True


def _of_one(operation: str, value: Any) -> tuple[list[tuple[Any, Any]], bool]:
    if operation == "LITERAL":
        return [(_parser.LITERAL, value)], False
    if operation == "IN" and value[0][0] is not _parser.NEGATE:
        return list(value), False
    if operation == "SUBPATTERN" and not value[1]:
        return _starts(value[3])
    if operation == "BRANCH":
        branches = [_starts(branch) for branch in value[1]]
        return [start for starts, _ in branches for start in starts], any(empty for _, empty in branches)
    if operation in _REPEATS:
        starts, empty = _starts(value[2])
        return starts, empty or value[0] == 0
    raise _Anything
