"""Strong three-valued logic: True, False, and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return False when one is false, else None when one is unknown, else True."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return True when one is true, else None when one is unknown, else False."""
    result: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def negation(truth: Truth) -> Truth:
    """Return the contrary; the contrary of unknown is unknown."""
    return None if truth is None else not truth


def agreed(truths: Iterable[Truth]) -> Truth:
    """Return what all readings of a disputed value agree on; None when they differ or there are none."""
    found = set(truths)
    return found.pop() if len(found) == 1 else None
