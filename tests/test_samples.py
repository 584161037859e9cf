"""Each sample dossier gives what ``samples/attendus.yaml`` and ``samples/README.md`` say, and its golden reports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook
    from achats_check.model.finding import Finding
    from achats_check.model.report import Report

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((SAMPLES / "attendus.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 21)
_DOUBTS_ABOUT_DUTIES = {"respect", "justification", "alerte", "droit"}

each_case = pytest.mark.parametrize("name", EXPECTED)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Keep the reports of this module, each made once."""
    return {}


@pytest.fixture
def report(name: str, reports: dict[str, Report], book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Check one sample as a user at the root of the checkout would."""
    from achats_check.dossier import check

    monkeypatch.chdir(ROOT)
    if name not in reports:
        case = EXPECTED[name]
        buyer = f"samples/{case['acheteur']}" if "acheteur" in case else None
        reports[name] = check(
            f"samples/{case['entree']}",
            today=TODAY,
            day=case.get("date"),
            buyer=buyer,
            declared=case.get("declare"),
            rules=book,
        )
    return reports[name]


def rules_of(report: Report, verdict: str) -> set[str]:
    """Return the rules with a verdict, alone and with their lot."""
    found = report.by_verdict(verdict)
    return {f.rule for f in found} | {f"{f.rule}@{f.scope.id}" for f in found if f.scope.id}


@each_case
def test_every_piece_is_read(report: Report) -> None:
    """No sample is refused, whole or in part."""
    assert [(piece.path, piece.reason) for piece in report.inputs if piece.status != "read"] == []


@each_case
def test_day_of_the_law(name: str, report: Report) -> None:
    """The launch is read in the pieces, or the one that was given."""
    assert (report.law_day.date, report.law_day.origin) == (EXPECTED[name]["jour"], EXPECTED[name]["origine"])


@each_case
def test_faults_are_exactly_those_planted(name: str, report: Report) -> None:
    """Neither a fault missed nor a false accusation."""
    assert sorted({f.rule for f in report.by_verdict("non_conforme")}) == sorted(EXPECTED[name]["non_conforme"])


@each_case
def test_other_verdicts_are_there(name: str, report: Report) -> None:
    """Levers, respected rules and rules out of scope that the case is about."""
    for verdict in ("opportunite", "conforme", "sans_objet"):
        missing = set(EXPECTED[name].get(verdict, ())) - rules_of(report, verdict)
        assert not missing, f"{verdict} : {missing}"


@each_case
def test_doubts_are_there_with_their_reason(name: str, report: Report) -> None:
    """What waits for a reason or an answer, and why."""
    wanted = set(EXPECTED[name].get("a_verifier", {}).items())
    assert wanted <= {(f.rule, f.doubt) for f in report.by_verdict("a_verifier")}


@each_case
def test_contradictions_are_exactly_those_planted(name: str, report: Report) -> None:
    """Each disagreement between the pieces is told once, with every side quoted; agreement is never accused."""
    found = [f for f in report.findings if f.theme == "coherence" and _is_contradiction(f)]
    assert sorted(f.rule for f in found) == sorted(EXPECTED[name].get("contradictions", ()))
    assert [f.rule for f in found if not f.evidence] == []


def _is_contradiction(finding: Finding) -> bool:
    return finding.verdict == "non_conforme" or (finding.verdict == "a_verifier" and finding.doubt != "applicabilite")


@pytest.mark.parametrize("name", ["sain"])
def test_sound_dossier_raises_few_doubts(name: str, report: Report) -> None:
    """A dossier without fault must not be met with a wall of questions."""
    doubts = {f.rule for f in report.by_verdict("a_verifier") if f.doubt in _DOUBTS_ABOUT_DUTIES and _is_duty(f)}
    assert len(doubts) <= EXPECTED[name]["doutes_au_plus"], doubts


def _is_duty(finding: Finding) -> bool:
    return finding.nature in {"obligation", "interdiction", "coherence"}


@each_case
def test_quotes_are_the_text_of_the_pieces(report: Report) -> None:
    """A quote is the text at its location, to the letter."""
    from achats_check.model.document import Document
    from achats_check.readers import read

    pieces = {piece.path: read(ROOT / piece.path) for piece in report.inputs}
    quoted = [evidence for fact in report.facts for evidence in fact.evidence if evidence.location.block is not None]
    for evidence in quoted:
        document = pieces[evidence.document]
        assert isinstance(document, Document)
        where = evidence.location
        assert document.blocks[where.block or 0].text[where.start : where.end] == evidence.quote


def scrubbed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON report without what changes at each version."""
    return {**data, "tool": {"name": data["tool"]["name"], "version": "VERSION", "rules_version": "RULES"}}


@each_case
def test_golden_text(name: str, report: Report, book: Rulebook, golden: Callable[[str, str], None]) -> None:
    """The report a buyer reads, at 100 columns."""
    from achats_check.reports.text import render_text

    golden(f"{name}.txt", render_text(report, book.vocabulary, color=False, width=100))


@pytest.mark.parametrize("name", ["innovant-110000", "prix-seul"])
def test_golden_json(name: str, report: Report, book: Rulebook, golden: Callable[[str, str], None]) -> None:
    """The JSON report of a description and of a document, cut to what a reviewer can read."""
    from achats_check.reports.json_report import render_json

    data = scrubbed(json.loads(render_json(report, book.vocabulary)))
    data["facts"] = [fact for fact in data["facts"] if fact["status"] in {"known", "conflict"} and fact["evidence"]]
    data["findings"] = [f for f in data["findings"] if f["verdict"] in {"non_conforme", "opportunite"}]
    golden(f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


@each_case
def test_golden_verdicts(name: str, report: Report, golden: Callable[[str, str], None]) -> None:
    """Every rule that applies or may apply, one line each: what changes when a rule or a reading changes."""
    lines = {
        f"{f.verdict} {f.doubt or '-'} {f.rule}{'@' if f.scope.id else ''}{f.scope.id}"
        for f in report.findings
        if f.verdict != "sans_objet"
    }
    golden(f"{name}.verdicts", "\n".join(sorted(lines)) + "\n")


def test_readme_tells_every_planted_fault() -> None:
    """``samples/README.md`` names each rule and each folder."""
    told = (SAMPLES / "README.md").read_text(encoding="utf-8")
    rules = {rule for case in EXPECTED.values() for rule in case["non_conforme"]}
    rules |= {rule for case in EXPECTED.values() for rule in case.get("a_verifier", {})}
    assert {rule for rule in rules if f"`{rule}`" not in told} == set()
    folders = {re.split(r"/", str(case["entree"]))[0] for case in EXPECTED.values()}
    assert {folder for folder in folders if f"{folder}/" not in told} == set()


def test_samples_can_be_made_again(tmp_path: Path) -> None:
    """The committed pieces are what the sources and the script give."""
    import subprocess
    import sys

    from achats_check.model.document import Document
    from achats_check.readers import read

    subprocess.run([sys.executable, str(SAMPLES / "make_samples.py"), str(tmp_path)], check=True, timeout=120)
    made = sorted(path for path in tmp_path.rglob("*.*"))
    assert len(made) == len([p for p in SAMPLES.rglob("*") if p.suffix in {".docx", ".pdf"}])
    for path in made:
        kept, again = read(SAMPLES / path.relative_to(tmp_path)), read(path)
        assert isinstance(kept, Document)
        assert isinstance(again, Document)
        assert kept.blocks == again.blocks, path.name
