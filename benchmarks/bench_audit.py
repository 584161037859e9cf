"""What judging many dossiers costs by one process, by two, on a cluster of two workers, and in a loop.

python benchmarks/bench_audit.py [DOSSIERS] [RUNS]

The loop is ``check`` in this process, rules loaded once, nothing written: less work than an audit, which also keeps a
journal and writes its results. The goals are on the judging, which is what processes share. The workers of the cluster
run already; each starts its own process of work in the run that is not counted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from achats_check.auditing import run_audit
from achats_check.batch.campaign import Campaign
from achats_check.batch.cluster import Cluster
from achats_check.batch.discovery import discover
from achats_check.batch.journal import Journal
from achats_check.batch.pool import LocalPool
from achats_check.batch.units import Terms, Unit
from achats_check.dossier import check
from achats_check.rules import load_rules
from dask_processes import SOURCE, dask_cluster, environment
from dossier import write_docx, write_pdf
from measure import Row, interleaved, show

TODAY = date(2026, 11, 21)
_SEED = 4


def main() -> None:
    """Print the table."""
    dossiers = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with TemporaryDirectory() as name, dask_cluster(Path(name) / "dask") as cluster:
        folder = Path(name)
        for _ in range(2):
            cluster.add_worker(environment(SOURCE))
        tree = plant(folder / "archive", dossiers)
        units = discover([tree], folder / "resultats", lambda _: False).units
        times = interleaved(
            {
                "loop": lambda: loop(units),
                "one": lambda: judge(units, folder, LocalPool(1)),
                "two": lambda: judge(units, folder, LocalPool(2)),
                "dask": lambda: judge(units, folder, Cluster(cluster.address)),
                "audit": lambda: whole(tree, folder),
            },
            runs,
        )
        spent = process_time()
        whole(tree, folder)
        spent = process_time() - spent
    show(
        f"{dossiers} dossiers (médianes de {runs} passages)",
        [
            Row("« check » en boucle, un seul processus", times["loop"], times["loop"] / times["one"]),
            Row("jugés et inscrits au journal par 1 processus", times["one"], 1.0),
            Row(
                "de même par 2 processus : tant de fois plus vite", times["two"], times["one"] / times["two"], 1.8, True
            ),
            Row("de même par 2 workers d'un cluster Dask", times["dask"], times["dask"] / times["two"], 1.5),
            Row("audit entier, 2 processus, résultats écrits", times["audit"], times["audit"] / times["two"]),
            Row("temps de calcul du processus qui les mène", spent, spent / times["two"]),
        ],
    )
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"  charge de la machine : {load:.1f} ; au-dessus de 0,5 avant la mesure, elle ne dit rien du parallélisme.")


def plant(root: Path, count: int) -> Path:
    """Write dossiers of one Word piece of nine pages, one in five with a PDF too, launched over eight years."""
    model = root.parent / "modeles"
    model.mkdir(parents=True)
    write_docx(model / "RC.docx")
    write_pdf(model / "CCAP.pdf")
    contents = {path.name: path.read_bytes() for path in model.iterdir()}
    chance = Random(_SEED)
    for number in range(count):
        dossier = root / f"{2018 + number % 8}" / f"consultation-{number:05}"
        dossier.mkdir(parents=True)
        (dossier / "RC.docx").write_bytes(contents["RC.docx"])
        if chance.random() < 0.2:
            (dossier / "CCAP.pdf").write_bytes(contents["CCAP.pdf"])
        day = f"{2018 + number % 8}-{1 + number % 12:02}-15"
        (dossier / "achats-check.yaml").write_text(f"date_lancement: {day}\n", encoding="utf-8")
    return root


def loop(units: Sequence[Unit]) -> None:
    """Check one dossier after the other."""
    book = load_rules()
    for unit in units:
        check(list(unit.paths), today=TODAY, rules=book)


def judge(units: Sequence[Unit], folder: Path, workers: LocalPool | Cluster) -> None:
    """Judge and keep them, as an audit does before it writes its results."""
    path = folder / "journal.jsonl"
    path.unlink(missing_ok=True)
    with Journal(path) as journal, workers as executor:
        Campaign(units, Terms(TODAY, load_rules().version), journal).run(executor, lambda: None)


def whole(tree: Path, folder: Path) -> None:
    """Audit the archive from nothing."""
    from shutil import rmtree

    with suppress(FileNotFoundError):
        rmtree(folder / "resultats")
    run_audit([tree], folder / "resultats", today=TODAY, processes=2)


if __name__ == "__main__":
    main()
