"""Numbers typed at the start of titles, and the lines that only look like titles."""

from __future__ import annotations

import pytest

from achats_check.readers.outline import Draft, settle
from achats_check.readers.titles import typed_title


@pytest.mark.parametrize(
    ("text", "article", "level"),
    [
        ("Article 4 – Durée", "4", 1),
        ("ARTICLE 6.2 : AVANCE", "6.2", 2),
        ("Article 1er - Objet du marché", "1", 1),
        ("ARTICLE IV", "IV", 1),
        ("Art. 12 Pénalités", "12", 1),
        ("4.2 Durée", "4.2", 2),
        ("4.2. Durée", "4.2", 2),
        ("3.2-Prestations occasionnelles :", "3.2", 2),
        ("3-1 Commande :", "3.1", 2),
        ("01.06 Variantes", "01.06", 2),
        ("A.2 Lots", "A.2", 2),
        ("B2 – Nature du groupement", "B2", 2),
        ("7 - Développement durable", "7", 1),
    ],
)
def test_numbers_of_titles(text: str, article: str, level: int) -> None:
    """The usual ways to number a title give its article and its depth."""
    title = typed_title(text)
    assert title is not None
    assert (title.article, title.level) == (article, level)


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 du présent cahier, le titulaire est tenu",
        "article L. 2113-10 du code de la commande publique",
        "1.5 mois",
        "20 000 € HT",
        "12 janvier 2026",
        "30 jours",
        "47300 Villeneuve",
        "2.1 le titulaire remet un rapport ;",
        "1) une présence permanente sur le site",
        "R.2143-3 Documents",
        "A la charge du titulaire",
        "3.2 Le titulaire remet son rapport dans un délai de trente jours à compter de la fin de la période visée.",
        "Titre",
        "C2 - Volume : 300 heures pour le lot 1 ; 150 heures pour le lot 2.",
        "4.3 Facilitateur : la maison de l'emploi.",
        "Annexe 2 : bordereau des prix",
        "ANNEXE N° 1 : DÉSIGNATION DES CO-TRAITANTS ET RÉPARTITION DES",
    ],
)
def test_lines_that_are_no_titles(text: str) -> None:
    """References, dates, amounts, enumerations and sentences are no titles."""
    assert typed_title(text) is None


def titles_among(*texts: str) -> list[str]:
    """Articles of the texts that remain titles in one document."""
    drafts = []
    for text in texts:
        typed = typed_title(text, prominent=True)
        draft = Draft("title" if typed else "paragraph", text)
        if typed:
            draft.article, draft.level, draft.sureness = typed
        drafts.append(draft)
    return [block.article for block in settle(drafts) if block.kind == "title"]


def test_bare_number_must_follow() -> None:
    """A lone number makes a title only when it follows the last article."""
    assert titles_among("1 - Objet", "texte", "20 Epicerie", "2 - Durée") == ["1", "2"]


def test_bare_number_yields_to_worded_articles() -> None:
    """In a document that writes "Article 1", a lone "1 -" numbers the items of a list."""
    assert titles_among("Article 1 - Objet", "1 - Cuisine", "Article 2 - Durée") == ["1", "2"]


def test_list_of_lots_is_no_run_of_titles() -> None:
    """Three lone numbers in a row with nothing between are a list, not three empty articles."""
    assert titles_among("1 - Gros œuvre", "2 - Charpente", "3 - Peinture", "Texte.") == []


def test_bare_number_before_capitals() -> None:
    """Capitals after a figure and its mark need no bold to be a title; a list of forms in capitals is none."""
    assert typed_title("7. PÉNALITÉS") == ("7", 1, "bare")
    assert typed_title("7. Pénalités") is None
    assert typed_title("3 000 EUROS HT") is None
    assert titles_among("1. OBJET", "texte", "2. PRIX", "texte", "DC1", "texte") == ["1", "2"]


def test_number_between_two_subsections() -> None:
    """A lone number between 1.1 and 1.2 is an item of 1.1."""
    assert titles_among("1.1 Objet", "2. Normes", "texte", "1.2 Lots") == ["1.1", "1.2"]


def test_contents_without_dots() -> None:
    """A title followed by a page number, which comes back without it, is an entry of the table of contents."""
    assert titles_among("Article 1 - Objet 3", "Article 1 - Objet") == ["1"]


def test_article_of_an_unnumbered_subtitle() -> None:
    """A deeper title without a number stays in the article above it."""
    drafts = [
        Draft("title", "Pénalités", level=1, article="9"),
        Draft("title", "Retard", level=2),
        Draft("paragraph", "x"),
    ]
    assert [(block.article, block.heading) for block in settle(drafts)][-1] == ("9", "Retard")


def test_annex_at_the_end_of_a_piece() -> None:
    """A prominent "ANNEXE C – …" closes the article above; those of a list of pieces are no titles."""
    lines = ["ARTICLE 10 - ENVIRONNEMENT", "Le titulaire trie ses déchets.", "ANNEXE C - CLAUSE D'INSERTION"]
    drafts = []
    for text in [*lines, "Le titulaire réserve des heures."]:
        typed = typed_title(text)
        drafts.append(Draft("title" if typed else "paragraph", text))
        if typed is not None:
            drafts[-1].article, drafts[-1].level, drafts[-1].sureness = typed
    blocks = settle(drafts)
    assert (blocks[-1].article, blocks[-1].heading) == ("", "ANNEXE C - CLAUSE D'INSERTION")
    assert titles_among("ANNEXE 1 - PLANS", "ANNEXE 2 - BORDEREAU", "ANNEXE 3 - CHARTE") == []


def test_enumeration_of_sentences() -> None:
    """A lone number that goes on an enumeration of sentences is an item, even where it looks like a title."""
    assert titles_among("1.1 Hygiène", "1- respecter une distance.", "2- se laver.", "3- Lavage des mains :") == ["1.1"]
    assert titles_among("1. Objet", "1. tonte ;", "texte", "2. Durée") == ["1", "2"]


def test_bold_title_that_ends_like_a_sentence() -> None:
    """The long name of a part, bold and closed by a dot, is a title."""
    name = "C - Signature du marché par le titulaire individuel ou, en cas de groupement, par chacun de ses membres."
    title = typed_title(name, prominent=True)
    assert title is not None
    assert title.article == "C"
    assert typed_title(name) is None
