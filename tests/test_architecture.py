"""Who may import whom, what is named where, how long things are: read in the text of ``src``, never run."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent / "src"
PACKAGE = ROOT / "achats_check"
FILES = sorted(PACKAGE.rglob("*.py"))
WINGS = ("readers", "facts", "law", "reports")
COMMON = (
    "model",
    "errors",
    "disk_words",
    "vocabulary",
    "nearest",
    "yaml_source",
    "resources",
    "wording",
    "pattern_starts",
    "patterns",
    "private_folder",
    "garbage",
    "cache",
    "__init__",
)
"""What every wing may import beside itself."""
JOINERS = (
    "dossier",
    "pieces",
    "rules",
    "examples",
    "example_facts",
    "tender",
    "upload",
    "columns",
    "contracts",
    "portfolio",
    "batch",
    "auditing",
    "audit_results",
    "cli",
    "__main__",
)
"""Modules that bring the wings together, at the top of the package."""
AUDITS = ("batch", "auditing")
"""What only an audit loads."""
HOMES = {
    "yaml": ("yaml_source",),
    "pypdfium2": ("readers.pdf",),
    "pypdfium2_raw": ("readers.pdf",),
    "pdfplumber": ("readers.pdf",),
    "PIL": ("readers.ocr.images",),
    "docx": (),
    "pydantic": ("facts.description", "facts.description_model"),
    "polars": (
        "columns.polars_writer",
        "columns.polars_engine",
        "columns.table_audit",
        "contracts.judging",
        "contracts.verdict_sections",
        "portfolio",
    ),
    "duckdb": ("columns.duckdb_engine", "contracts.assembling"),
    "orjson": ("contracts.json_records",),
    "sqlglot": ("columns.dialects",),
    "pyarrow": (
        "batch.parquet",
        "batch.reading_results",
        "columns.bits",
        "columns.texts",
        "columns.row_sets",
        "columns.judge",
        "columns.polars_engine",
        "columns.duckdb_engine",
        "contracts",
        "portfolio.output",
    ),
    "tqdm": ("batch.progress",),
    "xlsxwriter": ("reports.synthesis.workbook",),
    "distributed": ("batch.cluster",),
    "click": ("cli", "reports"),
}
"""Where each library may be named; nowhere for one that only writes the documents of tests and samples."""
BORROWED = (
    "facts.codes",
    "facts.text",
    "facts.reconcile",
    "facts.notices",
    "facts.structure.buyer",
    "facts.terms",
    "readers.cleaning",
    "readers.encodings",
    "readers.guards",
    "readers.notices.flat",
)
"""What a row of a table shares with the record of one contract in a dossier: its meaning, under the same limits."""
MAX_LINES = 500
MAX_FUNCTION_LINES = 60
MEDIAN_FUNCTION_LINES = 9
HEAVY = {
    *("pydantic", "pdfplumber", "pypdfium2", "PIL"),
    *("polars", "duckdb", "sqlglot", "pyarrow", "orjson", "tqdm", "xlsxwriter", "distributed"),
}
TABLES_OWN = {
    "columns.polars_writer",
    "columns.polars_engine",
    "columns.duckdb_engine",
    "columns.bits",
    "columns.texts",
    "columns.row_sets",
    "columns.judge",
    "portfolio.reading",
    "portfolio.totals",
    "portfolio.spending",
    "portfolio.small_purchases",
    "portfolio.reserved",
}
"""Modules made of Polars or Arrow, which only the function that needs them imports."""


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
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno, id(node) in inside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [Import(name, node.lineno, id(node) in inside) for name in _targets(node)]
    return tuple(found)


def _targets(node: ast.ImportFrom) -> Iterator[str]:
    """Yield the modules that a ``from … import …`` names: the children that are modules, or the parent."""
    base = str(node.module)
    for alias in node.names:
        child = ROOT.joinpath(*base.split("."), alias.name)
        yield f"{base}.{alias.name}" if child.with_suffix(".py").is_file() or child.is_dir() else base


def own_imports(path: Path) -> Iterator[tuple[str, Import]]:
    """Yield the imports of the project itself, without the name of the package."""
    for found in imports(path):
        if found.module.split(".")[0] == "achats_check":
            yield found.module.removeprefix("achats_check").lstrip(".") or "__init__", found


def outside_imports(path: Path) -> Iterator[tuple[str, Import]]:
    """Yield the imports of other libraries than the standard one, by the name of the library."""
    for found in imports(path):
        library = found.module.split(".")[0]
        if library not in {*sys.stdlib_module_names, "achats_check"}:
            yield library, found


def place(path: Path, line: int) -> str:
    """Return where something stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}"


def test_the_package_was_found() -> None:
    """An empty list of files would make every test below pass."""
    assert len(FILES) > 80
    assert {home_of(module_of(path)) for path in FILES} >= {*WINGS, "model", "dossier"}


