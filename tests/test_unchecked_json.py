"""The JSON of a dossier that could not be checked: an entry among the others, and no verdict."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from achats_check.cli import main
from achats_check.reports.schema import report_schema

SOUND = {"objet": "Tonte des pelouses", "type": "services"}


def checked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[object, object]:
    """Return the exit code and the JSON that the command writes."""
    with pytest.raises(SystemExit) as ended:
        main([*map(str, words), "--format", "json"])
    return ended.value.code, json.loads(capsys.readouterr().out)


def test_a_description_at_fault_keeps_its_place_in_the_array(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever reads the array finds each argument, unread and why, and no verdict on what was not checked."""
    wrong, sound = tmp_path / "b.json", tmp_path / "a.json"
    wrong.write_text('{"objett": "Tonte"}', encoding="utf-8")
    sound.write_text(json.dumps(SOUND), encoding="utf-8")
    code, data = checked(capsys, wrong, sound)
    assert isinstance(data, list)
    assert [report["inputs"][0]["path"] for report in data] == [str(wrong), str(sound)]
    for report in data:
        jsonschema.Draft202012Validator(report_schema()).validate(report)
    (piece,) = data[0]["inputs"]
    assert (piece["status"], piece["format"]) == ("unread", "json")
    assert "objett" in piece["reason"]
    assert data[0]["findings"] == []
    assert data[0]["summary"]["not_run"]
    assert code == 3
    _, alone = checked(capsys, wrong)
    assert isinstance(alone, dict)
    assert alone["inputs"] == data[0]["inputs"]


def test_each_piece_of_a_dossier_at_fault_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With ``--ensemble``, one description at fault leaves the others unread too: all are named."""
    wrong, beside = tmp_path / "b.yaml", tmp_path / "rc.txt"
    wrong.write_text("objett: Tonte", encoding="utf-8")
    beside.write_text("Règlement de la consultation", encoding="utf-8")
    _, data = checked(capsys, "--ensemble", wrong, beside)
    assert isinstance(data, dict)
    assert [(piece["path"], piece["status"]) for piece in data["inputs"]] == [
        (str(wrong), "unread"),
        (str(beside), "unread"),
    ]


def test_the_day_that_was_given_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without one, it is supposed."""
    wrong = tmp_path / "b.json"
    wrong.write_text('{"objett": "Tonte"}', encoding="utf-8")
    _, given = checked(capsys, wrong, "--date", "2021-09-15")
    assert isinstance(given, dict)
    assert (given["law_day"]["date"], given["law_day"]["origin"]) == ("2021-09-15", "declared")
    _, supposed = checked(capsys, wrong)
    assert isinstance(supposed, dict)
    assert supposed["law_day"]["origin"] == "assumed"
