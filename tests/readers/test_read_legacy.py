"""Old formats through LibreOffice: converted apart, in time, or said unread with what to do."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from fake_programs import nothing, play
from make_formats import rows, xlsx_bytes
from make_pieces import docx_bytes, paragraph, written

from achats_check.model.document import Document, Unread
from achats_check.readers import guards, read
from achats_check.readers.legacy import office

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
OLD_WORD = OLE + "WordDocument".encode("utf-16-le")
RTF = rb"{\rtf1\ansi Article 1 - Objet\par Le march\'e9 est r\'e9serv\'e9.\par}"
CONVERT = """
SEEN.write_text("\\n".join([*sys.argv, os.environ["HOME"], os.environ["https_proxy"]]))
target, folder, piece = sys.argv[-4], Path(sys.argv[-2]), Path(sys.argv[-1])
folder.mkdir()
(folder / f"{piece.stem}.{target}").write_bytes(Path(SEEN.with_name("result")).read_bytes())
"""


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide the LibreOffice of the machine."""
    monkeypatch.setattr(office, "_ELSEWHERE", ())
    nothing(monkeypatch, tmp_path)


def unread(path: Path) -> Unread:
    """Read a file that is not read."""
    result = read(path)
    assert isinstance(result, Unread), result
    return result


@pytest.mark.parametrize(
    ("data", "kind", "word", "target"),
    [
        (OLD_WORD, "doc", "ancien document Word", ".docx"),
        (OLE + "Workbook".encode("utf-16-le"), "xls", "ancien classeur Excel", ".xlsx"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "ppt", "ancienne présentation", ".pdf"),
        (RTF, "rtf", "RTF", ".docx"),
    ],
)
def test_without_libreoffice(tmp_path: Path, data: bytes, kind: str, word: str, target: str) -> None:
    """Without LibreOffice the piece is unread, and the two ways out are said."""
    result = unread(written(tmp_path / "CCAP", data))
    assert result.format == kind
    assert word in result.reason
    assert "LibreOffice n'est pas installé" in result.reason
    assert target in result.advice
    assert "installer LibreOffice" in result.advice


def test_a_converted_piece_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of the copy is read under the path of the piece, with its format and a warning."""
    seen = play(monkeypatch, tmp_path, "soffice", CONVERT)
    (tmp_path / "result").write_bytes(docx_bytes(paragraph("Article 1 - Objet") + paragraph("Tonte.")))
    path = written(tmp_path / "-- CCAP é.doc", OLD_WORD)
    document = read(path)
    assert isinstance(document, Document), document
    assert (document.path, document.format) == (str(path), "doc")
    assert [block.text for block in document.blocks] == ["Article 1 - Objet", "Tonte."]
    assert document.warnings == (
        "Le fichier est un ancien document Word (.doc) : il a été lu après conversion en .docx par LibreOffice.",
    )
    arguments = seen.read_text(encoding="utf-8").splitlines()
    folder = Path(arguments[-3]).parent
    assert arguments[-3].endswith("piece.doc")
    assert f"-env:UserInstallation={(folder / 'profile').as_uri()}" in arguments
    assert "--headless" in arguments
    assert arguments[-2:] == [str(folder), "http://127.0.0.1:9"]
    assert not folder.exists()


def test_an_old_workbook_becomes_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old workbook is read as a new one; a wrong extension is told beside the conversion."""
    play(monkeypatch, tmp_path, "libreoffice", CONVERT)
    (tmp_path / "result").write_bytes(xlsx_bytes(("Lot 1", rows(["Prix", 12]))))
    document = read(written(tmp_path / "BPU.pdf", OLE + "Workbook".encode("utf-16-le")))
    assert isinstance(document, Document), document
    assert document.format == "xls"
    assert document.blocks[1].cells == ("Prix", "12")
    assert ["porte l'extension .pdf" in document.warnings[0], "conversion" in document.warnings[1]] == [True, True]


FAILURES = {
    "crash": ("sys.exit(77)", "code 77"),
    "killed": ("os.kill(os.getpid(), 9)", "code -9"),
    "nothing": ("", "n'a rien produit"),
    "empty": ('Path(sys.argv[-2]).mkdir(); (Path(sys.argv[-2]) / "piece.docx").touch()', "n'a rien produit"),
    "rubbish": (
        'Path(sys.argv[-2]).mkdir(); (Path(sys.argv[-2]) / "piece.docx").write_bytes(b"PK\\3\\4rien")',
        "incomplet ou endommagé",
    ),
}


@pytest.mark.parametrize(("code", "word"), FAILURES.values(), ids=FAILURES)
def test_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, word: str) -> None:
    """A LibreOffice that fails leaves the piece unread, with what to do."""
    play(monkeypatch, tmp_path, "soffice", code)
    result = unread(written(tmp_path / "CCAP.doc", OLD_WORD))
    assert word in result.reason
    assert result.advice


def test_a_program_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is no program is said so."""
    play(monkeypatch, tmp_path, "soffice", "")
    (tmp_path / "programs" / "soffice").write_bytes(b"\x7fELF rien")
    assert "lancé" in unread(written(tmp_path / "CCAP.doc", OLD_WORD)).reason


def test_a_conversion_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time, LibreOffice and all that it started are ended."""
    monkeypatch.setattr(guards, "CONVERSION_SECONDS", 1)
    code = "import subprocess\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    seen = play(monkeypatch, tmp_path, "soffice", f"{code}SEEN.write_text(str(child.pid))\ntime.sleep(60)")
    start = time.perf_counter()
    result = unread(written(tmp_path / "CCAP.doc", OLD_WORD))
    assert "1 secondes" in result.reason
    assert time.perf_counter() - start < 10
    assert _ended(int(seen.read_text(encoding="utf-8")))


def _ended(pid: int) -> bool:
    """Tell whether a process is over, or about to be collected by who adopted it."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


REAL_OFFICE = shutil.which("soffice")


@pytest.mark.skipif(REAL_OFFICE is None, reason="LibreOffice is not installed: the played one is tested above")
def test_with_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real program converts with these very options."""
    monkeypatch.setenv("PATH", f"{Path(str(REAL_OFFICE)).parent}{os.pathsep}{os.defpath}")
    document = read(written(tmp_path / "CCAP.rtf", RTF))
    assert isinstance(document, Document), document
    assert [block.text for block in document.blocks] == ["Article 1 - Objet", "Le marché est réservé."]
