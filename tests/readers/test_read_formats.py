"""The table of readers: every format has a name, extensions of its own and a reader that can be imported."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from achats_check.readers.formats import FORMATS, reader
from achats_check.readers.refusals import REFUSALS
from achats_check.readers.sniff import sniff


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_has_a_reader(kind: str) -> None:
    """The function a line names exists, and the name people read follows "c'est"."""
    assert callable(reader(kind))
    assert FORMATS[kind].label.startswith(("un ", "une "))
    assert FORMATS[kind].extensions


def test_an_extension_belongs_to_one_format() -> None:
    """No extension is claimed twice, but those of XML and JSON; each starts with a dot, in lower case."""
    claimed = [extension for known in FORMATS.values() for extension in known.extensions]
    own = [extension for extension in claimed if extension not in (".xml", ".json")]
    assert len(own) == len(set(own))
    assert all(extension.startswith(".") and extension == extension.lower() for extension in claimed)


def test_what_is_read_is_not_refused() -> None:
    """A format stands in one of the two tables."""
    assert not FORMATS.keys() & REFUSALS.keys()


HEADS = ["<!---->", "<!---->\n", "<?xml ", "<a ", "a:\n", "- ", "{", "[\n", "<!--", " ", "\n", "#\n", "---\n"]


@pytest.mark.parametrize("suffix", ["", ".txt", ".html", ".md"])
@pytest.mark.parametrize("head", HEADS)
def test_what_a_text_is_takes_no_time_to_tell(head: str, suffix: str, tmp_path: Path) -> None:
    """Openings that come back a thousand times are no trap."""
    path = tmp_path / f"piece{suffix}"
    path.write_text(head * (8000 // len(head)) + "fin", encoding="utf-8")
    start = time.thread_time()
    assert sniff(path)
    assert time.thread_time() - start < 1


def test_a_reader_is_imported_for_its_own_files_only() -> None:
    """Loading the table loads no reader."""
    code = (
        "import sys, achats_check.readers; "
        "print([m for m in sys.modules if m.startswith('achats_check.readers.') and m.count('.') > 1 "
        "and m.split('.')[2] not in ('formats', 'guards', 'sniff')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
