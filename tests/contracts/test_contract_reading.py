"""Whole readings: the same bytes whatever the order, nothing half written, memory that does not grow with the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import TODAY, book, contract, document, rows, table

from achats_check.contracts import partitions, reading, sources
from achats_check.contracts.partitions import PartitionWriter
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.quality import SourceQuality, quality_data
from achats_check.contracts.reading import read_contracts, source_tasks, write_quality
from achats_check.contracts.sources import read_source
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from decp_rows import write

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "decp"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str]]:
    """The same contracts, and others, in every format."""
    folder = tmp_path_factory.mktemp("sources")
    for name, count, seed, schema in (
        ("a.json", 150, 1, "2022"),
        ("b.xml", 150, 2, "2022"),
        ("c.csv", 150, 3, "2022"),
        ("d.parquet", 150, 3, "2022"),
        ("e.jsonl", 150, 1, "2022"),
        ("f.json.gz", 150, 4, "2019"),
    ):
        write(folder / name, count, seed, schema)
    return [(path, path.name) for path in sorted(folder.iterdir())]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def in_processes(tasks: Sequence[SourceTask], rules: Rulebook) -> Iterator[SourceQuality]:
    """Perform tasks elsewhere, in another order."""
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(read_source, reversed(tasks), [rules] * len(tasks))


def test_the_same_bytes_whatever_the_order_and_the_workers(files: list[tuple[Path, str]], tmp_path: Path) -> None:
    """Partitions and report, from one process or two, in any order of the files."""
    found = []
    for rank, (given, perform) in enumerate(((files, None), (files[::-1], None), (files, in_processes))):
        folder = tmp_path / str(rank)
        quality = read_contracts(
            given, folder / "contrats", book(), today=TODAY, work=folder / "travail", perform=perform
        )
        write_quality(quality, folder / "qualite.json")
        found.append((bytes_of(folder / "contrats"), (folder / "qualite.json").read_bytes()))
    assert found[0] == found[1] == found[2]
    assert json.loads(found[0][1]) == json.loads(json.dumps(quality_data(quality)))
    assert quality_data(quality)["schema_version"] == "1"


def test_the_same_contracts_in_every_format(files: list[tuple[Path, str]], tmp_path: Path) -> None:
    """JSON and lines, CSV and Parquet: one row for each contract, whatever the files that hold it."""
    together = read_contracts(files, tmp_path / "tout", book(), today=TODAY, work=tmp_path / "t1")
    once = [item for item in files if item[1][0] in "abcf"]
    alone = read_contracts(once, tmp_path / "sans", book(), today=TODAY, work=tmp_path / "t2")
    assert together.merge.contracts == alone.merge.contracts
    names = {row["uid"] for row in rows(tmp_path / "tout")}
    assert names == {row["uid"] for row in rows(tmp_path / "sans")}
    assert len(names) == together.merge.contracts > 500


def test_partitions_are_cut_by_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file but the last has as many rows, and they are sorted from one to the next."""
    monkeypatch.setattr("achats_check.contracts.assembling.ROWS", 40)
    write(tmp_path / "a.json", 100, 1)
    read_contracts([(tmp_path / "a.json", "a.json")], tmp_path / "contrats", book(), today=TODAY, work=tmp_path / "t")
    found = rows(tmp_path / "contrats")
    names = [path.name for path in sorted((tmp_path / "contrats").iterdir())]
    assert names == [partitions.part_name(rank) for rank in range(len(names))]
    assert len(names) == -(-len(found) // 40)
    assert [row["uid"] for row in found] == sorted(row["uid"] for row in found)


def test_a_source_interrupted_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder is not there until it is whole; then it is not read again."""
    write(tmp_path / "a.json", 50, 1)
    (task,) = source_tasks([(tmp_path / "a.json", "a.json")], tmp_path / "t", book(), today=TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(PartitionWriter, "flush", _full)
        with pytest.raises(OSError, match="plein"):
            read_source(task, book())
    assert not Path(task.folder).exists()
    report = read_source(task, book())
    assert report.records == 50
    monkeypatch.setattr(sources, "plan_of", None)
    assert read_source(task, book()) == report


def _full(self: PartitionWriter) -> None:
    raise OSError("disque plein")


def test_a_table_interrupted_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while the partitions are written loses nothing that was there."""
    first, _ = table(tmp_path, ("a.json", document(contract())))
    monkeypatch.setattr("achats_check.contracts.assembling.write_part", _raise)
    with pytest.raises(OSError, match="plein"):
        table(tmp_path, ("b.json", document(contract(id="2"))))
    assert rows(tmp_path / "contrats") == first


def _raise(*_: object) -> None:
    raise OSError("disque plein")


def test_two_processes_may_read_one_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster gives again what it takes for lost, while the first still reads: neither spoils what the other does."""
    write(tmp_path / "a.json", 50, 1)
    (task,) = source_tasks([(tmp_path / "a.json", "a.json")], tmp_path / "t", book(), today=TODAY)
    read = sources._read
    other: list[SourceQuality] = []

    def meanwhile(*plan: Any) -> SourceQuality:
        monkeypatch.setattr(sources, "_read", read)
        other.append(read_source(task, book()))
        return read(*plan)

    monkeypatch.setattr(sources, "_read", meanwhile)
    assert [read_source(task, book())] == other
    assert [folder.name for folder in (tmp_path / "t").iterdir()] == [Path(task.folder).name]
    assert sorted(file.name for file in Path(task.folder).iterdir()) == ["bilan.json", "part-00000.parquet"]


def test_a_source_is_on_the_disk_before_it_passes_for_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut leaves a folder that is not there, or one whose files hold what was written."""
    write(tmp_path / "a.json", 50, 1)
    (task,) = source_tasks([(tmp_path / "a.json", "a.json")], tmp_path / "t", book(), today=TODAY)
    pushed: list[tuple[int, bool]] = []

    def push(descriptor: int) -> None:
        pushed.append((os.fstat(descriptor).st_ino, Path(task.folder).exists()))

    monkeypatch.setattr(os, "fsync", push)
    read_source(task, book())
    assert sorted(pushed) == sorted((file.stat().st_ino, False) for file in Path(task.folder).iterdir())
    assert len(pushed) == 2


def test_tasks_are_known_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file twice is read once, and named; another content, day, correspondence or program is another task."""
    for name, content in (("a.json", "1"), ("b.json", "1"), ("c.json", "2")):
        (tmp_path / name).write_text(content)
    given = [(tmp_path / name, name) for name in ("c.json", "b.json", "a.json")]
    tasks = source_tasks(given, tmp_path, book(), today=TODAY)
    assert [(task.shown, task.also) for task in tasks] == [("a.json", ("b.json",)), ("c.json", ())]
    later = source_tasks(given, tmp_path, book(), today=TODAY.replace(day=1))
    assert not {task.folder for task in tasks} & {task.folder for task in later}
    monkeypatch.setattr("achats_check.contracts.reading.__version__", "9.9")
    newer = source_tasks(given, tmp_path, book(), today=TODAY)
    assert not {task.folder for task in tasks} & {task.folder for task in newer}


def test_a_table_of_nothing(tmp_path: Path) -> None:
    """Files without a record give a table without a row, with its columns."""
    found, quality = table(tmp_path, ("a.json", '{"marches": []}'))
    assert (found, quality.merge.contracts) == ([], 0)
    assert len(list((tmp_path / "contrats").iterdir())) == 1


def test_what_is_no_file_of_contracts(tmp_path: Path) -> None:
    """It is told with what is read."""
    with pytest.raises(UsageError, match="OCDS"):
        table(tmp_path, ("a.txt", "bonjour\n"))


MEASURED = """
import resource, sys
from datetime import date
from pathlib import Path
from achats_check.contracts.plans import SourceTask
from achats_check.contracts.sources import cut_source, read_source
from achats_check.rules import load_rules

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def task(name, target):
    return SourceTask(str(folder / name), name, str(folder / target), date(2026, 11, 21))

def read(name):
    return read_source(task(name, f"{name}.lu"), book).records

def cut(name):
    return len(list(cut_source(task(name, f"{name}.tranches"), 2**24, book)))

book, folder = load_rules(), Path(sys.argv[1])
read("petit.json")
before = peak()
print(cut("grand.json"), read("grand.json"), peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is told in other units elsewhere")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Sixty megabytes more take the room of a chunk and of the rows held, not that of the file."""
    record = json.dumps(contract(commentaire="x" * 20_000))
    for name, count in (("petit.json", 100), ("grand.json", 3000)):
        with (tmp_path / name).open("w", encoding="utf-8") as file:
            file.write('{"marches": [' + record)
            file.writelines("," + record for _ in range(count - 1))
            file.write("]}")
    assert (tmp_path / "grand.json").stat().st_size > 60e6
    command = [sys.executable, "-c", MEASURED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=True)
    portions, records, grown = done.stdout.split()
    assert (int(portions), int(records)) == (4, 3000)
    assert float(grown) < 25


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not here")
def test_the_corpus(tmp_path: Path) -> None:
    """5,678 published awards: none is lost, none is counted twice, and each refusal has its reason."""
    given = [(path, path.name) for path in sorted((CORPUS / "schema2019").glob("*.json"))]
    quality = read_contracts(given, tmp_path / "contrats", book(), today=TODAY, work=tmp_path / "t")
    merge = quality.merge
    assert merge.rows == 5678
    assert merge.rows - merge.contracts == merge.identical + merge.superseded + merge.versions
    assert [(source.refused, source.cut) for source in quality.sources] == [(0, ""), (0, "")]
    known = {
        name: sum(columns[name] for columns in quality.known.values()) for name in ("", "execution.montant_ht", "cpv")
    }
    assert known["execution.montant_ht"] > 0.97 * known[""]
    assert known["cpv"] > 0.97 * known[""]


def test_the_reading_of_a_large_file_for_its_key_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step for each whole block, whatever the sizes of the chunks; the key is that of the content."""
    monkeypatch.setattr(reading, "BLOCK", 100)
    monkeypatch.setattr(reading, "_CHUNK", 30)
    steps: list[int] = []
    for size in (0, 99, 100, 350):
        path = tmp_path / f"{size}.csv"
        path.write_bytes(b"x" * size)
        steps.clear()
        key = reading.source_key(path, "a", book(), TODAY, done=lambda: steps.append(1))
        assert len(steps) == reading.blocks(path) == size // 100
        assert key == reading.source_key(path, "a", book(), TODAY)
