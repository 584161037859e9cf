"""One dossier, end to end: what is read, declared and merged, the day of the law, what could not be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordFile

from achats_check import check
from achats_check.law.evaluate import PORTFOLIO
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ACHETEUR, CONFLICT, DECLARED, DERIVED, EXTRACTED, MARCHE, Scope
from achats_check.model.report import Report
from achats_check.tender import Tender

TODAY = date(2026, 11, 21)
RC = (
    "Règlement de la consultation",
    "La consultation a pour objet l'entretien des espaces verts.",
    "Le marché est passé selon une procédure adaptée.",
    "Le marché est conclu pour une durée de 48 mois.",
)
CCAP = ("Cahier des clauses administratives particulières", "La durée du marché est de 36 mois.")


def word(path: Path, texts: tuple[str, ...]) -> Path:
    """Write a Word file of paragraphs."""
    made = WordFile()
    for text in texts:
        made.add_paragraph(text)
    made.save(str(path))
    return path


def verdict(report: Report, rule: str, scope: Scope = MARCHE) -> str:
    """Return the verdict of a rule on a scope."""
    return next(f.verdict for f in report.findings if (f.rule, f.scope) == (rule, scope))


@pytest.fixture
def rc(tmp_path: Path) -> Path:
    """Return a small RC."""
    return word(tmp_path / "RC.docx", RC)


def test_a_document(rc: Path, book: Rulebook) -> None:
    """A fact read in a document keeps its passage, at its place."""
    report = check(rc, today=TODAY, rules=book)
    fact = report.facts.get("procedure.type")
    assert fact is not None
    assert (fact.value, fact.origin) == ("procedure_adaptee", EXTRACTED)
    assert "procédure adaptée" in fact.evidence[0].quote
    assert (fact.evidence[0].role, fact.evidence[0].document) == ("RC", str(rc))
    assert (report.inputs[0].role, report.inputs[0].status) == ("RC", "read")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Procédure passée en application de l'article 28 du code des marchés publics.", "abrogé le 1er avril 2016"),
        ("Marché soumis au décret n° 2016-360 du 25 mars 2016.", "abrogés le 1er avril 2019"),
        ("Ordonnance n° 2015-899, qui a remplacé le code des marchés publics.", "abrogés le 1er avril 2019"),
        ("Article R. 2123-1 (ancien article 28 du code des marchés publics).", ""),
        ("Décret n° 2016-360, puis code de la commande publique.", ""),
        ("La mairie publie ses marchés publics.", ""),
    ],
)
def test_pieces_that_cite_only_a_law_of_the_past(tmp_path: Path, book: Rulebook, line: str, said: str) -> None:
    """Without a date, they are old or their template is: the reader is asked; with one, there is nothing to ask."""
    piece = word(tmp_path / "RC.docx", (*RC, line))
    notes = " ".join(check(piece, today=TODAY, rules=book).notes)
    assert (said in notes) if said else ("Les pièces citent" not in notes)
    assert "Les pièces citent" not in " ".join(check(piece, today=TODAY, day=date(2015, 3, 2), rules=book).notes)


def test_declared_over_read(rc: Path, book: Rulebook) -> None:
    """A declared fact outranks what was read, which stays as a rival and is told in a note."""
    report = check(rc, today=TODAY, declared={"duree_mois": "24"}, rules=book)
    fact = report.facts.get("duree_mois")
    assert fact is not None
    assert (fact.value, fact.origin) == (24, DECLARED)
    assert [rival.value for rival in fact.rivals] == [48]
    assert any("duree_mois" in note and "48" in note for note in report.notes)


def test_who_outranks_whom(rc: Path, book: Rulebook) -> None:
    """Pieces, then descriptions, then the side file, then the profile, then what is declared on the spot."""
    description = rc.parent / "achat.json"
    description.write_text(
        '{"duree_mois": 12, "acheteur": {"categorie": "commune"}, "type": "travaux"}', encoding="utf-8"
    )
    (rc.parent / "achats-check.yaml").write_text("duree_mois: 13\nalloti: non\ntype: fournitures\n", encoding="utf-8")
    buyer = {"categorie": "region"}
    report = check([rc, description], today=TODAY, buyer=buyer, declared={"type": "services"}, rules=book)
    told = {name: report.facts.get(name, scope) for name, scope in _asked()}
    values = {name: fact.value for name, fact in told.items() if fact}
    assert values == {"duree_mois": 13, "acheteur.categorie": "region", "type": "services", "alloti": False}


def test_statements_that_disagree_are_told(rc: Path, book: Rulebook) -> None:
    """What the user says twice and differently is told, with the one that was kept and where each stands."""
    first, second = rc.parent / "a.json", rc.parent / "b.json"
    first.write_text('{"duree_mois": 12, "type": "services", "acheteur": {"categorie": "commune"}}', encoding="utf-8")
    second.write_text('{"duree_mois": 12, "type": "travaux"}', encoding="utf-8")
    profile = rc.parent / "region.yaml"
    profile.write_text("categorie: region\n", encoding="utf-8")
    report = check([first, second], today=TODAY, buyer=profile, declared={"duree_mois": "24"}, rules=book)
    assert report.notes == (
        "type : travaux (b.json), et non services (a.json)",
        "acheteur.categorie : region (region.yaml), et non commune (a.json)",
        "duree_mois : 24 mois (--set), et non 12 mois (b.json)",
    )
    assert check([first], today=TODAY, declared={"duree_mois": "12"}, rules=book).notes == ()


def _asked() -> list[tuple[str, Scope]]:
    return [("duree_mois", MARCHE), ("acheteur.categorie", ACHETEUR), ("type", MARCHE), ("alloti", MARCHE)]


def test_pieces_that_disagree(rc: Path, book: Rulebook) -> None:
    """Two pieces that say different things are a conflict with both passages, or the better one with its rival."""
    ccap = word(rc.parent / "CCAP.docx", CCAP)
    fact = check([rc, ccap], today=TODAY, rules=book).facts.get("duree_mois")
    assert fact is not None
    assert {passage.value for passage in (*fact.evidence, *fact.rivals)} == {36, 48}
    assert fact.status == CONFLICT or fact.rivals


@pytest.mark.parametrize(
    ("given", "day", "expected", "origin"),
    [
        ({"date_lancement": "2021-09-01"}, None, date(2021, 9, 1), "declared"),
        ({"date_lancement": "2021-09-01"}, date(2026, 10, 1), date(2026, 10, 1), "declared"),
        ({}, date(2026, 10, 1), date(2026, 10, 1), "declared"),
        ({}, None, TODAY, "assumed"),
    ],
)
def test_day_of_the_law(given: dict[str, Any], day: date | None, expected: date, origin: str, book: Rulebook) -> None:
    """The launch that is given, else the one described, else today, and the report says which."""
    found = check(Tender(given, objet="Tonte"), today=TODAY, day=day, rules=book).law_day
    assert (found.date, found.origin) == (expected, origin)
    assert ("--date" in found.note) == (origin == "assumed")


def test_reserve_on_recent_texts(book: Rulebook) -> None:
    """A launch in the window whose texts were not read again carries the reserve, and none before."""
    reserve = book.sources.blind_reserve
    assert reserve in check(Tender(objet="Tonte"), today=TODAY, day=date(2026, 8, 24), rules=book).law_day.note
    assert reserve not in check(Tender(objet="Tonte"), today=TODAY, day=date(2026, 8, 23), rules=book).law_day.note


def test_reserve_on_law_that_is_not_encoded(book: Rulebook) -> None:
    """Before the law that is encoded as a whole, or after a slip in the year, an empty report proves nothing."""
    reserve = book.sources.early_reserve
    assert "n'y prouve rien" in reserve
    for day, told in [(date(206, 10, 1), True), (date(2016, 3, 31), True), (date(2016, 4, 1), False)]:
        assert (reserve in check(Tender(objet="Tonte"), today=TODAY, day=day, rules=book).law_day.note) == told


def test_lots_are_judged_one_by_one(book: Rulebook) -> None:
    """A rule on lots gives a finding for each."""
    lots = [{"numero": "1", "reservation.categorie": "ess", "cpv": ["45000000"]}, {"numero": "2", "objet": "Parc"}]
    report = check(Tender(type="services", lots=lots), today=TODAY, day=date(2026, 10, 1), rules=book)
    scopes = {f.scope.id for f in report.findings if f.rule == "reservation-ess-objet"}
    assert scopes == {"1", "2"}
    assert verdict(report, "reservation-ess-objet", Scope("lot", "2")) != "non_conforme"
    derived = report.facts.get("nombre_lots")
    assert derived is not None
    assert (derived.value, derived.origin) == (2, DERIVED)


def test_every_doubt_has_its_reason_and_its_way_out(book: Rulebook) -> None:
    """A doubt says what is missing; what would settle several is gathered, the most useful first."""
    report = check(Tender(objet="Tonte", type="services"), today=TODAY, rules=book)
    doubts = report.by_verdict("a_verifier")
    assert all(finding.doubt for finding in doubts)
    settled = {rule for resolution in report.resolutions for rule in resolution.rules}
    waiting = {f.rule for f in doubts if f.missing_facts and f.doubt != "droit"}
    assert waiting <= settled
    assert any(r.name == "acheteur.categorie" for r in report.resolutions)


def test_a_folder_with_pieces_that_cannot_be_read(tmp_path: Path, book: Rulebook) -> None:
    """An unreadable piece is an input with its reason; nothing is said absent because of it."""
    word(tmp_path / "RC.docx", RC)
    (tmp_path / "CCAP.pdf").write_bytes(b"%PDF-1.4")
    report = check(tmp_path, today=TODAY, rules=book)
    status = {Path(piece.path).name: piece.status for piece in report.inputs}
    assert status == {"RC.docx": "read", "CCAP.pdf": "unread"}
    assert report.findings


def test_nothing_read_judges_nothing(tmp_path: Path, book: Rulebook) -> None:
    """When no piece could be read, no rule of dossiers is run, and the report says why."""
    (tmp_path / "RC.pdf").write_bytes(b"%PDF-1.4")
    report = check(tmp_path / "RC.pdf", today=TODAY, declared={"type": "services"}, rules=book)
    assert report.findings == ()
    assert {reason for _, reason in report.not_run} == {"aucune pièce n'a pu être lue"}
    assert {rule for rule, _ in report.not_run} == {rule.id for rule in book.rules if rule.scope != PORTFOLIO}


def test_a_dossier_knows_nothing_of_portfolios(tmp_path: Path, book: Rulebook) -> None:
    """A rule that judges the contracts of a year is neither run on a dossier nor told as missing."""
    word(tmp_path / "RC.docx", RC)
    report = check(tmp_path, today=TODAY, rules=book)
    named = {finding.rule for finding in report.findings} | {rule for rule, _ in report.not_run}
    held = {rule.id for rule in book.rules if rule.scope == PORTFOLIO}
    assert held
    assert not named & held


def test_fingerprints_identify_findings(book: Rulebook) -> None:
    """Each finding has its own fingerprint, the same from one run to the next."""
    tender = Tender(objet="Tonte", type="services", lots=[{"numero": "1"}, {"numero": "2"}])
    first, again = (check(tender, today=TODAY, rules=book).findings for _ in range(2))
    assert len({f.fingerprint for f in first}) == len(first)
    assert [f.fingerprint for f in first] == [f.fingerprint for f in again]


def test_a_profile_in_a_file(tmp_path: Path, book: Rulebook) -> None:
    """A profile is a path or a mapping."""
    profile = tmp_path / "region.yaml"
    profile.write_text("categorie: region\n", encoding="utf-8")
    for buyer in (profile, str(profile), {"categorie": "region"}):
        fact = check(Tender(objet="Tonte"), today=TODAY, buyer=buyer, rules=book).facts.get(
            "acheteur.categorie", ACHETEUR
        )
        assert fact is not None
        assert fact.value == "region"


def test_a_piece_read_in_part_is_asked_for_whole(rc: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece with scanned pages was supplied: what is missing is its text, not the piece."""
    from achats_check import readers

    read = readers.read
    monkeypatch.setattr("achats_check.readers.read", lambda *a, **k: read(*a, **k)._replace(unread_pages=(2,)))
    report = check(rc, today=TODAY, rules=book)
    assert [piece.status for piece in report.inputs] == ["partly_read"]
    advice = [resolution.advice for resolution in report.resolutions if resolution.kind == "piece"]
    assert [text for text in advice if "le RC" in text] == ["Fournir le RC en entier, sans page numérisée"]


