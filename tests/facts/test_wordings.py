"""Wordings of our own in the manner of many templates: what a person reads in each is read, and nothing more."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, terms, vocabulary

from achats_check.facts.extract import extract
from precision.wordings import Wording, faults, load_wordings

WORDINGS = {wording.name: wording for wording in load_wordings()}
READ = [name for name, wording in WORDINGS.items() if not wording.gap]
GAPS = [name for name, wording in WORDINGS.items() if wording.gap]


def told(wording: Wording) -> list[str]:
    """What was read otherwise than a person reads it."""
    return faults(wording, extract(wording.documents, vocabulary(), naming(), terms(), lexicon())[1])


@pytest.mark.parametrize("name", READ)
def test_a_wording_is_read_as_a_person_reads_it(name: str) -> None:
    """Every fact it states is known with its value; what only looks like one is not."""
    assert told(WORDINGS[name]) == []


@pytest.mark.parametrize("name", GAPS)
def test_a_known_gap_is_still_one(name: str) -> None:
    """A wording kept as not read yet: once it is, its mark must go."""
    assert told(WORDINGS[name]) != []


def test_the_wordings_are_many_and_hold_decoys() -> None:
    """Each file has its share of what must be left alone."""
    assert len(WORDINGS) > 250
    assert len(GAPS) <= 3
    assert sum(bool(wording.unsaid) for wording in WORDINGS.values()) > 60
