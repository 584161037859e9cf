"""Where a report is written: never over a piece, never lost for a letter, never read again as a piece."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from achats_check import check
from achats_check.cli import main
from achats_check.cli.writing import prepare_streams, put
from achats_check.disk_words import why
from achats_check.errors import UsageError
from achats_check.readers import read
from achats_check.reports.text import render_text
from achats_check.rules import load_rules

SOURCE = Path(__file__).resolve().parent.parent / "src"
FAULTY = SOURCE.parent / "samples" / "innovant" / "110000.json"
PURCHASE = '{"objet": "Tonte", "type": "services", "date_lancement": "2026-10-01"}'


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    """Run the command: its code, its output, its errors."""
    with pytest.raises(SystemExit) as ended:
        main([*words])
    return ended.value.code, *capsys.readouterr()


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of one piece, in the folder of the test, where the command runs."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "CCAP.txt").write_text("Article 1\nLe délai global de paiement est de 45 jours.\n", encoding="utf-8")
    (tmp_path / "achat.json").write_text(PURCHASE, encoding="utf-8")
    (tmp_path / "profil.yaml").write_text("categorie: commune\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["achat.json", "--sortie", "achat.json"],
        ["achat.json", "--sortie", "./dossier/../achat.json"],
        ["achat.json", "--acheteur", "profil.yaml", "--sortie", "profil.yaml"],
        ["dossier", "--sortie", "dossier/CCAP.txt"],
    ],
)
def test_a_report_never_erases_what_is_read(
    words: list[str], dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file keeps its bytes, and the message says why."""
    target = Path(words[-1])
    before = target.read_bytes()
    code, out, err = told(capsys, *words)
    assert (code, out) == (2, "")
    assert f"--sortie {words[-1]} : " in err
    assert "serait effacé" in err
    assert target.read_bytes() == before


