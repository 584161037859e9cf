"""One description for each mistake, beside the French message that it must earn, word for word.

``nom.json`` or ``nom.yaml`` is the description, ``nom.json.attendu`` its faults, one a line.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from achats_check.cli import main
from achats_check.errors import DescriptionError
from achats_check.facts.description import description_facts
from achats_check.resources import rules_root
from achats_check.vocabulary import Vocabulary, load_vocabulary

FOLDER = Path(__file__).parent / "broken_descriptions"
GALLERY = sorted(path for path in FOLDER.iterdir() if path.suffix in {".json", ".yaml"})
each = pytest.mark.parametrize("path", GALLERY, ids=[path.name for path in GALLERY])


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Return the shipped vocabulary."""
    return load_vocabulary(rules_root())


def expected(path: Path) -> list[str]:
    """Return the faults a description must earn."""
    return path.with_name(f"{path.name}.attendu").read_text(encoding="utf-8").splitlines()


def test_the_gallery_is_complete() -> None:
    """Every description has its message, and every message its description."""
    told = {path.name.removesuffix(".attendu") for path in FOLDER.glob("*.attendu")}
    assert told == {path.name for path in GALLERY}
    assert len(GALLERY) >= 40


@each
def test_message(path: Path, vocabulary: Vocabulary) -> None:
    """The faults are those expected, all of them, in that order."""
    text = path.read_text(encoding="utf-8")
    with pytest.raises(DescriptionError) as told:
        description_facts(text, path.suffix[1:], path.name, vocabulary)
    assert told.value.faults == expected(path)
    assert str(told.value) == "\n".join(f"{path.name} : {fault}" for fault in expected(path))


@each
def test_command(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command tells the same on standard error and ends with 3."""
    shutil.copy(path, tmp_path / path.name)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([path.name])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (3, "")
    assert told.err.removeprefix("achats-check : ").splitlines() == [
        f"{path.name} : {fault}" for fault in expected(path)
    ]
