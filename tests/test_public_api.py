"""What a program that embeds the checker may rely on."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import achats_check
from achats_check import (
    AchatsCheckError,
    DescriptionError,
    NothingToCheckError,
    ReadError,
    Report,
    RuleFileError,
    Tender,
    UsageError,
    check,
    load_rules,
    report_data,
)

TODAY = date(2026, 11, 21)
PACKAGE = Path(achats_check.__file__).parent


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
    assert first.findings == again.findings


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
