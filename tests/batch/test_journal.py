"""The journal: what was written is found again, whatever was cut."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from achats_check.batch.journal import Journal, packed, unpacked
from achats_check.errors import UsageError


def line(number: int) -> bytes:
    """Return a line as a dossier has one."""
    data = {"key": f"cle{number}", "name": f"dossier {number}", "dossier": {"status": "judged"}, "digest": None}
    return json.dumps(data).encode() + b"\n"


def write(path: Path, *numbers: int) -> None:
    """Write a journal."""
    with Journal(path) as journal:
        for number in numbers:
            journal.add(f"cle{number}", f"dossier {number}", "judged", line(number))


@given(cut=st.integers(0, 3 * len(line(1))))
def test_a_journal_cut_anywhere_keeps_its_whole_lines(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """A kill, or a power cut, at any byte: whole lines stand, the rest is dropped, and writing goes on."""
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    write(path, 1, 2, 3)
    path.write_bytes(path.read_bytes()[:cut])
    whole = cut // len(line(1))
    with Journal(path) as journal:
        assert set(journal.entries) == {f"cle{number}" for number in range(1, whole + 1)}
        assert journal.dropped == (cut % len(line(1)) > 0)
        journal.add("cle9", "dossier 9", "judged", line(9))
    with Journal(path) as journal:
        assert len(journal.entries) == whole + 1
        assert journal.dropped == 0
        assert journal.read("cle9")["name"] == "dossier 9"


def test_what_is_no_line_of_a_journal_is_left_out(tmp_path: Path) -> None:
    """A file that somebody touched loses the lines that were touched."""
    path = tmp_path / "journal.jsonl"
    write(path, 1, 2)
    path.write_bytes(line(1) + b"{}\n" + b"bonjour\n" + line(2))
    with Journal(path) as journal:
        assert (set(journal.entries), journal.dropped) == ({"cle1", "cle2"}, 2)
        assert journal.read("cle2")["name"] == "dossier 2"


def test_the_last_line_of_a_key_counts(tmp_path: Path) -> None:
    """A dossier that is done again replaces what it was."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(line(1) + line(1).replace(b"dossier 1", b"dossier 8"))
    with Journal(path) as journal:
        assert journal.read("cle1")["name"] == "dossier 8"


class FullDisk:
    """A file whose disk fills up in the middle of a line."""

    def __init__(self, file: object) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        """Write half, and fail."""
        self._file.write(data[: len(data) // 2])  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, "No space left on device")

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """What was written stands, the half line is taken back, and the journal goes on once there is room."""
    path = tmp_path / "journal.jsonl"
    with Journal(path) as journal:
        journal.add("cle1", "dossier 1", "judged", line(1))
        journal._file = FullDisk(journal._file)  # type: ignore[assignment]
        with pytest.raises(UsageError, match=r"le disque est plein.*--reprendre"):
            journal.add("cle2", "dossier 2", "judged", line(2))
    assert path.read_bytes() == line(1)


@given(text=st.text())
def test_long_texts_come_back_as_they_were(text: str) -> None:
    """Whatever they hold."""
    assert unpacked(packed(text)) == text.encode("utf-8", "backslashreplace").decode()
