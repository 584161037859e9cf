"""Rules kept from one run to the next: never stale, never trusted across users, never necessary."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from achats_check.errors import RuleFileError
from achats_check.law import loader
from achats_check.law.rulebook import Rulebook
from achats_check.resources import rules_root
from achats_check.rules import load_rules

RULE = "criteres/criteres-annonces.yaml"
WORDS = ("groupes.yaml", "labels.yaml")


class YamlWasRead(Exception):
    """Raised instead of reading rule files."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small rules folder: the vocabulary, the figures, the wording, and one rule."""
    folder = tmp_path / "rules"
    (folder / "criteres").mkdir(parents=True)
    for name in ("vocabulaire.yaml", "listes.yaml", "references.yaml", RULE):
        shutil.copy(rules_root() / name, folder / name)
    shutil.copytree(rules_root() / "parametres", folder / "parametres")
    shutil.copytree(rules_root() / "lexique", folder / "lexique", ignore=_most_words)
    return folder


def _most_words(folder: str, names: list[str]) -> list[str]:
    """Set aside most of the lexicon, whose patterns take seconds to read."""
    return [name for name in names if Path(folder).name == "lexique" and name.endswith(".yaml") and name not in WORDS]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield tmp_path / "cache" / "achats-check"
    for path in tmp_path.rglob("*"):
        if path.is_dir():
            path.chmod(0o700)


@pytest.fixture
def no_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any reading of rule files visible."""

    def refuse(*_: object, **__: object) -> None:
        raise YamlWasRead

    monkeypatch.setattr(loader, "load_sources", refuse)


def kept(cache: Path) -> Path:
    """Return the file where rules are kept."""
    (path,) = cache.glob("*.rules")
    return path


@pytest.fixture
def book(root: Path) -> Rulebook:
    """Load the rules once, from their files."""
    return load_rules(root=root)


def test_same_content_is_not_read_again(book: Rulebook, root: Path, no_yaml: None) -> None:
    """The second run reads no YAML, and gives the same rules, figures, words and wording."""
    again = load_rules(root=root)
    assert again == book
    assert again.version == book.version
    assert type(again.vocabulary) is type(book.vocabulary)


def test_a_copy_of_the_same_content_is_known(book: Rulebook, root: Path, no_yaml: None, tmp_path: Path) -> None:
    """The key is what the files hold, not where or when they were written."""
    shutil.copytree(root, tmp_path / "copie")
    assert load_rules(root=tmp_path / "copie") == book


@pytest.mark.parametrize(
    "name", [RULE, "vocabulaire.yaml", "listes.yaml", "parametres/spaser.yaml", "lexique/labels.yaml"]
)
@pytest.mark.usefixtures("book", "no_yaml")
def test_one_more_byte_is_read_again(root: Path, name: str) -> None:
    """Any file that changes, even by a blank, is read again."""
    path = root / name
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(YamlWasRead):
        load_rules(root=root)


@pytest.mark.usefixtures("book", "no_yaml")
def test_a_change_of_the_same_length_is_seen(root: Path) -> None:
    """A change that keeps size and date is a change."""
    path = root / RULE
    before = path.stat()
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(YamlWasRead):
        load_rules(root=root)


@pytest.mark.usefixtures("book", "no_yaml")
def test_a_new_file_is_read(root: Path, tmp_path: Path) -> None:
    """A rule that is added, or a pack, is another rulebook."""
    pack = tmp_path / "pack.yaml"
    pack.write_text("objet: rien\n", encoding="utf-8")
    with pytest.raises(YamlWasRead):
        load_rules([pack], root)
    (root / "criteres" / "autre.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(YamlWasRead):
        load_rules(root=root)


class Bomb:
    """What a hostile pickle would run."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch '{self.witness}'",)


@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
def test_a_tampered_file_is_never_run(book: Rulebook, root: Path, cache: Path, tmp_path: Path, protocol: int) -> None:
    """A file that names a command is ignored: nothing runs, and the rules are read again."""
    witness = tmp_path / "trace"
    kept(cache).write_bytes(pickle.dumps(Bomb(witness), protocol=protocol))
    assert load_rules(root=root) == book
    assert not witness.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80\x05", b"not a pickle", pickle.dumps({"rules": []}), pickle.dumps(print), pickle.dumps(Path("/"))],
)
def test_a_damaged_file_is_ignored(book: Rulebook, root: Path, cache: Path, content: bytes) -> None:
    """A file cut short, or that holds something else, costs a reading and nothing more."""
    kept(cache).write_bytes(content)
    assert load_rules(root=root) == book


def test_a_file_cut_anywhere_is_ignored(book: Rulebook, root: Path, cache: Path) -> None:
    """No prefix of a good file is taken for one."""
    path = kept(cache)
    whole = path.read_bytes()
    for share in (0.5, 0.999):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert load_rules(root=root) == book


@pytest.mark.parametrize("target", ["file", "folder"])
@pytest.mark.usefixtures("book", "no_yaml")
def test_what_others_may_write_is_not_trusted(root: Path, cache: Path, target: str) -> None:
    """A file or a folder that others may write is not read."""
    (kept(cache) if target == "file" else cache).chmod(0o777)
    with pytest.raises(YamlWasRead):
        load_rules(root=root)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners on this system")
@pytest.mark.usefixtures("book", "no_yaml")
def test_what_someone_else_wrote_is_not_trusted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another user is not read."""
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    with pytest.raises(YamlWasRead):
        load_rules(root=root)


def test_a_folder_that_cannot_be_made_only_costs_time(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a place for it, rules are read each time."""
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fichier"))
    assert load_rules(root=root) == load_rules(root=root)


@pytest.mark.usefixtures("book")
def test_what_is_kept_is_private(cache: Path) -> None:
    """Only the user may read or write what is kept, and few files are."""
    assert cache.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in cache.iterdir())


def test_old_rules_do_not_pile_up(root: Path, cache: Path) -> None:
    """Each change of a rule leaves a file behind: only a few stay."""
    for rank in range(6):
        (root / RULE).write_text((rules_root() / RULE).read_text(encoding="utf-8") + "\n" * rank, encoding="utf-8")
        load_rules(root=root)
    assert len(list(cache.glob("*.rules"))) <= 4


def test_faulty_rules_are_never_kept(root: Path, cache: Path) -> None:
    """Rules that do not load leave nothing that could be read as rules."""
    (root / RULE).write_text("id: [\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleFileError):
            load_rules(root=root)
    assert list(cache.glob("*.rules")) == []


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    """A folder that holds no rules is a fault that names the file that is missing."""
    with pytest.raises(RuleFileError, match=r"vocabulaire\.yaml"):
        load_rules(root=tmp_path / "rien")
