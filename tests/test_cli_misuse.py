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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["expliquer", "a", "b"], "« b » est de trop. Voir : achats-check expliquer --help."),
        (["seuils", "--foo"], "Option inconnue « --foo ». Voir : achats-check seuils --help."),
        (["achat.json", "--tout=1"], "L'option --tout s'écrit seule, sans valeur. Voir : achats-check --help."),
        (["achat.json", "--date"], "L'option --date attend une valeur. Voir : achats-check --help."),
        (["achat.json", "--date", "30/02/2026"], "--date : « 30/02/2026 » n'est pas une date du calendrier"),
        (["achat.json", "--acheteur", "absent.yaml"], "--acheteur : fichier introuvable : « absent.yaml »."),
        (["achat.json", "--pack", "."], "--pack : « . » ne peut pas être lu : c'est un dossier."),
        (["audit", "achat.json", "--processus", "0"], "--processus : un nombre entier de 1 à 512 est attendu."),
        (["faits"], "Il manque l'argument FICHIER. Voir : achats-check faits --help."),
        ([""], "Un chemin vide a été donné"),
    ],
)
def test_slips_are_told_in_french(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What click would say in English, with the page that helps."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "achat.json").write_text('{"objet": "Tonte"}', encoding="utf-8")
    code, out, err = told(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("RC.dox", "Vouliez-vous dire « RC.docx » ?"),
        ("-", "L'entrée standard n'est pas lue"),
        ("C:\\Marches\\RC.docx", "les dossiers d'un chemin se séparent par « / »"),
        ("vide", "vide : Aucun fichier à vérifier."),
    ],
)
def test_a_path_that_leads_nowhere(
    typed: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name that was perhaps meant, or what is wrong with it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "RC.docx").write_bytes(b"")
    (tmp_path / "vide").mkdir()
    code, _, err = told(capsys, typed)
    assert code in {3, 4}
    assert said in err


def test_a_day_as_people_write_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a description: the day before the month."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "achat.json").write_text('{"objet": "Tonte"}', encoding="utf-8")
    _, out, _ = told(capsys, "achat.json", "--date", "02/10/2026")
    assert "Droit appliqué : 2 octobre 2026 (date de lancement déclarée)" in out.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("sql", "achats-check sql [REGLE] [OPTIONS]"),
        ("faits", "achats-check faits FICHIER… [OPTIONS]"),
        ("schema", "achats-check schema description|rapport [OPTIONS]"),
    ],
)
def test_usage_names_what_must_be_given(command: str, usage: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An argument that may be left out is in brackets, whatever the release of click."""
    code, out, _ = told(capsys, command, "--help")
    assert code == 0
    assert f"Usage : {usage}\n" in out


def test_a_stop_while_loading_is_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback in English, and the code of a stop."""
    import achats_check.__main__ as entry
    from achats_check import cli

    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", stopped)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 130
