"""How a column of the generic table is read: what a description would refuse is unknown in a table.

A column bears the dotted name of a fact; null is unknown. Nothing is converted from one kind to another: a number
written as text is an error of the table, told at once. Numbers are read to the ten-thousandth, as whole counts of
ten-thousandths: comparisons and sums are then exact, and the same, in every engine.
"""

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from achats_check.columns.expression import DATE, ENUM, LIST, NUMBER, NUMBERS, RECORDS, TEXT, TRUTH
from achats_check.errors import UsageError
from achats_check.vocabulary import FactSpec, Vocabulary

BOOLEAN, INTEGER, FLOAT, DECIMAL, DAY, MOMENT = "boolean", "integer", "float", "decimal", "day", "moment"
STRING, STRINGS, AMOUNTS, STRUCTS, NOTHING = "string", "strings", "amounts", "structs", "nothing"
"""Kinds of columns, whatever the engine; ``NOTHING`` is a column without any value."""
PACKED = "packed"
"""How a column of texts is read for a fact that is a list: items separated by semicolons."""

SCALE = 10_000
TOO_LARGE = 10**14
"""In euros: what reaches it is no amount, and is unknown."""
CAPPED = 4 * 10**18
"""The largest sum or ratio kept, in ten-thousandths: above any figure of the law, and a sum of two never overflows."""
SEPARATOR = "\x1f"
"""Where a list of texts is kept as one text, what stands between its items; in SQL, around them too."""
BLANKS = " \t\n\r\u00a0\u202f"
NUMERIC_KINDS = (INTEGER, FLOAT, DECIMAL)

_KINDS = {
    "booleen": (BOOLEAN,),
    "date": (DAY, MOMENT),
    "texte": (STRING,),
    "enum": (STRING,),
    **dict.fromkeys(("montant", "nombre", "pourcent", "part", "entier"), NUMERIC_KINDS),
}
_TYPES = {"booleen": TRUTH, "date": DATE, "texte": TEXT}
_WORDS = {
    BOOLEAN: "booléens",
    INTEGER: "nombres entiers",
    FLOAT: "nombres",
    DECIMAL: "nombres décimaux",
    DAY: "dates",
    MOMENT: "dates avec heure",
    STRING: "textes",
    STRINGS: "listes de textes",
    AMOUNTS: "listes de nombres",
    STRUCTS: "listes d'objets",
}


class Column(NamedTuple):
    """A column as an engine shows it."""

    kind: str
    """One of the kinds above, or the engine's own word for another type."""
    fields: tuple[tuple[str, str], ...] = ()
    """For a list of records: name and kind of each field."""


class Reading(NamedTuple):
    """How to read a column: its kind, and what is kept of it."""

    kind: str
    most: int | None = None
    """Largest number kept; None when the limit is ``TOO_LARGE``, excluded. The smallest is always 0."""
    whole: bool = False
    """Only whole numbers are kept."""
    values: tuple[str, ...] = ()
    """Only these texts, or lists of these, are kept; () for any."""
    fields: "tuple[tuple[str, Reading], ...]" = ()
    """For records: how to read each field that is there."""


def type_of(spec: FactSpec) -> str:
    """Return the type of node that a fact is read as."""
    if spec.type == "liste":
        return {"champs": RECORDS, "montant": NUMBERS}.get(spec.item, LIST)
    if spec.type == "enum":
        return ENUM + "|".join(spec.values)
    return _TYPES.get(spec.type, NUMBER)


def kinds_of(spec: FactSpec) -> tuple[str, ...]:
    """Return the kinds of columns a fact may have."""
    if spec.type == "liste":
        return {"champs": (STRUCTS,), "montant": (AMOUNTS,)}.get(spec.item, (STRINGS, STRING))
    return _KINDS[spec.type]


def reading_of(spec: FactSpec, column: Column) -> Reading:
    """Return how a column is read.

    Raises:
        UsageError: A kind of column that the fact cannot have.
    """
    if column.kind not in kinds_of(spec):
        expected = " ou ".join(_WORDS[kind] for kind in kinds_of(spec))
        found = _WORDS.get(column.kind, column.kind)
        raise UsageError(
            f"Colonne « {spec.name} » : {expected} attendus, {found} trouvés. Convertir la colonne : "
            "rien n'est converti à votre place."
        )
    if column.kind == STRUCTS:
        held = dict(column.fields)
        fields = ((field.name, _field(spec, field, held[field.name])) for field in spec.fields if field.name in held)
        return Reading(STRUCTS, fields=tuple((name, reading) for name, reading in fields if reading.kind != NOTHING))
    packed = spec.type == "liste" and column.kind == STRING
    return _reading(spec.type, PACKED if packed else column.kind, spec.values)


