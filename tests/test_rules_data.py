"""What a jurist may change in ``rules/`` beside the rules themselves: all of it is read, none of it in vain."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from tests.law.builders import bare_book, rules_folder

from achats_check import wording
from achats_check.errors import RuleFileError
from achats_check.law.loader import load_sources
from achats_check.resources import rules_root

SOURCE = Path(wording.__file__).parent
BOOK = bare_book()


def test_every_named_list_is_read() -> None:
    """A list that no rule names and no code reads could be changed for nothing."""
    rules = "\n".join(path.read_text(encoding="utf-8") for path in rules_root().rglob("*.yaml"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    read = set(re.findall(r"liste: ([a-z_]+)", rules)) | set(re.findall(r'lists\["([a-z_]+)"\]', code))
    assert sorted(set(BOOK.lists) - read) == []


def test_units_and_their_words_are_the_same() -> None:
    """Each unit of a fact or of a figure has its French words, and no words wait for a unit."""
    used = {spec.unit.lower() for spec in BOOK.vocabulary.values()}
    used |= {parameter.unit.lower() for parameter in BOOK.parameters.values()}
    assert used - {"", "part", "annee"} == set(wording._UNITS)


def test_the_reserve_has_no_last_day() -> None:
    """Nothing published since the first day of the window was read: the reserve stands until someone reads it."""
    sources = BOOK.sources
    assert sources.reserve_on(date(2026, 8, 23)) == ""
    assert sources.reserve_on(date(2026, 8, 24)) == sources.reserve_on(date(2030, 1, 1)) == sources.blind_reserve
    assert sources.blind_reserve


@pytest.mark.parametrize(
    ("found", "broken", "expected"),
    [
        ("  du: 2026-08-24\n", "", "il manque « du »"),
        ("  reserve:", "  reserves:", "clé inconnue « reserves »"),
        ("arrete_au: 2026-11-21", "arrete_au: hier", "« hier » n'est pas une date"),
    ],
)
def test_faults_of_the_references_are_told(found: str, broken: str, expected: str, tmp_path: Path) -> None:
    """A missing key, an unknown one or a wrong date of ``references.yaml`` is named, with its line."""
    root = rules_folder(tmp_path / "rules")
    file = root / "references.yaml"
    text = file.read_text(encoding="utf-8")
    assert found in text
    file.write_text(text.replace(found, broken), encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_sources(root)
    assert any(re.match(r"references\.yaml:\d+:\d+: ", fault) and expected in fault for fault in caught.value.faults)
