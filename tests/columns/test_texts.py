"""What texts say: told alike for each distinct text, however often and in whatever type of column it comes."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from tests.columns.tables import book

from achats_check.columns import texts
from achats_check.columns.expression import ENUM, LIST, TEXT, TRUTH, Expressions
from achats_check.columns.polars_writer import PolarsWriter
from achats_check.columns.reading import PACKED, STRING, STRINGS, Reading
from achats_check.columns.texts import Distinct, reader_of, words_of

WITHIN = (("71300000",), (("45000000", "45999999"),))


def told(column: pa.Array, type: str, reading: Reading, op: str, data: object = None) -> list[bool | None]:
    """Return what a column answers to one question, row by row, None where it is unknown."""
    e = Expressions()
    source = e.source("colonne", type, reading)
    asked = e.call(op, TRUTH, [source], data)
    said = reader_of(source, [asked])(column)
    yes, known = said.rows("yes", asked.key), said.rows("known", None)
    assert yes & ~known == 0
    return [bool(yes >> row & 1) if known >> row & 1 else None for row in range(len(column))]


@pytest.mark.parametrize(
    ("op", "data", "items", "expected"),
    [
        ("has_prefix", ("45", "77"), ("7731",), True),
        ("has_prefix", ("45", "77"), ("1445", "9077"), False),
        ("has_prefix", ("45",), (), False),
        ("has_item", ("R2122-1",), ("R2122-10",), False),
        ("has_item", ("R2122-1",), ("x", "R2122-1"), True),
        ("has_item_folded", ("séniors",), ("SÉNIORS",), True),
        ("all_prefixed", ("85", "80"), ("8531", "8050"), True),
        ("all_prefixed", ("85", "80"), ("8531", "4500"), False),
        ("all_prefixed", ("85",), (), True),
        ("first_within", WITHIN, ("45112500-1", "00000000"), True),
        ("first_within", WITHIN, ("00000000", "45112500"), False),
        ("first_within", WITHIN, (), False),
        ("all_within", WITHIN, ("45112500", "71300000"), True),
        ("all_within", WITHIN, ("45112500", "71300001"), False),
        ("all_within", WITHIN, (), False),
        ("is_empty", None, (), True),
        ("is_empty", None, ("45000000",), False),
    ],
)
def test_answers(op: str, data: object, items: tuple[str, ...], expected: bool) -> None:
    """Each question looks at whole items, and an empty list is within nothing."""
    assert told(pa.array([items], pa.list_(pa.string())), LIST, Reading(STRINGS), op, data) == [expected]


@pytest.mark.parametrize("item", [pl.String, pl.Categorical, pl.Enum(["45000000", "77000000", ""])])
def test_a_list_is_read_whole(item: Any) -> None:
    """A missing item leaves a list unknown; a blank one is an item; a batch may begin in the middle of a table."""
    lists = [["45000000"], [], None, ["45000000", None], [""], ["77000000", "45000000"], ["77000000"]]
    column = pl.Series(lists, dtype=pl.List(item)).to_arrow()
    empty = [False, True, None, None, False, False, False]
    assert told(column, LIST, Reading(STRINGS), "is_empty") == empty
    prefixed = [True, False, None, None, False, True, False]
    assert told(column, LIST, Reading(STRINGS), "has_prefix", ("45",)) == prefixed
    assert told(column.slice(3), LIST, Reading(STRINGS), "has_prefix", ("45",)) == prefixed[3:]


def test_a_list_of_a_closed_list_is_unknown_when_an_item_is_not_there() -> None:
    """As in a description: one word too many and the whole says nothing."""
    reading = Reading(STRINGS, values=("jeunes", "séniors"))
    column = pa.array([["jeunes"], ["jeunes", "autre"], []])
    assert told(column, LIST, reading, "has_item", ("jeunes",)) == [True, None, False]


def test_a_packed_list_is_split() -> None:
    """Codes of one cell are separated by semicolons; a cell without any says nothing."""
    column = pa.array([" 45000000 ;; 77000000", " ; ", "", None, "77000000"])
    assert told(column, LIST, Reading(PACKED), "has_prefix", ("45",)) == [True, None, None, None, False]


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical])
def test_words_are_sought_in_small_letters(dtype: Any) -> None:
    """Python's small letters, the Turkish one included; a word is no pattern; a blank text is unknown."""
    held = ["Service D’INSERTION", "İNSERTION", "  \t", None, "Inserti0n", "lot A.B", "lot AxB"]
    column = pl.Series(held, dtype=dtype).to_arrow()
    words = ("insertion", "a.b")
    expected = [None if text is None or not text.strip() else any(w in text.lower() for w in words) for text in held]
    assert told(column, TEXT, Reading(STRING), "has_word", words) == expected
    assert told(column.slice(1), TEXT, Reading(STRING), "has_word", words) == expected[1:]


def test_a_whole_text_is_compared_without_its_blanks() -> None:
    """Blanks around it, the no-break one included, and capitals change nothing."""
    column = pa.array(["\u00a0Néant ", "NÉANT", "néant à signaler", None])
    assert told(column, TEXT, Reading(STRING), "folded_in", ("néant",)) == [True, True, False, None]


def test_every_word_of_the_rules_is_found_in_columns_as_elsewhere() -> None:
    """The words that jurists give are taken as they are written."""
    for table in ("cpv_services_sociaux", "objets_de_reseau"):
        words = tuple(book().lists[table]["mots"])
        column = pa.array([f"Marché : {word.upper()}." for word in words])
        assert told(column, TEXT, Reading(STRING), "has_word", words) == [True] * len(words)


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(["bleu", "mauve", "rouge"])])
def test_a_text_of_a_closed_list_is_one_of_it(dtype: Any) -> None:
    """Another word is unknown."""
    source = Expressions().source("couleur", ENUM + "bleu|rouge", Reading(STRING, values=("bleu", "rouge")))
    table = pl.DataFrame({"couleur": pl.Series(["bleu", "mauve", None, "rouge", "bleu"], dtype=dtype)})
    said = words_of(table.select(PolarsWriter().expression(source)).to_series().to_arrow())
    assert [said.rows("is", text) for text in ("bleu", "mauve", "rouge")] == [0b10001, 0, 0b01000]
    assert said.rows("known", None) == 0b11001


def test_forgetting_texts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is bounded; each distinct text of a batch is read once at the most."""
    monkeypatch.setattr(texts, "_MOST", 2)
    read: list[str] = []
    distinct = Distinct(lambda text: read.append(text) or text[:2])
    column = pa.array(["45a", "77a", "45b", "45a", "80a"])
    for _ in range(2):
        assert distinct.rows(column) == {"45": 0b01101, "77": 0b00010, "80": 0b10000}
    assert sorted(read) == sorted(["45a", "77a", "45b", "80a"] * 2)
