"""The rules folder and local packs → a rulebook; every fault of every file is told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from achats_check.errors import RuleFileError
from achats_check.law.condition_schema import Known
from achats_check.law.faults import Faults
from achats_check.law.parameter_schema import NO_SOURCES, read_lists, read_parameter, read_sources
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
    sources = _sources(root / "references.yaml", faults)
    found = _Gathered(Known(vocabulary, {}, lists), sources, faults)
    opened = [(str(path), _pack(path, faults)) for path in packs]
    for path in sorted((root / "parametres").glob("*.yaml")):
        found.add_parameters(_load(path, faults), f"parametres/{path.name}")
    for name, data in opened:
        found.add_parameters(data, name)
    found.settle_parameters()
    for theme in themes:
        for path in sorted((root / theme).glob("*.yaml")):
            found.add_rule(_load(path, faults), f"{theme}/{path.name}", theme)
    for name, data in opened:
        for node in data.get("regles", ()):
            found.add_rule(node, name)
    faults.raise_if_any()
    ordered = tuple(sorted(found.rules.values(), key=lambda rule: (THEMES.index(rule.theme), rule.id)))
    return Rulebook(vocabulary, found.parameters, lists, sources, ordered, None, None, None, (), ""), found.examples


class _Gathered:
    """Parameters, rules and examples read so far; a name that is taken is a fault, and the first keeps it.

    All parameters come before the first rule: rules compare facts with them, parameters know none of each other.
    """

    def __init__(self, known: Known, sources: Sources, faults: Faults) -> None:
        self._known = known
        self._sources = sources
        self._faults = faults
        self.parameters: dict[str, Parameter] = {}
        self.rules: dict[str, Rule] = {}
        self.examples: dict[str, tuple[Example, ...]] = {}

    def add_parameters(self, data: Any, path: str) -> None:
        """Add the figures of a file of the rules folder, or of a pack."""
        at = self._faults.at(path)
        nodes = data.get("parametres", {}) if isinstance(data, dict) else {}
        for name, node in nodes.items():
            if name in self.parameters or name in self._known.vocabulary:
                at.add(nodes, name, f"« {name} » existe déjà : un paquet ajoute, il ne remplace pas")
                continue
            found = read_parameter(name, node, self._known, self._sources.documents, at)
            if found is not None:
                self.parameters[name] = found

    def settle_parameters(self) -> None:
        """Let the rules that follow use the parameters added."""
        self._known = self._known._replace(parameters=self.parameters)

    def add_rule(self, node: Any, path: str, theme: str = "") -> None:
        """Add the rule of a file named after it in the folder of its theme, or, without a theme, of a pack."""
        at = self._faults.at(path)
        if node is None:
            return
        found = read_rule(node, theme, self._known, self._sources.documents, at)
        if found is None:
            return
        rule, cases = found
        if rule.id in self.rules:
            at.add(node, "id", f"la règle « {rule.id} » existe déjà : un paquet ajoute, il ne remplace pas")
        elif theme and rule.id != Path(path).stem:
            at.add(node, "id", f"l'identifiant « {rule.id} » n'est pas le nom du fichier")
        else:
            self.rules[rule.id] = rule if theme else rule._replace(pack=path)
            self.examples[rule.id] = cases


def _sources(path: Path, faults: Faults) -> Sources:
    before = len(faults.messages)
    node = _load(path, faults)
    return NO_SOURCES if len(faults.messages) > before else read_sources(node, faults.at(path.name))


def _load(path: Path, faults: Faults) -> Any:
    """Read a YAML file; one that cannot be read is a fault among the others."""
    try:
        return load_file(path)
    except RuleFileError as error:
        faults.messages += error.faults
        return None


_PACK_KINDS: dict[str, type] = {"regles": list, "parametres": dict, "objet": str}
_PACK_SHAPES = {
    "regles": "une liste de règles",
    "parametres": "une table de paramètres, chacun sous son nom,",
    "objet": "une phrase",
}


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
