"""Tables drawn in plain text: cells between bars, or between tabs."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.readers import guards

_RULE = compiled(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?|[+|][-=+:|]{3,}[+|]")
_BAR = compiled(r"(?<!\\)\|")
_INNER = " | "


def with_outer_bars(lines: list[str]) -> list[str]:
    """Return lines whose tables without outer bars ("Prix | 40") have them.

    Lines that follow one another with as many bars are rows; a lone one is a sentence or a footer.
    """
    counts = [0 if line.strip().startswith("|") else line.count(_INNER) for line in lines]
    told = list(lines)
    for rank, count in enumerate(counts):
        beside = counts[max(rank - 1, 0) : rank] + counts[rank + 1 : rank + 2]
        if count and count in beside:
            told[rank] = f"| {lines[rank].strip()} |"
    return told


def is_rule(line: str) -> bool:
    """Tell whether a line only rules a table: "|---|:-:|", "+----+----+"."""
    line = line.strip()
    return ("|" in line or "+" in line) and _RULE.fullmatch(line) is not None


def cells(line: str) -> tuple[str, ...]:
    """Return the cells of a row; nothing for a line that is none.

    A row starts and ends with a bar, or holds tabs between texts. Thousands of bars are a drawing.
    """
    line = line.strip()
    if line.count("|") + line.count("\t") > guards.MAX_COLUMNS:
        return ()
    if len(line) > 2 and line.startswith("|") and line.endswith("|"):
        return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(line[1:-1]))
    parts = tuple(part.strip() for part in line.split("\t"))
    return parts if len(parts) > 2 or (len(parts) == 2 and len(line) < 200 and all(parts)) else ()
