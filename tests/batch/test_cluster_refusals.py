"""What a cluster is refused for, and what a worker does not share with its threads and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from achats_check.batch import cluster as module
from achats_check.batch.campaign import Campaign
from achats_check.batch.cluster import Cluster
from achats_check.batch.journal import Journal
from achats_check.batch.pool import LocalPool
from achats_check.batch.sameness import Sight, program
from achats_check.batch.tasks import Executor
from achats_check.batch.units import Terms, Unit
from achats_check.errors import UsageError
from dask_processes import SOURCE, Processes, dask_cluster, environment
from dossier import write_pdf

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook

DAY = date(2026, 11, 21)
TRAP = Path(__file__).resolve().parent / "trap"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """Return a cluster of one worker that has two threads."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as processes:
        processes.add_worker(environment(TRAP, SOURCE), threads=2)
        yield processes


@pytest.fixture
def units(tmp_path: Path) -> list[Unit]:
    """Return dossiers of one text each."""
    made = []
    for rank in range(4):
        folder = tmp_path / f"dossier-{rank}"
        folder.mkdir()
        (folder / "RC.md").write_text(f"# Règlement\n\nObjet : tonte du secteur {rank}.\n", encoding="utf-8")
        made.append(Unit(folder.name, (str(folder),)))
    return made


@pytest.fixture
def terms(book: Rulebook) -> Terms:
    """Return ordinary terms, with little patience."""
    return Terms(DAY, book.version, seconds=2, alone_seconds=3)


def judged(units: list[Unit], terms: Terms, executor: Executor, path: Path, size: int = 1) -> list[bytes]:
    """Judge dossiers; return the lines of the journal, sorted."""
    with Journal(path) as journal:
        Campaign(units, terms, journal, size=size).run(executor, lambda: None)
    return sorted(path.read_bytes().splitlines())


def test_nothing_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is named, and what to do."""
    monkeypatch.setattr(module, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(UsageError, match=r"Aucun cluster Dask ne répond à tcp://127\.0\.0\.1:9\b.*dask scheduler"):
        Cluster("tcp://127.0.0.1:9").__enter__()


def test_address_that_is_none() -> None:
    """A word that is no address is refused in the same way."""
    with pytest.raises(UsageError, match="Aucun cluster Dask ne répond à ici"):
        Cluster("ici").__enter__()


def test_distributed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said."""
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"distributed.*achats-check\[cluster\]"):
        Cluster("tcp://127.0.0.1:9").__enter__()


def test_no_worker_then_one_of_another_version(tmp_path: Path, units: list[Unit], terms: Terms) -> None:
    """A cluster without workers is not waited for for ever; a worker of another version is refused by its name."""
    other = tmp_path / "autre" / "achats_check"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text('__version__ = "0.0.1"\n', encoding="utf-8")
    with dask_cluster(tmp_path / "vide") as empty:
        with Cluster(empty.address, patience=0) as executor, pytest.raises(UsageError, match="plus aucun worker"):
            judged(units, terms, executor, tmp_path / "a.jsonl")
        empty.add_worker(environment(other.parent))
        with (
            Cluster(empty.address) as executor,
            pytest.raises(UsageError, match=r"Le worker tcp://\S+ a achats-check 0\.0\.1 au lieu de"),
        ):
            judged(units, terms, executor, tmp_path / "a.jsonl")


def test_worker_with_other_rules(cluster: Processes, tmp_path: Path, units: list[Unit], terms: Terms) -> None:
    """The rules that a worker loads are compared, not only its version."""
    executor = Cluster(cluster.address)
    executor._program = executor._program._replace(rules="2020-01-01+000000")
    with executor, pytest.raises(UsageError, match=r"Le worker tcp://\S+ .*les règles : .* au lieu de 2020-01-01"):
        judged(units, terms, executor, tmp_path / "a.jsonl")
    assert not (tmp_path / "a.jsonl").read_bytes()


