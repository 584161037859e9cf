"""Tables drawn in plain text: cells between bars, or between tabs."""

from __future__ import annotations

from achats_check.patterns import compiled
from achats_check.readers import guards

_RULE = compiled(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?|[+|][-=+:|]{3,}[+|]")
_BAR = compiled(r"(?<!\\)\|")


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
