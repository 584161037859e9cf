"""Reading apart: a piece that hangs, kills or starves its reader costs itself, and nothing else."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from make_pieces import lines, pdf_bytes, raw_pdf, written

from achats_check.model.document import Block, Document, Unread
from achats_check.readers import isolation, worker, workers
from achats_check.readers.isolation import Limits, Readings
from achats_check.readers.piece_file import PieceFile

SMALL = Limits(seconds=30, memory=2**29)


def behave(path: Path) -> Document | Unread:
    """Read a piece in the manner that its name asks for."""
    manner = path.stem.split("-")[0]
    if manner == "pend":
        time.sleep(600)
    if manner == "meurt":
        os.kill(os.getpid(), signal.SIGSEGV)
    if manner == "abandonne":
        os._exit(3)
    if manner == "devore":
        len(bytearray(2**32))
    if manner == "echoue":
        raise KeyError("a reader's own defect")
    if manner == "lent":
        time.sleep(0.3)
    return Document(str(path), "pdf", (Block(0, "paragraph", f"lu : {path.stem}", 1, cells=("a", "b")),), 1)


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork even under the threads of the test runner, which hold no lock that a reader wants."""
    monkeypatch.setattr(isolation, "can_fork", lambda: True)
    monkeypatch.setattr(isolation, "_slots", lambda size: 2)


