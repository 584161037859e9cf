"""A row of a published table of contracts, or a flat object of JSON, shaped as a record of the DECP."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.readers.notices.cells import amendments_in, holders_in, side_by_side
from achats_check.resources import rules_root
from achats_check.yaml_source import load_file, without_marks

VERSION, CURRENT = "version", "actuelle"
"""Which version of its contract a row describes, and whether it is the current one."""
AMENDED = "modifiee"
"""Whether a record says that its values are those of an amended contract."""

_NUMBERED = re.compile(r"\D(\d{1,2})(?!\d)")
_PLACE = "#"
"""Where the number of a holder stands in the name of its columns, when it does not end it."""
_NEEDED = (
    {"uid", "id"},
    {"acheteur/id", "acheteur/nom", "autoriteConcedante/id", "uid"},
    {"montant", "dateNotification", "objet", "codeCPV"},
)
"""Groups of fields of which a table of contracts has one at least."""
_DAY = re.compile(r"\d{4}-?(?:0\d|1[0-2])-?[0-3]\d(?:\D.*)?|[0-3]?\d/[01]?\d/\d{4}(?:\D.*)?")
_CHECKED = (
    ("montant", re.compile(r"-?\d+([.,]\d+)?([eE][+-]?\d+)?|nan|inf(inity)?", re.IGNORECASE)),
    ("dateNotification", _DAY),
    ("datePublicationDonnees", _DAY),
    ("dureeMois", re.compile(r"-?\d+([.,]\d+)?")),
    ("codeCPV", re.compile(r"[\d .]{1,12}(-\d)?")),
    ("acheteur/id", re.compile(r"[\d ]{5,20}(\.0)?")),
)
"""Shapes that cells keep, however dirty: three that have another tell columns that are no longer the same."""
_MISFITS = 3
_MOST_SHAPES = 1000
"""Sets of columns remembered: objects of JSON may each have their own."""
_CONSIDERATIONS = ("considerationsSociales", "considerationsEnvironnementales")
_INSIDE = "fields"
_GROUPS = ("colonnes", "titulaires", "concessionnaires", "modification", "titulaire_modifie")
SHIFTED = "au moins trois cellules n'ont pas la forme de leur colonne : colonnes décalées"


class _Places(NamedTuple):
    """Which columns of a table give which fields."""

    fields: Mapping[str, str]
    """Column of each field of the DECP."""
    holders: tuple[Mapping[str, str], ...]
    """For each numbered holder: column of each of its fields."""
    amendment: Mapping[str, str]
    amended_holder: Mapping[str, str]
    """Of the holder that the amendment names."""
    lists: Mapping[str, str]
    """Column whose cells hold a list, for each such field."""
    purpose: str
    """Column that says what was amended."""
    version: str
    current: str


def load_columns(root: Path | None = None) -> Mapping[str, Any]:
    """Read which columns give which fields.

    Raises:
        RuleFileError: A file that is no YAML.
    """
    found: Mapping[str, Any] = without_marks(load_file((root or rules_root()) / "tables" / "decp-tableau.yaml"))
    return found


def flattened(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the columns of an object of JSON: some portals put them under a key of their own."""
    inside = record.get(_INSIDE)
    return inside if isinstance(inside, dict) and inside else record


