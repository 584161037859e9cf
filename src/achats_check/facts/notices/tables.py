"""The tables of ``rules/avis``: which field of a notice says which fact, and what its codes mean."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.model.fact import Value
from achats_check.vocabulary import FactSpec, Vocabulary

SURE = 0.97
"""Confidence of a field, unless its row says otherwise: a buyer typed it for that very purpose."""
ANY = "*"
"""The code that stands for all those a row does not name."""
_READINGS = ("codes", "motif", "montant", "date", "texte", "cpv", "duree", "existence")
_KEYS = {
    "rubrique",
    "libelle",
    "chemin",
    "fait",
    "codes",
    "lecture",
    "valeur",
    "doutes",
    "confiance",
    "appel",
}


class Row(NamedTuple):
    """One field of a format, for one fact."""

    section: str
    """Its number on the form ("BT-105", "II.1.5")."""
    label: str
    """Its name, in French."""
    path: str
    """Path without ranks, with "[list]", "@ATTRIBUTE" or "/*" at its end (see ``fields``)."""
    fact: str = ""
    """A name of the vocabulary; "" when the row only names the field."""
    reading: str = "codes"
    """One of _READINGS."""
    codes: tuple[tuple[str, Value], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    """Codes that leave the question open, with the reason in French."""
    value: Value | None = None
    """Value of the fact when the field is there."""
    confidence: float = SURE
    of_calls: bool = False
    """Whether only a notice that calls for competition says it."""


class Table(NamedTuple):
    """What is known of one format."""

    format: str
    rows: tuple[Row, ...]
    role_path: str
    """Path of the field that tells the kind of notice."""
    calls: tuple[str, ...]
    """Kinds that call for competition: their role is AAPC."""
    kinds: tuple[tuple[str, str], ...]
    """French name of each kind."""


def load_tables(root: Path, vocabulary: Vocabulary) -> tuple[Any, ...]:
    """Read every file of ``root/avis``.

    Returns:
        The tables as plain tuples, which can be cached (see ``tables``).

    Raises:
        RuleFileError: Every fault of every file, each with its line and column.
    """
    from achats_check.errors import RuleFileError
    from achats_check.yaml_source import load_file

    faults: list[str] = []
    found = []
    for path in sorted((root / "avis").glob("*.yaml")):
        data = load_file(path)
        rows = [_row(path, entry, vocabulary, faults) for entry in data.get("champs", ())]
        roles = data.get("roles", {})
        found.append(
            (
                data["format"],
                tuple(tuple(row) for row in rows if row),
                roles.get("chemin", ""),
                tuple(str(code) for code in roles.get("AAPC", ())),
                tuple((str(code), str(name)) for code, name in roles.get("intitules", {}).items()),
            )
        )
    if faults:
        raise RuleFileError(faults)
    return tuple(found)


def tables(plain: tuple[Any, ...]) -> Mapping[str, Table]:
    """Rebuild the tables that ``load_tables`` wrote, by format."""
    built = (Table(f, tuple(Row(*row) for row in rows), *rest) for f, rows, *rest in plain)
    return {table.format: table for table in built}


def _row(path: Path, entry: Any, vocabulary: Vocabulary, faults: list[str]) -> Row | None:
    said = list(_faults(entry, vocabulary))
    line, column = getattr(entry, "mark", (1, 1))
    faults += [f"{path}:{line}:{column}: {fault}" for fault in said]
    if said:
        return None
    spec = vocabulary.get(entry.get("fait", ""))
    return Row(
        str(entry["rubrique"]),
        str(entry["libelle"]),
        entry["chemin"],
        entry.get("fait", ""),
        entry.get("lecture", "codes"),
        tuple((str(code), _value(value)) for code, value in entry.get("codes", {}).items()),
        tuple((str(code), str(reason)) for code, reason in entry.get("doutes", {}).items()),
        _value(entry["valeur"]) if spec and "valeur" in entry else None,
        float(entry.get("confiance", SURE)),
        bool(entry.get("appel", False)),
    )


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _faults(entry: Any, vocabulary: Vocabulary) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "un champ est un objet"
        return
    for key in sorted(set(entry) - _KEYS):
        yield f"clé inconnue « {key} » (admises : {', '.join(sorted(_KEYS))})"
    for key in ("rubrique", "libelle", "chemin"):
        if not entry.get(key):
            yield f"la clé « {key} » manque"
    if entry.get("lecture", "codes") not in _READINGS:
        yield f"lecture « {entry['lecture']} » inconnue (admises : {', '.join(_READINGS)})"
    if not isinstance(entry.get("appel", False), bool):
        yield "« appel » vaut true ou false"
    name = entry.get("fait", "")
    spec = vocabulary.get(name)
    if name and spec is None:
        yield f"fait « {name} » inconnu.{vocabulary.suggestion(name)}"
    elif spec is not None:
        given = [*entry.get("codes", {}).values(), *([entry["valeur"]] if "valeur" in entry else [])]
        yield from (f"« {value} » n'est pas une valeur de {name}" for value in given if not _fits(spec, value))
        if not given and not entry.get("doutes") and entry.get("lecture", "codes") in ("codes", "motif", "existence"):
            yield "ni codes, ni valeur, ni doutes : le champ ne dit rien"


def _fits(spec: FactSpec, value: Any) -> bool:
    if spec.type == "booleen":
        return isinstance(value, bool)
    if spec.type == "liste":
        return isinstance(value, list) and all(item in spec.values for item in value)
    return spec.type == "enum" and value in spec.values
