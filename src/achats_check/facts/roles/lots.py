"""Which lots a piece is limited to, when its title or its file name says so."""

from __future__ import annotations

from achats_check.patterns import compiled

_NUMBER = r"0*(\d{1,2})(?![\d.,]?\d| \d{3}\b| ?(?:€|euros|%))"
_LOTS = (
    r"\blots?[ .:]{0,2}(?:n ?[°o]?s? ?)?"
    + _NUMBER
    + r"((?: ?(?:,|et|&|/|-|a|au) ?(?:lots? )?(?:n ?[°o] ?)?0*\d{1,2}\b){0,12})"
)
_MORE = r"(,|et|&|/|-|au?) ?(?:lots? )?(?:n ?[°o] ?)?0*(\d{1,2})"
_SHORT = r"(?:^| )l0*(\d{1,2})(?: |$)"
"""« AE_L04 »: only in a file name, after the name of the piece."""


def lots_named(folded: str, every_lot: str, *, in_name: bool = False) -> tuple[str, ...]:
    """Return the numbers of the lots that a title or a file name gives, without leading zeros.

    Args:
        folded: The folded text, separators as spaces.
        every_lot: What says that a piece is for every lot (``Naming.every_lot``).
        in_name: The text is a file name, where « L04 » is a lot.

    Returns:
        Nothing for the general rules of every lot (« lot 0 », « tous corps d'état ») or when no lot is named.
    """
    if compiled(every_lot).search(folded):
        return ()
    match = compiled(_LOTS).search(folded)
    if match is None:
        short = compiled(_SHORT).search(folded) if in_name else None
        return (short[1],) if short and short[1] != "0" else ()
    numbers = [int(match[1])]
    for mark, number in compiled(_MORE).findall(match[2]):
        through = mark in ("a", "au", "-") and numbers[-1] < int(number) <= numbers[-1] + 30
        numbers += range(numbers[-1] + 1, int(number) + 1) if through else [int(number)]
    return () if 0 in numbers else tuple(map(str, dict.fromkeys(numbers)))
