"""``achats-check audit``: what it says, and its exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dossiers import SAMPLES, plant

from achats_check.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run the command; return its code and what it says."""
    with pytest.raises(SystemExit) as ended:
        main(["audit", *map(str, words), "--processus", "1", "--aujourdhui", "2026-11-21"])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_an_audit_says_what_it_did_and_fails_on_demand_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An audit that finds faults has succeeded; a level makes it fail; nothing is drawn where nobody looks."""
    code, out, err = run(capsys, SAMPLES / "prix-seul", "--sortie", tmp_path / "r")
    assert (code, err) == (0, "")
    assert "1 dossier : 1 jugé, 0 illisible, 0 mis de côté." in out
    assert "Non-conformité établie dans 1 dossier." in out
    again = ("--sortie", tmp_path / "r", "--reprendre")
    assert run(capsys, SAMPLES / "prix-seul", *again, "--echec-si", "majeure")[0] == 1
    assert run(capsys, SAMPLES / "prix-seul", *again, "--echec-si", "bloquante")[0] == 0
    assert run(capsys, SAMPLES / "prix-seul", *again, "--echec-si", "opportunite")[0] == 1


def test_copies_are_counted_and_nothing_found_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a line of their own, and not « dans 0 dossier »."""
    for name in ("a", "b"):
        (tmp_path / "archive" / name).mkdir(parents=True)
        shutil.copy(SAMPLES / "innovant" / "99000.json", tmp_path / "archive" / name)
    code, out, _ = run(capsys, tmp_path / "archive", "--sortie", tmp_path / "r")
    assert (code, "2 dossiers : 2 jugés" in out) == (0, True)
    assert "\n1 dossier en répète un autre : voir « Dossiers en double »" in out
    assert "Aucune non-conformité établie.\n" in out


def test_what_could_not_be_judged_is_named_and_is_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged archive is no verdict."""
    (tmp_path / "mauvais.zip").write_bytes(b"PK\x03\x04" + b"\0" * 300)
    code, out, err = run(capsys, tmp_path / "mauvais.zip", "--sortie", tmp_path / "r")
    assert code == 3
    assert "mauvais.zip : Aucune pièce n'a pu être lue." in err
    assert "1 dossier : 0 jugé, 1 illisible" in out


def test_damaged_lines_of_the_journal_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the plural when they are many; what they held is done again."""
    (tmp_path / "r" / "reprise").mkdir(parents=True)
    (tmp_path / "r" / "reprise" / "journal.jsonl").write_bytes(b"x\nx\n")
    code, out, err = run(capsys, SAMPLES / "prix-seul", "--sortie", tmp_path / "r", "--reprendre")
    assert (code, "journal de reprise : 2 lignes coupées ou abîmées ;" in err) == (0, True)
    assert "1 dossier : 1 jugé" in out


@pytest.mark.parametrize(
    ("names", "options", "code", "said"),
    [
        (["vide/"], [], 4, "Rien à auditer"),
        (["rien.zip!/"], [], 4, "L'archive est vide"),
        (["RC.docx"], ["--set", "objte=x"], 2, "n'est pas un fait connu"),
        (["RC.docx"], ["--processus", "0"], 2, "--processus"),
    ],
)
def test_faults_are_told_with_their_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str], options: list[str], code: int, said: str
) -> None:
    """One French sentence, and nothing written."""
    tree = plant(tmp_path / "archive", names)
    with pytest.raises(SystemExit) as ended:
        main(["audit", str(tree), "--sortie", str(tmp_path / "r"), *options])
    assert (ended.value.code, said in capsys.readouterr().err) == (code, True)
    assert not (tmp_path / "r").exists()


def test_where_to_write_must_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of results is chosen, never guessed."""
    with pytest.raises(SystemExit) as ended:
        main(["audit", "archives"])
    assert ended.value.code == 2
    assert "--sortie DOSSIER" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["", "--sortie", "r"], 2, "Un chemin vide a été donné"),
        (["RC.docx", "--sortie", ""], 2, "Un chemin vide a été donné"),
        (["RC.docx", "--sortie", "r", "--correspondance", "map.yaml"], 2, "Correspondance map.yaml illisible"),
        (["RC.dox", "--sortie", "r"], 2, "Vouliez-vous dire « RC.docx » ?"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_any_work(
    words: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A variable left empty in a script would audit the folder one is in; a map is read even where no table is."""
    monkeypatch.chdir(plant(tmp_path, ["RC.docx"]))
    (tmp_path / "map.yaml").write_text("colonnes: [\n", encoding="utf-8")
    found = run(capsys, *words)
    assert (found[0], said in found[2]) == (code, True)
    assert not (tmp_path / "r").exists()


def test_an_unread_dossier_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its first piece, and how many others."""
    (tmp_path / "a").mkdir()
    for name in ("CCAP.docx", "RC.docx"):
        (tmp_path / "a" / name).write_bytes(b"")
    _, _, err = run(capsys, tmp_path / "a", "--sortie", tmp_path / "r")
    assert "a : Aucune pièce n'a pu être lue. CCAP.docx : Le fichier est vide." in err
    assert "(et 1 autre pièce)" in err


def test_what_is_not_shown_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first page shows some faults of a dossier, and where the others are."""
    run(capsys, SAMPLES / "contradictions", "--sortie", tmp_path / "r")
    page = (tmp_path / "r" / "synthese.html").read_text(encoding="utf-8")
    assert "au plus par dossier ; toutes sont dans constats.jsonl." in page.replace("\xa0", " ")
    run(capsys, SAMPLES / "prix-seul", "--sortie", tmp_path / "s")
    assert "au plus par dossier" not in (tmp_path / "s" / "synthese.html").read_text(encoding="utf-8")
