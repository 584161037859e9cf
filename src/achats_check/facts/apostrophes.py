"""Texts that lost their apostrophes ("l exécution d un marché"): they are put back before anything is read."""

from __future__ import annotations

from achats_check.patterns import compiled

_LOST = r"(?<![\w'])(?<!lot )(?<!lots )([ldsnj]|(?:jus|lors|puis)?qu) (?=(?:[aeiouy]|h[aeiou])[a-z'])"
_FEW = 3
"""Fewest lost ones: a lettered lot or an initial is not one of them."""
_SAMPLE = 20_000
"""Code points of a text that tell whether it lost them."""


def with_apostrophes(folded: str) -> str:
    """Return a folded text, of the same length, with the apostrophes that it lost, or as it was.

    Args:
        folded: Folded text of a whole document. One that keeps more of them than it lost is left alone.
    """
    lost = sum(1 for _ in compiled(_LOST).finditer(folded, 0, _SAMPLE))
    if lost < _FEW or lost < folded.count("'", 0, _SAMPLE):
        return folded
    return compiled(_LOST).sub(r"\1'", folded)
