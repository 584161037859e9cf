"""Equal parts of the rules become one object: a third less to keep, to read back and to compare.

Rules repeat one another: two conditions out of three, the texts they cite, the same remedies.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.law.rulebook import Rulebook

_SCALARS = str | date | int | Decimal


def with_shared_parts(book: Rulebook) -> Rulebook:
    """Return the same rulebook, equal to the one given, whose equal parts are one object."""
    return book._replace(
        rules=_shared(book.rules, {}),
        lexicon=_shared(book.lexicon, {}),
    )


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    """Return a value built of the parts already known; what is neither a scalar nor a tuple is left as it is.

    Never by equality: 1, True and Decimal("1.00") are equal. A tuple is known by the identity of its parts.
    """
    if isinstance(value, tuple):
        parts = [_shared(part, known) for part in value]
        key: Any = (type(value), *map(id, parts))
        if key not in known:
            known[key] = value._make(parts) if hasattr(value, "_make") else tuple(parts)
        return known[key]
    return known.setdefault((type(value), repr(value)), value) if isinstance(value, _SCALARS) else value
