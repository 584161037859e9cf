"""What a program that embeds the checker may rely on."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
import typing
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest

import achats_check
from achats_check import (
    AchatsCheckError,
    DescriptionError,
    NothingToCheckError,
    ReadError,
    Report,
    Rulebook,
    RuleFileError,
    Scope,
    Tender,
    Upload,
    UsageError,
    check,
    load_rules,
    report_data,
)

TODAY = date(2026, 11, 21)
PACKAGE = Path(achats_check.__file__).parent
SAMPLES = PACKAGE.parent.parent / "samples"


def test_every_public_name_is_there() -> None:
    """Each name of ``__all__`` exists, is documented, and shows in ``dir``."""
    for name in achats_check.__all__:
        found = getattr(achats_check, name)
        assert name == "__version__" or found.__doc__, name
    assert set(achats_check.__all__) <= set(dir(achats_check))


def test_names_for_type_checkers_are_the_same() -> None:
    """What type checkers see under ``TYPE_CHECKING`` is what is imported on first use."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (guarded,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.asname for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(achats_check.__all__) - {"__version__"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public says so as Python does."""
    with pytest.raises(AttributeError, match="chek"):
        _ = achats_check.chek


def test_the_package_is_typed() -> None:
    """``py.typed`` is shipped."""
    assert (PACKAGE / "py.typed").is_file()


