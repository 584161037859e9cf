"""Where a dossier ends: trees of names, and what they are cut into."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from dossiers import NOTICE, content_of, plant

from achats_check.batch.discovery import Found, discover
from achats_check.contracts.formats import table_format
from achats_check.errors import NothingToCheckError, UsageError
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary


def found_in(root: Path, *sources: Path) -> Found:
    """Cut a tree."""
    facts = load_vocabulary(rules_root())
    return discover(sources or (root,), root / "resultats", lambda path: table_format(path, facts) is not None)


def names(root: Path, found: Found) -> list[str]:
    """Return the names of the dossiers, from the root on."""
    return [unit.name.removeprefix(f"{root}/") if unit.name != str(root) else "." for unit in found.units]


@pytest.mark.parametrize(
    ("files", "dossiers"),
    [
        (["RC.pdf", "CCAP.pdf"], ["."]),
        (["document1.pdf", "document2.pdf"], ["."]),
        (["RC.pdf", "lots/lot 1/CCTP.pdf", "lots/lot 2/CCTP.pdf", "annexes/plan.pdf"], ["."]),
        (["RC.pdf", "Lot 1/CCAP.pdf", "Lot 2/CCAP.pdf"], ["."]),
        (["RC.pdf", "Gros oeuvre/CCTP.pdf", "Peinture/CCTP.pdf"], ["."]),
        (["1 - Pièces administratives/RC.pdf", "2 - Pièces techniques/CCTP.pdf"], ["."]),
        (["a/RC.pdf", "b/RC.pdf"], ["a", "b"]),
        (["a/rapport.pdf", "b/note.pdf"], ["a", "b"]),
        (["2023/a/RC.pdf", "2023/b/CCAP.pdf", "2024/c/CCTP.pdf"], ["2023/a", "2023/b", "2024/c"]),
        (["DCE 1/RC.pdf", "DCE 2/RC.pdf"], ["DCE 1", "DCE 2"]),
        (["dce/a/RC.pdf", "dce/b/RC.pdf", "guides/guide.pdf"], ["dce/a", "dce/b", "guides"]),
        (["2024-07/DCE/RC.pdf", "2024-07/DCE/CCAP.pdf", "2024-08/DCE/RC.pdf"], ["2024-07", "2024-08"]),
        (["RC.pdf", "avis.xml", "achat.json"], ["."]),
        (["note.pdf", "avis.xml"], ["."]),
        (["avis1.xml", "avis2.xml"], ["avis1.xml", "avis2.xml"]),
        (["avis1.xml", "avis2.xml", "note.pdf"], ["avis1.xml", "avis2.xml"]),
        (
            ["RC.pdf", *(f"avis{n}.xml" for n in range(6))],
            [" (pièces hors des sous-dossiers)", *(f"avis{n}.xml" for n in range(6))],
        ),
        (["99000.json", "110000.json"], ["110000.json", "99000.json"]),
        (["liste.pdf", "a/RC.pdf", "b/RC.pdf"], ["a", "b"]),
        (["RC.pdf", "a/RC.pdf", "b/RC.pdf"], [" (pièces hors des sous-dossiers)", "a", "b"]),
        (["RC.pdf", "a/RC.pdf"], [" (pièces hors des sous-dossiers)", "a"]),
        (["a.zip!/RC.pdf", "a.zip!/CCAP.pdf"], ["a.zip"]),
        (["a.zip!/dossier/RC.pdf"], ["a.zip"]),
        (["a.zip!/x/RC.pdf", "a.zip!/y/RC.pdf"], ["a.zip!/x", "a.zip!/y"]),
        (["a.zip!/x.zip!/RC.pdf", "a.zip!/y.zip!/RC.pdf"], ["a.zip!/x.zip", "a.zip!/y.zip"]),
        (["a.zip!/x.zip!/p/RC.pdf", "a.zip!/x.zip!/q/RC.pdf"], ["a.zip!/x.zip!/p", "a.zip!/x.zip!/q"]),
        (["a.zip!/avis1.xml", "a.zip!/avis2.xml"], ["a.zip!/avis1.xml", "a.zip!/avis2.xml"]),
        (["RC.pdf", "annexes.zip!/plan.pdf"], ["."]),
        (["resultats/dossiers.pdf", "a/RC.pdf", "b/RC.pdf"], ["a", "b"]),
    ],
)
def test_a_tree_is_cut_where_dossiers_end(tmp_path: Path, files: list[str], dossiers: list[str]) -> None:
    """Each tree, with the dossiers that a person would see in it."""
    root = tmp_path / "archive"
    found = found_in(plant(root, files))
    assert names(root, found) == sorted(f"{root}{name}" if name.startswith(" ") else name for name in dossiers)


def test_nothing_found_is_silently_ignored(tmp_path: Path) -> None:
    """What is not audited is named, each with its reason."""
    files = [
        "README.md",
        "INDEX.csv",
        "liste.pdf",
        "schema.xsd",
        "outil.sh",
        "vide/",
        "a/RC.pdf",
        "b/RC.pdf",
        "c/decp.json",
    ]
    root = plant(tmp_path / "archive", [*files, "rien.zip!/"])
    (root / "lien.pdf").symlink_to("/etc/hosts")
    found = found_in(root)
    assert [table.shown for table in found.tables] == [f"{root}/c/decp.json"]
    reasons = {left.path.removeprefix(f"{root}/"): left.reason for left in found.aside}
    assert set(reasons) == {
        "README.md",
        "INDEX.csv",
        "liste.pdf",
        "schema.xsd",
        "outil.sh",
        "vide",
        "rien.zip",
        "lien.pdf",
    }
    assert "schéma" in reasons["schema.xsd"]
    assert "vide" in reasons["vide"]
    assert "vide" in reasons["rien.zip"]
    assert "lien symbolique" in reasons["lien.pdf"]
    assert all(reason.endswith(".") for reason in reasons.values())


def test_a_packed_table_is_a_table(tmp_path: Path) -> None:
    """As gzip makes it from data of contracts; anything else that gzip packs stays an archive that is not opened."""
    root = plant(tmp_path / "archive", ["a/RC.pdf"])
    for name, content in (("decp.json.gz", content_of("decp.json")), ("lettre.txt.gz", b"Bonjour.\n")):
        (root / name).write_bytes(gzip.compress(content))
    (root / "pieces.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + content_of("decp.json"))
    found = found_in(root)
    assert [table.shown for table in found.tables] == [f"{root}/decp.json.gz"]
    assert {Path(left.path).name for left in found.aside} == {"lettre.txt.gz", "pieces.7z"}
    assert all("autre format que .zip" in left.reason for left in found.aside)
    assert [table.shown for table in found_in(root, root / "decp.json.gz").tables] == [f"{root}/decp.json.gz"]


def test_a_schema_of_json_is_no_description(tmp_path: Path) -> None:
    """A published schema lies beside the data it is for."""
    root = plant(tmp_path / "archive", ["a/RC.pdf", "b/RC.pdf"])
    (root / "schema.json").write_text('{"$schema": "http://json-schema.org/draft-07/schema#", "marches": 1}')
    found = found_in(root)
    assert [left.path for left in found.aside] == [f"{root}/schema.json"]


def test_files_given_by_themselves_are_each_a_dossier(tmp_path: Path) -> None:
    """Whatever their names: who gives a file wants it judged."""
    root = plant(tmp_path, ["guide.pdf", "README.txt", "RC.docx", "decp.json"])
    found = found_in(root, *(root / name for name in ("guide.pdf", "README.txt", "RC.docx", "decp.json")))
    assert names(root, found) == ["RC.docx", "README.txt", "guide.pdf"]
    assert [table.path for table in found.tables] == [root / "decp.json"]


def test_what_is_given_twice_is_audited_once(tmp_path: Path) -> None:
    """A folder, and a dossier of it again."""
    root = plant(tmp_path, ["a/RC.pdf", "b/RC.pdf"])
    assert names(root, found_in(root, root, root / "a")) == ["a", "b"]


def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are audited."""
    root, scan = plant(tmp_path, ["a/RC.pdf", "b/RC.pdf", "secret/RC.pdf"]), os.scandir

    def guarded(path: os.PathLike[str]) -> object:
        if Path(path).name == "secret":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = found_in(root)
    assert names(root, found) == ["a", "b"]
    assert [(left.path, left.reason) for left in found.aside] == [
        (f"{root}/secret", "Le dossier n'est pas accessible en lecture.")
    ]


