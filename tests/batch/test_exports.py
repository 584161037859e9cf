"""Exports of the BOAMP that hold many notices: cut by an audit, refused by a check with what to do."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from test_cutting import found_in

from achats_check.auditing import Options, run_audit
from achats_check.batch.units import Unit, key_of
from achats_check.cli import main
from achats_check.readers.collecting import Collection
from achats_check.readers.notices.exports import notices_in

AUDITED = date(2026, 11, 21)


def record(number: str, title: str) -> dict[str, Any]:
    """One notice as the open data give it, its number first."""
    nature = {"intitule": title, "typeMarche": {"services": ""}, "description": "Tonte. " * 2_000}
    data = {"FNSimple": {"organisme": {"nomOfficiel": "Commune"}, "initial": {"natureMarche": nature}}}
    return {"idweb": number, "donnees": json.dumps(data), "dateparution": "2026-09-11", "nomacheteur": "Commune"}


RECORDS = [record("26-1", "Entretien du parc"), record("26-10", "Entretien du stade"), record("26-1", "Nettoyage")]
SHAPES = {
    "list": json.dumps(RECORDS),
    "results": json.dumps({"total_count": 3, "results": RECORDS}),
    "fields": json.dumps([{"record": {"fields": item}} for item in RECORDS]),
    "lines": "\n".join(json.dumps(item) for item in RECORDS),
}
NAMES = ("26-1.json", "26-10.json", "26-1-3.json")


@pytest.mark.parametrize("shape", SHAPES)
def test_each_notice_of_an_export_is_a_dossier(shape: str, tmp_path: Path) -> None:
    """Whatever the shape of the file, given by itself or found in a folder."""
    export = tmp_path / "archive" / "boamp.json"
    export.parent.mkdir()
    export.write_text(SHAPES[shape], encoding="utf-8")
    wanted = sorted(f"{export}!/{name}" for name in NAMES)
    for sources in [(export,), (export.parent,)]:
        found = found_in(tmp_path, *sources)
        assert [unit.name for unit in found.units] == wanted
        assert not found.aside


def test_no_notice_of_an_export_takes_the_name_of_another(tmp_path: Path) -> None:
    """A number that ends as a rank does must not lose a notice."""
    numbers = ["26-1-3", "26-1", "26-1", "", "", "4", "26-1-3"]
    (tmp_path / "boamp.json").write_text(json.dumps([record(n, f"Achat {n}") for n in numbers]), encoding="utf-8")
    assert len(notices_in(tmp_path / "boamp.json")) == len(numbers)


def test_an_export_is_judged_notice_by_notice(tmp_path: Path) -> None:
    """Each by its own data; the one whose number begins another's takes nothing of it."""
    export = tmp_path / "boamp.json"
    export.write_text(SHAPES["results"], encoding="utf-8")
    audited = run_audit([str(export)], str(tmp_path / "resultats"), today=AUDITED, options=Options(), processes=1)
    told = {row["path"].rpartition("!/")[2]: (row["status"], row["object"]) for row in audited.tally.rows}
    assert told == {
        "26-1.json": ("judged", "Entretien du parc"),
        "26-10.json": ("judged", "Entretien du stade"),
        "26-1-3.json": ("judged", "Nettoyage"),
    }


def test_a_notice_that_changes_is_done_again_alone(tmp_path: Path) -> None:
    """The key of a notice is that of its own record."""
    export = tmp_path / "boamp.json"
    units = [Unit(f"{export}!/{name}", (str(export),), (f"{export}!/{name}",)) for name in NAMES]
    export.write_text(json.dumps(RECORDS), encoding="utf-8")
    before = [key_of(unit, "") for unit in units]
    export.write_text(json.dumps([*RECORDS[:2], record("26-1", "Nettoyage des vitres")]), encoding="utf-8")
    after = [key_of(unit, "") for unit in units]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, True, False]
    (tmp_path / "achats-check.yaml").write_text("type: services\n", encoding="utf-8")
    stated = [key_of(unit, "") for unit in units]
    (tmp_path / "achats-check.yaml").write_text("type: travaux\n", encoding="utf-8")
    assert not set(stated) & {key_of(unit, "") for unit in units}


def test_a_check_says_what_to_do_with_an_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dossier is one consultation."""
    export = tmp_path / "boamp.json"
    export.write_text(SHAPES["lines"], encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main([str(export)])
    assert ended.value.code == 3
    err = capsys.readouterr().err
    assert "contient 3 avis" in err
    assert "achats-check audit FICHIER --sortie resultats/" in err


def test_one_notice_is_no_export(tmp_path: Path) -> None:
    """It keeps its own name."""
    alone = tmp_path / "boamp.json"
    alone.write_text(json.dumps([RECORDS[0]]), encoding="utf-8")
    assert [unit.name for unit in found_in(tmp_path, alone).units] == [str(alone)]


def test_an_export_that_is_gone_is_told(tmp_path: Path) -> None:
    """It may be taken away between the day it was found and the moment it is read."""
    with Collection("achats-check.yaml", (f"{tmp_path / 'gone.json'}!/26-1.json",)) as collection:
        collection.add([tmp_path / "gone.json"])
    assert [piece.path for piece in collection.unread] == [str(tmp_path / "gone.json")]


def test_a_long_export_is_read_in_proportion(tmp_path: Path) -> None:
    """Each notice is found by its name, and not by looking at all the others."""
    export = tmp_path / "boamp.json"
    export.write_text("\n".join(f'{{"idweb": "26-{rank}"}}' for rank in range(20_000)), encoding="utf-8")
    begun = process_time()
    for rank in range(200):
        key_of(Unit("x", (str(export),), (f"{export}!/26-{rank}.json",)), "")
    assert process_time() - begun < 1.5
