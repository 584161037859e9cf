"""A Dask cluster of this machine, for tests and measures: a scheduler and workers that are processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
_PATIENCE = 120


def environment(*paths: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program whose Python looks into some folders first."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), **more}


class Processes:
    """The processes of a cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scheduler = self._start("dask_scheduler", environment(SOURCE), *_SCHEDULER, str(self._file))
        self.address = _written(self._file, self.scheduler)
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    def add_worker(self, env: dict[str, str], threads: int = 1, *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker; without a nanny, it dies for good."""
        alone = [] if nanny else ["--no-nanny"]
        worker = self._start("dask_worker", env, self.address, *alone, *_WORKER, str(threads))
        self.workers.append(worker)
        return worker

    def _start(self, program: str, env: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "journal.txt").open("ab") as log:
            command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
            more = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
            return subprocess.Popen(command, env={**env, **more}, cwd=self.folder, stdout=log, stderr=log)

    def end(self) -> None:
        """Kill what lives."""
        for process in (*self.workers, self.scheduler):
            process.terminate()  # a nanny ends its worker
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


_SCHEDULER = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file")
_WORKER = ("--host", "127.0.0.1", "--no-dashboard", "--memory-limit", "0", "--nthreads")


def _written(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    limit = time.monotonic() + _PATIENCE
    while time.monotonic() < limit and scheduler.poll() is None:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.02)
    raise AssertionError(f"no scheduler: {(file.parent / 'journal.txt').read_text(encoding='utf-8')}")


@contextmanager
def dask_cluster(folder: Path) -> Iterator[Processes]:
    """Start a scheduler; end it and its workers after."""
    folder.mkdir(parents=True, exist_ok=True)
    processes = Processes(folder)
    try:
        yield processes
    finally:
        processes.end()