def test_importing_costs_nothing() -> None:
    """The bare import loads no library, no rule and no part of the engine."""
    code = (
        "import sys, achats_check\n"
        "print([m for m in sys.modules if m.split('.')[0] in {'yaml', 'click', 'pydantic', 'pypdfium2', 'pdfplumber'}"
        " or m.startswith('achats_check.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.strip() == "[]"


def test_a_tender_in_code() -> None:
    """Names are dotted, nested, or given as keywords; every rule is judged."""
    tender = Tender(
        {"acheteur": {"categorie": "region"}, "procedure.type": "procedure_adaptee"}, objet="Tonte", type="services"
    )
    report = check(tender, today=TODAY)
    assert isinstance(report, Report)
    assert report.facts.get("objet") is not None
    assert {finding.rule for finding in report.findings} == {
        rule.id for rule in load_rules().rules if rule.scope in {"marche", "lot", "acheteur"}
    }
    assert repr(tender).startswith("Tender({")


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A library says what it found by what it returns."""
    (tmp_path / "RC.pdf").write_bytes(b"%PDF-1.4 broken")
    check([tmp_path / "RC.pdf", Tender(objet="Tonte")], today=TODAY)
    assert capfd.readouterr() == ("", "")


def test_reports_are_plain_data() -> None:
    """``report_data`` gives what JSON can hold."""
    import json

    data = report_data(check(Tender(objet="Tonte"), today=TODAY), load_rules().vocabulary)
    assert json.loads(json.dumps(data))["inputs"][0]["role"] == "DESCRIPTION"


def test_nothing_is_modified() -> None:
    """What is given comes back untouched, and two calls give equal reports."""
    data = {"objet": "Tonte", "lots": [{"numero": "1", "objet": "Parc"}]}
    declared = {"type": "services"}
    first = check(Tender(data), today=TODAY, declared=declared)
    again = check(Tender(data), today=TODAY, declared=declared)
    assert (data, declared) == ({"objet": "Tonte", "lots": [{"numero": "1", "objet": "Parc"}]}, {"type": "services"})
    assert first == again
    assert first != check(Tender(data), today=TODAY)


def test_a_report_travels_between_processes() -> None:
    """What comes back is equal to what left."""
    report = check(SAMPLES / "prix-seul", today=TODAY)
    assert pickle.loads(pickle.dumps(report)) == report


@pytest.mark.parametrize(
    ("error", "code"),
    [(UsageError, 2), (ReadError, 3), (DescriptionError, 3), (RuleFileError, 3), (NothingToCheckError, 4)],
)
def test_errors_share_a_base_and_carry_their_code(error: type[AchatsCheckError], code: int) -> None:
    """Whoever embeds the checker catches one class."""
    assert issubclass(error, AchatsCheckError)
    assert error.exit_code == code


def test_errors_are_raised(tmp_path: Path) -> None:
    """Each fault a user can act on is one of these errors."""
    with pytest.raises(UsageError, match="Vouliez-vous dire « type »"):
        check(Tender(objet="Tonte"), today=TODAY, declared={"typ": "services"})
    with pytest.raises(DescriptionError) as told:
        check(Tender({"objt": 1, "duree_mois": -1}, name="mon achat"), today=TODAY)
    assert len(told.value.faults) == 2
    assert told.value.path == "mon achat"
    with pytest.raises(NothingToCheckError):
        check([], today=TODAY)
    with pytest.raises(NothingToCheckError):
        check(tmp_path, today=TODAY)
    with pytest.raises(RuleFileError):
        load_rules([tmp_path / "absent.yaml"])


def _told(report: Report) -> list[tuple[object, ...]]:
    return [(f.rule, f.scope, f.verdict, f.message, f.fingerprint) for f in report.findings]


def test_files_in_memory_are_judged_as_on_disk() -> None:
    """Bytes give what their file gives, under the name that they come with."""
    paths = sorted((SAMPLES / "espaces-verts").glob("*.docx"))
    uploads = [Upload(path.name, path.read_bytes()) for path in paths]
    report = check(uploads, today=TODAY)
    assert _told(report) == _told(check(paths, today=TODAY))
    assert [piece.path for piece in report.inputs] == [path.name for path in paths]
    assert {e.document for fact in report.facts for e in fact.evidence} <= {path.name for path in paths}


def test_a_pdf_in_memory_is_read() -> None:
    """What is read in another process is found there too."""
    content = (SAMPLES / "travaux-sans-clause" / "RC.pdf").read_bytes()
    (piece,) = check(Upload("RC.pdf", content), today=TODAY).inputs
    assert (piece.path, piece.role, piece.status) == ("RC.pdf", "RC", "read")


def test_an_archive_in_memory_stands_for_its_pieces() -> None:
    """A zip is opened; names that are no place on the disk are only shown."""
    from zipfile import ZipFile

    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.write(SAMPLES / "prix-seul" / "RC.docx", "DCE/RC.docx")
    (piece,) = check(Upload("../../dépôt/dce.zip", buffer.getvalue()), today=TODAY).inputs
    assert (piece.path, piece.role) == ("../../dépôt/dce.zip!/DCE/RC.docx", "RC")


def test_a_side_file_in_memory_completes_the_others() -> None:
    """``achats-check.yaml`` among the uploads states facts, as beside the pieces."""
    rc = Upload("RC.docx", (SAMPLES / "prix-seul" / "RC.docx").read_bytes())
    report = check([rc, Upload("achats-check.yaml", b"sourcing: true")], today=TODAY)
    fact = report.fact("sourcing")
    assert fact is not None
    assert (fact.value, fact.origin, len(report.inputs)) == (True, "declared", 1)


def test_two_uploads_of_one_name_are_two_pieces() -> None:
    """A form may send two files of the same name."""
    texts = [Upload("RC.txt", f"Règlement de la consultation\nLot {n}".encode()) for n in (1, 2)]
    assert [piece.path for piece in check(texts, today=TODAY).inputs] == ["RC.txt", "RC.txt (2)"]


def test_a_generator_of_paths_loses_none() -> None:
    """What is read once is read whole."""
    report = check((SAMPLES / "espaces-verts").glob("*.docx"), today=TODAY)
    assert len(report.inputs) == 4


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        (b"%PDF-1.4", "Upload"),
        (BytesIO(b"%PDF-1.4"), "Upload"),
        ({"objet": "Tonte"}, "Tender"),
        (None, "NoneType"),
        ([3], "int"),
        (Upload("", b"x"), "nom"),
        (Upload("RC.pdf", "texte"), "octets"),  # type: ignore[arg-type]
    ],
    ids=["bytes", "stream", "mapping", "none", "number", "nameless", "text"],
)
def test_what_is_no_source_is_refused_with_what_to_write(source: object, advice: str) -> None:
    """A mapping was taken for the list of its keys: a report without a finding, and nothing said."""
    with pytest.raises(UsageError, match=advice):
        check(source, today=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [datetime(2026, 11, 21, 8), "2026-11-21", 20261121])
def test_a_day_is_a_day(day: object) -> None:
    """A moment or a text passed in some dossiers and failed in others."""
    with pytest.raises(UsageError, match=r"today : un jour"):
        check(Tender(objet="Tonte"), today=day)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="day : un jour"):
        check(Tender(objet="Tonte"), today=TODAY, day=day)  # type: ignore[arg-type]


@pytest.mark.parametrize("declared", [["type"], {1: "services"}])
def test_facts_are_stated_by_name(declared: object) -> None:
    """A list of names says nothing of their values, a number is no name."""
    with pytest.raises(UsageError, match="declared"):
        check(Tender(objet="Tonte"), today=TODAY, declared=declared)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "profile",
    [
        {"categorie": "region", "agec": {"contrainte": True}},
        {"acheteur": {"categorie": "region"}, "agec.contrainte": True},
        {"acheteur.categorie": "region", "acheteur.agec.contrainte": True},
    ],
)
def test_a_profile_as_data_says_what_its_file_would(profile: Mapping[str, object], tmp_path: Path) -> None:
    """With or without « acheteur. », as in a file."""
    import json

    (tmp_path / "profil.json").write_text(json.dumps(profile), encoding="utf-8")
    given = check(Tender(objet="Tonte"), today=TODAY, buyer=profile)
    read = check(Tender(objet="Tonte"), today=TODAY, buyer=tmp_path / "profil.json")
    assert _told(given) == _told(read)
    category = given.fact("acheteur.categorie")
    assert category is not None
    assert (category.value, category.scope) == ("region", Scope("acheteur"))


def test_a_fact_is_found_whatever_it_is_about() -> None:
    """Of the market, of its buyer, or of one lot; unknown is None."""
    tender = Tender(objet="Tonte", acheteur={"categorie": "region"}, lots=[{"numero": "2", "objet": "Parc"}])
    report = check(tender, today=TODAY)
    found = [report.fact("objet"), report.fact("acheteur.categorie"), report.fact("objet", lot="2")]
    assert [fact and fact.value for fact in found] == ["Tonte", "region", "Parc"]
    assert report.fact("objet", lot="3") is None
    assert "lots=('2',)" in repr(report.facts)


def test_a_missing_file_is_told_and_judges_nothing() -> None:
    """No error, no finding: who only looks for non-conformities must look at ``unread`` too."""
    report = check("absent.docx", today=TODAY)
    assert report.findings == ()
    assert [piece.path for piece in report.unread] == ["absent.docx"]


def test_a_word_that_is_no_verdict_is_refused() -> None:
    """« non conforme », without its underscore, found nothing wrong."""
    with pytest.raises(ValueError, match="non_conforme"):
        check(Tender(objet="Tonte"), today=TODAY).by_verdict("non conforme")


def test_threads_share_the_rules(book: Rulebook) -> None:
    """Checks at the same time give what they give one after the other, PDFs included."""
    paths = [SAMPLES / name for name in ("prix-seul", "travaux-sans-clause/RC.pdf", "reserve-ess-hors-secteur")] * 2
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda path: check(path, today=TODAY, rules=book), paths))
    assert together == [check(path, today=TODAY, rules=book) for path in paths]


def test_a_pack_is_given_alone_or_among_others(tmp_path: Path) -> None:
    """One path is one pack, and not the letters of its name; a folder of rules is a path or its text."""
    objectives = SAMPLES / "objectifs" / "metropole.yaml"
    alone = load_rules(str(objectives))
    assert alone.version == load_rules([objectives]).version != load_rules().version
    assert load_rules(root=str(PACKAGE.parent.parent / "rules")).version == load_rules().version


def test_types_that_a_report_is_made_of_are_public() -> None:
    """A program that is checked by types can name all that it is given."""
    records: list[type] = [Report]
    seen: set[type] = set()
    while records:
        record = records.pop()
        seen.add(record)
        for hint in typing.get_type_hints(record).values():
            records += [found for found in _named(hint) if found not in seen]
    assert {record.__name__ for record in seen} <= set(achats_check.__all__)


def _named(hint: object) -> list[type]:
    """Return the records of the package that a type speaks of."""
    inner = [found for part in typing.get_args(hint) for found in _named(part)]
    return [*inner, hint] if isinstance(hint, type) and hint.__module__.startswith("achats_check") else inner
