"""Who may import whom, what is named where, how long things are: read in the text of ``src``, never run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent / "src"
PACKAGE = ROOT / "achats_check"
FILES = sorted(PACKAGE.rglob("*.py"))
WINGS = ("readers", "facts", "law", "reports")
COMMON = ("model", "errors", "vocabulary", "yaml_source", "resources", "wording", "__init__")
"""What every wing may import beside itself; ``__init__`` holds the version."""
JOINERS = ("check", "rules", "examples", "example_facts", "tender", "cache", "cli", "__main__", "__init__")
"""Modules that bring the wings together, at the top of the package."""
HOMES = {
    "yaml": ("yaml_source",),
    "pypdfium2": ("readers.pdf",),
    "pypdfium2_raw": ("readers.pdf",),
    "pdfplumber": ("readers.pdf",),
    "docx": (),
    "rich": ("reports",),
    "pydantic": ("facts.description", "facts.description_model"),
    "click": ("cli", "reports"),
}
"""Where each library may be named; an empty tuple for one that only tests and samples use."""
MAX_LINES = 500
MAX_FUNCTION_LINES = 60



class Import(NamedTuple):
    """One import of a file."""

    module: str
    line: int
    in_function: bool


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def module_of(path: Path) -> str:
    """Return the dotted name of a file, without the package: "law.evaluate", "law" for its ``__init__``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def home_of(module: str) -> str:
    """Return the wing or the top-level module that a dotted name lies in."""
    return module.split(".", 1)[0]


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Return every import of a file, those of functions and of type checking included."""
    local = {id(inner) for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)}
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno, id(node) not in local) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: import relatif"
            found += [Import(name, node.lineno, id(node) not in local) for name in _targets(node)]
    return tuple(found)


def _targets(node: ast.ImportFrom) -> Iterator[str]:
    """Yield the modules that a ``from … import …`` names: the parent, or the children that are modules."""
    base = str(node.module)
    for alias in node.names:
        child = ROOT.joinpath(*base.split("."), alias.name)
        yield f"{base}.{alias.name}" if child.with_suffix(".py").is_file() or child.is_dir() else base


def own_imports(path: Path) -> Iterator[tuple[str, Import]]:
    """Yield the imports of the project itself, without the name of the package."""
    for found in imports(path):
        if found.module.split(".")[0] == "achats_check":
            yield found.module.removeprefix("achats_check").lstrip(".") or "__init__", found


def test_the_package_was_found() -> None:
    """An empty list would make every test below pass."""
    assert len(FILES) > 80
    assert {home_of(module_of(path)) for path in FILES} >= set(WINGS) | {"model", "check"}


@each_file
def test_wings_do_not_know_one_another(path: Path) -> None:
    """A wing imports itself and the common ground only, under ``TYPE_CHECKING`` or in a function too."""
    home = home_of(module_of(path))
    if home not in WINGS:
        return
    wrong = [f"ligne {i.line} : {name}" for name, i in own_imports(path) if home_of(name) not in (home, *COMMON)]
    assert not wrong, f"{home} importe {wrong}"


@each_file
def test_common_ground_stands_alone(path: Path) -> None:
    """The records and the small common modules import no wing; ``model`` imports the standard library only."""
    home = home_of(module_of(path))
    if home not in COMMON or home == "__init__":
        return
    allowed = ("model",) if home == "model" else COMMON
    wrong = [f"ligne {i.line} : {name}" for name, i in own_imports(path) if home_of(name) not in allowed]
    if home == "model":
        outside = {i.module.split(".")[0] for i in imports(path)} - {*sys.stdlib_module_names, "achats_check"}
        wrong += sorted(outside)
    assert not wrong, f"{home} importe {wrong}"


@each_file
def test_every_module_has_a_place(path: Path) -> None:
    """A module at the top of the package is common ground or one of the named joiners."""
    assert home_of(module_of(path)) in {*WINGS, *COMMON, *JOINERS}


def test_no_import_ring() -> None:
    """No module reaches itself through imports done at load, those for types included."""
    graph = {module_of(path): {name for name, i in own_imports(path) if i.at_load} for path in FILES}
    assert _ring(graph) == []


def _ring(graph: dict[str, set[str]]) -> list[str]:
    """Return a ring of modules, or an empty list."""
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> list[str]:
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module in done or module not in graph:
            return []
        for target in sorted(graph[module]):
            if found := visit(target, [*trail, module]):
                return found
        done.add(module)
        return []

    for module in sorted(graph):
        if (found := visit(module, [])) and not _public_names_only(found):
            return found
    return []


def _public_names_only(ring: list[str]) -> bool:
    """The package names its public parts for type checkers, and they read its version: no ring at run time."""
    return "__init__" in ring


def test_a_ring_would_be_seen() -> None:
    """The search for rings finds one."""
    assert _ring({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert _ring({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@each_file
def test_libraries_are_named_where_they_belong(path: Path) -> None:
    """A library is imported in one place, so that it can be replaced in one place."""
    module = module_of(path)
    wrong = []
    for found in imports(path):
        library = found.module.split(".")[0]
        if library in {*sys.stdlib_module_names, "achats_check"}:
            continue
        assert library in HOMES, f"ligne {found.line} : bibliothèque « {library} » non prévue"
        if not any(module == home or module.startswith(f"{home}.") for home in HOMES[library]):
            wrong.append(f"ligne {found.line} : {library}")
    assert not wrong


@each_file
def test_heavy_libraries_wait_for_their_use(path: Path) -> None:
    """What costs start-up is imported in the function that needs it; PyYAML's and the model's own homes wait too."""
    heavy = {"pydantic", "rich", "pdfplumber", "pypdfium2", "docx"}
    if module_of(path) in {"facts.description_model"}:
        return  # itself imported by the function that reads a description
    typing_only = {id(inner) for node in ast.walk(tree(path)) if _is_type_checking(node) for inner in ast.walk(node)}
    at_load = [n for n in tree(path).body if isinstance(n, ast.Import | ast.ImportFrom) and id(n) not in typing_only]
    named = {a.name.split(".")[0] for n in at_load if isinstance(n, ast.Import) for a in n.names}
    named |= {str(n.module).split(".")[0] for n in at_load if isinstance(n, ast.ImportFrom)}
    assert not named & heavy


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@each_file
def test_no_clock_outside_the_command_line(path: Path) -> None:
    """Only the command line knows what day it is."""
    if home_of(module_of(path)) == "cli":
        return
    calls = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    assert not calls & {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}


@each_file
def test_files_are_short(path: Path) -> None:
    """A file has one purpose."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@each_file
def test_functions_are_short(path: Path) -> None:
    """A function fits on a screen."""
    long = [f"{node.name} ({_length(node)})" for node in _functions(path) if _length(node) > MAX_FUNCTION_LINES]
    assert not long


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def _length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_most_functions_are_very_short() -> None:
    """The median stays at eight lines or about."""
    lengths = sorted(_length(node) for path in FILES for node in _functions(path))
    assert lengths[len(lengths) // 2] <= 9


@each_file
def test_public_things_are_documented(path: Path) -> None:
    """Every module, and every public class, function and method, says what it is for."""
    silent = [] if ast.get_docstring(tree(path)) else ["module"]
    silent += [name for name, node in _public(tree(path)) if not ast.get_docstring(node)]
    assert not silent


def _public(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield what others may use, overrides and special methods left out."""
    for child in node.body:
        if not isinstance(child, ast.FunctionDef | ast.ClassDef) or child.name.startswith("_"):
            continue
        yield f"{prefix}{child.name}", child
        if isinstance(child, ast.ClassDef):
            yield from _public(child, f"{child.name}.")


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_no_drawer_for_everything(name: str) -> None:
    """A module is named by its purpose."""
    assert not [path for path in FILES if name in path.parts or path.stem == name]
