"""Clauses told under the title of a chapter, which has no number of article, and numbers of titles."""

from __future__ import annotations

import pytest

from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.numbered_titles import without_its_number
from achats_check.facts.clauses.other_contracts import of_another_contract
from achats_check.facts.text import fold
from achats_check.model.document import Block


def _blocks(*lines: tuple[str, int, str]) -> tuple[Block, ...]:
    """One block a line: its text, its level (0 for a paragraph), its article."""
    found: list[Block] = []
    heading = ""
    for index, (text, level, article) in enumerate(lines):
        heading = text if level else heading
        found.append(Block(index, "title" if level else "paragraph", text, 1, article, heading, level, None, ()))
    return tuple(found)


def test_titles_of_a_chapter_stand_above_its_articles() -> None:
    """An article without the number of its chapter is in it, up to the next title of its level."""
    headings = Headings(
        _blocks(
            ("Chapitre IV – Clause sociale", 1, ""),
            ("4-1 Obligation", 2, "4.1"),
            ("Le titulaire embauche.", 0, "4.1"),
            ("Chapitre V – Déchets", 1, ""),
            ("5-1 Tri", 2, "5.1"),
            ("Article 6 – Délais", 1, "6"),
            ("Huit jours.", 0, "6"),
        )
    )
    assert "clause sociale" in headings.above(2)
    assert "clause sociale" not in headings.own(2)
    assert "clause sociale" not in headings.above(4)
    assert "dechets" in headings.above(4)
    assert headings.above(6) == "article 6 - delais"


@pytest.mark.parametrize(
    "chapter", ["Chapitre 6 – Environnement", "TITRE VI. Environnement", "Partie n° 6 Environnement"]
)
def test_articles_with_the_number_of_a_chapter_are_in_it(chapter: str) -> None:
    """ "6.3" is in "Chapitre 6" and in "Titre VI", even where the reader gives both titles one level."""
    headings = Headings(
        _blocks(
            (chapter, 1, ""),
            ("6.3 Relevés", 1, "6.3"),
            ("Ils sont remis chaque semestre.", 0, "6.3"),
            ("60.1 Prix", 1, "60.1"),
            ("6.4 Suites", 1, "6.4"),
        )
    )
    assert "environnement" in headings.above(2)
    assert "environnement" not in headings.above(3)
    assert "environnement" not in headings.above(4), "the chapter was left"


def test_the_name_of_a_piece_is_no_chapter() -> None:
    """ "Titre du marché" and "Section technique" hold nothing: a chapter has a number or a letter."""
    headings = Headings(
        _blocks(("Titre du marché : insertion", 1, ""), ("1. Objet", 2, "1"), ("Des ateliers.", 0, "1"))
    )
    assert "insertion" not in headings.above(2)


def test_the_name_of_an_annex_stands_above_its_articles() -> None:
    """An annex that is a social clause of a lot says so once, on its cover; that of a contract lists its annexes."""
    article = (("2. Volume", 1, "2"), ("Au moins 300 heures.", 0, "2"))
    for name in ("Annexe sociale au CCAP", "ANNEXE N° 2 – CLAUSE D'INSERTION", "Annexe 3 : insertion"):
        headings = Headings(_blocks(("Ville de Corbe", 0, ""), (name, 0, ""), ("Lot 1 – voirie", 0, ""), *article))
        assert headings.above(4).endswith(f"{fold(name)}\nlot 1 - voirie"), name
    for cover in (("Cahier des clauses", "Annexe 1 : clause sociale"), ("Ville de Corbe", "Annexe 1 : plan des sites")):
        headings = Headings(_blocks(*((line, 0, "") for line in cover), *article))
        assert headings.above(3) == "2. volume", cover


def test_the_number_of_a_title_is_no_quantity() -> None:
    """ "4 Heures réservées" tells no four hours; a title that opens with its hours, and a paragraph, keep them."""
    assert without_its_number("title", fold("Chapitre 4 Heures réservées")) == "chapitre . heures reservees"
    assert without_its_number("title", fold("4.2 – Postes")) == "... - postes"
    assert without_its_number("title", fold("450 heures d'insertion")) == "450 heures d'insertion"
    assert without_its_number("paragraph", fold("4 heures")) == "4 heures"


def _is_of_another(text: str, words: str) -> bool:
    folded = fold(text)
    start = folded.index(fold(words))
    return of_another_contract(folded, 0, len(folded), start, start + len(fold(words)))


def test_what_a_former_contract_held() -> None:
    """The imperfect tells of another contract; a condition, an offer or a comparison tells of this one."""
    for told in (
        "Le contrat précédent comportait une clause d'insertion",
        "La clause d'insertion que le marché précédent prévoyait",
        "Le marché passé en 2019 a donné lieu à 900 heures, dont une clause d'insertion",
        "Une clause d'insertion était prévue au marché précédent",
    ):
        assert _is_of_another(told, "clause d'insertion"), told
    for told in (
        "Si l'entreprise ne respectait pas la clause d'insertion",
        "L'offre qui ne comportait pas la clause d'insertion",
        "Le titulaire du précédent marché connaît la clause d'insertion",
        "Le précédent marché réservait 200 heures ; le présent marché comporte une clause d'insertion",
        "La clause d'insertion, égale à celle que portait le marché précédent",
    ):
        assert not _is_of_another(told, "clause d'insertion"), told
