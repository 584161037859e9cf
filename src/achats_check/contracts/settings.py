"""``rules/tables``: what the files of contracts have that the record of one contract has not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from achats_check.facts.text import fold
from achats_check.readers.notices.flat import load_columns
from achats_check.resources import rules_root
from achats_check.yaml_source import load_file, without_marks


class Considerations(NamedTuple):
    """One family of considerations: what its field may hold."""

    field: str
    values: Mapping[str, str]
    """As written in the schema, by folded text."""
    absence: frozenset[str]
    ambiguous: Mapping[str, str]
    """Why it settles nothing, in French, by folded text."""


class Settings(NamedTuple):
    """What the files of ``rules/tables`` say."""

    considerations: Mapping[str, Considerations]
    """By family: "sociales", "environnementales"."""
    modern_fields: frozenset[str]
    """Fields that the schema of 2019 has not."""
    empty: frozenset[str]
    """Folded texts that stand for an empty field."""
    silent: Mapping[str, frozenset[str]]
    """By field, folded values of the schema that say nothing of a fact."""
    tabular: Mapping[str, Any]
    ocds: Mapping[str, Any]


def load_settings(root: Path | None = None) -> Settings:
    """Read ``rules/tables``.

    Raises:
        RuleFileError: A file that is no YAML.
    """
    folder = (root or rules_root()) / "tables"
    decp, ocds = (without_marks(load_file(folder / f"{name}.yaml")) for name in ("decp", "ocds"))
    return Settings(
        {family: _considerations(said) for family, said in decp["considerations"].items()},
        frozenset(decp["champs_de_2022"]),
        frozenset(map(fold, decp["vides"])),
        {field: frozenset(map(fold, values)) for field, values in decp["muettes"].items()},
        load_columns(root),
        ocds,
    )


def _considerations(said: Mapping[str, Any]) -> Considerations:
    return Considerations(
        said["champ"],
        {fold(value): value for value in said["valeurs"]},
        frozenset(map(fold, said["absence"])),
        {fold(text): reason for text, reason in said["ambigues"].items()},
    )