def test_a_damaged_archive_is_a_dossier_that_cannot_be_read(tmp_path: Path) -> None:
    """It held something: it must be in the list of dossiers, not in that of what is nobody's."""
    root = plant(tmp_path, ["a/RC.pdf", "b/RC.pdf"])
    (root / "c.zip").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    assert names(root, found_in(root)) == ["a", "b", "c.zip"]


def test_nothing_to_audit_is_an_error_that_says_what_was_seen(tmp_path: Path) -> None:
    """An empty folder, or one of what is nobody's piece."""
    with pytest.raises(NothingToCheckError, match="vide"):
        found_in(plant(tmp_path / "rien", ["x/"]))
    with pytest.raises(NothingToCheckError, match=r"outil\.sh"):
        found_in(plant(tmp_path / "autre", ["outil.sh"]))
    with pytest.raises(UsageError, match="ni fichier, ni dossier"):
        found_in(tmp_path, tmp_path / "absent")


def test_a_deep_tree_stops_where_a_check_stops(tmp_path: Path) -> None:
    """Folders within folders have the limit of a check."""
    root = plant(tmp_path / "a", ["x/RC.pdf", "y/RC.pdf", f"{'p/' * 22}RC.pdf"])
    found = found_in(root)
    assert names(root, found) == ["x", "y"]
    assert any("profondeur" in left.reason for left in found.aside)


def test_notices_are_known_by_their_content(tmp_path: Path) -> None:
    """Whatever the extension says."""
    root = plant(tmp_path, ["a/RC.pdf", "b/RC.pdf"])
    (root / "avis").mkdir()
    for number in range(3):
        (root / "avis" / f"{number}.txt").write_bytes(NOTICE)
    assert names(root, found_in(root)) == ["a", "avis/0.txt", "avis/1.txt", "avis/2.txt", "b"]


def test_the_results_of_another_audit_are_no_dossiers(tmp_path: Path) -> None:
    """Last year's results, kept among the archives, are left aside by name; those of this audit are not told."""
    root = plant(tmp_path / "archive", ["a/RC.pdf", "b/RC.pdf"])
    for results in ("resultats", "2025"):
        (root / results / "reprise").mkdir(parents=True)
        (root / results / "reprise" / "journal.jsonl").write_bytes(b"{}\n")
        (root / results / "dossiers.jsonl").write_bytes(b"{}\n")
    found = found_in(root)
    assert names(root, found) == ["a", "b"]
    assert [left.path for left in found.aside] == [f"{root}/2025"]
    assert "résultats d'un audit" in found.aside[0].reason