def test_worker_that_does_not_see_the_files(
    cluster: Processes, tmp_path: Path, units: list[Unit], terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dossier that a worker does not see stops the audit: it is not a dossier that cannot be read."""
    monkeypatch.setattr(module, "sight", lambda path: Sight(3, 1_000))
    with Cluster(cluster.address) as executor, pytest.raises(UsageError) as error:
        judged(units, terms, executor, tmp_path / "a.jsonl")
    assert str(error.value).partition(" : ")[0] in {unit.paths[0] for unit in units}
    assert "stockage partagé" in str(error.value)
    assert not (tmp_path / "a.jsonl").read_bytes()


def test_files_that_change_while_the_audit_runs(
    cluster: Processes, tmp_path: Path, units: list[Unit], terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A piece added after the task was sent is a change, not a disk that is not shared; nor is a dossier that left."""
    true, looks = module.sight, []
    gone = Unit("parti", (str(tmp_path / "parti"),))

    def first_look_is_old(path: Path) -> Sight | None:
        looks.append(path)
        return Sight(3, 1_000) if len(looks) == 1 else true(path)

    monkeypatch.setattr(module, "sight", first_look_is_old)
    with Cluster(cluster.address) as executor:
        found = judged([*units, gone], terms, executor, tmp_path / "a.jsonl")
    with LocalPool(1) as pool:
        assert found == judged([*units, gone], terms, pool, tmp_path / "b.jsonl")


def test_threads_of_a_worker_read_pdfs_apart(cluster: Processes, tmp_path: Path, terms: Terms) -> None:
    """PDFium bears one thread: two threads of a worker that read PDFs at once see what one process sees."""
    units = [Unit(f"{rank}.pdf", (str(tmp_path / f"{rank}.pdf"),)) for rank in range(4)]
    for unit in units:
        write_pdf(Path(unit.paths[0]))
    patient = terms._replace(seconds=60)
    with Cluster(cluster.address) as executor:
        found = judged(units, patient, executor, tmp_path / "a.jsonl")
    with LocalPool(2) as pool:
        assert found == judged(units, patient, pool, tmp_path / "b.jsonl")


def test_dossier_that_hangs_its_reader(cluster: Processes, tmp_path: Path, units: list[Unit], terms: Terms) -> None:
    """The time of a dossier is limited on a worker too; the others go on, and the worker lives."""
    (Path(units[1].paths[0]) / "CCAP dormeur.docx").write_bytes(b"PK")
    with Cluster(cluster.address) as executor:
        found = judged(units, terms, executor, tmp_path / "a.jsonl", size=4)
    assert [b"a d\xc3\xa9pass\xc3\xa9 3 secondes" in line for line in found].count(True) == 1
    assert [b'"status": "judged"' in line for line in found].count(True) == 3
    assert cluster.workers[0].poll() is None


def test_relative_paths_start_from_the_folder_of_the_audit(
    cluster: Processes, tmp_path: Path, units: list[Unit], terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are shown as they were given, so a worker reads them as they were given."""
    monkeypatch.chdir(tmp_path)
    relative = [unit._replace(paths=(unit.name,)) for unit in units]
    with Cluster(cluster.address) as executor:
        found = judged(relative, terms, executor, tmp_path / "a.jsonl")
    assert all(b'"status": "judged"' in line for line in found)
    assert not any(str(tmp_path).encode() in line for line in found)


def test_what_differs_is_named() -> None:
    """Each difference is told; that of the rules only when nothing else explains it."""
    mine = program(())
    assert mine.unlike(mine) == ""
    older = mine._replace(python="3.1", libraries=(("pypdfium2", ""), *mine.libraries[1:]), rules="autres")
    told = mine.unlike(older)
    assert "Python : 3.1 au lieu de" in told
    assert "pypdfium2 : absent au lieu de" in told
    assert "règles" not in told
    assert "les règles : autres" in mine.unlike(mine._replace(rules="autres"))
