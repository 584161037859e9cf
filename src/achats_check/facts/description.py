"""A JSON or YAML description of a purchase, or of a buyer → declared facts, or every fault at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from achats_check.errors import DescriptionError
from achats_check.facts.json_trouble import json_fault
from achats_check.facts.values import scope_of, shown
from achats_check.garbage import not_searched
from achats_check.model.fact import DECLARED, KNOWN, Evidence, Fact, FactSet, Location, Scope
from achats_check.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 20
_SCALARS = (str, int, float, Decimal, type(None))
"""What most values are: asking whether one is any kind of mapping costs ten times more."""
_Path = tuple[str | int, ...]


def description_facts(text: str, format: str, path: str, vocabulary: Vocabulary) -> FactSet:
    """Read the description of a tender.

    Args:
        text: JSON or YAML: an object whose keys are the names of the vocabulary, nested or dotted, and ``lots``,
            a list of objects with a ``numero``.
        format: "json" or "yaml".
        path: How reports call it.
        vocabulary: The specifications of the facts.

    Raises:
        DescriptionError: Every fault, one French sentence each.
    """
    with not_searched():
        data = _parse(text, format, path)
        if not isinstance(data, Mapping):
            raise DescriptionError(path, [_no_description(data)])
        return data_facts(data, path, vocabulary)


def _no_description(data: object) -> str:
    """Say what a file holds instead of the description of one purchase, and what to do with it."""
    listed = isinstance(data, list)
    table = " Une table de contrats ou d'achats se lit par achats-check audit." if listed else ""
    return (
        f"ce fichier ne décrit pas un achat : il contient {'une liste' if listed else 'une seule valeur'}, et un objet "
        f"est attendu, avec les noms du vocabulaire pour clés.{table} La forme d'une description : achats-check schema "
        "description."
    )


def profile_facts(text: str, path: str, vocabulary: Vocabulary) -> FactSet:
    """Read a buyer profile (YAML or JSON): a description where the keys of ``acheteur`` may stand at the root.

    Raises:
        DescriptionError: Every fault, one French sentence each.
    """
    format = "json" if text.lstrip()[:1] == "{" else "yaml"
    return profile_data_facts(_parse(text, format, path), path, vocabulary)


def profile_data_facts(data: object, path: str, vocabulary: Vocabulary) -> FactSet:
    """Read a buyer profile given as plain values, as its file would give them.

    Raises:
        DescriptionError: Every fault, one French sentence each.
    """
    if not isinstance(data, Mapping):
        return data_facts(data, path, vocabulary)
    names = {str(key): _under_buyer(str(key), vocabulary) for key in data}
    given = Counter(names.values())
    if twice := [f"{name} : valeur donnée deux fois" for name, count in given.items() if count > 1]:
        raise DescriptionError(path, twice)
    facts = data_facts({names[str(key)]: value for key, value in data.items()}, path, vocabulary)
    added = {f"/{long}": f"/{key}" for key, long in names.items() if long != key}
    return FactSet([_as_written(fact, added) for fact in facts], facts.lots)


def _as_written(fact: Fact, added: Mapping[str, str]) -> Fact:
    """Point to the key as the profile has it, without the « acheteur. » that was added to find the fact."""
    return fact._replace(evidence=tuple(_pointing_back(passage, added) for passage in fact.evidence))


def _pointing_back(passage: Evidence, added: Mapping[str, str]) -> Evidence:
    _, key, *rest = passage.location.pointer.split("/")
    pointer = "/".join((added.get(f"/{key}", f"/{key}"), *rest))
    return passage._replace(location=passage.location._replace(pointer=pointer))


def _under_buyer(key: str, vocabulary: Vocabulary) -> str:
    if key in {"lots", "acheteur"} or any(name.split(".")[0] == key.split(".")[0] for name in vocabulary):
        return key
    long = f"acheteur.{key}"
    return long if any(name == long or name.startswith(long + ".") for name in vocabulary) else key


def data_facts(data: object, name: str, vocabulary: Vocabulary) -> FactSet:
    """Read a description given as plain values.

    Args:
        data: A mapping as JSON or YAML would give it.
        name: How reports call it.
        vocabulary: The specifications of the facts.

    Raises:
        DescriptionError: Every fault, one French sentence each.
    """
    from pydantic import ValidationError

    from achats_check.facts.description_model import description_model

    if not isinstance(data, Mapping):
        raise DescriptionError(name, ["un objet est attendu, avec les noms du vocabulaire pour clés"])
    if _is_too_deep(data):
        raise DescriptionError(name, [f"description trop profonde (plus de {MAX_DEPTH} niveaux)"])
    shaper = _Shaper(vocabulary)
    shaped = shaper.shape(data)
    faults = list(shaper.faults)
    try:
        model = description_model(vocabulary).model_validate(shaped)
    except ValidationError as error:
        raise DescriptionError(name, faults + _faults(error, vocabulary)) from None
    facts = list(_facts(model, name, shaped, shaper.pointers, vocabulary, faults))
    if faults:
        raise DescriptionError(name, faults)
    lots = tuple(lot.numero for lot in getattr(model, "lots", None) or ())
    return FactSet(facts, lots)


def _is_too_deep(data: object) -> bool:
    """Say whether something stands below the deepest level, looking at one level after the other."""
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
            elif isinstance(value, list | tuple):
                below += value
            elif not isinstance(value, _SCALARS) and isinstance(value, Mapping):
                below += value.values()
        level = below
    return bool(level)


class _Refused(ValueError):
    """Something JSON allows and a description does not."""


def _parse(text: str, format: str, path: str) -> Any:
    if len(text) > MAX_CHARACTERS:
        raise DescriptionError(path, ["description trop longue (plus de 4 millions de caractères)"])
    return _parse_json(text, path) if format == "json" else _parse_yaml(text, path)


def _parse_json(text: str, path: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise DescriptionError(path, [json_fault(error.doc, error.pos, error.msg)]) from None
    except _Refused as error:
        raise DescriptionError(path, [str(error)]) from None
    except (ValueError, ArithmeticError):
        raise DescriptionError(path, ["JSON illisible : un nombre est trop long"]) from None
    except RecursionError:
        raise DescriptionError(path, [f"description trop profonde (plus de {MAX_DEPTH} niveaux)"]) from None


def _refuse_constant(word: str) -> Any:
    raise _Refused(f"« {word} » n'est pas un nombre")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(f"clé « {key} » répétée")
        found[key] = value
    return found


def _parse_yaml(text: str, path: str) -> Any:
    from achats_check.yaml_source import SourceFault, load_text

    try:
        return load_text(text)
    except SourceFault as fault:
        raise DescriptionError(path, [f"ligne {fault.line}, colonne {fault.column} : {fault.message}"]) from None


class _Shaper:
    """Brings dotted and nested keys to the one shape the model knows, remembering where each stood."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from achats_check.facts.description_model import prefixes

        self.faults: list[str] = []
        self.pointers: dict[_Path, str] = {}
        self._both = tuple(f"{prefix}." for prefix in prefixes(vocabulary))
        self._keys: dict[str, tuple[str, ...]] = {}
        """Keys of the model by dotted name: lots repeat the same few names."""

    def shape(self, data: Mapping[str, Any]) -> dict[str, Any]:
        shaped = self._level(data, (), "")
        lots = shaped.get("lots")
        if isinstance(lots, list | tuple):
            shaped["lots"] = [
                self._level(lot, ("lots", rank), f"/lots/{rank}") if isinstance(lot, Mapping) else lot
                for rank, lot in enumerate(lots)
            ]
        return shaped

    def _level(self, data: Mapping[str, Any], base: _Path, pointer: str) -> dict[str, Any]:
        shaped: dict[str, Any] = {}
        for name, value, where in self._flat(data, "", pointer):
            keys = self._keys.get(name)
            if keys is None:
                keys = self._keys[name] = (name,) if name.startswith(self._both) else tuple(name.split("."))
            self._put(shaped, keys, value, base, where)
        return shaped

    def _flat(self, data: Mapping[str, Any], prefix: str, pointer: str) -> Iterator[tuple[str, Any, str]]:
        for key, value in data.items():
            name = f"{prefix}{key}"
            where = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
            if not isinstance(value, _SCALARS) and isinstance(value, Mapping) and value and name != "lots":
                yield from self._flat(value, f"{name}.", where)
            else:
                yield name, value, where

    def _put(self, shaped: dict[str, Any], keys: tuple[str, ...], value: Any, base: _Path, where: str) -> None:
        node = shaped
        for key in keys[:-1]:
            node = node.setdefault(key, {})
            if not isinstance(node, dict):
                self.faults.append(f"{'.'.join(keys)} : « {key} » a déjà une valeur")
                return
        if keys[-1] in node:
            self.faults.append(f"{'.'.join(keys)} : valeur donnée deux fois")
            return
        node[keys[-1]] = value
        self.pointers[(*base, *keys)] = where


