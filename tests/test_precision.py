"""The measure of the reading: its scorer on invented labels, its sources on invented texts, and the page it writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import ABSENT, CONFLICT, KNOWN, MARCHE, UNKNOWN, Evidence, Fact, Location, Scope
from precision.fictional import CONTROLS, DOSSIERS, Dossier, dossiers, reading_of
from precision.gold import GOLD, Label, Piece, label, load_pieces, split
from precision.notices import notices
from precision.page import BALANCED, CONTROL, FAMILIES, FICTIONAL, PRECISE, ROLES, as_rows, fictional_rows
from precision.passages import dossiers as passages_by_dossier
from precision.passages import paragraphs, united
from precision.scoring import agrees, empty, merged, score_absences, score_piece

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "precision.md"
TABLES = ((DOSSIERS, FICTIONAL), (CONTROLS, CONTROL))
"""Where the dossiers of our own are, and the title of their table on the page."""


def known(name: str, value: object, page: int = 1, lot: str = "") -> Fact:
    """A fact read on a page."""
    evidence = (Evidence("RC.pdf", "RC", "…", Location(page)),)
    return Fact(name, Scope("lot", lot) if lot else MARCHE, value, KNOWN, evidence=evidence)  # type: ignore[arg-type]


def labelled(**labels: Label) -> Piece:
    """A piece with labels: "lot2__cpv" is lot 2's."""
    named = {("", name.replace("__", ".")): value for name, value in labels.items()}
    return Piece("p", "d", "RC", named, frozenset({("", "objet")}))


class TestScores:
    """Right, wrong and missed, on labels written for the test."""

    def test_a_right_value_counts_once_and_its_place_apart(self) -> None:
        """The page of the evidence is compared with the label's."""
        score = empty()
        piece = labelled(duree_mois=Label(Decimal(48), (5,)), alloti=Label(False, (2,)))
        score_piece(piece, [known("duree_mois", 48, 5), known("alloti", False, 3)], score)
        whole = merged(score.facts)
        assert (whole.right, whole.wrong, whole.missed) == (2, 0, 0)
        assert (whole.placed, whole.locatable) == (1, 2)

    def test_another_value_is_wrong_and_missed(self) -> None:
        """Both, so that guessing never pays."""
        score = empty()
        score_piece(labelled(duree_mois=Label(Decimal(48))), [known("duree_mois", 36)], score)
        tally = score.facts["duree_mois"]
        assert (tally.right, tally.wrong, tally.missed) == (0, 1, 1)
        assert (tally.precision, tally.recall, tally.f1) == (0, 0, 0)

    def test_a_value_nobody_labelled_is_wrong_unless_it_is_tolerated(self) -> None:
        """What the piece does not state must not be affirmed."""
        score = empty()
        score_piece(labelled(), [known("avance", True), known("objet", "Tonte")], score)
        assert score.facts["avance"].wrong == 1
        assert "objet" not in score.facts

    def test_what_compares_the_pieces_is_stated_by_none(self) -> None:
        """Such facts are counted by the findings they lead to."""
        score = empty()
        score_piece(labelled(), [known("pieces.lues", True), known("contrat", "marche")], score)
        score_absences([labelled()], [Fact("pieces.ecart_duree", status=ABSENT)], score)
        assert score.facts == score.absences == {}

    @pytest.mark.parametrize("status", [UNKNOWN, CONFLICT, ABSENT])
    def test_doubt_is_missed_never_wrong(self, status: str) -> None:
        """A contradiction laid open is no reading."""
        score = empty()
        score_piece(labelled(alloti=Label(True)), [Fact("alloti", status=status)], score)
        tally = score.facts["alloti"]
        assert (tally.wrong, tally.missed) == (0, 1)
        assert tally.precision is None

    def test_an_absence_is_wrong_when_a_piece_of_the_dossier_states_the_thing(self) -> None:
        """And right when the pieces say there is none."""
        score = empty()
        pieces = [labelled(social__insertion=Label(True)), labelled(avance=Label(False))]
        absent = [Fact(name, status=ABSENT) for name in ("social.insertion", "avance", "clause_revoyure")]
        score_absences(pieces, absent, score)
        assert (score.absences["social.insertion"].right, score.absences["social.insertion"].wrong) == (0, 1)
        assert score.absences["avance"].right == score.absences["clause_revoyure"].right == 1
        assert merged(score.absences).precision == Decimal(2) / 3

    def test_precision_and_recall_of_a_family(self) -> None:
        """Three right, one wrong, two missed."""
        score = empty()
        piece = labelled(**{name: Label(True) for name in ("alloti", "avance", "urgence", "anru", "innovant")})
        found = [known(name, True) for name in ("alloti", "avance", "urgence", "marche_global")]
        score_piece(piece, found, score)
        whole = merged(score.facts)
        assert whole.precision == Decimal(3) / 4
        assert whole.recall == Decimal(3) / 5
        assert whole.f1 == Decimal(2) / 3


