"""The pydantic model of a description, built from the vocabulary, and its JSON Schema.

Imported only when a description is read: pydantic has no place on the path of a plain check.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from achats_check.facts.codes import lot_number
from achats_check.facts.values import parse_scalar, parse_value
from achats_check.vocabulary import FactSpec, Vocabulary

_CONFIG = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
_LOT_LIMIT = 500
_models: dict[int, tuple[Vocabulary, type[BaseModel]]] = {}


def description_model(vocabulary: Vocabulary) -> type[BaseModel]:
    """Return the model of a description: the nested form of the dotted names, plus ``lots``.

    A name that is both a fact and the beginning of others ("labels" and "labels.exiges") keeps its longer
    names dotted. Values are those of ``facts.values.parse_value``.
    """
    known = _models.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        known = _models[id(vocabulary)] = (vocabulary, _build(vocabulary))
    return known[1]


def description_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a description, with French titles."""
    schema = description_model(vocabulary).model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Description d'un achat public",
        "description": (
            "Forme imbriquée des noms du vocabulaire ; une clé absente est inconnue, « false » et « aucune » "
            "sont connus."
        ),
    }


def prefixes(names: Iterable[str]) -> set[str]:
    """Return the names that are both a value and the beginning of longer names, "lots" among them."""
    known = {*names, "lots"}
    return {name for name in known if any(other.startswith(name + ".") for other in known)}


def _build(vocabulary: Vocabulary) -> type[BaseModel]:
    lot_specs = [spec for spec in vocabulary.values() if "lot" in spec.scopes]
    number = Annotated[
        Any, BeforeValidator(_lot_number), WithJsonSchema({"type": ["string", "integer"], "title": "numéro du lot"})
    ]
    lot = _model("Lot", lot_specs, {"numero": (number, ...)})
    lots = (list[lot], Field(default=None, max_length=_LOT_LIMIT, title="lots"))  # type: ignore[valid-type]
    return _model("Description", list(vocabulary.values()), {"lots": lots})


def _lot_number(raw: object) -> str:
    return lot_number(str(parse_scalar("texte", raw)))


def _model(name: str, specs: list[FactSpec], more: dict[str, Any]) -> type[BaseModel]:
    """Build the model of one level from the names below it."""
    both = prefixes(spec.name for spec in specs)
    tree: dict[str, Any] = {}
    for spec in specs:
        _plant(tree, spec, both)
    return _node(name, tree, more)


def _plant(tree: dict[str, Any], spec: FactSpec, both: set[str]) -> None:
    if any(spec.name.startswith(prefix + ".") for prefix in both):
        tree[spec.name] = spec
        return
    *groups, last = spec.name.split(".")
    for group in groups:
        tree = tree.setdefault(group, {})
    tree[last] = spec


def _node(name: str, tree: dict[str, Any], more: dict[str, Any]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for key, child in tree.items():
        attribute = key.replace(".", "__")
        if isinstance(child, FactSpec):
            fields[attribute] = (_leaf(child), Field(default=None, alias=key))
        else:
            model = _node(f"{name}.{key}", child, {})
            fields[attribute] = (model, Field(default=None, alias=key, title=key))
    built: type[BaseModel] = create_model(name, __config__=_CONFIG, **fields, **more)
    return built


def _leaf(spec: FactSpec) -> Any:
    def parsed(raw: object) -> object:
        return None if raw is None else parse_value(spec, raw)

    return Annotated[Any, BeforeValidator(parsed), WithJsonSchema(_leaf_schema(spec))]


_JSON_TYPES: dict[str, dict[str, Any]] = {
    "booleen": {"type": ["boolean", "string"]},
    "montant": {"type": ["number", "string"], "minimum": 0},
    "nombre": {"type": ["number", "string"], "minimum": 0},
    "entier": {"type": ["integer", "string"], "minimum": 0},
    "pourcent": {"type": ["number", "string"], "minimum": 0, "maximum": 100},
    "part": {"type": ["number", "string"], "minimum": 0, "maximum": 1},
    "date": {"type": "string", "examples": ["2026-10-01", "01/10/2026"]},
    "texte": {"type": ["string", "integer"]},
}


def _leaf_schema(spec: FactSpec) -> dict[str, Any]:
    schema = _list_schema(spec) if spec.type == "liste" else _scalar_schema(spec.type, spec.values)
    unit = {"EUR_HT": "en euros hors taxes", "EUR": "en euros"}.get(spec.unit, spec.unit.replace("_", " "))
    about = f"Fait {spec.name}" + (f", {unit}" if unit else "") + "."
    return {**schema, "title": spec.label, "description": about}


def _scalar_schema(kind: str, values: tuple[str, ...]) -> dict[str, Any]:
    return {"enum": list(values)} if kind == "enum" else dict(_JSON_TYPES[kind])


def _list_schema(spec: FactSpec) -> dict[str, Any]:
    if spec.item != "champs":
        kind = spec.item if spec.item in ("montant", "enum") else "texte"
        return {"type": ["array", "string"], "items": _scalar_schema(kind, spec.values)}
    properties = {f.name: {**_scalar_schema(f.type, f.values), "title": f.label} for f in spec.fields}
    required = [f.name for f in spec.fields if f.required]
    item = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"type": "array", "items": item}
