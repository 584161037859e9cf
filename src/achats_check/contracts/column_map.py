"""Which column of a table gives which fact: a file of correspondence, or columns that already bear the names."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.errors import UsageError
from achats_check.facts.text import fold
from achats_check.vocabulary import FactSpec, Vocabulary
from achats_check.yaml_source import SourceFault, load_file

CONTROLS = {
    "uid": "texte",
    "titulaires": "liste",
    "titulaires_noms": "liste",
    "date_publication": "date",
    "montant_initial_ht": "montant",
    "duree_initiale_mois": "entier",
    "avenants": "entier",
    "considerations_sociales": "liste",
    "considerations_environnementales": "liste",
}
"""Control columns that a table may give, and their types; the others are worked out."""
_KEYS = ("colonne", "codes", "virgule", "format", "separateur")


class ColumnSource(NamedTuple):
    """The column of a fact, and how it is written."""

    column: str
    codes: Mapping[str, Any] = {}
    """Value of each folded text; empty for values written as they are."""
    comma: bool = False
    """Decimal comma, and points between thousands."""
    date_format: str = ""
    """As ``strptime`` takes it ("%d/%m/%Y"); "" for an ISO date."""
    separator: str = ""
    """Between the items of a list; ";" when empty."""


ColumnMap = Mapping[str, ColumnSource]
"""By name of fact or of control column."""


def own_names(columns: Sequence[str], vocabulary: Vocabulary) -> dict[str, ColumnSource]:
    """Return the correspondence of a table whose columns bear the names of facts."""
    readable = (name for name in columns if name in CONTROLS or _is_readable(vocabulary.get(name)))
    return {name: ColumnSource(name) for name in readable}


def _is_readable(spec: FactSpec | None) -> bool:
    return spec is not None and spec.item != "champs"


def load_map(path: Path, vocabulary: Vocabulary) -> dict[str, ColumnSource]:
    """Read a file of correspondence.

    Raises:
        UsageError: Every fault of the file, each with its line.
    """
    from achats_check.errors import RuleFileError

    try:
        data = load_file(path)
    except (RuleFileError, SourceFault) as error:
        raise UsageError(f"Correspondance {path} illisible : {error}") from None
    said = data.get("colonnes") if isinstance(data, dict) else None
    if not isinstance(said, dict) or not said:
        raise UsageError(f"Correspondance {path} : la clé « colonnes » manque (fait : {{colonne: nom}}).")
    faults = [
        f"{path}:{_line(said, name)} : {fault}" for name in said for fault in _faults(name, said[name], vocabulary)
    ]
    if faults:
        raise UsageError("\n".join(faults))
    return {name: _source(entry) for name, entry in said.items()}


def _line(said: Any, name: str) -> int:
    """Return the line of a key."""
    return int(said.marks[name][0])


def _faults(name: str, entry: Any, vocabulary: Vocabulary) -> Iterator[str]:
    spec = vocabulary.get(name)
    if name not in CONTROLS and not _is_readable(spec):
        hint = " (liste d'objets : elle ne se lit pas d'une colonne)" if spec else vocabulary.suggestion(name)
        yield f"« {name} » n'est ni un fait ni une colonne de contrôle.{hint}"
    if isinstance(entry, str):
        return
    if not isinstance(entry, dict) or not isinstance(entry.get("colonne"), str):
        yield f"« {name} » : donner le nom de la colonne, seul ou sous la clé « colonne »."
        return
    for key in sorted(set(entry) - set(_KEYS)):
        yield f"« {name} » : clé inconnue « {key} » (admises : {', '.join(_KEYS)})."
    if spec is not None and spec.values:
        given = set(entry.get("codes", {}).values()) - set(spec.values)
        yield from (
            f"« {name} » : « {value} » n'est pas une de ses valeurs ({', '.join(spec.values)})."
            for value in sorted(map(str, given))
        )


def _source(entry: Any) -> ColumnSource:
    if isinstance(entry, str):
        return ColumnSource(entry)
    return ColumnSource(
        entry["colonne"],
        {fold(str(code)).strip(): value for code, value in entry.get("codes", {}).items()},
        bool(entry.get("virgule", False)),
        str(entry.get("format", "")),
        str(entry.get("separateur", "")),
    )
