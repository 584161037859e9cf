"""Slips of the command line: what was meant, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from achats_check.cli import main


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str, str]:
    """Run the command: its code, its output, its errors."""
    with pytest.raises(SystemExit) as ended:
        main([*words])
    return ended.value.code, *capsys.readouterr()


@pytest.mark.parametrize(("typed", "meant"), [("seuil", "seuils"), ("expliqer", "expliquer"), ("regle", "regles")])
def test_a_misspelled_command_is_no_lost_file(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word that is no file and almost a command is told as such; a file of that name is read."""
    monkeypatch.chdir(tmp_path)
    code, out, err = told(capsys, typed)
    assert (code, out) == (2, "")
    assert f"Vouliez-vous dire « {meant} » ?" in err
    (tmp_path / typed).write_bytes(b"")
    code, _, err = told(capsys, typed)
    assert code == 3
    assert "Le fichier est vide." in err


def test_a_word_like_no_command_is_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing silly is proposed."""
    code, _, err = told(capsys, "xylophone")
    assert code == 3
    assert "Le fichier n'existe pas." in err


@pytest.mark.parametrize(
    ("output", "why"),
    [("absent/rapport.txt", "le dossier absent n'existe pas"), (".", "c'est un dossier ; donner un nom de fichier")],
)
def test_a_report_that_cannot_be_written(
    output: str, why: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where, why, and what to do, in French."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "achat.json").write_text('{"objet": "Tonte"}', encoding="utf-8")
    code, _, err = told(capsys, "achat.json", "--sortie", output)
    assert code == 2
    assert f"--sortie {output} : écriture impossible : {why}" in err