def _field(spec: FactSpec, field: Any, kind: str) -> Reading:
    if kind != NOTHING and kind not in _KINDS[field.type]:
        expected = " ou ".join(_WORDS[known] for known in _KINDS[field.type])
        raise UsageError(f"Colonne « {spec.name} », champ « {field.name} » : {expected} attendus, {kind} trouvés.")
    return _reading(field.type, kind, field.values)


def _reading(type: str, kind: str, values: tuple[str, ...]) -> Reading:
    most = {"pourcent": 100, "part": 1}.get(type)
    return Reading(kind, most, type == "entier", values if type in {"enum", "liste"} else ())


def usual_column(spec: FactSpec) -> Column:
    """Return the kind of column that a table usually has for a fact."""
    if spec.type in {"montant", "pourcent", "part", "nombre"}:
        return Column(FLOAT)
    fields = tuple((field.name, FLOAT if field.type == "nombre" else _KINDS[field.type][0]) for field in spec.fields)
    return Column(kinds_of(spec)[0], fields)


def check_names(names: Iterable[str], vocabulary: Vocabulary, others: Iterable[str] = ()) -> None:
    """Refuse a dotted column that is no fact; a column without a dot may be anything else of the table.

    Raises:
        UsageError: A name that looks like a fact and is none, with the nearest one.
    """
    prefixes = {name.split(".", 1)[0] for name in vocabulary if "." in name}
    for name in names:
        if "." in name and name not in vocabulary and name not in others and name.split(".", 1)[0] in prefixes:
            raise UsageError(f"Colonne « {name} » : ce n'est pas un fait connu.{vocabulary.suggestion(name)}")


def read_value(reading: Reading, raw: Any) -> Any:
    """Read one cell as the engines do; None for what is unknown.

    Returns:
        bool, date, str, a Decimal (an int for whole facts), or a tuple.
    """
    if raw is None:
        return None
    if reading.kind in NUMERIC_KINDS:
        count = _count(reading, raw)
        if count is None:
            return None
        return count // SCALE if reading.whole else Decimal(count) / SCALE
    if reading.kind == STRING:
        return _text(reading, raw)
    if reading.kind in {STRINGS, AMOUNTS, STRUCTS, PACKED}:
        return _items(reading, raw)
    return raw.date() if reading.kind == MOMENT else raw


def _count(reading: Reading, raw: Any) -> int | None:
    number = raw if isinstance(raw, int) else float(raw)
    if not 0 <= number < TOO_LARGE or (reading.most is not None and number > reading.most):
        return None
    if reading.whole and number != math.floor(number):
        return None
    return number * SCALE if isinstance(number, int) else math.floor(number * SCALE + 0.5)


def _text(reading: Reading, raw: str) -> str | None:
    if reading.values:
        return raw if raw in reading.values else None
    return raw.strip(BLANKS) or None


def _items(reading: Reading, raw: Any) -> tuple[Any, ...] | None:
    items: tuple[Any, ...] | None = _split(raw) if reading.kind == PACKED else tuple(raw)
    if items is None or any(item is None for item in items):
        return None
    if reading.kind == STRUCTS:
        return tuple(_record(reading, item) for item in items)
    if reading.kind == AMOUNTS:
        counts = [_count(Reading(FLOAT), item) for item in items]
        return None if None in counts else tuple(Decimal(count) / SCALE for count in counts if count is not None)
    return None if reading.values and not set(items) <= set(reading.values) else items


def _record(reading: Reading, item: Mapping[str, Any]) -> dict[str, Any]:
    read = {name: read_value(field, item.get(name)) for name, field in reading.fields}
    return {name: value for name, value in read.items() if value is not None}


def _split(text: str) -> tuple[str, ...] | None:
    """Split a list written in one cell; None when it has no item: an empty cell says nothing."""
    items = tuple(item for part in text.split(";") if (item := part.strip(BLANKS)))
    return items or None
