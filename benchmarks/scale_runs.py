"""One whole audit of a given size in this process, timed by parts: ``bench_scale.py`` runs it in fresh processes."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from achats_check.batch.tasks import Answer, Task, perform

TODAY = date(2026, 11, 21)


class Here:
    """An executor that does the tasks in this process, and times each item."""

    def __init__(self) -> None:
        self.each: list[float] = []
        self._waiting: deque[Task] = deque()

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._waiting.append(task)

    def answers(self) -> Iterator[Answer]:
        """Do the tasks."""
        while self._waiting:
            task = self._waiting.popleft()
            start = process_time()
            for item in perform(task):
                self.each.append(process_time() - start)
                yield task, item
                start = process_time()


def dossiers(count: int) -> dict[str, Any]:
    """Audit so many dossiers of one or two pieces."""
    from achats_check.auditing import run_audit
    from bench_audit import plant

    with TemporaryDirectory() as name:
        tree, output, here = plant(Path(name) / "archive", count), Path(name) / "resultats", Here()
        start = process_time()
        run_audit([tree], output, today=TODAY, executor=here)
        spent = process_time() - start
        # What the process that leads an audit needs: one that resumes it, and finds nothing left to judge.
        code = "import scale_runs, sys; print(scale_runs.resumed(*sys.argv[1:]))"
        command = [sys.executable, "-c", code, str(tree), str(output)]
        lead = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
        return told(spent, here.each, output) | {"lead": float(lead.stdout.splitlines()[-1])}


def resumed(tree: str, output: str) -> float:
    """Resume an audit that is done; return the most memory that took, in megabytes."""
    from achats_check.auditing import run_audit

    run_audit([tree], output, today=TODAY, resume=True, executor=Here())
    return most_memory()


def most_memory() -> float:
    """Return the most memory that this process took, in megabytes; ``resource`` would count what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def rows(count: int) -> dict[str, Any]:
    """Read so many contracts from published data, and judge their partitions."""
    from achats_check.contracts.judging import contract_audit, judge_partition, partition_tasks
    from achats_check.contracts.reading import read_contracts
    from achats_check.rules import load_rules
    from decp_rows import write

    book = load_rules()
    with TemporaryDirectory() as name:
        folder = Path(name)
        source, output = folder / "decp.jsonl", folder / "resultats"
        write(source, count)
        output.mkdir()
        start = process_time()
        read_contracts([(source, source.name)], output / "contrats", book, today=TODAY, work=folder / "travail")
        read = process_time() - start
        audit, each = contract_audit(book, TODAY), []
        for task in partition_tasks(output / "contrats", output / "constats-contrats", TODAY):
            start = process_time()
            judge_partition(task, audit)
            each.append(process_time() - start)
        return told(read + sum(each), each, output) | {"work": sum(each), "rest": read}


def told(spent: float, each: list[float], output: Path) -> dict[str, Any]:
    """Return what was measured, as plain values."""
    disk = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    memory = most_memory()
    return {
        "work": sum(each),
        "rest": spent - sum(each),
        "memory": memory,
        "lead": memory,
        "disk": disk / 1e6,
        "each": each,
    }
