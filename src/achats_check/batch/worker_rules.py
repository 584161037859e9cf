"""The rules of a process of an audit: loaded once in its life, and those that the audit began with."""

import gc
from functools import cache

from achats_check import patterns
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.rules import load_rules


def rules_of(packs: tuple[str, ...], version: str) -> Rulebook:
    """Return the rules.

    Args:
        packs: Local packs of rules.
        version: Their version when the audit began.

    Raises:
        RuleFileError: Rules that cannot be loaded.
        UsageError: Rules that changed since the audit began.
    """
    book = _loaded(packs)
    if book.version != version:
        raise UsageError("Les règles ont changé pendant l'audit : relancer avec --reprendre (resume=True en Python).")
    return book


@cache
def _loaded(packs: tuple[str, ...]) -> Rulebook:
    book = load_rules(packs)
    patterns.load()
    gc.freeze()
    return book
