"""A bug of ours: one sentence, a code that is no verdict, and nothing else lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import achats_check.dossier
from achats_check.cli import cli, main
from achats_check.cli.crash import CRASH_CODE

SOUND = '{"objet": "Tonte", "type": "services", "date_lancement": "2026-10-01"}'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two descriptions in the folder of the test, of which one trips a bug."""
    monkeypatch.chdir(tmp_path)
    for name in ("piege.json", "sain.json"):
        (tmp_path / name).write_text(SOUND, encoding="utf-8")
    sound = achats_check.dossier.check

    def trips(sources: Any, **more: Any) -> Any:
        return {}["absent"] if sources == ["piege.json"] else sound(sources, **more)

    monkeypatch.setattr(achats_check.dossier, "check", trips)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("order", [("piege.json", "sain.json"), ("sain.json", "piege.json")])
def test_a_bug_on_a_file_does_not_lose_the_others(order: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """The sound file is reported, and the code says that something was not judged."""
    with pytest.raises(SystemExit) as ended:
        main([*order])
    told = capsys.readouterr()
    assert ended.value.code == CRASH_CODE
    assert "══ sain.json" in told.out
    assert told.err.startswith("achats-check : piege.json : Erreur du programme (KeyError")
    assert "ce n'est pas un verdict" in told.err
    assert len(told.err.splitlines()) == 1
    assert "Traceback" not in told.err


def test_a_bug_anywhere_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outside the check of a file as well: 1 would mean findings."""

    def trips(**_: Any) -> Any:
        raise RecursionError

    monkeypatch.setattr(cli, "main", trips)
    with pytest.raises(SystemExit) as ended:
        main(["seuils"])
    assert ended.value.code == CRASH_CODE not in range(5)
    assert "RecursionError" in capsys.readouterr().err


def test_the_place_told_is_in_the_program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the line are those of the program, by a path that is no one's own."""
    monkeypatch.setattr("achats_check.cli.options.date", None)
    with pytest.raises(SystemExit) as ended:
        main(["seuils", "--date", "2026-10-01"])
    assert ended.value.code == CRASH_CODE
    assert "dans cli/options.py, ligne " in capsys.readouterr().err
