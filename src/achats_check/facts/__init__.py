"""Documents → facts with evidence: knows how tender documents word things, not what the law says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from achats_check.facts.extract import extract as extract
    from achats_check.facts.reconcile import merge_declared as merge_declared

__all__ = ["extract", "merge_declared"]

_HOMES = {"extract": "achats_check.facts.extract", "merge_declared": "achats_check.facts.reconcile"}


def __getattr__(name: str) -> Any:
    """Import a public name the first time it is asked for, so that a declared check loads no extractor."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(_HOMES[name])
    return getattr(module, name)
