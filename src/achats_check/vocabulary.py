"""The closed list of facts: names, French labels, types, units, and where each is usually found."""

from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check.errors import RuleFileError

if TYPE_CHECKING:
    from pathlib import Path

TYPES = ("montant", "nombre", "pourcent", "part", "entier", "date", "booleen", "texte", "enum", "liste")
_UNITS = {"montant": "EUR_HT", "pourcent": "pourcent", "part": "part"}


class Field(NamedTuple):
    """One field of the records of a list, such as the weight of a criterion."""

    name: str
    label: str
    type: str
    values: tuple[str, ...] = ()
    required: bool = False


class FactSpec(NamedTuple):
    """What the vocabulary says of one fact."""

    name: str
    label: str
    type: str
    """One of TYPES."""
    unit: str = ""
    """"EUR_HT", "mois", "pourcent", "part", "heures" … or ""."""
    values: tuple[str, ...] = ()
    """Allowed values of an enum, or of the items of a list of enums."""
    item: str = ""
    """For a list: "texte", "cpv", "article", "montant", "enum" or "champs"."""
    fields: tuple[Field, ...] = ()
    """For a list of records: their fields."""
    scopes: tuple[str, ...] = ("marche",)
    inherited: bool = True
    """A lot without a value of its own takes the market's."""
    pieces: tuple[str, ...] = ()
    """Roles of the pieces where the fact usually stands."""
    absence: tuple[tuple[str, ...], ...] = ()
    """Groups of roles: an absence is proven once a piece of each group was read; () for never."""
    outside_pieces: bool = False
    """The fact may live only in the buyer's own file: the silence of the pieces accuses nobody."""
    derived: bool = False
    """Computed from other facts."""
    words: tuple[str, ...] = ()
    """Usual words for the fact that its name does not hold; only to help who mistypes it."""
    default: str | bool | None = None
    """Value presumed when nothing says otherwise ("marche", "ordinaire", False); None for no presumption."""

    @property
    def example(self) -> str:
        """What may be written after « --set name= »: the values when they are few, else "…"."""
        if self.type == "booleen":
            return "oui|non"
        return "|".join(self.values) if 0 < len(self.values) <= 4 else "…"

    @property
    def none_value(self) -> str | bool | None:
        """The value that says an absence: False, "aucune", "aucun", or None."""
        if self.type == "booleen":
            return False
        return next((v for v in ("aucune", "aucun") if v in self.values), None)


class Vocabulary(dict[str, FactSpec]):
    """Facts by name, with help for a name that is not one of them."""

    def suggestion(self, name: str, scope: str = "") -> str:
        """Return " Vouliez-vous dire « … » ?" when known names are near, else where their list is.

        Args:
            name: What was typed.
            scope: Only the facts that this scope may hold ("lot"); "" for all.
        """
        from achats_check.nearest import nearest_facts

        near = nearest_facts(name, {n: spec for n, spec in self.items() if not scope or scope in spec.scopes})
        if not near:
            return " La liste des noms : achats-check schema description."
        *first, last = [f"« {known} »" for known in near]
        return f" Vouliez-vous dire {', '.join(first)}{' ou ' if first else ''}{last} ?"


def load_vocabulary(root: "Path") -> Vocabulary:
    """Read ``vocabulaire.yaml`` of a rules folder.

    Raises:
        RuleFileError: Every fault of the file, each with its line and column.
    """
    from achats_check.yaml_source import load_file

    path = root / "vocabulaire.yaml"
    data = load_file(path)
    faults: list[str] = []
    found = Vocabulary()
    entries = data.get("faits") if isinstance(data, dict) else None
    if not isinstance(entries, dict):
        raise RuleFileError([f"{path}:1:1: la clé « faits » manque"])
    for name, entry in entries.items():
        line, column = entries.marks[name]  # type: ignore[attr-defined]
        try:
            found[name] = _spec(name, entry)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(f"{path}:{line}:{column}: fait « {name} » : {error}")
    if faults:
        raise RuleFileError(faults)
    return found


_KEYS = {
    "libelle",
    "type",
    "unite",
    "valeurs",
    "element",
    "portees",
    "herite",
    "pieces",
    "absence",
    "hors_pieces",
    "derive",
    "defaut",
    "mots",
}


def _spec(name: str, entry: dict[str, Any]) -> FactSpec:
    unknown = set(entry) - _KEYS
    if unknown:
        raise ValueError(f"clé inconnue « {min(unknown)} » (admises : {', '.join(sorted(_KEYS))})")
    kind = entry["type"]
    if kind not in TYPES:
        raise ValueError(f"type « {kind} » inconnu (admis : {', '.join(TYPES)})")
    element = entry.get("element", "")
    fields = tuple(_field(n, e) for n, e in element.items()) if isinstance(element, dict) else ()
    return FactSpec(
        name=name,
        label=entry["libelle"],
        type=kind,
        unit=entry.get("unite", _UNITS.get(kind, "")),
        values=tuple(entry.get("valeurs", ())),
        item="champs" if fields else element,
        fields=fields,
        scopes=tuple(entry.get("portees", ("marche",))),
        inherited=entry.get("herite", True),
        pieces=tuple(entry.get("pieces", ())),
        absence=tuple(tuple(group) for group in entry.get("absence", ())),
        outside_pieces=entry.get("hors_pieces", False),
        derived=entry.get("derive", False),
        words=tuple(entry.get("mots", ())),
        default=entry.get("defaut"),
    )


def _field(name: str, entry: dict[str, Any]) -> Field:
    return Field(name, entry["libelle"], entry["type"], tuple(entry.get("valeurs", ())), entry.get("requis", False))
