"""An audit of tables whose parent is killed by kill -9, wherever it is: resumed, it gives what it would have given."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from dossiers import ROOT
from test_audit_tables import Inline, run, tree
from test_deaths import alive, command, wait

from achats_check.auditing import Options
from dask_processes import SOURCE, environment

HALT = Path(__file__).resolve().parent / "halt"
MOMENTS = {
    "the first table is read, the second is being written": (r"tables/[^/]+\.encours/part-00000\.encours$", 2),
    "the contracts are put together": (r"brouillons/contrats\.encours/part-00000\.encours$", 1),
    "the contracts are judged": (r"brouillons/constats-contrats/part-00000\.encours$", 1),
    "half of the results have taken their place": (r"brouillons/contrats$", 1),
}
"""What each moment is about to rename, and the how-manieth of these renamings it is."""
pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc")


def tables(folder: Path) -> Path:
    """Return two tables, one of which repeats contracts of the other."""
    folder.mkdir()
    text = (ROOT / "samples" / "donnees-essentielles" / "contrats.json").read_text(encoding="utf-8")
    (folder / "a.json").write_text(text, encoding="utf-8")
    (folder / "b.json").write_text(text.replace('"montant": 1', '"montant": 2'), encoding="utf-8")
    return folder


def killed(ordered: list[str], said: Path, at: str, after: int) -> None:
    """Run an audit, wait for it to come to a moment, and kill who leads it; those who work for it end too."""
    env = environment(HALT, SOURCE, HALT_AT=at, HALT_AFTER=str(after), HALT_SAID=str(said))
    process = subprocess.Popen(ordered, cwd=ROOT, env=env, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        wait(lambda: said.exists() or process.poll() is not None)
        assert process.poll() is None, "the audit ended before that moment"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    wait(lambda: alive(process.pid) == [], 10)


def test_an_audit_of_tables_killed_again_and_again_loses_nothing(tmp_path: Path) -> None:
    """Killed at each moment in turn, resumed each time: the same bytes, and what was read is not read again."""
    sources, results = tables(tmp_path / "tables"), tmp_path / "r"
    ordered = command(sources, results, "--processus", "1")
    kept: dict[Path, int] = {}
    for rank, (at, after) in enumerate(MOMENTS.values()):
        killed([*ordered, *(["--reprendre"] if rank else [])], tmp_path / f"moment-{rank}", at, after)
        read = {path: path.stat().st_mtime_ns for path in (results / "reprise" / "tables").glob("*/bilan.json")}
        assert len([path for path in read if not path.parent.name.endswith(".encours")]) == min(rank + 1, 2)
        assert kept.items() <= read.items()
        kept = read
    again = subprocess.run([*ordered, "--reprendre"], cwd=ROOT, capture_output=True, text=True)
    assert (again.returncode, again.stderr) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    run([sources], tmp_path / "undisturbed", executor=Inline(), options=Options())
    assert tree(results) == tree(tmp_path / "undisturbed")
    assert "contrats/part-00000.parquet" in tree(results)
