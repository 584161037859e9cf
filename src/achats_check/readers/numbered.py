"""Titles of a text that numbers its articles as it would the items of a list: "5. Critères", "6/ Durée"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from achats_check.patterns import compiled
from achats_check.readers.titles import MAX_TITLE_LENGTH

_NUMBERED = compiled(r"(\d{1,2})\s?([.)/-])\s?(?=[^\W\d])")
_FEWEST = 4
"""Articles of the shortest text that is numbered this way."""
_LONGEST = 70
"""Longer lines are clauses, that their number introduces."""


def numbered_articles(lines: Sequence[str]) -> dict[int, str]:
    """Return the number of each line that is a title, by its rank: text of its own stands below it.

    Args:
        lines: The text of each block, "" for a row of a table. The text counts once, from 1, with one mark: any
            other numbering is that of its lists.
    """
    found = [(rank, match) for rank, line in enumerate(lines) if (match := _match(line)) is not None]
    marks = Counter(match[2] for _, match in found)
    mark = max(marks, key=lambda sign: marks[sign], default="")
    articles = {rank: match for rank, match in found if match[2] == mark}
    numbers = [int(match[1]) for match in articles.values()]
    if len(numbers) < _FEWEST or numbers != list(range(1, len(numbers) + 1)):
        return {}
    return {
        rank: match[1]
        for rank, match in articles.items()
        if rank + 1 < len(lines) and rank + 1 not in articles and _names(lines[rank][match.end() :])
    }


def _match(line: str) -> re.Match[str] | None:
    return _NUMBERED.match(line) if line[:1].isdigit() and len(line) <= MAX_TITLE_LENGTH else None


def _names(text: str) -> bool:
    """Tell whether what follows a number names an article: short, a capital first, no end of sentence."""
    return text[:1].isupper() and len(text) <= _LONGEST and text[-1] not in ".;,:" and ":" not in text