@pytest.mark.parametrize(
    ("expected", "read", "same"),
    [
        ({"valeur": 48}, 48, True),
        ({"valeur": 48}, 36, False),
        ({"valeur": False}, False, True),
        ({"valeur": False}, 0, False),
        ({"valeur": 3.7}, Decimal("3.7"), True),
        ({"valeur": ["R2124-2", "L2124-2"]}, ("L2124-2", "R2124-2"), True),
        ({"valeur": ["R2124-2"]}, ("R2124-2", "R2161-2"), False),
        ({"valeur": ["60 prix", "40 technique"]}, ({"poids": Decimal("40.0"), "nature": "technique"},), False),
        (
            {"valeur": ["60 prix", "40 technique"]},
            ({"poids": Decimal("40.0"), "nature": "technique"}, {"poids": Decimal(60), "nature": "prix"}),
            True,
        ),
        ({"pages": [3]}, "n'importe quel texte", True),
    ],
)
def test_values_agree_whatever_their_spelling(expected: dict[str, object], read: object, same: bool) -> None:
    """Numbers, lists and criteria; of a text only the place is labelled."""
    assert agrees(label(expected), read) is same  # type: ignore[arg-type]


class TestSources:
    """Passages and notices become documents; nothing in them can be proven absent."""

    def test_passages_that_overlap_are_joined_and_those_inside_another_dropped(self) -> None:
        """The same words are not read twice."""
        start, shared, end = "a" * 50, "b" * 100, "c" * 50
        assert united([start + shared, shared + end, shared]) == [start + shared + end]

    def test_wrapped_lines_make_a_paragraph_and_list_marks_open_one(self) -> None:
        """Layout lost in the extraction is guessed from the ends of lines."""
        text = (
            "La durée du marché est fixée à quatre ans à compter de la date de sa\nnotification.\n"
            "- Prix : 60 %\n\n2.1 Lots"
        )
        assert list(paragraphs(text)) == [
            "La durée du marché est fixée à quatre ans à compter de la date de sa notification.",
            "- Prix : 60 %",
            "2.1 Lots",
        ]

    def test_an_excerpt_is_never_wholly_read(self, tmp_path: Path) -> None:
        """A page always misses."""
        source = {"docFilePath": "CCAP.pdf", "pageNumber": 4, "originalChunkExtract": "Durée : 12 mois."}
        tender = {"id": 7, "meta": {"dataPointSources": [source]}}
        path = tmp_path / "tenders.json"
        path.write_text(json.dumps([tender]), encoding="utf-8")
        [(number, [document])] = passages_by_dossier(path)
        assert (number, document.path, document.blocks[0].page) == ("7", "CCAP.pdf", 4)
        assert document.unread_pages

    def test_a_notice_gives_its_prose_and_its_codes_apart(self, tmp_path: Path) -> None:
        """The codes never reach the text that is read."""
        folder = tmp_path / "ted-r209"
        folder.mkdir()
        (folder / "1-2020.xml").write_text(
            "<X><FORM_SECTION><F02_2014 CATEGORY='ORIGINAL'><OBJECT_CONTRACT><TYPE_CONTRACT CTYPE='SERVICES'/>"
            "<NO_LOT_DIVISION/><OBJECT_DESCR><SHORT_DESCR><P>Le marché dure deux ans en tout et pour tout.</P>"
            "</SHORT_DESCR><DURATION TYPE='MONTH'>24</DURATION><NO_ACCEPTED_VARIANTS/></OBJECT_DESCR>"
            "</OBJECT_CONTRACT><PROCEDURE><PT_OPEN/></PROCEDURE></F02_2014></FORM_SECTION></X>",
            encoding="utf-8",
        )
        [notice] = notices(tmp_path)
        assert [block.text for block in notice.document.blocks] == ["Le marché dure deux ans en tout et pour tout."]
        assert notice.codes["procedure.type"] == {"appel_offres_ouvert"}
        assert notice.codes["duree_mois"] == {24}
        assert notice.codes["alloti"] == {False}
        assert notice.codes["variantes"] == {"interdites"}


