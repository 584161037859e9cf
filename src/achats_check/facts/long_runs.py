"""Runs of blanks or of letters that no page has: cut here and there, so that no expression loses its time in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from achats_check.patterns import compiled

if TYPE_CHECKING:
    from re import Match

_RUN = r"\s{300,}|\b\w{300,}"
"""Longer than any gap between two columns, any line to fill in, any address of a page."""
_WITHIN = 150
"""A run holds one whole piece at least of a text cut so."""
_EVERY = 100
_CUT = "\0"
"""Neither a blank nor a letter."""


def without_long_runs(folded: str) -> str:
    """Return a folded text, of the same length, whose runs of blanks or of letters are of 300 at most.

    Expressions read a text in a time that grows with it, but for such runs, where it grows with their square.
    """
    return compiled(_RUN).sub(_cut, folded) if _may_hold_one(folded) else folded


def _may_hold_one(text: str) -> bool:
    """Say whether one of the pieces of a text is all blanks, or all letters: a run holds one whole at least."""
    pieces = (text[at : at + _WITHIN] for at in range(0, len(text), _WITHIN))
    return any(piece.isspace() or piece.replace("_", "a").isalnum() for piece in pieces)


def _cut(run: Match[str]) -> str:
    text = run[0]
    return _CUT.join(text[at : at + _EVERY - 1] for at in range(0, len(text), _EVERY)).ljust(len(text), _CUT)
