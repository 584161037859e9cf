"""What is kept from one run to the next: read back whole, or not at all."""

from __future__ import annotations

import marshal
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from achats_check import cache, patterns, private_folder
from achats_check.rules import load_rules

PATTERN = r"(?i)marchés?\s{1,4}(?P<kind>réservé|alloti)(?:[^.;]|\.(?=\s?\d)){0,80}?lots?"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "achats-check"


def test_a_file_is_read_back(folder: Path) -> None:
    """What was written is there, for this user only."""
    private_folder.write("name", b"content")
    assert private_folder.read("name") == b"content"
    assert not (folder / "name").stat().st_mode & 0o077


def test_threads_never_see_half_of_a_file(folder: Path) -> None:
    """A service that checks in threads writes and reads the same files at once."""
    content = b"a" * 500_000
    private_folder.write("name", content)

    def write(rank: int) -> bool:
        private_folder.write("name", content)
        return private_folder.read("name") == content

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(write, range(200)))
    assert [path.name for path in folder.iterdir()] == ["name"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owner nor mode on this system")
def test_a_file_others_may_write_is_ignored(folder: Path) -> None:
    """Neither such a file nor such a folder is trusted."""
    private_folder.write("name", b"content")
    (folder / "name").chmod(0o666)
    assert private_folder.read("name") is None
    (folder / "name").chmod(0o600)
    folder.chmod(0o777)
    assert private_folder.read("name") is None


def test_a_listing_of_files_just_changed_is_not_kept(folder: Path, tmp_path: Path) -> None:
    """A file may change again within the same tick of the clock: its content is read until the tick has passed."""
    rule = tmp_path / "a.yaml"
    rule.write_text("a: 1", encoding="utf-8")
    first = cache.content_key(str(tmp_path), [str(rule)])
    assert not list(folder.glob("*.files"))
    rule.write_text("a: 2", encoding="utf-8")
    assert cache.content_key(str(tmp_path), [str(rule)]) != first


def test_the_rulebook_survives_the_cache() -> None:
    """The rulebook that is read back is the one that was loaded."""
    first = load_rules()
    assert cache.read(cache.content_key(*_shipped())) == first
    assert load_rules() == first


def _shipped() -> tuple[str, list[str]]:
    from achats_check.resources import rules_root

    root = str(rules_root())
    return root, cache.rule_files(root)


def test_a_cache_that_names_anything_else_is_ignored(folder: Path) -> None:
    """A tampered file builds nothing; a value that could not be read again is refused when written."""
    private_folder.write("key.rules", pickle.dumps(Path("x")))
    assert cache.read("key") is None
    with pytest.raises(ValueError, match="records of its kind"):
        cache.write("key", Path("x"))


def test_a_pattern_is_the_same_compiled_kept_and_restored() -> None:
    """The pattern that another process kept has the flags, groups and matches of the one ``re`` compiles."""
    code = f"from achats_check import patterns; patterns.compiled({PATTERN!r}); patterns.keep()"
    subprocess.run([sys.executable, "-c", code], check=True)
    stored = marshal.loads(private_folder.read(patterns._NAME) or b"")[1][PATTERN]
    found, expected = patterns._engine_pattern(PATTERN, stored), re.compile(PATTERN)
    assert (found.pattern, found.flags, found.groupindex) == (expected.pattern, expected.flags, expected.groupindex)
    text = "Le MARCHÉ réservé, art. 4, comprend trois lots. Marchés alloti en lots."
    assert [m.span() for m in found.finditer(text)] == [m.span() for m in expected.finditer(text)]


def test_a_pattern_kept_by_another_python_is_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither another build nor a damaged file is taken for ours."""
    for content in (marshal.dumps(("another build", {PATTERN: (0, b"", 0, ())})), b"\xff\x00damaged"):
        private_folder.write(patterns._NAME, content)
        monkeypatch.setattr(patterns, "_stored", {})
        monkeypatch.setattr(patterns, "_compiled", {})
        monkeypatch.setattr(patterns, "_read", False)
        assert patterns.compiled(PATTERN).search("marché alloti en lots")


def test_too_many_patterns_kept_give_way_to_those_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once over the limit, what older versions left is dropped, and what this run used stays."""
    old = {f"old{rank}": (0, b"", 0, ()) for rank in range(5)}
    private_folder.write(patterns._NAME, marshal.dumps((patterns._BUILD, old)))
    for name, empty in (("_stored", {}), ("_compiled", {}), ("_new", set()), ("_read", False), ("_LIMIT", 6)):
        monkeypatch.setattr(patterns, name, empty)
    patterns.compiled(PATTERN)
    patterns.keep()
    assert set(_kept()) == {*old, PATTERN}
    patterns.compiled("autre")
    patterns.keep()
    assert set(_kept()) == {PATTERN, "autre"}


def test_nothing_is_written_when_nothing_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that found every pattern kept leaves the file alone."""
    for name, empty in (("_stored", {}), ("_compiled", {}), ("_new", set()), ("_read", False)):
        monkeypatch.setattr(patterns, name, empty)
    patterns.compiled(PATTERN)
    patterns.keep()
    private_folder.write(patterns._NAME, b"")
    patterns.keep()
    assert private_folder.read(patterns._NAME) == b""


def _kept() -> dict[str, object]:
    content = private_folder.read(patterns._NAME)
    assert content
    found: dict[str, object] = marshal.loads(content)[1]
    return found