class TabularShape:
    """The columns of one table: rows in, records out."""

    def __init__(self, columns: Sequence[str], said: Mapping[str, Any]) -> None:
        """Find what each column gives.

        Args:
            columns: Their names.
            said: What ``load_columns`` read.
        """
        self._said = said
        self._empty = frozenset(said["vides"])
        self._separators = re.compile("[" + re.escape("".join(said["separateurs"])) + "]")
        self._lists = frozenset(said["listes"])
        self._known = {_key(name) for group in _GROUPS for names in said[group].values() for name in names}
        self._places: dict[tuple[str, ...], _Places] = {}
        self.columns = tuple(columns)
        found = self._place(self.columns).fields
        self.has_considerations = any(field in found for field in _CONSIDERATIONS)

    @property
    def fits(self) -> bool:
        """Whether the columns are those of a table of contracts."""
        found = set(self._place(self.columns).fields)
        return all(group & found for group in _NEEDED) and len(found) > 4

    @property
    def read(self) -> int:
        """How many of the columns are read."""
        places = self._place(self.columns)
        held = (places.fields, *places.holders, places.amendment, places.amended_holder, places.lists)
        return sum(map(len, held)) + sum(map(bool, (places.purpose, places.version, places.current)))

    @property
    def tells_in_turn(self) -> bool:
        """Whether a row may tell one amendment of its contract."""
        places = self._place(self.columns)
        return bool(places.amendment or "modifications" in places.lists)

    @property
    def is_silent(self) -> bool:
        """Whether nothing in it tells versions of a contract from one another."""
        places = self._place(self.columns)
        return not (self.tells_in_turn or places.purpose or places.version)

    def is_header(self, cells: Sequence[str]) -> bool:
        """Whether a row is a header: most of its cells are names of columns that are known."""
        filled = [cell for cell in cells if cell]
        unknown = 0
        for cell in filled:
            unknown += _key(cell) not in self._known
            if unknown * 2 >= len(filled):  # told of a row of values by half of it
                return False
        return len(filled) > 4

    def record(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """Return a row as a record of the DECP, and whether its cells have the shapes of their columns."""
        places = self._place(tuple(row))
        found: dict[str, Any] = {}
        for field, column in places.fields.items():
            value = self._value(row.get(column))
            if value is not None:
                _put(found, field, self._list(field, value))
        found["titulaires"] = self._holders(row, places)
        amendments = self._amendments(row, places)
        if amendments:
            found["modifications"] = amendments
        elif places.purpose and not places.amendment:
            found[AMENDED] = self._value(row.get(places.purpose)) is not None
        for name, column in ((VERSION, places.version), (CURRENT, places.current)):
            value = self._value(row.get(column)) if column else None
            if value is not None:
                found[name] = value
        return found, self._has_shape(found)

    def _holders(self, row: Mapping[str, Any], places: _Places) -> list[Any]:
        found = [item for names in places.holders for item in side_by_side(self._object(row, names))]
        cell = self._value(row.get(places.lists["titulaires"])) if "titulaires" in places.lists else None
        return found if cell is None else [*found, *holders_in(cell, "titulaire")]

    def _amendments(self, row: Mapping[str, Any], places: _Places) -> list[Any]:
        """Return the amendments that a row tells: those of a cell, or the one that it has columns for."""
        cell = self._value(row.get(places.lists["modifications"])) if "modifications" in places.lists else None
        if cell is not None:
            return amendments_in(cell)
        if not places.amendment:
            return []
        amendment = self._object(row, places.amendment)
        holders = side_by_side(self._object(row, places.amended_holder))
        purpose = self._value(row.get(places.purpose)) if places.purpose else None
        if not (amendment or holders or purpose):
            return []
        return [amendment | ({"titulaires": holders} if holders else {})]

    def _has_shape(self, record: Mapping[str, Any]) -> bool:
        misfits = 0
        for field, shape in _CHECKED:
            top, _, rest = field.partition("/")
            value = record.get(top)
            value = value.get(rest) if rest and isinstance(value, Mapping) else value
            misfits += isinstance(value, str) and shape.fullmatch(value.strip()) is None
        return misfits < _MISFITS

    def _object(self, row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
        values = ((field, self._value(row.get(column))) for field, column in names.items())
        return {field: value for field, value in values if value is not None}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return value if value.strip() and value.strip().casefold() not in self._empty else None
        if isinstance(value, date):
            return value.isoformat()
        return None if value != value else value  # NaN, which some libraries write for an empty cell, is unlike itself

    def _list(self, field: str, value: Any) -> Any:
        if field in self._lists and isinstance(value, str):
            return [part for part in (part.strip() for part in self._separators.split(value)) if part]
        return value

    def _place(self, columns: tuple[str, ...]) -> _Places:
        found = self._places.get(columns)
        if found is None:
            if len(self._places) >= _MOST_SHAPES:
                self._places.clear()
            found = self._places[columns] = self._find(columns)
        return found

    def _find(self, columns: Iterable[str]) -> _Places:
        by_key = {_key(column): column for column in reversed(tuple(columns))}
        numbers = ["", *sorted({number for column in by_key.values() for number in _NUMBERED.findall(column)}, key=int)]
        kinds = (self._said["titulaires"], self._said["concessionnaires"])
        holders = (_columns(names, by_key, number) for names in kinds for number in numbers)
        return _Places(
            _columns(self._said["colonnes"], by_key),
            tuple(names for names in holders if names),
            _columns(self._said["modification"], by_key),
            _columns(self._said["titulaire_modifie"], by_key),
            _columns({field: self._said[f"listes_de_{field}"] for field in ("titulaires", "modifications")}, by_key),
            self._column("objet_modification", by_key),
            self._column("version", by_key) or self._numbered_root(by_key),
            self._column("actuelle", by_key),
        )

    def _column(self, name: str, by_key: Mapping[str, str]) -> str:
        return _columns({"": self._said[name]}, by_key).get("", "")

    def _numbered_root(self, by_key: Mapping[str, str]) -> str:
        """Return the column of the version where another gives the identifier without it."""
        return self._column("version_a_cote_de_la_racine", by_key) if self._column("racine", by_key) else ""


def _columns(said: Mapping[str, Sequence[str]], by_key: Mapping[str, str], number: str = "") -> dict[str, str]:
    """Return the column of each field that has one, the first of its names winning."""
    found = (
        (field, next((by_key[key] for n in names if (key := _numbered(n, number)) in by_key), ""))
        for field, names in said.items()
    )
    return {field: column for field, column in found if column}


def _numbered(name: str, number: str) -> str:
    return _key(name.replace(_PLACE, number) if _PLACE in name else name + number)


def _key(name: str) -> str:
    return name.casefold().replace(".", "").replace("_", "").replace(" ", "")


def _put(record: dict[str, Any], field: str, value: Any) -> None:
    top, _, rest = field.partition("/")
    if rest:
        record.setdefault(top, {})[rest] = value
    else:
        record[top] = value
