"""A dossier that an archive holds twice is judged twice, named, and its faults are told once."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from dossiers import SAMPLES

from achats_check.auditing import Audited, run_audit
from achats_check.batch.twins import Twins, likeness_of
from achats_check.dossier import check
from achats_check.model.synthesis import Card, Figure, Table
from achats_check.tender import Tender

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, isolated_environment: None) -> tuple[Audited, Path]:
    """Return the audit of an archive that holds a dossier, its zip under another name, and two other dossiers."""
    root = tmp_path_factory.mktemp("twins")
    archive = root / "archive"
    shutil.copytree(SAMPLES / "prix-seul", archive / "2024-12")
    (archive / "zips").mkdir()
    with ZipFile(archive / "zips" / "export.zip", "w") as zipped:
        zipped.write(SAMPLES / "prix-seul" / "RC.docx", "DCE/RC.docx")
    shutil.copytree(SAMPLES / "sain", archive / "sain")
    shutil.copytree(SAMPLES / "prix-seul", archive / "tranche")
    (archive / "tranche" / "achats-check.yaml").write_text("duree_mois: 12\n", encoding="utf-8")
    return run_audit([archive], root / "r", today=TODAY, processes=1), root


def test_copies_are_named(audited: tuple[Audited, Path]) -> None:
    """The second in the order of the names repeats the first; what one fact tells apart repeats none."""
    _, root = audited
    lines = (root / "r" / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()
    told = {Path(row["path"]).name: row["same_as"] for row in map(json.loads, lines)}
    first = str(root / "archive" / "2024-12")
    assert told == {"2024-12": None, "export.zip": first, "sain": None, "tranche": None}


def test_the_synthesis_says_so_and_tells_their_faults_once(audited: tuple[Audited, Path]) -> None:
    """A figure, a table of pairs, no second card."""
    blocks = [block for section in audited[0].synthesis.sections for block in section.blocks]
    (figure,) = [b for b in blocks if isinstance(b, Figure) and b.label == "dossiers qui en répètent un autre"]
    (table,) = [b for b in blocks if isinstance(b, Table) and b.name == "dossiers-en-double"]
    assert (figure.value, len(table.rows)) == (1, 1)
    assert not [b for b in blocks if isinstance(b, Card) and "export.zip" in b.where]
    assert [b for b in blocks if isinstance(b, Card) and "2024-12" in b.where]


def test_what_says_nothing_is_like_nothing() -> None:
    """Two purchases of which nothing is known are not the same one."""
    assert likeness_of(check(Tender(type="services"), today=TODAY)) == ""
    twins = Twins()
    assert [twins.first_of(name, "") for name in "ab"] == ["", ""]


def test_the_place_of_files_does_not_count() -> None:
    """The same words under another name are the same purchase; other words are not."""
    one, same = (Tender(objet="Tonte", type="services", name=name) for name in ("a.json", "b.json"))
    likeness = likeness_of(check(one, today=TODAY))
    assert likeness == likeness_of(check(same, today=TODAY))
    assert likeness != likeness_of(check(Tender(objet="Tonte", type="travaux"), today=TODAY))
