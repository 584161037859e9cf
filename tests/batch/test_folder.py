"""The folder of results: what takes its place there is on the disk."""

from __future__ import annotations

import os
from errno import EACCES
from pathlib import Path

import pytest

from achats_check.batch.disk import told
from achats_check.batch.folder import ResultsFolder
from achats_check.contracts.partitions import NotWritten
from achats_check.errors import UsageError


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names what is pushed by /proc")
def test_results_are_on_the_disk_before_their_names_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file, then the folders that name them, and last the folder of results, once they are in their place."""
    done: list[str] = []
    push, rename = os.fsync, Path.replace

    def pushed(opened: int) -> None:
        done.append(Path(f"/proc/self/fd/{opened}").readlink().name)
        push(opened)

    def moved(path: Path, target: Path) -> Path:
        done.append(f"{path.name} en place")
        return rename(path, target)

    with ResultsFolder(tmp_path / "r", resume=False) as folder:
        monkeypatch.setattr(os, "fsync", pushed)
        monkeypatch.setattr(Path, "replace", moved)
        with folder.drafts() as drafts:
            (drafts / "contrats").mkdir()
            (drafts / "contrats" / "part-00000.parquet").write_bytes(b"PAR1")
            (drafts / "synthese.html").write_bytes(b"<html>")
    assert set(done[:2]) == {"synthese.html", "part-00000.parquet"}
    assert set(done[2:4]) == {"brouillons", "contrats"}
    assert done[4:] == ["contrats en place", "synthese.html en place", "r"]
    assert (tmp_path / "r" / "contrats" / "part-00000.parquet").read_bytes() == b"PAR1"


def test_a_partition_that_may_not_be_written_is_told_in_french(tmp_path: Path) -> None:
    """Whichever error carries the refusal of the system."""
    with pytest.raises(UsageError, match="écriture impossible \\(droits insuffisants\\)"), told(tmp_path):
        raise NotWritten(EACCES, "Permission denied", str(tmp_path))
