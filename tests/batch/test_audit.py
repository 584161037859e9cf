"""A whole audit: the same output whoever does it, resumed without redoing or losing anything."""

from __future__ import annotations

import errno
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from dossiers import RC, SAMPLES, archive_of_dossiers, files_of

from achats_check.auditing import Audited, Options, run_audit
from achats_check.dossier import check
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.synthesis import Table

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of dossiers."""
    return archive_of_dossiers(tmp_path_factory.mktemp("archive") / "archive")


@pytest.fixture(scope="module")
def reference(archive: Path, isolated_environment: None) -> tuple[Audited, Path]:
    """Return an audit of it by one process."""
    results = archive.parent / "reference"
    return run(archive, results, processes=1), results


def run(archive: Path, results: Path, **options: object) -> Audited:
    """Audit a folder."""
    return run_audit([archive], results, today=TODAY, **{"processes": 2, **options})  # type: ignore[arg-type]


def rows(results: Path, name: str) -> list[dict[str, object]]:
    """Return the rows of a file of results."""
    return [json.loads(line) for line in (results / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_output_does_not_depend_on_who_does_it(
    archive: Path, reference: tuple[Audited, Path], tmp_path: Path
) -> None:
    """One process or three: the same bytes, and the same synthesis."""
    audited = run(archive, tmp_path / "r", processes=3)
    assert files_of(tmp_path / "r") == files_of(reference[1])
    assert audited.synthesis == reference[0].synthesis


def test_a_dossier_is_judged_as_by_a_check(archive: Path, reference: tuple[Audited, Path]) -> None:
    """The same facts and verdicts, for pieces, PDF included, and in an archive of dossiers."""
    _, results = reference
    dossiers = {row["path"]: row for row in rows(results, "dossiers")}
    findings = rows(results, "constats")
    for name in ("espaces-verts", "travaux", "avis.xml", "achat.json"):
        report = check(archive / name, today=TODAY)
        path = str(archive / name)
        told = [(f["rule"], f["scope_id"], f["verdict"], f["message"]) for f in findings if f["dossier"] == path]
        kept = [f for f in report.findings if f.verdict != "sans_objet"]
        assert sorted(told) == sorted((f.rule, f.scope.id, f.verdict, f.message) for f in kept)
        assert dossiers[path]["law_day"] == report.law_day.date.isoformat()
    (tmp := archive.parent / "2021").mkdir()
    (tmp / "CCAP.txt").write_text("Délai de paiement : 45 jours.", encoding="utf-8")
    (tmp / "RC.docx").write_bytes(RC)
    inside = dossiers[f"{archive}/anciens.zip!/2021"]
    assert inside["pieces_read"] == 2
    assert inside["a_verifier"] == len(check(tmp, today=TODAY).by_verdict("a_verifier"))


def test_the_two_forms_of_the_results_say_the_same(reference: tuple[Audited, Path]) -> None:
    """JSON Lines and Parquet have the same rows and columns."""
    for name in ("dossiers", "constats", "faits", "ecartes"):
        lines = rows(reference[1], name)
        table = pq.read_table(reference[1] / f"{name}.parquet")
        plain = [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in table.to_pylist()]
        assert plain == lines
        assert all(list(row) == table.column_names for row in lines)


def test_consultations_are_rows_of_the_generic_table(
    archive: Path, reference: tuple[Audited, Path], book: object
) -> None:
    """The rules in columns take the file as it is; the first columns are those of all tables."""
    from achats_check.columns.table_audit import ParquetAudit

    file = reference[1] / "consultations.parquet"
    table = pq.read_table(file)
    assert table.column_names[:3] == ["uid", "source", "rang"]
    by_uid = {row["uid"]: row for row in table.to_pylist()}
    green = by_uid[str(archive / "espaces-verts")]
    assert (green["valeur_estimee_ht"], green["type"], green["nombre_lots"]) == (320000.0, "services", 4)
    assert green["acheteur.categorie"] == "region"
    assert set(by_uid) == {row["path"] for row in rows(reference[1], "dossiers")}
    counts = ParquetAudit(book, today=TODAY, rules=["clause-sociale-seuils-ue"]).counts(file)  # type: ignore[arg-type]
    assert sum(number for *_, number in counts) == len(by_uid)


def test_resuming_redoes_what_changed_only(archive: Path, reference: tuple[Audited, Path], tmp_path: Path) -> None:
    """One dossier changed, one added, one removed, and the result of an audit from nothing."""
    tree, results = tmp_path / "archive", tmp_path / "r"
    shutil.copytree(archive, tree)
    first = run(tree, results)
    assert first.resumed == 0
    (tree / "2026-00" / "achats-check.yaml").write_text("objet: Autre achat\n", encoding="utf-8")
    shutil.rmtree(tree / "2026-01")
    (tree / "2026-99").mkdir()
    (tree / "2026-99" / "RC.docx").write_bytes(RC)
    again = run(tree, results, resume=True)
    assert (again.resumed, len(again.tally.rows)) == (len(first.tally.rows) - 2, len(first.tally.rows))
    fresh = run(tree, tmp_path / "neuf")
    assert files_of(results) == files_of(tmp_path / "neuf")
    assert again.synthesis == fresh.synthesis


def test_a_cut_journal_is_told_and_mended(archive: Path, reference: tuple[Audited, Path], tmp_path: Path) -> None:
    """Half a line at the end: its dossier is done again."""
    results = tmp_path / "r"
    shutil.copytree(reference[1], results)
    journal = results / "reprise" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-100])
    again = run(archive, results, resume=True)
    assert (again.dropped, again.resumed) == (1, len(again.tally.rows) - 1)
    assert files_of(results) == files_of(reference[1])


def test_the_day_of_the_audit_is_kept_by_who_resumes_it(
    archive: Path, reference: tuple[Audited, Path], tmp_path: Path
) -> None:
    """Stopped at night and resumed in the morning, an audit is still one; another day is said."""
    results, tomorrow = tmp_path / "r", date(2026, 11, 22)
    shutil.copytree(reference[1], results)
    kept = run_audit([archive], results, today=tomorrow, resume=True, processes=2)
    assert (kept.synthesis.today, kept.resumed) == (TODAY, kept.synthesis.sections and len(kept.tally.rows))
    moved = run_audit([archive], results, today=tomorrow, same_day=False, resume=True, processes=2)
    assert (moved.synthesis.today, moved.resumed) == (tomorrow, 0)


def test_results_are_never_overwritten_by_mistake(
    archive: Path, reference: tuple[Audited, Path], tmp_path: Path
) -> None:
    """A folder that holds an audit, or anything else, is refused."""
    with pytest.raises(UsageError, match="contient déjà un audit"):
        run(archive, reference[1])
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"autre chose qu'un audit \(photo.jpg\)"):
        run(archive, tmp_path)
    with pytest.raises(UsageError, match="c'est un fichier"):
        run(archive, tmp_path / "photo.jpg")


def test_two_audits_do_not_write_in_one_folder(archive: Path, tmp_path: Path) -> None:
    """The second is refused while the first runs."""
    from achats_check.batch.folder import ResultsFolder

    with ResultsFolder(tmp_path / "r", resume=False), pytest.raises(UsageError, match="un autre audit"):
        run(archive, tmp_path / "r")


def test_a_disk_that_fills_up_while_results_are_written_leaves_the_former_ones(
    archive: Path, reference: tuple[Audited, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never half a file; and the same command goes on once there is room."""
    results = tmp_path / "r"
    shutil.copytree(reference[1], results)

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("achats_check.batch.parquet._File.write", full)
        with pytest.raises(UsageError, match="le disque est plein"):
            run(archive, results, resume=True, options=Options(declared={"type": "services"}))
    assert files_of(results) == files_of(reference[1])
    assert run(archive, results, resume=True, options=Options(declared={"type": "services"})).resumed > 0


