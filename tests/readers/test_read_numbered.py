"""Texts numbered in their own ways: "5. Critères" as a title, "3/" as an item, an extract that opens at article 9."""

from __future__ import annotations

import pytest

from achats_check.readers.marks import is_item
from achats_check.readers.numbered import numbered_articles
from achats_check.readers.outline import settle
from achats_check.readers.plain.paragraphs import paragraphs
from achats_check.readers.plain.pipes import with_outer_bars


def headings(text: str) -> list[tuple[str, str]]:
    """Article and heading of each block that is no title."""
    return [(b.article, b.heading) for b in settle(paragraphs(text.splitlines())) if b.kind != "title"]


ARTICLES = """1. Acheteur
Commune de Valbois
2. Procédure
Procédure adaptée
3. Critères
Prix 60 %, valeur technique 40 %.
4. Durée
48 mois à compter du 1er janvier 2027.
5. Date limite : 30/10/2026"""


def test_articles_numbered_like_items_are_titles() -> None:
    """A text without any other title, that counts once from 1, has its articles."""
    assert headings(ARTICLES)[:4] == [
        ("1", "1. Acheteur"),
        ("2", "2. Procédure"),
        ("3", "3. Critères"),
        ("4", "4. Durée"),
    ]
    assert headings(ARTICLES)[4][1] == "4. Durée"


@pytest.mark.parametrize(
    "text",
    [
        "Article 1 – Objet\nLes lots sont :\n1. Peinture\nSols\n2. Plomberie\nBains\n3. Gaz\nFour\n4. Bois\nBac",
        "1. Peinture\n2. Plomberie\n3. Menuiserie\n4. Serrurerie",
        "1. Prix\nSelon le bordereau.\n2. Délai\nDix jours.\n1. Prix\nAutre.\n2. Qualité\nBonne.\n3. Fin\nVoilà.",
        "2. Prix\nSelon le bordereau.\n3. Délai\nDix jours.\n4. Qualité\nBonne.\n5. Fin\nVoilà.",
    ],
)
def test_a_list_is_no_run_of_articles(text: str) -> None:
    """A list under an article, without text between, that starts again or does not start at 1 stays a list."""
    assert not any(heading[:2] in ("2.", "3.") for _, heading in headings(text))


def test_numbers_of_rows_count_nothing() -> None:
    """Blocks that are no lines of text are handed over as empty."""
    assert numbered_articles(["", "", ""]) == {}
    assert numbered_articles([]) == {}


@pytest.mark.parametrize(
    ("line", "item"), [("3/ Durée : 36 mois", True), ("1/ 2 de la somme", False), ("12/10/2026", False)]
)
def test_a_bar_marks_an_item(line: str, item: bool) -> None:
    """A fraction or a date is no item."""
    assert is_item(line) is item


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        (
            "9.1 – Retenue\nOui.\n9.2 – Avance\nNon.\n10 – Insertion\nHeures.\n11 – Déchets\nTri.",
            ["9.1", "9.2", "10", "11"],
        ),
        ("9.1 – Retenue\nOui.\n14.7 – Avance\nNon.", ["", ""]),
    ],
)
def test_an_extract_opens_at_its_article(text: str, articles: list[str]) -> None:
    """A first number of 9.1 is believed when 9.2 follows, and not when anything else does."""
    assert [article for article, _ in headings(text)][: len(articles)] == articles


def test_a_table_without_outer_bars() -> None:
    """Lines that follow one another with as many bars are rows; a lone one is a sentence."""
    rows = ["Critère | Pondération", "Prix | 30", "Qualité | 70"]
    assert with_outer_bars(rows) == [f"| {row} |" for row in rows]
    assert with_outer_bars(["Ville de Valbois | Page 3", "Texte."]) == ["Ville de Valbois | Page 3", "Texte."]
    assert [draft.cells for draft in paragraphs(rows)] == [tuple(row.split(" | ")) for row in rows]


def test_lines_that_end_by_chance_are_not_joined() -> None:
    """Two lines as long as each other, both opening high, are two paragraphs."""
    lines = [
        "Maître d'ouvrage : commune de Valbois, hôtel de ville, place de la République, Valbois",
        "Marché de travaux passé selon une procédure adaptée (art. L. 2123-1 et R. 2123-1 1°)",
        "Réhabilitation de la halle",
    ]
    assert [draft.text for draft in paragraphs(lines)] == lines
