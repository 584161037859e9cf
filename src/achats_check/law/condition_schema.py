"""Conditions as jurists write them in YAML → the closed tree, with every fault told."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from achats_check.law.conditions import GROUPS, LEAVES, ORDERED, PRESENCE
from achats_check.law.context import fact_spec
from achats_check.law.faults import FileFaults, did_you_mean
from achats_check.model.fact import Scalar
from achats_check.model.rule import Condition, Operand, Parameter
from achats_check.vocabulary import FactSpec, Vocabulary

NUMERIC = ("montant", "nombre", "pourcent", "part", "entier")
_OPPOSITE = {
    "inferieur_a": "au_moins",
    "au_plus": "superieur_a",
    "au_moins": "inferieur_a",
    "superieur_a": "au_plus",
}


class Known(NamedTuple):
    """The names conditions may use."""

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    lists: Mapping[str, Any]


def read_conditions(node: Any, known: Known, faults: FileFaults) -> tuple[Condition, ...]:
    """Read a list of conditions; faulty ones are reported and left out."""
    if not isinstance(node, list):
        faults.add(node, None, "une liste de conditions est attendue")
        return ()
    found = (_condition(node, rank, known, faults) for rank in range(len(node)))
    return tuple(condition for condition in found if condition is not None)


def _condition(parent: list[Any], rank: int, known: Known, faults: FileFaults) -> Condition | None:
    node = parent[rank]
    if not isinstance(node, dict):
        faults.add(parent, rank, "une condition est attendue ({fait: …, egal: …} ou {un_des: […]})")
        return None
    return _leaf(node, known, faults) if "fait" in node else _group(node, known, faults)


def _group(node: dict[str, Any], known: Known, faults: FileFaults) -> Condition | None:
    verbs = [key for key in node if key in GROUPS]
    if len(node) != 1 or not verbs:
        wrong = next((key for key in node if key not in GROUPS), "")
        hint = did_you_mean(wrong, (*GROUPS, "fait"))
        faults.add(
            node,
            wrong or None,
            f"condition inconnue « {wrong} » ; admises : fait, {', '.join(GROUPS)}.{hint}",
        )
        return None
    children = read_conditions(node[verbs[0]], known, faults)
    if not children:
        faults.add(node, verbs[0], f"« {verbs[0]} » demande au moins une condition")
    return Condition(verbs[0], children=children)


def _leaf(node: dict[str, Any], known: Known, faults: FileFaults) -> Condition | None:
    name = str(node["fait"])
    spec = fact_spec(name, known.vocabulary)
    if spec is None:
        faults.add(node, "fait", f"fait inconnu « {name} ».{known.vocabulary.suggestion(name)}")
        return None
    verbs = [key for key in node if key not in {"fait", "facteur"}]
    if len(verbs) != 1 or verbs[0] not in LEAVES:
        wrong = next((v for v in verbs if v not in LEAVES), "")
        said = f"verbe inconnu « {wrong} »" if wrong else "une condition a un verbe et un seul"
        faults.add(
            node,
            wrong or None,
            f"{said} ; admis : {', '.join(LEAVES)}.{did_you_mean(wrong, LEAVES) if wrong else ''}",
        )
        return None
    operand = _operand(node, verbs[0], spec, known, faults)
    return None if operand is None else Condition(verbs[0], name, operand)


def _operand(node: dict[str, Any], verb: str, spec: FactSpec, known: Known, faults: FileFaults) -> Operand | None:
    raw = node[verb]
    if verb in PRESENCE:
        if raw is not True:
            faults.add(node, verb, f"« {verb} » s'écrit « {verb}: true »")
        return Operand()
    if verb in ORDERED and spec.type not in (*NUMERIC, "date"):
        faults.add(
            node,
            verb,
            f"« {verb} » compare des nombres ou des dates ; « {spec.name} » est de type {spec.type}",
        )
        return None
    if verb == "contient" and spec.type not in {"liste", "texte"}:
        faults.add(
            node,
            verb,
            f"« contient » cherche dans une liste ou un texte ; « {spec.name} » est de type {spec.type}",
        )
        return None
    if isinstance(raw, dict):
        return _reference(node, verb, spec, known, faults)
    values = raw if isinstance(raw, list) else [raw]
    read = [_literal(node, verb, value, spec, faults) for value in values]
    return None if None in read else Operand(tuple(v for v in read if v is not None))


def _reference(node: dict[str, Any], verb: str, spec: FactSpec, known: Known, faults: FileFaults) -> Operand | None:
    raw = node[verb]
    factor = _factor(raw, faults)
    extra = set(raw) - {"parametre", "fait", "liste", "facteur"}
    if extra or len(set(raw) - {"facteur"}) != 1:
        faults.add(raw, None, "la valeur est un nombre, {parametre: …}, {fait: …} ou {liste: …}")
        return None
    if "liste" in raw:
        return _named_list(raw, known, faults)
    if "fait" in raw:
        if fact_spec(str(raw["fait"]), known.vocabulary) is None:
            faults.add(raw, "fait", f"fait inconnu « {raw['fait']} ».{known.vocabulary.suggestion(str(raw['fait']))}")
            return None
        return Operand(fact=str(raw["fait"]), factor=factor)
    parameter = known.parameters.get(str(raw["parametre"]))
    if parameter is None:
        name = raw["parametre"]
        faults.add(raw, "parametre", f"paramètre inconnu « {name} ».{did_you_mean(name, known.parameters)}")
        return None
    _check_comparator(raw, verb, spec, parameter, faults)
    return Operand(parameter=parameter.name, factor=factor)


def _factor(node: dict[str, Any], faults: FileFaults) -> Decimal | None:
    try:
        return Decimal(str(node["facteur"])) if "facteur" in node else None
    except InvalidOperation:
        faults.add(node, "facteur", f"« {node['facteur']} » n'est pas un nombre")
        return None


def _check_comparator(node: Any, verb: str, spec: FactSpec, parameter: Parameter, faults: FileFaults) -> None:
    """Refuse a verb that would put the threshold itself on the wrong side, and a mix of units."""
    if verb not in {parameter.comparator, _OPPOSITE[parameter.comparator]}:
        faults.add(
            node,
            "parametre",
            f"« {verb} » ne suit pas le comparateur de « {parameter.name} » : employer « {parameter.comparator} »"
            f" ou sa négation « {_OPPOSITE[parameter.comparator]} »",
        )
    units = {spec.unit.split("_")[0], parameter.unit.split("_")[0]}
    if units == {"part", "pourcent"} and "facteur" not in node:
        faults.add(
            node,
            "parametre",
            f"« {spec.name} » est une part (0 à 1), « {parameter.name} » un pourcentage : ajouter facteur: 0.01",
        )


def _named_list(node: dict[str, Any], known: Known, faults: FileFaults) -> Operand | None:
    found = known.lists.get(str(node["liste"]))
    if not isinstance(found, list | tuple):
        faults.add(node, "liste", f"liste inconnue « {node['liste']} ».{did_you_mean(node['liste'], known.lists)}")
        return None
    return Operand(tuple(found))


def _literal(node: Any, key: str, value: Any, spec: FactSpec, faults: FileFaults) -> Scalar | None:
    """Check a value written in a rule against the type of its fact."""
    kind = spec.item if spec.type == "liste" else spec.type
    if spec.values and value not in spec.values:
        faults.add(
            node,
            key,
            f"« {value} » n'est pas une valeur de « {spec.name} ».{did_you_mean(str(value), spec.values)}",
        )
        return None
    if kind in NUMERIC and isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    if kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            faults.add(node, key, f"« {value} » n'est pas une date (AAAA-MM-JJ)")
            return None
    if kind == "booleen" and isinstance(value, bool):
        return value
    if kind in {"texte", "enum", "cpv", "article", "champs"} and isinstance(value, str):
        return value
    faults.add(node, key, f"« {value} » ne va pas avec « {spec.name} », de type {spec.type}")
    return None
