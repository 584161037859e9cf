"""One rule file for each mistake an author makes, beside the words its message must hold."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.law.builders import rule_text, rules_folder

from achats_check.errors import RuleFileError
from achats_check.examples import check_examples
from achats_check.law.loader import load_sources
from achats_check.resources import rules_root

GALLERY = sorted((Path(__file__).parent / "broken_rules").glob("*.yaml"))
OF_THE_TEXT = [path for path in GALLERY if not path.stem.startswith("exemple-") and "-sans-exemple" not in path.stem]
"""A fault of the examples names the rule and the example; one of the text has a line and a column."""


@pytest.mark.parametrize("path", GALLERY, ids=[path.stem for path in GALLERY])
def test_message(path: Path, tmp_path: Path) -> None:
    """A broken rule is refused with one clear message that says what, and where to look."""
    text = path.read_text(encoding="utf-8")
    expected = text.splitlines()[0].removeprefix("# attendu : ")
    root = rules_folder(tmp_path / "rules", **{path.stem.replace("-", "_"): text})
    with pytest.raises(RuleFileError) as caught:
        check_examples(*load_sources(root))
    assert expected in str(caught.value)
    assert path.stem in str(caught.value)


@pytest.mark.parametrize("path", OF_THE_TEXT, ids=[path.stem for path in OF_THE_TEXT])
def test_position(path: Path, tmp_path: Path) -> None:
    """A fault of the text, as opposed to one of the examples, gives its line and column."""
    root = rules_folder(tmp_path / "rules", **{path.stem.replace("-", "_"): path.read_text(encoding="utf-8")})
    with pytest.raises(RuleFileError) as caught:
        load_sources(root)
    assert all(re.match(r"[^:]+:\d+:\d+: ", fault) for fault in caught.value.faults)


def test_all_faults_at_once(tmp_path: Path) -> None:
    """The faults of several files, unreadable ones included, come in one go."""
    files = {
        "un": rule_text("un", requires="[{fait: aloti, egal: true}]"),
        "deux": rule_text("deux", when="[{fait: typ, egal: x}]"),
        "trois": "a: [",
    }
    with pytest.raises(RuleFileError) as caught:
        load_sources(rules_folder(tmp_path / "rules", **files))
    assert {fault.split(":")[0].rsplit("/", 1)[-1] for fault in caught.value.faults} == {
        "un.yaml",
        "deux.yaml",
        "trois.yaml",
    }


def test_a_pack_adds_and_never_replaces(tmp_path: Path) -> None:
    """A local pack may not redefine a shipped rule or parameter."""
    root = rules_folder(tmp_path / "rules", essai=rule_text())
    pack = tmp_path / "pack.yaml"
    indented = rule_text().strip().replace("\n", "\n    ")
    pack.write_text(f"regles:\n  - theme: criteres\n    {indented}\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="existe déjà : un paquet ajoute, il ne remplace pas"):
        load_sources(root, [pack])


def test_a_pack_adds_rules(tmp_path: Path) -> None:
    """A rule of a local pack is loaded beside the shipped ones, and says where it comes from."""
    root = rules_folder(tmp_path / "rules", essai=rule_text())
    pack = tmp_path / "pack.yaml"
    indented = rule_text("maison").strip().replace("\n", "\n    ")
    pack.write_text(f"objet: Nos règles\nregles:\n  - theme: criteres\n    {indented}\n", encoding="utf-8")
    book, _ = load_sources(root, [pack])
    assert [(rule.id, bool(rule.pack)) for rule in book.rules] == [("essai", False), ("maison", True)]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("documents:/documens:", "references.yaml:9:1: références : clé inconnue « documens »"),
        ("  kit-regionaless:/  kit-regionales:", "document source inconnu « kit-regionaless »"),
        ("arrete_au: /arrete_au: [", "YAML illisible"),
    ],
)
def test_one_fault_of_the_references_is_told_once(tmp_path: Path, fault: str, said: str) -> None:
    """A hundred rules cite the documents: their citations are not as many faults."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_root(), folder)
    before, after = fault.split("/")
    file = folder / "references.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RuleFileError) as told:
        load_sources(folder)
    assert said in str(told.value)
    assert len(told.value.faults) <= 2


def test_an_empty_file_of_references_is_told(tmp_path: Path) -> None:
    """No key at all is a fault too."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_root(), folder)
    (folder / "references.yaml").write_text("", encoding="utf-8")
    with pytest.raises(RuleFileError, match="une table est attendue"):
        load_sources(folder)