def test_every_module_has_a_place() -> None:
    """A module at the top of the package is common ground or one of the named joiners."""
    homes = {home_of(module_of(path)) for path in FILES}
    assert homes - {*WINGS, *COMMON, *JOINERS} == set()


def test_wings_do_not_know_one_another() -> None:
    """A wing imports itself and the common ground only, in a function or under ``TYPE_CHECKING`` too."""
    wings = [path for path in FILES if home_of(module_of(path)) in WINGS]
    assert _forbidden(wings, lambda home: (home, *COMMON)) == []


def test_common_ground_knows_no_wing() -> None:
    """The small common modules import one another only; the records import nothing but records."""
    common = [path for path in FILES if home_of(module_of(path)) in COMMON and module_of(path) != "__init__"]
    assert _forbidden(common, lambda home: ("model",) if home == "model" else COMMON) == []


def _forbidden(paths: list[Path], allowed: Callable[[str], tuple[str, ...]]) -> list[str]:
    return [
        f"{place(path, found.line)} imports {name}"
        for path in paths
        for name, found in own_imports(path)
        if home_of(name) not in allowed(home_of(module_of(path)))
    ]


def test_records_need_the_standard_library_only() -> None:
    """``model`` imports no library, so that anything may speak its words."""
    records = [path for path in FILES if home_of(module_of(path)) == "model"]
    assert [(module_of(path), library) for path in records for library, _ in outside_imports(path)] == []


def test_columns_know_the_law_and_no_other_wing() -> None:
    """The rules in columns read the law's records; neither the law nor a check of one dossier knows of columns."""
    inside = [path for path in FILES if home_of(module_of(path)) == "columns"]
    assert len(inside) > 10
    assert _forbidden(inside, lambda home: (home, "law", *COMMON)) == []
    users = {home_of(module_of(p)) for p in FILES for name, _ in own_imports(p) if home_of(name) == "columns"}
    assert users == {"columns", "contracts", "portfolio", "batch", "auditing", "cli", "__init__"}


def test_batches_serve_audits_only() -> None:
    """A check of one dossier knows nothing of audits; the command line loads them when one is asked for."""
    users = {home_of(module_of(p)) for p in FILES for name, _ in own_imports(p) if home_of(name) in AUDITS}
    assert users == {*AUDITS, "audit_results", "cli", "__init__"}
    at_once = {
        place(path, found.line)
        for path in FILES
        if home_of(module_of(path)) not in AUDITS
        for name, found in own_imports(path)
        if home_of(name) in AUDITS and not found.in_function and not _for_types(path, found)
    }
    assert at_once == set()