def test_wrong_options_are_told_before_anything_is_written(archive: Path, tmp_path: Path) -> None:
    """A fact that does not exist, before hours of work."""
    with pytest.raises(UsageError, match="n'est pas un fait connu"):
        run(archive, tmp_path / "r", options=Options(declared={"objte": "x"}))
    assert not (tmp_path / "r").exists()


def test_a_dossier_that_cannot_be_read_is_a_result(tmp_path: Path) -> None:
    """A damaged archive, an empty folder of pieces, a file that is no description."""
    tree = tmp_path / "archive"
    shutil.copytree(SAMPLES / "prix-seul", tree / "bon")
    (tree / "mauvais.zip").write_bytes(b"PK\x03\x04" + b"\0" * 300)
    (tree / "autre.json").write_text('{"bonjour": 1}', encoding="utf-8")
    run(tree, tmp_path / "r")
    found = {Path(str(row["path"])).name: row for row in rows(tmp_path / "r", "dossiers")}
    assert {name: row["status"] for name, row in found.items()} == {
        "bon": "judged",
        "mauvais.zip": "unread",
        "autre.json": "unread",
    }
    assert "Ce n'est pas une description" in str(found["autre.json"]["reason"])
    assert "endommagée" in json.dumps(found["mauvais.zip"]["inputs"], ensure_ascii=False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_among_the_pieces_does_not_hang(tmp_path: Path) -> None:
    """Nor when the dossier is known again by its content."""
    dossier = tmp_path / "archive"
    shutil.copytree(SAMPLES / "prix-seul", dossier)
    os.mkfifo(dossier / "tuyau")
    assert run(dossier, tmp_path / "r").tally.count(status="judged") == 1
    assert run(dossier, tmp_path / "r", resume=True).resumed == 1


def test_what_would_settle_doubts_says_what_to_write(reference: tuple[Audited, Path], book: Rulebook) -> None:
    """« Préciser : sourcing préalable » told to write in a side file, and not under which name."""
    blocks = [block for section in reference[0].synthesis.sections for block in section.blocks]
    (table,) = [block for block in blocks if isinstance(block, Table) and block.name == "doutes"]
    asked = [str(row[0]) for row in table.rows if str(row[0]).startswith("Préciser")]
    assert asked
    assert {text.rpartition(" (")[2].rstrip(")") for text in asked} <= set(book.vocabulary)
    assert not [row for row in table.rows if "--" in str(row[0])]
