"""Audits of large tables, read by portions: the same bytes as when they are read whole, whoever reads and dies."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from dossiers import ROOT
from test_audit import TODAY
from test_audit_tables import Inline, run, tree
from test_deaths_of_tables import killed

from achats_check.auditing import Options, run_audit
from achats_check.batch.pool import LocalPool
from achats_check.batch.tasks import CUT, DIED, SOURCE, Failure, Task
from achats_check.contracts import portions
from dask_processes import SOURCE as PROGRAM
from dask_processes import dask_cluster, environment
from decp_rows import write

SIZE = 20_000
"""Bytes of the portions of these tests."""
PATCHED = """
from achats_check.contracts import portions
portions.PORTION = {size}
from achats_check.__main__ import main
main()
"""


def dirty_json(path: Path) -> None:
    """Write records refused, odd numbers, brackets in texts, twice; the file is cut in the middle of a record."""
    write(path, 150, 1)
    text = path.read_text(encoding="utf-8")
    text = text.replace("Transport scolaire", 'Transport } ] \\\\\\" scolaire').replace(
        '"montant": 1,', '"montant": NaN,'
    )
    text = text.replace('"dureeMois": 12', '"dureeMois": douze')
    path.write_text(text[: int(len(text) * 0.9)], encoding="utf-8")


def dirty_csv(path: Path) -> None:
    """Write quotes left open, texts over lines, lines too short, and columns that change in the middle."""
    write(path, 300, 2)
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    for rank in range(0, len(lines), 17):
        lines[rank] = lines[rank].replace("Denrées alimentaires", '"Denrées,\nalimentaires"')
    lines[40], lines[41], lines[120] = lines[40] + ',"', "court", '"' + lines[120]
    names = header.split(",")
    turned = [",".join(line.split(",")[::-1]) for line in lines[200:] if line.count(",") == len(names) - 1]
    content = [header, *lines[:200], ",".join(names[::-1]), *turned]
    path.write_bytes("\r\n".join(content).encode("cp1252", "replace"))


def parquet_of_groups(path: Path, seed: int, *, damaged: bool = False) -> None:
    """Write rows in small groups; damage the fourth one."""
    from pyarrow import parquet

    write(path, 150, seed)
    parquet.write_table(parquet.read_table(path), path, row_group_size=20, compression="zstd", use_dictionary=False)
    if damaged:
        place = parquet.read_metadata(path).row_group(3).column(0).data_page_offset
        data = bytearray(path.read_bytes())
        data[place : place + 40] = b"\xff" * 40
        path.write_bytes(data)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of every format, ten times larger than a portion."""
    folder = tmp_path_factory.mktemp("tables")
    dirty_json(folder / "a.json")
    dirty_csv(folder / "b.csv")
    parquet_of_groups(folder / "c.parquet", 3)
    parquet_of_groups(folder / "h.parquet", 8, damaged=True)
    write(folder / "d.jsonl", 150, 4, "2019")
    write(folder / "e.xml", 60, 5)
    write(folder / "g.csv", 100, 7)
    with (folder / "g.csv").open(encoding="utf-8") as rows:
        (folder / "g.json").write_text(json.dumps({"results": list(csv.DictReader(rows))}), encoding="utf-8")
    (folder / "g.csv").unlink()
    write(folder / "f.json", 60, 6)
    (folder / "f.json.gz").write_bytes(gzip.compress((folder / "f.json").read_bytes(), 0, mtime=0))
    (folder / "f.json").unlink()
    (folder / "petit.json").write_bytes((ROOT / "samples/donnees-essentielles/contrats.json").read_bytes()[:SIZE])
    return folder


