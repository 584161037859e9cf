"""Parameter files, named lists and references → typed records, with every fault told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeGuard

from achats_check.law.condition_schema import Known, read_conditions
from achats_check.law.conditions import ORDERED
from achats_check.law.faults import FileFaults, did_you_mean
from achats_check.law.rulebook import Sources
from achats_check.model.rule import CONFIDENCES, Condition, KitCitation, Parameter, ParameterRow
from achats_check.yaml_source import without_marks

_PARAMETER_KEYS = {"libelle", "unite", "comparateur", "loi", "kit", "notes", "valeurs"}
_ROW_KEYS = {
    "du",
    "au",
    "valeur",
    "acheteurs",
    "natures",
    "fondement",
    "confiance",
    "verifier",
    "verifie_le",
    "si",
}
_KIT_KEYS = {"document", "fiche", "rubrique", "page", "entree"}


_LISTS = {
    *("loi", "kit", "versions", "exemples", "secteurs", "absents"),
    *("valeurs", "acheteurs", "natures", "notes"),
}
_TABLES = {"faits", "lus", "debut", "fenetre_non_relue", "documents"}
_NESTED = {"quand", "exige", "si", "fondement"}
"""Conditions and grounds: their own reader tells what is wrong with them."""


def check_keys(
    node: Any, allowed: set[str], required: set[str], faults: FileFaults, what: str
) -> TypeGuard[dict[str, Any]]:
    """Report what is no table, unknown and missing keys, and values of the wrong shape; say whether all is well."""
    if not isinstance(node, dict):
        faults.add(node, None, f"{what} : une table est attendue ({', '.join(sorted(required))})")
        return False
    for key in node:
        if key not in allowed:
            faults.add(node, key, f"{what} : clé inconnue « {key} ».{did_you_mean(key, allowed)}")
    missing = sorted(required - set(node))
    if missing:
        faults.add(node, None, f"{what} : il manque {', '.join(f'« {key} »' for key in missing)}")
    misshapen = [key for key, value in node.items() if key in allowed and not _has_shape(key, value)]
    for key in misshapen:
        faults.add(node, key, f"{what} : « {key} » : {_shape(key)} est attendue")
    return not missing and not misshapen


def _has_shape(key: str, value: Any) -> bool:
    if key in _NESTED or (value is None and key in {"kit", "valeur"}):
        return True
    if key in _TABLES:
        return isinstance(value, dict)
    if key in _LISTS:
        return isinstance(value, list) and (key in _OF_TABLES or not any(isinstance(v, dict | list) for v in value))
    return value is not None and not isinstance(value, dict | list)


_OF_TABLES = {"kit", "versions", "exemples", "valeurs"}


def _shape(key: str) -> str:
    return "une table" if key in _TABLES else "une liste" if key in _LISTS else "une seule valeur"


def read_date(node: dict[str, Any], key: str, faults: FileFaults) -> date | None:
    """Read an ISO date; None when it is not there or not a date (reported)."""
    raw = node.get(key)
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        faults.add(node, key, f"« {raw} » n'est pas une date (AAAA-MM-JJ)")
        return None


def read_parameter(
    name: str, node: Any, known: Known, documents: Mapping[str, str], faults: FileFaults
) -> Parameter | None:
    """Read one parameter of a parameter file; None when it cannot be one."""
    what = f"paramètre « {name} »"
    if not check_keys(node, _PARAMETER_KEYS, {"libelle", "unite", "comparateur", "valeurs"}, faults, what):
        return None
    if node["comparateur"] not in ORDERED:
        hint = did_you_mean(node["comparateur"], ORDERED)
        faults.add(node, "comparateur", f"{what} : comparateur inconnu « {node['comparateur']} ».{hint}")
        return None
    rows = [_row(row, known, faults, what) for row in node["valeurs"]]
    cited = [(entry, read_kit(entry, documents, faults, {"valeur"})) for entry in node.get("kit") or ()]
    kit = [(citation, _figure(entry, faults, what)) for entry, citation in cited if citation]
    return Parameter(
        name,
        str(node["libelle"]),
        str(node["unite"]),
        node["comparateur"],
        tuple(row for row in rows if row is not None),
        tuple(kit),
        tuple(node.get("loi", ())),
        tuple(node.get("notes", ())),
    )


def _figure(entry: dict[str, Any], faults: FileFaults, what: str) -> Decimal | None:
    value = entry.get("valeur")
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        faults.add(entry, "valeur", f"{what} : « {value} » n'est pas un nombre")
        return None


def _row(node: Any, known: Known, faults: FileFaults, what: str) -> ParameterRow | None:
    if not check_keys(node, _ROW_KEYS, {"du", "valeur", "acheteurs", "fondement"}, faults, what):
        return None
    since = read_date(node, "du", faults)
    confidence = node.get("confiance", "certaine")
    if confidence not in CONFIDENCES:
        faults.add(node, "confiance", f"{what} : confiance inconnue « {confidence} »")
    if (confidence == "incertaine" or node["valeur"] is None) and not node.get("verifier"):
        faults.add(node, None, f"{what} : une valeur incertaine ou inconnue dit quoi vérifier (« verifier »)")
    value = _figure(node, faults, what)
    return ParameterRow(
        since or date.min,
        read_date(node, "au", faults),
        value,
        tuple(node["acheteurs"]),
        tuple(node.get("natures", ())),
        str(node["fondement"]),
        confidence,
        str(node.get("verifier", "")),
        read_date(node, "verifie_le", faults),
        _condition(node, known, faults),
    )


def _condition(node: dict[str, Any], known: Known, faults: FileFaults) -> Condition | None:
    if "si" not in node:
        return None
    found = read_conditions([node["si"]], known, faults)
    return found[0] if found else None


def read_kit(
    node: Any, documents: Mapping[str, str], faults: FileFaults, more: set[str] | None = None
) -> KitCitation | None:
    """Read a citation of a source document; None when it is faulty (reported)."""
    if not check_keys(node, _KIT_KEYS | (more or set()), _KIT_KEYS, faults, "citation du kit"):
        return None
    if documents and node["document"] not in documents:  # none: references.yaml is at fault, and told
        hint = did_you_mean(node["document"], documents)
        faults.add_once(node, "document", f"document source inconnu « {node['document']} ».{hint}")
        return None
    return KitCitation(*(str(node[key]) for key in ("document", "fiche", "rubrique", "page", "entree")))


NO_SOURCES = Sources(date.min, date.max, "", date.min, "", {})
"""What stands for ``references.yaml`` when it cannot be read: no citation is then checked."""


def read_sources(node: Any, faults: FileFaults) -> Sources:
    """Read ``references.yaml``."""
    required = {"arrete_au", "debut", "fenetre_non_relue", "documents"}
    if not check_keys(node, required, required, faults, "références"):
        return NO_SOURCES
    windows = [node["fenetre_non_relue"], node["debut"]]
    for window, name in zip(windows, ("fenetre_non_relue", "debut"), strict=True):
        if not check_keys(window, {"du", "reserve"}, {"du", "reserve"}, faults, f"références, {name}"):
            return NO_SOURCES
    blind, early = windows
    return Sources(
        read_date(node, "arrete_au", faults) or date.min,
        read_date(blind, "du", faults) or date.max,
        str(blind["reserve"]),
        read_date(early, "du", faults) or date.min,
        str(early["reserve"]),
        {key: entry["titre"] for key, entry in node["documents"].items()},
    )


def read_lists(node: Any, faults: FileFaults) -> dict[str, Any]:
    """Read ``listes.yaml``: the values of a plain list, or the structured keys of the others."""
    found: dict[str, Any] = {}
    for name, entry in node.items():
        if not isinstance(entry, dict) or "source" not in entry or "verifie_le" not in entry:
            faults.add(node, name, f"liste « {name} » : « source » et « verifie_le » sont dus")
            continue
        kept = {key: value for key, value in entry.items() if key not in {"source", "verifie_le"}}
        found[name] = without_marks(kept.get("valeurs", kept))
    return found
