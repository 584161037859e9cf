"""A short campaign against each reader: files changed by their bytes and by their parts, the same at each run."""

from __future__ import annotations

from pathlib import Path

import fuzz_oracle as oracle
import fuzz_seeds as seeds
import pytest
from fuzz_mutations import HOSTILE, mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_pieces import docx_bytes, paragraph, raw_pdf_page

from achats_check import readers
from achats_check.model.document import Document

FOUND = sorted((Path(__file__).parent / "found").glob("*.*"))
"""Files kept by campaigns (`docs/developper.md`)."""
try:
    from achats_check.readers.formats import FORMATS as TABLE
except ModuleNotFoundError:  # the table has a module of its own once there are many formats
    TABLE = readers.NAMES
EXAMPLES = 80
"""Files tried of each format."""


def test_every_format_has_a_seed() -> None:
    """A format that is read is fuzzed."""
    assert set(TABLE) <= set(seeds.SEEDS) | seeds.ELSEWHERE


@pytest.mark.parametrize("name", sorted(set(TABLE) & set(seeds.SEEDS)))
def test_seeds_are_valid(name: str) -> None:
    """Each seed is read as what it is, whole."""
    result = oracle.judge(seeds.data_of(name), seeds.SEEDS[name].suffix)
    assert isinstance(result, Document), result
    assert (result.format, result.unread_pages, result.truncated) == (name, (), False)


@pytest.mark.parametrize("name", sorted(seeds.SEEDS))
@settings(max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(numbers=st.lists(st.integers(0, 255), min_size=8, max_size=60))
def test_changed_files(name: str, numbers: list[int]) -> None:
    """Whatever is changed in a file, it is read or refused, and quotes are found where they are said to be."""
    oracle.judge(mutated(seeds.data_of(name), iter(numbers)), seeds.SEEDS[name].suffix)


@pytest.mark.parametrize("name", sorted(seeds.SEEDS))
def test_hostile_words_in_the_middle(name: str) -> None:
    """Each hostile word, put in the middle of a file as it is."""
    data = seeds.data_of(name)
    middle = len(data) // 2
    for word in HOSTILE[:: 4 if name == "pdf" else 2]:
        oracle.judge(data[:middle] + word + data[middle:], seeds.SEEDS[name].suffix)


@pytest.mark.parametrize("unit", [".", "a", "1 ", "1.1.", "….", "a-", "Article 1 "])
def test_one_sign_without_end(unit: str) -> None:
    """No pattern takes more than its share on a paragraph, or a line of a page, of one sign repeated."""
    text = unit * (60_000 // len(unit))
    oracle.judge(docx_bytes(paragraph(text)), ".docx")
    line = text.replace("…", "..").encode()
    oracle.judge(raw_pdf_page(b"[0 0 500 500]", b"BT /F1 1 Tf 20 20 Td (%s) Tj (\\255) ' (a) ' ET" % line), ".pdf")


def test_what_campaigns_found() -> None:
    """Files that once broke a promise keep it."""
    for path in FOUND:
        oracle.judge(path.read_bytes(), path.suffix)


def test_the_same_numbers_give_the_same_file() -> None:
    """What a campaign finds can be made again."""
    data = seeds.data_of("docx")
    assert mutated(data, iter([1, 2, 3] * 9)) != data
    assert mutated(data, iter([7, 1, 5] * 9)) == mutated(data, iter([7, 1, 5] * 9))
