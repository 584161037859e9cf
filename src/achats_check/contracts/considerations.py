"""The state of the considerations of a contract: declared, declared absent, missing, or out of its schema."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from achats_check.contracts.settings import Considerations
from achats_check.contracts.texts import texts_at
from achats_check.facts.text import fold

DECLARED, DECLARED_ABSENT, MISSING, OUT_OF_SCOPE = "declarees", "absence_declaree", "manquantes", "hors_champ"


class State(NamedTuple):
    """What a contract says of one family of considerations."""

    values: tuple[str, ...] | None
    """As the schema of 2022 writes them, sorted; () for a declared absence; None for unknown."""
    state: str
    ambiguous: tuple[tuple[str, str], ...] = ()
    """What is written that settles nothing, and why, in French."""


def state_of(record: Mapping[str, Any], family: Considerations, *, has_field: bool) -> State:
    """Return the state of one family.

    Args:
        record: The contract.
        family: What its field may hold.
        has_field: Whether the schema of the record, or the table, has that field.
    """
    if family.field not in record:
        return State(None, MISSING if has_field else OUT_OF_SCOPE)
    folded = {fold(text).strip() for text in texts_at(record, f"{family.field}/**")}
    values = tuple(sorted(family.values[text] for text in folded if text in family.values))
    absent = bool(folded & family.absence)
    if values and not absent:
        return State(values, DECLARED)
    if absent and not values:
        return State((), DECLARED_ABSENT)
    return State(
        None, MISSING, tuple((text, family.ambiguous[text]) for text in sorted(folded & set(family.ambiguous)))
    )