def _faults(error: ValidationError, vocabulary: Vocabulary) -> list[str]:
    return [_fault(item, vocabulary) for item in error.errors(include_url=False)]


def _fault(item: Any, vocabulary: Vocabulary) -> str:
    loc: _Path = tuple(item["loc"])
    name = _spelled(loc)
    if item["type"] == "extra_forbidden":
        return f"{name} : clé inconnue.{_suggestion(loc, vocabulary)}"
    if item["type"] == "value_error":
        return f"{name} : {item['ctx']['error']}"
    if item["type"] == "missing":
        return f"{name} : clé obligatoire absente"
    if item["type"] == "too_long":
        return f"{name} : trop d'éléments"
    expected = "une liste" if "list" in item["type"] else "un objet"
    return f"{name} : {shown(item.get('input'))} n'est pas {expected}"


def _spelled(loc: _Path) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _suggestion(loc: _Path, vocabulary: Vocabulary) -> str:
    in_lot = loc[:1] == ("lots",)
    name = ".".join(str(part) for part in (loc[2:] if in_lot else loc))
    if in_lot and name in vocabulary:
        return " Ce fait ne se donne pas par lot : l'écrire hors de « lots »."
    return vocabulary.suggestion(name, "lot" if in_lot else "")


def _facts(
    model: BaseModel,
    document: str,
    shaped: dict[str, Any],
    pointers: dict[_Path, str],
    vocabulary: Vocabulary,
    faults: list[str],
) -> Iterator[Fact]:
    numbers: set[str] = set()
    for path, value in _leaves(model, ()):
        in_lot = path[0] == "lots"
        name = ".".join(str(part) for part in (path[2:] if in_lot else path))
        if name == "numero" and in_lot:
            faults += [f"lots : le numéro « {value} » est donné deux fois"] if value in numbers else []
            numbers.add(value)
            continue
        scope = Scope("lot", _at(model, path[:2]).numero) if in_lot else scope_of(vocabulary[name])
        quote = json.dumps(_at(shaped, path), ensure_ascii=False, default=_as_json)
        evidence = Evidence(document, "DESCRIPTION", quote, Location(pointer=pointers.get(path, "")), value)
        yield Fact(name, scope, value, KNOWN, DECLARED, evidence=(evidence,))


def _as_json(value: object) -> object:
    """Write what JSON has no word for: a date as text, a decimal as a number."""
    return value.isoformat() if isinstance(value, date) else float(str(value))


def _leaves(model: BaseModel, base: _Path) -> Iterator[tuple[_Path, Any]]:
    for attribute, field in type(model).model_fields.items():
        value = getattr(model, attribute)
        path = (*base, field.alias or attribute)
        if value is None:
            continue
        if hasattr(value, "model_fields_set"):
            yield from _leaves(value, path)
        elif path == ("lots",):
            for rank, lot in enumerate(value):
                yield from _leaves(lot, ("lots", rank))
        else:
            yield path, value


def _at(root: Any, path: _Path) -> Any:
    for part in path:
        by_key = isinstance(root, dict) or isinstance(part, int)
        root = root[part] if by_key else getattr(root, str(part))
    return root