def test_a_piece_cut_at_a_limit_is_partly_read(rc: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a limit left out of a piece is missing: the report says so, and nothing is said absent."""
    from achats_check import readers

    whole = check(rc, today=TODAY, rules=book)
    read = readers.read
    monkeypatch.setattr("achats_check.readers.read", lambda *a, **k: read(*a, **k)._replace(truncated=True))
    cut = check(rc, today=TODAY, rules=book)
    assert [(piece.status, piece.reason) for piece in cut.inputs] == [
        ("partly_read", "texte au-delà d'une limite de lecture, non lu")
    ]
    assert [f.name for f in whole.facts if f.status == "absent" and f.origin == "extracted"]
    assert not [f.name for f in cut.facts if f.status == "absent" and f.origin == "extracted"]


def test_a_role_is_read_when_all_its_pieces_are(
    tmp_path: Path, rc: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second RC cut short leaves the RC to be supplied whole."""
    from achats_check import readers

    second = word(tmp_path / "RC-suite.docx", RC[:2])
    read = readers.read
    monkeypatch.setattr(readers, "read", lambda p, **_: read(p)._replace(truncated=p == second))
    report = check([rc, second], today=TODAY, rules=book)
    assert sorted(piece.status for piece in report.inputs) == ["partly_read", "read"]
    assert any("le RC" in resolution.advice for resolution in report.resolutions if resolution.kind == "piece")


def test_a_profile_is_what_a_tender_does_not_say(book: Rulebook) -> None:
    """The category is written in tenders; the purchases of the year are not."""
    known = {"type": "services", "acheteur.categorie": "commune"}
    assert not check(Tender(**known), today=TODAY, rules=book).profile_given
    assert check(Tender(**known), buyer={"achats_annuels_ht": 1000}, today=TODAY, rules=book).profile_given


@pytest.mark.parametrize(("due", "told"), [("2026-11-21", False), ("2026-11-20", True)])
def test_a_deadline_that_is_past_gives_the_day_of_the_law(due: str, told: bool, book: Rulebook) -> None:
    """The launch came before the deadline for tenders; one of today still leaves today's law."""
    today = date(2026, 11, 21)
    found = check(Tender(objet="Tonte", date_limite_offres=due), today=today, rules=book).law_day
    assert (found.date, found.origin) == (date.fromisoformat(due), "assumed")
    assert ("date limite des offres" in found.note) is told


def test_the_date_given_apart_outranks_the_one_declared(book: Rulebook) -> None:
    """``day`` is the law applied, whatever ``--set date_lancement`` says."""
    day, declared = date(2026, 10, 1), {"date_lancement": "2021-09-01"}
    assert check(Tender(objet="Tonte"), today=TODAY, day=day, declared=declared, rules=book).law_day.date == day


def test_a_description_without_a_date_is_judged_by_the_law_of_today(tmp_path: Path, book: Rulebook) -> None:
    """Who describes a purchase is preparing it; a document may be old, and recent law does not accuse it."""
    given = {
        "type": "services",
        "valeur_estimee_ht": 900000,
        "acheteur.categorie": "region",
        "social.condition_execution": False,
        "social.derogation_motif": "aucun",
    }
    described = check(Tender(given, objet="Tonte"), today=date(2026, 11, 21), rules=book)
    assert verdict(described, "clause-sociale-seuils-ue") == "non_conforme"
    rc = word(tmp_path / "RC.docx", RC)
    read = check([rc, Tender(given, objet="Tonte")], today=date(2026, 11, 21), rules=book)
    assert verdict(read, "clause-sociale-seuils-ue") == "a_verifier"


def test_hidden_and_lock_files_are_no_pieces(tmp_path: Path, book: Rulebook) -> None:
    """What Word and the system leave in a folder is not supplied by anyone."""
    word(tmp_path / "RC.docx", RC)
    for name in ("~$RC.docx", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")
    report = check(tmp_path, today=TODAY, rules=book)
    assert [Path(piece.path).name for piece in report.inputs] == ["RC.docx"]


@pytest.mark.parametrize(
    ("form", "piece", "told"),
    [
        ("subvention", "Acte d'engagement", True),
        ("appel_projets", "Cahier des clauses administratives particulières", True),
        ("appel_projets", "Règlement de l'appel à projets", False),
        ("marche", "Acte d'engagement", False),
    ],
)
def test_an_aid_declared_over_the_pieces_of_a_contract_is_told(
    form: str, piece: str, told: bool, tmp_path: Path
) -> None:
    """All that a contract owes is set aside by that one word: whoever wrote it must see it."""
    (tmp_path / "piece.txt").write_text(f"{piece}\nObjet : entretien des jardins\n", encoding="utf-8")
    report = check(tmp_path, today=TODAY, declared={"conventionnement.forme": form})
    assert any("les règles de marché ne sont pas jugées" in note for note in report.notes) is told
