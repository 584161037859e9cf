"""YAML text → plain values that remember the line and column of every key.

Dates stay text, duplicate keys are refused, and nothing but the safe types is built. PyYAML is named
here only.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from achats_check.errors import RuleFileError

_SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 4_000_000
MAX_DEPTH = 60


class Mapping(dict[str, Any]):
    """A mapping that knows where it and each of its keys stand, from line 1, column 1."""

    __slots__ = ("mark", "marks")

    mark: tuple[int, int]
    marks: dict[str, tuple[int, int]]


class Sequence(list[Any]):
    """A list that knows where it and each of its items stand, from line 1, column 1."""

    __slots__ = ("mark", "marks")

    mark: tuple[int, int]
    marks: list[tuple[int, int]]


class SourceFault(Exception):
    """YAML that cannot be read: ``line`` and ``column`` from 1, and a French sentence."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message


def load_text(text: str) -> Any:
    """Parse one YAML document.

    Args:
        text: YAML, at most ``MAX_BYTES`` long.

    Returns:
        ``Mapping``, ``Sequence``, str, int, float, bool or None, nested. Dates stay text.

    Raises:
        SourceFault: Syntax error, duplicate key, key that is no text, alias, or too deep or too long.
    """
    if len(text) > MAX_BYTES:
        raise SourceFault(1, 1, "fichier YAML trop long")
    try:
        node = yaml.compose(text, Loader=_SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise SourceFault(line, column, f"YAML illisible : {_in_french(str(error.problem or error.context))}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SourceFault(1, 1, f"YAML illisible : {_in_french(str(error))}") from None
    return None if node is None else _value(node, set(), 0)


_PROBLEMS = {
    "tab character": "tabulation dans l'alignement ; la remplacer par des blancs",
    "cannot start any token": "caractère qui ne peut pas commencer une valeur (tabulation ?)",
    "mapping values are not allowed": "« : » inattendu ; mettre la valeur entre guillemets",
    "while scanning a quoted scalar": "guillemet jamais refermé",
    "unexpected end of stream": "fin inattendue (guillemet, crochet ou accolade jamais refermés ?)",
    "undefined alias": "alias sans ancre ; mettre entre guillemets une valeur qui commence par « * »",
    "',' or ']'": "« , » ou « ] » attendu",
    "',' or '}'": "« , » ou « } » attendu",
    "expected ':'": "« : » attendu après une clé",
    "expected '-' indicator": "« - » attendu : éléments de liste mal alignés",
    "block end": "lignes mal alignées",
    "expected key": "lignes mal alignées",
    "expected the node content": "valeur attendue",
    "special characters are not allowed": "caractère de contrôle",
    "control characters are not allowed": "caractère de contrôle",
}


def _in_french(problem: str) -> str:
    """Return the parser's complaint as a buyer or a jurist may read it."""
    said = (french for english, french in _PROBLEMS.items() if english in problem)
    return next(said, "structure inattendue (alignement, « : » ou guillemets)")


def load_file(path: Path) -> Any:
    """Parse a YAML rule file; a fault is a RuleFileError that names the file, line and column."""
    try:
        return load_text(path.read_text(encoding="utf-8"))
    except SourceFault as fault:
        raise RuleFileError([f"{path}:{fault.line}:{fault.column}: {fault.message}"]) from None
    except (OSError, UnicodeDecodeError) as error:
        from achats_check.disk_words import why

        raise RuleFileError([f"{path}:1:1: fichier illisible : {why(error)}"]) from None


def without_marks(value: Any) -> Any:
    """Return plain dicts and lists, for what is kept after the file was read."""
    if isinstance(value, dict):
        return {key: without_marks(item) for key, item in value.items()}
    return [without_marks(item) for item in value] if isinstance(value, list) else value


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _value(node: yaml.Node, open_nodes: set[int], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise SourceFault(*_mark(node), "YAML trop profond")
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if id(node) in open_nodes:
        raise SourceFault(*_mark(node), "alias récursif")
    open_nodes.add(id(node))
    found = (
        _mapping(node, open_nodes, depth) if isinstance(node, yaml.MappingNode) else _sequence(node, open_nodes, depth)
    )
    open_nodes.discard(id(node))
    return found


def _mapping(node: yaml.MappingNode, open_nodes: set[int], depth: int) -> Mapping:
    found = Mapping()
    found.mark = _mark(node)
    found.marks = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, Hashable) or key is None:
            raise SourceFault(*_mark(key_node), "une clé doit être un texte")
        name = str(key)
        if name in found:
            raise SourceFault(*_mark(key_node), f"clé « {name} » répétée")
        found[name] = _value(value_node, open_nodes, depth + 1)
        found.marks[name] = _mark(key_node)
    return found


def _sequence(node: yaml.Node, open_nodes: set[int], depth: int) -> Sequence:
    found = Sequence(_value(item, open_nodes, depth + 1) for item in node.value)
    found.mark = _mark(node)
    found.marks = [_mark(item) for item in node.value]
    return found


_RESOLVED = {
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null",
}


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.tag not in _RESOLVED:
        return node.value
    text = node.value
    kind = node.tag.rsplit(":", 1)[1]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in {"true", "yes", "on"}
    try:
        return int(text.replace("_", "")) if kind == "int" else float(text.replace("_", ""))
    except ValueError:
        return text
