"""Whether the number of a line follows those of the titles above it: figures that start a line seldom do."""

from __future__ import annotations

import re

from achats_check.readers.titles import BARE, DOTTED

_LEAP = 5
"""Articles that may have been missed between two dotted numbers."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Sequence:
    """The last numbers met at the top level, for each way of counting."""

    def __init__(self, before: int = 0) -> None:
        """Start after an article: an extract opens at its article 9, that 10 follows."""
        self._last = {"figures": before, "romans": 0, "letters": 0}

    def accepts(self, article: str, sureness: str) -> bool:
        """Tell whether a title may follow the accepted ones, and remember it when it may.

        Args:
            article: Its number; titles without one are always accepted.
            sureness: BARE and DOTTED numbers are judged, the others believed.
        """
        top = re.split(r"[.\-]|(?<=[A-Z])(?=\d)", article)[0] if article else ""
        ranks = dict(_ranks(top))
        if not ranks:
            return True
        if sureness == BARE:
            ranks = {way: rank for way, rank in ranks.items() if 1 <= rank - self._last[way] <= 2}
        elif sureness == DOTTED and "figures" in ranks:
            ranks = {w: r for w, r in ranks.items() if r <= 1 or 0 <= r - self._last[w] <= _LEAP}
        if not ranks:
            return False
        best = min(ranks, key=lambda way: abs(ranks[way] - self._last[way] - 1))
        self._last[best] = ranks[best]
        return True


def before_extract(titles: list[tuple[str, str]]) -> int:
    """Return the number before the first article of an extract, 0 for a text that starts at its beginning.

    Args:
        titles: Number and sureness of each title. Those of an extract open with a dotted number ("9.1") that the
            next one follows ("9.2", "10" or "10.1").
    """
    if len(titles) < 2 or titles[0][1] != DOTTED:
        return 0
    first, following = ([int(part) for part in article.split(".") if part.isdigit()] for article, _ in titles[:2])
    if len(first) < 2 or not following or first[0] <= _LEAP:
        return 0
    goes_on = following[:2] == [first[0], first[1] + 1] or following[0] == first[0] + 1
    return first[0] - 1 if goes_on else 0


def _ranks(top: str) -> list[tuple[str, int]]:
    """Return the ranks a number may stand for: "C" is the third letter, and a hundred."""
    if top.isdigit():
        return [("figures", int(top))]
    ranks = []
    if top and all(sign in _ROMAN for sign in top):
        ranks.append(("romans", _roman(top)))
    if len(top) == 1 and top.isalpha():
        ranks.append(("letters", ord(top.upper()) - ord("A") + 1))
    return ranks


def _roman(text: str) -> int:
    values = [_ROMAN[sign] for sign in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
