"""Reading files of contracts into the generic table, each format against its library's bare reading of the same file.

    python benchmarks/bench_tables.py [RUNS] [CONTRACTS]

Processor times of one process, candidates in turn, medians; the peak memory is that of a fresh process by format.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from xml.etree.ElementTree import iterparse

from achats_check.contracts.json_records import json_records
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.sources import read_source
from achats_check.rules import load_rules
from decp_rows import write
from measure import interleaved

FORMATS = ("json", "jsonl", "xml", "csv", "parquet")
_PEAK = """
import resource, sys
sys.path[:0] = sys.argv[3:]
import bench_tables
bench_tables.read(bench_tables.Path(sys.argv[1]), bench_tables.Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def read(path: Path, folder: Path) -> None:
    """Read a source as an audit does."""
    target = folder / f"{path.name}.{resource.getrusage(resource.RUSAGE_SELF).ru_utime}"
    read_source(SourceTask(str(path), path.name, str(target), date(2026, 11, 21)), load_rules())


def bare(path: Path) -> None:
    """Read a file with the library of its format, and do nothing with it."""
    if path.suffix == ".xml":
        for _, element in iterparse(path):
            if element.tag == "marche":
                element.clear()
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass
    elif path.suffix == ".parquet":
        from pyarrow import parquet

        for batch in parquet.ParquetFile(path).iter_batches():
            batch.to_pylist()
    elif path.suffix == ".jsonl":
        import orjson

        with path.open("rb") as file:
            for line in file:
                orjson.loads(line)
    else:
        json.loads(path.read_bytes())


def by_events(path: Path) -> None:
    """Read the records of a JSON file by ijson, in bounded memory."""
    import ijson

    with path.open("rb") as file:
        for _ in ijson.items(file, "marches.marche.item", use_float=True):
            pass


def cut(path: Path) -> None:
    """Read the records of a JSON file as an audit does, and do nothing with them."""
    for _ in json_records(path):
        pass


def main(runs: int, contracts: int) -> None:
    """Measure and print."""
    load_rules()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in FORMATS:
            write(folder / f"decp.{kind}", contracts)
        print(f"{contracts} contrats ; médianes de {runs} passages, temps de processeur")
        for kind in FORMATS:
            _compare(folder / f"decp.{kind}", folder, runs, contracts)
        _compare_json(folder / "decp.json", runs)


def _compare(path: Path, folder: Path, runs: int, contracts: int) -> None:
    found = interleaved({"table": lambda: read(path, folder), "nue": lambda: bare(path)}, runs, process_time)
    size, rate = path.stat().st_size / 1e6, contracts / found["table"]
    command = [sys.executable, "-c", _PEAK, str(path), str(folder), *sys.path]
    peak = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    print(
        f"  {path.suffix[1:]:8} {size:6.1f} Mo  {size / found['table']:6.1f} Mo/s  {rate:8.0f} contrats/s"
        f"  {found['table'] / found['nue']:5.1f} × la lecture nue  {float(peak.stdout):5.0f} Mo de mémoire"
    )


def _compare_json(path: Path, runs: int) -> None:
    candidates: dict[str, Callable[[], object]] = {"découpe": lambda: cut(path), "json": lambda: bare(path)}
    try:
        import ijson

        candidates[f"ijson ({ijson.backend})"] = lambda: by_events(path)
    except ImportError:
        pass
    found = interleaved(candidates, runs, process_time)
    size = path.stat().st_size / 1e6
    print("  enregistrements d'un JSON, sans rien en faire :")
    for name, seconds in found.items():
        print(f"    {name:18} {size / seconds:6.0f} Mo/s  {seconds / found['découpe']:5.1f} × la découpe")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