@pytest.fixture
def pieces(tmp_path: Path) -> Callable[..., list[PieceFile]]:
    """Return a maker of files that look like PDFs, one for each name."""

    def make(*names: str) -> list[PieceFile]:
        for name in names:
            (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.4 " + name.encode())
        return [PieceFile(tmp_path / f"{name}.pdf", f"dossier/{name}.pdf") for name in names]

    return make


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    """No worker outlives the readings, not even as a zombie."""
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def read(files: list[PieceFile], limits: Limits = SMALL) -> list[Document | Unread]:
    """Read files in the manner their names ask for."""
    with Readings(files, behave, limits) as readings:
        return readings.results()


@pytest.mark.parametrize(
    ("manner", "told"),
    [
        ("meurt", "arrête brutalement son lecteur (signal 11)"),
        ("abandonne", "arrête brutalement son lecteur (code 3)"),
        ("devore", "plus de mémoire que la limite de 0,5 Go"),
        ("echoue", "a échoué sur cette pièce (KeyError)"),
    ],
)
def test_a_bad_piece_costs_itself_only(
    manner: str, told: str, forked: None, pieces: Callable[..., list[PieceFile]]
) -> None:
    """What kills, starves or breaks the reader of one piece is told, with advice; the others are read."""
    found = read(pieces("sain-1", manner, "sain-2", "sain-3"))
    bad = found[1]
    assert isinstance(bad, Unread)
    assert told in bad.reason
    assert bad.advice
    assert bad.path == f"dossier/{manner}.pdf"
    assert [piece.blocks[0].text for piece in found if isinstance(piece, Document)] == [
        "lu : sain-1",
        "lu : sain-2",
        "lu : sain-3",
    ]


def test_a_piece_that_hangs_is_stopped(forked: None, pieces: Callable[..., list[PieceFile]]) -> None:
    """The clock stops it, and the pieces that waited for its worker are read."""
    begun = time.monotonic()
    found = read(pieces("pend", "sain-1", "sain-2"), Limits(seconds=4, memory=SMALL.memory))
    assert time.monotonic() - begun < 30
    assert [isinstance(piece, Document) for piece in found] == [False, True, True]
    assert "a dépassé 4 secondes" in found[0].reason  # type: ignore[union-attr]


def test_several_bad_pieces(forked: None, pieces: Callable[..., list[PieceFile]]) -> None:
    """Each death has another worker started, as long as there is something to read."""
    names = ["meurt-1", "sain-1", "meurt-2", "meurt-3", "sain-2", "abandonne", "sain-3"]
    found = read(pieces(*names))
    assert [isinstance(piece, Document) for piece in found] == [name.startswith("sain") for name in names]


def test_results_come_in_order(forked: None, pieces: Callable[..., list[PieceFile]]) -> None:
    """The slow one does not change its place, and a document comes back whole, block by block."""
    found = read(pieces("lent", "sain-1", "sain-2"))
    assert [piece.path for piece in found] == ["dossier/lent.pdf", "dossier/sain-1.pdf", "dossier/sain-2.pdf"]
    first = found[0]
    assert isinstance(first, Document)
    assert first.blocks == (Block(0, "paragraph", "lu : lent", 1, cells=("a", "b")),)
    assert isinstance(first.blocks[0], Block)


def test_leaving_early_ends_the_workers(forked: None, pieces: Callable[..., list[PieceFile]]) -> None:
    """An error elsewhere leaves no process behind; ``no_process_left`` looks."""
    with pytest.raises(ZeroDivisionError), Readings(pieces("pend", "lent"), behave, SMALL):
        raise ZeroDivisionError


def test_a_system_without_processes_reads_here(
    monkeypatch: pytest.MonkeyPatch, forked: None, pieces: Callable[..., list[PieceFile]]
) -> None:
    """Where nothing can be started, the pieces are read in this process."""

    def refuse() -> int:
        raise OSError("no process")

    monkeypatch.setattr(os, "fork", refuse)
    found = read(pieces("sain-1", "echoue", "sain-2"))
    assert [isinstance(piece, Document) for piece in found] == [True, False, True]


def test_other_threads_forbid_a_fork() -> None:
    """A fork inherits the locks that other threads hold."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not workers.can_fork()
    finally:
        stop.set()
        thread.join()


def test_a_new_program_reads_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Inside a program with threads, the worker is another program; it reads real pieces and survives bad ones."""
    monkeypatch.setattr(isolation, "can_fork", lambda: False)
    sound = written(tmp_path / "RC.pdf", pdf_bytes(lines("Règlement de la consultation", "La durée est de 48 mois.")))
    broken = written(tmp_path / "AE.pdf", b"%PDF-1.4 rien")
    with Readings([PieceFile(broken, "z/AE.pdf"), PieceFile(sound, "z/RC.pdf")]) as readings:
        found = readings.results()
    assert isinstance(found[0], Unread)
    assert isinstance(found[1], Document)
    assert "48 mois" in "\n".join(block.text for block in found[1].blocks)


def doubling_forms(depth: int) -> bytes:
    """Return a PDF whose forms each draw the next one twice: a few kilobytes that take for ever to draw."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> >> >>",
        b"<< /Length 4 >>\nstream\n/F Do\nendstream".replace(b"/Length 4", b"/Length 5"),
    ]
    for rank in range(depth):
        inner = f"/Resources << /XObject << /F {rank + 6} 0 R >> >>" if rank < depth - 1 else ""
        content = "/F Do /F Do" if inner else "BT ET"
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {inner} /Length {len(content)} >>\n"
            f"stream\n{content}\nendstream".encode()
        )
    return raw_pdf(objects)


def test_forms_within_forms(forked: None, tmp_path: Path) -> None:
    """A PDF made to hang PDFium is stopped; the piece beside it is read."""
    hostile = written(tmp_path / "CCAP.pdf", doubling_forms(28))
    sound = written(tmp_path / "RC.pdf", pdf_bytes(lines("Règlement de la consultation")))
    with Readings([PieceFile(hostile, "CCAP.pdf"), PieceFile(sound, "RC.pdf")], limits=Limits(seconds=2)) as readings:
        stopped, found = readings.results()
    assert isinstance(stopped, Unread)
    assert "a dépassé 2 secondes" in stopped.reason
    assert isinstance(found, Document)


def test_a_program_that_does_not_start(monkeypatch: pytest.MonkeyPatch, pieces: Callable[..., list[PieceFile]]) -> None:
    """An embedding program is no Python to run: the pieces are read in this process."""
    monkeypatch.setattr(isolation, "can_fork", lambda: False)
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert all(isinstance(piece, Document) for piece in read(pieces("sain-1", "sain-2")))


@pytest.mark.parametrize("said", [b"", b"\x05", marshalled := (3).to_bytes(8, "little") + b"?!?"])
def test_an_answer_that_is_none(said: bytes) -> None:
    """What a taken-over worker says is never trusted: it is no answer, or not yet one."""
    assert workers.Worker(-1, -1, 0).answer(said) in (None, ())
    assert marshalled


@pytest.mark.parametrize("said", [(), (1, 2, 3), ("a", "pdf", "pas des blocs", 3), ("a",) * 40])
def test_an_answer_of_another_shape(
    said: tuple[object, ...],
    forked: None,
    pieces: Callable[..., list[PieceFile]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker that was taken over may say anything: its piece is unread, or says only what a piece may say."""
    monkeypatch.setattr(worker, "packed", lambda piece: said)
    (found,) = read(pieces("sain"))
    assert isinstance(found, Unread)


def test_nothing_executable_comes_back() -> None:
    """Documents cross as plain values: a worker could not hand code over."""
    piece = Document("a", "pdf", (Block(0, "row", "x", cells=("x",)),), unread_pages=(3,), warnings=("w",))
    assert worker.unpacked(worker.packed(piece)) == piece
    assert worker.unpacked(worker.packed(Unread("a", "pdf", "r", "c"))) == Unread("a", "pdf", "r", "c")
