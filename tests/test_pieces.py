"""A dossier of several pieces: one consultation in folders and archives, several roles, several formats."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordFile

from achats_check import check
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ABSENT, CONFLICT, KNOWN, UNKNOWN
from achats_check.model.report import InputPiece, Report

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
RC = (
    "Règlement de la consultation",
    "Article 1 Objet",
    "La consultation a pour objet l'entretien des espaces verts.",
    "Le marché est passé selon une procédure adaptée.",
    "Le marché est conclu pour une durée de 48 mois.",
)
CCAP = (
    "Cahier des clauses administratives particulières",
    "Le titulaire est soumis aux pénalités prévues au présent cahier en cas de retard.",
    "Le délai global de paiement est de 30 jours.",
)
CCTP = ("Cahier des clauses techniques particulières", "Le titulaire tond les pelouses de chaque lycée.")
AE = ("Acte d'engagement", "Le signataire s'engage à exécuter les prestations.")
INSERTION = "Le titulaire réserve 500 heures de travail à une action d'insertion sociale et professionnelle."


def word(path: Path, *texts: str) -> Path:
    """Write a Word file of paragraphs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = WordFile()
    for text in texts:
        made.add_paragraph(text)
    made.save(str(path))
    return path


def pdf(path: Path, *texts: str) -> Path:
    """Write a PDF of lines."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    path.parent.mkdir(parents=True, exist_ok=True)
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(str(path), invariant=1).build([Paragraph(text, style) for text in texts])
    return path


def packed(folder: Path, path: Path) -> Path:
    """Put a folder in an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder.parent))
    return path


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Return a dossier in folders."""
    folder = tmp_path / "DCE"
    word(folder / "1 - administratif" / "RC.docx", *RC)
    word(folder / "1 - administratif" / "CCAP.docx", *CCAP)
    word(folder / "2 - technique" / "CCTP.docx", *CCTP)
    word(folder / "3 - offre" / "AE.docx", *AE)
    return folder


def inputs(report: Report) -> dict[str, InputPiece]:
    """Return what was given by file name."""
    return {Path(piece.path).name: piece for piece in report.inputs}


def status(report: Report, name: str) -> str:
    """Return the status of a fact of the market."""
    fact = report.facts.get(name)
    assert fact is not None
    return fact.status


def test_a_folder_and_its_archive_are_one_dossier(dossier: Path, tmp_path: Path, book: Rulebook) -> None:
    """The same pieces in folders, in an archive, and in an archive of archives give the same facts and findings."""
    flat = check(dossier, today=TODAY, rules=book)
    once = packed(dossier, tmp_path / "dossier.zip")
    outer = tmp_path / "plateforme.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(once, "dossier.zip")
    for path, start in ((once, f"{once}!/DCE/"), (outer, f"{outer}!/dossier.zip!/DCE/")):
        report = check(path, today=TODAY, rules=book)
        assert [(f.rule, f.verdict, f.scope) for f in report.findings] == [
            (f.rule, f.verdict, f.scope) for f in flat.findings
        ]
        assert all(piece.path.startswith(start) for piece in report.inputs)
    assert {name: piece.role for name, piece in inputs(flat).items()} == {
        "RC.docx": "RC",
        "CCAP.docx": "CCAP",
        "CCTP.docx": "CCTP",
        "AE.docx": "AE",
    }


def test_a_side_file_within(dossier: Path, tmp_path: Path, book: Rulebook) -> None:
    """What the buyer states lies among the pieces, in a folder and in an archive; what lies nearest the root wins."""
    (dossier / "3 - offre" / "achats-check.yaml").write_text("duree_mois: 12\nalloti: non\n", encoding="utf-8")
    (dossier / "achats-check.yaml").write_text("duree_mois: 24\n", encoding="utf-8")
    for path in (dossier, packed(dossier, tmp_path / "d.zip")):
        report = check(path, today=TODAY, rules=book)
        stated = [report.facts.get(name) for name in ("duree_mois", "alloti")]
        assert [fact and fact.value for fact in stated] == [24, False]
        assert "achats-check.yaml" not in inputs(report)


def test_a_stray_data_file_is_not_the_buyer_s_description(dossier: Path, book: Rulebook) -> None:
    """A platform leaves data files in a dossier; they do not stop the check, and are told."""
    (dossier / "plateforme.json").write_text('{"version": 3, "fichiers": []}', encoding="utf-8")
    report = check(dossier, today=TODAY, rules=book)
    assert inputs(report)["plateforme.json"].status == "unread"
    assert "n'est pas une description d'achat" in inputs(report)["plateforme.json"].reason
    assert report.findings


def test_an_annex_proves_nothing_of_its_piece(dossier: Path, book: Rulebook) -> None:
    """Without the CCAP itself, its annex is read and nothing is said absent; with it, its clause counts."""
    ccap = dossier / "1 - administratif" / "CCAP.docx"
    assert status(check(dossier, today=TODAY, rules=book), "social.insertion") == ABSENT
    annex = word(dossier / "CCAP - annexe 1.docx", "Annexe n° 1 au CCAP", "Clause sociale", INSERTION)
    report = check(dossier, today=TODAY, rules=book)
    fact = report.facts.get("social.insertion")
    assert fact is not None
    assert (fact.value, fact.evidence[0].piece) == (True, "annexe au CCAP")
    word(annex, "Annexe n° 1 au CCAP", "Liste des lycées")
    ccap.unlink()
    report = check(dossier, today=TODAY, rules=book)
    assert inputs(report)["CCAP - annexe 1.docx"].role == "ANNEXE"
    assert status(report, "social.insertion") == UNKNOWN


def test_an_unread_annex_leaves_its_piece_open(dossier: Path, book: Rulebook) -> None:
    """A scanned annex of the CCAP may hold the clause that the CCAP does not."""
    (dossier / "CCAP annexe 2 insertion.pdf").write_bytes(b"%PDF-1.4 rien")
    report = check(dossier, today=TODAY, rules=book)
    assert status(report, "social.insertion") == UNKNOWN
    assert any("le CCAP dans un format lisible" in resolution.advice for resolution in report.resolutions)


def test_an_unread_piece_of_no_known_role_may_hold_anything(dossier: Path, book: Rulebook) -> None:
    """A plan holds no clause; a file that nothing names and nobody could read may."""
    (dossier / "plan.dwg").write_bytes(b"AC1027")
    assert status(check(dossier, today=TODAY, rules=book), "prix.revisable") == ABSENT
    (dossier / "piece 7.pdf").write_bytes(b"%PDF-1.4 rien")
    report = check(dossier, today=TODAY, rules=book)
    assert status(report, "prix.revisable") == UNKNOWN
    assert any("et les pièces qui n'ont pas pu être lues" in resolution.advice for resolution in report.resolutions)


def test_an_unknown_piece_may_hold_the_clause(dossier: Path, book: Rulebook) -> None:
    """A clause in a piece that nothing attaches to the contract is quoted, and keeps it from being said absent."""
    assert status(check(dossier, today=TODAY, rules=book), "prix.revisable") == ABSENT
    word(dossier / "Engagements.docx", "Engagements du titulaire", "Les prix sont révisables chaque année.")
    fact = check(dossier, today=TODAY, rules=book).facts.get("prix.revisable")
    assert fact is not None
    assert (fact.status, fact.value) == (UNKNOWN, None)
    assert fact.search is not None
    assert fact.search.nearest is not None
    assert fact.search.nearest.document.endswith("Engagements.docx")


def test_a_piece_that_serves_as_several(tmp_path: Path, book: Rulebook) -> None:
    """An AE that is the CCAP too stands for both, and is searched as both."""
    word(tmp_path / "RC.docx", *RC)
    word(tmp_path / "CCTP.docx", *CCTP)
    both = "Acte d'engagement valant cahier des clauses administratives particulières"
    word(tmp_path / "AE.docx", both, *AE[1:], *CCAP[1:])
    report = check(tmp_path, today=TODAY, rules=book)
    piece = inputs(report)["AE.docx"]
    assert (piece.role, piece.also) == ("AE", ("CCAP",))
    assert status(report, "social.insertion") == ABSENT
    word(tmp_path / "AE.docx", both, *AE[1:], *CCAP[1:], "La retenue de garantie est de 5 % du montant du marché.")
    assert status(check(tmp_path, today=TODAY, rules=book), "retenue_garantie_taux") == KNOWN


def test_pieces_of_some_lots_only(dossier: Path, book: Rulebook) -> None:
    """The CCTP of one lot says nothing of the others; those of all the lots do."""
    (dossier / "2 - technique" / "CCTP.docx").unlink()
    rc = dossier / "1 - administratif" / "RC.docx"
    word(rc, *RC, "La consultation est décomposée en 2 lots.", "Lot n° 1 : tonte", "Lot n° 2 : taille")
    word(dossier / "CCTP lot 1.docx", f"{CCTP[0]} lot n° 1 : tonte", CCTP[1])
    report = check(dossier, today=TODAY, rules=book)
    assert inputs(report)["CCTP lot 1.docx"].lots == ("1",)
    assert status(report, "social.insertion") == ABSENT
    assert status(report, "environnement.condition_execution") == UNKNOWN
    assert any(resolution.advice == "Fournir le CCTP du lot 2" for resolution in report.resolutions)
    word(dossier / "CCTP lot 2.docx", f"{CCTP[0]} lot n° 2 : taille", CCTP[1].replace("tond", "taille"))
    assert status(check(dossier, today=TODAY, rules=book), "environnement.condition_execution") == ABSENT


def test_the_same_file_twice_is_read_once(dossier: Path, book: Rulebook) -> None:
    """A copy adds no witness, and is told."""
    copy = dossier / "copie de RC.docx"
    copy.write_bytes((dossier / "1 - administratif" / "RC.docx").read_bytes())
    report = check(dossier, today=TODAY, rules=book)
    fact = report.facts.get("duree_mois")
    assert fact is not None
    assert (fact.value, len(fact.evidence)) == (48, 1)
    told = [piece for piece in report.inputs if "même contenu" in piece.reason]
    assert [(piece.role, piece.status) for piece in told] == [("RC", "read")]
    assert any("lu une seule fois" in note for note in report.notes)


def test_one_piece_in_two_formats(dossier: Path, book: Rulebook) -> None:
    """A Word file and its PDF are one witness where they agree; where they differ, it is a contradiction."""
    folder = dossier / "1 - administratif"
    long = [*RC, *(f"Le candidat remet la pièce numéro {rank} de son offre." for rank in range(20))]
    word(folder / "RC.docx", *long)
    pdf(folder / "RC.pdf", *long)
    fact = check(dossier, today=TODAY, rules=book).facts.get("duree_mois")
    assert fact is not None
    assert (fact.status, [Path(e.document).name for e in fact.evidence]) == (KNOWN, ["RC.docx"])
    pdf(folder / "RC.pdf", *(text.replace("48 mois", "36 mois") for text in long))
    fact = check(dossier, today=TODAY, rules=book).facts.get("duree_mois")
    assert fact is not None
    assert fact.status == CONFLICT
    assert {(e.value, e.piece) for e in (*fact.evidence, *fact.rivals)} == {(48, ""), (36, "RC, version PDF")}


def test_two_pieces_of_one_name(dossier: Path, book: Rulebook) -> None:
    """The passages of two CCTP say which one they are of."""
    word(
        dossier / "lot A" / "CCTP.docx",
        *CCTP,
        "La durée du marché est de 36 mois.",
    )
    report = check(dossier, today=TODAY, rules=book)
    pieces = {e.piece for f in report.facts for e in (*f.evidence, *f.rivals) if e.role == "CCTP"}
    assert pieces == {"CCTP «\u00a0lot A/CCTP.docx\u00a0»"}


def test_blank_forms_state_nothing(dossier: Path, book: Rulebook) -> None:
    """A candidate's form, and the general clauses of the State, are named and no fact is read in them."""
    word(dossier / "DC2.docx", "DC2 – Déclaration du candidat", INSERTION)
    word(dossier / "CCAG-FCS.docx", "Cahier des clauses administratives générales (CCAG-FCS)", INSERTION)
    report = check(dossier, today=TODAY, rules=book)
    assert inputs(report)["DC2.docx"].role == "CANDIDATURE"
    assert inputs(report)["CCAG-FCS.docx"].role == "CCAG"
    assert status(report, "social.insertion") == ABSENT