def test_labels_hold_facts_and_places_and_no_word_of_the_pieces() -> None:
    """A value is a code, a number, a date or a known word; a text has none; a piece is a fingerprint."""
    for path in (GOLD / "dce.yaml", GOLD / "passages.yaml"):
        pieces = load_pieces(path)
        assert pieces
        for piece in pieces:
            assert len(piece.fingerprint) == 12
            assert int(piece.fingerprint, 16) >= 0
            for name, expected in piece.labels.items():
                assert isinstance(expected.value, tuple | bool | Decimal | type(None)) or " " not in str(expected.value)
                assert not (name[1] in ("objet", "acheteur.nom") and expected.value)


def test_a_key_tells_its_lot() -> None:
    """ "20/cpv" is lot 20's."""
    assert split("20/cpv") == ("20", "cpv")
    assert split("social.critere") == ("", "social.critere")


class TestPage:
    """``docs/precision.md`` as it stands."""

    def test_it_tells_every_goal_with_what_was_reached(self) -> None:
        """A verdict beside each number, and the number says the verdict."""
        goals = as_rows(PAGE.read_text("utf-8"), "Buts")
        assert len(goals) == 4 + len(FAMILIES)
        for goal in goals:
            least = Decimal(goal["but"].removeprefix("≥ ").replace(",", "."))
            assert least in (PRECISE, BALANCED, ROLES)
            reached = Decimal(goal["valeur"].replace(",", "."))
            assert goal[""] == ("tenu" if reached >= least else "manqué")
            assert int(goal["cas"]) > 0

    @pytest.mark.parametrize("title", ["Pièces entières", "Passages"])
    def test_each_family_has_its_counts(self, title: str) -> None:
        """And the shares are those of the counts."""
        rows = as_rows(PAGE.read_text("utf-8"), title)
        assert {row["fait"] for row in rows} == {*FAMILIES, "tous les faits"}
        for row in rows:
            right, wrong = int(row["justes"]), int(row["faux"])
            if right + wrong:
                share = Decimal(right) / (right + wrong)
                assert abs(Decimal(row["précision"].replace(",", ".")) - share) < Decimal("0.001")

    @pytest.mark.parametrize(
        "title",
        [
            "Sur quoi",
            "Absences affirmées, dossiers entiers",
            "Avis : le texte libre, codes cachés",
            "Formulations écrites par nous",
        ],
    )
    def test_each_source_has_its_table(self, title: str) -> None:
        """No empty table."""
        assert as_rows(PAGE.read_text("utf-8"), title)

    def test_it_says_what_is_not_proven(self) -> None:
        """A reader must know what the numbers leave open."""
        assert "## Ce qui n'est pas prouvé" in PAGE.read_text("utf-8")


