"""The auditor's guide tells the truth: its commands, run one after the other, give what it shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
from dossiers import ROOT

from test_readme import calls, first_stray, pattern

GUIDE = (ROOT / "docs" / "guide-auditeur.md").read_text(encoding="utf-8")


def test_the_commands_of_the_guide_give_what_it_shows(tmp_path: Path) -> None:
    """They are run in a folder that holds the samples, where they leave their results."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    assert len(calls(GUIDE)) == 3
    for command, shown in calls(GUIDE):
        words = shlex.split(command)
        done = subprocess.run(
            [sys.executable, "-m", "achats_check", *words[1:]],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert pattern(shown).fullmatch(done.stdout), f"$ {command}\n{first_stray(shown, done.stdout)!r}\n{done.stdout}"
    told = set(re.findall(r"`(\w+\.(?:jsonl?|parquet|html|xlsx))`", GUIDE))
    written = {path.name for path in (tmp_path / "resultats-contrats").iterdir() if path.is_file()}
    assert told == written
    assert written > {path.name for path in (tmp_path / "resultats").iterdir() if path.is_file()}
    (query,) = re.findall(r"```sql\n(.*?);?\n```", GUIDE, re.DOTALL)
    with duckdb.connect() as connection:
        rows = connection.execute(query.replace("resultats/", f"{tmp_path}/resultats/")).fetchall()
    assert rows[0][1] >= 1
