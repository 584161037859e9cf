"""Regular expressions compiled once and kept from one run to the next.

Compiling the few hundred patterns that a document wakes takes longer than running them. What ``re`` compiles
to is a list of integers; it is kept in the user's own cache folder, by the text of the pattern, for this very
build of Python, which checks the integers again when it takes them back. Without that folder, or should
the internals of ``re`` change, patterns are compiled as usual: the same patterns, later.
"""

from __future__ import annotations

import re
import sys
from typing import Any, AnyStr

from achats_check import private_folder

_BUILD = f"{sys.version} {sys.byteorder} {sys.maxsize}"
_NAME = f"{sys.implementation.cache_tag}.patterns"
_LIMIT = 4000
"""Patterns kept at most; the lexicon and the readers have under a thousand."""
Stored = tuple[int, bytes, int, tuple[tuple[str, int], ...]]
"""Flags, code, number of groups and their names."""

_compiled: dict[str | bytes, re.Pattern[Any]] = {}
_stored: dict[str | bytes, Stored] = {}
"""What was kept, and what this run compiled."""
_new: set[str | bytes] = set()
"""What was compiled since the last writing."""
_read = False


def compiled(pattern: AnyStr) -> re.Pattern[AnyStr]:
    """Return the compiled pattern, of text or of bytes; flags are written in the pattern itself ("(?i)…")."""
    found = _compiled.get(pattern)
    if found is None:
        found = _compiled[pattern] = _restored(pattern) or _compile(pattern)
    return found


def load() -> None:
    """Take back the patterns kept, which otherwise waits for the first one; before a fork, for both sides."""
    if not _read:
        _load()


def keep() -> None:
    """Write the patterns known, for the next run; nothing when this one compiled none.

    Patterns that a new version no longer has stay behind. Once there are too many, only those this run used are
    written: the kept file follows the program instead of freezing.
    """
    if not _new:
        return
    import marshal
    from itertools import islice

    kept = _stored
    if len(kept) > _LIMIT:
        kept = dict(islice(((pattern, _stored[pattern]) for pattern in _compiled if pattern in _stored), _LIMIT))
    _new.clear()
    private_folder.write(_NAME, marshal.dumps((_BUILD, kept)))


def _restored(pattern: AnyStr) -> re.Pattern[AnyStr] | None:
    load()
    stored = _stored.get(pattern)
    if stored is None:
        return None
    try:
        return _engine_pattern(pattern, stored)
    except (RuntimeError, TypeError, ValueError, OverflowError):
        return None


def _engine_pattern(pattern: AnyStr, stored: Stored) -> re.Pattern[AnyStr]:
    """Hand a code back to the engine of ``re``, which refuses one that is not well-formed."""
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, names = stored
    index: list[str | None] = [None] * (groups + 1)
    for name, rank in names:
        index[rank] = name
    integers = memoryview(code).cast("I").tolist()
    return _sre.compile(pattern, flags, integers, groups, dict(names), tuple(index))  # type: ignore[no-any-return]


def _load() -> None:
    global _read
    _read = True
    content = private_folder.read(_NAME)
    if content is None:
        return
    import marshal

    try:
        build, stored = marshal.loads(content)  # written by this user, on this machine
    except (ValueError, EOFError, TypeError):
        return
    if build == _BUILD:
        _stored.update(stored)


def _compile(pattern: AnyStr) -> re.Pattern[AnyStr]:
    """Compile as ``re`` does, keeping what it compiles to."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        from achats_check.pattern_starts import with_starts

        tree = _parser.parse(pattern)
        names = tuple(tree.state.groupdict.items())
        numbers = with_starts(_compiler._code(tree, 0), tree)
        code = b"".join(number.to_bytes(4, sys.byteorder) for number in numbers)
        _stored[pattern] = (tree.state.flags, code, tree.state.groups - 1, names)
        _new.add(pattern)
        found = _restored(pattern)
    except (ImportError, AttributeError, TypeError):
        found = None
    return found or re.compile(pattern)