def test_without_a_corpus_nothing_is_written(tmp_path: Path) -> None:
    """It tells where it looked, before it measures anything."""
    before = PAGE.read_bytes()
    run = subprocess.run(
        [sys.executable, "benchmarks/extraction.py", "--corpus", str(tmp_path), "--ecrire"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(("src", "benchmarks"))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert "pas de corpus" in run.stdout
    assert str(tmp_path) in run.stdout
    assert PAGE.read_bytes() == before


def test_without_a_corpus_the_wordings_of_our_own_are_counted(
    book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it says where it looked for more; three wordings are enough here, since all are tested one by one."""
    import extraction
    from precision import corpus

    few = tuple(islice(corpus.load_wordings(), 3))
    monkeypatch.setattr(corpus, "load_wordings", lambda: few)
    monkeypatch.setattr(extraction, "load_rules", lambda: book)
    monkeypatch.setattr(sys, "argv", ["extraction.py", "--corpus", str(tmp_path)])
    assert extraction.main() == 0
    told = capsys.readouterr().out
    assert "3 lues comme il faut sur 3" in told
    assert f"pas de corpus dans {tmp_path}" in told


class TestFictionalDossiers:
    """Whole dossiers of our own: how they are counted, and that none is accused where no fault was planted."""

    def test_a_dossier_is_written_read_and_compared(self, book: Rulebook, tmp_path: Path) -> None:
        """A right value, a decoy, an absence and what nobody reads each go to their own count."""
        folder = tmp_path / "tonte"
        folder.mkdir()
        (folder / "RC.txt").write_text(
            "= Commune de Valombre\n= Règlement de la consultation\n# 1 Objet\nMarché public de services.\n"
            "# 2 Critères\n| Critère | Poids |\n| Prix | 60 % |\n| Valeur technique | 40 % |\n",
            encoding="utf-8",
        )
        (folder / "dossier.yaml").write_text(
            "titre: tonte\npieces: {RC.txt: RC.docx}\n"
            "faits: {type: travaux, criteres: [60 prix, 40 technique], acheteur.nom: {}, duree_mois: 12}\n"
            "absents: [environnement.critere]\ntus: [type]\n",
            encoding="utf-8",
        )
        (dossier,) = dossiers(tmp_path)
        reading = reading_of(dossier, book)
        assert (reading.right, reading.unknown, reading.other, reading.denied) == (2, 1, 1, 0)
        assert (reading.proven, reading.open, reading.invented) == (1, 0, 1)
        assert any(fault.startswith("type : lu services, écrit travaux") for fault in reading.faults)

    @pytest.mark.parametrize("root", [DOSSIERS, CONTROLS], ids=["dossiers", "temoins"])
    def test_every_fact_of_their_truth_is_one_of_the_vocabulary(self, book: Rulebook, root: Path) -> None:
        """A name that nothing knows would count as unknown for ever."""
        told = {
            name
            for dossier in dossiers(root)
            for _, name in (*dossier.stated, *dossier.absent, *dossier.unsaid, *dossier.doubtful)
        }
        assert told
        assert sorted(told - set(book.vocabulary)) == []

    @pytest.mark.parametrize(
        ("dossier", "title"),
        [(dossier, title) for root, title in TABLES for dossier in dossiers(root)],
        ids=lambda value: value.folder.name if isinstance(value, Dossier) else "",
    )
    def test_what_the_page_says_of_it_is_what_is_read(self, book: Rulebook, dossier: Dossier, title: str) -> None:
        """No dossier is accused unless a fault was planted; the counts are those of the page."""
        read = reading_of(dossier, book)
        assert read.accused == ()
        (row, _) = as_rows(f"\n## {title}\n" + "\n".join(fictional_rows([read])), title)
        assert row in as_rows(PAGE.read_text(encoding="utf-8"), title)

    @pytest.mark.parametrize(("root", "title"), TABLES, ids=["dossiers", "temoins"])
    def test_the_page_sums_what_it_says_of_each(self, root: Path, title: str) -> None:
        """Every dossier has its row, and the last one adds them up."""
        *rows, whole = as_rows(PAGE.read_text(encoding="utf-8"), title)
        assert [row["dossier"] for row in rows] == [dossier.folder.name for dossier in dossiers(root)]
        counted = [name for name in whole if name != "dossier"]
        assert [int(whole[name]) for name in counted] == [sum(int(row[name]) for row in rows) for name in counted]
