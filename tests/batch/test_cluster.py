"""An audit on a Dask cluster: real processes, some of which are killed, and the same bytes as on one machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from dossiers import ROOT

from achats_check.batch.campaign import Campaign
from achats_check.batch.cluster import Cluster
from achats_check.batch.journal import Journal
from achats_check.batch.units import Terms, Unit
from dask_processes import SOURCE, dask_cluster, environment

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook

SOUND = 48
TRAP = Path(__file__).resolve().parent / "trap"
TRAPPED = environment(TRAP, SOURCE)
TEXT = """# Règlement de la consultation

Objet : entretien des espaces verts, secteur {rank}. Marché de services passé selon la procédure adaptée.
Le marché est alloti en {rank} lots. La durée du marché est de {rank} mois.
La date limite de remise des offres est fixée au 1{rank} janvier 2026.
Critères : prix des prestations {price} %, valeur technique {rest} %.
"""


def archive(folder: Path, sound: int, *traps: str) -> Path:
    """Write so many dossiers of one rule book, and dossiers that hold a trap."""
    for rank in range(1, sound + 1):
        piece = folder / f"2025-{rank:02}" / "RC lent.md"
        piece.parent.mkdir(parents=True)
        piece.write_text(TEXT.format(rank=rank, price=40 + rank, rest=60 - rank), encoding="utf-8")
    for trap in traps:
        piece = folder / trap / f"CCAP {trap}.docx"
        piece.parent.mkdir(parents=True)
        piece.write_bytes(b"PK")
    return folder


def command(sources: Path, output: Path, *more: str) -> list[str]:
    """Return the command of an audit, the day of which is fixed."""
    told = [str(sources), "--sortie", str(output), "--aujourdhui", "2026-11-21", *more]
    return [sys.executable, "-m", "achats_check", "audit", *told]


def audited(sources: Path, output: Path, *more: str, trapped: bool = False) -> subprocess.CompletedProcess[str]:
    """Run an audit to its end."""
    env = TRAPPED if trapped else environment(SOURCE)
    return subprocess.run(command(sources, output, *more), env=env, capture_output=True, text=True, timeout=200)


def results(output: Path) -> dict[str, bytes]:
    """Return the files of results, but for the work in progress."""
    files = [path for path in output.rglob("*") if path.is_file() and "reprise" not in path.parts]
    return {str(path.relative_to(output)): path.read_bytes() for path in files}


def lines(output: Path) -> int:
    """Count the dossiers that the journal holds."""
    journal = output / "reprise" / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def waits_for(condition: Callable[[], object], seconds: float = 150) -> None:
    """Wait until a function returns something true."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.1)


class Reference(NamedTuple):
    """An archive, and what one machine makes of it."""

    sources: Path
    local: Path
    said: str
    """On the error output."""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Audit an archive on this machine: a table of contracts, dossiers, one of which kills who reads it."""
    folder = tmp_path_factory.mktemp("reference")
    sources = archive(folder / "archive", SOUND, "tueur")
    shutil.copy(ROOT / "samples" / "donnees-essentielles" / "contrats.json", sources / "contrats.json")
    local = audited(sources, folder / "local", "--processus", "2", trapped=True)
    assert local.returncode == 3
    assert "signal 9" in local.stderr
    return Reference(sources, folder / "local", local.stderr)


def test_workers_die_and_the_results_are_those_of_one_machine(reference: Reference, tmp_path: Path) -> None:
    """A worker is killed in the middle, a dossier kills who reads it: every file of results is the same."""
    output = tmp_path / "ailleurs"
    with dask_cluster(tmp_path / "cluster") as cluster:
        first, _ = cluster.add_worker(TRAPPED), cluster.add_worker(TRAPPED)
        ordered = command(reference.sources, output, "--cluster", cluster.address)
        with subprocess.Popen(ordered, env=environment(SOURCE), stderr=subprocess.PIPE, text=True) as client:
            waits_for(lambda: lines(output))
            first.kill()
            assert lines(output) <= SOUND
            told = client.communicate(timeout=200)[1]
    assert (client.returncode, told) == (3, reference.said)
    assert results(output) == results(reference.local)
    assert "contrats/part-00000.parquet" in results(output)


def test_the_audit_then_the_cluster_are_killed_and_resumed(reference: Reference, tmp_path: Path) -> None:
    """What was done is kept, the cluster forgets what nobody wants, and the end is the same, on the cluster or not."""
    output = tmp_path / "repris"
    with dask_cluster(tmp_path / "cluster") as cluster:
        cluster.add_worker(TRAPPED)
        ordered = command(reference.sources, output, "--cluster", cluster.address)
        with subprocess.Popen(ordered, env=environment(SOURCE)) as client:
            waits_for(lambda: lines(output))
            client.kill()
        before = lines(output)
        assert 0 < before <= SOUND
        waits_for(lambda: tasks_at(cluster.address) == 0)
        with subprocess.Popen(
            [*ordered, "--reprendre"], env=environment(SOURCE), stderr=subprocess.PIPE, text=True
        ) as client:
            waits_for(lambda: lines(output) > before)
            cluster.scheduler.kill()
            told = client.communicate(timeout=200)[1]
    between = lines(output)
    assert before < between <= SOUND
    assert client.returncode == 2
    assert "ne répond plus : l'audit s'arrête" in told
    assert "Sans cluster, la reprise continue" in told
    again = audited(reference.sources, output, "--reprendre", "--processus", "2", trapped=True)
    assert f"dont {between} déjà faits" in again.stdout
    assert results(output) == results(reference.local)


def tasks_at(address: str) -> int:
    """Count the tasks that a scheduler knows."""
    from distributed import Client

    with Client(address, timeout=10, set_as_default=False) as client:
        return len(client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)))


def test_dossier_that_kills_workers_condemns_no_other(tmp_path: Path, book: Rulebook) -> None:
    """A dossier that ends each worker that tries it is named and set aside; those that waited beside it are judged."""
    sources = archive(tmp_path / "archive", 3, "bourreau")
    units = [Unit(folder.name, (str(folder),)) for folder in sorted(sources.iterdir(), reverse=True)]
    with dask_cluster(tmp_path / "cluster") as cluster, Journal(tmp_path / "journal") as journal:
        cluster.add_worker(TRAPPED, nanny=True)
        campaign = Campaign(units, Terms(date(2026, 11, 21), book.version), journal, size=4)
        with Cluster(cluster.address) as executor:
            campaign.run(executor, lambda: None)
    found = {entry.name: entry.status for entry in journal.entries.values()}
    assert found == {"bourreau": "set_aside", **dict.fromkeys(("2025-01", "2025-02", "2025-03"), "judged")}
    assert "les workers qui l'essayaient se sont arrêtés" in (tmp_path / "journal").read_text(encoding="utf-8")
