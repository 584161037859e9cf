"""Real processes killed in the middle: the parent by kill -9, a worker by a signal, one that takes too long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from dossiers import RC, ROOT, files_of

from achats_check.batch.campaign import Campaign
from achats_check.batch.journal import Journal
from achats_check.batch.pool import LocalPool
from achats_check.batch.units import Terms, Unit

TODAY = "2026-11-21"
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")


def command(tree: Path, results: Path, *options: str) -> list[str]:
    """Return the command of an audit."""
    words = ["audit", str(tree), "--sortie", str(results), "--processus", "2", "--aujourdhui", TODAY]
    return [sys.executable, "-m", "achats_check", *words, *options]


@contextmanager
def running(tree: Path, results: Path) -> Iterator[subprocess.Popen[str]]:
    """Begin an audit in a session of its own, and wait until some dossiers are done."""
    process = subprocess.Popen(
        command(tree, results),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        wait(lambda: lines(results) >= 3 or process.poll() is not None)
        assert process.poll() is None, "the audit ended before it could be stopped"
        yield process
    finally:
        process.kill()
        process.communicate()


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def lines(results: Path) -> int:
    """Count the whole lines of a journal."""
    journal = results / "reprise" / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def alive(session: int) -> list[int]:
    """Return the processes of a session that run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[3]) == session and after_name[0] not in "ZX":
            found.append(int(stat.parent.name))
    return found


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return enough dossiers for an audit to be stopped in the middle."""
    root = tmp_path_factory.mktemp("deaths") / "archive"
    for number in range(60):
        dossier = root / f"{number:03}"
        dossier.mkdir(parents=True)
        (dossier / "RC.docx").write_bytes(RC)
    return root


@pytest.fixture(scope="module")
def whole(tree: Path, isolated_environment: None) -> dict[str, bytes]:
    """Return the results of an audit that nothing stops."""
    results = tree.parent / "whole"
    subprocess.run(command(tree, results), cwd=ROOT, check=True, capture_output=True)
    return files_of(results)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM], ids=lambda sign: sign.name)
def test_a_killed_audit_is_resumed(tree: Path, whole: dict[str, bytes], tmp_path: Path, sign: signal.Signals) -> None:
    """Its processes die with it, nothing done is done again, and the results are those of an audit never stopped."""
    results = tmp_path / "r"
    with running(tree, results) as process:
        os.kill(process.pid, sign)
        said = process.communicate(timeout=30)[1]
        wait(lambda: alive(process.pid) == [], 10)
    if sign != signal.SIGKILL:
        assert process.returncode == 130
        assert "--reprendre" in said
    done = lines(results)
    assert 3 <= done < 60
    again = subprocess.run(command(tree, results, "--reprendre"), cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 0, again.stderr
    assert f"60 dossiers, dont {done} déjà faits : 60 jugés" in again.stdout
    assert lines(results) == 60
    assert files_of(results) == whole


def units(root: Path) -> list[Unit]:
    """Return a dossier that takes minutes to read, among others that take no time."""
    for name in ("a", "b", "lent", "z"):
        (root / name).mkdir(parents=True)
        (root / name / "RC.docx").write_bytes(RC)
    (root / "lent" / "RC.docx").unlink()
    (root / "lent" / "CCTP.txt").write_text("Le lot 1 comprend 12 heures d'insertion.\n" * 400_000, encoding="utf-8")
    return [Unit(name, (str(root / name),)) for name in ("a", "b", "lent", "z")]


def test_a_dossier_that_hangs_is_named_and_set_aside(tmp_path: Path, book: object) -> None:
    """It is ended by the watchdog of its process, tried again alone, and the others are judged."""
    terms = Terms(date(2026, 11, 21), book.version, seconds=6, alone_seconds=12)  # type: ignore[attr-defined]
    with Journal(tmp_path / "journal.jsonl") as journal, LocalPool(2) as pool:
        campaign = Campaign(units(tmp_path / "archive"), terms, journal)
        campaign.run(pool, lambda: None)
        found = {name: journal.read(key)["dossier"] for name, key in campaign.keys.items()}
    assert {name: row["status"] for name, row in found.items()} == {
        "a": "judged",
        "b": "judged",
        "lent": "set_aside",
        "z": "judged",
    }
    assert "a dépassé 12 secondes, même seul" in found["lent"]["reason"]


def test_a_killed_worker_costs_its_dossier_only(tmp_path: Path, book: object) -> None:
    """Killed twice on the same dossier, which is set aside by name; the others are judged."""
    terms = Terms(date(2026, 11, 21), book.version)  # type: ignore[attr-defined]
    with Journal(tmp_path / "journal.jsonl") as journal, LocalPool(2) as pool:
        campaign = Campaign(units(tmp_path / "archive"), terms, journal, size=2)
        hunter = Thread(target=_kill_who_reads, args=(pool, campaign, "lent"), daemon=True)
        hunter.start()
        campaign.run(pool, lambda: None)
        found = {name: journal.read(key)["dossier"] for name, key in campaign.keys.items()}
        again = Campaign(units_again(tmp_path / "archive"), terms, journal)
    assert [found[name]["status"] for name in ("a", "b", "lent", "z")] == ["judged", "judged", "set_aside", "judged"]
    assert "signal 9" in found["lent"]["reason"]
    assert (again.resumed, again.total) == (3, 4)  # what was set aside is tried again when the audit is resumed


def units_again(root: Path) -> list[Unit]:
    """Return the same dossiers."""
    return [Unit(name, (str(root / name),)) for name in ("a", "b", "lent", "z")]


def _kill_who_reads(pool: LocalPool, campaign: Campaign, name: str) -> None:
    """Kill the process that reads a dossier, each time one does, until it is given up."""
    while name not in campaign.keys:
        for worker in list(pool._workers):
            if worker.task is not None and worker.task.payload.units[0].name == name and worker.process.pid:
                with suppress(ProcessLookupError):  # dead already, and the pool has not seen it yet
                    os.kill(worker.process.pid, signal.SIGKILL)
        time.sleep(0.05)
