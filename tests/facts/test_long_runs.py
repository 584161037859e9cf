"""Runs of blanks or of letters that no page has: a text keeps its length and its spans, and no expression lingers."""

from __future__ import annotations

import re

import pytest
from facts_builders import lexicon, naming, terms, vocabulary
from hypothesis import given
from hypothesis import strategies as st
from test_linear_time import grows_too_fast, piece

from achats_check.facts.extract import extract
from achats_check.facts.long_runs import without_long_runs
from achats_check.facts.structure.buyer_names import category_of
from achats_check.facts.word_index import blocks_of, set_of

_UNITS = st.sampled_from(["a", " ", "\t", "\n", ".", "é1_", " \n"])
_PARTS = st.lists(st.tuples(_UNITS, st.integers(0, 700)), max_size=6)


@given(_PARTS)
def test_a_text_keeps_its_length_and_its_short_runs(parts: list[tuple[str, int]]) -> None:
    """Only runs of 300 or more are cut, into parts that are short."""
    text = "".join(unit * times for unit, times in parts)
    found = without_long_runs(text)
    assert len(found) == len(text)
    assert all(new in (old, "\0") for old, new in zip(text, found, strict=True))
    assert re.search(r"\s{300}|\w{300}", found) is None
    if re.search(r"\s{300}|\w{300}", text) is None:
        assert found == text


def test_what_stands_before_a_long_run_is_read() -> None:
    """A gap of a thousand blanks hides nothing of what it separates."""
    _, facts = extract(
        (piece(["Durée du marché : 12 mois" + " " * 1000 + "Variantes : interdites"]),), vocabulary(), naming(), terms()
    )
    told = facts.get("duree_mois")
    assert told is not None
    assert told.value == 12


@pytest.mark.parametrize(
    "text",
    [
        "reconduction" + " " * 40_000,
        "reconduction" + "\t" * 40_000,
        "sans allotissement" + " " * 40_000,
        "durée en mois" + " " * 40_000,
        "Pouvoir adjudicateur : Commune de " + "a" * 40_000,
        "Maître d'ouvrage : " + "abc-" * 10_000,
        "Le montant maximum " + "10 000 € " * 6000,
    ],
    ids=lambda text: text[:16],
)
def test_a_word_before_a_long_run_costs_nothing_more(text: str) -> None:
    """The words that wake an expression stand right before what it could get lost in."""

    def run(length: int) -> object:
        return extract((piece([text[:length] + "!"]),), vocabulary(), naming(), terms(), lexicon())

    assert not grows_too_fast(run, len(text) // 4)


def test_the_name_in_a_field_of_a_notice_may_be_of_any_length() -> None:
    """Fields of notices are read as they are."""
    assert not grows_too_fast(lambda length: category_of("a" * length, terms()["acheteur"]), 20_000)
    assert category_of("commune de saint-firmin " + "x" * 1000, terms()["acheteur"]) == "commune"


@given(st.sets(st.integers(0, 5000)))
def test_sets_of_blocks(indexes: set[int]) -> None:
    """What is put in comes out, in order."""
    assert list(blocks_of(set_of(indexes))) == sorted(indexes)
