"""Every columnar rule over 1.5 million contracts, against what reading the same columns costs, each in its own process.

    python benchmarks/bench_columns.py [RUNS] [ROWS] [MANY]

Times are processor times of a fresh process, all threads counted: a machine shared with others changes them less than
the time on the wall. The candidates take turns, and the least of each is kept, which others disturb least; memory is
the most of all runs. MANY contracts (10 million) are then counted once by each engine: memory must not grow with them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 1_500_000
MANY = 10_000_000
_BEFORE = """
import json, resource, sys, time
from datetime import date
from achats_check import ParquetAudit, TableAudit, load_rules
path, target = sys.argv[1], sys.argv[2]
day = date(2026, 11, 21)
book = load_rules()
left_out = {"uid", "acheteur.nom"}
"""
_POLARS = """
import polars as pl
table = pl.scan_parquet(path)
columns = [name for name in table.collect_schema().names() if name not in left_out]
"""
_DUCKDB = """
from achats_check.columns.duckdb_engine import connected
reader = connected()
listed = ", ".join('"' + name + '"' for name in reader.read_parquet(path).columns if name not in left_out)
"""
_AFTER = """
used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
start = time.perf_counter()
run()
seconds = time.perf_counter() - start
used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2]) - used
print(json.dumps([used, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
CANDIDATES = {
    "lecture par Polars": "run = lambda: table.select("
    "pl.col(name).list.len().max() if name == 'cpv' else pl.col(name).max() for name in columns"
    ").collect(engine='streaming')",
    "lecture par DuckDB en mémoire": "run = lambda: reader.execute("
    "f\"CREATE TABLE lue AS SELECT {listed} FROM read_parquet('{path}')\")",
    "comptes, Polars": "run = lambda: TableAudit(book, today=day).counts(table)",
    "comptes, DuckDB": "run = lambda: ParquetAudit(book, today=day).counts(path)",
    "liste des manquements, Polars": "run = lambda: TableAudit(book, today=day).violations(table, 'uid')"
    ".sink_parquet(target)",
    "liste des manquements, DuckDB": "run = lambda: ParquetAudit(book, today=day)"
    ".write_violations(path, 'uid', target)",
}
GOALS = (
    ("comptes, Polars", "lecture par Polars", 2.0, 500),
    ("comptes, Polars", "lecture par DuckDB en mémoire", 1.0, 500),
    ("liste des manquements, Polars", "lecture par DuckDB en mémoire", 3.0, 500),
    ("comptes, DuckDB", "lecture par DuckDB en mémoire", 3.0, 250),
    ("liste des manquements, DuckDB", "lecture par DuckDB en mémoire", 3.0, 250),
)
"""What is measured, against what, the largest ratio wanted, and the most memory wanted, in megabytes."""


def main(runs: int, rows: int, many: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), rows)
        print(f"{rows:,} marchés, {path.stat().st_size / 1e6:.0f} Mo ; {runs} passages".replace(",", " "))
        found: dict[str, list[list[float]]] = {name: [] for name in CANDIDATES}
        for _ in range(runs):
            for name, code in CANDIDATES.items():
                found[name].append(measured(code, path, Path(folder) / "liste.parquet"))
        show(found)
        path = written(Path(folder), many)
        print(f"{many:,} marchés, {path.stat().st_size / 1e6:.0f} Mo ; un passage".replace(",", " "))
        for name in ("comptes, Polars", "comptes, DuckDB"):
            used, wall, memory = measured(CANDIDATES[name], path, Path(folder) / "liste.parquet")
            print(f"  {name:32} {used:7.2f} s de processeur  {wall:7.2f} s  {memory:5.0f} Mo")


def written(folder: Path, rows: int) -> Path:
    """Write contracts, in a process of its own: the memory of a parent counts in what its children report."""
    path = folder / "contrats.parquet"
    write = f"import contracts, pathlib; contracts.write_contracts(pathlib.Path({str(path)!r}), {rows})"
    subprocess.run([sys.executable, "-c", write], cwd=Path(__file__).parent, check=True)
    return path


def show(found: dict[str, list[list[float]]]) -> None:
    """Print the times and the memory of each candidate, then what was wanted of them."""
    used, wall = ({name: min(run[rank] for run in held) for name, held in found.items()} for rank in (0, 1))
    memory = {name: max(run[2] for run in held) for name, held in found.items()}
    for name in CANDIDATES:
        print(f"  {name:32} {used[name]:7.2f} s de processeur  {wall[name]:7.2f} s  {memory[name]:5.0f} Mo")
    for name, against, most, room in GOALS:
        ratio = used[name] / used[against]
        told = "tenu" if ratio <= most else "manqué"
        space = "tenu" if memory[name] <= room else "manqué"
        print(
            f"  {name} / {against} : {ratio:.1f} × (≤ {most:g} × : {told}), {memory[name]:.0f} Mo (≤ {room} : {space})"
        )


def measured(code: str, path: Path, target: Path) -> list[float]:
    """Return processor seconds, seconds, and megabytes at the most, of one candidate in a fresh process."""
    engine = (
        _DUCKDB if "reader" in code or "ParquetAudit" in code else _POLARS
    )  # neither counts in the memory of the other
    command = [sys.executable, "-c", _BEFORE + engine + code + _AFTER, str(path), str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return list(map(float, json.loads(done.stdout.splitlines()[-1])))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*numbers, *(5, ROWS, MANY)[len(numbers) :])