@pytest.mark.parametrize("form", ["texte", "json", "html"])
def test_a_report_kept_in_the_dossier_is_no_piece_of_it(
    form: str, dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second check says what the first said, and may write over its report."""
    words = ["dossier", "--format", form, "--sortie", f"dossier/rapport.{'txt' if form == 'texte' else form}"]
    first = told(capsys, *words)
    before = Path(words[-1]).read_text(encoding="utf-8")
    assert told(capsys, *words) == first
    assert Path(words[-1]).read_text(encoding="utf-8") == before
    code, out, _ = told(capsys, "pieces", "dossier")
    assert (code, "rapport" in out) == (0, False)
    code, _, err = told(capsys, words[-1])
    assert code == 3
    assert "C'est un rapport d'achats-check, non une pièce." in err


def test_a_report_in_an_archive_is_no_piece_of_it(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dossier is zipped with what lies in it."""
    told(capsys, "dossier", "--sortie", "dossier/rapport.txt")
    with ZipFile("dossier.zip", "w") as archive:
        for path in dossier.iterdir():
            archive.write(path, path.name)
    _, out, _ = told(capsys, "pieces", "dossier.zip")
    assert "CCAP.txt" in out
    assert "rapport.txt" not in out


@pytest.fixture
def report_text(dossier: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A report on the dossier of the test, as it is written in a file."""
    told(capsys, str(dossier), "--sortie", "rapport.txt")
    return Path("rapport.txt").read_text(encoding="utf-8")


def is_left_aside(path: Path) -> bool:
    """Whether a file is taken for one of our reports."""
    return str(getattr(read(path), "reason", "")).startswith("C'est un rapport")


@pytest.mark.parametrize("width", [40, 57, 80, 200])
@pytest.mark.parametrize("everything", [False, True])
def test_a_report_is_known_whatever_its_width(width: int, everything: bool, dossier: Path) -> None:
    """Its lines are cut for a terminal, and ``--tout`` tells more."""
    book = load_rules()
    for source in (dossier, FAULTY):
        text = render_text(
            check(source, today=date(2026, 10, 1), rules=book), book.vocabulary, width=width, everything=everything
        )
        (dossier / "rapport.txt").write_text(text, encoding="utf-8")
        assert is_left_aside(dossier / "rapport.txt")


def test_a_report_on_several_dossiers_is_known_too(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It opens with the name of the first and ends with their counts."""
    told(capsys, "dossier", str(FAULTY), "--sortie", "rapport.txt")
    assert is_left_aside(Path("rapport.txt"))


@pytest.mark.parametrize("command", ["faits", "pieces"])
@pytest.mark.parametrize("form", ["texte", "json"])
@pytest.mark.parametrize("width", ["40", "100"])
def test_a_list_of_facts_or_pieces_is_no_piece(
    command: str,
    form: str,
    width: str,
    dossier: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It quotes clauses: read as rules of the consultation, it accused a buyer of what it only names."""
    monkeypatch.setenv("COLUMNS", width)
    for source in (SOURCE.parent / "samples" / "espaces-verts", FAULTY):
        _, out, _ = told(capsys, command, str(source), "--format", form)
        name = dossier / f"liste.{'txt' if form == 'texte' else form}"
        name.write_text(out, encoding="utf-8")
        assert is_left_aside(name)
        if form == "texte":
            name.write_text(f"{out}Le lot 2 est réservé aux entreprises adaptées.\n", encoding="utf-8")
            assert not is_left_aside(name)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_report_saved_by_windows_is_known_too(encoding: str, report_text: str) -> None:
    """PowerShell writes what a command says in an encoding of its own."""
    Path("rapport.txt").write_text(report_text, encoding=encoding)
    assert is_left_aside(Path("rapport.txt"))


@pytest.mark.parametrize(
    "piece",
    [
        "{report}\nMotif du non-allotissement : une seule prestation.\n",
        "Rapport de présentation\n\n{report}",
        "Droit appliqué : le code de la commande publique · 12 règles · pièces lues : RC et CCAP\n",
        "Note au service\nDroit appliqué : 7 septembre 2026 (lu) · 232 règles · pièce lue : RC\n\nLe prix pèse trop.\n",
    ],
)
def test_a_piece_that_quotes_a_report_stays_a_piece(piece: str, report_text: str) -> None:
    """A buyer pastes a report into the presentation report, and answers it: passed over, the answer would be lost."""
    Path("RAPPORT.txt").write_text(piece.format(report=report_text), encoding="utf-8")
    assert not is_left_aside(Path("RAPPORT.txt"))


def test_a_page_of_the_buyer_that_quotes_one_stays_a_piece(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the head of a page names its maker."""
    told(capsys, "dossier", "--format", "html", "--sortie", "rapport.html")
    page = Path("rapport.html").read_text(encoding="utf-8")
    assert is_left_aside(Path("rapport.html"))
    quoting = dossier / "RC.html"
    quoting.write_text(f"<html><head><title>RC</title></head><body><pre>{page}</pre></body></html>", encoding="utf-8")
    assert not is_left_aside(quoting)


def test_a_letter_about_a_report_is_a_piece(dossier: Path) -> None:
    """Only what has the form of a report is set aside."""
    letter = dossier / "courrier.txt"
    letter.write_text("Droit appliqué : le code de la commande publique. Voir achats-check.\n", encoding="utf-8")
    assert not getattr(read(letter), "reason", "")


@pytest.mark.parametrize(("imposed", "expected"), [("", "utf-8"), ("cp1252", "cp1252")])
def test_no_letter_is_lost_in_a_pipe(imposed: str, expected: str) -> None:
    """A pipe gets UTF-8 where nobody imposes another encoding; with one, what it lacks is no crash."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    environment |= {"PYTHONUTF8": "0"} | ({"PYTHONIOENCODING": imposed} if imposed else {})
    words = [sys.executable, "-m", "achats_check", str(FAULTY), "--echec-si", "jamais"]
    ended = subprocess.run(words, capture_output=True, env=environment, check=False)
    out = ended.stdout.decode(expected)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "Achat innovant" in out
    assert ("✗" in out) == (expected == "utf-8")


def test_a_terminal_keeps_its_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """And shows « ? » for what it lacks."""
    held = io.BytesIO()
    terminal = io.TextIOWrapper(held, encoding="latin-1")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    prepare_streams()
    put("✗ délai")
    assert held.getvalue() == "? délai".encode("latin-1")


class _Full(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """« > rapport.txt » on a full disk is no bug of ours."""
    monkeypatch.setattr(sys, "stdout", _Full())
    with pytest.raises(UsageError, match="Sortie standard : écriture impossible : le disque est plein"):
        put("un rapport")


@pytest.mark.parametrize(
    ("output", "said"),
    [("achat.json/rapport.txt", "achat.json est un fichier, non un dossier"), (f"{'r' * 300}", "le nom est trop long")],
)
def test_what_cannot_be_written(output: str, said: str, dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In French, whatever the system says."""
    code, _, err = told(capsys, "achat.json", "--sortie", output)
    assert code == 2
    assert said in err


def test_the_words_of_the_system_are_ours() -> None:
    """An error the table lacks is told by its number, never in English."""
    assert why(OSError(errno.EIO, "Input/output error")) == "le disque ou le partage ne répond pas"
    assert why(OSError(errno.EXDEV, "Invalid cross-device link")) == f"erreur n° {errno.EXDEV} du système"
    assert why(OSError("no number")) == "erreur du système"
    assert why(UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "invalid")) == "ce n'est pas un texte en UTF-8"


def test_no_message_is_the_system_s() -> None:
    """What the system says is in English: it is asked for its number only."""
    ours = SOURCE / "achats_check"
    allowed = {ours / "contracts" / "partitions.py", ours / "contracts" / "assembling.py"}  # passed on, never shown
    told = [path for path in ours.rglob("*.py") if "strerror" in path.read_text(encoding="utf-8")]
    assert set(told) <= allowed


def test_a_refused_path_is_a_piece_that_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name no disk takes, with an extension or not, alone or beside a sound piece; a folder one may not enter."""
    sound = tmp_path / "achat.json"
    sound.write_text(PURCHASE, encoding="utf-8")
    for name in (f"{'b' * 300}.docx", "b" * 300, f"{'b' * 300}.zip"):
        code, out, err = told(capsys, str(tmp_path / name), str(sound), "--echec-si", "jamais")
        assert code == 3
        assert "le nom est trop long" in err
        assert "Tonte" in out


def test_a_forbidden_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in a folder that may not be entered is told as unread."""
    refused, stat = tmp_path / "ferme" / "RC.docx", Path.stat

    def refuse(path: Path, **options: bool) -> os.stat_result:
        if path == refused:
            raise PermissionError(errno.EACCES, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refuse)
    from datetime import date

    report = check(refused, today=date(2026, 11, 22))
    assert [piece.status for piece in report.inputs] == ["unread"]
    assert "droits insuffisants" in report.inputs[0].reason


def test_a_json_report_of_a_name_that_is_no_text(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no UTF-8 in a name do not lose the report."""
    odd = os.fsdecode(b"acc\xe8s.json")
    try:
        Path(odd).write_text(PURCHASE, encoding="utf-8")
    except OSError:  # a disk that refuses such names
        return
    code, _, _ = told(capsys, odd, "--format", "json", "--sortie", "r.json", "--echec-si", "jamais")
    assert code == 0
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["findings"]
