"""No text makes the reading slow out of proportion: four times the text is about four times the work.

Work is the time of the thread alone, compared with itself at a quarter of the length; a doubtful ratio is measured
again, since another program may have slowed one side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from facts_builders import lexicon, naming, terms, vocabulary

from achats_check.facts.announcing import pieces
from achats_check.facts.extract import extract
from achats_check.model.document import Block, Document
from achats_check.patterns import compiled

GROWTH = 4
TOO_MUCH = 9
"""Linear work grows by 4, quadratic work by 16."""
NOTICEABLE = 0.04
"""Seconds of work under which a ratio is noise, and harmless."""
AWAKE = (
    "alloti allotissement lots lot unique nombre de lots duree periode conclu reconduction renouvellement effet delai "
    "d'execution dans un delai maximum minimum montant estime critere criteres ponderation variante procedure adaptee "
    "appel d'offres siret cpv vocabulaire commun acheteur marche accord-cadre objet date limite boamp joue plafond "
)
"""Words that send extractors to the block that holds them."""
UNITS = (
    *(
        " ",
        "\t",
        ".",
        "a",
        "1 ",
        ".1",
        "(",
        ": ",
        "1,",
        "i.",
        "-a",
        "l'",
        '" ',
        "xx ",
        "\n",
        "☐ ",
        "☐ oui ☒ non ",
        "- ",
    ),
    *(
        "lot 1 ",
        "lots 1 et ",
        "lot ",
        "durée ",
        "critère ",
        "60 % ",
        "reconduc",
        "12 mois ",
        "1 an + ",
        "2 x ",
        "fois ",
    ),
    *("truite ", "eau vrac rincer ", "carton repris. ", "chômage emploi "),
    *("insertion ", "réservé ", "clause sociale : ", "montant maximum ", "100 € HT ", "€ ", "variante ", "n° ", "(1) "),
    *("R. 2161-2 à ", "12/01/2026 ", "appel d'offres ouvert ", "siret 123 ", "45000000 ", "article ", "A) ", "année "),
)
LINES = (
    *("lot 1 : tonte", "Critère 1 : prix 60 %", "Le marché est reconduit 2 fois.", "Le marché est réservé aux ESAT."),
    *("Montant maximum : 1 000 € HT", "Montant maximum €", "☐ oui", "La durée du marché est de 12 mois.", "Variantes"),
    *("SIRET 21470323300285", "CPV 45000000", "Lot\tDurée", "critères suivants :", "insertion de 10 heures au lot 2"),
    *("marché non alloti en raison de", "acheteur :", "Procédure adaptée", "Clauses sociales : sans", "Avance : sans"),
)


def piece(texts: list[str]) -> Document:
    """A piece with one block a text."""
    blocks = [
        Block(
            rank, "row" if "\t" in text else "paragraph", text, 1, "1", "Clause sociale", 0, 0, tuple(text.split("\t"))
        )
        for rank, text in enumerate(texts)
    ]
    return Document("piece.docx", "docx", tuple(blocks), role="CCP")


def work(run: Callable[[], object]) -> float:
    """The time of this thread alone."""
    start = time.thread_time()
    run()
    return time.thread_time() - start


def grows_too_fast(run: Callable[[int], object], length: int) -> bool:
    """Whether four times the length is far more than four times the work, three times measured."""
    for _ in range(3):
        short, long = work(lambda: run(length)), work(lambda: run(GROWTH * length))
        if long < NOTICEABLE or long < TOO_MUCH * short:
            return False
    return True


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_paragraph_is_read_in_proportion(unit: str) -> None:
    """One block that repeats the same thing."""

    def run(length: int) -> object:
        return extract((piece([AWAKE + (unit * length)[:length]]),), vocabulary(), naming(), terms(), lexicon())

    assert not grows_too_fast(run, 1500)


@pytest.mark.parametrize("line", LINES)
def test_many_paragraphs_are_read_in_proportion(line: str) -> None:
    """The same line again and again, told apart by a number so that nothing is merged."""

    def run(count: int) -> object:
        return extract(
            (piece([f"{line} {rank}" for rank in range(count)]),), vocabulary(), naming(), terms(), lexicon()
        )

    assert not grows_too_fast(run, 250)


def test_each_pattern_of_the_lexicon_is_tried_in_proportion() -> None:
    """Repeated openings of what a pattern matches, cut before it does, the worst it can be given; its own words too."""
    slow = []
    for form in lexicon().forms:
        pattern = compiled(form.pattern)
        own_words = " ".join(pieces(form.words)) + " "
        for text, least in (*((opening, 200) for opening in openings(form.pattern)), (own_words, 1000)):

            def run(length: int, text: str = text, tried: Any = pattern) -> object:
                return sum(1 for _ in tried.finditer((text * length)[:length]))

            if grows_too_fast(run, least):
                slow.append((form.pattern, text))
    assert slow == []


def openings(pattern: str) -> Iterator[str]:
    """Yield what comes before a match is complete: all but its last letter, or its first half."""
    whole = example(_parser.parse(pattern))
    yield whole[:-1] + " "
    yield whole[: len(whole) // 2 + 1] + " "


def example(tree: Any) -> str:
    """Return a text that a pattern matches, or nearly (what stands around it is left out)."""
    return "".join(_example(str(op), value) for op, value in tree)


def _example(op: str, value: Any) -> str:
    if op == "LITERAL":
        return chr(value)
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        return example(value[2]) * max(value[0], min(value[1], 1))
    if op == "SUBPATTERN":
        return example(value[3])
    if op == "BRANCH":
        return example(value[1][0])
    if op == "IN":
        return _one_of(value)
    return "x" if op in ("ANY", "NOT_LITERAL") else ""


def _one_of(members: Any) -> str:
    kind, value = members[0]
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(value[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(value), "a")