def test_the_order_of_reading_changes_nothing(dossier: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read one at a time or several, by forks or by programs, the report is the same."""
    from achats_check.readers import isolation

    for rank in (1, 2, 3):
        title = f"Annexe n° {rank} au CCTP"
        pdf(dossier / f"{title}.pdf", title, "Liste des lycées " * (4 - rank))
    found = []
    for slots, fork in ((1, True), (3, True), (2, False)):
        monkeypatch.setattr(isolation, "_slots", lambda size, slots=slots: slots)
        monkeypatch.setattr(isolation, "can_fork", lambda fork=fork: fork)
        found.append(check(dossier, today=TODAY, rules=book))
    assert found[0].inputs == found[1].inputs == found[2].inputs
    assert list(found[0].facts) == list(found[1].facts) == list(found[2].facts)


# --- The command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Return the command, run in this process on a narrow terminal."""
    from achats_check.cli import main

    monkeypatch.setenv("COLUMNS", "80")

    def call(*words: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        assert isinstance(ended.value.code, int)
        return ended.value.code, capsys.readouterr().out.replace("\u00a0", " ")

    return call


def test_the_list_of_pieces(
    dossier: Path, run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each piece with its role, why, and what became of it; then what is not there; within the width."""
    long_name = "pièce sans nature reconnue de l'établissement principal et de ses abords.abc"
    (dossier / "2 - technique" / long_name).write_bytes(b"\0AC1027" + b"\xff" * 90)
    (dossier / "2 - technique" / "niveau 1.dwg").write_bytes(b"\0AC1027" + b"\xfe" * 90)
    monkeypatch.chdir(dossier.parent)
    code, out = run("pieces", "DCE")
    assert code == 3
    assert max(map(len, out.splitlines())) <= 80
    lines = out.splitlines()
    assert lines[0] == "DCE — 6 pièces : 4 lues, 2 non lues"
    assert lines[1].split() == ["✓", "RC", "docx", "1", "-", "administratif/RC.docx"]
    assert lines[2].strip() == "titre « Règlement de la consultation »"
    assert "Non lu : Le format du fichier n'est pas reconnu." in out
    assert "Non fourni : avis d'appel à la concurrence (AAPC) et pièce financière" in out


def test_the_list_of_pieces_as_data(dossier: Path, run: Callable[..., tuple[int, str]]) -> None:
    """The same, for programs."""
    code, out = run("pieces", packed(dossier, dossier.parent / "d.zip"), "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert data["missing_roles"] == ["AAPC", "PRIX"]
    assert [piece["role"] for piece in data["inputs"]] == ["CCAP", "RC", "CCTP", "AE"]
    assert all(piece["role_ground"] for piece in data["inputs"])


def test_files_apart_and_together(dossier: Path, run: Callable[..., tuple[int, str]]) -> None:
    """Several files are a check each, unless they are said to be one dossier."""
    files = sorted(dossier.rglob("*.docx"))
    _, apart = run(*files, "--format", "json")
    _, together = run(*files, "--ensemble", "--format", "json")
    assert [len(report["inputs"]) for report in json.loads(apart)] == [1, 1, 1, 1]
    assert len(json.loads(together)["inputs"]) == 4


def test_a_sample_as_an_archive(tmp_path: Path, book: Rulebook) -> None:
    """The sample dossier, zipped as a platform does, gives the findings of its folder."""
    folder = ROOT / "samples" / "espaces-verts"
    zipped = packed(folder, tmp_path / "espaces-verts.zip")
    one, other = (check(path, today=TODAY, rules=book) for path in (folder, zipped))
    assert [(f.rule, f.scope, f.verdict, f.message) for f in one.findings] == [
        (f.rule, f.scope, f.verdict, f.message) for f in other.findings
    ]


def test_many_unread_pieces_are_told_together(dossier: Path, run: Callable[..., tuple[int, str]]) -> None:
    """Twelve drawings are one line of the report."""
    for rank in range(12):
        (dossier / f"plan {rank:02}.dwg").write_bytes(b"\0AC1027" + bytes([rank]) * 90)
    _, out = run(dossier)
    told = out.partition("\n\n")[0]
    assert told.count("Non lu") == 1
    assert "et 9 autres" in told
