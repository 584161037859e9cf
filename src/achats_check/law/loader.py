"""The rules folder and local packs → a rulebook; every fault of every file is told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from achats_check.errors import RuleFileError
from achats_check.law.condition_schema import Known
from achats_check.law.faults import Faults
from achats_check.law.parameter_schema import read_lists, read_parameter, read_sources
from achats_check.law.rulebook import Rulebook, Sources
from achats_check.law.schema import THEMES, Example, read_rule
from achats_check.model.rule import Parameter, Rule
from achats_check.vocabulary import load_vocabulary
from achats_check.yaml_source import load_file

Examples = Mapping[str, tuple[Example, ...]]


def load_sources(root: Path, packs: Sequence[Path] = (), themes: Collection[str] = THEMES) -> tuple[Rulebook, Examples]:
    """Read and validate rules, parameters, lists and references from their YAML.

    Args:
        root: The rules folder.
        packs: Local packs (YAML files of ``regles`` and ``parametres``).
        themes: Folders of rules to read.

    Returns:
        The rulebook, without its lexicon nor fingerprint, and the examples of each rule.

    Raises:
        RuleFileError: Every fault of every file, as "file:line:column: message".
    """
    faults = Faults()
    vocabulary = load_vocabulary(root)
    lists = read_lists(_load(root / "listes.yaml", faults) or {}, faults.at("listes.yaml"))
    sources = read_sources(_load(root / "references.yaml", faults), faults.at("references.yaml"))
    bare = Known(vocabulary, {}, lists)
    parameters: dict[str, Parameter] = {}
    for path in sorted((root / "parametres").glob("*.yaml")):
        _add_parameters(_load(path, faults), f"parametres/{path.name}", bare, sources, parameters, faults)
    pack_data = [(path, _pack(path, faults)) for path in packs]
    for path, data in pack_data:
        _add_parameters(data, str(path), bare, sources, parameters, faults)
    known = Known(vocabulary, parameters, lists)
    rules: dict[str, Rule] = {}
    examples: dict[str, tuple[Example, ...]] = {}
    for theme in themes:
        for path in sorted((root / theme).glob("*.yaml")):
            _add_rule(_load(path, faults), theme, f"{theme}/{path.name}", known, sources, rules, examples, faults)
    for path, data in pack_data:
        for node in data.get("regles", ()):
            _add_rule(node, "", str(path), known, sources, rules, examples, faults)
    faults.raise_if_any()
    ordered = tuple(sorted(rules.values(), key=lambda rule: (THEMES.index(rule.theme), rule.id)))
    return Rulebook(vocabulary, parameters, lists, sources, ordered, None, ""), examples


def _load(path: Path, faults: Faults) -> Any:
    """Read a YAML file; one that cannot be read is a fault among the others."""
    try:
        return load_file(path)
    except RuleFileError as error:
        faults.messages += error.faults
        return None


def _pack(path: Path, faults: Faults) -> dict[str, Any]:
    before = len(faults.messages)
    data = _load(path, faults)
    if isinstance(data, dict) and set(data) <= _PACK_KINDS.keys():
        wrong = [key for key, kind in _PACK_KINDS.items() if not isinstance(data.get(key, kind()), kind)]
        for key in wrong:
            faults.at(str(path)).add(data, key, f"« {key} » : {_PACK_SHAPES[key]} est attendue")
        return {key: value for key, value in data.items() if key not in wrong}
    if len(faults.messages) == before:
        faults.at(str(path)).add(data, None, "un paquet local a les clés « regles », « parametres » et « objet »")
    return {}


_PACK_KINDS: dict[str, type] = {"regles": list, "parametres": dict, "objet": str}
_PACK_SHAPES = {
    "regles": "une liste de règles",
    "parametres": "une table de paramètres, chacun sous son nom,",
    "objet": "une phrase",
}


def _add_parameters(
    data: Any, path: str, known: Known, sources: Sources, parameters: dict[str, Parameter], faults: Faults
) -> None:
    at = faults.at(path)
    nodes = data.get("parametres", {}) if isinstance(data, dict) else {}
    for name, node in nodes.items():
        if name in parameters or name in known.vocabulary:
            at.add(nodes, name, f"« {name} » existe déjà : un paquet ajoute, il ne remplace pas")
            continue
        found = read_parameter(name, node, known, sources.documents, at)
        if found is not None:
            parameters[name] = found


def _add_rule(
    node: Any,
    theme: str,
    path: str,
    known: Known,
    sources: Sources,
    rules: dict[str, Rule],
    examples: dict[str, tuple[Example, ...]],
    faults: Faults,
) -> None:
    at = faults.at(path)
    if node is None:
        return
    found = read_rule(node, theme, known, sources.documents, at)
    if found is None:
        return
    rule, cases = found
    if rule.id in rules:
        at.add(node, "id", f"la règle « {rule.id} » existe déjà : un paquet ajoute, il ne remplace pas")
    elif theme and rule.id != Path(path).stem:
        at.add(node, "id", f"l'identifiant « {rule.id} » n'est pas le nom du fichier")
    else:
        rules[rule.id] = rule if theme else rule._replace(pack=path)
        examples[rule.id] = cases