def _for_types(path: Path, found: Import) -> bool:
    """Say whether an import lies under ``if TYPE_CHECKING``."""
    blocks = [
        node for node in tree(path).body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    return any(block.lineno <= found.line <= (block.end_lineno or 0) for block in blocks)


def test_portfolios_are_judged_by_the_law_and_drawn_elsewhere() -> None:
    """A portfolio uses the law, and of the other wings only how a declared value is read; no check knows of it."""
    inside = [path for path in FILES if home_of(module_of(path)) == "portfolio"]
    assert len(inside) > 10
    beside = {"facts.values", "facts.json_trouble", "columns.extra"}
    wrong = [
        f"{place(path, found.line)} imports {name}"
        for path in inside
        for name, found in own_imports(path)
        if home_of(name) not in {"portfolio", "law", *COMMON} and name not in beside
    ]
    assert wrong == []
    users = {home_of(module_of(p)) for p in FILES for name, _ in own_imports(p) if home_of(name) == "portfolio"}
    assert users <= {"portfolio", "auditing", "cli"}


def test_contracts_know_what_reads_and_judges_one() -> None:
    """Files of contracts use the meaning of fields, the guards of readers and the columns; no report, no dossier."""
    inside = [path for path in FILES if home_of(module_of(path)) == "contracts"]
    assert len(inside) > 10
    assert _forbidden(inside, lambda home: (home, "columns", "law", "facts", "readers", *COMMON)) == []
    borrowed = {name for p in inside for name, _ in own_imports(p) if home_of(name) in {"facts", "readers"}}
    assert {name for name in borrowed if not name.startswith(BORROWED)} == set()
    users = {home_of(module_of(p)) for p in FILES for name, _ in own_imports(p) if home_of(name) == "contracts"}
    assert users <= {"contracts", "auditing", "batch", "cli"}


def test_what_is_made_of_polars_waits_for_its_use() -> None:
    """Importing anything else of the package loads no engine of tables."""
    wrong = [
        f"{place(path, found.line)} imports {name}"
        for path in FILES
        if module_of(path) not in TABLES_OWN
        for name, found in own_imports(path)
        if name in TABLES_OWN and not found.in_function
    ]
    assert wrong == []


def test_only_an_audit_draws_a_synthesis() -> None:
    """A check of one dossier loads neither the page nor the spreadsheet of an audit."""
    drawn = "reports.synthesis"
    users = {
        module_of(path)
        for path in FILES
        for name, found in own_imports(path)
        if name.startswith(drawn) and not module_of(path).startswith(drawn) and not found.in_function
    }
    assert any(module_of(path) == f"{drawn}.html" for path in FILES)
    assert users <= {"auditing"}


def test_a_page_is_loaded_when_one_is_asked_for() -> None:
    """The text report of a dossier loads nothing of what draws pages."""
    pages = ("reports.page", "reports.dossier_page", "reports.synthesis")
    users = {
        module_of(path)
        for path in FILES
        for name, found in own_imports(path)
        if name.startswith(pages) and not module_of(path).startswith(pages) and not found.in_function
    }
    assert {module_of(path).rpartition(".")[0] for path in FILES} >= set(pages)
    assert users <= {"auditing"}


def test_no_import_ring() -> None:
    """No module reaches itself through what it imports when loaded, imports for types included.

    The package's own ``__init__`` is left out: it names the public parts for type checkers and loads none.
    """
    graph = {module_of(p): {name for name, i in own_imports(p) if not i.in_function} for p in FILES}
    assert ring({**graph, "__init__": set()}) == []


def ring(graph: dict[str, set[str]]) -> list[str]:
    """Return a ring of modules, or an empty list."""
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> list[str]:
        if module in trail:
            return [*trail[trail.index(module) :], module]
        if module in done:
            return []
        for target in sorted(graph.get(module, ())):
            if found := visit(target, [*trail, module]):
                return found
        done.add(module)
        return []

    return next((found for module in sorted(graph) if (found := visit(module, []))), [])


def test_a_ring_would_be_seen() -> None:
    """The search for rings finds one, and only where there is one."""
    assert ring({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert ring({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_libraries_are_named_where_they_belong() -> None:
    """A library is named in one place, so that it can be replaced in one place."""
    wrong = [
        f"{place(path, found.line)} names {library}"
        for path in FILES
        for library, found in outside_imports(path)
        if not any(f"{module_of(path)}.".startswith(f"{home}.") for home in HOMES.get(library, ()))
    ]
    assert wrong == []


def test_heavy_libraries_wait_for_their_use() -> None:
    """What costs start-up is imported by the function that needs it.

    The model of descriptions is a module of its own, which is itself imported by the function that reads one.
    """
    wrong = [
        f"{place(path, node.lineno)} loads {name}"
        for path in FILES
        if module_of(path) not in {"facts.description_model", *TABLES_OWN}
        for node in _loaded_at_once(tree(path))
        for name in _names(node)
        if name in HEAVY
    ]
    assert wrong == []


def _loaded_at_once(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports that run when a module is loaded: those of types and of functions do not."""
    return (node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom))


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    return [str(node.module).split(".")[0]]


def test_only_the_command_line_knows_what_day_it_is() -> None:
    """A report depends on what is given to it, never on the clock."""
    clock = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}
    calls = [
        place(path, node.lineno)
        for path in FILES
        if home_of(module_of(path)) != "cli"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in clock
    ]
    assert calls == []


def test_records_do_not_postpone_their_annotations() -> None:
    """A named tuple whose annotations are text compiles each of them: six times the cost, at every start."""
    postponed = [
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if "(NamedTuple)" in (text := path.read_text(encoding="utf-8")) and "from __future__ import annotations" in text
    ]
    assert postponed == []


def test_files_are_short() -> None:
    """A file has one purpose: tests, measures, guides and what a jurist writes included."""
    written = [
        path
        for folder in ("tests", "benchmarks", "samples", "rules", "docs")
        for kind in ("py", "yaml", "md")
        for path in sorted((ROOT.parent / folder).rglob(f"*.{kind}"))
    ]
    files = [*FILES, *written, ROOT.parent / "README.md"]
    assert len(written) > 500
    assert [path.name for path in files if len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES] == []


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """Yield every function and method of the package."""
    for path in FILES:
        yield from ((path, node) for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def length(node: ast.FunctionDef) -> int:
    """Return the number of lines of a function, its docstring included."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    """A function fits on a screen, and most on a few lines."""
    assert [
        f"{place(p, node.lineno)} {node.name}" for p, node in functions() if length(node) > MAX_FUNCTION_LINES
    ] == []
    lengths = sorted(length(node) for _, node in functions())
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION_LINES


def test_public_things_are_documented() -> None:
    """Every module, and every public class, function and method, says what it is for."""
    silent = [place(path, 1) for path in FILES if not ast.get_docstring(tree(path))]
    silent += [
        f"{place(path, node.lineno)} {node.name}"
        for path in FILES
        for node in _public(tree(path))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield what others may use; special methods say nothing that their name does not."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


def test_no_drawer_for_everything() -> None:
    """A module is named after its purpose."""
    assert {part for path in FILES for part in module_of(path).split(".")} & {
        "utils",
        "helpers",
        "common",
        "misc",
    } == set()