@pytest.fixture(scope="module")
def whole(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an audit that reads each file whole gives."""
    results = tmp_path_factory.mktemp("whole") / "r"
    run([archive], results, executor=Inline(), options=Options())
    return tree(results)


@pytest.fixture
def by_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make portions small."""
    monkeypatch.setattr(portions, "PORTION", SIZE)


class Watched(Inline):
    """An executor that remembers what it did."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[Task] = []

    def submit(self, task: Task) -> None:
        """Take a task."""
        self.done.append(task)
        super().submit(task)


class Losing(LocalPool):
    """A pool that loses some tasks, as when a process is killed."""

    def __init__(self, is_lost: Callable[[Task], bool]) -> None:
        super().__init__(1)
        self.is_lost = is_lost
        self.lost: list[Task] = []

    def submit(self, task: Task) -> None:
        """Take a task, or lose it."""
        if self.is_lost(task):
            self.lost.append(task)
        else:
            super().submit(task)

    def answers(self) -> Iterator[tuple[Task, Any]]:
        """Tell what was lost, then what is done."""
        while self._waiting or self.lost:
            while self.lost:
                yield self.lost.pop(), Failure(DIED, "signal 9")
            yield from super().answers()


def read(folder: Path) -> dict[Path, int]:
    """When each portion was read."""
    found = (folder / "reprise" / "tables").rglob("bilan.json")
    return {path: path.stat().st_mtime_ns for path in found if path.parent.suffix != ".encours"}


@pytest.mark.usefixtures("by_portions")
def test_portions_give_what_the_whole_gives(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """Every byte of every file of results, the report of what was refused, and where, included."""
    executor = Watched()
    run([archive], tmp_path / "r", executor=executor, options=Options())
    found: dict[str, int] = {}
    for task in executor.done:
        if task.kind == SOURCE:
            name = Path(task.payload.task.path).name
            found[name] = found.get(name, 0) + 1
    assert all(found[name] > 3 for name in ("a.json", "b.csv", "c.parquet", "d.jsonl", "g.json"))
    assert (found["e.xml"], found["f.json.gz"], found["petit.json"]) == (3, 1, 1)
    assert tree(tmp_path / "r") == whole
    quality = whole["qualite.json"].decode()
    for told in (
        "jamais fermé",
        "nouvel en-tête",
        "cellules pour",
        "n'est pas du JSON lisible",
        "au milieu d'un",
        "lus : 60)",
    ):
        assert told in quality


@pytest.mark.usefixtures("by_portions")
def test_two_processes_read_portions(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """At the same time, of one file too; nothing is read again when the audit is resumed."""
    run([archive], tmp_path / "r", processes=2, options=Options())
    assert tree(tmp_path / "r") == whole
    before = read(tmp_path / "r")
    run([archive], tmp_path / "r", executor=Inline(), resume=True, options=Options())
    assert (read(tmp_path / "r"), tree(tmp_path / "r")) == (before, whole)


@pytest.mark.usefixtures("by_portions")
def test_a_process_that_dies_once_costs_its_portion(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """Who looks for the places where files are cut, and who reads portions; the pool has one process."""
    with Losing(lambda task: task.kind in (CUT, SOURCE) and not task.payload.alone) as executor:
        run([archive], tmp_path / "r", executor=executor, options=Options())
    assert tree(tmp_path / "r") == whole


@pytest.mark.usefixtures("by_portions")
def test_a_portion_that_kills_its_reader_twice_sets_its_file_aside(archive: Path, tmp_path: Path) -> None:
    """None of its contracts is counted, it is told once, and resuming reads what was not."""
    sources = [archive / "c.parquet", archive / "d.jsonl"]
    with Losing(lambda task: task.kind == SOURCE and task.payload.task.portion.start.before == 40) as executor:
        found = run(sources, tmp_path / "r", executor=executor, options=Options())
    assert found.contracts is not None
    ((path, reason),) = found.contracts.failed
    assert path.endswith("c.parquet")
    assert "signal 9" in reason
    kept = read(tmp_path / "r")
    again = run(sources, tmp_path / "r", executor=Inline(), resume=True, options=Options())
    assert again.contracts is not None
    assert again.contracts.failed == ()
    assert again.contracts.total > found.contracts.total
    assert len(read(tmp_path / "r").items() - kept.items()) == 1


def command(archive: Path, results: Path, *more: str) -> list[str]:
    """Return the command of an audit whose portions are small."""
    told = ["audit", str(archive), "--sortie", str(results), "--processus", "1", "--aujourdhui", TODAY.isoformat()]
    return [sys.executable, "-c", PATCHED.format(size=SIZE), *told, *more]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")
def test_an_audit_killed_in_the_middle_of_a_file_reads_what_was_missing(
    archive: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """By kill -9, while a portion is written, then while the places of another file are: the same bytes at the end."""
    results = tmp_path / "r"
    killed(command(archive, results), tmp_path / "a", r"/00002\.[0-9a-f]+\.encours$", 1)
    first = read(results)
    killed(command(archive, results, "--reprendre"), tmp_path / "b", r"/00003\.[0-9a-f]+\.encours$", 1)
    second = read(results)
    assert first
    assert first.items() < second.items()
    assert list(results.rglob("*.encours"))
    again = subprocess.run(
        command(archive, results, "--reprendre"), cwd=ROOT, env=environment(PROGRAM), capture_output=True, text=True
    )
    assert again.returncode == 3, again.stderr  # a file is cut
    assert second.items() < read(results).items()
    assert not list(results.rglob("*.encours"))
    assert tree(results) == whole


@pytest.mark.usefixtures("by_portions")
def test_a_cluster_reads_portions(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """Two workers, one of which is killed while they read."""
    from achats_check.batch.cluster import Cluster

    class Killing(Cluster):
        def answers(self) -> Any:
            for rank, answer in enumerate(super().answers()):
                if rank == 20:
                    first.kill()
                yield answer

    with dask_cluster(tmp_path / "cluster") as cluster:
        first, _ = cluster.add_worker(environment(PROGRAM)), cluster.add_worker(environment(PROGRAM))
        with Killing(cluster.address) as executor:
            run_audit([archive], tmp_path / "r", today=TODAY, executor=executor)
    assert tree(tmp_path / "r") == whole
